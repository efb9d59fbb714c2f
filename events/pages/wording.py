"""What the codes of the dataset and the parameters of a question are called on pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.dates.phrases import RULES
from events.querying.events import Counts

ROLES = {
    "initiator": _("Initiator"),
    "target": _("Target"),
    "participant": _("Participant"),
    "host": _("Host"),
    "mediator": _("Mediator"),
    "victim": _("Victim"),
    "beneficiary": _("Beneficiary"),
}
KINDS = {
    "person": _("person"),
    "government": _("government"),
    "party": _("party"),
    "company": _("company"),
    "media": _("media"),
    "organisation": _("organisation"),
    "international": _("international organisation"),
    "group": _("group"),
}
RELATIONS = {
    "response_to": _("In response to"),
    "part_of": _("Part of"),
    "follows": _("Follows"),
    "disputes": _("Disputes"),
    "same_subject": _("On the same subject as"),
}
DEEDS = {
    "published": _("Published"),
    "revised": _("Revised"),
    "retracted": _("Retracted"),
    "reinstated": _("Reinstated"),
    "merged": _("Merged"),
    "redacted": _("Redacted"),
}
SUPPORTS = {
    "title": _("title"),
    "summary": _("summary"),
    "type": _("type"),
    "date": _("date"),
    "location": _("place"),
    "actors": _("actors"),
    "countries": _("countries"),
    "claimed_by": _("who claims it"),
}
FILTERS = {
    "date_from": _("From"),
    "date_to": _("To"),
    "date": _("Date, as EDTF"),
    "date_match": _("In this time"),
    "dated": _("Date known"),
    "precision": _("Precision"),
    "actor": _("Actor"),
    "initiator": _("Initiator"),
    "target": _("Target"),
    "actor_country": _("Country of an actor"),
    "initiator_country": _("Country of an initiator"),
    "target_country": _("Country of a target"),
    "country": _("Country"),
    "location_country": _("Where it happened"),
    "claimed_by": _("Claimed by"),
    "type": _("Type"),
    "document": _("Source"),
    "q": _("Words"),
    "updated_since": _("Revised since"),
    "as_of": _("As it stood after change or instant"),
    "ordering": _("Order"),
    "limit": _("Events a page"),
}
CHOICES = {
    ("date_match", "possible"): _("possibly"),
    ("date_match", "certain"): _("certainly"),
    ("dated", "true"): _("yes"),
    ("dated", "false"): _("no"),
    ("precision", "day"): _("day"),
    ("precision", "month"): _("month"),
    ("precision", "season"): _("season"),
    ("precision", "quarter"): _("quarter"),
    ("precision", "half"): _("half a year"),
    ("precision", "year"): _("year"),
    ("precision", "decade"): _("decade"),
    ("precision", "century"): _("century"),
    ("precision", "range"): _("range"),
    ("ordering", "date"): _("oldest first"),
    ("ordering", "-date"): _("newest first"),
    ("ordering", "updated"): _("revised longest ago first"),
    ("ordering", "-updated"): _("last revised first"),
    ("ordering", "relevance"): _("most relevant first, for words"),
}
FORMS = {"all": _("all of"), "not": _("none of")}
# What holds where nothing is chosen.
UNCHOSEN = {"date_match": "possible", "ordering": "date"}

CURATOR = _("No rule fits these words: a curator read them in their context.")
MEANINGS = {rule.name: rule.meaning for rule in RULES}


def label(labels: Mapping[str, object], code: str) -> str:
    """What a code is called; one that has no label yet still reads."""
    return str(labels.get(code, code.replace("_", " ")))


def rule(name: str) -> str:
    """What a rule means, in a sentence or two."""
    if name == "curator":
        return str(CURATOR)
    return re.sub("`([^`]*)`", r"“\1”", gettext(MEANINGS[name])) if name in MEANINGS else ""


def parameter(name: str) -> str:
    """The label of a filter."""
    if form(name):
        return gettext("%(filter)s, %(form)s") % {"filter": label(FILTERS, stem(name)), "form": form(name)}
    return label(FILTERS, name)


def form(name: str) -> str:
    """Which form of a filter a name is: "all of", "none of", or "" for the plain one."""
    return str(FORMS.get(name.rpartition("_")[2], ""))


def stem(name: str) -> str:
    """The name without its form."""
    return name.rpartition("_")[0] if form(name) else name


def counted(counts: Counts, match: str | None, undated: int | None) -> str:
    """How many there are, in a sentence: "12 events may have, 7 certainly; 9 more have no date." """
    parts = [_matching(counts, match)]
    if counts.undated:
        more = ngettext("%(number)s more has no date", "%(number)s more have no date", counts.undated)
        parts.append(more % {"number": counts.undated})
    if undated:
        some = ngettext("%(number)s of them has no date", "%(number)s of them have no date", undated)
        parts.append(some % {"number": undated})
    return "; ".join(parts) + "."


def _matching(counts: Counts, match: str | None) -> str:
    number, certain = {"number": counts.total}, {"number": counts.total_certain}
    if match is None:
        some = ngettext("%(number)s event", "%(number)s events", counts.total)
        return some % number if counts.total else gettext("No event")
    if match == "certain":
        some = ngettext("%(number)s event certainly did", "%(number)s events certainly did", counts.total)
        return some % number if counts.total else gettext("No event certainly did")
    if not counts.total:
        return gettext("No event may have")
    some = ngettext("%(number)s event may have", "%(number)s events may have", counts.total) % number
    sure = gettext("%(number)s certainly") % certain if counts.total_certain else gettext("none certainly")
    return f"{some}, {sure}"
