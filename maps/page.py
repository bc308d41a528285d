"""A page: one HTML file with map, data, scripts and styles inside."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from branca.element import Figure

from willay.geo import replacing, replacing_bytes
from willay.geo.translation import tr
from willay.maps.acts import counts_acts
from willay.maps.assets import leaflet_script, leaflet_style, page_script, page_style
from willay.maps.base import base_columns
from willay.maps.companion import companion, companion_path, page_key, text_place
from willay.maps.embedding import notebook_frame
from willay.maps.errors import SpecError
from willay.maps.focus import cells_in_focus, regions_in_focus, set_in_focus
from willay.maps.foot import foot_facts
from willay.maps.fragments import check_views
from willay.maps.header import page_header
from willay.maps.incidents import FIRST, incident_columns
from willay.maps.layers import (
    BaseLayer,
    ClusterLayer,
    DensityLayer,
    PageMap,
    Payload,
    PointLayer,
    RegionLayer,
    Start,
)
from willay.maps.measures import with_measure
from willay.maps.messages import messages
from willay.maps.payload import pack
from willay.maps.regions import checked, region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.shipped import shipped_base
from willay.maps.sight import in_sight, warn_of_another_land
from willay.maps.spec import PageSpec
from willay.maps.subject import map_titles
from willay.maps.sums import whole_sums
from willay.maps.suppression import without_few
from willay.maps.templating import template
from willay.maps.titles import title_block
from willay.maps.world import home_countries, world_west

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    Attributes:
        title: Its heading.
        figure: The branca figure that writes it.
        rows: How many incidents it holds.
        in_sight: How many of them its map shows: drawn at their place, or counted in a region.
        companion: The bytes of the file of full texts that goes next to it; None where they are inside, or left out.
        few: How many regions have so few incidents that these are left out (`PageSpec.suppress_below`).

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import BaseMap, PageSpec, render
        >>> point = shapely.Point(-76.5, -12)
        >>> frame = make_frame({"title": ["March"], "type": ["protest"], "first_day": ["2021-03-07"]}, [point])
        >>> page = render(frame, PageSpec(kind="timeline", lang="en", title="Marches"), base=BaseMap())
        >>> page.title, page.rows
        ('Marches', 1)
        >>> page.save("marches.html").name
        'marches.html'
    """

    title: str
    figure: PageFigure = field(repr=False)
    rows: int = 0
    in_sight: int = 0
    companion: bytes | None = field(default=None, repr=False)
    few: int = 0
    _written: list[str] = field(default_factory=list, repr=False, compare=False)

    def html(self) -> str:
        """Return the page as one HTML text; the same input gives the same text."""
        if not self._written:
            self._written.append(str(self.figure.render()))
        return self._written[0]

    def sizes(self) -> tuple[int, int]:
        """Return how many bytes `save` will write: of the page, and of the file of full texts next to it (or 0)."""
        return len(self.html().encode("utf-8")), len(self.companion or b"")

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Full texts that are too many for the page go to a file of the same name with the ending `.texts` next to
        it, written first; the page says how to open it.

        Args:
            path: The file; its folder must exist.
            force: Replace a file that is already there.

        Raises:
            FileInTheWayError: The file is there and `force` is not set.
            GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        """
        target = Path(path)
        if self.companion is not None:
            with replacing_bytes(companion_path(target), force=force) as beside:
                beside.write(self.companion)
        with replacing(target, force=force) as file:
            file.write(self.html())
        return target

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own, as wide as the notebook and as high as the page needs."""
        return notebook_frame(self.html(), self.title, embed=self.figure.embed)


class PageFigure(Figure):
    """The document around the map. Its template escapes every text; scripts and styles are our own."""

    def __init__(self, spec: PageSpec, title: str) -> None:
        super().__init__(title=title)
        self._template = template("page.html")
        self._id = "page"
        self.header._children.clear()  # noqa: SLF001 — branca's own meta element has a random name
        self.lang, self.kind, self.embed = spec.lang, spec.kind, spec.embed
        self.words = messages(spec.lang)
        self.policy = _content_policy(spec.tiles)
        self.styles = f"{leaflet_style()}\n{page_style()}"
        self.leaflet, self.scripts = leaflet_script(), page_script()
        self.later: list[Payload] = []

    def t(self, key: str) -> str:
        """Return a message of the page in the language it opens in."""
        return str(self.words[key])

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 — handed on to branca as they come
        """Write the document."""
        for child in self._children.values():
            child.render(**kwargs)
        return str(self._template.render(this=self, kwargs=kwargs))


