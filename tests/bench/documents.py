"""A PowerPoint file of 30 slides with a chart each, against drawing the same 30 charts; and how much memory it takes.

A monitoring report of 46 pages with 20 charts, written and read back, against computing the answers it is made of.
"""

import os
import resource
import sys
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from data import prepare, words
from pages.display import slides
from pages.display.report import export, monitoring
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Question
from pages.display.report.deck import deck
from queries.opened import with_views
from tests.bench.measure import alternate, report
from tests.pages.display import made
from tests.pages.display.test_figures import DRAWINGS, PARTS

SLIDES, ROUNDS, WARM_UP = 30, 3, 1


def main() -> None:
    words.use("zh_CN")
    shown = drawn()
    written = lambda: deck("plan", shown, version="1", day=date(2022, 12, 31))  # noqa: E731 - one of two actions
    report(alternate({"charts drawn": drawn, "PowerPoint file": written}, ROUNDS, WARM_UP), "charts drawn")
    with TemporaryDirectory() as folder:
        _report(Path(folder))
    # Kilobytes on Linux; of the whole process, with all that it has loaded.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
    print(f"{'peak memory':<28} {peak:>10.0f} MB", flush=True)


def _report(folder: Path) -> None:
    os.environ["QUALITY_KEY"] = str(folder / "key")
    store = with_views(prepare.opened(folder / "quality.duckdb"))
    prepare.add_samples(store, lambda _text: None)
    asked = Question(store, None, date(2022, 12, 31))
    actions = {
        "answers computed": lambda: AskedAgain(asked).every,
        "Word report": lambda: export.made("docx", asked, partial(monitoring.monitoring, asked)),
    }
    report(alternate(actions, ROUNDS, WARM_UP), "answers computed")
    store.close()


def drawn() -> list[slides.Slide]:
    found = made.everywhere(parts=PARTS)
    draws = list(DRAWINGS.values())
    return [slides.of_figure(f"slide {number}", draws[number % len(draws)](found)) for number in range(SLIDES)]


if __name__ == "__main__":
    main()
