"""Small numbers of persons are never given, nor can they be computed from what is given."""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.store import Store
from pages.display import figures, sentences, tables
from queries import answers
from queries.answers import Answer, Point
from queries.catalogue import Definition
from queries.points import suppressed
from queries.suppression import is_small, suppressed_beside, suppressed_parts

Lines = Callable[..., int]

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)
counts = st.lists(st.one_of(st.integers(0, 30), st.integers(0, 2000), st.none()), max_size=6)

AREA = "信都区"
KINDS = ("public", "inclusive_private", "private")
REGISTER = (
    f"1,2001-09-01,示例公办园,{AREA},幼儿园,集体办,,,否",
    f"2,2001-09-01,示例普惠园,{AREA},幼儿园,普惠性民办,,,否",
    f"3,2001-09-01,示例民办园,{AREA},幼儿园,非普惠民办,,,否",
)
# Children in (public, inclusive private, other private) kindergartens; each case has a year of its own.
CASES = (
    (4, 300, 500),
    (300, 4, 500),
    (300, 500, 4),
    (0, 4, 500),
    (500, 0, 4),
    (0, 500, 4),
    (3, 5, 500),
    (300, 3, 5),
    (3, 300, 5),
    (2, 3, 4),
    (9, 0, 0),
    (0, 0, 4),
    (300, 0, 500),
    (10, 10, 10),
)
YEARS = range(2001, 2001 + len(CASES))
# What each given number says about the three.
INCLUSIVE, EVERYBODY = (1, 1, 0), (1, 1, 1)
SAYS = {
    ("inclusive_share", None): INCLUSIVE,
    ("inclusive_share", "public"): (1, 0, 0),
    ("inclusive_share", "inclusive_private"): (0, 1, 0),
    ("inclusive_share", "private"): (0, 0, 1),
    ("public_share", None): (1, 0, 0),
    ("gross_enrolment", None): EVERYBODY,
    ("pupils", None): EVERYBODY,
    ("pupils", "学前"): EVERYBODY,
}


@pytest.fixture
def small_store(store: Store, register: Lines, returns: Lines) -> Store:
    """Three kindergartens whose children are CASES, year by year."""
    register(*REGISTER)
    returns(
        *(
            f"{year},{number},学前,{size},3"
            for year, case in zip(YEARS, CASES, strict=True)
            for number, size in enumerate(case, 1)
        )
    )
    return store


def points(found: Answer, area: str = AREA) -> Iterator[Point]:
    """The area's figures, whole and parts."""
    yield from found.area(area).points
    yield from (point for point in found.parts if point.area == area)


def one_point(found: Answer, period: int, part: str | None = None) -> Point:
    return next(point for point in points(found) if (point.period, point.part) == (period, part))


def by_year(found: Answer, part: str | None = None) -> dict[int, Point]:
    return {point.period: point for point in points(found) if point.part == part}


@pytest.mark.parametrize("count", range(1, 10))
def test_1_to_9_persons_are_small(count: int) -> None:
    assert is_small(count)


def test_a_decimal_number_of_persons_is_small_too() -> None:
    """SQL may return a sum as a decimal."""
    assert [is_small(Decimal(count)) for count in (0, 5, 10)] == [False, True, False]


@pytest.mark.parametrize("count", [0, 10, 11, 1000, None])
def test_nobody_ten_and_missing_are_not_small(count: int | None) -> None:
    assert not is_small(count)


@settings
@given(counts)
def test_every_small_part_is_hidden_and_no_empty_one(parts: list[int | None]) -> None:
    hidden = suppressed_parts(parts)
    assert {position for position, count in enumerate(parts) if is_small(count)} <= hidden
    assert all(parts[position] for position in hidden)


@settings
@given(counts)
def test_a_small_part_is_not_the_only_one_hidden_where_another_counts_anybody(parts: list[int | None]) -> None:
    hidden = suppressed_parts(parts)
    assert len(hidden) != 1 or sum(1 for count in parts if count) == 1


