"""Who may look below schools: a browser on the installation's own machine that asks it directly."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.context import StreamlitHeaders

from pages.display import show_frame
from queries.answers import Viewer


def connected(monkeypatch: pytest.MonkeyPatch, address: str | None, **headers: str) -> None:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    monkeypatch.setattr(st, "context", SimpleNamespace(ip_address=address, headers=StreamlitHeaders(named)))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "[::1]"])
def test_a_browser_on_the_own_machine_looks_below_schools(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch, None, Host=host)
    assert show_frame.viewer() == Viewer(internal=False, below_school=True)
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert show_frame.viewer() == Viewer(internal=True, below_school=True)


@pytest.mark.parametrize("address", ["192.168.1.20", "::ffff:10.0.0.7", "2001:db8::1"])
def test_a_browser_elsewhere_does_not(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch, address, Host="localhost:8501")
    assert show_frame.viewer() == Viewer()


@pytest.mark.parametrize(
    "name", ["X_Forwarded_For", "x_forwarded_for", "X_Real_IP", "Forwarded", "Via", "X_Forwarded_Host"]
)
def test_whom_another_server_speaks_for_does_not(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch, None, Host="127.0.0.1:8501", **{name: "127.0.0.1"})
    assert not show_frame.is_local()


@pytest.mark.parametrize(
    "headers", [{}, {"Host": ""}, {"Host": "exams.example.org"}, {"Host": "localhost.example.org:80"}]
)
def test_without_a_name_of_this_machine_nobody_does(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's address is none too where the browser has gone; and a name from elsewhere may point to this machine."""
    connected(monkeypatch, None, **headers)
    assert not show_frame.is_local()
