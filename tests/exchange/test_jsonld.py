"""JSON-LD, read by rdflib without a network: types, dates as EDTF, days only where they are certain."""

from __future__ import annotations

import json
import socket
from datetime import date

import pytest
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tests.exchange import cases
from tests.exchange.cases import CONTROLS, DATES, HOSTILE, dated, hostile, revision, written

SCHEMA = Namespace("https://schema.org/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
API = "https://example.org/dateline/api/v1/"
EVENT = URIRef(f"{API}events/event-a/")

# rdflib's parser uses what rdflib itself is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

# The days that are certain: on which it began, on which it ended.
CERTAIN: dict[str, tuple[date | None, date | None]] = dict.fromkeys(DATES, (None, None)) | {
    "day": (date(2019, 10, 16), date(2019, 10, 16)),
    "interval": (date(2019, 10, 16), date(2019, 10, 18)),
    "first day": (date.min, date.min),
    "last day": (date.max, date.max),
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("JSON-LD asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(text: str) -> Graph:
    return Graph().parse(data=text, format="json-ld")


@pytest.mark.parametrize("case", DATES)
def test_a_date_is_edtf_and_days_stand_where_they_are_certain(case: str) -> None:
    graph = read(written("jsonld", dated(case)))
    edtf = DATES[case]
    assert graph.value(EVENT, DCTERMS.date) == (Literal(edtf, datatype=EDTF) if edtf else None)
    found = [graph.value(EVENT, SCHEMA[name]) for name in ("startDate", "endDate")]
    assert tuple(day and day.toPython() for day in found) == CERTAIN[case]  # type: ignore[attr-defined]  # a Literal
    assert all(day is None or day.datatype == XSD.date for day in found)  # type: ignore[attr-defined]  # a Literal


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2019-10-16/..", "2019-10-16", None),
        ("2019-10-16/", "2019-10-16", None),
        ("2019-10-16/2019-11", "2019-10-16", None),
        ("../2019-10-16", None, "2019-10-16"),
        # Both ends are known, but which day is meant isn't sure.
        ("2019-10-16?/2019-10-18", None, None),
        ("2019-10-16/9999-12-31", "2019-10-16", "9999-12-31"),
    ],
)
def test_each_end_for_itself(edtf: str, start: str | None, end: str | None) -> None:
    graph = read(written("jsonld", revision(date=cases.date(edtf))))
    found = [graph.value(EVENT, SCHEMA[name]) for name in ("startDate", "endDate")]
    assert [day and str(day) for day in found] == [start, end]


def test_an_event_of_schema_org() -> None:
    graph = read(written("jsonld", revision()))
    assert (EVENT, RDF.type, SCHEMA.Event) in graph
    assert graph.value(EVENT, SCHEMA.name) == Literal("A title")
    assert graph.value(EVENT, SCHEMA.url) == URIRef("https://example.org/dateline/events/event-a/a-title/")
    assert graph.value(EVENT, SCHEMA.keywords) == Literal("CONSULT")
    assert graph.value(EVENT, DCTERMS.modified) == Literal("2024-05-02T13:30:00.250000Z", datatype=XSD.dateTime)
    assert graph.value(EVENT, DCTERMS.relation) == URIRef(f"{API}events/other/")


def follow(graph: Graph, start: Node, *path: URIRef) -> Node | None:
    node: Node | None = start
    for step in path:
        assert node is not None
        node = graph.value(node, step)
    return node


def test_place_actors_and_countries() -> None:
    graph = read(written("jsonld", revision()))
    place = follow(graph, EVENT, SCHEMA.location)
    assert place is not None
    assert follow(graph, place, SCHEMA.name) == Literal("Windhoek, Namibia")
    assert follow(graph, place, SCHEMA.address, SCHEMA.addressCountry) == Literal("NA")
    assert follow(graph, place, SCHEMA.geo, SCHEMA.latitude) == Literal(-22.57)
    roles = {
        (str(graph.value(role, SCHEMA.roleName)), str(graph.value(role, SCHEMA.about)))
        for role in graph.subjects(RDF.type, SCHEMA.Role)
    }
    assert roles == {("initiator", f"{API}actors/act/"), ("target", f"{API}actors/gov/")}
    assert (URIRef(f"{API}actors/act/"), RDF.type, SCHEMA.Person) in graph
    assert (URIRef(f"{API}actors/gov/"), RDF.type, SCHEMA.GovernmentOrganization) in graph
    countries = {str(graph.value(node, SCHEMA.identifier)) for node in graph.subjects(RDF.type, SCHEMA.Country)}
    assert countries == {"NA", "CZ"}


def test_a_claim_has_its_author_and_a_quotation_its_source() -> None:
    graph = read(written("jsonld", revision()))
    about = {graph.value(node, RDF.type): node for node in graph.objects(EVENT, SCHEMA.subjectOf)}
    assert follow(graph, about[SCHEMA.Claim], SCHEMA.author) == URIRef(f"{API}actors/gov/")
    assert follow(graph, about[SCHEMA.Quotation], SCHEMA.text) == Literal("It was said.")
    source = follow(graph, about[SCHEMA.Quotation], SCHEMA.isPartOf)
    assert source == URIRef(f"{API}documents/doc/")
    assert graph.value(source, SCHEMA.datePublished) == Literal("2019-11-04", datatype=XSD.date)
    assert graph.value(source, SCHEMA.url) == URIRef("https://gazette.example/?a=1&b=2")


def test_what_isnt_known_isnt_there() -> None:
    nothing = dict.fromkeys(("country", "place", "lat", "lon"))
    empty: dict[str, list[object]] = {name: [] for name in ("actors", "countries", "claimed_by", "relations")}
    graph = read(written("jsonld", revision(summary=None, location=nothing, **empty)))
    for name in ("description", "location", "about"):
        assert graph.value(EVENT, SCHEMA[name]) is None
    assert not list(graph.subjects(RDF.type, SCHEMA.Claim))


@pytest.mark.parametrize("harm", [HOSTILE, CONTROLS])
def test_text_arrives_as_it_is(harm: str) -> None:
    graph = read(written("jsonld", hostile(harm)))
    assert graph.value(EVENT, SCHEMA.name) == Literal(harm)


def test_the_head_describes_the_answer() -> None:
    graph = read(written("jsonld", asked=(("date", "2019-10"),)))
    (dataset,) = graph.subjects(RDF.type, SCHEMA.Dataset)
    assert dataset == URIRef(cases.about().address)
    assert graph.value(dataset, SCHEMA.name) == Literal("Ann & Bob's <dataset>")
    assert graph.value(dataset, SCHEMA.description) == Literal("events that may have happened in October 2019")
    assert graph.value(dataset, SCHEMA.version) == Literal("41")


def test_no_term_is_left_unmapped() -> None:
    """Each key is a property of a known vocabulary, so that nothing is dropped in silence."""
    graph = read(written("jsonld", revision()))
    for subject, predicate, _object in graph:
        assert str(predicate).startswith((str(SCHEMA), str(DCTERMS), str(RDF))), predicate
        assert isinstance(subject, BNode) or str(subject).startswith(API)
    keys = json.loads(written("jsonld", revision()))["@graph"][1].keys()
    assert len(set(graph.predicates(EVENT))) == len(keys - {"@id"})
