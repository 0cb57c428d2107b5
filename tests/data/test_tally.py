"""Counts beside the rows: at every moment of a store's life they are what counting the rows would give."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake
from data import store as store_module
from data.contract import contracts
from data.intake import Said
from data.store import Store, restore, utc_now, withdraw
from tests.data import exam_oracle as oracle

HEADER = "考试代码,科目,学号,学校代码,班级,分数\n"
ACCEPT = Said(accept=True)
EXAM = "2021-11-G3"
# The test set of domain.md section 2: 语文, 数学, 英语 of ten pupils.
TEN = [
    (pupil, subject, score)
    for pupil, *scores in (
        ("01", "121", "135", "128"), ("02", "115", "128", "131"), ("03", "118", "112", "109"),
        ("04", "104", "119", "117"), ("05", "109", "98", "122"), ("06", "98", "107", "93"), ("07", "101", "84", "88"),
        ("08", "92", "76", "97"), ("09", "87", "61", "72"), ("10", "80", "45", "58"),
    )
    for subject, score in zip(("语文", "数学", "英语"), scores, strict=True)
]  # fmt: skip
BY = "exam_id, subject, institution_id, class, track, score_state, score, assigned_score"

# What the tables beside the counts say, column by column as the oracle gives it.
TABLES = {
    "exam_total": "institution_id, class, track, whole, total, pupils",
    "exam_sum": "subject, institution_id, track, sat, absent, exempt, missing, marks, squares",
    "exam_by_total": "track, subject, total, pupils, marks",
    "exam_mark_list": "subject, institution_id, class, track, totals, marks",
    "exam_spread": "subject, institution_id, class, track, pupils, marks, squares",
    "exam_line_cell": """line_name, track, subject, institution_id, class,
        sat, above, single_m1, double_m1, single_m2, double_m2, mark_m2, near_below, held_back""",
    "exam_growth": "subject, institution_id, class, track, pupils, sx, sy, sxx, sxy, syy",
}


def marks(*rows: tuple[str, str, str], exam: str = "2021-11-G3") -> bytes:
    """A file of one exam: pupil, subject, score."""
    return (
        HEADER + "".join(f"{exam},{subject},{pupil},3905000456,1班,{score}\n" for pupil, subject, score in rows)
    ).encode()


def published(store: Store, content: bytes, said: Said = ACCEPT) -> int:
    done = intake.publish(store, content, "成绩.csv", "exam_result", by="test", said=said)
    assert done.upload is not None, done.problems
    return done.upload


def line(store: Store, text: str, exam: str = EXAM) -> int:
    """Draws a line: its name, track, mark and how far from it is near."""
    content = f"考试代码,分数线名称,类别,总分线,临界范围\n{exam},{text}\n".encode()
    done = intake.publish(store, content, "线.csv", "exam_line", by="test", said=ACCEPT)
    assert done.upload is not None, done.problems
    return done.upload


def set_up(store: Store, exam: str, entry: str) -> None:
    """Sets an exam up that is measured from another."""
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,entry_exam_id\n"
    day = f"{exam[:7]}-12"
    rows = "".join(f"{exam},{subject},考试,{day},高中,高三,150,{entry}\n" for subject in ("语文", "数学", "英语"))
    done = intake.publish(store, (header + rows).encode(), "考试.csv", "exam", by="test", said=ACCEPT)
    assert done.upload is not None, done.problems


def counted(cursor: duckdb.DuckDBPyConnection) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What the counts say, and what counting the rows gives."""
    kept = cursor.execute(f"select {BY}, sum(row_count) from exam_result_tally group by all order by all").fetchall()
    rows = cursor.execute(f"select {BY}, count(*) from exam_result group by all order by all").fetchall()
    return kept, rows


def assert_agrees(store: Store, as_of: datetime | None = None, exams: tuple[str, ...] = (EXAM,)) -> int:
    """That everything kept is what counting the rows of a moment gives; how many rows there are."""
    with store.reading(as_of) as cursor:
        kept, rows = counted(cursor)
        assert kept == rows
        for exam in exams:
            found = {
                name: cursor.execute(f"select {columns} from {name} where exam_id = ?", [exam]).fetchall()
                for name, columns in TABLES.items()
            }
            found["exam_mark_list"] = [
                (*key, tuple(sorted(zip(totals, marks, strict=True))))
                for *key, totals, marks in found["exam_mark_list"]
            ]
            assert {name: set(rows) for name, rows in found.items()} == expected(cursor, exam)
    return sum(int(str(row[-1])) for row in kept)


def expected(cursor: duckdb.DuckDBPyConnection, exam: str) -> dict[str, set[tuple[Any, ...]]]:
    """The tables of an exam by the oracle. Rows are taken as they stand: what an answer of a past day must not see is not there."""
    rows, people = _rows_and_pupils(cursor, exam)
    lines = [
        oracle.Line(name, track, mark, int(near or 10))
        for name, track, mark, near in cursor.execute(
            "select line_name, track, mark, borderline from exam_line where exam_id = ?", [exam]
        ).fetchall()
    ]
    entry = cursor.execute("select min(entry_exam_id) from exam where exam_id = ?", [exam]).fetchall()[0][0]
    return {
        "exam_total": {(*key, number) for key, number in oracle.totals(people).items()},
        "exam_sum": oracle.sums(rows, people),
        "exam_by_total": oracle.by_total(people),
        "exam_mark_list": oracle.mark_lists(people),
        "exam_spread": oracle.spreads(people),
        "exam_line_cell": oracle.line_cells(people, lines),
        "exam_growth": oracle.growth(people, _rows_and_pupils(cursor, entry)[1]),
    }


