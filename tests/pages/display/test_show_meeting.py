"""What a meeting's link asks for."""

from datetime import datetime

import pytest
import streamlit

from data.store import Moment, utc_now
from pages.display import show_meeting


@pytest.mark.parametrize(
    "parameters",
    [
        {"locked": "0001-01-01T00:00:00"},
        {"locked": "1899-12-31T23:59:59"},
        {"locked": "9999-12-31T23:59:59"},
        {"locked": "yesterday"},
        {"as_of": "0001-01-01"},
        {"as_of": "9999-12-31"},
        {},
    ],
)
def test_a_moment_that_makes_no_sense_is_replaced_by_now(
    parameters: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamlit, "query_params", parameters)
    before = utc_now()
    found = show_meeting._moment()
    assert before <= found <= utc_now()
    assert Moment.of(found).at == found == datetime.fromisoformat(parameters["locked"])
