"""What sentences tell of: whether it happened, when, what kind it is, and who did it to whom."""

from __future__ import annotations

from datetime import date

import pytest

from events.extraction import Candidate, KnownActor, read

PUBLISHED = date(2019, 11, 4)  # a Monday

HAPPENED = [
    ("Police arrested a journalist on Friday.", "COERCE", "2019-11-01", ["Police"], ["a journalist"]),
    ("A journalist was arrested by police on Friday.", "COERCE", "2019-11-01", ["police"], ["A journalist"]),
    ("On Friday Huawei sued the mayor.", "DEMAND", "2019-11-01", ["Huawei"], ["the mayor"]),
    ("The ministers met in May 2014.", "CONSULT", "2014-05", ["The ministers"], []),
    ("Canada did criticise the ban.", "DISAPPROVE", None, ["Canada"], []),
    ("Qatar and Portugal signed a treaty in 2016.", "AGREE", "2016", ["Qatar", "Portugal"], []),
    ("Parliament decided to end the agreement.", "REJECT", None, ["Parliament"], []),
    ("The council opted for ending the agreement.", "REJECT", None, ["The council"], []),
    ("The mayor made a trip to Taiwan last March.", "CONSULT", "2019-03", ["The mayor"], []),
    ("The company called off the tour.", "SANCTION", None, ["The company"], []),
    ("The station let the host go in 2018.", "COERCE", "2018", ["The station"], ["the host"]),
    ("The dam failed on 3 May 2018.", "OTHER", "2018-05-03", [], []),
    ("The manager told clients to wait.", "DEMAND", None, ["The manager"], ["clients"]),
    ("Minsk called the report a lie.", "DISAPPROVE", None, ["Minsk"], []),
    ("Poland donated two vans to Ukraine.", "AID", None, ["Poland"], ["Ukraine"]),
]

NOT_HAPPENED = [
    "Parliament will vote on the law in May.",
    "The minister may visit Poland.",
    "Huawei could sue him.",
    "The army plans to buy drones.",
    "The union wants to strike.",
    "If the U.S. imposed tariffs, China would print money.",
    "Unless the company paid, the pilots would strike.",
    "The court did not arrest the minister.",
    "The committee never met.",
    "Nobody arrested the minister.",
    "No one was hurt.",
    "The airline had received no warning.",
    "Who arrested the minister?",
    "The museum hopes that the city donated the money.",
    "He denied that the company had fined the crew.",
    "The paper often criticised the mayor.",
    "Taipei is a sister city of Prague.",
    "The host used to praise the phones.",
    "He said it was too early.",
    "",
]


def happened(text: str, known: tuple[KnownActor, ...] = ()) -> list[Candidate]:
    return [one for one in read(text, published=PUBLISHED, known=known).candidates if one.happened]


def names(candidate: Candidate, *roles: str) -> list[str]:
    return [actor.name for actor in candidate.actors if actor.role in roles]


@pytest.mark.parametrize(("text", "kind", "edtf", "doers", "targets"), HAPPENED)
def test_a_sentence_that_tells_of_one_happening(
    text: str, kind: str, edtf: str | None, doers: list[str], targets: list[str]
) -> None:
    (candidate,) = happened(text)
    assert (candidate.type, candidate.date.edtf) == (kind, edtf)
    assert names(candidate, "initiator", "participant") == doers
    assert names(candidate, "target") == targets


@pytest.mark.parametrize("text", NOT_HAPPENED)
def test_what_is_foretold_planned_wished_denied_asked_or_a_habit_is_not_told_as_done(text: str) -> None:
    assert [one.title for one in happened(text) if one.title.split()[-1] != "denied"] == []


def test_what_did_not_happen_is_kept_only_if_it_says_so() -> None:
    (candidate,) = read("China will arrest Huawei.", published=PUBLISHED).candidates
    assert not candidate.happened
    assert "Not told as done: planned, foretold, denied or only possible." in candidate.why


