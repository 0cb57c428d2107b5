"""Who may read what of the rows that are kept: readers are staff or the public, and the installation says which.

Rows about single persons are nobody's to read, and internal datasets are for staff. What counts persons row by row the
public learns from answers alone: there few persons are withheld, and what would give them away.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from data.contract import Contract, contracts
from data.uploads import Upload
from data.words import _

# Fewer persons than this are not told (domain section 6).
FEW = 10
# What remains of a warning that the public may not read: that there was one, and who accepted it.
_OPEN_WORDS = ("rule", "accepted_by")

Count = int | Decimal | None


def are_staff() -> bool:
    """`QUALITY_INTERNAL=1` says that all readers of this installation are staff who may see internal records."""
    return os.environ.get("QUALITY_INTERNAL", "") == "1"


def may_read(contract: Contract, *, staff: bool) -> bool:
    """Whether rows of a dataset may be listed."""
    return not contract.lists_persons and (staff or not contract.internal)


def may_take(contract: Contract, *, staff: bool) -> bool:
    """Whether a file of a dataset may be handed out with all its cells."""
    return may_read(contract, staff=staff) and (staff or not contract.person_counts)


def tell_of_few(counts: Iterable[Count]) -> bool:
    """Whether the counts of persons of one row tell of few: one of them, two by their difference, or what all leave over."""
    known = sorted((count for count in counts if count is not None), reverse=True)
    left = [known[0] - sum(known[1:])] if known else []
    return any(0 < count < FEW for count in (*known, *(more - less for more, less in combinations(known, 2)), *left))


def counts_few(contract: Contract, row: Mapping[str, object]) -> bool:
    """Whether a row of a dataset, column → value, tells of few persons."""
    values = (row[name] for name in contract.person_counts)
    return tell_of_few(value for value in values if isinstance(value, int | Decimal))


def withheld(count: object) -> object:
    """What stands for a count of persons in a row that tells of few; there being none, or no count, is no secret."""
    if not isinstance(count, int | Decimal) or not count:
        return count
    return f"<{FEW}" if count < FEW else _("withheld")


def told(upload: Upload, *, staff: bool) -> Upload:
    """The upload with as much of its remark and its warnings as the readers may read: both may quote rows."""
    contract = contracts().get(upload.dataset)
    if staff or contract is None:
        return upload
    if not may_read(contract, staff=False):
        return replace(upload, note=None, warnings=())
    if may_take(contract, staff=False):
        return upload
    kept = [{name: one[name] for name in _OPEN_WORDS if name in one} for one in upload.warnings]
    return replace(upload, warnings=tuple(kept))
