"""Every page through dashboard.py, in both languages, on sample data, on none, and with links that make no sense."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
import streamlit
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

from data import intake, words
from data import store as store_module
from data.configuration import ROOT
from data.plan import plan
from data.problem import Refused
from data.store import Store, path_from_environment
from data.uploads import history
from pages.display import show_choices, show_frame, views
from queries import answers
from queries import catalogue as catalogue_module
from queries import changes as changes_module
from queries.catalogue import catalogue
from queries.opened import shared_store

FILES = sorted((ROOT / "pages").glob("[0-9]*_*.py"))
NAMES = [path.stem.partition("_")[2] for path in FILES]
LANGUAGES = ["zh_CN", "en"]
# The numbers of a figure come as JSON beside its texts; only the texts are read.
CHART_TEXT = re.compile(r'"(?:text|name|hovertemplate)":\s*"((?:[^"\\]|\\.)*)"')
# By these the code finds again what it drew; nobody reads them.
NAMES_OF_MARKS = re.compile(r'"name":\s*"(?:footing|sample|decision|key)"')
# Names of things: formats, checksums, people, files and columns of files, the switch to the other language.
NAMES_IN_LATIN = re.compile(
    r"English|SHA-256|[0-9a-f]{8,}|sample|CSV|Excel|XLSX|Word|DOCX|PowerPoint|PPTX|HTML|ZIP|UTF-8|GB18030|KB|MB|system|[a-z_]+\.csv|[a-z_]+\.yaml|<[^>]*>|%\{[^}]*\}"
)
# Names that are data and stay as they are: institutions, their partners, offices.
NAMES_IN_CHINESE = (
    "select distinct name from institution",
    "select distinct unnest([agenda, title]) from agenda",
    "select distinct estate from community_kindergarten",
    "select distinct partner from partnership",
    "select distinct post from leader_assignment",
    "select distinct project_name from project",
    "select distinct post from project_leader",
    "select distinct certified_by from pay",
    "select distinct foundation from foundation",
    "select distinct item from appraisal",
    "select distinct knowledge_point from exam_item",
    "select distinct unnest([exam_name, grade, cohort, series]) from exam",
    "select distinct unnest([task, owner, coalesce(meeting, owner), coalesce(closed_by, owner), coalesce(outcome, owner)]) from decision",
    "select distinct report from monitoring_report",
)

# What stands before a sign so that Markdown takes it as it is.
ESCAPED = re.compile(r"\\([\\`*_\[\]<>!|$~:&#+-])")

Opened = Callable[..., AppTest]


@pytest.fixture
def opened(installation: Path) -> Iterator[Opened]:
    """Runs a page by the name in its file, with query parameters; at the end a store of the test's own is closed."""

    def run(name: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=300)
        words.use(parameters.setdefault("lang", "zh_CN"))  # AppTest asks the options of widgets for their texts too
        if name != NAMES[0]:
            app.switch_page(f"pages/{FILES[NAMES.index(name)].name}")
        for key, value in parameters.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.value for one in app.exception]
        return app

    yield run
    if path_from_environment() == (installation / "quality.duckdb").resolve():
        shared_store().close()


def html(app: AppTest) -> str:
    """The page's own HTML, without its styles and without codes and what a dataset's file looks like, which are data."""
    return re.sub(
        r"<(style|details|code)[ >].*?</\1>", "", " ".join(one.proto.body for one in app.get("html")), flags=re.DOTALL
    )


def said(app: AppTest) -> str:
    """Everything a reader reads: texts of the page, of charts, of widgets and of notices."""
    charts = [CHART_TEXT.findall(NAMES_OF_MARKS.sub("", one.proto.spec)) for one in app.get("plotly_chart")]
    drawn = [ast.literal_eval(f'"{text}"') if "\\u" in text else text for chart in charts for text in chart]
    widgets = [
        str(text)
        for kind in ("selectbox", "text_input", "button", "button_group")
        for one in app.get(kind)
        for text in (one.label, *getattr(one, "options", ()))
    ]
    widgets += [one.value for kind in ("info", "warning", "error", "success") for one in app.get(kind)]
    widgets = [ESCAPED.sub(r"\1", one).replace("\u200b", "") for one in widgets]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join([html(app), *drawn, *widgets])))


# Every page


