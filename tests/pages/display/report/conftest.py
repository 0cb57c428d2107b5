"""Documents of the sample data, made once."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from data import words
from data.store import Store
from pages.display.report import circular, monitoring, word
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Content, Form, Question

DAY = date(2022, 12, 31)


@pytest.fixture(scope="session")
def asked(samples: Store) -> Question:
    return Question(samples, None, DAY)


@pytest.fixture(scope="session")
def again(asked: Question) -> AskedAgain:
    """What the store answers; asked once for all tests, as the sample data do not change."""
    return AskedAgain(asked)


@pytest.fixture(scope="session")
def report(asked: Question) -> Content:
    """The monitoring report of two groups."""
    words.use("zh_CN")
    return monitoring.monitoring(asked, chosen=["preschool", "construction"])


@pytest.fixture(scope="session")
def circulated(asked: Question) -> Content:
    words.use("zh_CN")
    return circular.circular(asked, "bureau")


@pytest.fixture(scope="session")
def report_file(report: Content) -> bytes:
    words.use("zh_CN")
    return word.docx_bytes(report, Form("各区人民政府", ""))


@pytest.fixture(scope="session")
def circular_file(circulated: Content) -> bytes:
    words.use("zh_CN")
    return word.docx_bytes(circulated, Form("", "邢台市教育局"))


@pytest.fixture
def chinese() -> Iterator[None]:
    words.use("zh_CN")
    yield


def rewritten(file: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return made.getvalue()