def _rows_and_pupils(
    cursor: duckdb.DuckDBPyConnection, exam: str | None
) -> tuple[list[dict[str, Any]], list[oracle.Pupil]]:
    result = cursor.execute("select * from exam_result where exam_id = ?", [exam])
    names = [column[0] for column in result.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return rows, oracle.pupils(rows)


def test_equal_scores_are_counted_together(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "90"), ("3", "数学", "缺考"), ("1", "语文", "80")))
    assert assert_agrees(school_store) == 4
    with school_store.reading() as cursor:
        assert cursor.execute(
            """select subject, score_state, score, sum(row_count) from exam_result_tally
            group by all order by subject, score_state desc"""
        ).fetchall() == [("数学", "recorded", 90, 2), ("数学", "absent", None, 1), ("语文", "recorded", 80, 1)]


def totals(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as cursor:
        return cursor.execute("select track, whole, total, pupils from exam_total order by all").fetchall()


def test_totals_are_summed_per_pupil(school_store: Store) -> None:
    """What a pupil missed is not 0: the total is of the papers that have a mark, and is told from a whole one."""
    published(
        school_store,
        marks(
            *(("1", "数学", "90"), ("1", "语文", "80.5"), ("2", "数学", "100"), ("2", "语文", "70.5")),
            *(("3", "数学", "缺考"), ("3", "语文", "60"), ("4", "数学", ""), ("4", "语文", "缺考")),
        ),
    )
    assert totals(school_store) == [("", False, 60, 1), ("", False, None, 1), ("", True, Decimal("170.5"), 2)]


def test_totals_of_more_papers_than_most_have_are_no_whole_ones(school_store: Store) -> None:
    """A paper that only one school has sent so far: its pupils' totals are of other papers than everybody else's."""
    set_up(school_store, EXAM, "")
    rows = [(pupil, subject, "70") for pupil in "123" for subject in ("语文", "英语")]
    published(school_store, marks(*rows, ("1", "数学", "90")))
    assert assert_agrees(school_store) == 7
    assert totals(school_store) == [("", False, 230, 1), ("", True, 140, 2)]


def test_an_assigned_score_goes_before_the_one_on_the_paper(school_store: Store) -> None:
    content = "考试代码,科目,学号,学校代码,类别,分数,赋分\n2021-11-G3,语文,1,3905000456,物理类,100,\n2021-11-G3,数学,1,3905000456,物理类,61,83\n"
    published(school_store, content.encode())
    assert totals(school_store) == [("物理类", True, 183, 1)]


def test_the_ten_pupils_of_the_worked_example(school_store: Store) -> None:
    """domain.md section 2: line 318; under M1 数学 5 and 4, 英语 4 and 4; under M2 英语 5 and 5."""
    set_up(school_store, EXAM, "")
    published(school_store, marks(*TEN))
    line(school_store, "本科线,全部,318,10")
    assert assert_agrees(school_store) == 30
    with school_store.reading() as cursor:
        found = cursor.execute(
            """select subject, sat, above, single_m1, double_m1, single_m2, double_m2, near_below, held_back
            from exam_line_cell order by subject"""
        ).fetchall()
    assert found == [
        ("数学", 10, 5, 5, 4, 5, 4, 0, 0),
        ("英语", 10, 5, 4, 4, 5, 5, 0, 0),
        ("语文", 10, 5, 5, 5, 5, 5, 0, 0),
    ]


def test_a_line_that_is_drawn_moved_and_taken_back_is_counted_anew(school_store: Store) -> None:
    set_up(school_store, EXAM, "")
    published(school_store, marks(*TEN))
    for text in ("本科线,全部,318,", "本科线,全部,300,20", "特控线,全部,340.5,5"):
        drawn = line(school_store, text)
        assert assert_agrees(school_store) == 30
    withdraw(school_store, drawn, "test")
    assert assert_agrees(school_store) == 30
    with school_store.reading() as cursor:
        assert cursor.execute("select distinct line_name from exam_line_cell").fetchall() == [("本科线",)]


def test_pupils_are_matched_with_the_exam_that_theirs_is_measured_from(school_store: Store) -> None:
    """Whichever of the two comes first, and when either is corrected."""
    later, earlier = "2021-11-G3", "2021-03-G2"
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "80"), ("2", "语文", "缺考"), ("3", "语文", "70")))
    set_up(school_store, earlier, "")
    set_up(school_store, later, earlier)
    published(school_store, marks(("1", "数学", "60"), ("2", "数学", "75"), ("9", "语文", "70"), exam=earlier))
    assert assert_agrees(school_store, exams=(later, earlier)) == 7
    correction = published(school_store, marks(("1", "数学", "65.5"), exam=earlier))
    assert_agrees(school_store, exams=(later, earlier))
    with school_store.reading() as cursor:
        sums = "select sum(pupils), sum(sx), sum(sy), sum(sxy) from exam_growth where subject = '数学'"
        assert cursor.execute(sums).fetchall() == [(2, Decimal("140.5"), 170, Decimal("11895"))]
    withdraw(school_store, correction, "test")
    assert_agrees(school_store, exams=(later, earlier))


