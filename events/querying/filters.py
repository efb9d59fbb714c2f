"""The parameters of each path, declared once: parsing, condition, OpenAPI, form field and words come from here.

To add a filter: declare it in `EventFilters`; with `_not` and `_all` forms where it has codes, ids or names. The table
in docs/api.md is checked against these classes.
"""

from __future__ import annotations

import django_filters

from events.dates import PRECISIONS
from events.models import index, ledger
from events.models.reference import ActorKind
from events.querying import lookup
from events.querying.named import ActorHome, ActorKinds, ActorName, Claimant, InColumn, Linked, actor_countries, actors
from events.querying.parameters import (
    After,
    AsOf,
    Date,
    Day,
    FullText,
    HasDate,
    Limit,
    Precision,
    Shape,
    ShapeWord,
    ShapeWords,
    Since,
    Word,
)

DEFAULT_LIMIT = 50
# A page of a thousand events is some two megabytes, a fraction of a second.
MAX_LIMIT = 1000
# What `events.exchange` writes; the first is the answer to those who ask for none.
FORMATS = ("json", "jsonl", "csv", "geojson", "ics", "atom", "timelinejs", "jsonld")
# Of collections other than events.
TABULAR = ("json", "jsonl", "csv")
RELEVANCE = "relevance"
# So many of the best are given; more than anybody reads, and what a search for a common word costs stays small.
BEST = 1000
BUCKETS = ("day", "month", "quarter", "year", "decade")


def as_of(what: str) -> AsOf:
    text = f"{what} after a change, by its number (`seq`), or at an instant; 0 is before all."
    return AsOf(help_text=text, example="41")


class EventFilters(django_filters.FilterSet):
    """Which events. Every collection takes these."""

    date_from = Day(help_text="First day of the window; a month or year stands for its first day.", example="2019-03")
    date_to = Day(help_text="Last day of the window; a month or year stands for its last day.", example="2019-10-31")
    date = Date(help_text="The window as one EDTF value without qualifiers.", example="2019-10")
    date_match = Word(
        choices=("possible", "certain"),
        help_text="Events that may have happened in the window (default), or that certainly did.",
        example="certain",
    )
    dated = HasDate(help_text="Whether the event has a date.", example="false")
    precision = Precision(choices=PRECISIONS, help_text="How sharp the date is.", example="day,month")

    actor = actors("", "involve %(value)s")
    actor_all, actor_not = actor.demanding(), actor.excluding()
    initiator = actors("initiator", "were initiated by %(value)s")
    initiator_all, initiator_not = initiator.demanding(), initiator.excluding()
    target = actors("target", "had %(value)s as target")
    target_all, target_not = target.demanding(), target.excluding()

    actor_country = actor_countries("", "involve an actor of %(value)s")
    actor_country_not = actor_country.excluding()
    initiator_country = actor_countries("initiator", "were initiated by an actor of %(value)s")
    initiator_country_not = initiator_country.excluding()
    target_country = actor_countries("target", "had an actor of %(value)s as target")
    target_country_not = target_country.excluding()

    country = Linked(
        table=index.CountryIndex,
        column="country",
        find=lookup.countries,
        words="involve %(value)s",
        help_text="Country involved in any way, the one where it happened included (ISO 3166).",
        example="CZ,SK",
    )
    country_all, country_not = country.demanding(), country.excluding()
    location_country = InColumn(
        column="location_country",
        find=lookup.countries,
        words="happened in %(value)s",
        help_text="Country where it happened (ISO 3166).",
        example="US",
    )
    location_country_not = location_country.excluding()
    claimed_by = Claimant(
        table=index.ClaimIndex,
        column="actor_id",
        find=lookup.actors,
        none=True,
        words="are claimed by %(value)s",
        help_text="Who says so: id, exact name or alias of an actor; `none` for what is stated as fact.",
        example="none",
    )
    claimed_by_not = claimed_by.excluding()
    type = InColumn(
        column="type",
        find=lookup.types,
        words="are %(value)s",
        except_words="%(value)s",
        help_text="Code of a type of event.",
        example="THREATEN,SANCTION",
    )
    type_not = type.excluding()  # noqa: A003  # the name is the parameter's
    document = Linked(
        table=index.SourceIndex,
        column="document_id",
        find=lookup.documents,
        words="are sourced from “%(value)s”",
        help_text="Id of a document that the evidence quotes.",
        example="6b55js4bv5",
    )
    document_all, document_not = document.demanding(), document.excluding()
    q = FullText(
        help_text=(
            "Words, all of which stand in its title, summary, place, quotations or in the names of its actors;"
            ' `"a phrase"`, `-not`.'
        ),
        example='"sister city" -Huawei',
    )
    updated_since = Since(
        help_text="Revised at this instant or after it; a day means its first moment (UTC).", example="2019-11-04"
    )
    as_of = as_of("The dataset as it stood")


class Paged(EventFilters):
    """What every list of things takes."""

    limit = Limit(
        low=1,
        high=MAX_LIMIT,
        help_text=f"Results a page; {DEFAULT_LIMIT} unless told, all in other formats than JSON.",
        example="100",
    )
    cursor = Shape(help_text="Where to go on: follow `next`, which has it.", example="")
    count = ShapeWord(choices=("exact",), help_text="`exact` counts all results.", example="exact")


def fields(*names: str) -> ShapeWords:
    return ShapeWords(choices=names, help_text="Only these fields of each result.", example=",".join(names[:2]))


def omit(*names: str) -> ShapeWords:
    return ShapeWords(choices=names, help_text="All fields of each result but these.", example=names[-1])


