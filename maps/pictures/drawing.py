"""A picture of incidents: PNG, SVG or PDF, drawn without a browser by the page's rules."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from matplotlib import rc_context, style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG

from willay.geo import replacing_bytes
from willay.geo.translation import tr
from willay.maps.base import BaseMap
from willay.maps.errors import SpecError
from willay.maps.pictures.composing import compose
from willay.maps.pictures.spec import PictureSpec, check_ending
from willay.maps.shipped import shipped_base
from willay.maps.spec import PageSpec
from willay.maps.world import home_countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from matplotlib.figure import Figure

    from willay.maps.pictures.legend import Section
    from willay.maps.pictures.panels import Panel
    from willay.maps.pictures.scale import Look

_SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",  # letters stay letters: they can be searched, read aloud and edited
    "svg.hashsalt": "willay",
    "pdf.fonttype": 42,
    "pdf.compression": 9,
    "font.family": "DejaVu Sans",
    "axes.unicode_minus": True,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture. The same input gives the same bytes in each format.

    Attributes:
        title: Its heading.
        description: A paragraph for those who do not see it; it travels inside the file.
        figure: The drawing.
        rows: How many incidents it is about.
        in_sight: How many of them its maps show: drawn at their place, or counted in a region.
        dpi: Dots per inch of a PNG.
        panels: The maps, in order.
        looks: What the regions of each map look like; empty lists where none are shown.
        legend: The sections of the legend.
        keywords: Codes that its file has and its foot says in words, such as `policy=median`.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import BaseMap, PageSpec, picture
        >>> point = shapely.Point(-76.5, -12)
        >>> frame = make_frame({"title": ["March"], "type": ["protest"], "first_day": ["2021-03-07"]}, [point])
        >>> drawn = picture(frame, PageSpec(kind="timeline", lang="en"), base=BaseMap())
        >>> drawn.save("marches.png").name, drawn.rows
        ('marches.png', 1)
    """

    title: str
    description: str
    figure: Figure = field(repr=False)
    rows: int = 0
    in_sight: int = 0
    dpi: int = 200
    panels: list[Panel] = field(default_factory=list, repr=False)
    looks: list[list[Look]] = field(default_factory=list, repr=False)
    legend: list[Section] = field(default_factory=list, repr=False)
    keywords: str = ""

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the picture to a file, whole or not at all, and return its path.

        Args:
            path: The file; its folder must exist. Its ending names the format: `.png`, `.svg` or `.pdf`.
            force: Replace a file that is already there.

        Raises:
            SpecError: The ending names no format.
            FileInTheWayError: The file is there and `force` is not set.
            GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        """
        target = Path(path)
        check_ending(target)
        with replacing_bytes(target, force=force) as file:
            file.write(self.written(target.suffix.lower()))
        return target

    def written(self, ending: str) -> bytes:
        """Return the picture's file with an ending of `FORMATS`, as bytes."""
        held = io.BytesIO()
        more = {"Keywords": self.keywords} if self.keywords else {}
        with settings():
            if ending == ".png":
                facts = {"Title": self.title, "Description": self.description, "Software": "willay", **more}
                FigureCanvasAgg(self.figure).print_figure(held, format="png", dpi=self.dpi, metadata=facts)
            elif ending == ".pdf":
                about = {"Title": self.title, "Subject": self.description, "Creator": "willay", "CreationDate": None}
                FigureCanvasPdf(self.figure).print_figure(held, format="pdf", metadata=about | more)
            else:
                told = {"Title": self.title, "Description": self.description, "Creator": "willay", "Date": None}
                FigureCanvasSVG(self.figure).print_figure(held, format="svg", metadata=told | more)
                return _described(held.getvalue().decode("utf-8"), self.description).encode("utf-8")
        return held.getvalue()

    def _repr_png_(self) -> bytes:
        """Show the picture in a notebook."""
        return self.written(".png")

    def _repr_svg_(self) -> str:
        """Show the picture in a notebook that prefers lines to dots."""
        return self.written(".svg").decode("utf-8")


@contextmanager
def settings() -> Iterator[None]:
    """Draw with Matplotlib's own defaults and ours, whatever the reader's settings are; put theirs back after."""
    with warnings.catch_warnings(), style.context("default"), rc_context(_SETTINGS):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # such as emoji in a title
        yield


def _described(document: str, description: str) -> str:
    """Put the description after an SVG's title, where screen readers look for it."""
    head, end, rest = document.partition("</title>")
    return f"{head}{end}\n <desc>{escape(description, quote=False)}</desc>{rest}"


def picture(
    frame: gpd.GeoDataFrame,
    spec: PageSpec | None = None,
    regions: gpd.GeoDataFrame | None = None,
    base: BaseMap | None = None,
    sheet: PictureSpec | None = None,
) -> Picture:
    """Draw a picture of incidents for a report.

    Args:
        frame: An incident frame (`willay.events.frame.frame`), from a store or made by hand.
        spec: What is shown, as for a page; None makes an atlas in Spanish. An atlas shows regions with the incidents
            on them and time below; `view` set to `points` leaves the regions out. Clusters and density are views for
            a screen: they are drawn as points.
        regions: Regions to sum over, EPSG:4326; None leaves them out, and so does a timeline.
        base: Land and borders under the incidents; None takes those shipped for the incidents' country,
            `BaseMap()` draws none.
        sheet: Size, resolution and panels; None makes one map on an A4 sheet.

    Raises:
        FrameError: The table is not an incident frame, or a row's details are not JSON.
        SpecError: A region set or a measure that the data do not have, or more panels than a sheet holds; or
            `suppress_below`, which is of pages.
        TableError: The regions or the base map lack a column or a CRS.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import PageSpec, PictureSpec, picture
        >>> march = {"title": ["March"], "country": "KE", "first_day": ["2021-03-07"]}
        >>> frame = make_frame(march, [shapely.Point(36.8, -1.3)])
        >>> sheet = PictureSpec(size="a5", dpi=60)
        >>> picture(frame, PageSpec(kind="timeline", lang="en"), sheet=sheet).save("march.png").name
        'march.png'
    """
    spec, sheet = spec or PageSpec(), sheet or PictureSpec()
    if spec.suppress_below > 1:
        raise SpecError(tr("suppress_below applies to pages, not to pictures. Leave it out, or make a page."))
    base = base or shipped_base(home_countries(frame))
    with settings():
        made: dict[str, Any] = compose(frame, spec, regions, base or BaseMap(), sheet)
    return Picture(dpi=sheet.dpi, **made)