@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_page_has_no_english_words_and_says_that_its_data_are_samples(
    name: str, with_samples: Store, opened: Opened
) -> None:
    text = NAMES_IN_LATIN.sub(" ", said(opened(name)))
    assert re.findall(r"[A-Za-z_]{3,}", text) == []
    assert "示例数据" in text


@pytest.mark.parametrize("name", NAMES)
def test_an_english_page_has_only_chinese_names(name: str, with_samples: Store, opened: Opened) -> None:
    """Names of institutions, projects, posts and files are data; column titles of templates are what a Chinese file holds."""
    text = said(opened(name, lang="en")).replace("中文", "")
    with with_samples.reading() as cursor:
        names = [row[0] for names in NAMES_IN_CHINESE for row in cursor.execute(names).fetchall()]
    for one in sorted(names, key=len, reverse=True):
        text = re.sub(r"\s*".join(map(re.escape, one)), "", text)  # a chart's title may break a name
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


def test_an_uploaded_file_stays_in_memory(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than the web server's limit for memory goes to a temporary file, names and all."""
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1024)
    opened("upload")
    assert MultiPartParser.spool_max_size > streamlit.get_option("server.maxUploadSize") * 2**20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_an_empty_store_draws(name: str, language: str, with_reference: Store, opened: Opened) -> None:
    app = opened(name, lang=language)
    assert "h1" in html(app)
    assert "sample data" not in said(app) and "示例数据" not in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_a_day_before_any_data_draws(name: str, with_samples: Store, opened: Opened) -> None:
    app = opened(name, as_of="2001-01-01")
    assert "2001年1月1日" in said(app)


