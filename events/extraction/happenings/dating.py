"""Which time expression of a sentence dates which of its verbs.

The rules, in order; docs/reader.md tells them with examples:

own            an expression in the verb's own clause dates it, the nearest after the verb first
frame          one before the first verb of a sentence dates the clauses that are joined to it with `and`
together       with `when`, `while` and `as` two clauses have the same date
               (in a list, words such as `two days later` count from dates of their own item only)
cleft          `It was in May that the speech was given`; `may have been` makes it uncertain
purpose        `was hired to repair the dams in 2007`: one in the infinitive, if it is past
spoken-day     `today` in what somebody says counts from the day on which that was told, and is uncertain
after-event    `After the show`: from the date told in the sentence before to the day of publication

What is said in one clause is never dated by an expression of the clause that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from events.extraction.anchors import counts_on
from events.extraction.happenings.clauses import Clause
from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.words import Word
from events.extraction.mentions import Mention
from events.extraction.reading import CandidateDate

# Before an expression, these say that it is no time of the act: `the floods of May`, `postponed to May`.
_NOT_OF_THE_ACT = word_set("of to for than as")
# These say from or up to when, not when, so they date the first act only.
_OPEN = word_set("by until since")
_HOURS = word_set("night hours evening morning afternoon day week month")
_SUPERLATIVE = word_set("first most worst best least time")
_UNTIMED = frozenset({"SET", "DURATION"})
_FREE_WORDS = frozenset({"some-time-past", "some-time-ahead"})
_TOGETHER = word_set("when while as")
_DEICTIC = frozenset({"relative-day"})
_TOLD = word_set("that speech")
_AFTER = word_set("after following")


@dataclass(frozen=True)
class Dated:
    """A date for a candidate, the place of the words it comes from, and the sentence that explains it."""

    date: CandidateDate
    start: int
    end: int
    why: str
    mention: Mention | None = None


UNDATED = Dated(CandidateDate(), 0, 0, "No words give a date.")


class Dating:
    """Dates for the verbs of one sentence; `before` is the date told in the sentence before it in its paragraph."""

    def __init__(
        self, words: list[Word], clauses: Sequence[Clause], mentions: Sequence[Mention], before: Dated | None,
        published: date, *, alone: bool = False,
    ) -> None:  # fmt: skip
        self.words, self.clauses, self.mentions = words, clauses, mentions
        self.before, self.published, self.alone = before, published, alone

    def of(self, clause: Clause) -> Dated:
        """The date of a clause's verb."""
        own = self.own(clause)
        if own:
            return self.dated(own, clause, "stands in the same clause")
        for rule in (self.frame, self.together, self.cleft, self.purpose, self.after_event):
            found = rule(clause)
            if found:
                return found
        return UNDATED

    def of_noun(self, start: int, end: int, clause: Clause | None) -> Dated:
        """The date of what a noun tells: right after it, or that of the clause with `at the time of` or `there was`."""
        for at in range(end, min(len(self.words), end + 3)):
            if self.words[at].tag not in "IT":
                break
            if self.usable(at):
                return (
                    self.dated(self.mention(at), clause or self.clauses[0], "follows the noun")
                    if self.clauses
                    else UNDATED
                )
        before = " ".join(word.low for word in self.words[max(0, start - 4) : start])
        together = before.endswith(("at the time of", "during")) or self.words[start].low == "there" or start == 0
        return self.of(clause) if together and clause else UNDATED

    def own(self, clause: Clause) -> Mention | None:
        """The expression in the clause that dates its verb: after the verb before one in front of it, dates first."""
        verb = clause.verb.verb if clause.verb else 0
        usable = [at for at in clause.words if self.usable(at)]
        usable.sort(key=lambda at: (self.mention(at).edtf is None, at < verb, abs(at - verb)))
        return self.mention(usable[0]) if usable else None

    def mention(self, at: int) -> Mention:
        return self.mentions[self.words[at].mention]

    def usable(self, at: int) -> bool:
        word = self.words[at]
        if word.tag != "T" or (at and self.words[at - 1].low in _NOT_OF_THE_ACT and not self.after_hour(at)):
            return False
        mention = self.mention(at)
        if mention.text.startswith("to ") or (mention.rule == "since" and self.after_superlative(at)):
            return False
        if mention.edtf is None:
            return mention.rule in _FREE_WORDS
        return mention.type not in _UNTIMED or bool(mention.parts)

    def after_hour(self, at: int) -> bool:
        """`the night of 17 May`, `the early hours of the next day`"""
        return at > 1 and self.words[at - 1].low == "of" and self.words[at - 2].low in _HOURS

    def after_superlative(self, at: int) -> bool:
        """`its highest level since 2014`, `the first since May`"""
        return any(word.low.endswith("est") or word.low in _SUPERLATIVE for word in self.words[max(0, at - 4) : at])

    def dated(self, mention: Mention, clause: Clause, how: str) -> Dated:
        if mention.rule in _DEICTIC and any(one.link in _TOLD for one in (clause, *clause.within())):
            return self.spoken(mention)
        if clause.quoted and mention.rule in _DEICTIC:
            return self.spoken(mention)
        if self.alone and counts_on(mention.found) and not self.told_before(mention):
            said = CandidateDate(None, mention.text, mention.rule)
            why = f"“{mention.text}” counts from a date that its own item of the list does not tell."
            return Dated(said, mention.start, mention.end, why)
        said = CandidateDate(mention.edtf, mention.text, mention.rule, mention.anchor, mention.alternatives)
        return Dated(said, mention.start, mention.end, f"“{mention.text}” {how}; rule {mention.rule}.", mention)

    def told_before(self, mention: Mention) -> bool:
        """Whether a date is told before this one, in its sentence or the one before in its paragraph."""
        earlier = [word for word in self.words if word.tag == "T" and word.start < mention.start]
        return self.before is not None or any(self.mentions[word.mention].edtf for word in earlier)

    def spoken(self, mention: Mention) -> Dated:
        """`Today` in what somebody says: the day on which it was told, if that is known."""
        told = self.before
        if told and told.mention and told.mention.span and told.mention.span.unit == "day" and told.date.edtf:
            edtf = f"{told.mention.span.first.isoformat()}?"
            said = CandidateDate(edtf, mention.text, "spoken-day", told.mention.span.first)
            return Dated(
                said, mention.start, mention.end, f"“{mention.text}” is said in what was told {told.date.edtf}."
            )
        said = CandidateDate(None, mention.text, mention.rule)
        return Dated(said, mention.start, mention.end, f"“{mention.text}” counts from an unknown day of speaking.")

    def frame(self, clause: Clause) -> Dated | None:
        root = clause.root
        if clause.link != "coordinate" or root.verb is None:
            return None
        for at in root.words:
            frame = at < root.verb.start and self.usable(at)
            if frame and self.mention(at).edtf and self.mention(at).rule not in _OPEN:
                return self.dated(self.mention(at), root, "opens the sentence")
        return None

    def together(self, clause: Clause) -> Dated | None:
        other = clause.parent if clause.marker in _TOGETHER and clause.link == "subordinate" else None
        if other is None:
            other = next((one for one in self.clauses if one.parent is clause and one.marker in _TOGETHER), None)
        if other is None and clause.marker in _TOGETHER:
            after = [one for one in self.clauses if one.start > clause.start and one.link == "main"]
            other = after[0] if after else None
        own = self.own(other) if other else None
        return self.dated(own, other, "dates the clause told with it") if own and other else None

    def cleft(self, clause: Clause) -> Dated | None:
        """`It may have been in May that …`."""
        outer = clause.parent
        if clause.link not in ("that", "relative") or outer is None or outer.verb is None or outer.verb.lemma != "be":
            return None
        if not outer.subjects or self.words[outer.subjects[0].start].low != "it":
            return None
        own = self.own(outer)
        if own is None or own.edtf is None:
            return None
        found = self.dated(own, clause, "is what the sentence says of it")
        if outer.verb.tense != "modal" or not own.span or not own.span.plain:
            return found
        return Dated(
            CandidateDate(f"{own.edtf.rstrip('?')}?", own.text, "may-have-been", own.anchor, own.alternatives),
            own.start, own.end, f"“{own.text}” is told as possible only.", own,
        )  # fmt: skip

    def purpose(self, clause: Clause) -> Dated | None:
        for child in self.clauses:
            if child.parent is clause and child.link == "infinitive":
                own = self.own(child)
                if own and own.edtf and own.last and own.last <= self.published:
                    return self.dated(own, clause, "stands in what it was for")
        return None

    def after_event(self, clause: Clause) -> Dated | None:
        told = self.before.mention if self.before else None
        if told is None or told.first is None or told.span is None or told.span.unit != "day":
            return None
        if told.first >= self.published:
            return None
        start = clause.words[0] if clause.words else 0
        following = self.words[start + 1 : start + 3]
        if self.words[start].low not in _AFTER or len(following) < 2 or following[0].low not in ("the", "this", "that"):
            return None
        edtf = f"[{told.first.isoformat()}..{self.published.isoformat()}]"
        end = following[1].end
        said = self.words[start]
        text = " ".join(word.text for word in (said, *following))
        why = f"“{text}” follows what was told of {told.text}; it had happened by publication."
        return Dated(CandidateDate(edtf, text, "after-event", told.first), said.start, end, why)
