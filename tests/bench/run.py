"""Prints how fast the product is, as ratios measured side by side; judges nothing. Run with `make bench`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.bench import documents, exams, intake, pages


def main() -> None:
    print("A page's script run, against an empty page of the same server:", flush=True)
    pages.main()
    print("A million exam rows checked and published, against DuckDB's own reading of the file:", flush=True)
    intake.main()
    print(
        "A PowerPoint file of 30 slides with 30 charts, against drawing these charts; a Word report, against its answers:",
        flush=True,
    )
    documents.main()
    print("Exam pages over 20 million score rows:", flush=True)
    exams.main()


if __name__ == "__main__":
    main()
