"""HTML from the templates in `templates/`. Every value is escaped by Jinja; nothing else makes HTML."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data import preview
from data.words import _, language, n_, pick
from pages.display import compulsory, construction, moves, numbers, sentences, states
from pages.display.spark import spark

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: object) -> str:
    """The template with the values, in the reader's language."""
    return _environment().get_template(template).render(**values)


def link(page: str, **parameters: object) -> str:
    """The address of a page in the reader's language; `page` is the name in its file, '' the first one."""
    given = {name: str(value) for name, value in {**parameters, "lang": language()}.items() if value is not None}
    return f"./{page}?{urlencode(given)}"


@cache
def style(_language: str) -> str:
    """How everything looks that comes from a template, in the reader's language: Streamlit's own words among it."""
    return render(
        "style.html",
        picture=_("Save as picture"),
        choose=_("Choose a file"),
        limit=_("or drop it here · Excel, CSV, ZIP · at most 200 MB"),
    )


def safe(made: str) -> Markup:
    """A piece that is put into a page as it is: of our own making, or escaped by whoever made it."""
    return Markup(made)  # noqa: S704 - that is what it is for


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=_,
        n_=n_,
        construction=construction,
        compulsory=compulsory,
        link=link,
        told=preview.told,
        moves=moves,
        numbers=numbers,
        sentences=sentences,
        states=states,
        spark=spark,
        pick=lambda text: pick(text.pair()),
    )
    environment.filters["as_fraction"] = Fraction
    return environment
