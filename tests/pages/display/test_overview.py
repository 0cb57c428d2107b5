"""The overview's list, its sections and what it says of every indicator, in both languages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from data import words
from data.configuration import Bilingual, Unit
from data.plan import plan
from data.store import Store
from pages.display import overview, sentences, states, tables
from queries import answers, standings
from queries.answers import Answer, Trajectory
from queries.changes import IndicatorChange
from queries.progress import Standing, Status, Why
from tests.pages.display import made

CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"
TODAY = date(2022, 7, 8)


def short(area: str, gap: int, period: int = 2021, status: Status = Status.MISSED) -> Trajectory:
    """A district that lacks some of 10,000 places for the 80 % of clause 27."""
    return made.trajectory(area, {period: (8_000 - gap, 10_000)}, status, gap, date(2020, 9, 1))


def nothing(area: str) -> Trajectory:
    return made.trajectory(area, {}, Status.NO_DATA, None, None)


# One sentence per indicator


def test_the_whole_comes_first_then_the_districts_that_fall_short_furthest_first() -> None:
    found = made.answer(made.trajectory(), short(made.XINDU, 100), short(made.XIANGDU, 500), made.trajectory(made.ZONE))
    assert sentences.verdict(found) == (
        "Main urban area, 2021/22: Children in inclusive kindergartens 83.5%, achieved; "
        "Xiangdu District 75.0%, 500 inclusive places short; Xindu District 79.0%, 100 inclusive places short; "
        "the other districts meet it"
    )
    words.use("zh_CN")
    assert sentences.verdict(found) == (
        "2021/22学年主城区普惠性幼儿园覆盖率 83.5%，达标；襄都区 75.0%，差 500个普惠学位；信都区 79.0%，差 100个普惠学位；其余各区达标"
    )


def test_at_most_two_districts_are_named() -> None:
    found = made.answer(
        made.trajectory(), short(made.XINDU, 100), short(made.XIANGDU, 500), short(made.ZONE, 300), short("新区", 200)
    )
    said = sentences.verdict(found)
    assert "Xindu" not in said and "新区" not in said
    assert said.endswith("2 more districts fall short")


@pytest.mark.parametrize(
    ("districts", "english", "chinese"),
    [
        ([made.trajectory(made.XINDU), made.trajectory(made.ZONE)], "every district meets it", "各区均达标"),
        ([made.trajectory(made.XINDU), nothing(made.ZONE)],
         "Economic Development Zone: no data; the other districts meet it", "开发区无数据；其余各区达标"),
        ([nothing(made.XINDU), nothing(made.ZONE)], "no district has data", "各区均无数据"),
        ([made.trajectory(made.XINDU), made.trajectory(made.ZONE, status=Status.ON_TRACK, gap=10)],
         "every district meets it or is on track", "各区均达标或进度正常"),
        ([short(made.XINDU, 100), nothing(made.ZONE)],
         "Xindu District 79.0%, 100 inclusive places short; Economic Development Zone: no data",
         "信都区 79.0%，差 100个普惠学位；开发区无数据"),
        ([short(made.XINDU, 100, 2020)], "Xindu District (2020/21) 79.0%, 100 inclusive places short",
         "信都区（2020/21学年） 79.0%，差 100个普惠学位"),
        ([made.trajectory(made.XINDU, status=Status.NOT_JUDGED, gap=None)], "Xindu District: not judged", "信都区暂不评判"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_named_and_the_rest_summed_up(
    districts: list[Trajectory], english: str, chinese: str
) -> None:
    found = made.answer(made.trajectory(), *districts)
    assert sentences.verdict(found).partition("; ")[2] == english
    words.use("zh_CN")
    assert sentences.verdict(found).partition("；")[2] == chinese


def test_without_data_the_datasets_and_their_owners_are_named() -> None:
    found = replace(made.answer(nothing(made.WHOLE), nothing(made.XINDU)), lacking=("enrolment",))
    assert sentences.verdict(found) == (
        "Main urban area: no figure for Children in inclusive kindergartens yet; "
        "missing: Enrolment (owed by the district education bureaus)"
    )


def test_a_figure_that_only_districts_have_is_not_said_to_be_missing() -> None:
    whole = replace(nothing(made.WHOLE), status=Status.NOT_JUDGED, why=Why.BY_DISTRICT)
    some = made.answer(whole, short(made.XINDU, 100))
    assert sentences.verdict(some) == (
        "Main urban area: no figure of its own for Children in inclusive kindergartens; the districts have theirs; "
        "Xindu District 79.0%, 100 inclusive places short"
    )


def test_a_figure_that_is_owed_for_the_whole_too_is_said_to_be_missing() -> None:
    some = made.answer(nothing(made.WHOLE), short(made.XINDU, 100))
    assert sentences.verdict(some).startswith(
        "Main urban area: no figure for Children in inclusive kindergartens yet; no rows for it yet in: "
    )
    assert not some.by_district
    assert "by district only" not in drawn([some])


def test_what_only_districts_have_is_drawn_as_such() -> None:
    whole = replace(nothing(made.WHOLE), status=Status.NOT_JUDGED, why=Why.BY_DISTRICT)
    assert "by district only" in drawn([made.answer(whole, short(made.XINDU, 100))])


def test_a_withheld_newest_figure_says_so_with_its_target() -> None:
    one = made.trajectory(status=Status.NOT_JUDGED, gap=None, since=None)
    hidden = replace(one, points=(*one.points, made.hidden(2022, made.WHOLE)), why=Why.WITHHELD)
    assert sentences.verdict(made.answer(hidden)) == (
        "Main urban area, 2022/23: Children in inclusive kindergartens: "
        "the newest figure is withheld, as it tells of few persons, and is not judged"
    )


def test_a_withheld_figure_is_not_said_to_be_missing() -> None:
    hidden = Trajectory(made.WHOLE, (made.hidden(2021, made.WHOLE),), Status.NOT_JUDGED, None, None, None, None)
    found = made.answer(hidden, of=made.definition("pupils"))
    assert sentences.verdict(found) == "Main urban area, 2021/22: Pupils and children <10"
    assert sentences.standing(found, hidden) == "Main urban area 2021/22: <10"


def test_a_target_for_the_whole_only_says_nothing_of_districts() -> None:
    found = made.answer(made.trajectory(), made.without_target(made.XINDU, made.FALLING))
    assert sentences.verdict(found) == ("Main urban area, 2021/22: Children in inclusive kindergartens 83.5%, achieved")


# What stands in every kind of indicator: (definition, target, figures, period) → the sentence in both languages.
KINDS = [
    ({"unit": "count", "unit_label": Unit(zh="名", en="teachers"), "period": "year"}, {"value": Decimal(15)},
     {2021: (11, None)}, 4, "Main urban area, 2021: X 11 teachers, missed, 4 places short", "2021年主城区甲 11 名，未达标，差 4个学位"),
    ({"unit": "count", "unit_label": Unit(zh="所", en="schools"), "period": "year"},
     {"value": Decimal(1), "upper": Decimal(2)}, {2021: (3, None)}, 0,
     "Main urban area, 2021: X 3 schools, achieved", "2021年主城区甲 3 所，达标"),
    ({"unit": "ratio", "period": "year"}, {"value": Decimal(1)}, {2021: (9_995, 10_000)}, 5,
     "Main urban area, 2021: X 0.999, missed, 5 places short", "2021年主城区甲 0.999，未达标，差 5个学位"),
    ({"unit": "mean", "unit_label": Unit(zh="天", en="days"), "period": "day"},
     {"comparison": "<=", "value": Decimal(7)}, {20211112: (90, 10)}, 20,
     "Main urban area, November 12, 2021: X 9.0 days, missed, 20 places too many", "2021年11月12日主城区甲 9.0 天，未达标，超出 20个学位"),
    ({"unit": "share", "period": "term"}, {}, {20202: (7, 10)}, 1,
     "Main urban area, 2020/21, term 2: X 70.0%, missed, 1 places short", "2020/21学年第2学期主城区甲 70.0%，未达标，差 1个学位"),
    ({"unit": "share", "period": "quarter"}, {}, {20213: (7, 10)}, 1,
     "Main urban area, 2021, quarter 3: X 70.0%, missed, 1 places short", "2021年第3季度主城区甲 70.0%，未达标，差 1个学位"),
    ({"unit": "count", "unit_label": Unit(zh="万元", en="× 10,000 yuan"), "shown_per": 10_000, "period": "year"},
     {"comparison": "rising", "value": None}, {2020: (2_000_000, None), 2021: (1_500_000, None)}, None,
     "Main urban area, 2021: X 150.0 × 10,000 yuan, not above the 200.0 × 10,000 yuan before", "2021年主城区甲 150.0 万元，未高于上期的 200.0 万元"),
    ({"unit": "share", "period": "year"}, {"comparison": "falling", "value": None}, {2021: (7, 10)}, None,
     "Main urban area, 2021: X 70.0%, one figure alone shows no trend", "2021年主城区甲 70.0%，只有一期数据，暂不能判断升降"),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "target", "figures", "gap", "english", "chinese"), KINDS)
def test_every_kind_of_indicator_has_its_sentence(
    definition: dict[str, object],
    target: dict[str, object],
    figures: made.Figures,
    gap: int | None,
    english: str,
    chinese: str,
) -> None:
    aim = made.definition().targets[0].model_copy(update={"due": None, **target})
    names = {"title": Bilingual(zh="甲", en="X"), "gap_unit": Unit(zh="个学位", en="places")}
    one = made.definition(**names, targets=(aim,), **definition)
    points = made.trajectory(figures=figures).points
    whole = answers.trajectory(one, made.WHOLE, points, TODAY)
    assert whole.gap == gap
    assert sentences.verdict(made.answer(whole, of=one)) == english
    words.use("zh_CN")
    assert sentences.verdict(made.answer(whole, of=one)) == chinese


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_status_has_a_sentence_of_one_language(status: Status, language: str) -> None:
    words.use(language)
    figures = {} if status is Status.NO_DATA else made.RISING
    whole = made.trajectory(figures=figures, status=status, gap=200)
    said = sentences.verdict(made.answer(whole, short(made.XINDU, 100, status=status)))
    assert said and "{" not in said and "None" not in said
    assert not (CHINESE.search(said) if language == "en" else re.search("[A-Za-z]", said))


def test_due_words_follow_the_kind_of_period() -> None:
    every = made.trajectory(target=made.definition("gross_enrolment").targets[0])
    assert [sentences.due(every, TODAY, kind) for kind in ("year", "school_year", "term", "quarter", "day")] == [
        "every year", "every year", "every term", "every quarter", "every exam",
    ]  # fmt: skip


# The list


def test_a_summarys_word_and_a_status_both_filter(samples: Store) -> None:
    found = answers.overview(samples)
    for area in ("主城区", "襄都区"):
        behind = overview.fitting(found, overview.ALL, area, Standing.BEHIND)
        single = [one for status in Status for one in overview.fitting(found, overview.ALL, area, status)]
        assert len(single) == len(found)
        assert {own.status for _answer, own in behind} <= {
            Status.NEEDS_ACCELERATION, Status.LIMITED, Status.DETERIORATING, Status.MISSED, Status.RELAPSED,
        }  # fmt: skip
        assert {own.area for _answer, own in single} == {area}


def test_the_cells_of_the_matrix_count_what_their_links_list(samples: Store) -> None:
    found = answers.overview(samples)
    for line in standings.matrix(found):
        for area, counts in line.cells.items():
            for standing, count in counts.items():
                group = line.group.id if line.group else overview.ALL
                assert len(overview.fitting(found, group, area, standing)) == count


def test_what_was_lost_again_is_counted_as_its_links_list_it(samples: Store) -> None:
    found = answers.overview(samples)
    lost = standings.relapses(found)
    for area in standings.matrix(found)[0].cells:
        listed = overview.fitting(found, overview.ALL, area, Status.RELAPSED)
        assert len(overview.in_area(lost, area)) == len(listed)
    assert drawn(found).count('<tr class="lost">') == len(overview.in_area(lost, found[0].whole.area)) > 0


@pytest.mark.parametrize("order", list(overview.ORDERS))
def test_every_order_lists_everything_once_under_headings(order: str, samples: Store) -> None:
    listed = overview.fitting(answers.overview(samples), overview.ALL, "主城区", overview.ALL)
    sections = overview.sections(listed, order)
    ids = [answer.definition.id for _heading, _colour, part in sections for answer, _own in part]
    assert sorted(ids) == sorted(answers.visible())
    assert all(heading and part for heading, _colour, part in sections)
    if order == "plan":
        assert ids == list(answers.visible())
        assert [heading for heading, *_rest in sections] == [
            group.title.en
            for group in plan().groups
            if any(one.definition.group.id == group.id for one, _own in listed)
        ]


def test_the_rows_of_the_file_are_every_indicator_and_area(samples: Store) -> None:
    found = answers.overview(samples)
    rows = overview.rows(found)
    assert len(rows) == sum(len(one.areas) for one in found)
    assert {len(row) for row in rows} == {len(overview.COLUMNS)}
    told = [row[-1] for row in rows if row[-1]]
    assert told == [sentences.verdict(one) for one in found]


def test_movers_whose_verdict_is_worse_come_first_and_what_did_not_move_is_left_out() -> None:
    def change(name: str, before: Trajectory, after: Trajectory) -> IndicatorChange:
        of = made.definition(name)
        return IndicatorChange(made.answer(before, of=of), made.answer(after, of=of), ())

    met, missed = made.trajectory(), made.trajectory(status=Status.MISSED, gap=200)
    higher = made.trajectory(figures={2021: (9_000, 10_000)})
    found = [
        change("pupils", met, met), change("gross_enrolment", met, higher),
        change("public_share", missed, met), change("inclusive_share", met, missed),
    ]  # fmt: skip
    assert [one.after.definition.id for one in overview.movers(found)] == [
        "inclusive_share", "public_share", "gross_enrolment",
    ]  # fmt: skip


def test_due_dates_to_come_stand_before_those_that_are_past() -> None:
    dues = [standings.Due(TODAY + timedelta(days=days), ()) for days in (-400, -10, 0, 1, 176)]
    ordered = overview.nearest(dues, TODAY)
    assert [overview.distance(one, TODAY) for one in ordered] == [
        "today", "in 1 day", "in 176 days", "10 days ago", "400 days ago",
    ]  # fmt: skip


def test_a_past_due_date_says_verdicts_and_one_to_come_the_words_of_a_summary() -> None:
    late = made.trajectory(status=Status.RELAPSED, gap=1)
    targets = ((made.answer(), made.trajectory()), (made.answer(late), late))
    stands = [
        [(state.word, count) for state, count in overview.stands(standings.Due(day, targets), TODAY)]
        for day in (TODAY - timedelta(days=1), TODAY)
    ]
    assert stands == [[("relapsed", 1), ("achieved", 1)], [("achieved", 1), ("behind", 1)]]


def test_the_pieces_of_a_mark_fill_it() -> None:
    counts = {Standing.ACHIEVED: 1, Standing.BEHIND: 1, Standing.NO_DATA: 2}
    assert [width for _colour, width in overview.shares(counts)] == ["25", "25", "50"]
    assert overview.shares({}) == []
    assert len({colour for colour, _width in overview.shares(counts)}) == 3


def test_every_word_of_a_summary_has_a_look() -> None:
    looks = [states.standing(one) for one in Standing]
    assert len({one.shape for one in looks}) == len({one.word for one in looks}) == len(Standing)


# What is drawn


def drawn(found: Sequence[Answer], length: str = "all") -> str:
    """The overview as the page draws it."""
    lines = standings.matrix(found)
    listed = overview.fitting(found, overview.ALL, found[0].whole.area, overview.ALL)
    return tables.render(
        "overview.html", overview=overview, found=found, lines=lines, names=list(lines[0].cells), alone=False,
        dues=standings.deadlines(found, TODAY), lost=standings.relapses(found), moved=[], since=None,
        sections=overview.sections(listed, "status", length), left_out=len(listed) - overview.MOST, order="status",
        parameters={"group": overview.ALL, "as_of": None}, area=None, area_name="", as_of=None, today=TODAY,
    )  # fmt: skip


def test_what_only_a_district_lost_again_is_said_with_a_link_to_its_list() -> None:
    text = drawn([made.everywhere(), made.answer()])
    assert "Met and lost again, Main urban area: 0" in text
    assert tables.link("", area=made.XINDU, status="relapsed").replace("&", "&amp;") in text
    assert 'class="lost"' not in text


def test_names_from_outside_are_text_and_no_html() -> None:
    district = made.trajectory(BAD, made.FALLING, Status.RELAPSED, 200)
    text = drawn([made.answer(made.trajectory(), district)])
    assert BAD not in text
    assert ESCAPED in text


def test_hundreds_of_rows_stay_small_and_none_is_out_of_reach() -> None:
    """They travel with every run of the page: about a kilobyte a row, and only the first rows unless all are asked for."""
    found = [made.everywhere(of=made.definition(id=f"made_{number}")) for number in range(600)]
    first, every = drawn(found, "first"), drawn(found)
    assert (first.count("<tr>"), every.count("<tr>")) == (overview.MOST + 1, 601)
    assert len(every.encode()) < 600 * 1_300
    assert len(first.encode()) < 200_000
    assert "500 more" in first and "rows=all" in first


def test_the_links_of_the_list_keep_what_is_chosen() -> None:
    chosen = {"group": "preschool", "area": plan().whole, "status": overview.ALL, "as_of": date(2021, 1, 1)}
    assert overview.here(chosen, order="gap") == "./?group=preschool&as_of=2021-01-01&order=gap&lang=en"


def test_every_cell_of_the_matrix_leads_to_its_list() -> None:
    outline = drawn([made.everywhere()])
    for area, status in ((made.XINDU, "behind"), (made.ZONE, "no_data")):
        encoded = tables.link("", group="preschool", area=area, status=status).replace("&", "&amp;")
        assert encoded in outline
