"""A made-up country, and a browser without a network."""

from __future__ import annotations

import json
import pickle
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from firefox import Firefox, FirefoxPage, firefox_path
from opened_page import REST, Opened, at_rest
from squares import BASE, HOSTILE, ROWS, frame_of, regions_of
from tabs import SCREEN, Tab, Tabs

from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from willay.maps import BaseMap, Page


MANY = 1000
"""Incidents from which on a page is rendered each time: to see that two frames are the same would take as long."""


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    return frame_of(ROWS)


@pytest.fixture
def hostile_frame() -> gpd.GeoDataFrame:
    """One incident in which every text tries to be markup."""
    details = {
        "title": {"en": HOSTILE}, "summary": {"en": HOSTILE}, "notes": [{"en": HOSTILE}],
        "claims": [{"measure": "killed", "group": "all", "low": 1, "best": 1, "high": 1, "source": "s",
        "note": {"en": HOSTILE}}], "sources": {"s": {"publisher": HOSTILE, "title": HOSTILE, "kind": "press",
        "url": "javascript:alert(4)"}}, "places": [{"name": HOSTILE, "precision": "settlement"}], "parties":
        [{"key": "p", "name": {"en": HOSTILE}}], "cases": [{"key": "c", "title": {"en": HOSTILE}}],
        "figures": {"killed": {"low": 1, "best": 1, "high": 1, "source": "s"}},
    }  # fmt: skip
    return frame_of(({**ROWS[0], "title": HOSTILE, "details": json.dumps(details)},))


@pytest.fixture
def regions() -> gpd.GeoDataFrame:
    return regions_of()


@pytest.fixture(scope="session")
def rendered() -> Callable[..., Page]:
    """Render a page, and each of the same frame, specification and regions once only."""
    made: dict[bytes, Page] = {}

    def page(frame: gpd.GeoDataFrame, spec: PageSpec, regions: gpd.GeoDataFrame | None, base: BaseMap = BASE) -> Page:
        if len(frame) > MANY:
            return render(frame, spec, regions, base)
        key = sha256(pickle.dumps((frame, frame.attrs, spec, regions, None if base is BASE else base))).digest()
        if key not in made:
            made[key] = render(frame, spec, regions, base)
        return made[key]

    return page


@pytest.fixture(scope="session")
def tabs(chromium: Any) -> Iterator[Tabs]:
    kept = Tabs(chromium)
    yield kept
    kept.close()


@pytest.fixture
def open_made(tabs: Tabs, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens a page that is made, with every request but for its file refused.

    After the test, nothing may have been asked for and nothing said on the console. A page with a script before its
    own, or with other options of the browser than its size, is in a new tab; so is one that a test wants `alone`.
    """
    own: list[Tab] = []
    handed_on: list[Tab] = []
    opened: list[Opened] = []

    def open_it(
        made: Page, script: str = "", *, alone: bool = False, viewport: dict[str, int] = SCREEN, **context: Any
    ) -> Opened:
        path = made.save(tmp_path / f"{len(opened)}.html")
        special = alone or script or context
        tab = tabs.alone(viewport=viewport, **context) if special else tabs.take(viewport)
        (own if special else handed_on).append(tab)
        if script:
            tab.page.add_init_script(script)
        tab.opened = Opened(tab.page, path)
        opened.append(tab.opened)
        tab.page.goto(path.as_uri())
        if context.get("java_script_enabled", True):
            tab.page.wait_for_selector("html[data-texts]", timeout=20_000)
            at_rest(tab.page)  # lists are drawn once the selection rests
        return tab.opened

    yield open_it
    for tab in own:
        tab.close()
    for tab in handed_on:
        tabs.give_back(tab)
    for seen in opened:
        assert seen.requests == []
        assert seen.console == []


@pytest.fixture
def open_page(open_made: Callable[..., Opened], rendered: Callable[..., Page]) -> Callable[..., Opened]:
    """Return a function that makes a page of incidents and opens it (`open_made`)."""

    def open_it(
        frame: gpd.GeoDataFrame,
        spec: PageSpec,
        regions: gpd.GeoDataFrame | None = None,
        base: BaseMap = BASE,
        script: str = "",
        **context: Any,
    ) -> Opened:
        return open_made(rendered(frame, spec, regions, base), script, **context)

    return open_it


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Yield a headless Firefox with a fresh profile, or skip, saying what is missing."""
    path = firefox_path()
    if path is None:
        pytest.skip("no Firefox on this machine: its browser tests are left out")
    browser = Firefox(path, tmp_path_factory.mktemp("firefox"))
    browser.start()
    yield browser
    browser.close()


@pytest.fixture
def open_in_firefox(firefox: Firefox, rendered: Callable[..., Page], tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Return a function that makes a page and opens it in Firefox, as `open_page` does in Chromium.

    After the test, nothing may have been asked for and nothing said on the console.
    """

    def open_it(
        frame: gpd.GeoDataFrame,
        spec: PageSpec,
        regions: gpd.GeoDataFrame | None = None,
        base: BaseMap = BASE,
        viewport: tuple[int, int] = (1280, 800),
    ) -> Opened:
        firefox.watch()
        path = rendered(frame, spec, regions, base).save(tmp_path / "page.html")
        path.write_text(path.read_text("utf-8").replace("<head>", f"<head><script>{REST}</script>", 1), "utf-8")
        page = FirefoxPage(firefox)
        page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-texts]")
        at_rest(page)
        return Opened(page, path)

    yield open_it
    heard = firefox.heard()
    FirefoxPage(firefox).goto("about:blank")
    assert heard == {"console": [], "requests": []}


@pytest.fixture(params=["open_page", "open_in_firefox"], ids=["chromium", "firefox"])
def open_in_both(request: pytest.FixtureRequest) -> Callable[..., Opened]:
    """Return a function that opens a page, of Chromium in one test and of Firefox in another."""
    opener: Callable[..., Opened] = request.getfixturevalue(request.param)
    return opener
