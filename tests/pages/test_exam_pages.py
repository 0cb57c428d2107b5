"""The pages of a joint exam and of a school in it: what stands on them, and what does not for whom."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import intake, words
from data.configuration import ROOT
from data.store import Moment, Store, utc_now, withdraw
from pages.display import recorded, show_frame
from pages.display.views import Link, View
from queries.answers import PUBLIC, Viewer
from queries.exams import figures, setup
from queries.exams.access import changed_since
from queries.exams.figures import Level
from queries.opened import shared_store

Opened = Callable[..., str]
FILES = {
    "exam": "31_exam.py", "exam_lines": "32_exam_lines.py", "exam_assigned": "33_exam_assigned.py",
    "exam_trend": "34_exam_trend.py", "exam_items": "35_exam_items.py", "exam_unit": "36_exam_unit.py",
}  # fmt: skip


@pytest.fixture
def opened(with_samples: Store, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What a page says to staff in its own HTML and in its notices."""
    monkeypatch.setenv("QUALITY_INTERNAL", "1")

    def run(name: str, lang: str = "zh_CN", **parameters: str) -> str:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=300)
        words.use(lang)
        app.switch_page(f"pages/{FILES[name]}")
        for key, value in {**parameters, "lang": lang}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.value for one in app.exception]
        bodies = [one.proto.body for one in app.get("html")] + [one.value for one in app.info]
        return re.sub(r"<style.*?</style>", "", " ".join(bodies), flags=re.DOTALL)

    return run


@pytest.mark.parametrize(("lang", "word"), [("zh_CN", "得分率"), ("en", "Score rate")])
def test_the_exam_page_begins_with_the_newest_exam_that_lines_are_drawn_for(
    lang: str, word: str, opened: Opened
) -> None:
    assert setup.usual(shared_store()) == "2022-11-G3"
    text = opened("exam", lang)
    assert word in text and "exam=2022-11-G3" in text
    assert text.count("exam_unit?") == 20, "a link to the report of every school"


def test_every_choice_of_the_exam_page_has_a_link(opened: Opened) -> None:
    text = opened("exam", subject="数学", track="物理类", width="20", exam="2021-11-G2")
    assert "数学" in text and "track=%E7%89%A9%E7%90%86%E7%B1%BB" in text and "exam=2021-11-G2" in text
    assert "历史类" in text, "the reliability of every track"
    for exam, name in (("2021-04-G1", "2021年4月"), ("2022-09-G3", "2022年9月")):
        assert name in opened("exam", exam=exam)


def test_schools_stand_by_district_and_code(opened: Opened) -> None:
    """The plan's districts in their order; the figures do not order anything."""
    text = opened("exam")
    districts = [text.index(f'class="head"><td colspan="13">{name}') for name in ("信都区", "襄都区", "开发区")]
    assert districts == sorted(districts)
    codes = re.findall(r"exam_unit\?[^>]*school=(\d+)", text[districts[0] : districts[1]])
    assert codes == sorted(codes) and len(codes) > 2


