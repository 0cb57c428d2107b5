"""What every test of the dashboard in a browser does with its window."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from data.configuration import ROOT

SCREENSHOTS = ROOT / "artefacts" / "screenshots"
SIZES = {"office": (1366, 768), "projector": (1920, 1080), "phone": (390, 844)}

Open = Callable[..., Page]


def settle(page: Page) -> None:
    """Waits until the script has finished and every chart is drawn."""
    page.wait_for_function("() => !document.querySelector('[data-testid=stApp][data-test-script-state=running]')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))"
    )
    page.wait_for_timeout(400)


def resize(page: Page, size: str) -> None:
    """Gives the window another of the `SIZES`, and its charts the time to follow."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(
        page.evaluate(
            """() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]
              .map(one => one.scrollWidth - one.clientWidth))"""
        )
    )


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
    page.wait_for_timeout(400)  # scrolling closes an open list
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
