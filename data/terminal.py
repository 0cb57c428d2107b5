"""How every room's command line runs: the terminal's language, and a sentence instead of a traceback."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date

from data import days, words
from data.problem import BrokenConfiguration, Refused
from data.words import _

WRONG_USE, UNREAD = 2, 1


def run(parser: Callable[[], argparse.ArgumentParser], arguments: list[str] | None = None) -> int:
    """The exit status of the command that `run` of the parsed arguments returns; `WRONG_USE` for what is refused.

    The parser is made once the language is known, as its help is in it.
    """
    words.use(words.from_environment())
    in_json = False
    try:
        given = parser().parse_args(arguments)
        in_json = bool(getattr(given, "json", False))
        status = int(given.run(given))
        sys.stdout.flush()
    except (Refused, BrokenConfiguration) as refusal:
        print(refusal, file=sys.stderr)
        if in_json:
            print(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
        return WRONG_USE
    except BrokenPipeError:
        # Whoever reads the answer has seen enough, such as `head`. What is left goes nowhere, or Python complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    return status


def day(text: str) -> date:
    """The day that an argument of a command line names."""
    try:
        return days.read(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _(
                "“{text}” is no day that is known here: write YYYY-MM-DD, from {first} to {last}",
                text=text,
                first=days.FIRST,
                last=days.LAST,
            )
        ) from None
