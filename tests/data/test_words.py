"""Languages: which one a reader gets, how a sentence is filled, and that no sentence is left untranslated."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from data import words
from data.configuration import ROOT
from data.words import N_, _, from_environment, n_, negotiate, pick

KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
ROOMS = ("data", "queries", "pages")
LOCALE_VARIABLES = ("QUALITY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

SMALL_CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "{count} file"
msgid_plural "{count} files"
msgstr[0] "{count} 个文件"

msgid "held by {name}"
msgstr "由{name}占用"
"""


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("zh-CN",), "zh_CN"),
        (("zh_CN",), "zh_CN"),
        (("zh",), "zh_CN"),
        (("en-GB",), "en"),
        (("en",), "en"),
        (("fr",), "zh_CN"),
        ((), "zh_CN"),
        ((None, "", "en"), "en"),
        (("fr", "en-US"), "en"),
        (("en", "zh-CN"), "en"),
        (("zh", "en"), "zh_CN"),
        (("zh-Hans-CN", "en"), "zh_CN"),
        (("EN-gb",), "en"),
        (("zh-cn",), "zh_CN"),
    ],
)
def test_the_reader_gets_the_first_wish_that_is_spoken_or_else_chinese(
    wishes: tuple[str | None, ...], language: str
) -> None:
    assert negotiate(*wishes) == language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"QUALITY_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh_CN"),
        ({"LANG": "POSIX"}, "zh_CN"),
        ({}, "zh_CN"),
    ],
)
def test_a_terminal_speaks_the_language_of_its_environment(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert from_environment() == language


def test_an_unknown_language_falls_back_to_chinese() -> None:
    words.use("xx")
    assert words.language() == "zh_CN"
    assert (words.locale().language, words.locale().territory) == ("zh", "CN")


def test_two_threads_speak_two_languages() -> None:
    spoken: list[str] = []

    def other() -> None:
        words.use("zh_CN")
        spoken.append(words.language())

    thread = Thread(target=other)
    thread.start()
    thread.join()
    assert (spoken, words.language()) == (["zh_CN"], "en")


def test_a_sentence_is_filled_with_its_values() -> None:
    assert _("held by {name}", name="张三") == "held by 张三"


def test_braces_in_a_value_and_in_a_sentence_without_values_stay_as_they_are() -> None:
    assert _("held by {name}", name="{count} {") == "held by {count} {"
    assert _("{literally} this") == "{literally} this"


@pytest.mark.parametrize(("count", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_english_has_a_singular_and_a_plural(count: int, text: str) -> None:
    assert n_("{count} file", "{count} files", count) == text


def test_a_constant_keeps_its_text_until_it_is_shown() -> None:
    assert N_("held by {name}") == "held by {name}"


def test_a_pair_gives_the_readers_side() -> None:
    pair = {"zh": "区域", "en": "Area"}
    assert pick(pair) == "Area"
    words.use("zh_CN")
    assert pick(pair) == "区域"


@pytest.fixture
def small_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    source = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(SMALL_CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(words, "LOCALE_FOLDER", tmp_path / "locale")
    words._catalogue.cache_clear()
    yield
    words._catalogue.cache_clear()


@pytest.mark.usefixtures("small_catalogue")
def test_a_translation_is_read_from_its_po_file_and_filled() -> None:
    words.use("zh_CN")
    assert _("held by {name}", name="张三") == "由张三占用"
    assert [n_("{count} file", "{count} files", count) for count in (1, 2)] == ["1 个文件", "2 个文件"]
    assert _("not translated") == "not translated"
    words.use("en")
    assert _("held by {name}", name="张三") == "held by 张三"


def test_catalogue_is_complete() -> None:
    spoken, translated = _messages_of_the_code(), _catalogue()
    missing = {text for text in spoken if not _is_translated(translated.get(text))}
    assert sorted(missing) == []


def test_catalogue_has_no_message_that_the_code_has_not() -> None:
    left_over = {
        message.id if isinstance(message.id, str) else message.id[0] for message in _entries()
    } - _messages_of_the_code()
    assert sorted(left_over) == []


def test_translations_have_the_placeholders_of_their_messages() -> None:
    wrong = {str(message.id): _strings(message) for message in _entries() if not _same_placeholders(message)}
    assert wrong == {}


def test_plural_messages_have_a_plural_in_the_catalogue() -> None:
    translated = _catalogue()
    plurals = {found[0]: found[1] for found in _extracted() if isinstance(found, tuple)}
    assert {one: many for one, many in plurals.items() if getattr(translated.get(one), "id", None) != (one, many)} == {}


def _messages_of_the_code() -> set[str]:
    return {found[0] if isinstance(found, tuple) else found for found in _extracted()}


def _extracted() -> list[str | tuple[str, ...]]:
    found = [
        message
        for room in ROOMS
        for _file, _line, message, _comments, _context in extract_from_dir(ROOT / room, METHODS, keywords=KEYWORDS)
    ]
    if (ROOT / "dashboard.py").exists():
        found += [
            message for _line, message, *_rest in extract_from_file("python", ROOT / "dashboard.py", keywords=KEYWORDS)
        ]
    return found


def _catalogue() -> Catalog:
    with (words.LOCALE_FOLDER / "zh_CN" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def _entries() -> list[Message]:
    return [message for message in _catalogue() if message.id]


def _is_translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _same_placeholders(message: Message) -> bool:
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = set().union(*map(_placeholders, ids))
    return all(_placeholders(text) == wanted for text in _strings(message))


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^{}]*\}", text))
