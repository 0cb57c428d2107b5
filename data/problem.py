"""What is wrong with a file, said to whoever can mend it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    row: the row as a spreadsheet shows it (the header is 1), or None where the whole file is meant.
    column: the column's header as it stands in the file, or None.
    found, expected: in the reader's language.
    """

    row: int | None
    column: str | None
    found: str
    expected: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


class Refused(Exception):
    """Something cannot be done; the message is one sentence for the reader: what happened and what to do."""


class BrokenConfiguration(Exception):
    """A file of the product itself (a contract, a definition, the plan) is wrong; the message names file and key."""
