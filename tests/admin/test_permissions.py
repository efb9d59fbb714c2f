"""The table of docs/curation.md, held against every page of the admin: each role, and nobody, opens it and forges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from events.admin.roles import ROLES
from events.models import Actor, Document, Entry, Event
from tests.admin import dataset, desk
from tests.admin.curator import Curator, Form
from tests.admin.desk import names

pytestmark = pytest.mark.django_db

GUIDE = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`\w+`[^|]*)\|[^|]*\|(.+)\|$", re.MULTILINE)
NAME = re.compile(r"`(\w+)`(?:: ([a-z ]+))?")
# Everybody's, or no page: their names in Django.
OPEN = {"login", "logout", "view_on_site", None}

Case = tuple[str, str]


def table() -> dict[Case, dict[str, str]]:
    """What each role may do with each page, by its name and what of it."""
    found = {}
    for pages, cells in ROW.findall(GUIDE):
        columns = [cell.strip() for cell in cells.split("|")]
        if len(columns) == len(ROLES) and set(columns) <= {"sees", "does", "–"}:
            for name, what in NAME.findall(pages):
                found[name, what.strip()] = dict(zip(ROLES, columns, strict=True))
    return found


TABLE = table()


def test_every_page_stands_in_the_table() -> None:
    assert {name for name, _what in TABLE} == set(names(admin.site.get_urls())) - OPEN


class World(desk.World):
    """Where each page is, and a form that would change something there."""

    def __init__(self) -> None:
        super().__init__()
        self.proposal = self.proposals["new"]
        self.other = self.user
        self.as_root = Curator(self.root)
        self.users = {role: dataset.member(f"a-{role}", role).user for role in ROLES}

    def clients(self) -> dict[str, Client]:
        """Each role and nobody, in new sessions: what was tried before and undone has closed others."""
        return {role: Curator(user).client for role, user in self.users.items()} | {"nobody": Client()}

    def pk(self, name: str, what: str) -> Any:
        noun = "event" if name == "events_proposal_suggest" else name.split("_")[1]
        if noun == "event":
            if "unmerge" in name:
                return "event-c"
            if what == "reinstate":
                return "gone"
            return "event-one" if what in ("a draft", "publish") else "event-a"
        if noun == "actor":
            return "actor-three" if "unmerge" in name else "hidden" if what == "not public" else "actor-one"
        if noun == "user":
            return self.root.pk if what == "of a superuser" else self.other.pk
        return {
            "document": "doc-one" if what == "not public" else "doc",
            "entry": Entry.objects.latest("seq").pk,
            "proposal": self.proposal.pk,
            "country": "CZ",
            "eventtype": "AID",
            "group": Group.objects.get(name="viewer").pk,
        }[noun]

    def path(self, name: str, what: str) -> str:
        if name == "app_list":
            return reverse("admin:app_list", args=["events"])
        if (
            name.endswith(
                ("_add", "_changelist", "_doubles", "_digests", "_next", "_date", "_import", "_export", "_table")
            )
            or "_" not in name
        ):
            return reverse(f"admin:{name}")
        if name == "events_proposal_suggest":
            return reverse(f"admin:{name}", args=["event-a"])
        if name.startswith("password_change"):
            return reverse(f"admin:{name}")
        return reverse(f"admin:{name}", args=[self.pk(name, what)])

    def forged(self, name: str, what: str) -> dict[str, Any]:
        """A form of the page that would do something, as whoever may do everything gets it."""
        path = self.path(name, what)
        if name.endswith(("_export", "_table")):
            return {}
        if name.endswith("_merge"):
            one, other = ("event-a", "event-b") if name == "events_event_merge" else ("actor-one", "actor-two")
            path = f"{reverse(f'admin:{name}', args=[one])}?other={other}"
        page = Form.of(self.as_root.client, path, self.as_root.client.get(path))
        return {**page.sent, **self._changes(name, what)}

    def _changes(self, name: str, what: str) -> dict[str, Any]:
        why = {"why": "Forged"}
        if name.endswith("_delete"):
            return {"post": "yes"}
        if name == "events_document_import":
            files = {"file": "What\nForged\n", "map": 'title = "What"\n'}
            return {key: SimpleUploadedFile(f"{key}.csv", text.encode()) for key, text in files.items()} | {"_do": "x"}
        if name.endswith("_changelist"):
            return self._many(what) | why
        return self._one(name, what) | why

    def _many(self, what: str) -> dict[str, Any]:
        draft, proposed = {"_selected_action": "event-one"}, {"_selected_action": self.proposal.pk}
        many: dict[str, dict[str, Any]] = {
            "assign type": {"action": "assign_type", "type": "OTHER", **draft},
            "publish many": {"action": "publish_selected", **draft},
            "reject many": {"action": "reject_selected", **proposed},
            "accept many": {"action": "accept_selected", **proposed},
        }
        if what in many:
            versions = {f"version-{pk}": "1" for pk in (self.proposal.pk, "event-one")}
            return {**many[what], **versions, "_do": "x", "index": "0"}
        return {"action": "delete_selected", "_selected_action": ["event-a", "actor-one", "doc"], "post": "yes"}

    def _one(self, name: str, what: str) -> dict[str, Any]:
        if name.endswith("_history") and "revision" not in what:
            kind, pk = name.split("_")[1], str(self.pk(name, what))
            rows = Entry.objects.filter(kind=kind, noun_id=pk).order_by("seq")
            nouns: dict[str, Any] = {"event": Event, "actor": Actor, "document": Document}
            noun = nouns.get(kind)
            version = noun._default_manager.get(pk=pk).version if noun else 1
            return {"restore": str(rows[0].seq if rows else 1), "version": str(version)}
        fixed: dict[str, dict[str, Any]] = {
            "publish": {"_publish": "x"},
            "revise": {"title": "Forged", "_revise": "x"},
            "retract": {"_retract": "x"},
            "reinstate": {"_reinstate": "x"},
            "merge": {"_merge": "x"},
            "propose": {"_suggest": "x"},
            "unmerge": {"_part": "x"},
            "accept": {"_accept": "x", "looked_at": "on"},
            "reject": {"_reject": "x", "because": "Forged"},
        }
        if name == "events_proposal_suggest":
            return {"title": "Forged", "_suggest": "x"}
        if name == "events_proposal_change" and what == "publish":
            return {"_publish": "x", "looked_at": "on"}
        for case in (what, name.split("_")[-1]):
            if case in fixed:
                return fixed[case]
        noun = name.split("_")[1] if "_" in name else ""
        texts = {
            "event": {"title": "Forged", "type": "OTHER", "_save": "x"},
            "actor": {"name": "Forged", "kind": "person", "_save": "x"},
            "document": {"title": "Forged", "text": "Forged", "_save": "x"},
            "country": {"name": "Forged", "_save": "x"},
            "eventtype": {"code": "FORGED", "name": "forged", "definition": "Forged.", "_save": "x"},
            "user": {
                "username": "forged",
                "usable_password": "true",
                **dict.fromkeys(("password1", "password2"), "A long and forged one 7"),
            },
            "group": {"name": "forged", "_save": "x"},
        }.get(noun, {"_save": "x"})
        if noun == "document" and what == "public":
            del texts["text"]
        return dict(texts)


def everything() -> list[Any]:
    """All rows that somebody might change, but for what a log-in or a glance leaves."""
    skipped = {"last_login", "held_by", "held_until"}
    models: list[Any] = [*apps.get_app_config("events").get_models(), User, Group]
    found = []
    for model in models:
        columns = [field.attname for field in model._meta.concrete_fields if field.attname not in skipped]
        found.append(sorted(map(str, model._default_manager.values_list(*columns))))
    return found


def asked_to_log_in(answer: Any) -> bool:
    return bool(answer.status_code == 302 and "/admin/login/" in answer.headers["Location"])


def may(world: World, client: Client, name: str, what: str, sent: dict[str, Any], before: list[Any]) -> str:
    """What somebody may do with a page: tried, and undone. `before` is `everything` as it is."""
    path = world.path(name, what)
    with transaction.atomic():
        for file in sent.values():
            if isinstance(file, SimpleUploadedFile):
                file.seek(0)
        answer = client.get(path, world_query(name))
        opened = answer.status_code in (200, 301, 302, 304) and not asked_to_log_in(answer)
        post = path
        if name.endswith("_merge"):
            post = reverse(f"admin:{name}", args=["event-a" if name == "events_event_merge" else "actor-one"])
        answer = client.post(post, sent)
        if name == "events_event_change" and what == "revise" and answer.status_code == 200 and answer.context:
            # What the public will see differently is shown first.
            seen = Form.of(client, post, answer).sent.get("seen", [""])
            answer = client.post(post, {**sent, "seen": seen})
        assert answer.status_code < 500
        did = everything() != before
        transaction.set_rollback(True)
    return "does" if did else "sees" if opened else "–"


def world_query(name: str) -> dict[str, str]:
    if name == "autocomplete":
        return {"term": "", "app_label": "events", "model_name": "participation", "field_name": "actor"}
    return {}


def test_each_role_may_do_what_the_table_says() -> None:
    world, found = World(), {}
    for name, what in TABLE:
        sent, clients, before = world.forged(name, what), world.clients(), everything()
        found[name, what] = {who: may(world, client, name, what, sent, before) for who, client in clients.items()}
    assert found == {case: may_do | {"nobody": "–"} for case, may_do in TABLE.items()}


def test_a_superuser_deletes_nothing_either() -> None:
    world = World()
    for name, what in TABLE:
        if name.endswith("_delete"):
            assert may(world, world.as_root.client, name, what, {"post": "yes"}, everything()) == "–"


def test_an_administrator_makes_nobody_more_than_themselves() -> None:
    boss = dataset.member("boss", "administrator")
    path = reverse("admin:auth_user_change", args=[boss.user.pk])
    page = Form.of(boss.client, path, boss.client.get(path))
    assert "is_superuser" not in page.sent
    page.type(is_superuser="on", user_permissions=["1"]).press()
    boss.user.refresh_from_db()
    assert not boss.user.is_superuser
    assert not boss.user.user_permissions.exists()


def test_log_ins_are_throttled(client: Client) -> None:
    User.objects.create_user("emma", password="right and long", is_staff=True)

    def attempt(password: str, **more: Any) -> int:
        sent = {"username": "emma", "password": password}
        return client.post("/admin/login/", sent, **more).status_code

    assert [attempt("wrong") for _ in range(10)][:9] == [200] * 9
    assert attempt("right and long") == 429
    # From elsewhere she comes in, for nobody shuts her out from afar.
    assert attempt("right and long", REMOTE_ADDR="192.0.2.7") == 302
