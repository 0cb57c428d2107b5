"""Every figure of the sample data agrees with a second computation in plain Python, and with arithmetic."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake
from data.samples.generate import files
from data.store import Store, withdraw
from queries import answers
from queries.answers import Answer, Point, Viewer
from queries.catalogue import catalogue
from tests.queries import oracle

REGISTER_HEADER = "institution_id,valid_from,name,area,kind,ownership,recognised_from,recognised_to,main_urban"
RETURN_HEADER = "school_year,institution_id,stage,pupils,classes"
INDICATORS = sorted(catalogue())
OF_THE_RETURN = sorted(oracle.enrolment.figures(files()))
PERIODS = range(2017, 2023)
INTERNAL = Viewer(internal=True)


@pytest.fixture(scope="module")
def expected() -> dict[str, oracle.Figures]:
    return oracle.figures(files())


def every_point(found: Answer) -> list[Point]:
    return [point for one in found.areas for point in one.points] + list(found.parts)


def test_the_oracle_knows_every_indicator(expected: dict[str, oracle.Figures]) -> None:
    assert sorted(expected) == INDICATORS


@pytest.mark.parametrize("name", INDICATORS)
def test_every_figure_is_the_oracles(name: str, samples: Store, expected: dict[str, oracle.Figures]) -> None:
    """A figure that is not given is about few persons, or stands in a group with one that is."""
    found = answers.answer(samples, name, viewer=INTERNAL)
    unit, points = found.definition.unit, every_point(found)
    places = {(one.period, one.area, one.part): one for one in points}
    assert len(places) == len(points) > 0
    assert set(places) == set(expected[name])
    for place, (numerator, denominator) in expected[name].items():
        one = places[place]
        if not one.suppressed:
            assert oracle.same(one.numerator, numerator) and oracle.same(one.denominator, denominator), place
            if not isinstance(numerator, float):
                assert one.value == oracle.value(unit, numerator, denominator), place
    assert found.definition.counts == "persons" or not any(one.suppressed for one in points)
    assert {type(one.value) for one in points} <= {Fraction, type(None)}
    assert any(one.value is not None for one in points)


@pytest.mark.parametrize("name", INDICATORS)
def test_a_share_is_between_0_and_1_and_only_known_parts_occur(name: str, samples: Store) -> None:
    found = answers.answer(samples, name, viewer=INTERNAL)
    given = [point for point in every_point(found) if point.value is not None]
    assert all(point.value >= 0 for point in given if point.value is not None)
    if found.definition.unit == "share" and not found.definition.gross:
        assert all(point.value <= 1 for point in given if point.value is not None)
    assert {point.part for point in found.parts} <= set(found.definition.parts)


@pytest.mark.parametrize("name", OF_THE_RETURN)
def test_every_period_and_area_has_a_figure(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    assert [one.area for one in found.areas] == [oracle.WHOLE, *oracle.DISTRICTS]
    assert all([point.period for point in one.points] == list(PERIODS) for one in found.areas)


@pytest.mark.parametrize("name", ["pupils", "kindergartens", "mean_class_size"])
def test_the_parts_add_up_to_the_whole(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    for one in found.areas:
        for point in one.points:
            parts = [part for part in found.parts if (part.area, part.period) == (point.area, point.period)]
            assert sum(part.numerator or 0 for part in parts) == point.numerator
            assert sum(part.denominator or 0 for part in parts) == (point.denominator or 0)


def test_the_kinds_of_kindergarten_add_up_to_all_children(samples: Store) -> None:
    found = answers.answer(samples, "inclusive_share")
    for one in found.areas:
        for point in one.points:
            parts = {part.part: part for part in found.parts if (part.area, part.period) == (point.area, point.period)}
            counted = {code: part.numerator or 0 for code, part in parts.items()}
            assert counted["public"] + counted["inclusive_private"] == point.numerator
            assert sum(counted.values()) == point.denominator
            assert sum((part.value or Fraction(0) for part in parts.values()), Fraction(0)) == 1


def test_the_public_share_is_the_public_part_of_the_inclusive_share(samples: Store) -> None:
    inclusive, public = answers.answer(samples, "inclusive_share"), answers.answer(samples, "public_share")
    parts = {(part.area, part.period): part.value for part in inclusive.parts if part.part == "public"}
    assert {(point.area, point.period): point.value for one in public.areas for point in one.points} == parts


def test_the_main_urban_area_is_what_is_flagged_and_not_the_sum_of_the_districts(samples: Store) -> None:
    returns = oracle.read(files())
    found = answers.answer(samples, "pupils")
    for position, period in enumerate(PERIODS):
        flagged = sum(one.pupils for one in returns if one.year == period and one.main_urban)
        whole, *districts = (one.points[position].numerator for one in found.areas)
        assert whole == flagged
        assert flagged < sum(districts)


def test_in_the_sample_data_the_city_passes_80_percent_in_2020_and_one_district_does_not(samples: Store) -> None:
    found = answers.answer(samples, "inclusive_share")
    met_in_2020 = [
        point.value >= Fraction(4, 5)
        for one in found.areas
        for point in one.points
        if point.period == 2020 and point.value
    ]
    assert (met_in_2020[0], met_in_2020[1:].count(False)) == (True, 1)
    assert found.whole.since == date(2020, 9, 1)


def test_a_lapsed_recognition_decides_figures_of_the_sample_data() -> None:
    """Without one, the oracle would not prove the rule of the recognition's dates."""
    made = files()
    ids = {row["institution_id"] for row in oracle.rows(made, "institution") if row["recognised_to"]}
    kinds = [(one.institution, one.ownership) for one in oracle.read(made)]
    assert any((one, "inclusive_private") in kinds and (one, "private") in kinds for one in ids)