# The keys of answers, in their order.
HEAD, TAIL = ("id", "api_url"), ("revision", "seq", "published_at", "updated_at")
EVENT = (
    *("id", "url", "api_url", "in_window", "slug", "title", "summary", "type", "date", "location", "countries"),
    *("actors", "claimed_by", "evidence", "relations", *TAIL),
)
ONE_EVENT = tuple(name for name in EVENT if name != "in_window")
ACTOR = (*HEAD, "events", "name", "kind", "country", "description", "external_id", "part_of", "names", *TAIL)
DOCUMENT = (
    *(*HEAD, "events", "title", "publisher", "author", "url", "archived_url", "published", "language", "license"),
    *("length", "sha256", *TAIL),
)
COUNTRY = ("code", "api_url", "events", "alpha3", "name")
TYPE = ("code", "api_url", "events", "name", "definition")


class EventList(Paged):
    fields, omit = fields(*EVENT), omit(*EVENT)
    ordering = ShapeWord(
        choices=("date", "-date", "updated", "-updated", RELEVANCE),
        help_text=(
            "By first possible day, or by last revision; `-` reverses. Undated events come last. `relevance` (with `q`,"
            f" at most {BEST}, on one page): first those whose title and names of actors have all of it, newest first."
        ),
        example="-date",
    )
    rows = ShapeWord(
        choices=("dyad",),
        help_text="In `csv` and `jsonl`: one row for each initiator and target of each event.",
        example="dyad",
    )
    format = ShapeWord(choices=FORMATS, help_text="The format of the answer.", example="csv")


class Facet(Paged):
    """Collections other than events: what has at least one matching event."""

    ordering = ShapeWord(
        choices=("events", "-events", "name", "-name"),
        help_text="By number of events (`-events` unless told), or by name.",
        example="name",
    )
    format = ShapeWord(choices=TABULAR, help_text="The format of the answer.", example="csv")


class ActorList(Facet):
    fields, omit = fields(*ACTOR), omit(*ACTOR)
    name = ActorName(help_text="Part of a name or alias of the actor.", example="prag")
    kind = ActorKinds(choices=ActorKind.values, help_text="Kind of the actor.", example="company")
    home = ActorHome(find=lookup.countries, help_text="The actor's own country (ISO 3166).", example="CN")


class CountryList(Facet):
    fields, omit = fields(*COUNTRY), omit(*COUNTRY)


class TypeList(Facet):
    fields, omit = fields(*TYPE), omit(*TYPE)


class DocumentList(Facet):
    fields, omit = fields(*DOCUMENT), omit(*DOCUMENT)


class Buckets(EventFilters):
    date_match = None  # type: ignore[assignment]  # how django-filter takes an inherited filter away
    by = ShapeWord(choices=BUCKETS, help_text="The size of a bucket; `year` unless told.", example="month")
    format = ShapeWord(choices=TABULAR, help_text="The format of the answer.", example="csv")


class Detail(django_filters.FilterSet):
    """One noun."""

    format = ShapeWord(choices=("json",), help_text="The format of the answer.", example="json")
    as_of = as_of("As it stood")


class EventDetail(Detail):
    fields, omit = fields(*ONE_EVENT), omit(*ONE_EVENT)


class ActorDetail(Detail):
    fields, omit = fields(*ACTOR), omit(*ACTOR)


class CountryDetail(Detail):
    fields, omit = fields(*COUNTRY), omit(*COUNTRY)


class TypeDetail(Detail):
    fields, omit = fields(*TYPE), omit(*TYPE)


class DocumentDetail(Detail):
    fields, omit = fields(*DOCUMENT), omit(*DOCUMENT)


class Dataset(django_filters.FilterSet):
    """The dataset as a whole."""

    as_of = as_of("As it stood")
    format = ShapeWord(choices=("json",), help_text="The format of the answer.", example="json")


class Ledger(django_filters.FilterSet):
    """Changes as they happened: pages of them."""

    limit = Limit(
        low=1,
        high=MAX_LIMIT,
        help_text=f"Changes a page; {DEFAULT_LIMIT} unless told, all in other formats than JSON.",
        example="100",
    )


class Changes(Ledger):
    # Why what other paths take is refused here.
    refuses = {
        **dict.fromkeys(
            EventFilters.base_filters,
            "Changes are followed whole: one that leaves a selection would never reach who follows only that.",
        ),
        "as_of": "Each change has its seq: leave out those after the state that you ask about.",
        "cursor": "Give the “token” of the last answer as 'since' to go on.",
    }

    since = After(
        help_text="A token that an answer gave: the changes after it. Without it all, from the beginning.", example=""
    )
    kind = ShapeWords(choices=ledger.KINDS, help_text="What changed.", example="event,actor")
    format = ShapeWord(choices=("json", "jsonl", "csv"), help_text="The format of the answer.", example="jsonl")


class History(Ledger):
    refuses = dict.fromkeys(EventFilters.base_filters, "This is all that one thing ever was; filters choose events.")

    as_of = as_of("What it had been")
    cursor = Shape(help_text="Where to go on: follow `next`, which has it.", example="")
    format = ShapeWord(choices=("json",), help_text="The format of the answer.", example="json")


class Nothing(django_filters.FilterSet):
    """Paths that take no parameters of their own."""

    format = ShapeWord(choices=("json",), help_text="The format of the answer.", example="json")


# What some path takes: where it isn't taken it is refused with this reason, not with a guess.
ANYWHERE = frozenset().union(*(path.base_filters for path in (EventList, ActorList, Buckets)))
