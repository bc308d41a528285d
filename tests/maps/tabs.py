"""Tabs of Chromium that tests hand on to each other: where a page was, the next one opens at half the cost.

A page that is opened in a new tab needs a process, which starts, compiles the scripts of the page and ends with it. One
that follows another in the same tab finds a process that knows them. It is a new document all the same, without the
state of the one before: nothing is stored, the pointer is outside, and media are those of a screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from opened_page import watched

if TYPE_CHECKING:
    from opened_page import Opened

SCREEN: Final = {"width": 1280, "height": 800}
MOST_STEPS: Final = 30
"""Steps in the history of a tab that is handed on; a browser forgets the first of more than 50."""

AS_AT_FIRST: Final = {"media": "null", "color_scheme": "null", "reduced_motion": "null", "forced_colors": "null"}


@dataclass
class Tab:
    """A tab, and the page that is in it: all that it asks for and says on the console is written down there.

    Every request but for the file of the page is refused.
    """

    page: Any  # Any: playwright's page
    opened: Opened | None = None

    def __post_init__(self) -> None:
        self.page.route("**/*", self._guard)
        self.page.on("console", lambda message: self._said(message.text))
        self.page.on("pageerror", lambda error: self._said(str(error)))

    def _said(self, text: str) -> None:
        if self.opened:
            self.opened.console.append(text)

    def _guard(self, route: Any) -> None:
        address = route.request.url
        if self.opened is None or address.split("#")[0] in {self.opened.path.as_uri(), "about:blank"}:
            route.continue_()
        else:
            self.opened.requests.append(address)
            route.abort()

    def close(self) -> None:
        self.page.context.close()


@dataclass
class Tabs:
    """The tabs of a browser, of which those of the usual kind are handed on."""

    browser: Any  # Any: playwright's browser
    free: list[Tab] = field(default_factory=list)

    def take(self, viewport: dict[str, int] = SCREEN) -> Tab:
        """Return a tab that nobody has, with a window of that size."""
        if not self.free:
            return self.alone(viewport=viewport)
        tab = self.free.pop()
        if tab.page.viewport_size != viewport:
            tab.page.set_viewport_size(viewport)
        return tab

    def alone(self, **context: Any) -> Tab:
        """Return a new tab in a context of its own."""
        return Tab(watched(self.browser.new_context(**{"viewport": SCREEN, **context})).new_page())

    def give_back(self, tab: Tab) -> None:
        """Leave the page, and keep the tab for the next one, unless a test closed it or went far in it."""
        tab.opened = None
        if tab.page.is_closed():
            return
        if tab.page.evaluate("history.length") > MOST_STEPS:
            tab.close()
            return
        tab.page.goto("about:blank")
        tab.page.emulate_media(**AS_AT_FIRST)
        tab.page.mouse.move(-1, -1)
        self.free.append(tab)

    def close(self) -> None:
        for tab in self.free:
            tab.close()