def areas_and_flags() -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.sampled_from(oracle.DISTRICTS), st.sampled_from("是否"))


days = st.sampled_from(["2016-09-01", "2018-08-31", "2018-09-01", "2018-09-02", "2019-01-01", "2020-09-01"])
entries = st.tuples(
    days,
    areas_and_flags(),
    st.sampled_from(["集体办", "普惠性民办", "普惠性民办", "非普惠民办"]),
    st.one_of(st.just(""), days),
    st.one_of(st.just(""), days),
).filter(lambda entry: not (entry[3] and entry[4]) or entry[3] <= entry[4])
# Never 1 to 9, which answers suppress.
sizes = st.one_of(st.just(0), st.integers(10, 400))
rows_of_returns = st.dictionaries(
    st.tuples(st.sampled_from([2017, 2018, 2019]), st.sampled_from(["学前", "小学", "初中"])),
    st.tuples(sizes, st.one_of(st.just(""), st.just("0"), st.integers(10, 20).map(str))),
)
schools = st.tuples(
    st.sampled_from(["幼儿园", "小学", "九年一贯制学校"]),
    st.lists(entries, min_size=1, max_size=3, unique_by=lambda entry: entry[0]),
    rows_of_returns,
)


def register_lines(all_schools: list[Any]) -> list[str]:
    return [
        f"{number},{day},示例,{area},{kind},{ownership},{begins},{ends},{flag}"
        for number, (kind, history, _returns) in enumerate(all_schools)
        for day, (area, flag), ownership, begins, ends in history
    ]


def return_lines(all_schools: list[Any]) -> list[str]:
    return [
        f"{year},{number},{stage},{pupils},{classes}"
        for number, (_kind, _history, returns) in enumerate(all_schools)
        for (year, stage), (pupils, classes) in returns.items()
    ]


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(all_schools=st.lists(schools, min_size=1, max_size=6).filter(return_lines))
def test_any_register_and_returns_give_the_oracles_figures(all_schools: list[Any], store: Store) -> None:
    """Moves between areas, entries before and after the first return, recognitions that begin and end on every side."""
    made = {
        "institution.csv": "\n".join([REGISTER_HEADER, *register_lines(all_schools)]).encode("utf-8-sig"),
        "enrolment.csv": "\n".join([RETURN_HEADER, *return_lines(all_schools)]).encode("gb18030"),
        "population.csv": b"year,area,age,persons\n",
    }
    uploads = [
        intake.publish(store, made[name], name, by="test", said=intake.Said(accept=True)).upload
        for name in ("institution.csv", "enrolment.csv")
    ]
    for name, figures in oracle.enrolment.figures(made).items():
        found = answers.answer(store, name)
        computed = {(one.period, one.area, one.part): (one.numerator, one.denominator) for one in every_point(found)}
        assert computed == figures
    for upload in uploads:
        assert upload is not None
        withdraw(store, upload, "test")
