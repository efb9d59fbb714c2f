"""The clauses of a sentence: verb, subject, objects, and how each hangs on the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from events.extraction.lexicon import word_set
from events.extraction.nouns import EVENT_NOUNS
from events.extraction.phrases import REACH, NounPhrase, VerbGroup, noun_phrase, verb_group
from events.extraction.verbs import REPORTING
from events.extraction.words import Word

# Words after which a clause of its own follows, and those of them that make it no fact.
_CONDITIONS = word_set("if unless whether lest")
_TAKES_WHOLE = word_set("; — –")
_QUOTES = frozenset('“”"«»')


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


class _Parser:
    """Reads the words once, from the first to the last."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.current = Clause(0, "main")
        # The clause that the words belong to which come now: the current one, or a child of it.
        self.holder = self.current
        self.made = [self.current]
        # Clauses whose subject has been read while their verb hasn't: `the host, who …, resigned`.
        self.open: list[Clause] = []
        self.quoted = False
        self.groups: dict[int, VerbGroup | None] = {}

    def parse(self) -> list[Clause]:
        at = 0
        while at < len(self.words):
            after = self.step(at)
            self.holder.words += range(at, after)
            at = after
        self.made.sort(key=lambda clause: clause.verb.verb if clause.verb else clause.start)
        return [clause for clause in self.made if clause.verb]

    def group(self, at: int) -> VerbGroup | None:
        if at not in self.groups:
            self.groups[at] = verb_group(self.words, at) if at < len(self.words) else None
        return self.groups[at]

    def step(self, at: int) -> int:
        """Read what begins at that word; return where to go on."""
        word = self.words[at]
        if word.tag == "(":
            return self.past_brackets(at)
        if word.tag in _QUOTES:
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
        opening = not self.quoted
        self.quoted = opening
        if opening and self.clause_ahead(at + 1):
            speaker = self.current if self.current.verb else None
            self.begin(at + 1, "speech" if speaker else "main", speaker)
        elif not opening and self.current.quoted and self.current.verb:
            self.begin(at + 1, "main", None)

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

    # -- looking around

    def past_brackets(self, at: int) -> int:
        for end in range(at + 1, min(len(self.words), at + REACH)):
            if self.words[end].tag == ")":
                return end + 1
        return at + 1

    def past_adverbs(self, at: int) -> int:
        limit = min(len(self.words), at + REACH)
        while at < limit and self.words[at].tag in "RX":
            at += 1
        return at

    def clause_ahead(self, at: int, *, over_commas: bool = True) -> bool:
        """Whether a subject and its verb follow before the next sign or word that begins something else."""
        subject = False
        for place in range(at, min(len(self.words), at + REACH)):
            tag = self.words[place].tag
            if (tag in ";:S" and place > at) or tag in _QUOTES or (tag == "C" and not subject):
                return False
            if tag in ",W" and subject:
                return over_commas and self.resumes(place)
            group = self.group(place)
            if group:
                return subject and group.tense != "infinitive"
            subject = subject or tag in "NPQ#"
        return False

    def resumes(self, comma: int) -> bool:
        """Whether a verb comes after an apposition: `, the minister, a lawyer, resigned`."""
        for place in range(comma + 1, min(len(self.words), comma + REACH)):
            if self.words[place].tag == ",":
                group = self.group(self.past_adverbs(place + 1))
                return group is not None and group.tense != "infinitive"
            if self.words[place].tag in ";:S" or self.words[place].tag in _QUOTES:
                return False
        return False

    def subjects(self, start: int, end: int) -> list[NounPhrase]:
        """The subject that stands between two places: the first noun phrase without a preposition, and its likes."""
        at = start
        while at < end:
            phrase = noun_phrase(self.words, at) if self.words[at].tag not in "IST" else None
            if phrase and phrase.start < end:
                return self.joined(phrase, end)
            at = self.past_preposition(at, end) if self.words[at].tag in "IS" else at + 1
        return self.last_name(start, end)

    def last_name(self, start: int, end: int) -> list[NounPhrase]:
        """`Across the border Shenzhen released …`: the name right before the verb, if there is no other."""
        while end > start and self.words[end - 1].tag in "RT":
            end -= 1
        first = end
        while first > start and self.words[first - 1].tag == "P":
            first -= 1
        if first == end or first <= start or self.words[first - 1].tag != "N":
            return []
        return [NounPhrase(first, end, end - 1)]

    def past_preposition(self, at: int, end: int) -> int:
        after = at + 1
        while after < end and self.words[after].tag in "IR":
            after += 1
        phrase = noun_phrase(self.words, after) if after < end else None
        if phrase is None:
            return after
        # `in Bosnia and Herzegovina, a dam`: the coordinated noun belongs to the preposition too.
        after = phrase.end
        more = noun_phrase(self.words, after + 1) if after + 1 < end and self.words[after].tag == "C" else None
        return more.end if more and more.end < end and self.words[more.end].tag in ",I" else after

    def joined(self, first: NounPhrase, end: int) -> list[NounPhrase]:
        """`Egypt, Turkey and the Emirates` are three; `Its chairman, Daniel Otieno,` is one, the one with the name."""
        found, at, joined = [first], first.end, False
        while at < end:
            tag = self.words[at].tag
            if tag not in ",CDR(":
                break
            joined = joined or tag == "C"
            if tag == "(":
                at = self.past_brackets(at)
                continue
            phrase = noun_phrase(self.words, at) if tag == "D" else None
            following = noun_phrase(self.words, at + 1) if tag in ",C" and at + 1 < end else None
            phrase = phrase or following
            if phrase and phrase.end <= end:
                found.append(phrase)
            at = phrase.end if phrase else at + 1
        if joined and self.words[end - 1].tag != ",":
            return found
        return [self.named(found[:2])]

    def named(self, found: list[NounPhrase]) -> NounPhrase:
        """Of a noun phrase and its apposition, the one with a name."""
        if len(found) > 1 and self.words[found[0].head].tag != "P" and self.words[found[1].head].tag == "P":
            return found[1]
        return found[0]

    def noun_before(self, end: int, start: int) -> NounPhrase | None:
        """The last noun phrase before that place."""
        at, last = start, None
        while at < end:
            phrase = noun_phrase(self.words, at) if self.words[at].tag not in "IT" else None
            if phrase and phrase.end <= end:
                last = phrase
                at = phrase.end
            else:
                at += 1
        return last
