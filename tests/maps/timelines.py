"""What tests of time do on a page: drag on the bars, press keys, choose, and wait for what the window says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from opened_page import next_frame

from willay.maps import PageSpec

if TYPE_CHECKING:
    from opened_page import Opened

MONTHS = 32


def timeline(**spec: Any) -> PageSpec:
    return PageSpec(**{"kind": "timeline", "lang": "en", "measure": "incidents", "acts": True, **spec})


def settled(opened: Opened, selector: str, pattern: str) -> None:
    """Wait until what is shown matches."""
    shown = ""
    for _ in range(100):
        shown = opened.text(selector)
        if re.search(pattern, shown):
            return
        next_frame(opened.page)
    raise AssertionError(f"{selector} shows {shown!r}, not {pattern!r}")


def window_is(opened: Opened, words: str) -> None:
    settled(opened, "#window", f"(?i)^{re.escape(words)}$")


OPTIONS = ("speed", "mode", "band")
"""Choices that are behind the button *Options*."""


def choose(opened: Opened, **values: str) -> None:
    for name, value in values.items():
        if name in OPTIONS and not opened.page.is_visible(f"#{name}"):
            opened.page.click("#time-options")
        opened.page.select_option(f"#{name}", value)


def drag(opened: Opened, start: float, end: float, *, steps: int = MONTHS, release: bool = True) -> None:
    """Drag on the bars, from one place to another, both in steps of time from the left."""
    box = opened.page.locator("#brush").bounding_box()
    assert box
    at = [(box["x"] + box["width"] * place / steps, box["y"] + box["height"] - 12) for place in (start, end)]
    opened.page.mouse.move(*at[0])
    opened.page.mouse.down()
    opened.page.mouse.move(*at[1], steps=4)
    if release:
        opened.page.mouse.up()


def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)
