"""Chromium, as all tests of a process share it: headless, with a fresh profile, and nothing of its own to ask for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WITHOUT = (
    # For suggestions below its address line, the browser opens two pages of its own beside each page that is opened;
    # they take longer than the page. A process in reserve takes time as well.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    # What playwright turns off, as far as it may touch a page: the last option of this name replaces all before.
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch",
)  # fmt: skip
"""Features of Chromium that are off."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Yield a headless Chromium with a fresh profile, or skip, saying what is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: no browser tests")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        # Threads beside that of the page cost more than they bring, on the small pages of tests and two processors.
        "--num-raster-threads=1",
        "--disable-gpu-compositing",
        "--js-flags=--single-threaded",
        f"--disable-features={','.join(WITHOUT)}",
    ]
    with playwright.sync_playwright() as running:
        args = ["--headless=new", *flags]
        browser = running.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()