DATES = [
    # An expression dates the verb of its own clause.
    ("He came in 2018, and in April 2019 he registered the club.", ["2018", "2019-04"]),
    ("The mayor criticised a trip which the governor made last March.", [None, "2019-03"]),
    # One that opens a sentence dates what is joined to it.
    ("In 2015 China sent an offer and won the project.", ["2015", "2015"]),
    ("By Sunday a court had fined the crew, and the union appealed.", ["[..2019-11-03]", None]),
    # The date of a report is not that of what it reports, nor the other way round.
    ("Oxfam reported on Friday that the city had fined the club.", ["2019-11-01", None]),
    ("The minister announced that police had arrested a man on 3 May 2018.", ["2018-05-03"]),
    # Words that carry no date give none, and are kept.
    ("Recently the Politburo met.", [None]),
    # No date is carried to another sentence without words that refer to it.
    ("On 3 May 2018 the dam failed. Muddy water buried eleven houses.", ["2018-05-03", None]),
    ("On 3 May 2018 the dam failed. Two days later police arrested the owner.", ["2018-05-03", "2018-05-05"]),
    ("On September 30 he met Ann Lee. After the show, listeners criticised the station.",
     ["2019-09-30", "[2019-09-30..2019-11-04]"]),
    # Nor to another item of a list.
    ("- Police arrested a man on Friday.\n- The court fined a club the next day.", ["2019-11-01", None]),
    ("It may have been in May of this year that the speech was given.", ["2019-05?"]),
    ("The gallery postponed the show to April.", [None]),
    ("The floods of May 2018 destroyed the bridge.", [None]),
    ("Rain between 16 and 18 October raised the river to its highest level since 2014.", ["[2019-10-16..2019-10-18]"]),
    ("The company was hired to repair the dam in 2007.", ["2007"]),
    ("It lasted long. The court fined the club in 2018 when the war began.", ["2018", "2018"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_which_words_date_what(text: str, expected: list[str | None]) -> None:
    assert [candidate.date.edtf for candidate in happened(text)] == expected


def test_today_in_what_somebody_says_is_the_day_of_the_telling_and_uncertain() -> None:
    text = "A second video followed on October 31. He said that police had arrested him today."
    video, arrest = happened(text)
    assert video.date.edtf == "2019-10-31"
    assert (arrest.date.edtf, arrest.date.text, arrest.date.rule) == ("2019-10-31?", "today", "spoken-day")


def test_today_in_what_somebody_says_at_an_unknown_time_has_no_date() -> None:
    (arrest,) = happened("He said that police had arrested him today.")
    assert (arrest.date.edtf, arrest.date.text) == (None, "today")


TWICE = [
    (
        "Prague has decided to end its relationship with the city. Prague therefore opted for ending the relationship.",
        1,
    ),
    ("Police arrested a singer on Friday. Police arrested a painter on Sunday.", 2),
    ("The EU stepped in: it insisted on new rules for the tender.", 1),
    ("Police arrested a singer. Police fined a club.", 2),
]


@pytest.mark.parametrize(("text", "count"), TWICE)
def test_a_happening_told_twice_is_one(text: str, count: int) -> None:
    made = happened(text)
    assert len(made) == count
    if count == 1:
        assert any(why.startswith("Told 2 times") for why in made[0].why)


NOUNS = [
    ("He spoke up for Canada's arrest of an executive.", ("COERCE", ["Canada"], ["an executive"])),
    ("It was signed at the time of a visit by Xi Jinping to Prague.", ("CONSULT", ["Xi Jinping"], ["Prague"])),
    ("He wrote about the explosion of his phone.", ("OTHER", [], [])),
    ("There was a barrage of complaints.", ("DISAPPROVE", [], [])),
]


@pytest.mark.parametrize(("text", "expected"), NOUNS)
def test_nouns_tell_of_happenings(text: str, expected: tuple[str, list[str], list[str]]) -> None:
    found = [(one.type, names(one, "initiator"), names(one, "target")) for one in happened(text)]
    assert expected in found


@pytest.mark.parametrize("text", ["He called for the arrest of the mayor.", "Any arrest of the mayor would be wrong."])
def test_nouns_of_what_is_asked_for_tell_of_none(text: str) -> None:
    assert "COERCE" not in [one.type for one in happened(text)]


TOLD = [
    ("Ann Lee said that police had arrested a man.", "Ann Lee"),
    ("Police arrested a man, Ann Lee said.", "Ann Lee"),
    ("Police, Ann Lee said, arrested a man.", "Ann Lee"),
    ("According to Ann Lee, police arrested a man.", "Ann Lee"),
    ("By Ann Lee's account, police arrested a man.", "Ann Lee"),
    ("Police arrested a man.", None),
]


@pytest.mark.parametrize(("text", "teller"), TOLD)
def test_who_claims_it(text: str, teller: str | None) -> None:
    arrest = next(one for one in happened(text) if one.type == "COERCE")
    assert [one.name for one in arrest.claimed_by] == ([teller] if teller else [])
    assert any("claimed_by" in quote.supports for quote in arrest.evidence) == (teller is not None)
