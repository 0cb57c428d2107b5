"""Counts of item scores by the paper's total: at every moment what counting the rows pupil by pupil gives."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake, mapping
from data import store as store_module
from data.contract import contracts
from data.intake import Said
from data.store import Store, restore, utc_now, withdraw
from tests.conftest import Publish

ITEMS = "考试代码,科目,题号,满分,题型,答案\n" + "".join(
    f"2021-11-G3,{subject},{item},10,单选题,A\n" for subject in ("数学", "语文") for item in ("1", "2", "3(1)")
)
HEADER = "考试代码,科目,学号,学校代码,题号,得分,选项\n"
COLUMNS = "subject, institution_id, item, choice, complete, total, pupils, score_sum, square_sum"
Line = tuple[str, str, str, str, str]


@pytest.fixture
def item_store(school_store: Store, publish: Publish) -> Store:
    publish("exam_item", ITEMS)
    return school_store


def file(*lines: Line, school: str = "3905000456") -> bytes:
    """subject, pupil, item, score, option"""
    rows = (f"2021-11-G3,{one[0]},{one[1]},{school},{one[2]},{one[3]},{one[4]}\n" for one in lines)
    return (HEADER + "".join(rows)).encode()


def published(store: Store, content: bytes) -> int:
    done = intake.publish(store, content, "小题.csv", "item_result", by="test", said=Said(accept=True))
    assert done.upload is not None, done.problems
    return done.upload


def expected(store: Store, as_of: datetime | None) -> Counter[tuple[object, ...]]:
    """(subject, school or None, item or None, option, complete, total, score) → pupils, from the rows."""
    with store.reading(as_of) as cursor:
        rows = cursor.execute(
            """select subject, student_id, institution_id, item, upper(choice), score from item_result
            where score_state = 'recorded'"""
        ).fetchall()
    found: Counter[tuple[object, ...]] = Counter()
    for subject in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == subject]
        items = {row[3] for row in own}
        for pupil in {row[1] for row in own}:
            his = [row for row in own if row[1] == pupil]
            total, complete = sum(row[5] for row in his), {row[3] for row in his} == items
            for school in (None, min(row[2] for row in his)):
                found[subject, school, None, None, complete, total, total] += 1
                for row in his:
                    found[subject, school, row[3], row[4], complete, total, row[5]] += 1
    return found


def assert_agrees(store: Store, as_of: datetime | None = None) -> int:
    sums: dict[tuple[object, ...], list[Decimal]] = {}
    for key, pupils in expected(store, as_of).items():
        one = sums.setdefault(key[:6], [Decimal(0)] * 3)
        score = Decimal(str(key[6]))
        for place, part in enumerate((Decimal(1), score, score * score)):
            one[place] += part * pupils
    with store.reading(as_of) as cursor:
        rows = cursor.execute(f"select {COLUMNS} from item_result_by_total").fetchall()
    assert {row[:6]: list(row[6:]) for row in rows} == sums
    assert len(rows) == len(sums)
    return len(rows)


def test_pupils_are_counted_by_what_they_have_in_the_paper(item_store: Store) -> None:
    published(
        item_store,
        file(
            *(("数学", "1", item, score, "a") for item, score in (("1", "10"), ("2", "0"), ("3(1)", "4.5"))),
            *(("数学", "2", item, score, "B") for item, score in (("1", "10"), ("2", "缺考"), ("3(1)", "4.5"))),
        ),
    )
    with item_store.reading() as cursor:
        found = cursor.execute(
            f"select {COLUMNS} from item_result_by_total where institution_id is null order by item nulls first, complete"
        ).fetchall()
    half, square = Decimal("14.5"), Decimal("210.25")
    assert found[:2] == [
        ("数学", None, None, None, False, half, 1, half, square),
        ("数学", None, None, None, True, half, 1, half, square),
    ]
    assert {row[3] for row in found[2:]} == {"A", "B"}
    assert_agrees(item_store)


def test_a_sheet_with_a_column_an_item_is_counted_alike(item_store: Store) -> None:
    sheet = "考试代码,科目,学号,学校,1,第2题,T3（1）得分,1选项\n2021-11-G3,数学,1,示例高中,10,0,4.5,a\n"
    done = intake.publish(item_store, sheet.encode(), "小题分.csv", None, by="test", said=Said(accept=True))
    assert (done.dataset, done.problems, done.rows) == ("item_result", (), 3)
    with item_store.reading() as cursor:
        rows = cursor.execute("select item, score, choice from item_result order by item").fetchall()
    assert rows == [("1", 10, "a"), ("2", 0, None), ("3(1)", Decimal("4.5"), None)]
    assert_agrees(item_store)


def test_a_column_of_a_subject_is_no_item() -> None:
    contract = contracts()["item_result"]
    assert [str(mapping._meant(contract, header)) for header in ("12(2)", "Q7选项", "第3小题", "16-1得分")] == [
        "score@12(2)", "choice@7", "score@3", "score@16-1",
    ]  # fmt: skip
    assert [mapping._meant(contract, header) for header in ("化学", "2020", "1班", "#1", "客观1", "1名次")] == [
        None
    ] * 6


def test_another_exam_is_not_counted_anew(item_store: Store, publish: Publish) -> None:
    published(item_store, file(("数学", "1", "1", "10", "A")))
    exam = "考试代码,科目,考试名称,考试日期,学段,年级,满分\nE2,数学,联考,2021-12-12,高中,高三,150\n"
    publish("exam", exam)
    publish("exam_item", "考试代码,科目,题号,满分,题型\nE2,数学,1,10,单选题\n")
    published(item_store, file(("数学", "1", "1", "10", "A")).replace(b"2021-11-G3", b"E2"))
    with item_store.reading() as cursor:
        rows = cursor.execute(
            "select exam_id, count(distinct event_id) from store.tally_item_result_by_total group by 1 order by 1"
        ).fetchall()
    assert rows == [("2021-11-G3", 1), ("E2", 1)]


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    given: list[datetime] = []
    monkeypatch.setattr(store_module, "utc_now", lambda: given.pop(0) if given else utc_now())
    yield given


def test_corrections_and_withdrawals_show_as_of_every_moment(item_store: Store, moments: list[datetime]) -> None:
    days = [datetime(2100, 1, day) for day in range(1, 6)]
    moments[:] = days[:4]
    published(item_store, file(("数学", "1", "1", "10", "A"), ("数学", "1", "2", "0", "B")))
    second = published(item_store, file(("数学", "1", "2", "10", "A")))
    withdraw(item_store, second, by="test")
    restore(item_store, second, by="test")
    totals = []
    for day in days[:4]:
        assert_agrees(item_store, day)
        with item_store.reading(day) as cursor:
            totals += cursor.execute(
                "select total from item_result_by_total where item is null and institution_id is null"
            ).fetchall()
    assert totals == [(10,), (20,), (10,), (20,)]
    with item_store.reading(datetime(2099, 1, 1)) as cursor:
        assert cursor.execute("select count(*) from item_result_by_total").fetchall() == [(0,)]


def test_a_store_of_an_older_version_that_is_only_read_has_no_counts(item_store: Store) -> None:
    published(item_store, file(("数学", "1", "1", "10", "A")))
    with item_store.writing() as cursor:
        cursor.execute("drop table store.tally_item_result_by_total")
    item_store.close()
    older = Store.open_for_reading(item_store.path)
    with older.reading() as cursor:
        assert cursor.execute(f"select {COLUMNS} from item_result_by_total").fetchall() == []
    older.close()


UPLOADS = st.lists(
    st.dictionaries(
        st.tuples(st.sampled_from(["数学", "语文"]), st.sampled_from("1234"), st.sampled_from(["1", "2", "3(1)"])),
        st.tuples(st.sampled_from(["0", "4.5", "10", "缺考", "免考", ""]), st.sampled_from(["A", "b", ""])),
        min_size=1,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(uploads=UPLOADS, gone=st.integers(0, 2))
def test_whatever_is_published_the_counts_are_those_of_the_rows(
    item_store: Store, uploads: list[dict[tuple[str, str, str], tuple[str, str]]], gone: int
) -> None:
    numbers = [published(item_store, file(*((*key, *cell) for key, cell in one.items()))) for one in uploads]
    assert_agrees(item_store)
    withdraw(item_store, numbers[gone % len(numbers)], by="test")
    assert_agrees(item_store)
    for number in numbers:
        if number != numbers[gone % len(numbers)]:
            withdraw(item_store, number, by="test")
    assert assert_agrees(item_store) == 0
