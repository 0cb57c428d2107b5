"""Reading the product's own YAML files: validated once, strictly, with errors that name file and key."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.problem import BrokenConfiguration

ROOT = Path(__file__).resolve().parent.parent

# The same as `yaml.safe_load`, in C where the library has it: every command and every start reads some 200 files.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A frozen record in which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Strict):
    """A text in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def pair(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


class Unit(Bilingual):
    """The name of a unit. en_one: what English calls one of it, where that is another word."""

    en_one: Annotated[str, Field(min_length=1)] | None = None

    def behind(self, number: str) -> dict[str, str]:
        """The name as it stands behind a number that is shown."""
        return {"zh": self.zh, "en": self.en_one if number == "1" and self.en_one else self.en}


def read(path: Path, model: type[Model], **known: object) -> Model:
    """The file as a `model`, with `known` keys added; `BrokenConfiguration` lists every wrong key of the file."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe ones
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenConfiguration(f"{_shown(path)}: {error}") from error
    if not isinstance(content, Mapping):
        raise BrokenConfiguration(f"{_shown(path)}: expected keys and values, found {type(content).__name__}")
    repeated = sorted(set(content) & set(known))
    if repeated:
        raise BrokenConfiguration(f"{_shown(path)}: {repeated[0]}: is given by the file's place, leave it out")
    try:
        return model.model_validate({**content, **known})
    except ValidationError as error:
        raise BrokenConfiguration("\n".join(_lines(path, error))) from error


def _lines(path: Path, error: ValidationError) -> list[str]:
    places = ["".join(f"{part}." for part in fault["loc"])[:-1] for fault in error.errors()]
    texts = [fault["msg"].removeprefix("Value error, ") for fault in error.errors()]
    return [": ".join(filter(None, (_shown(path), place, text))) for place, text in zip(places, texts, strict=True)]


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
