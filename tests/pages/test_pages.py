"""Every page through dashboard.py, in both languages, on sample data, on none, and with links that make no sense."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import intake, prepare, words
from data import store as store_module
from data.configuration import ROOT
from data.store import Store
from pages.display import show_choices, show_frame
from queries import catalogue as catalogue_module
from queries.catalogue import catalogue
from queries.opened import shared_store

FILES = sorted((ROOT / "pages").glob("[0-9]*_*.py"))
NAMES = [path.stem.partition("_")[2] for path in FILES]
LANGUAGES = ["zh_CN", "en"]
# The numbers of a figure come as JSON beside its texts; only the texts are read.
CHART_TEXT = re.compile(r'"(?:text|name|hovertemplate)":\s*"((?:[^"\\]|\\.)*)"')
# Names of things: formats, checksums, people, files and columns of files, the switch to the other language.
NAMES_IN_LATIN = re.compile(
    r"English|SHA-256|[0-9a-f]{8,}|sample|CSV|Excel|XLSX|ZIP|UTF-8|GB18030|KB|MB|system|[a-z_]+\.csv|[a-z_]+\.yaml|<[^>]*>|%\{[^}]*\}"
)

Opened = Callable[..., AppTest]


@pytest.fixture
def with_samples(installation: Path, store_with_samples: Path) -> Store:
    """The pages' own store, with the sample data."""
    shutil.copyfile(store_with_samples, installation / "quality.duckdb")
    return shared_store()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Runs a page by the name in its file, with query parameters; at the end the pages' store is closed."""

    def run(name: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        words.use(parameters.setdefault("lang", "zh_CN"))  # AppTest asks the options of widgets for their texts too
        if name != NAMES[0]:
            app.switch_page(f"pages/{FILES[NAMES.index(name)].name}")
        for key, value in parameters.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, [one.value for one in app.exception]
        return app

    yield run
    shared_store().close()


def html(app: AppTest) -> str:
    """The page's own HTML, without its styles and without what a dataset's file looks like, which is data."""
    return re.sub(
        r"<(style|details)[ >].*?</\1>", "", " ".join(one.proto.body for one in app.get("html")), flags=re.DOTALL
    )


def said(app: AppTest) -> str:
    """Everything a reader reads: texts of the page, of charts, of widgets and of notices."""
    charts = [CHART_TEXT.findall(one.proto.spec) for one in app.get("plotly_chart")]
    drawn = [ast.literal_eval(f'"{text}"') if "\\u" in text else text for chart in charts for text in chart]
    widgets = [
        str(text)
        for kind in ("selectbox", "text_input", "button", "button_group")
        for one in app.get(kind)
        for text in (one.label, *getattr(one, "options", ()))
    ]
    widgets += [one.value for kind in ("info", "warning", "error", "success") for one in app.get(kind)]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join([html(app), *drawn, *widgets])))


# Every page


@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_page_has_no_english_words(name: str, with_samples: Store, opened: Opened) -> None:
    text = NAMES_IN_LATIN.sub(" ", said(opened(name)))
    assert re.findall(r"[A-Za-z_]{3,}", text) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_english_page_has_only_chinese_names(name: str, with_samples: Store, opened: Opened) -> None:
    """Names of institutions and files are data; column titles of templates are what a Chinese file holds."""
    text = said(opened(name, lang="en")).replace("中文", "")
    with with_samples.reading() as cursor:
        institutions = [row[0] for row in cursor.execute("select distinct name from institution").fetchall()]
    for institution in sorted(institutions, key=len, reverse=True):
        text = text.replace(institution, "")
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_an_empty_store_draws(name: str, language: str, opened: Opened) -> None:
    app = opened(name, lang=language)
    assert "h1" in html(app)
    assert "sample data" not in said(app) and "示例数据" not in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_a_day_before_any_data_draws(name: str, with_samples: Store, opened: Opened) -> None:
    app = opened(name, as_of="2001-01-01")
    assert "2001年1月1日" in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_that_its_data_are_samples_until_they_are_cleared(
    name: str, with_samples: Store, opened: Opened
) -> None:
    assert "示例数据" in said(opened(name))
    prepare.clear_samples(with_samples, "测试员")
    if name not in ("history", "changes"):  # which go on to list the withdrawn uploads
        assert "示例数据" not in said(opened(name))


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("overview", {"lang": "kl"}),
        ("overview", {"as_of": "yesterday"}),
        ("overview", {"as_of": "2999-01-01"}),
        ("overview", {"group": "<b>none</b>"}),
        ("overview", {"status": "sideways"}),
        ("preschool", {"area": "火星"}),
        ("preschool", {"line": "none"}),
        ("indicator", {"id": "../../secret"}),
        ("indicator", {"area": "火星"}),
        ("quality", {"period": "1999"}),
        ("quality", {"area": "火星"}),
        ("quality", {"state": "sideways"}),
        ("changes", {"from": "yesterday"}),
        ("changes", {"to": "2999-01-01"}),
    ],
)
def test_a_link_that_makes_no_sense_gets_the_default_and_a_notice(
    name: str, parameters: dict[str, str], with_samples: Store, opened: Opened
) -> None:
    app = opened(name, **parameters)
    assert len(app.info) == 1
    assert next(iter(parameters.values())).strip("<b>/") in app.info[0].value.replace("\\", "")
    assert "h1" in html(app)


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("area", ["主城区", "襄都区"])
def test_every_indicator_has_its_page(name: str, area: str, with_samples: Store, opened: Opened) -> None:
    app = opened("indicator", id=name, area=area)
    text = said(app)
    assert catalogue()[name].title.zh in text
    assert catalogue()[name].calculation.zh in text
    assert f"id={name}&amp;area=" in html(app), "a link to this view"
    assert "enrolment.csv" in text and "系统" in text, "the file and who uploaded it"
    assert app.get("download_button")


def test_the_overview_lists_every_indicator_and_filters(with_samples: Store, opened: Opened) -> None:
    assert html(opened("overview")).count("<tr>") == len(catalogue()) + 1
    missed = html(opened("overview", status="relapsed"))
    assert "公办园" in missed and "毛入园率" not in missed


def test_the_plan_lists_all_27_clauses(with_samples: Store, opened: Opened) -> None:
    text = said(opened("plan"))
    assert all(re.search(rf"\b{number}\b", text) for number in range(1, 28))


def test_the_chosen_language_is_kept_in_the_link(opened: Opened) -> None:
    assert opened("plan", lang="en").query_params["lang"] == "en"


# An earlier state


def head_alone() -> None:
    """The frame without navigation: a second run of an app with pages is a page's own in tests."""
    from pages.display import show_frame

    show_frame.choose_language()
    show_frame.head()


@pytest.fixture
def head(with_samples: Store, opened: Opened) -> AppTest:
    app = AppTest.from_function(head_alone, default_timeout=60)
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
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert not app.exception
    assert len(app.error) == 1
    assert "definition.yaml" in app.error[0].value and "unit" in app.error[0].value


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