@settings
@given(counts)
def test_no_more_than_one_other_part_is_hidden_and_it_is_the_smallest(parts: list[int | None]) -> None:
    others = [position for position in suppressed_parts(parts) if not is_small(parts[position])]
    assert len(others) <= 1
    shown = [count for position, count in enumerate(parts) if count and position not in suppressed_parts(parts)]
    assert all((parts[position] or 0) <= min(shown, default=10_000) for position in others)


def test_without_a_small_part_nothing_is_hidden() -> None:
    assert suppressed_parts([0, 10, 500, None]) == suppressed_parts([]) == frozenset()


@pytest.mark.parametrize("parts", [(1, 1, 500), (9, 9, 500), (1, 1, 1, 80)])
def test_parts_that_their_sum_gives_away_are_not_hidden_alone(parts: tuple[int, ...]) -> None:
    """Two parts of 1 to 9 that add up to 2 are 1 and 1; 18 can only be 9 and 9."""
    hidden = suppressed_parts(parts)
    small = [part for position, part in enumerate(parts) if position in hidden and is_small(part)]
    assert len(small) < len(hidden) or sum(small) not in (len(small), 9 * len(small))


@pytest.mark.parametrize("count", range(12))
def test_persons_below_10_are_hidden_in_an_answer(count: int, store: Store, register: Lines, returns: Lines) -> None:
    register(f"1,2015-09-01,示例小学,{AREA},小学,集体办,,,否")
    returns(f"2020,1,小学,{count},1")
    found = one_point(answers.answer(store, "pupils"), 2020)
    if 1 <= count <= 9:
        assert found == Point(2020, AREA, None, None, None, None, suppressed=True)
    else:
        assert found == Point(2020, AREA, None, count, None, Fraction(count), suppressed=False)


def test_a_share_is_hidden_where_either_side_is_small(small_store: Store) -> None:
    shares = by_year(answers.answer(small_store, "public_share"))
    for year, (public, inclusive, private) in zip(YEARS, CASES, strict=True):
        total = public + inclusive + private
        if 1 <= public <= 9 or 1 <= total <= 9:
            assert shares[year] == Point(year, AREA, None, None, None, None, suppressed=True)


def test_nobody_among_many_is_0_and_not_hidden(small_store: Store) -> None:
    year = YEARS[CASES.index((300, 0, 500))]
    found = answers.answer(small_store, "inclusive_share")
    assert one_point(found, year, "inclusive_private") == Point(year, AREA, "inclusive_private", 0, 800, Fraction(0))
    assert one_point(found, year) == Point(year, AREA, None, 300, 800, Fraction(300, 800))


def test_nobody_at_all_is_no_value_and_not_hidden(store: Store, register: Lines, returns: Lines) -> None:
    register(*REGISTER)
    returns("2020,1,学前,0,0")
    assert one_point(answers.answer(store, "public_share"), 2020) == Point(2020, AREA, None, 0, 0, None)


def test_a_gross_rate_leaves_nobody_over(
    store: Store, publish: Callable[[str, str], int], register: Lines, returns: Lines
) -> None:
    """Its children are of any age, so 600 of them to 605 persons aged 3 to 5 says nothing of five persons."""
    register(*REGISTER)
    returns("2020,1,学前,600,20")
    publish(
        "population",
        "year,area,age,persons\n"
        + "".join(f"2020,{AREA},{age},{size}\n" for age, size in ((3, 200), (4, 200), (5, 205))),
    )
    assert one_point(answers.answer(store, "gross_enrolment"), 2020) == Point(
        2020, AREA, None, 600, 605, Fraction(600, 605)
    )


def test_institutions_are_not_persons(small_store: Store) -> None:
    found = answers.answer(small_store, "kindergartens")
    assert {point.numerator for point in points(found)} == {1, 3}
    assert not any(point.suppressed for point in points(found))


def test_classes_are_not_persons(store: Store, register: Lines, returns: Lines) -> None:
    """Four classes are few, the 180 pupils in them are not."""
    register(f"1,2015-09-01,示例小学,{AREA},小学,集体办,,,否")
    returns("2020,1,小学,180,4")
    assert one_point(answers.answer(store, "mean_class_size"), 2020) == Point(2020, AREA, None, 180, 4, Fraction(45))