def render(
    frame: gpd.GeoDataFrame,
    spec: PageSpec | None = None,
    regions: gpd.GeoDataFrame | None = None,
    base: BaseMap | None = None,
) -> Page:
    """Make a page of incidents.

    Args:
        frame: An incident frame (`willay.events.frame.frame`), from a store or made by hand.
        spec: What the page is to be; None makes an atlas in Spanish.
        regions: Regions to sum over, of one set or several (column `set`), EPSG:4326; None leaves them out,
            and so does a timeline, which shows none.
        base: Land and borders under the incidents; None takes those shipped for the incidents' country,
            `BaseMap()` draws none.

    Raises:
        FrameError: The table is not an incident frame, or a row's details are not JSON.
        SpecError: The page asks for a region set or a measure that the data do not have, or its story for a view.
        TableError: The regions or the base map lack a column or a CRS.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import PageSpec, render
        >>> march = {"title": ["March"], "country": "KE", "first_day": ["2021-03-07"]}
        >>> frame = make_frame(march, [shapely.Point(36.8, -1.3)])
        >>> render(frame, PageSpec(kind="timeline", lang="en")).rows
        1
    """
    spec = spec or PageSpec()
    focus = regions_in_focus(None if regions is None else checked(regions), spec.focus)
    regions = None if spec.kind == "timeline" else regions
    named = [] if regions is None else [*dict.fromkeys(regions["set"])]
    kept = without_few(frame, regions, spec, spec.region_set or set_in_focus(focus, named))
    frame, regions = kept.frame, kept.regions
    base = base or shipped_base(home_countries(frame))
    shapes = ShapeTable(world_west(base, frame, regions))
    incidents = incident_columns(frame, shapes, texts=True)
    areas = region_columns(regions, incidents, shapes)
    spec = spec.changed(region_set=spec.region_set or set_in_focus(focus, [held["key"] for held in areas.sets]))
    spec = with_measure(spec, incidents)
    check(spec, incidents, areas)
    warn_of_another_land(incidents, base, shapes)
    texts = incidents.texts
    placed = text_place(spec, texts)
    plain = page_header(incidents, areas, spec)
    check_views(spec.views, plain, set(incidents.frame["code"]))
    header = plain | {
        "base": base_columns(base, shapes),
        "focus": cells_in_focus(focus, shapes),
        "origin": foot_facts(incidents, areas, base, spec) | {"texts": placed, "few": kept.few},
    }
    first = {name: array for name, array in incidents.arrays.items() if name in FIRST}
    later = {name: array for name, array in incidents.arrays.items() if name not in FIRST}
    later |= areas.arrays | incidents.voices.arrays()
    opening = {"later": sorted(later), "whole": _whole(spec, incidents)}
    core, columns = pack(header | opening, first | shapes.arrays()), pack({"voices": incidents.voices.listed()}, later)
    title = map_titles(spec, incidents.frame)[spec.lang]
    figure = PageFigure(spec, title)
    lines, arrays = title_block(incidents, spec.lang)
    data = core + columns
    titles = pack(lines | {"page": page_key(data)}, arrays)
    inside = enumerate(texts if placed == "inside" else [])
    later_blocks = {"columns": columns, "texts": titles} | {f"cards-{number}": text for number, text in inside}
    fill(figure, spec, core, later_blocks)
    beside = companion(data, texts) if placed == "beside" else None
    return Page(title, figure, len(incidents.frame), in_sight(incidents, areas), beside, kept.few)


def _whole(spec: PageSpec, incidents: IncidentColumns) -> dict[str, dict[str, int | None]]:
    """Return the sums in the head of the page as it opens."""
    shown = ["incidents", *(measure for measure in incidents.measures if measure in ("killed", spec.measure))]
    return whole_sums(incidents, shown, acts=counts_acts(spec.acts, spec.measure))


def check(spec: PageSpec, incidents: IncidentColumns, regions: RegionColumns) -> None:
    """Refuse a page whose regions, region set or measure are not there."""
    sets = [held["key"] for held in regions.sets]
    if spec.kind == "choropleth" and not sets:
        raise SpecError(tr("A choropleth needs regions. Pass a table of regions to render."))
    if spec.region_set is not None and spec.region_set not in sets:
        raise SpecError(
            tr(
                "Unknown region set {region_set!r}. Region sets of the page: {sets}.",
                region_set=spec.region_set[:80],
                sets=", ".join(sets) or tr("none"),
            )
        )
    if spec.measure not in ("incidents", *incidents.measures) and len(incidents.frame):
        known = ", ".join(("incidents", *incidents.measures))
        raise SpecError(
            tr(
                "None of these incidents has a figure for {measure!r}. Choose one of: {known}.",
                measure=spec.measure,
                known=known,
            )
        )


def fill(figure: PageFigure, spec: PageSpec, core: str, later: Mapping[str, str]) -> None:
    """Put the map, its layers and the data into the document; the blocks of `later` come behind the scripts."""
    numbers = itertools.count(1)
    page_map = PageMap(numbers, spec.tiles)
    figure.add_child(page_map, name="map")
    data = Payload(numbers, core, "core")
    layers = {
        "base": BaseLayer.on_page(numbers, data),
        "regions": RegionLayer.on_page(numbers, data),
        "points": PointLayer.on_page(numbers, data),
        "clusters": ClusterLayer.on_page(numbers, data),
        "density": DensityLayer.on_page(numbers, data),
    }
    figure.later = [Payload(numbers, text, name) for name, text in later.items()]
    for part in (data, *layers.values(), Start(numbers, {"map": page_map, "data": data, **layers})):
        page_map.add_child(part)


def _content_policy(tiles: str | None) -> str:
    """Return the rules by which the browser keeps the page from fetching anything but the tiles asked for."""
    host = f" https://{urlsplit(tiles).netloc.replace('{s}', '*')}" if tiles else ""
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src data: blob:{host}; base-uri 'none'; form-action 'none'"
    )
