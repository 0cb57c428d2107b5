"""Numbers that say which question they answer, so that a document can be read back and every number be asked again.

Outside `carrying` a bound text is that text and nothing else. Inside, it stands between marks that `pieces` takes off.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Source = tuple[str, ...]

# Signs for private use, which no text that people read holds.
_OPEN, _BETWEEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_MIDDLE}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_SIGNS = re.compile("[\ue000-\ue003]")

_carrying: ContextVar[bool] = ContextVar("carrying", default=False)


@dataclass(frozen=True)
class Piece:
    """A part of a text. source: the kind of question it answers and what it is about; None: words, not a number."""

    text: str
    source: Source | None = None


@contextmanager
def carrying() -> Iterator[None]:
    """Within it, texts carry their sources."""
    token = _carrying.set(True)
    try:
        yield
    finally:
        _carrying.reset(token)


def bound(text: str, kind: str, *about: object) -> str:
    """The text with its source, where it holds a digit and sources are carried."""
    if not _carrying.get() or not any(sign.isdigit() for sign in text):
        return text
    return f"{_OPEN}{_BETWEEN.join((kind, *map(unmarked, about)))}{_MIDDLE}{plain(text)}{_CLOSE}"


def unmarked(text: object) -> str:
    """A text from outside without signs that would pass for marks."""
    return _SIGNS.sub("", str(text))


def pieces(text: str) -> list[Piece]:
    """A marked text in its parts, in order."""
    found, end = [], 0
    for match in _MARKED.finditer(text):
        found += [Piece(unmarked(text[end : match.start()]))]
        found += [Piece(match[2], tuple(match[1].split(_BETWEEN)))]
        end = match.end()
    return [one for one in (*found, Piece(unmarked(text[end:]))) if one.text]


def plain(text: str) -> str:
    """A marked text without its marks."""
    return "".join(piece.text for piece in pieces(text))
