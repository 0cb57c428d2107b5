"""What is wrong with a file, and what was read otherwise than it stands there, said to whoever sent it."""

from dataclasses import asdict, dataclass, field, replace
from typing import Self

# A cell may hold a book; its beginning is enough to find it.
LONGEST = 400


def _cut(one: "Problem | Note") -> None:
    if len(one.found) > LONGEST:
        object.__setattr__(one, "found", one.found[:LONGEST] + "…")


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    row: the row as a spreadsheet shows it (the header is 1), or None where the whole file is meant.
    column: the column's header as it stands in the file, or None.
    found, expected: in the reader's language; what stands in the file not longer than `LONGEST`.
    for_all: the two as they may be told to readers who are not staff, where they quote stored counts of persons.
    """

    row: int | None
    column: str | None
    found: str
    expected: str
    for_all: tuple[str, str] | None = field(default=None, kw_only=True, compare=False, repr=False)

    def __post_init__(self) -> None:
        _cut(self)

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "for_all"}

    def told(self, *, staff: bool) -> Self:
        """The problem in the words that the readers may read."""
        if staff or self.for_all is None:
            return self
        found, expected = self.for_all
        return replace(self, found=found, expected=expected)


@dataclass(frozen=True)
class Warned(Problem):
    """Something that may be right but should be looked at: it stops a publish until a person accepts it.

    rule: the rule that noticed it, by its id.
    """

    rule: str


@dataclass(frozen=True)
class Note:
    """Something that was left out, or read otherwise than it stands, because its meaning is beyond doubt.

    row, column: as in a `Problem`; found: what stands in the file; done: what was made of it, in the reader's language.
    """

    row: int | None
    column: str | None
    found: str
    done: str

    def __post_init__(self) -> None:
        _cut(self)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Refused(Exception):
    """Something cannot be done; the message is one sentence for the reader: what happened and what to do."""


class BrokenConfiguration(Exception):
    """A file of the product itself (a contract, a definition, the plan) is wrong; the message names file and key."""
