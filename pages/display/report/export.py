"""A document as a file, written and checked: what a page hands out and a command writes."""

from collections.abc import Callable

from data.intake import Progress
from data.problem import Refused
from data.words import _
from pages.display.report import read_back, word, workbook
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Content, Form, Question

KINDS = ("docx", "xlsx")


def nothing(_share: float, _doing: str) -> None:
    """Where nobody watches."""


def made(
    kind: str, question: Question, write: Callable[[], Content], form: Form | None = None, report: Progress = nothing
) -> tuple[str, bytes]:
    """The file's name and content; `Refused` where a number does not agree with the data, or for an unknown kind."""
    if kind not in KINDS:
        raise Refused(_("There is no kind of file “{kind}”. Choose one of: {known}", kind=kind, known=", ".join(KINDS)))
    report(0.1, _("asking for the figures"))
    content = write()
    report(0.4, _("writing"))
    if kind == "xlsx":
        return f"{content.name}.xlsx", workbook.xlsx_bytes(content, AskedAgain(question))
    file = word.docx_bytes(content, form or Form())
    report(0.7, _("reading the numbers back"))
    return f"{content.name}.docx", read_back.checked(file, AskedAgain(question))
