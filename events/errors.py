"""Every way to fail, drawn once.

    DatelineError
    ├── InvalidDate          a text that is not a supported EDTF value
    ├── UnreadableDate       words in which no rule finds a date
    ├── UnreadableText       a file that is no text, or more of it than is read
    ├── InvalidQuestion      a question with one or more problems, all of them listed
    │   └── UnknownPoint     a token of another dataset, or of changes that this one doesn't have
    ├── Unknown              nothing public has that id (a hidden thing is answered the same way)
    ├── Gone                 it was public and was retracted
    ├── Merged               it was public and became another noun
    ├── DeedRefused          a deed that would break a promise; `reasons` lists each one
    │   ├── EditConflict     somebody saved the same noun in the meantime
    │   └── WrongState       the noun isn't in the state that the deed starts from
    ├── InvalidFixture       records of a fixture that don't verify, all of them listed
    ├── InvalidTable         a table, or its map, that can't be imported; all faults by line and column
    └── WriteOutsideDeed     a working table was written without a deed: a bug, never a user's fault

Each class has a stable `code`. Only `api` and `pages` know which HTTP status an error is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class DatelineError(Exception):
    """The root. `str(error)` is a sentence for people; `code` is for programs and never changes."""

    code = "error"


class InvalidDate(DatelineError):
    """A text that is not a supported EDTF value. The sentence says what to write instead."""

    code = "invalid_date"

    def __init__(self, detail: str, suggestion: str | None = None) -> None:
        super().__init__(detail)
        self.suggestion = suggestion


class UnreadableDate(DatelineError):
    """Words in which no rule finds a date."""

    code = "unreadable_date"


class UnreadableText(DatelineError):
    """A file that is no text, or more of it than is read. The sentence says what to do."""

    code = "unreadable_text"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a question: which parameter, what was sent, why it is refused."""

    parameter: str
    value: str
    code: str
    detail: str
    suggestion: str | None = None


class InvalidQuestion(DatelineError):
    """A question that is refused, with all of its problems at once."""

    code = "invalid_question"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.detail for problem in problems))
        self.problems = tuple(problems)


class UnknownPoint(InvalidQuestion):
    """A token that was given out by another dataset, or before this one was restored to an earlier state."""

    code = "unknown_point"


class Unknown(DatelineError):
    """Nothing public has that id."""

    code = "not_found"


class Gone(DatelineError):
    """It was public and was retracted: `at` is the instant (ISO 8601), `why` the public reason."""

    code = "gone"

    def __init__(self, at: str, why: str) -> None:
        super().__init__(f"This was retracted on {at[:10]}: {why or 'no reason was given'}")
        self.at = at
        self.why = why


class Merged(DatelineError):
    """It was public and became another noun of its kind, in the end that with the id `into`."""

    code = "merged"

    def __init__(self, kind: str, into: str) -> None:
        super().__init__(f"This was merged into the {kind} {into}.")
        self.kind = kind
        self.into = into


class DeedRefused(DatelineError):
    """A deed that would break a promise. `reasons` has one sentence for each."""

    code = "deed_refused"

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class EditConflict(DeedRefused):
    """Somebody saved the same noun since it was opened: nothing was written."""

    code = "edit_conflict"


class WrongState(DeedRefused):
    """The noun isn't in the state that the deed starts from."""

    code = "wrong_state"


class InvalidFixture(DatelineError):
    """Records of a fixture that don't verify; `faults` has one sentence for each record and field."""

    code = "invalid_fixture"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class InvalidTable(DatelineError):
    """A table, or its map, that can't be imported; `faults` has a sentence for each line and column.

    `needs_order` where it has to be said whether days or months come first.
    """

    code = "invalid_table"

    def __init__(self, faults: Sequence[str], *, needs_order: bool = False) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
        self.needs_order = needs_order


class WriteOutsideDeed(DatelineError):
    """A working table was written without a deed."""

    code = "write_outside_deed"
