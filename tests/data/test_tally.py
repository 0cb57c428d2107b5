"""Counts beside the rows: at every moment of a store's life they are what counting the rows would give."""

from collections.abc import Iterator
from datetime import datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake
from data import store as store_module
from data.intake import Said
from data.store import Store, restore, utc_now, withdraw

HEADER = "考试代码,科目,学号,学校代码,班级,分数\n"
ACCEPT = Said(accept=True)
BY = "exam_id, subject, institution_id, class, track, score_state, score, assigned_score"


def marks(*rows: tuple[str, str, str], exam: str = "2021-11-G3") -> bytes:
    """A file of one exam: pupil, subject, score."""
    return (
        HEADER + "".join(f"{exam},{subject},{pupil},3905000456,1班,{score}\n" for pupil, subject, score in rows)
    ).encode()


def published(store: Store, content: bytes, said: Said = ACCEPT) -> int:
    done = intake.publish(store, content, "成绩.csv", "exam_result", by="test", said=said)
    assert done.upload is not None, done.problems
    return done.upload


def counted(cursor: duckdb.DuckDBPyConnection) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What the counts say, and what counting the rows gives."""
    kept = cursor.execute(f"select {BY}, row_count from exam_result_tally order by all").fetchall()
    rows = cursor.execute(f"select {BY}, count(*) from exam_result group by all order by all").fetchall()
    return kept, rows


def assert_agrees(store: Store, as_of: datetime | None = None) -> int:
    with store.reading(as_of) as cursor:
        kept, rows = counted(cursor)
    assert kept == rows
    return sum(int(str(row[-1])) for row in kept)


def test_equal_scores_are_counted_together(school_store: Store) -> None:
    published(school_store, marks(("1", "数学", "90"), ("2", "数学", "90"), ("3", "数学", "缺考"), ("1", "语文", "80")))
    assert assert_agrees(school_store) == 4
    with school_store.reading() as cursor:
        assert cursor.execute(
            "select subject, score_state, score, row_count from exam_result_tally order by subject, score_state desc"
        ).fetchall() == [("数学", "recorded", 90, 2), ("数学", "absent", None, 1), ("语文", "recorded", 80, 1)]


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
        for table in ("tally_exam_result", "tally_scope", "tally_event"):
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
