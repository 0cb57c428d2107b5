"""The dashboard as it runs, one for all tests of a browser, and the browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.configuration import ROOT
from tests.browser.window import SIZES, Open, resize, settle
from tests.server import served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds after which something is taken not to come at all: nothing here judges how fast a machine is.
PATIENCE = 180_000
expect.set_options(timeout=PATIENCE)
# Streamlit asks these of every page's address before it tries the server's root.
STREAMLIT_PROBES = ("/_stcore/health", "/_stcore/host-config")


@pytest.fixture(scope="package")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("installation")
    store, key = str(folder / "quality.duckdb"), str(folder / "key")
    return {**os.environ, "QUALITY_STORE": store, "QUALITY_KEY": key, "HOME": str(folder), "QUALITY_LANG": "en"}


@pytest.fixture(scope="package")
def address(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard, served from a store with sample data."""
    log = tmp_path_factory.mktemp("server") / "log"
    with served(ROOT, environment, log) as port:
        yield f"http://127.0.0.1:{port}/"
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((path for path in map(shutil.which, names) if path), None)
    assert executable, "no Chromium found: run .ci/test-needs"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page in a window of its own; at the end nothing may have failed in it or left this machine."""
    faults: list[str] = []
    windows: list[Page] = []

    def open_page(path: str = "", size: str = "office", locale: str = "zh-CN") -> Page:
        windows.append(_window(browser, size, locale, faults))
        return _gone_to(windows[-1], address + path)

    yield open_page
    for window in windows:
        window.context.close()
    assert faults == []


@pytest.fixture(scope="module")
def windows() -> Iterator[dict[str, tuple[Page, list[str]]]]:
    """Language → a window, and what failed in it."""
    kept: dict[str, tuple[Page, list[str]]] = {}
    yield kept
    for window, _faults in kept.values():
        window.context.close()


@pytest.fixture
def shown(browser: Browser, address: str, windows: dict[str, tuple[Page, list[str]]]) -> Iterator[Open]:
    """The same in a window that later tests go on with: what a browser has loaded once it need not load again."""
    seen: list[list[str]] = []

    def show(path: str = "", size: str = "office", locale: str = "zh-CN") -> Page:
        if locale not in windows:
            faults: list[str] = []
            windows[locale] = _window(browser, size, locale, faults), faults
        window, faults = windows[locale]
        faults.clear()
        seen.append(faults)
        resize(window, size)
        return _gone_to(window, address + path)

    yield show
    assert [fault for faults in seen for fault in faults] == []


def _window(browser: Browser, size: str, locale: str, faults: list[str]) -> Page:
    """A new window; `faults` gets what fails in it."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("console", lambda message: _note(faults, message.type, message.text, message.location["url"]))
    page.on("request", lambda request: _note_request(faults, request.url))
    return page


def _gone_to(page: Page, address: str) -> Page:
    page.goto(address)
    page.locator("[data-testid=stMainBlockContainer] .qd").first.wait_for()
    settle(page)
    return page


def _note(faults: list[str], kind: str, text: str, url: str) -> None:
    if kind == "error" and not url.endswith(STREAMLIT_PROBES):
        faults.append(f"console: {text} {url}")


def _note_request(faults: list[str], url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        faults.append(f"request left this machine: {url}")
