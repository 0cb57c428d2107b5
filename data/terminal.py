"""How every room's command line runs: the terminal's language, and a sentence instead of a traceback."""

import argparse
import sys
from collections.abc import Callable

from data import words
from data.problem import BrokenConfiguration, Refused

WRONG_USE = 2


def run(parser: Callable[[], argparse.ArgumentParser], arguments: list[str] | None = None) -> int:
    """The exit status of the command that `run` of the parsed arguments returns; `WRONG_USE` for what is refused.

    The parser is made once the language is known, as its help is in it.
    """
    words.use(words.from_environment())
    try:
        given = parser().parse_args(arguments)
        return int(given.run(given))
    except (Refused, BrokenConfiguration) as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE
