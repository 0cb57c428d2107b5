"""Translations: which language the reader has, and every sentence in it.

This stands in the lowest room because the command line and the list of problems speak to the reader too.
Sentences in the code are English; `locale/<language>/LC_MESSAGES/messages.po` holds them in the other languages.
The .po files are read as they are, so a corrected word needs no build step.
"""

import gettext
import io
import os
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_FOLDER = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "zh_CN"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def languages() -> tuple[str, ...]:
    """The languages that the product speaks, the default one first."""
    translated = sorted(path.name for path in LOCALE_FOLDER.iterdir() if path.is_dir())
    others = [name for name in [*translated, SOURCE_LANGUAGE] if name != DEFAULT_LANGUAGE]
    return (DEFAULT_LANGUAGE, *others)


def negotiate(*wishes: str | None) -> str:
    """The first of the reader's wishes (`zh-CN`, `en_GB`, `zh`) that the product speaks, else the default."""
    for wish in wishes:
        spoken = wish.replace("-", "_").partition("_")[0].casefold() if wish else None
        for name in languages():
            if name.partition("_")[0] == spoken:
                return name
    return DEFAULT_LANGUAGE


def from_environment() -> str:
    """The language of a terminal: `QUALITY_LANG`, then the usual locale variables; C and POSIX have no wish."""
    names = ("QUALITY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wishes = [os.environ.get(name, "").split(".")[0] for name in names]
    return negotiate(*(wish for wish in wishes if wish not in ("C", "POSIX")))


def use(language: str) -> None:
    """Speaks `language` from here on in this thread."""
    _language.set(language if language in languages() else DEFAULT_LANGUAGE)


def language() -> str:
    return _language.get()


def locale() -> Locale:
    """The reader's Babel locale, for numbers and dates."""
    return _locale(language())


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)  # which looks through the names of all locales, however often it is asked


def _(message: str, **values: object) -> str:
    """`message` in the reader's language, with `{name}` places filled from `values`."""
    return _fill(_translated(message, language()), values)


# A table asks for the same few words in every row.
@lru_cache(maxsize=16384)
def _translated(message: str, name: str) -> str:
    return _catalogue(name).gettext(message)


def n_(singular: str, plural: str, count: int, **values: object) -> str:
    """The form of a message that fits `count`; `{count}` may be used in it."""
    return _fill(_catalogue(language()).ngettext(singular, plural, count), {"count": count, **values})


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Marks a constant for translation; `_` translates it when it is shown."""
    return message


def pick(text: dict[str, str]) -> str:
    """The reader's side of a `{zh: …, en: …}` pair from a YAML file."""
    return text["zh"] if language().startswith("zh") else text["en"]


def _fill(sentence: str, values: dict[str, object]) -> str:
    return sentence.format(**values) if values else sentence


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    source = LOCALE_FOLDER / name / "LC_MESSAGES" / "messages.po"
    if not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
