"""HTML from the templates in `templates/`. Every value is escaped by Jinja; nothing else makes HTML."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.words import _, language, n_, pick
from pages.display import moves, numbers, sentences, states
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
        link=link,
        moves=moves,
        numbers=numbers,
        sentences=sentences,
        states=states,
        spark=spark,
        pick=lambda text: pick(text.pair()),
    )
    environment.filters["as_fraction"] = Fraction
    return environment
