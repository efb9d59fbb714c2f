"""Look around in a sentence while its clauses are read: what comes next, and who is the subject."""

from __future__ import annotations

from events.extraction.happenings.phrases import REACH, NounPhrase, VerbGroup, noun_phrase, verb_group
from events.extraction.happenings.words import Word

QUOTES = frozenset('“”"«»')
# What no clause goes over; right at its beginning, a comma.
_STOPS = {False: ";:S", True: ","}


class Looking:
    """The words of a sentence, and what can be asked of them from any place; no question reaches beyond `REACH`."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.groups: dict[int, VerbGroup | None] = {}

    def group(self, at: int) -> VerbGroup | None:
        if at not in self.groups:
            self.groups[at] = verb_group(self.words, at) if at < len(self.words) else None
        return self.groups[at]

    def hidden_verb(self, start: int, group: VerbGroup) -> bool:
        """Whether a present verb stands among the nouns: `the way in which Beijing deals with it`."""
        return any(
            one.tag in "NP" and two.tag == "N" and two.form is not None and two.form.third and three.tag in "IDP"
            for one, two, three in zip(
                self.words[start : group.start], self.words[start + 1 : group.start],
                self.words[start + 2 : group.start + 1], strict=False,
            )
        )  # fmt: skip

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
            if (
                (tag in ";:S" and place > at)
                or (tag == "," and place == at)
                or tag in QUOTES
                or (tag == "C" and self.joins_verb(place, subject=subject))
            ):
                return False
            if tag in ",W" and subject:
                return over_commas and self.resumes(place)
            group = self.group(place)
            if group:
                return subject and group.tense != "infinitive"
            subject = subject or tag in "NPQ#"
        return False

    def joins_verb(self, at: int, *, subject: bool) -> bool:
        """Whether `and` stands before a verb, or with nothing before it: then it joins what came earlier."""
        return not subject or self.group(self.past_adverbs(at + 1)) is not None

    def resumes(self, comma: int) -> bool:
        """Whether a verb comes after an apposition: `, the minister, a lawyer, resigned`."""
        for place in range(comma + 1, min(len(self.words), comma + REACH)):
            if self.words[place].tag == ",":
                group = self.group(self.past_adverbs(place + 1))
                return group is not None and group.tense != "infinitive"
            if self.words[place].tag in ";:S" or self.words[place].tag in QUOTES:
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
        """`Across the border Shenzhen released …`, `In Lima demonstrators blocked …`: what stands before the verb."""
        while end > start and self.words[end - 1].tag in "RT":
            end -= 1
        last = self.words[end - 1].tag if end > start else ""
        first = end
        while first > start and self.words[first - 1].tag == last:
            first -= 1
        before = self.words[first - 1].tag if first > start else ""
        return [NounPhrase(first, end, end - 1)] if last + before in ("PN", "NP") else []

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
