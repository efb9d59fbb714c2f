"""The clauses of a sentence: verb, subject, objects, and how each hangs on the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from events.extraction.happenings.lexicon import word_set
from events.extraction.happenings.looking import QUOTES, Looking
from events.extraction.happenings.nouns import EVENT_NOUNS
from events.extraction.happenings.phrases import REACH, NounPhrase, VerbGroup, noun_phrase
from events.extraction.happenings.verbs import REPORTING
from events.extraction.happenings.words import Word

# Words after which a clause of its own follows, and those of them that make it no fact.
_CONDITIONS = word_set("if unless whether lest")
_TAKES_WHOLE = word_set("; — –")
_INLINE = 8


@dataclass(slots=True)
class Clause:
    """One verb and what belongs to it, by the numbers of the words.

    `link` says how it hangs on `parent`: main, coordinate (the same subject: shared), that (what is said or thought),
    speech (after a colon), relative, subordinate (after `marker`), condition, reduced (a participle after its noun),
    infinitive, aside (`, she said,`). `words` are the numbers of the words that stand in it and in no other. `quoted`
    clauses stand in quotation marks.
    """

    start: int
    link: str
    marker: str = ""
    parent: Clause | None = None
    verb: VerbGroup | None = None
    subjects: list[NounPhrase] = field(default_factory=list)
    shared: bool = False
    quoted: bool = False
    words: list[int] = field(default_factory=list)

    @property
    def root(self) -> Clause:
        """The clause that the sentence begins with, or that this one is coordinated with."""
        return self.parent.root if self.parent and self.link == "coordinate" else self

    def within(self) -> Iterator[Clause]:
        """The clauses that this one stands in, from the nearest."""
        clause = self.parent
        while clause is not None:
            yield clause
            clause = clause.parent


def clauses(words: list[Word]) -> list[Clause]:
    """Return the clauses of a sentence that have a verb, in order of their beginning."""
    return _Parser(words).parse()


class _Parser(Looking):
    """Reads the words once, from the first to the last."""

    def __init__(self, words: list[Word]) -> None:
        super().__init__(words)
        self.current = Clause(0, "main")
        # The clause that the words belong to which come now: the current one, or a child of it.
        self.holder = self.current
        self.made = [self.current]
        # Clauses whose subject has been read while their verb hasn't: `the host, who …, resigned`.
        self.open: list[Clause] = []
        self.quoted = False
        # Quotation marks before that place are those of a phrase, not of speech.
        self.inline = 0

    def parse(self) -> list[Clause]:
        at = 0
        while at < len(self.words):
            after = self.step(at)
            self.holder.words += range(at, after)
            at = after
        self.made.sort(key=lambda clause: clause.verb.verb if clause.verb else clause.start)
        return [clause for clause in self.made if clause.verb]

    def step(self, at: int) -> int:
        """Read what begins at that word; return where to go on."""
        word = self.words[at]
        if word.tag == "(":
            return self.past_brackets(at)
        if word.tag in QUOTES:
            self.quotation(at)
            return at + 1
        group = self.group(at)
        if group:
            self.verb(group)
            return max(group.end, at + 1)
        boundary = self.boundaries.get(word.tag)
        if boundary:
            boundary(self, at)
        return at + 1

    # -- verbs

    def verb(self, group: VerbGroup) -> None:
        current = self.current
        if current.link == "relative" and current.verb is None and self.open and self.hidden_verb(current.start, group):
            self.current = self.open.pop()
        if group.tense == "infinitive":
            self.child("infinitive", group, self.current)
        elif self.current.verb is None:
            self.attach(self.current, group)
        else:
            self.second(group)

    def second(self, group: VerbGroup) -> None:
        """A verb where the clause has one already, without a word that begins a new clause between them."""
        current, first = self.current, self.current.verb
        after = self.subjects(first.end, group.start) if first else []
        if first and first.lemma.partition("-")[0] in REPORTING and after and not group.participle_only:
            self.begin(first.end, "that", current)
            self.attach(self.current, group)
        elif self.open and not (group.bare and self.words[group.start - 1].tag in "NP" and self.by_follows(group)):
            self.current = self.open.pop()
            self.attach(self.current, group)
        elif group.bare:
            self.child("reduced", group, current)
        elif first and first.bare and current.link != "reduced":
            self.child("reduced", first, current)
            current.verb, self.holder = group, current
        else:
            self.begin(group.start, "coordinate", current, shared=True)
            self.attach(self.current, group)

    def by_follows(self, group: VerbGroup) -> bool:
        """Whether the doer of a participle follows: `told by a user`, and not `fell by six percent`."""
        following = self.words[group.end : group.end + 2]
        return group.participle and len(following) > 1 and following[0].low == "by" and following[1].tag != "#"

    def attach(self, clause: Clause, group: VerbGroup) -> None:
        self.holder = clause
        if clause.shared and not clause.subjects and clause.parent:
            clause.subjects = clause.parent.subjects
        elif not clause.subjects:
            clause.subjects = self.subjects(clause.start + bool(clause.marker), group.start)
        if group.bare and (group.participle_only or self.by_follows(group)) and clause.link != "reduced":
            # `a story told by a user shows`: the verb of the clause is still to come.
            self.child("reduced", group, clause)
            return
        clause.verb = group

    def child(self, link: str, group: VerbGroup, parent: Clause) -> None:
        """A clause without a subject of its own, inside another that goes on."""
        clause = Clause(group.start, link, parent=parent, verb=group, quoted=self.quoted)
        clause.subjects = parent.subjects
        if link == "reduced" and (group.start == 0 or self.words[group.start - 1].tag != ","):
            noun = self.noun_before(group.start, max(parent.start, group.start - REACH))
            clause.subjects = [noun] if noun else parent.subjects
        self.made.append(clause)
        self.holder = clause

    def begin(self, start: int, link: str, parent: Clause | None, marker: str = "", *, shared: bool = False) -> None:
        self.current = self.holder = Clause(start, link, marker, parent, shared=shared, quoted=self.quoted)
        self.made.append(self.current)

    # -- words and signs that begin a clause

    def conjunction(self, at: int) -> None:
        ahead = self.past_adverbs(at + 1)
        if self.current.verb is None or ahead >= len(self.words):
            return
        if self.words[ahead].low == "that" and self.current.link == "that":
            return
        target = self.outer() if self.words[at - 1].tag == "," else self.current
        group = self.group(ahead)
        if group and group.tense != "infinitive":
            self.begin(at, "coordinate", target, shared=True)
        elif not group and self.clause_ahead(ahead):
            self.begin(at, "coordinate", target)

    def outer(self) -> Clause:
        """The clause that goes on after a comma: the one that the clause which is being read hangs on."""
        goes_on = self.current
        for clause in (self.current, *self.current.within()):
            if clause.link in ("relative", "condition", "subordinate") and clause.parent and clause.parent.verb:
                goes_on = clause.parent
        return goes_on

    def comma(self, at: int) -> None:
        self.holder = self.current
        ahead = self.past_adverbs(at + 1)
        if self.current.verb is None and at > self.current.start:
            self.aside(at)
            self.purpose(at)
        if self.current.verb is None or ahead >= len(self.words) or self.words[ahead].tag in "WC":
            return
        group = self.group(ahead)
        if group and self.open and self.current.link in ("relative", "subordinate", "aside"):
            return
        if group and group.tense != "infinitive":
            self.comma_verb(at, ahead, group)
        elif not group and self.clause_ahead(ahead):
            self.begin(at + 1, "main", None)

    def aside(self, at: int) -> None:
        """`China, he reported, has …`: who says so stands between the subject and its verb."""
        phrase = noun_phrase(self.words, at + 1) if at + 1 < len(self.words) else None
        group = self.group(phrase.end) if phrase else None
        if not phrase or not group or not group.bare or group.lemma not in REPORTING:
            return
        outer = self.current
        if not outer.subjects:
            outer.subjects = self.subjects(outer.start, at)
        self.open.append(outer)
        self.begin(at + 1, "aside", outer)

    def purpose(self, at: int) -> None:
        """`To change the party, he called …`: what stands before the comma has no subject."""
        first = self.made[-1]
        if first.link == "infinitive" and first.start == self.current.start and self.clause_ahead(at + 1):
            self.current.start = at + 1

    def comma_verb(self, at: int, ahead: int, group: VerbGroup) -> None:
        """A verb right after a comma: `, said X`, `, hit a fence`, or the verb of `X, founded in 1990, sued`."""
        first = self.current.verb
        if group.bare and group.lemma in REPORTING:
            self.begin(at + 1, "main", None)
            self.current.subjects = self.subjects(group.end, min(len(self.words), group.end + REACH))[:1]
        elif group.bare and self.by_follows(group):
            return
        elif first and first.bare and first.start > 0 and self.words[first.start - 1].tag == "," and not group.passive:
            self.child("reduced", first, self.current)
            self.current.verb = None
        else:
            self.begin(at + 1, "coordinate", self.current, shared=True)

    def subordinator(self, at: int) -> None:
        low = self.words[at].low
        if low == "that":
            self.that(at)
        elif self.clause_ahead(at + 1, over_commas=False):
            link = "condition" if low in _CONDITIONS else "subordinate"
            if self.current.verb is None and self.current.start < at and self.subjects(self.current.start, at):
                self.open.append(self.current)
            parent = self.current if self.current.verb or self.open else None
            self.begin(at, link, parent, low)

    def that(self, at: int) -> None:
        """`that` after a verb or a noun of saying: what is said; after another noun: a relative clause."""
        before = self.words[at - 1] if at else self.words[0]
        if before.tag in "SI" or not (self.group(at + 1) or self.clause_ahead(at + 1)):
            return
        if before.tag in "NP" and not (before.low in EVENT_NOUNS and not self.group(at + 1)) and self.group(at + 1):
            self.relative(at)
            return
        parent = self.current
        while parent.link == "coordinate" and parent.parent and self.words[at - 1].low in ("and", "but", "or"):
            parent = parent.parent
        if before.low in ("and", "but", "or") and parent.link == "that" and parent.parent:
            parent = parent.parent
        self.begin(at, "that", parent, "that")

    def relative(self, at: int) -> None:
        antecedent = self.noun_before(at, max(self.current.start, at - REACH))
        outer = self.current
        if outer.verb is None:
            outer.subjects = self.subjects(outer.start, at)
            if outer.subjects:
                self.open.append(outer)
        self.begin(at, "relative", outer, self.words[at].low)
        ahead = at + 1
        while ahead < min(len(self.words) - 1, at + REACH) and self.words[ahead].tag in "RXT,":
            ahead += 1
        if self.group(ahead) and antecedent:
            self.current.subjects = [antecedent]
        else:
            self.current.start = at + 1

    def colon(self, at: int) -> None:
        link = "speech" if self.words[at].tag == ":" and self.current.verb else "main"
        parent = self.speaker() if link == "speech" else None
        self.open.clear()
        self.begin(at + 1, link, parent)

    def speaker(self) -> Clause:
        """The clause with the verb of saying that a colon refers to."""
        for clause in (self.current, *self.current.within()):
            if clause.verb and clause.verb.lemma in REPORTING:
                return clause
        return self.current.root

    def quotation(self, at: int) -> None:
        if at < self.inline or self.is_inline(at):
            return
        opening = not self.quoted
        self.quoted = opening
        if opening and self.clause_ahead(at + 1):
            speaker = self.current if self.current.verb else None
            self.begin(at + 1, "speech" if speaker else "main", speaker)
        elif not opening and self.current.quoted and self.current.verb:
            self.begin(at + 1, "main", None)

    def is_inline(self, at: int) -> bool:
        """Whether a few words without a verb stand in quotation marks: `the “one China” condition`."""
        for end in range(at + 1, min(len(self.words), at + _INLINE)):
            if self.words[end].tag in QUOTES:
                self.inline = end + 1
                return not self.quoted and end > at + 1
            if self.group(end):
                return False
        return False

    boundaries = {  # a table of methods, the same for every parser
        "C": conjunction,
        ",": comma,
        "S": subordinator,
        "W": relative,
        ":": colon,
        ";": colon,
        "—": colon,
        "–": colon,
    }
