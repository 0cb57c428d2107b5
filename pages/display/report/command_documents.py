"""The commands `docx`, `xlsx` (the monitoring report) and `circular`."""

import argparse
from functools import partial

from data.words import _
from pages.display.report import circular, command, export, monitoring
from pages.display.report.content import Form
from queries.appraisal import BODIES


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for kind, about in (
        ("docx", _("the monitoring report as a document")),
        ("xlsx", _("its tables as a workbook")),
    ):
        parser = commands.add_parser(kind, help=about)
        command.options(parser)
        command.of_period(parser)
        parser.add_argument("--area", metavar="A", help=_("one area only"))
        parser.add_argument(
            "--group", metavar="G", action="append", default=[], help=_("a group of the plan, or several")
        )
        parser.set_defaults(run=_monitoring, kind=kind)
        _form(parser)
    parser = commands.add_parser("circular", help=_("the circular on the appraisal of the districts"))
    command.options(parser)
    parser.add_argument("--year", type=int, help=_("of the appraisal; the newest where none is given"))
    parser.add_argument("--body", choices=tuple(BODIES), default="bureau", help=_("whose appraisal"))
    parser.add_argument("--kind", choices=export.KINDS, default="docx", help=_("document or workbook"))
    parser.set_defaults(run=_circular)
    _form(parser)


def _form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="NAME", default="", help=_("whom it is addressed to"))
    parser.add_argument("--red-head", metavar="NAME", default="", help=_("the issuing office, in red above a red line"))


def _monitoring(given: argparse.Namespace) -> int:
    asked = command.question(given)
    content = partial(monitoring.monitoring, asked, given.area, given.group)
    return command.write(given, *export.made(given.kind, asked, content, Form(given.to, given.red_head)))


def _circular(given: argparse.Namespace) -> int:
    asked = command.question(given)
    content = partial(circular.circular, asked, given.body, given.year)
    return command.write(given, *export.made(given.kind, asked, content, Form(given.to, given.red_head)))