@pytest.mark.parametrize("peers", ["city", "district", "similar"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_school_stands_beside_its_peers(lang: str, peers: str, opened: Opened) -> None:
    text = opened("exam_unit", lang, school="0000003171", peers=peers, track="物理类")
    assert ("增值起点考试中均分最接近的学校" in text or "nearest mean" in text) == (peers == "similar")
    assert "exam?" in text


def test_chosen_schools_are_kept_in_the_link(opened: Opened) -> None:
    text = opened("exam_unit", school="0000003172", peers="chosen", **{"with": "0000003171,0000003180"})
    assert "示例第一高级中学" in text and "示例第十高级中学" in text and "示例第九高级中学" not in text
    for none in ("", "0000003172"):
        text = opened("exam_unit", "en", school="0000003172", peers="chosen", **{"with": none})
        assert "until then the peers are all who sat" in text and "All who sat" in text
    assert "moon" in opened("exam_unit", school="0000003172", peers="chosen", **{"with": "moon"}), "a notice"


def test_chosen_schools_stand_in_a_document_too(with_samples: Store) -> None:
    words.use("en")
    view = View(with_samples.version, None, "en", date.today(), Viewer(internal=True))
    link = "exam_unit?exam=2022-11-G3&school=0000003172&peers=chosen&with=0000003171,0000003180"
    found = recorded.record(Link.of(link), view).shown
    text = " ".join(one.html for one in found if isinstance(one, recorded.Fragment))
    assert "示例第一高级中学, 示例第十高级中学" in text and "示例第九高级中学" not in text
    assert "moon" in recorded.record(Link.of(link.replace("0000003180", "moon")), view).gone


def test_the_report_leads_to_the_pages_that_explain_it(opened: Opened) -> None:
    text = opened("exam_unit", school="0000003171")
    assert "exam_lines?exam=2022-11-G3&amp;line=" in text
    assert "exam_trend?subject=%E6%95%B0%E5%AD%A6&amp;unit=0000003171&amp;series=2023" in text


@pytest.mark.parametrize(
    ("name", "parameters", "links"),
    [
        ("exam_lines", {}, 20),
        ("exam_assigned", {}, 20),
        ("exam_trend", {"subject": "数学", "series": "2023届/全市联考"}, 60),  # panels, value added and balance
        ("exam_items", {"school": "0000003171"}, 1),
    ],
)
def test_a_school_is_one_click_away(name: str, parameters: dict[str, str], links: int, opened: Opened) -> None:
    assert opened(name, **parameters).count("exam_unit?") == links


def test_a_class_is_one_click_away(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show_frame, "is_local", lambda: True)
    assert "class=%E9%AB%98%E4%B8%89%281%29%E7%8F%AD" in opened("exam_lines", school="0000003171")
    text = opened("exam_trend", unit="0000003171", series="2023届/全市联考")
    assert "school=0000003171&amp;class=%E9%AB%98%E4%B8%89%281%29%E7%8F%AD" in text


def test_who_sees_no_schools_reads_nothing_about_them(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUALITY_INTERNAL")
    text = opened("exam", "en", subject="数学")
    assert "Schools stand" not in text and "Area or school" not in text and "exam_unit?" not in text
    assert "Figures of single schools are for staff only." in text
    for name in ("exam_lines", "exam_assigned", "exam_trend"):
        assert "exam_unit?" not in opened(name)


def test_where_intake_is_not_known_the_page_says_so(opened: Opened) -> None:
    assert "无法确定生源相近学校" in opened("exam_unit", exam="2021-11-G2")


def test_classes_are_shown_to_the_local_reader_only(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "高三(1)班" not in opened("exam_unit", school="0000003171")
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert "高三(1)班" not in opened("exam_unit", school="0000003171"), "staff see schools, not classes"
    assert "高三(1)班" not in opened("exam_unit", school="0000003171", **{"class": "高三(1)班"})
    monkeypatch.setattr(show_frame, "is_local", lambda: True)
    assert "高三(1)班" in opened("exam_unit", school="0000003171")
    of_class = opened("exam_unit", school="0000003171", peers="school", **{"class": "高三(1)班"})
    found = figures.table(
        shared_store(), "2022-11-G3", "数学", school="0000003171", viewer=show_frame.answers.Viewer(below_school=True)
    )
    assert {one.id for one in found.at(Level.CLASS)} >= {"高三(1)班"}
    assert "高三(1)班" in of_class


def test_the_report_leads_to_the_other_views_of_the_same_school(opened: Opened) -> None:
    text = opened("exam_unit", school="0000003171")
    for page, parameters in {
        "exam_lines": "exam=2022-11-G3&amp;school=0000003171",
        "exam_trend": "unit=0000003171",
        "exam_items": "exam=2022-11-G3&amp;school=0000003171",
    }.items():
        assert f"./{page}?{parameters}" in text


@pytest.mark.parametrize(("name", "words_of_it"), [("exam", "信都区"), ("exam_unit", "")])
def test_single_schools_are_for_staff_and_the_local_reader(
    name: str, words_of_it: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALITY_INTERNAL")
    text = opened(name)
    assert "单个学校的数据仅供工作人员查看" in text
    assert words_of_it in text and "示例第一高级中学" not in text


def test_two_states_of_an_exam_tell_the_public_nothing_of_a_late_pupil(with_samples: Store) -> None:
    """One more mark between two moments would be the difference of two sums; who may see schools sees both states."""
    words.use("en")
    before = utc_now()
    with with_samples.reading() as cursor:
        [(school,)] = cursor.execute(
            "select min(institution_id) from exam_result where exam_id = '2022-11-G3'"
        ).fetchall()
    late = f"考试代码,科目,学号,学校代码,分数\n2022-11-G3,数学,late-1,{school},137\n".encode()
    done = intake.publish(with_samples, late, "补报.csv", "exam_result", by="王芳", said=intake.Said(accept=True))
    assert done.upload is not None, done.problems

    def shown(viewer: Viewer, as_of: date | None) -> tuple[list[str], list[str]]:
        view = View(with_samples.version, as_of, "en", date.today(), viewer)
        found = recorded.record(Link.of("exam?exam=2022-11-G3&subject=数学"), view).shown
        return (
            [one.html for one in found if isinstance(one, recorded.Fragment) and one.name == "exam"],
            [one.text for one in found if isinstance(one, recorded.Note)],
        )

    then = Moment.of(before)
    (public_then, told), (public_now, _nothing) = shown(PUBLIC, then), shown(PUBLIC, None)
    assert re.sub(r"&amp;as_of=[^\"&]*", "", public_then[0]) == public_now[0]
    assert any("as they are known now" in text for text in told)
    staff = Viewer(internal=True)
    assert "2,025" in shown(staff, then)[0][0] and "2,026" in shown(staff, None)[0][0] and "2,026" in public_now[0]
    withdraw(with_samples, done.upload, "王芳")
    assert not changed_since(with_samples, with_samples.version)
