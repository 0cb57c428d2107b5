"""Exam pages over 20 million score rows: against an empty page, and against the same page over 200,000 rows.

Both stores hold EXAMS exams of one cohort, each of every subject and school, with lines, and each measured from the one
before. A page is run again as it is, then with another choice every time. Counting an exam is measured against one plain
GROUP BY over the same rows.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from websockets.sync.client import ClientConnection, connect

from tests.bench.measure import alternate, report
from tests.bench.pages import copied, run
from tests.server import served

if TYPE_CHECKING:
    from data.store import Store

EXAMS, SCHOOLS, CLASSES = 30, 60, 25
MANY, FEW = 74_074, 740
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "政治", "历史", "地理")
ROUNDS, WARM_UP, COUNTING_ROUNDS = 30, 5, 5
NEWEST, BEFORE = f"E{EXAMS:02d}", f"E{EXAMS - 1:02d}"
# Page → what is asked for again and again, and what is chosen in turn.
PAGES = {
    "exam": ("", [f"subject={subject}&track={track}" for subject in SUBJECTS for track in ("物理类", "历史类")]),
    "exam_unit": ("school=S0007", [f"school=S{number:04d}" for number in range(SCHOOLS)]),
    "exam_lines": (
        "",
        [f"line={line}&track={track}" for line in ("本科线", "特控线") for track in ("物理类", "历史类")],
    ),
    "exam_assigned": ("", [f"subject={subject}" for subject in ("化学", "生物", "政治", "地理")]),
    "exam_trend": ("", [f"subject={subject}&school=S{n:04d}" for n in range(6) for subject in SUBJECTS]),
}

RESULTS = """insert into store.fact_exam_result
    (exam_id, subject, student_id, institution_id, class, track, score, score_state, upload_id, line)
    select $exam, subject, sha256(pupil::varchar), 'S' || lpad((pupil % $schools)::varchar, 4, '0'),
        (pupil // $schools % $classes + 1) || '班', case when pupil % 5 < 3 then '物理类' else '历史类' end,
        least(100, greatest(0, round(2 * (60 + hash(pupil) % 400 / 10 - 20 + hash(pupil, subject, $exam) % 300 / 10 - 15)) / 2)),
        'recorded', $upload, pupil + 2
    from range($pupils) pupils(pupil), unnest($subjects) subjects(subject)"""
PLAIN = """create or replace temp table plain as
    select exam_id, subject, institution_id, class, track, score_state, score, assigned_score, count(*)
    from store.fact_exam_result where upload_id = ? group by all"""


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        stores = {"20 million": folder / "many", "200,000": folder / "few"}
        for (label, place), pupils in zip(stores.items(), (MANY, FEW), strict=True):
            place.mkdir()
            os.environ["QUALITY_KEY"] = str(place / "key")
            _fill(place / "quality.duckdb", pupils, measured=label == "20 million")
        copy = copied(folder)
        with (
            served(copy, _environment(stores["20 million"]), folder / "many.log") as many,
            served(copy, _environment(stores["200,000"]), folder / "few.log") as few,
        ):
            _measure(many, few)


def _environment(place: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QUALITY_STORE": str(place / "quality.duckdb"),
        "QUALITY_KEY": str(place / "key"),
        "QUALITY_INTERNAL": "1",
    }


def _measure(many: int, few: int) -> None:
    address = "ws://127.0.0.1:{}/_stcore/stream"
    with (
        connect(address.format(many), max_size=None, subprotocols=["streamlit"]) as large,
        connect(address.format(few), max_size=None, subprotocols=["streamlit"]) as small,
    ):
        for page, (again, choices) in PAGES.items():
            for label, queries in (("again", itertools.repeat(again)), ("another choice", itertools.cycle(choices))):
                actions = {
                    "empty": lambda: run(large, "empty", "lang=zh_CN"),
                    f"{page}, {label}, few": _asked(small, page, queries),
                    f"{page}, {label}": _asked(large, page, queries),
                }
                taken = alternate(actions, ROUNDS, WARM_UP)
                report(taken, "empty")
                few_name, many_name = list(taken)[1:]
                report({few_name: taken[few_name], many_name: taken[many_name]}, few_name)


def _asked(socket_: ClientConnection, page: str, queries: Iterator[str]):  # type: ignore[no-untyped-def]
    return lambda: run(socket_, page, f"lang=zh_CN&exam={NEWEST}&{next(queries)}")


def _fill(path: Path, pupils: int, measured: bool) -> None:
    """A store of EXAMS exams; the last one is counted several times to measure that."""
    from data import tally
    from data.contract import contracts
    from data.store import add_upload

    store = _opened(path)
    contract = contracts()["exam_result"]
    for number in range(1, EXAMS + 1):
        with store.writing() as cursor:
            rows = pupils * len(SUBJECTS)
            upload = add_upload(cursor, "exam_result", f"{number}.csv", "", rows, "bench", sample=False)
            given = {"exam": f"E{number:02d}", "schools": SCHOOLS, "classes": CLASSES, "pupils": pupils}
            cursor.execute(RESULTS, {**given, "subjects": list(SUBJECTS), "upload": upload})
            tally.published(cursor, contract, upload)
    if measured:
        _measure_counting(store, upload)
    store.close()


def _measure_counting(store: "Store", upload: int) -> None:
    from data import tally
    from data.contract import contracts

    class Undone(Exception):
        """Takes the counts of a measurement back."""

    def count() -> None:
        try:
            with store.writing() as cursor:
                tally.changed(cursor, contracts()["exam_result"], upload)
                raise Undone
        except Undone:
            pass

    def group() -> None:
        with store.reading() as cursor:
            cursor.execute(PLAIN, [upload])

    print(f"{MANY * len(SUBJECTS):,} rows of an exam counted, against one plain GROUP BY over them:", flush=True)
    report(alternate({"GROUP BY": group, "counting": count}, COUNTING_ROUNDS, 1), "GROUP BY")


def _opened(path: Path) -> "Store":
    """A store with the schools, exams and lines that the results refer to."""
    from data import intake, prepare

    store = prepare.opened(path)
    for dataset, text in (("institution", _register()), ("exam", _papers()), ("exam_line", _lines())):
        said = intake.Said(accept=True)
        done = intake.publish(store, text.encode(), f"{dataset}.csv", dataset, by="bench", said=said)
        assert not done.problems, done.problems[:3]
    return store


def _register() -> str:
    areas = ("信都区", "襄都区", "开发区")
    rows = (
        f"S{number:04d},2017-09-01,示例{number}校,{areas[number % 3]},高中,教育部门办,是" for number in range(SCHOOLS)
    )
    return "\n".join(("institution_id,valid_from,name,area,kind,ownership,main_urban", *rows))


def _papers() -> str:
    rows = (
        f"E{number:02d},{subject},第{number}次联考,{2018 + number // 12}-{number % 12 + 1:02d}-12,高中,高三,100,届,全市联考,"
        f"{f'E{number - 1:02d}' if number > 1 else ''},hebei-2021"
        for number in range(1, EXAMS + 1)
        for subject in SUBJECTS
    )
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,cohort,series,entry_exam_id,assigned_rule"
    return "\n".join((header, *rows))


def _lines() -> str:
    rows = (
        f"E{number:02d},{name},{track},{mark}"
        for number in range(1, EXAMS + 1)
        for name, mark in (("本科线", 520), ("特控线", 600))
        for track in ("物理类", "历史类")
    )
    return "\n".join(("exam_id,line_name,track,mark", *rows))


if __name__ == "__main__":
    main()
