"""Draw a contact sheet of 60 countries with made-up incidents: docs/pictures/world.png. Needs Chromium.

For each country a database is made with what willay includes, 40 incidents that never happened are added, and the map
of its page is photographed. Nothing of it stays but the picture.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import shapely
from matplotlib.font_manager import findfont
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

from willay.data.countries import country
from willay.data.profiles import profile
from willay.events import Bundle, IncidentQuery, draft
from willay.events.founding import create_database
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

COUNTRIES: Final = (
    "PE", "CO", "VE", "EC", "BO", "BR", "AR", "CL", "MX", "GT",
    "HN", "HT", "CU", "US", "CA", "GB", "FR", "ES", "IT", "DE",
    "UA", "RU", "TR", "GE", "AM", "AZ", "RS", "XK", "SY", "IQ",
    "IL", "PS", "LB", "YE", "IR", "AF", "PK", "IN", "NP", "BD",
    "MM", "TH", "KH", "PH", "ID", "CN", "KR", "JP", "FJ", "NZ",
    "MA", "DZ", "LY", "EG", "SD", "SS", "ET", "SO", "NG", "CD",
)  # fmt: skip
"""Sixty countries of all continents and many shapes; some with disputed borders, some across the meridian 180."""

INCIDENTS: Final = 40
TYPES: Final = ("protest", "armed-clash", "strike", "road-block", "kidnapping")
PICTURE: Final = Path(__file__).parent / "pictures" / "world.png"
ARGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]
VIEWPORT: Final = {"width": 1280, "height": 1120}
CELL: Final = (270, 216)
HEAD: Final = 20
COLUMNS: Final = 10
COLOURS: Final = 96
FIRST_DAY: Final = date(2019, 1, 1)


def invented(code: str, count: int = INCIDENTS) -> list[dict[str, Any]]:
    """Return drafts of incidents that never happened, the same each time: at places of a country's gazetteer.

    Args:
        code: The country, ISO 3166-1 alpha-2.
        count: How many.
    """
    land = country(code).outline()
    inside = [place for place in country(code).gazetteer() if shapely.contains_xy(land, place.lon, place.lat)]
    places = sorted(inside, key=lambda place: (-(place.population or 0), place.id))[:200]
    drafts = []
    for number in range(1, count + 1):
        place = places[_drawn(len(places), code, number, "place")]
        first = FIRST_DAY + timedelta(days=_drawn(1800, code, number, "day"))
        drafts.append({
            "title": {"en": f"Made-up incident {number}", "es": f"Incidente inventado {number}"},
            "type": TYPES[_drawn(len(TYPES), code, number, "type")],
            "days": first.isoformat(),
            "places": [{
                "name": place.name, "precision": "settlement", "lon": place.lon, "lat": place.lat,
                "admin_code": place.code or None,
            }],
        })  # fmt: skip
    return drafts


def _drawn(below: int, *of: object) -> int:
    """Return a number from 0 up that looks drawn by chance and is always the same."""
    digest = hashlib.sha256("|".join(map(str, of)).encode()).digest()
    return int.from_bytes(digest[:6], "big") % below


def page_of(code: str, folder: Path) -> Path:
    """Make a country's database, add incidents, and return the page of both."""
    made = datetime(2026, 1, 1, tzinfo=UTC)
    with create_database(folder / f"{code}.gpkg", country=code, policy=None, clock=lambda: made, seed=code) as store:
        store.write.add(draft(Bundle, {"incidents": invented(code)}), author="Nobody", reason="made up")
        query = IncidentQuery.parse(status=["draft"])
        frame = store.read.select(query, lang="en", profile=profile("internal"))
        regions = store.regions.select(lang="en")
    return render(frame, PageSpec(kind="atlas", lang="en"), regions).save(folder / f"{code}.html")


def maps_of(browser: Browser, folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield each country with a photograph of its map."""
    for code in COUNTRIES:
        page = browser.new_page(viewport=VIEWPORT)
        page.goto(page_of(code, folder).as_uri())
        page.wait_for_selector("[data-texts]", timeout=120_000)
        page.add_style_tag(content=".legends, .leaflet-control-container { visibility: hidden }")
        yield code, Image.open(BytesIO(page.locator("#frame").screenshot())).convert("RGB")
        page.close()


def main() -> None:
    """Draw all of them on one sheet."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found. Install one (Debian: apt install chromium) and run this again.")
    width, height = CELL
    rows = -(-len(COUNTRIES) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * width, rows * (height + HEAD)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(findfont("DejaVu Sans"), 12)
    with TemporaryDirectory() as folder, sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=ARGS)
        for number, (code, map_) in enumerate(maps_of(browser, Path(folder))):
            left, top = number % COLUMNS * width, number // COLUMNS * (height + HEAD)
            known = country(code)
            word = known.levels[0].word("en", plural=True)
            name = known.name("en")
            pen.text((left + 4, top + 3), f"{name} · {word}", fill="#1b2630", font=font)
            sheet.paste(_fitted(map_), (left + 2, top + HEAD))
        browser.close()
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(PICTURE, f"{PICTURE.stat().st_size:,} bytes")  # noqa: T201 — a script that says what it did


def _fitted(map_: Image.Image) -> Image.Image:
    """Return the middle of a photograph in the shape and size of a cell of the sheet."""
    width, height = CELL[0] - 4, CELL[1] - 4
    scale = max(width / map_.width, height / map_.height)
    whole = map_.resize((round(map_.width * scale), round(map_.height * scale)), Image.Resampling.LANCZOS)
    left, top = (whole.width - width) // 2, (whole.height - height) // 2
    return whole.crop((left, top, left + width, top + height))


if __name__ == "__main__":
    main()
