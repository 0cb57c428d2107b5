"""The pages there are, what each depends on, and links to them."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from data.store import end_of_day
from queries import answers

PAGES = Path(__file__).parent.parent

# What a link says of the frame around a page, not of the page.
FRAME = frozenset({"lang", "as_of"})


@dataclass(frozen=True)
class View:
    """What a page's body depends on beside its own choices: while this is the same, so is what it draws."""

    version: int
    as_of: date | None
    language: str
    today: date
    viewer: answers.Viewer = answers.PUBLIC

    @property
    def moment(self) -> datetime | None:
        """The end of the day that the reader asked for, as the store counts time; None: now."""
        return end_of_day(self.as_of) if self.as_of else None


@dataclass(frozen=True)
class PageFile:
    """A page as its file declares it at its top: TITLE, ICON, and the SECTION of the menu that it stands in, if any.

    The name after the number is its address. A page called like a part of the plan is that part's page; one of another
    name says by GROUP which part it belongs to. recordable: it draws through `show` alone, so that it can be presented.
    """

    path: Path
    title: str
    icon: str
    section: str = ""
    declared_group: str = ""
    recordable: bool = True

    @property
    def address(self) -> str:
        return self.path.stem.partition("_")[2]

    @property
    def group(self) -> str:
        """The id of the part of the plan whose page this is, if it is one's."""
        return self.declared_group or self.address


@cache
def page_files() -> tuple[PageFile, ...]:
    """Every pages/NN_name.py, in the order of their numbers."""
    return tuple(_page_file(path) for path in sorted(PAGES.glob("[0-9]*_*.py")))


def pages_of(group: str) -> tuple[PageFile, ...]:
    """The pages of a part of the plan, those called like it first."""
    return tuple(sorted((one for one in page_files() if one.group == group), key=lambda one: one.address != group))


def _page_file(path: Path) -> PageFile:
    constants: dict[str, str] = {}
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value.args[0] if isinstance(node.value, ast.Call) and node.value.args else node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                constants[node.targets[0].id] = value.value
    section, group = (constants.get(name, "") for name in ("SECTION", "GROUP"))
    draws_itself = any(isinstance(node, ast.Import) and node.names[0].name == "streamlit" for node in body)
    return PageFile(path, constants["TITLE"], constants["ICON"], section, group, recordable=not draws_itself)


@dataclass(frozen=True)
class Link:
    """A page by its address (empty: the first) and the choices made on it, without those of the frame around it."""

    page: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Link":
        """What `str()` of a link wrote, or the end of a page's address as a browser shows it."""
        page, _mark, query = text.strip().partition("?")
        chosen = {name: value for name, value in parse_qsl(query) if name not in FRAME}
        return cls(page.rstrip("/").rpartition("/")[2], chosen)

    def __str__(self) -> str:
        return f"{self.page}?{urlencode(self.parameters)}" if self.parameters else self.page

    @property
    def file(self) -> PageFile | None:
        """The page's file; None where there is no such page."""
        files = page_files()
        return files[0] if not self.page else next((one for one in files if one.address == self.page), None)
