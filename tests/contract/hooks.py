"""What no schema can say, for Schemathesis: which names are known, and which parameters don't go together.

Positive cases are changed so that nothing but a fault of ours refuses them; negative ones are left as they were made.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis import Case, GenerationMode, HookContext

ACTORS = ("huawei", "nukib", "Zeman, Miloš", "华为", "group")
COUNTRIES = ("CZ", "CN", "SVK", "US", "CSHH")
TYPES = ("CONSULT", "THREATEN", "OTHER")
DOCUMENTS = ("gazette", "herald")
KNOWN = {
    **dict.fromkeys(("actor", "initiator", "target"), ACTORS),
    "claimed_by": (*ACTORS, "none"),
    **dict.fromkeys(("country", "home"), COUNTRIES),
    **{f"{name}_country": COUNTRIES for name in ("actor", "initiator", "target", "location")},
    "type": TYPES,
    "document": DOCUMENTS,
}
IDS = {"/events/{id}/": "warns", "/actors/{id}/": "huawei", "/documents/{id}/": "gazette", "/types/{code}/": "CONSULT"}
TIMES = {
    "date": "2019-10",
    "date_from": "2019-02",
    "date_to": "2019-11-04",
    "updated_since": "2019-11-04",
    # After the dataset was made.
    "as_of": "2025-01-01T00:00:00Z",
}
# Of each pair the second goes.
APART = [
    *(("date", name) for name in ("date_from", "date_to", "dated")),
    *((name, "dated") for name in ("date_from", "date_to")),
    ("fields", "omit"),
    ("q", "as_of"),
]
JSON = {"json", "jsonl", "geojson"}


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: Any) -> None:
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if case.path_parameters:
        known = next((value for path, value in IDS.items() if case.path.startswith(path)), "CZ")
        case.path_parameters = dict.fromkeys(case.path_parameters, known)
    case.query = sensible(dict(case.query or {}))


def sensible(query: dict[str, Any]) -> dict[str, Any]:
    """The same parameters with values that are known, without those that don't go together."""
    # Given out by answers, so that none can be made up.
    for name in ("cursor", "since"):
        query.pop(name, None)
    for name, value in query.items():
        known = KNOWN.get(name.removesuffix("_all").removesuffix("_not"))
        if known:
            query[name] = _listed(value, known)
        elif name in TIMES:
            query[name] = TIMES[name]
    for one, other in APART:
        if one in query:
            query.pop(other, None)
    return _fitting(query)


def _listed(value: Any, known: tuple[str, ...]) -> str:
    items = value if isinstance(value, list) else str(value).split(",")
    chosen = dict.fromkeys(known[hash(str(item)) % len(known)] for item in items)
    return ",".join(f'"{name}"' if "," in name else name for name in chosen)


def _fitting(query: dict[str, Any]) -> dict[str, Any]:
    """Without what has no meaning beside the others."""
    form = query.get("format", "json")
    if not query.keys() & {"date", "date_from", "date_to"}:
        query.pop("date_match", None)
    if "q" in query:
        query["q"] = '"sister city" -Huawei' if query.get("ordering") == "relevance" else "the"
    elif query.get("ordering") == "relevance":
        del query["ordering"]
    unfit = {"fields", "omit"} if form not in JSON else set()
    unfit |= {"count"} if form != "json" else set()
    unfit |= {"rows"} if form not in ("csv", "jsonl") else set()
    return {name: value for name, value in query.items() if name not in unfit}
