"""What the upload page shows of stored rows that a file would change."""

import re

import pytest

from data.contract import contracts
from data.intake import Checked
from data.preview import Change, Effect
from pages.display import tables
from queries.answers import PUBLIC, Viewer

STAFF = Viewer(internal=True)
CHANGES = (Change("2021 1", "awards", 5, 50, few=True), Change("2021 2", "awards", 30, 31))


def cells(dataset: str, viewer: Viewer, *changes: Change) -> list[tuple[str, str]]:
    checked = Checked("f.csv", dataset, effect=Effect(changed=len(changes), changes=changes))
    page = tables.render("effect.html", checked=checked, contract=contracts()[dataset], moves=(), viewer=viewer)
    return re.findall(r"<td>([^<]*)</td><td><b>([^<]*)</b></td></tr>", page)


@pytest.mark.parametrize(("viewer", "old"), [(PUBLIC, "&lt;10"), (STAFF, "5")])
def test_few_persons_of_a_stored_row_are_told_to_staff_only(viewer: Viewer, old: str) -> None:
    assert cells("award", viewer, *CHANGES) == [(old, "50"), ("30", "31")]


@pytest.mark.parametrize(("viewer", "listed"), [(PUBLIC, []), (STAFF, [("92", "95")])])
def test_stored_values_of_internal_records_are_told_to_staff_only(
    viewer: Viewer, listed: list[tuple[str, str]]
) -> None:
    assert cells("exam", viewer, Change("2021-11-G3 数学", "reference_mean", 92, 95)) == listed
