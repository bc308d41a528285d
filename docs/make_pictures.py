"""Photograph the demo pages for the README: docs/pictures/*.png. Needs Chromium and `make demo` before it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 800}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def main() -> None:
    """Open each page at a desk's size and keep what it looks like."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found. Install one (Debian: apt install chromium) and run this again.")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=ARGS)
        page = browser.new_page(viewport=SIZE)
        for kind in ("choropleth", "timeline", "atlas"):
            page.goto((ROOT / "demo" / f"{kind}.html").as_uri())
            page.wait_for_selector("[data-texts]")
            page.screenshot(path=PICTURES / f"{kind}.png")
            print(PICTURES / f"{kind}.png")  # noqa: T201 — a script that says what it did
        page.goto((ROOT / "demo" / "profile.html").as_uri() + "#events")
        page.screenshot(path=PICTURES / "profile.png")
        print(PICTURES / "profile.png")  # noqa: T201 — as above
        browser.close()


if __name__ == "__main__":
    main()
