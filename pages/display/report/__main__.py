"""Documents from a terminal, without the server: `python -m pages.display.report docx|xlsx|circular|pptx|html|pictures`.

Exit status: 0 fine, 2 wrong use, a store that cannot be used, or a document whose numbers do not agree with the data.
"""

import argparse
import sys

from data import terminal
from data.words import _
from pages.display.report import command_documents, command_slides

# Each adds its own commands; a new kind of file is one module more.
COMMANDS = (command_documents, command_slides)


def main(arguments: list[str] | None = None) -> int:
    return terminal.run(_parser, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.display.report", description=_("Documents from the data."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for one in COMMANDS:
        one.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
