"""What a browser meets at the first load of a page, on a phone: bytes over the wire, and whether anything jumps."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, sync_playwright

from bench import site
from bench.driver import Unexpected
from bench.figures import Figure
from bench.server import serving
from tests.browser import ARGUMENTS, CHROMIUM

SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def measure() -> Iterator[Figure]:
    pages = site.pages()
    if CHROMIUM is None:
        for name, _who, _path in pages:
            yield from _figures(name, None, None)
        return
    with serving("trainer.settings", reverse("login")) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, who, path in pages:
            yield from _figures(name, *_load(browser, f"http://127.0.0.1:{port}", path, site.session_of(who)))
        browser.close()


def _figures(name: str, size: float | None, shift: float | None) -> Iterator[Figure]:
    yield Figure(f"first load of {name}, compressed", size, "kB", most=200, places=1)
    yield Figure(f"layout shift of {name}", shift, "CLS", most=0.01, places=3)


def _load(browser: Browser, origin: str, path: str, session: str) -> tuple[float, float]:
    """Kilobytes received and the sum of layout shifts, with an empty cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
    page = context.new_page()
    page.add_init_script(SHIFTS)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    response = page.goto(origin + path, wait_until="networkidle")
    if response is None or response.status != 200:
        raise Unexpected(f"{path} answered {response and response.status}")
    shift = page.evaluate("window.shifted")
    context.close()
    return sum(received) / 1000, shift
