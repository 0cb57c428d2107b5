"""The words of `vocabulary.yaml`: what real files write around their data."""

import re
import unicodedata
from functools import cache, cached_property, lru_cache
from pathlib import Path

from data.configuration import Strict, read

VOCABULARY_FILE = Path(__file__).parent / "vocabulary.yaml"
_BRACKETED = re.compile(r"^(.+)\(([^()]+)\)$")


class Subject(Strict):
    aliases: tuple[str, ...]
    short: str


class Vocabulary(Strict):
    totals: tuple[str, ...]
    sums: tuple[str, ...]
    remarks: tuple[str, ...]
    derived: tuple[str, ...]
    derived_parts: tuple[str, ...]
    derived_of: tuple[str, ...]
    subjects: dict[str, Subject]
    short_parts: dict[str, str]
    units: dict[str, int]

    @cached_property
    def total_words(self) -> frozenset[str]:
        return frozenset(normalised(word) for word in self.totals)

    @cached_property
    def sum_words(self) -> frozenset[str]:
        return frozenset(normalised(word) for word in self.sums)

    @cached_property
    def remark_starts(self) -> tuple[str, ...]:
        return tuple(normalised(word) for word in self.remarks)

    @cached_property
    def derived_words(self) -> frozenset[str]:
        """What computed columns are called, also with a part below or behind the word: 总分, 总分/赋分, 总分等级."""
        words = [normalised(word) for word in self.derived]
        parts = [normalised(part) for part in (*self.derived_parts, *self.derived_of)]
        joined = (
            form for word in words for part in parts for form in (word + part, f"{word}/{part}", f"{word}({part})")
        )
        return frozenset((*words, *joined))

    @cached_property
    def subject_names(self) -> dict[str, str]:
        """Every name of a subject, normalised → the subject; longer names first, as they may begin with a shorter one."""
        names = {
            normalised(name): subject for subject, one in self.subjects.items() for name in (subject, *one.aliases)
        }
        return dict(sorted(names.items(), key=lambda item: -len(item[0])))

    @cached_property
    def unit_factors(self) -> dict[str, int]:
        """Every unit, normalised → what its values are multiplied by."""
        return {normalised(unit): factor for unit, factor in self.units.items()}


@cache
def vocabulary() -> Vocabulary:
    return read(VOCABULARY_FILE, Vocabulary)


def normalised(text: str) -> str:
    """A header without the differences that carry no meaning: width, case, spaces, line breaks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def unit_of(header: str) -> str:
    """The unit in brackets behind a normalised header, "" where there is none: 经费(万元) → 万元."""
    found = _BRACKETED.match(header)
    return found[2] if found and found[2] in vocabulary().unit_factors else ""


def without_unit(header: str) -> tuple[str, int]:
    """A normalised header without a unit in brackets behind it, and the factor of that unit: 经费(万元) → 经费, 10000."""
    unit = unit_of(header)
    return (header[: -len(unit) - 2], vocabulary().unit_factors[unit]) if unit else (header, 1)


@lru_cache(maxsize=256)  # every dataset is asked about the same few headers
def subject_part(header: str) -> tuple[str, str] | None:
    """The subject that a header names and what of it ("" for the bare subject): 化学(赋分) and 化赋 → 化学, 赋分."""
    words = vocabulary()
    text = normalised(header)
    for name, subject in words.subject_names.items():
        if text.startswith(name):
            return subject, text.removeprefix(name).strip("/()[]-_:·|")
    for subject, one in words.subjects.items():
        for short, part in words.short_parts.items():
            if text == one.short + short:
                return subject, part
    return None