def test_a_mean_over_few_persons_is_hidden(store: Store, register: Lines, returns: Lines) -> None:
    register(f"1,2015-09-01,示例小学,{AREA},小学,集体办,,,否")
    returns("2020,1,小学,8,1")
    assert one_point(answers.answer(store, "mean_class_size"), 2020).suppressed


def test_a_decimal_number_of_persons_is_hidden_too(store: Store, define: Callable[..., Definition]) -> None:
    define("decimals", "pupils", sql=f"select 2020 as period, '{AREA}' as area, 5.0::decimal(9, 1) as numerator")
    assert one_point(answers.answer(store, "decimals"), 2020).suppressed


def test_beside_a_small_stage_the_smallest_other_is_hidden(store: Store, register: Lines, returns: Lines) -> None:
    register(f"1,2015-09-01,示例学校,{AREA},十二年一贯制学校,集体办,,,否")
    returns("2020,1,小学,800,20", "2020,1,初中,137,4", "2020,1,高中,7,1", "2020,1,特殊教育,0,0")
    found = answers.answer(store, "pupils")
    assert {part.part: part.numerator for part in points(found)} == {
        None: 944,
        "小学": 800,
        "初中": None,
        "高中": None,
        "特殊教育": 0,
    }


def test_a_hidden_figure_is_in_nothing_that_is_handed_out(store: Store, register: Lines, returns: Lines) -> None:
    """137 is hidden beside the 7, and so is neither in the JSON, the file, the table nor the picture."""
    register(f"1,2015-09-01,示例学校,{AREA},十二年一贯制学校,集体办,,,否")
    returns("2020,1,小学,800,20", "2020,1,初中,137,4", "2020,1,高中,7,1")
    found = answers.answer(store, "pupils")
    rows = sentences.rows(found)
    assert not [cell for row in rows if row[3] in ("初中", "高中") for cell in row[4:] if not isinstance(cell, str)]
    assert {cell for row in rows for cell in row if isinstance(cell, int | float)} == {2020, 944, 800}
    handed_out = [
        json.dumps(answers.as_document(found, AREA)),
        tables.render("figures.html", answer=found, points=sentences.newest_first(found)),
        figures.composition(found, AREA).to_json(),
        figures.trajectory(found, AREA).to_json(),
    ]
    assert not [text for text in handed_out if "137" in text]


def test_a_part_that_is_hidden_for_anothers_sake_is_not_said_to_be_small(
    store: Store, register: Lines, returns: Lines
) -> None:
    """The 137 pupils are hidden, but "<10" would be untrue."""
    register(f"1,2015-09-01,示例学校,{AREA},完全中学,集体办,,,否")
    returns("2020,1,小学,800,20", "2020,1,初中,137,4", "2020,1,高中,7,1")
    shown = {row[3]: row[4] for row in sentences.rows(answers.answer(store, "pupils"))}
    assert shown["高中"] == "<10"
    assert shown["初中"] != "<10"


def facts(found: Answer, year: int, area: str = AREA) -> Iterator[tuple[int, int, int]]:
    """What an answer's visible numbers of a year say about the three numbers of an area's children."""
    for point in points(found, area):
        if point.period == year:
            if point.numerator is not None:
                yield SAYS[found.definition.id, point.part]
            if point.denominator is not None:
                yield EVERYBODY


def given_away(known: list[tuple[int, int, int]], case: tuple[int, int, int]) -> list[str]:
    """The small numbers that follow from what is known by adding and subtracting."""
    secrets: Mapping[str, tuple[int, int, int]] = {
        "public": (1, 0, 0), "inclusive_private": (0, 1, 0), "private": (0, 0, 1), "inclusive": INCLUSIVE, "all": EVERYBODY
    }  # fmt: skip
    found = []
    for name, secret in secrets.items():
        small = 1 <= sum(sign * size for sign, size in zip(secret, case, strict=True)) <= 9
        rank = numpy.linalg.matrix_rank(numpy.array(known or [(0, 0, 0)]))
        if small and numpy.linalg.matrix_rank(numpy.array([*known, secret])) == rank:
            found.append(f"{name} of {case}")
    return found


