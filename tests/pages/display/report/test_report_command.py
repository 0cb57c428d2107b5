"""`python -m pages.display.report …`: files without the server; 0 fine, 2 wrong use or refused."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from pages.display.report.__main__ import main

FINE, WRONG_USE = 0, 2
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], store_with_samples: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process on the sample data: exit status, output, error output."""
    monkeypatch.setenv("QUALITY_STORE", str(store_with_samples))

    def of(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return of


def test_a_report_is_written_where_it_should_be(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    assert run("docx", "--group", "preschool", "--area", "信都区", "--lang", "zh_CN", "--out", file) == (
        FINE,
        f"{file}\n",
        "",
    )
    texts = [one.text for one in Document(io.BytesIO(file.read_bytes())).paragraphs]
    assert any(text.startswith("二、学前教育") for text in texts)


def test_a_circular_goes_by_its_own_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("circular", "--year", 2021, "--body", "government", "--red-head", "邢台市人民政府")[:2] == (
        FINE,
        "circular-2021.docx\n",
    )
    assert run("circular", "--kind", "xlsx")[1] == "circular-2022.xlsx\n"
    assert (tmp_path / "circular-2021.docx").read_bytes()[:2] == (tmp_path / "circular-2022.xlsx").read_bytes()[:2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("docx", "--area", "雄安"), "雄安"),
        (("docx", "--group", "sports"), "sports"),
        (("xlsx", "--internal"), "QUALITY_INTERNAL=1"),
        (("circular", "--year", "1999"), "1999"),
        (("circular", "--as-of", "2019-01-01"), "owed by"),
        (("circular", "--out", "/nowhere/c.docx"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], said: str, run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out, len(err.splitlines())) == (WRONG_USE, "", 1)
    assert said in err


@pytest.mark.parametrize(
    "arguments", [(), ("poem",), ("docx", "--as-of", "yesterday"), ("circular", "--body", "school")]
)
def test_wrong_use_shows_the_usage(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "")
    assert err.startswith("usage: python -m pages.display.report")
