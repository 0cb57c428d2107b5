"""What a page does with what goes wrong in it, and with texts that are more than they seem."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import threading
from collections.abc import Callable

import pytest
import streamlit as st

from data import words
from data.problem import Refused
from data.store import Store
from pages.display import show
from tests.pages.conftest import Expected
from tests.pages.test_pages import Opened, opened, said  # noqa: F401

HOSTILE = "![x](http://elsewhere.example/a.png)<b>q</b> $a$ :red[r] `c`"


@pytest.mark.parametrize(
    ("error", "told"),
    [(Refused("磁盘已满：请清理后重试"), "磁盘已满：请清理后重试"), (Expected("a secret path"), "本页暂时无法显示")],
)
def test_what_goes_wrong_in_a_page_is_a_sentence_below_its_head(
    error: Exception, told: str, with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise error

    monkeypatch.setattr("queries.agendas.agendas", fails)
    monkeypatch.setattr("pages.display.show_intake.done", fails)
    app = opened("agendas")
    assert told in said(app) and "secret" not in said(app)
    assert "教育方案指标看板" in said(app)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_file_that_is_made_when_asked_for_speaks_the_pages_language(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit makes it in another thread, which knows no reader."""
    given: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda _label, **more: given.update(made=more["data"]))
    words.use(language)
    show.download("Save", "a.csv", lambda: words.language().encode())
    made: list[bytes] = []
    other = threading.Thread(target=lambda: made.extend([given["made"](), given["made"]()]))
    other.start()
    other.join()
    assert made == [language.encode()] * 2


@pytest.mark.parametrize("text", [HOSTILE, "# a", "- a", "1. a", "+ a", "a\n# b", "2. a\n3) b"])
def test_a_name_from_a_file_is_no_markdown(text: str) -> None:
    escaped = show.literal(text)
    assert escaped.replace("\\", "").replace("\u200b", "") == text
    for sign in "[]<>!$:`":
        assert escaped.count(sign) == escaped.count("\\" + sign)
    assert not any(line.lstrip().startswith(("#", "-", "+", "1.", "2.", "3)")) for line in escaped.splitlines())


def test_names_are_escaped_where_streamlit_reads_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    monkeypatch.setattr(st, "info", texts.append)
    monkeypatch.setattr(st, "download_button", lambda label, **_more: texts.append(label))

    class Bar:
        def progress(self, _share: float, text: str) -> None:
            texts.append(text)

        def empty(self) -> None:
            pass

    monkeypatch.setattr(st, "progress", lambda *_given: Bar())
    show.note(HOSTILE)
    show.download(HOSTILE, "a.csv", bytes)
    with show.progress("Making") as report:
        report(0.5, HOSTILE)
    assert len(texts) == 3 and not any("![x](" in one for one in texts)