@pytest.mark.parametrize("name", ["inclusive_share", "public_share", "pupils"])
def test_no_small_number_follows_from_the_others_of_an_indicator(name: str, small_store: Store) -> None:
    """A share gives away the few who do not count as surely as the few who do: 800 of 804 leaves 4."""
    found = answers.answer(small_store, name)
    assert [
        one for year, case in zip(YEARS, CASES, strict=True) for one in given_away(list(facts(found, year)), case)
    ] == []


def test_no_small_number_follows_from_several_indicators_together(small_store: Store) -> None:
    asked = [
        answers.answer(small_store, name) for name in ("inclusive_share", "public_share", "gross_enrolment", "pupils")
    ]
    leaks: list[str] = []
    for year, case in zip(YEARS, CASES, strict=True):
        leaks += given_away([fact for found in asked for fact in facts(found, year)], case)
    assert leaks == []


# Children in the three kinds of kindergartens of three districts that make up the whole; each case has a year of its own.
DISTRICTS = ("信都区", "襄都区", "开发区")
TABLES = (
    ((4, 300, 500), (200, 310, 400), (120, 330, 600)),
    ((300, 310, 4), (300, 310, 500), (300, 310, 6)),
    ((300, 310, 500), (1, 310, 500), (1, 330, 600)),
    ((9, 310, 500), (9, 310, 500), (300, 330, 600)),
    ((300, 310, 500), (0, 0, 5), (300, 330, 600)),
    ((2, 3, 4), (300, 310, 500), (0, 0, 0)),
    ((3, 310, 500), (0, 0, 500), (0, 0, 700)),
    ((300, 310, 500), (200, 310, 400), (120, 330, 600)),
)
TABLE_YEARS = range(2001, 2001 + len(TABLES))
ASKED = ("inclusive_share", "public_share", "gross_enrolment", "pupils")


@pytest.fixture
def districts_store(store: Store, register: Lines, returns: Lines) -> Store:
    """The kindergartens of three districts whose children are TABLES, year by year."""
    register(
        *(
            f"{3 * place + number},2001-09-01,示例园,{district},幼儿园,{kind},,,是"
            for place, district in enumerate(DISTRICTS)
            for number, kind in enumerate(("集体办", "普惠性民办", "非普惠民办"), 1)
        )
    )
    returns(
        *(
            f"{year},{3 * place + number},学前,{size},3"
            for year, table in zip(TABLE_YEARS, TABLES, strict=True)
            for place, sizes in enumerate(table)
            for number, size in enumerate(sizes, 1)
        )
    )
    return store


def spread(says: tuple[int, ...], area: str) -> tuple[int, ...]:
    """What is said of the three kinds in an area, as said of the nine numbers of the districts."""
    return tuple(sign * (area in (district, "主城区")) for district in DISTRICTS for sign in says)


@pytest.mark.parametrize("names", [*((name,) for name in ASKED), ASKED], ids="+".join)
def test_no_small_number_of_a_district_follows_from_the_whole_and_the_other_districts(
    names: tuple[str, ...], districts_store: Store
) -> None:
    asked = [answers.answer(districts_store, name) for name in names]
    for year, table in zip(TABLE_YEARS, TABLES, strict=True):
        known = [
            spread(says, area)
            for found in asked
            for area in (*DISTRICTS, "主城区")
            for says in facts(found, year, area)
        ]
        sizes = [size for sizes in table for size in sizes]
        rank = numpy.linalg.matrix_rank(numpy.array(known or [[0] * 9]))
        for secret in ((1, 0, 0), (0, 1, 0), (0, 0, 1), INCLUSIVE, EVERYBODY):
            for area in (*DISTRICTS, "主城区"):
                row = spread(secret, area)
                if 1 <= sum(sign * size for sign, size in zip(row, sizes, strict=True)) <= 9:
                    assert numpy.linalg.matrix_rank(numpy.array([*known, row])) > rank, (year, area, secret)