# Two pages go on to list the withdrawn uploads.
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("history", "changes")])
def test_a_page_speaks_of_samples_no_more_once_they_are_cleared(
    name: str, with_samples_cleared: Store, opened: Opened
) -> None:
    assert "示例数据" not in said(opened(name))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("overview", {"lang": "kl"}),
        ("overview", {"as_of": "yesterday"}),
        ("overview", {"as_of": "2999-01-01"}),
        ("overview", {"as_of": "0001-01-01"}),
        ("overview", {"as_of": "9999-12-31"}),
        ("changes", {"as_of": "0001-01-01"}),
        ("quality", {"as_of": "0001-01-01"}),
        ("changes", {"from": "1899-12-31"}),
        ("overview", {"group": "<b>none</b>"}),
        ("overview", {"status": "sideways"}),
        ("overview", {"area": "火星"}),
        ("overview", {"since": "2999-01-01"}),
        ("dictionary", {"group": "none"}),
        ("dictionary", {"clause": "28"}),
        ("preschool", {"area": "火星"}),
        ("preschool", {"line": "none"}),
        ("compulsory", {"area": "火星"}),
        ("compulsory", {"stage": "大学"}),
        ("preschool", {"step": "1999-2000"}),
        ("indicator", {"id": "../../secret"}),
        ("indicator", {"area": "火星"}),
        ("senior", {"area": "火星"}),
        ("quality", {"period": "1999"}),
        ("quality", {"area": "火星"}),
        ("quality", {"state": "sideways"}),
        ("construction", {"area": "火星"}),
        ("construction", {"show": "none"}),
        ("incentives", {"year": "1999"}),
        ("appraisal", {"year": "1999"}),
        ("appraisal", {"body": "parliament"}),
        ("excellence", {"kind": "moon"}),
        ("excellence", {"counts": "sideways"}),
        ("research", {"term": "1999"}),
        ("research", {"cohort": "1999"}),
        ("research", {"subject": "moon"}),
        ("decisions", {"state": "sideways"}),
        ("decisions", {"owner": "nobody"}),
        ("decisions", {"indicator": "moon"}),
        ("decisions", {"close": "moon"}),
        ("reports", {"year": "1999"}),
        ("reports", {"office": "moon"}),
        ("reports", {"state": "sideways"}),
        ("reports", {"report": "moon"}),
        ("exam_items", {"exam": "moon"}),
        ("exam_items", {"subject": "moon"}),
        ("exam_items", {"item": "99"}),
        ("exam_trend", {"series": "moon"}),
        ("exam_trend", {"subject": "moon"}),
        ("exam_trend", {"unit": "0000003171"}),
        ("exam_trend", {"exam": "moon"}),
        ("exam_setup", {"exam": "1999"}),
        ("exam_setup", {"table": "exam_result"}),
        ("exam", {"exam": "<b>none</b>"}),
        ("exam", {"track": "moon"}),
        ("exam", {"subject": "moon"}),
        ("exam", {"width": "3"}),
        ("exam_unit", {"exam": "none"}),
        ("exam_unit", {"school": "none"}),
        ("exam_unit", {"peers": "moon"}),
        ("changes", {"from": "yesterday"}),
        ("changes", {"to": "2999-01-01"}),
    ],
)
def test_a_link_that_makes_no_sense_gets_the_default_and_a_notice(
    name: str, parameters: dict[str, str], with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "exam_unit":  # single schools are for staff
        monkeypatch.setenv("QUALITY_INTERNAL", "1")
    app = opened(name, **parameters)
    assert len(app.info) == 1
    assert next(iter(parameters.values())).strip("<b>/") in app.info[0].value.replace("\\", "")
    assert "h1" in html(app)


# Of every indicator one area in turn: the pages of its areas are made alike.
@pytest.mark.parametrize(
    ("name", "area"), [(name, ("主城区", "襄都区")[place % 2]) for place, name in enumerate(sorted(catalogue()))]
)
def test_every_indicator_has_its_page(
    name: str, area: str, with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    app = opened("indicator", id=name, area=area)
    found = answers.answer(with_samples, name, viewer=answers.Viewer(internal=True))
    text = said(app)
    assert catalogue()[name].title.zh in text
    assert catalogue()[name].calculation.zh in text
    assert f"id={name}&amp;area=" in html(app), "a link to this view"
    # Where the area has no figure there is nothing to trace.
    latest = found.area(area).latest
    assert latest is None or any(f"{dataset}.csv" in text for dataset in catalogue()[name].datasets), "the file"
    assert latest is None or "系统" in text, "who uploaded it"
    assert app.get("download_button")


def test_an_indicator_that_only_districts_have_begins_with_a_district(with_samples: Store, opened: Opened) -> None:
    assert "信都区2022年为 1.006" in said(opened("indicator", id="teacher_pay_ratio"))
    assert "仅分区统计" in said(opened("overview"))


def test_the_overview_lists_every_indicator_and_filters(with_samples: Store, opened: Opened) -> None:
    assert html(opened("overview")).count("<tr>") == len(answers.visible()) + 1
    missed = html(opened("overview", status="relapsed"))
    assert "公办园" in missed and "毛入园率" not in missed


def test_the_plan_lists_all_27_clauses(with_samples: Store, opened: Opened) -> None:
    text = said(opened("plan"))
    assert all(re.search(rf"\b{number}\b", text) for number in range(1, 28))


def test_the_projects_page_names_who_answers_for_what_is_late(with_samples: Store, opened: Opened) -> None:
    text = said(opened("construction", area="襄都区"))
    assert "襄都区政府区长" in text and "无包联领导" in text and "天" in text
    assert "2020年10月14日启用" in text, "an opening in October is named"
    assert "缺配备记录" in text and "各区教育局" in text, "a report that never came, and who owes it"
    late, every = (html(opened("construction", show=show)).count("XM20") for show in ("late", "all"))
    assert 0 < late < every == 45


def test_the_chosen_language_is_kept_in_the_link(opened: Opened) -> None:
    assert opened("plan", lang="en").query_params["lang"] == "en"


# An earlier state


def head_alone() -> None:
    """The frame without navigation: a second run of an app with pages is a page's own in tests."""
    from pages.display import show_frame

    show_frame.choose_language()
    show_frame.head("")


@pytest.fixture
def head(with_samples: Store, opened: Opened) -> AppTest:
    app = AppTest.from_function(head_alone, default_timeout=300)
    app.query_params["lang"] = "en"
    return app.run()


def test_a_chosen_day_is_kept_where_the_menu_of_pages_drops_it_until_the_reader_goes_back(head: AppTest) -> None:
    assert "Earlier state: " not in said(head)
    head.date_input("day-switch").set_value(date(2021, 6, 30)).run()
    assert head.query_params["as_of"] == "2021-06-30"
    assert "Earlier state: what was known at the end of June 30, 2021" in said(head)
    del head.query_params["as_of"]
    head.run()
    assert head.query_params["as_of"] == "2021-06-30"
    assert "June 30, 2021" in said(head)
    next(one for one in head.button if one.label == "Back to now").click().run()
    assert "as_of" not in head.query_params
    assert "Earlier state: " not in said(head)
    assert "Back to now" not in said(head)


def test_an_emptied_calendar_leads_back_to_now(head: AppTest) -> None:
    head.query_params["as_of"] = "1990-01-01"
    head.run()
    assert head.date_input("day-switch").value == date(1990, 1, 1)
    head.date_input("day-switch").set_value(None).run()
    assert "as_of" not in head.query_params
    assert head.date_input("day-switch").value is None


def test_a_day_in_the_link_goes_before_the_one_chosen_before(head: AppTest) -> None:
    for day, said_as in (("2021-06-30", "June 30, 2021"), ("2020-01-31", "January 31, 2020")):
        head.query_params["as_of"] = day
        assert said_as in said(head.run())


def test_a_day_that_makes_no_sense_ends_the_one_chosen_before(head: AppTest) -> None:
    for day in ("2021-06-30", "2999-01-01"):
        head.query_params["as_of"] = day
        head.run()
    assert "Earlier state: " not in said(head)
    assert len(head.info) == 1


# What changed


@pytest.fixture
def corrected(with_samples: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """On 2 January 2100, a day after anything else, two numbers of persons are corrected."""
    rows = "".join(f"2020,信都区,{age},{persons}\n" for age, persons in ((3, 5), (4, 5121)))
    for number, file in enumerate((rows, rows.replace("5121", "4000").replace(",5\n", ",7\n")), 1):
        monkeypatch.setattr(store_module, "utc_now", lambda number=number: datetime(2100, 1, number, 12))
        content = f"year,area,age,persons\n{file}".encode()
        assert intake.publish(with_samples, content, "people.csv", by="test", said=intake.Said(accept=True)).upload
    monkeypatch.setattr(show_choices, "date", Later)
    monkeypatch.setattr(show_frame, "date", Later)
    # To compare all of them takes many times as long.
    asked = ("gross_enrolment", "mean_class_size")
    monkeypatch.setattr(changes_module, "visible", lambda viewer: {one: answers.visible(viewer)[one] for one in asked})


class Later(date):
    """A calendar on which it is January 2100."""

    @classmethod
    def today(cls) -> date:
        return date(2100, 1, 9)


@pytest.mark.usefixtures("corrected")
def test_days_without_a_change_say_so(opened: Opened) -> None:
    assert "Nothing changed between" in said(opened("changes", **{"from": "2100-01-03", "lang": "en"}))


@pytest.mark.usefixtures("corrected")
def test_the_days_around_the_newest_upload_are_compared_unless_others_are_chosen(opened: Opened) -> None:
    app = opened("changes", lang="en")
    assert [app.date_input(f"choice-{name}").value for name in ("from", "to")] == [date(2100, 1, 1), date(2100, 1, 9)]
    assert "± revised data" in said(app)
    app.date_input("choice-from").set_value(date(2100, 1, 3)).run()
    assert app.query_params["from"] == "2100-01-03"


@pytest.mark.usefixtures("corrected")
def test_a_revised_value_stands_beside_the_old_one_and_few_persons_are_not_told(opened: Opened) -> None:
    text = html(opened("changes", lang="en"))
    listed = re.findall(r"<tr><td>2020 · 信都区 · (\d)</td><td>Persons</td>\s*<td>(.*?)</td><td><b>(.*?)</b>", text)
    assert listed == [("3", "&lt;10", "&lt;10"), ("4", "5121", "4000")]
    assert "Gross preschool enrolment" in text and "Mean class size" not in text


@pytest.mark.usefixtures("corrected")
def test_an_emptied_day_goes_back_to_its_default(opened: Opened) -> None:
    app = opened("changes", **{"from": "2100-01-03"})
    app.date_input("choice-from").set_value(None).run()
    assert "from" not in app.query_params
    assert app.date_input("choice-from").value == date(2100, 1, 1)


@pytest.mark.usefixtures("corrected")
def test_swapped_days_are_compared_as_if_in_order(opened: Opened) -> None:
    days = {"from": "2100-01-09", "to": "2100-01-01", "lang": "en"}
    assert "± revised data" in said(opened("changes", **days))


def test_a_broken_definition_stops_the_start_and_names_file_and_key(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = installation / "indicators"
    shutil.copytree(catalogue_module.FOLDER, folder)
    definition = folder / "pupils" / "definition.yaml"
    definition.write_text(definition.read_text(encoding="utf-8").replace("unit: count", "unit: furlongs"), "utf-8")
    broken = lambda: catalogue(folder)  # noqa: E731 - stands in for the catalogue of the installation
    monkeypatch.setattr(catalogue_module, "catalogue", broken)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=300).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "definition.yaml" in app.error[0].value and "unit" in app.error[0].value


# The overview's links


def test_a_cell_of_the_matrix_filters_the_list_below(with_samples: Store, opened: Opened) -> None:
    page = html(opened("overview"))
    assert "group=preschool&amp;status=achieved" in page
    behind = opened("overview", group="preschool", area="襄都区", status="behind")
    listed = html(behind).partition('class="rows list"')[2]
    assert "公办园在园幼儿占比" in listed and "学前三年毛入园率" not in listed
    assert "襄都区" in html(behind) and not behind.info
    assert "到期情况" not in said(behind), "a chosen list stands alone"
    assert html(behind).index('class="rows list"') < html(behind).index('class="matrix'), (
        "what was asked for comes first"
    )


def test_the_overview_says_what_is_due_what_was_lost_and_when(with_samples: Store, opened: Opened) -> None:
    text = said(opened("overview"))
    assert "2020年12月31日" in text and "已过" in text
    assert "曾达标、现不再达标" in text and "公办园在园幼儿占比" in text
    assert "全部数据为同一天入库" in text
    assert "；其余各区达标" in text, "one sentence for each indicator"


def test_the_overview_says_how_far_away_a_due_date_is(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Before(date):
        @classmethod
        def today(cls) -> date:
            return date(2020, 12, 1)

    for module in (show_choices, show_frame, answers):
        monkeypatch.setattr(module, "date", Before)
    assert "in 30 days" in said(opened("overview", lang="en"))


@pytest.mark.usefixtures("corrected")
def test_what_moved_since_the_day_in_the_link_is_listed(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 5 January 2100 the newest year's children are corrected, which moves its gross enrolment."""
    monkeypatch.setattr(store_module, "utc_now", lambda: datetime(2100, 1, 5, 12))
    content = "year,area,age,persons\n2022,信都区,3,9000\n".encode()
    assert intake.publish(with_samples, content, "people.csv", by="test", said=intake.Said(accept=True)).upload
    moved = html(opened("overview", since="2100-01-04", lang="en"))
    assert moved.count('class="moved"') == 1 and "January 4, 2100" in moved
    assert 'class="moved"' not in html(opened("overview", since="2100-01-06", lang="en"))
    assert "No figure and no verdict is another one" in said(opened("overview", since="2100-01-06", lang="en"))


@pytest.mark.parametrize("parameters", [{"since": "yesterday"}, {"order": "none"}])
def test_an_overview_of_something_that_is_not_there_says_so(
    parameters: dict[str, str], with_samples: Store, opened: Opened
) -> None:
    app = opened("overview", **parameters)
    assert len(app.info) == 1
    assert html(app).count("<tr>") == len(answers.visible()) + 1


# The plan's clauses and their measures


def test_every_clause_leads_to_its_measures(with_samples: Store, opened: Opened) -> None:
    """One click to the plan, the second one to the measure."""
    page = html(opened("plan"))
    clauses = page.split('<div class="clause">')[1:]
    assert len(clauses) == len(plan().clauses)
    for number, text in zip(plan().clauses, clauses, strict=True):
        measures = {name for name, one in answers.visible().items() if one.clause == number}
        assert set(re.findall(r"indicator\?id=(\w+)", text)) == measures
        assert all(area in text for area in ("信都区", "襄都区", "开发区")) or not measures


def test_a_part_of_the_plan_leads_to_its_page(opened: Opened) -> None:
    page = html(opened("plan"))
    for group in plan().groups:
        for one in show_frame.pages_of(group.id):
            assert f'href="./{one.address}?' in page
    assert [one.address for one in show_frame.pages_of("preschool")] == ["preschool"]
    assert show_frame.pages_of("no_such") == ()


def test_a_page_of_another_name_says_which_part_it_belongs_to(tmp_path: Path) -> None:
    for name, group in (("30_appraisal.py", 'GROUP = "accountability"\n'), ("31_accountability.py", "")):
        (tmp_path / name).write_text(f'"""Page."""\nTITLE = N_("Preschool")\nICON = ":material/x:"\n{group}', "utf-8")
    first, second = (views._page_file(tmp_path / name) for name in ("30_appraisal.py", "31_accountability.py"))
    assert (first.group, first.address) == ("accountability", "appraisal")
    assert (second.group, second.address) == ("accountability", "accountability")


@pytest.mark.parametrize("name", ["overview", "plan"])
def test_what_has_no_data_names_its_dataset_and_owner(name: str, opened: Opened) -> None:
    text = said(opened(name))
    assert text.count("在校（园）学生数（报送单位：各区教育局）") >= 1
    assert "无数据" in text


def test_an_indicator_without_data_names_its_dataset_and_owner(opened: Opened) -> None:
    assert "在校（园）学生数（报送单位：各区教育局）" in said(opened("indicator", id="inclusive_share"))


# The data dictionary


def test_the_dictionary_filters_by_part_and_clause(with_samples: Store, opened: Opened) -> None:
    app = opened("dictionary")
    assert html(app).count("indicator?id=") == len(answers.visible())
    assert [one.proto.label for one in app.get("download_button")] == ["保存为 Excel", "保存为 CSV", "保存为 JSON"]
    only = html(opened("dictionary", clause="27"))
    assert set(re.findall(r"indicator\?id=(\w+)", only)) == {
        name for name, one in answers.visible().items() if one.clause == 27
    }
    assert "没有符合所选条件的指标" in said(opened("dictionary", clause="27", group="research"))


def test_a_check_is_shown_with_its_office_and_nothing_is_invented(with_samples: Store, opened: Opened) -> None:
    assert "已核对 0 项" in said(opened("dictionary"))
    rows = "indicator,checked_by,checked_on\npublic_share,市教育局基础教育科,2021-03-15\nno_such,市教育局,2021-03-15\n"
    assert intake.publish(with_samples, rows.encode(), "核对.csv", "definition_check", by="测试员").upload
    text = said(opened("dictionary"))
    assert "已核对 1 项" in text and "市教育局基础教育科，2021年3月15日" in text
    assert "核对表中以下代码不对应任何指标：no_such" in text


STAFF_ONLY, NOBODY = "QUALITY_INTERNAL=1", "结果见各项指标"


@pytest.mark.parametrize(
    ("dataset", "public", "staff"),
    [
        ("school_target", STAFF_ONLY, None),
        ("exam", STAFF_ONLY, None),
        ("award", STAFF_ONLY, None),
        ("special_education", STAFF_ONLY, None),
        ("exam_result", NOBODY, NOBODY),
        ("project", None, None),
    ],
)
def test_an_uploads_file_is_handed_out_to_whom_it_may_be_or_the_page_says_why_not(
    dataset: str,
    public: str | None,
    staff: str | None,
    with_samples: Store,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = next(one.upload_id for one in history(with_samples) if one.dataset == dataset)
    assert next(one for one in history(with_samples) if one.upload_id == number).kept
    monkeypatch.setattr(streamlit, "selectbox", lambda *_given, **_named: number)
    for setting, reason in (("0", public), ("1", staff)):
        monkeypatch.setenv("QUALITY_INTERNAL", setting)
        app = opened("history")
        assert bool(app.get("download_button")) is (reason is None)
        assert [one.value for one in app.info if STAFF_ONLY in one.value or NOBODY in one.value] == [
            one.value for one in app.info if reason and reason in one.value
        ]
        assert bool(app.info) is (reason is not None)


def test_warnings_and_remarks_are_told_to_whom_the_dataset_is(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file repeats the first: what is warned of quotes nothing here, but might."""
    said_of = {
        "school_target": (
            "year,institution_id,item,comparison,target,result\n2030,{school},甲,不低于,98,99\n",
            "内部的说明",
        ),
        "population": ("year,area,age,persons\n2030,信都区,3,5121\n", "人口的说明"),
        "supervision": ("year,term,area,kind,scheduled,held\n2030,第一季度,信都区,督导,3,3\n", "督导的说明"),
    }
    with with_samples.reading() as cursor:
        school = (cursor.execute("select institution_id from school_target limit 1").fetchone() or ("",))[0]
    for dataset, (content, note) in said_of.items():
        for _time in range(2):
            done = intake.publish(
                with_samples, content.format(school=school).encode(), f"{dataset}.csv", dataset, by="王芳",
                said=intake.Said(accept=True, note=note),
            )  # fmt: skip
            assert done.upload
    text = {}
    for setting in ("0", "1"):
        monkeypatch.setenv("QUALITY_INTERNAL", setting)
        text[setting] = unescape(" ".join(one.proto.body for one in opened("history", lang="en").get("html")))
    warned = "the same file as upload"
    for note, listed in (("内部的说明", "1"), ("人口的说明", "01"), ("督导的说明", "01")):
        assert [setting for setting in "01" if note in text[setting]] == list(listed)
    assert (text["0"].count(warned), text["1"].count(warned)) == (1, 3)
    assert "accepted by 王芳; what they say is for staff only" in text["0"]
    assert "for staff only" not in text["1"]


# The items of a paper


def test_items_are_shown_with_reliability_options_and_the_two_way_table(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_items", item="7")
    text = said(app)
    assert "22题中2题区分度低于0.20" in re.sub(r"\s", "", text), "a title breaks its lines"
    assert "信度（α 系数）为" in text and "删去以下题目后信度会提高：第7题" in text
    assert "选了正确选项" in text and "得分率最低：知识点为“函数与导数”" in text
    assert [one.proto.label for one in app.get("download_button")] == ["保存为 CSV", "保存为 Excel"]


@pytest.mark.parametrize(("setting", "offered"), [("0", False), ("1", True)])
def test_single_schools_are_offered_to_staff_only(
    setting: str, offered: bool, with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", setting)
    school = "0000003171"
    app = opened("exam_items", school=school)
    assert ("示例第一高级中学" in said(app)) is offered
    assert ("全部考生" in figures_of(app)) is not offered


def figures_of(app: AppTest) -> str:
    return " ".join(
        ast.literal_eval(f'"{text}"') for one in app.get("plotly_chart") for text in CHART_TEXT.findall(one.proto.spec)
    )


def test_where_no_item_scores_are_published_the_page_says_what_to_upload(opened: Opened) -> None:
    app = opened("exam_items")
    assert "尚无小题得分数据" in app.info[0].value and "市教研室" in app.info[0].value
    assert not app.get("plotly_chart")


# How pages are written


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_page_is_short_declares_itself_and_leaves_data_to_the_answers(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert ast.get_docstring(tree)
    assert len(source.splitlines()) <= 80
    assert not {"duckdb", "pandas", "plotly"} & {str(name).split(".")[0] for name in imported}
    assert not [text for text in texts if re.search(r"\bselect\b.*\bfrom\b", text, re.IGNORECASE | re.DOTALL)]
    with_title = next(one for one in show_frame.page_files() if one.path == path)
    assert re.fullmatch(r":material/\w+:", with_title.icon)
    words.use("zh_CN")
    assert words._(with_title.title) != with_title.title


def test_the_pages_stand_in_the_order_of_their_numbers() -> None:
    assert [one.address for one in show_frame.page_files()] == NAMES
    assert len({path.stem.partition("_")[0] for path in FILES}) == len(FILES)


def test_what_a_page_draws_depends_on_the_day() -> None:
    one = show_frame.View(1, None, "en", date(2020, 12, 31))
    assert one != show_frame.View(1, None, "en", date(2021, 1, 1))
    assert one.moment is None


@pytest.mark.parametrize(("setting", "told"), [("0", "比上一年变动 （隐去） 人"), ("1", "比上一年变动 993 人")])
def test_a_warning_on_upload_tells_a_stored_number_of_few_to_staff_only(
    setting: str, told: str, store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "年份,区域,年龄,人口数\n2031,信都区,3,7\n".encode()
    assert intake.publish(store, few, "f.csv", "population", by="测试员").upload
    store.close()
    monkeypatch.setenv("QUALITY_INTERNAL", setting)
    app = opened("upload", dataset="population")
    app.file_uploader[0].set_value(("f.csv", "年份,区域,年龄,人口数\n2032,信都区,3,1000\n".encode(), "text/csv"))
    app.run()
    assert told in html(app)
    assert ("993" in html(app)) == (setting == "1")


def test_what_a_page_cannot_do_is_said_in_its_sentence(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full when an upload is withdrawn, for example."""

    def full(*_given: object) -> None:
        raise Refused("数据库无法写入")

    monkeypatch.setattr(answers, "uploads", full)
    assert [one.value for one in opened("history").error] == ["数据库无法写入"]
