"""Opening a page in a Chromium of its own and measuring it there."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from benchmarks.pages.files import served_file

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--no-first-run", "--enable-unsafe-swiftshader",
)  # fmt: skip
"""No GPU; WebGL, which pydeck needs, is drawn by software."""

VIEWPORT: Final = {"width": 1280, "height": 800}
SETTLING_S: Final = 2
"""A browser that has just begun is still loading pages of its own beside ours; so long it is left to finish."""

PATIENCE_S: Final = 120
"""A page that is not interactive after so long is said never to be."""

_OPENED: Final = "benchmark opened "
"""How the console message begins by which `probe.js` tells the milliseconds to interactive."""

_PROBE: Final = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")


class PageFailedError(RuntimeError):
    """A page did not become interactive, or what was to move did not."""


class OpenedPage:
    """A page that has been opened, and the time it took."""

    def __init__(self, page: Any, session: Any, browser: Any, kind: str) -> None:  # noqa: ANN401 — playwright's
        self._page, self.session, self._browser, self._kind = page, session, browser, kind
        self.open_s = 0.0

    def go(self, address: str) -> None:
        """Open an address, and wait until the page is interactive.

        Raises:
            PlaywrightTimeoutError: It was not within `PATIENCE_S`.
        """
        self._page.goto("about:blank")
        with self._page.expect_console_message(_tells_of_opening) as told:  # asking the page would take of its time
            self._page.goto(address, wait_until="commit")
        self.open_s = float(told.value.text.removeprefix(_OPENED)) / 1000

    def ask(self, expression: str) -> Any:  # noqa: ANN401 — what the page answers, from JSON
        """Evaluate an expression in the page and return its value; promises are waited for."""
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self.session.send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            told = answer["exceptionDetails"]
            raise PageFailedError(str(told.get("exception", told).get("description", told))[:300])
        return answer["result"].get("value")

    def step_ms(self, count: int) -> float:
        """Return the mean milliseconds from one step in time to the next, done once a frame."""
        told = self.ask(f"benchmark.steps({self._kind!r}, {count})")
        if told["from"] == told["to"]:
            raise PageFailedError(f"{count} steps left the page at {told['from'][:80]}.")
        return fmean(told["taken"])

    def settled_ms(self, count: int) -> float:
        """Return the mean milliseconds of processor of a step in time, with what follows once the page rests."""
        begun = self.cpu_s()
        for _ in range(count):
            self.ask(f"benchmark.settled({self._kind!r})")
        return (self.cpu_s() - begun) / count * 1000

    def card_ms(self) -> float:
        """Return the milliseconds from a press on the first incident of the list to the frame with its card."""
        return float(self.ask("benchmark.card()"))

    def zoom_ms(self, count: int) -> float:
        """Return the mean milliseconds of a zoom step in and out."""
        return fmean(self.ask(f"benchmark.zooms({count})"))

    def pan_ms(self, count: int) -> float:
        """Return the mean milliseconds of a pan of 60 pixels."""
        return fmean(self.ask(f"benchmark.pans({count})"))

    def marks(self) -> dict[str, float]:
        """Return the page's own performance marks, ms since navigation."""
        return dict(self.ask("benchmark.marks()"))

    def heap_mb(self) -> float:
        """Return the megabytes of live JavaScript objects; typed arrays lie outside of them."""
        self.session.send("HeapProfiler.collectGarbage")
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize") / 1e6

    def renderer_mb(self) -> float:
        """Return the resident megabytes of the page's process, the largest of the browser's renderers."""
        return max(_resident_mb(process["id"]) for process in self._renderers())

    def cpu_s(self) -> float:
        """Return the seconds of processor that the page's process has used, the busiest of the browser's renderers."""
        return float(max(process["cpuTime"] for process in self._renderers()))

    def _renderers(self) -> list[dict[str, Any]]:
        processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        return [process for process in processes if process["type"] == "renderer"]

    def profile(self, expression: str) -> list[tuple[float, str]]:
        """Return in which functions the time goes while an expression runs: own milliseconds and where, most first."""
        start_profile(self.session)
        self.ask(expression)
        return stop_profile(self.session)


@contextmanager
def opened(
    running: Any,  # noqa: ANN401 — playwright's
    path: Path,
    kind: str,
    files: Path,
    *,
    fragment: str = "",
    throttle: int = 1,
    profiled: bool = False,
    dark: bool = False,
) -> Iterator[OpenedPage]:
    """Open a page in a new browser with an empty profile, and close it at the end.

    Args:
        running: Playwright.
        path: The page.
        kind: How `probe.js` is to know that it is ready.
        files: The folder of `fetch_packages`; what the page asks of the network comes from there.
        fragment: What follows the file's address, with its "#".
        throttle: How many times slower the processor is made.
        profiled: Whether to record from the navigation on; `stop_profile` ends it.
        dark: Whether the reader prefers dark pages.

    Raises:
        PageFailedError: It did not become interactive within `PATIENCE_S`.
    """
    browser = running.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    try:
        context = browser.new_context(viewport=VIEWPORT, color_scheme="dark" if dark else "light")
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)[:200]))
        page.add_init_script(f"{_PROBE}\nbenchmark.watch({kind!r});")
        page.route(re.compile("^https?:"), lambda route: _serve(route, files))
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        if throttle > 1:
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        if profiled:
            start_profile(session)
        try:
            page.set_default_timeout(PATIENCE_S * 1000)
            page.wait_for_timeout(SETTLING_S * 1000)
            made = OpenedPage(page, session, browser, kind)
            made.go(path.as_uri() + fragment)
            yield made
        except PlaywrightTimeoutError as error:
            raise PageFailedError("; ".join([f"not interactive after {PATIENCE_S} s", *said[:1]])) from error
    finally:
        browser.close()


def chromium() -> str:
    """Return the path of the Chromium to measure with."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise PageFailedError("There is no Chromium on this machine. Install it to measure pages.")
    return found


def start_profile(session: Any) -> None:  # noqa: ANN401 — playwright's
    """Begin to record where time goes."""
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 500})
    session.send("Profiler.start")


def stop_profile(session: Any) -> list[tuple[float, str]]:  # noqa: ANN401 — playwright's
    """End the record and return own milliseconds and function, most first."""
    profile = session.send("Profiler.stop")["profile"]
    where = {}
    for node in profile["nodes"]:
        call = node["callFrame"]
        place = f"{call['url'].rpartition('/')[2][:24]}:{call['lineNumber'] + 1}" if call["url"] else ""
        where[node["id"]] = f"{call['functionName'] or '(anonymous)'} {place}".strip()
    own: dict[str, float] = {}
    for node, taken in zip(profile["samples"], profile["timeDeltas"], strict=True):
        own[where[node]] = own.get(where[node], 0) + taken / 1000
    return sorted(((ms, name) for name, ms in own.items()), reverse=True)


def _tells_of_opening(message: Any) -> bool:  # noqa: ANN401 — playwright's
    return message.text.startswith(_OPENED)


def _serve(route: Any, files: Path) -> None:  # noqa: ANN401 — playwright's
    body, kind = served_file(files, route.request.url)
    route.fulfill(body=body, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})


def _resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1000 if found else 0.0