def test_a_whole_without_small_districts_hides_none(districts_store: Store) -> None:
    found = answers.answer(districts_store, "public_share")
    shown = [one_point(found, TABLE_YEARS[-1]) for _area in DISTRICTS]
    assert not any(one.suppressed for one in shown)


def test_beside_a_small_district_the_smallest_other_is_hidden_and_not_said_to_be_small(districts_store: Store) -> None:
    """4 children in public kindergartens of 信都区: of the others 襄都区 has the fewer children."""
    found = answers.answer(districts_store, "public_share")
    by_area = {area: next(one for one in found.area(area).points if one.period == 2001) for area in DISTRICTS}
    assert {area: (one.suppressed, one.small) for area, one in by_area.items() if one.suppressed} == {
        "信都区": (True, True), "襄都区": (True, False),
    }  # fmt: skip


@settings
@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 30), st.integers(0, 400)), min_size=1))
def test_a_hidden_district_is_never_hidden_alone_where_another_has_anybody(counts: dict[str, tuple[int, int]]) -> None:
    hidden = [name for name, own in counts.items() if any(map(is_small, own))]
    beside = suppressed_beside(hidden, counts)
    assert len(beside) <= 1 and beside.isdisjoint(hidden)
    others = [name for name, own in counts.items() if any(own) and name not in hidden]
    if hidden and others:
        assert len(hidden) + len(beside) > 1
        alike = [[counts[name][place] for name in (*hidden, *beside)] for place in (0, 1)]
        assert not any(all(map(is_small, own)) and sum(own) in (len(own), 9 * len(own)) for own in alike)


STAGES = ("小学", "初中", "高中")
tables_of_stages = st.lists(
    st.lists(st.one_of(st.integers(0, 12), st.integers(0, 900)), min_size=3, max_size=3), min_size=2, max_size=4
)


def of_stages(table: list[list[int]]) -> list[Point]:
    """Pupils by district and stage, their totals, and all of it once more for the whole."""
    names = [*(f"区{place}" for place in range(len(table))), "主城区"]
    sizes = [*table, [sum(column) for column in zip(*table, strict=True)]]
    return [
        Point(2020, name, part, count, None, Fraction(count))
        for name, row in zip(names, sizes, strict=True)
        for part, count in zip((None, *STAGES), (sum(row), *row), strict=True)
    ]


@settings
@given(tables_of_stages)
def test_no_small_number_of_a_table_of_districts_and_parts_follows_from_what_is_shown(table: list[list[int]]) -> None:
    every = of_stages(table)
    places = [(name, part) for name in sorted({one.area for one in every} - {"主城区"}) for part in STAGES]

    def row(one: Point) -> list[int]:
        return [int(one.area in (name, "主城区") and one.part in (part, None)) for name, part in places]

    shown = suppressed(answers.visible()["pupils"], every)
    known = numpy.array([row(one) for one in shown if not one.suppressed] or [[0] * len(places)])
    rank = numpy.linalg.matrix_rank(known)
    for one in every:
        if is_small(one.numerator):
            assert numpy.linalg.matrix_rank(numpy.vstack([known, row(one)])) > rank, (one.area, one.part)


def test_the_gap_planner_does_not_say_how_few_children_a_kindergarten_has(
    store: Store, register: Lines, returns: Lines
) -> None:
    """5 places are missing, and the kindergarten with 7 children would be enough."""
    register(*REGISTER, f"4,2001-09-01,示例小园,{AREA},幼儿园,非普惠民办,,,否")
    returns("2020,1,学前,600,20", "2020,2,学前,195,7", "2020,3,学前,198,7", "2020,4,学前,7,1")
    plan = answers.gap_planner(store, "inclusive_share", AREA)
    assert plan is not None
    assert plan.convert == 5
    definition = answers.answer(store, "inclusive_share").definition
    assert ">7<" not in tables.render("planner.html", sentence="", plan=plan, definition=definition)
