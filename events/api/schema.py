"""OpenAPI 3.1, made from what answers: the paths of `urls`, the parameters of `events.querying.filters`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms

from events.api import examples
from events.api.base import PublicView
from events.api.components import COMPONENTS, NOUNS, chosen
from events.api.json_schema import Schema, ref
from events.api.problems import MEDIA_TYPE
from events.api.requests import MEDIA_TYPES
from events.querying import checks, values
from events.querying.parameters import Parameter
from events.querying.state import Point

Paths = Mapping[str, type[PublicView]]

DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
REFUSED = {
    "400": "The question is refused; `errors` has every problem",
    "404": "There is nothing",
    "405": "Another method than GET, HEAD or OPTIONS",
    "406": "None of the accepted media types is there",
    "410": "The event was retracted; of changes: the token is of another dataset",
    "503": "The database didn't answer; try again in a moment",
}
HEADERS = {
    "Location": {"description": "The address of what it became", "schema": {"type": "string", "format": "uri"}},
    "ETag": {"description": "For `If-None-Match`", "schema": {"type": "string"}},
    "Link": {
        "description": 'The next page (`rel="next"`), or the question (`rel="canonical"`)',
        "schema": {"type": "string"},
    },
    "Dateline-As-Of": {"description": "In all formats but JSON: the newest seq in it", "schema": {"type": "string"}},
    "Dateline-Changes": {
        "description": "In all formats but JSON: the token to go on from",
        "schema": {"type": "string"},
    },
    "Dateline-Omitted": {
        "description": "How many matching events the format can't place",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
}


def document(paths: Paths, *, title: str, description: str, server: str) -> dict[str, Any]:
    """The whole description. `paths` are routes below `server`, each with the view that answers."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "description": description, "version": "1"},
        "servers": [{"url": server}],
        "paths": {"/" + re.sub("<str:(.+?)>", r"{\1}", route): _path(route, view) for route, view in paths.items()},
        "components": {
            "schemas": COMPONENTS,
            "responses": {
                "Merged": {"description": "It became another one", "headers": {"Location": _header("Location")}},
                **{f"Refused{status}": _refused(status, text) for status, text in REFUSED.items()},
            },
            "headers": HEADERS,
        },
    }


def _path(route: str, view: type[PublicView]) -> dict[str, Any]:
    ids = re.findall("<str:(.+?)>", route)
    named = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in ids]
    lines = (view.__doc__ or "").splitlines()
    taken = [_parameter(name, one) for name, one in checks.declared(view.path).items()]
    return {
        "get": {
            "operationId": view.__name__,
            "summary": lines[0],
            "parameters": [*named, *taken],
            "responses": {
                "200": _answer(view),
                "304": {"description": "It is as the client has it", "headers": {"ETag": _header("ETag")}},
                **{status: {"$ref": f"#/components/responses/{name}"} for status, name in _others(view, ids)},
            },
        }
    }


def _others(view: type[PublicView], ids: list[str]) -> list[tuple[str, str]]:
    """The other answers of a path: status and name."""
    statuses = sorted({"400", *(["404"] if ids else []), "405", "406", "503", *view.outcomes})
    return [(status, "Merged" if status == "308" else f"Refused{status}") for status in statuses]


def _answer(view: type[PublicView]) -> dict[str, Any]:
    whole = chosen(view.component) if view.component in NOUNS else ref(view.component)
    content: dict[str, Any] = {MEDIA_TYPES["json"]: {"schema": whole}}
    if view.component in examples.answers():
        content[MEDIA_TYPES["json"]]["example"] = examples.answers()[view.component]
    for name in view.formats[1:]:
        media_type, example = MEDIA_TYPES[name], examples.files(view.component)[name]
        parsed = media_type.endswith(("/json", "+json"))
        schema: Schema = {"type": "object" if parsed else "string", "description": f"format={name}"}
        if media_type in content:
            # TimelineJS has the media type of JSON, and a list of its own.
            own = schema | {"required": ["events"], "properties": {"events": {"type": "array"}}}
            content[media_type]["schema"] = {"anyOf": [content[media_type]["schema"], own]}
        else:
            content[media_type] = {"schema": schema, "example": json.loads(example) if parsed else example}
    names = ["ETag", "Link"] if "cursor" in view.path.base_filters else ["ETag"]
    if len(view.formats) > 1:
        names += ["Dateline-As-Of", "Dateline-Changes"]
    if "ics" in view.formats:
        names.append("Dateline-Omitted")
    return {"description": "The answer", "headers": {name: _header(name) for name in names}, "content": content}


def _header(name: str) -> Schema:
    return {"$ref": f"#/components/headers/{name}"}


def _refused(status: str, description: str) -> dict[str, Any]:
    content = {"schema": ref("Problem"), "example": examples.refusals()[status]}
    return {"description": description, "content": {MEDIA_TYPE: content}}


def _parameter(name: str, parameter: Parameter) -> dict[str, Any]:
    schema = _schema(parameter.field)
    many = schema["type"] == "array"
    found: dict[str, Any] = {"name": name, "in": "query", "description": parameter.help_text, "schema": schema}
    if many:
        found |= {"style": "form", "explode": False}
    if parameter.example:
        found["example"] = parameter.example.split(",") if many else _typed(parameter.example, schema)
    return found


def _typed(example: str, schema: Schema) -> Any:
    if schema["type"] == "integer":
        return int(example)
    return example == "true" if schema["type"] == "boolean" else example


def _schema(field: forms.Field) -> Schema:
    """How the values of a field are written."""
    match field:
        case values.YesNo():
            return {"type": "boolean"}
        case values.Choice():
            return {"type": "string", "enum": list(field.choices)}
        case values.Choices():
            return _list({"type": "string", "enum": list(field.choices)})
        case values.Items():
            return _list({"type": "string", "minLength": 1})
        case values.Number():
            return {"type": "integer", "minimum": field.low, "maximum": field.high}
        case values.Day():
            return {"type": "string", "pattern": f"^{DAY}$"}
        case values.Moment():
            return {"type": "string", "pattern": f"^({values.Moment.FORM})$"}
        case values.Token():
            return {"type": "string", "pattern": f"^{Point.FORM.pattern}$"}
        case values.Instant():
            return {"type": "string", "pattern": f"^{values.Instant.FORM.pattern}$"}
    return {"type": "string", "minLength": 1, "maxLength": checks.VALUE_LIMIT}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": values.LIST_LIMIT}
