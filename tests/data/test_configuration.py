"""The product's own YAML files: read strictly, and refused with file and key."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.configuration import ROOT, Bilingual, Strict, read
from data.problem import BrokenConfiguration


class Paper(Strict):
    id: str
    title: Bilingual
    held_on: date | None = None
    marks: tuple[int, ...] = ()


GOOD = "title: {zh: 数学, en: Mathematics}\nheld_on: 2021-11-12\nmarks: [150]\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "paper.yaml"


def refusal(file: Path, text: str | bytes) -> str:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BrokenConfiguration) as caught:
        read(file, Paper, id="maths")
    return str(caught.value)


def test_a_file_becomes_a_record_that_cannot_change(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    paper = read(file, Paper, id="maths")
    assert paper == Paper(
        id="maths", title=Bilingual(zh="数学", en="Mathematics"), held_on=date(2021, 11, 12), marks=(150,)
    )
    with pytest.raises(ValidationError, match="frozen"):
        paper.id = "other"  # type: ignore[misc]


def test_an_unknown_key_is_named_with_its_file(file: Path) -> None:
    assert refusal(file, GOOD + "tilte: x\n").startswith(f"{file}: tilte: ")


def test_an_unknown_key_within_a_key_is_named_with_its_path(file: Path) -> None:
    assert refusal(file, "title: {zh: 数学, en: Maths, fr: Maths}\n").startswith(f"{file}: title.fr: ")


def test_a_missing_key_is_named(file: Path) -> None:
    assert refusal(file, "marks: []\n").startswith(f"{file}: title: ")


def test_a_missing_or_empty_translation_is_named(file: Path) -> None:
    assert refusal(file, "title: {zh: 数学}\n").startswith(f"{file}: title.en: ")
    assert refusal(file, "title: {zh: 数学, en: ''}\n").startswith(f"{file}: title.en: ")


def test_every_wrong_key_has_a_line(file: Path) -> None:
    message = refusal(file, "title: {zh: 数学, en: Maths}\nheld_on: soon\nmarks: [150, many]\nextra: 1\n")
    assert [line.split(": ")[1] for line in message.splitlines()] == ["held_on", "marks.1", "extra"]


def test_a_key_that_the_files_place_gives_may_not_be_repeated(file: Path) -> None:
    assert refusal(file, GOOD + "id: maths\n").startswith(f"{file}: id: ")


@pytest.mark.parametrize(
    "content",
    [b"title: {zh: 1", b"- 1\n- 2\n", b"", b"only text", "title: 数学".encode("gb18030"), b"title: \x00"],
    ids=["broken YAML", "a list", "empty", "a text", "not UTF-8", "binary"],
)
def test_a_file_that_holds_no_keys_is_named(content: bytes, file: Path) -> None:
    assert refusal(file, content).startswith(f"{file}: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenConfiguration, match=r"nowhere\.yaml"):
        read(tmp_path / "nowhere.yaml", Paper, id="x")


def test_a_file_of_the_product_is_named_by_its_place_in_it() -> None:
    with pytest.raises(BrokenConfiguration) as caught:
        read(ROOT / "data" / "nowhere.yaml", Paper, id="x")
    assert str(caught.value).startswith("data/nowhere.yaml: ")
