"""A digest stored: its document once, each happening proposed once, and of a corrected text only what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from events.curation.decide import accept, reject
from events.curation.digest import Source, Stored, known_actors, store
from events.errors import DeedRefused
from events.extraction import Candidate, CandidateActor, CandidateDate, Claimant, KnownActor, Place, Quote, Reading
from events.models import Actor, Document, Edit, Event, Proposal
from events.models.gate import open_gate
from events.models.proposals import Decision, Kind
from tests.commands.fixtures import load, write
from tests.curation import world
from tests.curation.world import DEED

pytestmark = pytest.mark.django_db

PUBLISHED = date(2019, 11, 4)
SOURCE = Source("The digest", PUBLISHED, "The Weekly", "https://example.org/digest")
SENTENCES = (
    "On October 16, the council of Prague ended the agreement with the city of Beijing.",
    "On October 18, the embassy of the country replied that it was a mistake.",
    "In 2014, the bank set up a group that studied money.",
)
DATES = {
    "October 16": "2019-10-16",
    "October 18": "2019-10-18",
    "2014": "2014",
    "October 17": "2019-10-17",
    "Last Friday": "2019-11-01",
}


def candidate(text: str, sentence: str, **changes: Any) -> Candidate:
    start = text.index(sentence)
    words = next(words for words in DATES if words in sentence)
    place = text.index(words, start)
    fields: dict[str, Any] = {
        "title": sentence[:-1],
        "date": CandidateDate(DATES[words], words, "year-omitted", PUBLISHED),
        "actors": (CandidateActor("The council", None, "initiator", "government", "CZ"),),
        "countries": ("CZ", "CN"),
        "type": "REJECT",
        "place": Place("Prague", "CZ"),
        "claimed_by": (Claimant("The Weekly", None, "media"),),
        "happened": True,
        "evidence": (
            Quote(sentence, start, start + len(sentence), ("title",)),
            Quote(words, place, place + len(words), ("date",)),
        ),
        "confidence": 0.7,
        "why": ("“ended” is REJECT.",),
    }
    return Candidate(**fields | changes)


def reading(sentences: Sequence[str] = SENTENCES, lead: str = "News.\n\n", **changes: Any) -> Reading:
    text = lead + "\n".join(sentences)
    told = tuple(candidate(text, sentence, **changes) for sentence in sentences)
    return Reading(text, PUBLISHED, (), (), told)


def read(sentences: Sequence[str] = SENTENCES, source: Source = SOURCE, **changes: Any) -> Stored:
    return store(source, reading(sentences, **changes), **DEED)


def titles(status: Decision = Decision.OPEN) -> list[str]:
    return list(Proposal.objects.filter(status=status).order_by("pk").values_list("title", flat=True))


def test_a_document_and_a_proposal_for_each_happening() -> None:
    stored = read()
    document = Document.objects.get()
    assert (document.title, document.publisher, document.published) == ("The digest", "The Weekly", PUBLISHED)
    assert stored == Stored(document.pk, SOURCE, True, None, stored.proposed, 0, 0, 0)
    assert titles() == [sentence[:-1] for sentence in SENTENCES]
    row = Proposal.objects.order_by("pk")[0]
    assert (row.origin, row.document_id, row.confidence) == ("reader", document.pk, 0.7)
    assert row.explanation == ["“ended” is REJECT."]
    assert (row.values["location_country"], row.values["countries"]) == ("CZ", ["CN"])


def test_what_is_proposed_becomes_an_event() -> None:
    read()
    row = Proposal.objects.order_by("pk")[0]
    pk = accept(row.pk, version=1, publish=True, **DEED)
    seen = world.seen(pk)
    assert (seen["date"]["edtf"], seen["date"]["text"], seen["date"]["rule"]) == (
        "2019-10-16",
        "October 16",
        "year-omitted",
    )
    assert {actor["name"]: actor["country"] for actor in seen["actors"]} == {"The council": "CZ"}
    assert [claim["name"] for claim in seen["claimed_by"]] == ["The Weekly"]
    world.assert_sound()


def test_the_same_text_twice_changes_nothing() -> None:
    read()
    before = list(Proposal.objects.values()), list(Document.objects.values())
    stored = read(source=Source("Another title", PUBLISHED))
    assert (stored.new, stored.proposed, stored.known, stored.source) == (False, [], 3, SOURCE)
    with pytest.raises(DeedRefused, match="published on 2019-11-04"):
        read(source=Source("The digest", date(2020, 1, 1)))
    assert (list(Proposal.objects.values()), list(Document.objects.values())) == before


def test_a_text_that_a_fixture_brought_is_read_too() -> None:
    world.document("doc", text=reading().text)
    stored = read()
    assert (stored.document, stored.new, len(stored.proposed)) == ("doc", False, 3)
    assert (stored.source.published, stored.source.publisher) == (None, "Gazette")


def test_what_did_not_happen_is_counted_not_proposed() -> None:
    assert read(happened=False).not_happened == 3
    assert not Proposal.objects.exists()


def test_two_happenings_of_one_sentence_are_two() -> None:
    once = reading(SENTENCES[:1])
    twice = Reading(once.text, PUBLISHED, (), (), (*once.candidates, *once.candidates))
    assert len(store(SOURCE, twice, **DEED).proposed) == 2
    assert store(SOURCE, twice, **DEED).known == 2


def test_a_reading_that_fails_half_way_leaves_nothing() -> None:
    good = reading()
    bad = candidate(good.text, SENTENCES[0], type="NONSENSE")
    with pytest.raises(DeedRefused, match="no type"):
        store(SOURCE, Reading(good.text, PUBLISHED, (), (), (*good.candidates, bad)), **DEED)
    assert not Document.objects.exists()
    assert not Proposal.objects.exists()


def test_the_reader_is_told_of_all_actors() -> None:
    world.actor("huawei", names=["Huawei Technologies"], name="Huawei", kind="company", country_id="CN")
    assert known_actors() == [KnownActor("huawei", "Huawei", "company", "CN", ("Huawei Technologies",))]


class TestCorrected:
    """The same source with another text."""

    @pytest.fixture(autouse=True)
    def first(self) -> None:
        read()

    def accept_first(self) -> Event:
        row = Proposal.objects.order_by("pk")[0]
        return Event.objects.get(pk=accept(row.pk, version=1, publish=True, **DEED))

    def test_a_new_sentence_is_all_that_is_proposed(self) -> None:
        added = "On October 17, nobody at all was seen in the street."
        stored = read([added, *SENTENCES], lead="Corrected news.\n\n")
        assert (stored.new, stored.known, len(stored.proposed), stored.superseded) == (True, 3, 1, 0)
        assert stored.corrects == Document.objects.get(corrects__isnull=True).pk
        assert titles()[-1] == added[:-1]

    def test_the_first_text_stays(self) -> None:
        old = Document.objects.get()
        read(lead="Corrected news.\n\n")
        assert Document.objects.get(pk=old.pk).text == old.text

    def test_a_sentence_that_is_gone_takes_its_open_proposal_with_it(self) -> None:
        stored = read(SENTENCES[:2])
        assert (stored.proposed, stored.known, stored.superseded) == ([], 2, 1)
        assert titles(Decision.SUPERSEDED) == [SENTENCES[2][:-1]]

    def test_other_words_supersede_an_open_proposal(self) -> None:
        reworded = SENTENCES[0].replace("16", "17")
        stored = read([reworded, *SENTENCES[1:]])
        assert (len(stored.proposed), stored.known, stored.superseded) == (1, 2, 1)
        old = Proposal.objects.get(status=Decision.SUPERSEDED)
        assert old.superseded_by is not None
        assert old.superseded_by.title == reworded[:-1]

    def test_a_rejected_one_stays_rejected_in_other_words(self) -> None:
        row = Proposal.objects.order_by("pk")[0]
        reject(row.pk, version=1, **DEED)
        stored = read([SENTENCES[0].replace("mistake", "error").replace("the city", "that city"), *SENTENCES[1:]])
        assert (stored.proposed, stored.known) == ([], 3)
        assert titles(Decision.REJECTED) == [SENTENCES[0][:-1]]

    def test_of_an_accepted_one_the_difference_is_proposed(self) -> None:
        event = self.accept_first()
        reworded = SENTENCES[0].replace("16", "17")
        read([reworded, *SENTENCES[1:]])
        change = Proposal.objects.get(kind=Kind.CHANGE)
        assert (change.event_id, change.values["edtf"]) == (event.pk, "2019-10-17")
        assert set(change.values) == {"title", "edtf", "date_text", "date_anchor", "date_rule", "evidence"}
        accept(change.pk, version=1, publish=True, **DEED)
        assert world.seen(event.pk)["date"]["edtf"] == "2019-10-17"
        assert Actor.objects.filter(name="The council").count() == 1
        world.assert_sound()

    def test_of_an_accepted_one_that_is_gone_a_retraction_is_proposed(self) -> None:
        event = self.accept_first()
        stored = read(SENTENCES[1:])
        row = Proposal.objects.get(kind=Kind.RETRACTION)
        assert (stored.proposed, row.event_id, row.status) == ([row.pk], event.pk, Decision.OPEN)
        assert row.explanation == ["The corrected text doesn't say it any more."]
        read(SENTENCES[2:])
        assert Proposal.objects.get(kind=Kind.RETRACTION) == row
        accept(row.pk, version=1, **DEED)
        assert world.deeds(event.pk) == ["published", "retracted"]
        world.assert_sound()

    def test_of_a_rejected_one_that_is_gone_nothing_is_proposed(self) -> None:
        reject(Proposal.objects.order_by("pk")[0].pk, version=1, **DEED)
        assert read(SENTENCES[1:]).proposed == []

    def test_twice_it_changes_nothing_more(self) -> None:
        self.accept_first()
        sentences = [SENTENCES[0].replace("16", "17"), SENTENCES[2], "On October 17, nobody was seen in the street."]
        read(sentences)
        before = list(Proposal.objects.values())
        stored = read(sentences)
        assert (stored.new, stored.proposed, stored.superseded) == (False, [], 0)
        assert list(Proposal.objects.values()) == before

    def test_a_third_text_corrects_the_second(self) -> None:
        read(SENTENCES[:2])
        stored = read([*SENTENCES[:2], "On October 17, nobody was seen in the street."])
        second = Document.objects.get(corrects__corrects__isnull=True, corrects__isnull=False)
        assert (stored.corrects, stored.known, len(stored.proposed)) == (second.pk, 2, 1)

    def test_another_source_with_the_same_sentence_is_another(self) -> None:
        stored = read(lead="Other news.\n\n", source=Source("Another digest", PUBLISHED))
        assert (stored.corrects, len(stored.proposed)) == (None, 3)


def test_a_name_that_no_column_holds_is_left_out_and_pointed_out() -> None:
    actors = (CandidateActor("X" * 201, None, "target", "person"), CandidateActor("Huawei", None, "host", "company"))
    read(SENTENCES[:1], actors=(*actors, *actors))
    row = Proposal.objects.get()
    assert [actor["name"] for actor in row.values["participations"]] == ["Huawei"]
    assert "longer than 200" in row.warnings[0]


class TestADayThatIsCorrected:
    """The words were read against a wrong day."""

    WORDS = "Last Friday, the council of Prague ended the agreement with the city of Beijing."

    def read(self, edtf: str = "2019-11-01") -> Proposal:
        text = f"News.\n\n{self.WORDS}"
        start = text.index("Last Friday")
        quotes = (
            Quote(self.WORDS, start, start + len(self.WORDS), ("title",)),
            Quote("Last Friday", start, start + 11, ("date",)),
        )
        dated = CandidateDate(edtf, "Last Friday", "last-weekday", PUBLISHED)
        told = candidate(text, self.WORDS, date=dated, evidence=quotes)
        store(SOURCE, Reading(text, PUBLISHED, (), (), (told,)), **DEED)
        return Proposal.objects.get()

    def correct(self, **changes: Any) -> None:
        world.edit(Document, Document.objects.get().pk, **({"published": date(2019, 11, 11)} | changes))

    def test_an_open_proposal_gives_way(self) -> None:
        old = self.read()
        self.correct()
        old.refresh_from_db()
        new = Proposal.objects.exclude(pk=old.pk).get()
        assert (old.status, old.superseded_by) == (Decision.SUPERSEDED, new)
        assert (new.values["edtf"], new.values["date_anchor"]) == ("2019-11-08", "2019-11-11")
        assert new.values["evidence"] == old.values["evidence"]
        assert "was corrected from 2019-11-04 to 2019-11-11" in new.explanation[0]

    def test_of_an_accepted_one_a_change_is_proposed(self) -> None:
        event_id = accept(self.read().pk, version=1, publish=True, **DEED)
        self.correct()
        change = Proposal.objects.get(kind=Kind.CHANGE)
        assert (change.event_id, change.values["edtf"]) == (event_id, "2019-11-08")
        assert world.seen(event_id)["date"]["edtf"] == "2019-11-01"
        accept(change.pk, version=1, publish=True, **DEED)
        assert world.seen(event_id)["date"]["edtf"] == "2019-11-08"
        world.assert_sound()

    def test_what_a_curator_has_dated_otherwise_stays(self) -> None:
        event_id = accept(self.read().pk, version=1, **DEED)
        world.edit(Event, event_id, edtf="2019-10-25", date_rule="curator")
        self.correct()
        assert Proposal.objects.count() == 1

    def test_a_date_that_more_than_the_day_made_is_pointed_out(self) -> None:
        self.read("2019-10-25")
        self.correct()
        assert "was read against the old day" in Proposal.objects.get().warnings[0]

    def test_another_correction_of_the_document_proposes_nothing(self) -> None:
        self.read()
        self.correct(published=PUBLISHED, publisher="The Monthly")
        assert Proposal.objects.get().status == Decision.OPEN

    def test_a_second_correction_goes_on_from_the_first(self) -> None:
        self.read()
        self.correct()
        self.correct(published=date(2019, 11, 18))
        (row,) = Proposal.objects.filter(status=Decision.OPEN)
        assert (row.values["edtf"], row.values["date_anchor"]) == ("2019-11-15", "2019-11-18")

    def test_a_second_correction_replaces_the_change_that_is_waiting(self) -> None:
        event_id = accept(self.read().pk, version=1, **DEED)
        self.correct()
        self.correct(published=date(2019, 11, 18))
        (row,) = Proposal.objects.filter(status=Decision.OPEN)
        assert (row.kind, row.event_id, row.values["edtf"]) == (Kind.CHANGE, event_id, "2019-11-15")
        self.correct(published=PUBLISHED)
        assert not Proposal.objects.filter(status=Decision.OPEN).exists()

    def test_a_second_correction_changes_what_the_first_has_changed(self) -> None:
        event_id = accept(self.read().pk, version=1, publish=True, **DEED)
        self.correct()
        accept(Proposal.objects.get(kind=Kind.CHANGE).pk, version=1, publish=True, **DEED)
        self.correct(published=date(2019, 11, 18))
        (row,) = Proposal.objects.filter(status=Decision.OPEN)
        accept(row.pk, version=1, publish=True, **DEED)
        assert world.seen(event_id)["date"]["edtf"] == "2019-11-15"
        world.assert_sound()

    def test_a_date_that_stays_is_read_against_the_new_day_from_then_on(self) -> None:
        self.read()
        self.correct(published=date(2019, 11, 5))
        (row,) = Proposal.objects.all()
        assert (row.values["edtf"], row.values["date_anchor"], row.version) == ("2019-11-01", "2019-11-05", 2)
        assert Edit.objects.filter(kind="proposal", noun_id=str(row.pk), version=2).exists()

    def test_day_and_text_are_corrected_together(self) -> None:
        row = self.read()
        self.correct(text="Other news.\n\nNothing of it stands here.")
        row.refresh_from_db()
        assert (Document.objects.get().published, row.status) == (date(2019, 11, 11), Decision.OPEN)
        assert "was read against the old day" in row.warnings[-1]
        assert row.version == Edit.objects.filter(kind="proposal", noun_id=str(row.pk)).count() == 2

    def test_what_cannot_be_proposed_any_more_is_pointed_out(self) -> None:
        row = self.read()
        with open_gate():
            Proposal.objects.filter(pk=row.pk).update(values=row.values | {"type": "NOTHING"})
        self.correct()
        assert "was read against the old day" in Proposal.objects.get().warnings[-1]

    def test_keys_of_any_length_stay_apart(self) -> None:
        first = self.read()
        with open_gate():
            for number in range(2):
                first.pk, first.key = None, "k" * 199 + str(number)
                first.save(force_insert=True)
        self.correct()
        rows = Proposal.objects.filter(status=Decision.OPEN)
        assert [row.values["edtf"] for row in rows] == ["2019-11-08"] * 3

    def test_a_load_corrects_a_day_too(self, tmp_path: Path) -> None:
        event_id = accept(self.read().pk, version=1, publish=True, **DEED)
        document = Document.objects.get()
        fields = {"title": document.title, "publisher": document.publisher, "url": document.url, "text": document.text}
        record = {"model": "events.document", "pk": document.pk, "fields": fields | {"published": "2019-11-11"}}
        load(write(tmp_path, [record]))
        change = Proposal.objects.get(kind=Kind.CHANGE)
        assert (change.event_id, change.values["edtf"]) == (event_id, "2019-11-08")
        load(write(tmp_path, [record]))
        assert Proposal.objects.count() == 2