def test_a_store_that_counted_rows_only_makes_its_other_tables(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "80")))
    withdraw(school_store, published(school_store, marks(("2", "数学", "85"))), "test")
    school_store.close()
    with duckdb.connect(str(school_store.path)) as connection:
        for name in TABLES:
            connection.execute(f"drop table tally_{name}")
    opened = Store.open(school_store.path)
    assert assert_agrees(opened) == 2
    opened.close()


def test_tables_of_an_older_version_with_other_columns_are_made_anew(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "80")))
    school_store.close()
    with duckdb.connect(str(school_store.path)) as connection:
        connection.execute("alter table tally_exam_by_total drop column marks")
        connection.execute("create table tally_of_before (exam_id varchar)")
    reader = Store.open_for_reading(school_store.path)
    with reader.reading() as cursor:
        assert cursor.execute("select marks from exam_by_total").fetchall() == []
    reader.close()
    opened = Store.open(school_store.path)
    assert assert_agrees(opened) == 2
    with opened.reading() as cursor:
        tables = {name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()}
    assert "tally_exam_by_total" in tables and "tally_of_before" not in tables
    opened.close()


def test_a_correction_a_withdrawal_and_a_restoration_are_counted(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "80")))
    correction = published(school_store, marks(("2", "数学", "85")))
    assert assert_agrees(school_store) == 2
    withdraw(school_store, correction, "test")
    assert assert_agrees(school_store) == 2
    restore(school_store, correction, "test")
    assert assert_agrees(school_store) == 2


def test_an_exam_whose_uploads_are_all_withdrawn_counts_nothing(school_store: Store) -> None:
    withdraw(school_store, published(school_store, marks(("1", "数学", "90"))), "test")
    assert assert_agrees(school_store) == 0


def test_rows_that_a_replacement_removes_are_not_counted(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "80")))
    published(school_store, marks(("1", "数学", "91")), Said(accept=True, replace={"exam_id": "2021-11-G3"}))
    assert assert_agrees(school_store) == 1


def test_a_store_without_counts_is_counted_when_it_is_opened(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "语文", "80")))
    path = school_store.path
    school_store.close()
    with duckdb.connect(str(path)) as connection:
        counts = [f"tally_{name.removesuffix('_tally')}" for one in contracts().values() for name in one.tally_views]
        for table in (*counts, "tally_scope", "tally_event"):
            connection.execute(f"drop table {table}")
    reader = Store.open_for_reading(path)
    with reader.reading() as cursor:
        assert counted(cursor)[0] == []
    reader.close()
    opened = Store.open(path)
    assert assert_agrees(opened) == 2
    opened.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """Moments that events happened at, a second apart."""
    moments: list[datetime] = []
    begun = utc_now()

    def tick() -> datetime:
        moments.append(begun.replace(microsecond=0, year=2090, minute=len(moments) // 60, second=len(moments) % 60))
        return moments[-1]

    monkeypatch.setattr(store_module, "utc_now", tick)
    yield moments


steps = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["publish", "replace"]),
            st.lists(
                st.tuples(
                    st.sampled_from("123"), st.sampled_from(["数学", "语文"]), st.sampled_from(["90", "80", "缺考", ""])
                ),
                min_size=1,
                max_size=4,
                unique_by=lambda row: row[:2],
            ),
        ),
        st.tuples(st.sampled_from(["withdraw", "restore"]), st.integers(0, 5)),
    ),
    max_size=8,
)


def test_any_history_of_uploads_is_counted_rightly_at_every_moment(school_store: Store, clock: list[datetime]) -> None:
    @settings(max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(steps=steps)
    def agrees(steps: list[tuple[str, object]]) -> None:
        uploads: list[int] = []
        counting: dict[int, bool] = {}
        for action, value in steps:
            if action in ("publish", "replace"):
                assert isinstance(value, list)
                replaced = {"exam_id": "2021-11-G3"} if action == "replace" else {}
                uploads.append(published(school_store, marks(*value), Said(accept=True, replace=replaced)))
                counting[uploads[-1]] = True
            elif uploads:
                assert isinstance(value, int)
                chosen = uploads[value % len(uploads)]
                if counting[chosen] == (action == "withdraw"):
                    (withdraw if action == "withdraw" else restore)(school_store, chosen, "test")
                    counting[chosen] = not counting[chosen]
            assert_agrees(school_store)
        for moment in clock[-len(steps) :] if steps else []:
            assert_agrees(school_store, moment)
        for upload in uploads:
            if counting[upload]:
                withdraw(school_store, upload, "test")

    agrees()
