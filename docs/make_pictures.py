"""Photograph the demo pages for the README: docs/pictures/*.png. Needs Chromium and `make demo` before it."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from willay.events import IncidentQuery
from willay.events.store import Store
from willay.maps import PageSpec, read_story, render

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 800}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def story(folder: Path) -> Path:
    """Make the page of the story that docs/en/how-to/stories.md has as its example."""
    (told,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/en/how-to/stories.md").read_text("utf-8"), re.DOTALL)
    (folder / "story.toml").write_text(told, "utf-8")
    read = read_story(folder / "story.toml")
    with Store.open(ROOT / "demo" / "peru.gpkg") as store:
        frame, regions = store.read.select(IncidentQuery.parse(), lang="en"), store.regions.select(lang="en")
    spec = PageSpec(lang="en", title=read.title, note=read.note, views=read.views)
    return render(frame, spec, regions).save(folder / "story.html")


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
            page.wait_for_timeout(1500)  # until the map has been at rest, and the largest incidents are named
            page.screenshot(path=PICTURES / f"{kind}.png")
            print(PICTURES / f"{kind}.png")  # noqa: T201 — a script that says what it did
        page.goto((ROOT / "demo" / "profile.html").as_uri() + "#events")
        page.screenshot(path=PICTURES / "profile.png")
        print(PICTURES / "profile.png")  # noqa: T201 — as above
        with TemporaryDirectory() as folder:
            page.goto(story(Path(folder)).as_uri())
            page.wait_for_selector("[data-texts]")
            page.click("#story-next")
            page.wait_for_timeout(1000)  # until the map has been drawn at its place
            page.screenshot(path=PICTURES / "story.png")
        print(PICTURES / "story.png")  # noqa: T201 — as above
        browser.close()


if __name__ == "__main__":
    main()
