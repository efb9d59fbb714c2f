"""How a search is written: words, phrases and what to leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.models.tokens import Phrase, phrase
from events.querying.values import Refused, Text

# More than anybody looks for; each costs a look into the text index.
TERM_LIMIT = 32


@dataclass(frozen=True)
class Term:
    """A word or a phrase as it was written, and what to look for."""

    text: str
    quoted: bool
    excluded: bool
    phrase: Phrase

    @property
    def written(self) -> str:
        return ("-" if self.excluded else "") + (f'"{self.text}"' if self.quoted else self.text)


class Words(Text):
    """Words, "phrases" and what to leave out (`-word`, `-"a phrase"`), apart by spaces; all of them must hold."""

    TERM = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))|(?P<open>")')
    # Quotes and minus signs as word processors and keyboards of other scripts write them.
    SIGNS = str.maketrans("“”„«»＂－−–—", '""""""----')

    def clean(self, value: str) -> tuple[Term, ...]:
        value = value.translate(self.SIGNS)
        found = list(self.TERM.finditer(value))
        if any(match["open"] for match in found):
            detail = 'A phrase stands between two double quotes ("sister city"); one of them is missing.'
            plain = " ".join(value.replace('"', " ").split())
            raise Refused(detail, "invalid_words", plain if phrase(plain) else None)
        terms = dict.fromkeys(term for match in found if (term := self._term(match)))
        if not terms:
            raise Refused("There is no word in it: letters and digits are searched, not signs.", "no_words")
        if len(terms) > TERM_LIMIT:
            raise Refused(f"At most {TERM_LIMIT} words and phrases are taken; these are {len(terms)}.", "too_many")
        return tuple(terms)

    def _term(self, match: re.Match[str]) -> Term | None:
        """What is searched; None for signs alone, which aren't."""
        text = " ".join((match["word"] or match["phrase"] or "").split())
        looked_for = phrase(text)
        return Term(text, match["word"] is None, bool(match["not"]), looked_for) if looked_for else None
