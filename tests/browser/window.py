"""What every test of the dashboard in a browser does with its window."""

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data.configuration import ROOT

SCREENSHOTS = ROOT / "artefacts" / "screenshots"
SIZES = {"office": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}

# So often what may come too early is done again.
ATTEMPTS = 10

Open = Callable[..., Page]


# Ready, and drawn as it was when this was asked before: the script has ended, charts and pictures are there and keep still.
STEADY = """() => {
  const all = selector => [...document.querySelectorAll(selector)];
  if (!document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')) return false;
  if (!all('[data-testid=stPlotlyChart]').every(one => one.querySelector('.main-svg'))) return false;
  if (!all('img').every(one => one.complete)) return false;
  const boxes = all('[data-testid=stMain], [data-testid=stPlotlyChart] .main-svg, [data-testid=stDataFrame] canvas, .qd');
  const places = JSON.stringify(boxes.map(one => one.getBoundingClientRect()));
  const steady = places === window.placesBefore;
  window.placesBefore = places;
  return steady;
}"""
# The time in which what was just done begins to show.
PAUSE = 150


def settle(page: Page) -> None:
    """Waits until the script has finished and everything is drawn and keeps its place."""
    page.wait_for_timeout(PAUSE)
    page.evaluate("() => { window.placesBefore = '' }")
    page.wait_for_function(STEADY, polling=PAUSE)


def resize(page: Page, size: str) -> None:
    """Gives the window another of the `SIZES`, and its charts the time to follow."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    if page.url != "about:blank":
        settle(page)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate(
            """() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]
              .map(one => one.scrollWidth - one.clientWidth))"""
        )
    )


def follow(page: Page, name: str, section: str = "") -> None:
    """Goes to a page by the menu; its section, if it stands in one, is opened first."""
    if section:
        page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=name).click()
    else:
        page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
    settle(page)


def choose(page: Page, name: str, content: bytes) -> None:
    """Brings a file to the upload page."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.locator(".qd h2", has_text=name).wait_for()
    settle(page)


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    settle(page)


def pick(page: Page, label: str | re.Pattern[str], option: str) -> None:
    """Chooses from a drop-down."""
    combobox = page.get_by_role("combobox", name=label)
    combobox.scroll_into_view_if_needed()
    settle(page)  # scrolling closes an open list
    combobox.click()
    page.get_by_role("option").filter(has_text=option).first.click()
    settle(page)


def agree(page: Page, text: str) -> None:
    """Ticks a box."""
    page.locator("[data-testid=stCheckbox]", has_text=text).locator("label").first.click()
    settle(page)


def decide(page: Page, upload: str, action: str) -> None:
    """Withdraws or restores an upload on the history page."""
    settle(page)
    pick(page, "选择一次上传", upload)
    fill(page, "决定人", "李敏")
    page.get_by_role("button", name=action, exact=False).click()


def write(page: Page, place: Callable[[], tuple[float, float]], text: str) -> None:
    """Writes into the cell of a table at a place of the page.

    A table is a canvas that takes clicks only once it is drawn, and draws itself anew after every run of the script: a
    click that came too early is repeated.
    """
    cell = page.locator("#portal input")
    for _attempt in range(ATTEMPTS):
        settle(page)
        page.mouse.dblclick(*place())
        with suppress(PlaywrightTimeout):
            cell.wait_for(timeout=2000)
            break
        page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text, delay=30)
    page.keyboard.press("Enter")
    cell.wait_for(state="detached")
    settle(page)
