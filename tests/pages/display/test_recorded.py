"""Pages run without a browser: what they show becomes slides, and what cannot be shown says why."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import words
from data.store import Moment, Store, end_of_day, utc_now
from pages.display import agendas, meeting, pictures, recorded, slides
from pages.display.views import Link, View, page_files
from queries import answers
from queries.agendas import Agenda, Item
from tests.pages.display.test_pictures import faults

STAFF = answers.Viewer(internal=True, below_school=True)
RECORDABLE = [one.address for one in page_files() if one.recordable]


def view(store: Store, language: str = "en", viewer: answers.Viewer = answers.PUBLIC) -> View:
    words.use(language)
    return View(store.version, None, language, date.today(), viewer)


def recorded_slides(store: Store, link: str, viewer: answers.Viewer = STAFF) -> tuple[slides.Slide, ...]:
    return slides.of_page(recorded.record(Link.of(link), view(store, viewer=viewer)), sample=True)


def test_every_page_that_only_shows_becomes_slides_with_titles_and_names_of_their_own(with_samples: Store) -> None:
    for number, address in enumerate(
        RECORDABLE
    ):  # one language after the other: test_pages.py reads every page in both
        language = words.languages()[number % len(words.languages())]
        found = recorded.record(Link(address), view(with_samples, language, STAFF))
        assert not found.gone, found.gone
        made = slides.of_page(found, sample=True)
        assert made and all(one.title and (one.figure or one.html or one.sentences) for one in made), address
        assert len({one.name for one in made}) == len(made), "an agenda picks slides by their names"
        for one in found.shown:
            if isinstance(one, recorded.Figure):
                light = pictures.svg(one.drawn)
                dark = pictures.bare(
                    one.drawn, meeting.WIDTH, meeting.HEIGHT, ground="dark", type_scale=meeting.TYPE_SCALE
                )
                assert (faults(light), faults(dark)) == ([], []), one.name


def test_choices_of_the_link_are_those_of_the_recording(with_samples: Store) -> None:
    one, other = (recorded_slides(with_samples, f"indicator?id={name}") for name in ("inclusive_share", "public_share"))
    assert {slide.name for slide in one} != {slide.name for slide in other}
    assert any("inclusive" in slide.title.lower() for slide in one)


def test_a_recording_leaves_no_trace_in_the_language_of_the_caller(with_samples: Store) -> None:
    recorded.record(Link("overview"), replace(view(with_samples), language="zh_CN"))
    assert words.language() == "en" and recorded.current() is None


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("no_such_page", "There is no page “no_such_page”."),
        ("indicator?id=no_such_indicator", "no_such_indicator"),
        ("upload", "is for entering data"),
        ("changes?from=yesterday", "yesterday"),
    ],
)
def test_what_is_gone_is_said_and_nothing_else_is_shown(with_samples: Store, link: str, said: str) -> None:
    (only,) = recorded_slides(with_samples, link)
    assert only.name == "gone" and said in only.sentences[0]


def test_a_page_that_fails_is_said_to_and_logged(
    with_samples: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(answers, "overview", lambda *_arguments: 1 / 0)
    (only,) = recorded_slides(with_samples, "overview")
    assert "could not be drawn" in only.sentences[0] and "ZeroDivisionError" in caplog.text


def test_an_agenda_goes_on_past_what_is_gone_and_leaves_out_what_is_internal(with_samples: Store) -> None:
    items = (
        Item(None, "plan"),
        Item("Old", "no_such_page"),
        Item("Schools", "exam_unit"),
        Item(None, "overview", ("x",)),
    )
    public = meeting.locked(view(with_samples), utc_now(), internal=False)
    shown, left_out = meeting.shown(Agenda("A", None, items), public, lambda _share, _doing: None)
    assert [one.title for one in left_out] == ["Schools"]
    assert [one.title for one in shown if one.slide.name == "gone"] == ["Old", "Overview"]
    assert {one.place for one in shown} == {0, 1, 3}, "items that are called alike keep clocks of their own"
    staff = meeting.locked(view(with_samples, viewer=STAFF), utc_now(), internal=True)
    assert meeting.of_item(items[2], staff)


def test_internal_figures_are_shown_only_where_the_presenter_says_so(with_samples: Store) -> None:
    staff = view(with_samples, viewer=STAFF)
    item = Item(None, "indicator?id=key_school_targets_met")
    assert not meeting.of_item(item, meeting.locked(staff, utc_now(), internal=False))
    assert meeting.of_item(item, meeting.locked(staff, utc_now(), internal=True))


def test_items_without_a_title_are_called_by_page_and_indicator_where_everybody_may_see_that() -> None:
    assert agendas.told(Item(None, "indicator?id=inclusive_share")) == "Indicator · Children in inclusive kindergartens"
    assert agendas.told(Item(None, "indicator?id=key_school_targets_met")) == "Indicator"
    assert agendas.told(Item("Own", "indicator?id=inclusive_share")) == "Own"
    assert agendas.told(Item(None, "no_such_page")) == "no_such_page"


def test_picked_slides_are_shown_and_no_others(with_samples: Store) -> None:
    item = Item(None, "overview", ("overview-2",))
    (only,) = meeting.of_item(item, meeting.locked(view(with_samples), utc_now(), internal=False))
    assert only.slide.name == "overview-2" and only.slide.sample


def test_a_moment_is_a_day_that_ends_early() -> None:
    now = utc_now()
    moment = Moment.of(now)
    assert end_of_day(moment) == now and end_of_day(date.today()) > now
    assert moment.isoformat() == date.fromordinal(moment.toordinal()).isoformat()
    assert repr(moment) != repr(Moment.of(now + timedelta(microseconds=1))), "what is drawn is kept by it"
    assert (moment + timedelta(days=1)).at is None, "another day is not cut short"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("indicator?id=a&area=信都区", Link("indicator", {"id": "a", "area": "信都区"})),
        ("http://10.0.0.1:8501/indicator?id=a&lang=en&as_of=2022-01-01", Link("indicator", {"id": "a"})),
        ("./overview", Link("overview")),
        ("", Link("")),
    ],
)
def test_links_are_read_as_people_copy_them(text: str, link: Link) -> None:
    assert Link.of(text) == link and Link.of(str(link)) == link
