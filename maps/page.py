"""A page: one HTML file with map, data, scripts and styles inside."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from branca.element import Figure

from willay.geo import replacing
from willay.maps.assets import leaflet_script, leaflet_style, page_script, page_style
from willay.maps.base import base_columns, shipped_base
from willay.maps.cards import BLOCK, card_blocks
from willay.maps.errors import SpecError
from willay.maps.foot import foot, policy_words
from willay.maps.incidents import incident_columns, texts
from willay.maps.layers import BaseLayer, PageMap, Payload, PointLayer, RegionLayer, Start
from willay.maps.messages import labels, messages
from willay.maps.palette import class_colours, type_style
from willay.maps.payload import pack
from willay.maps.regions import region_columns
from willay.maps.scales import scales
from willay.maps.shapes import ShapeTable
from willay.maps.spec import PageSpec
from willay.maps.templating import template

if TYPE_CHECKING:
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
    """

    title: str
    figure: PageFigure = field(repr=False)

    def html(self) -> str:
        """Return the page as one HTML text; the same input gives the same text."""
        return str(self.figure.render())

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the page to a file, whole or not at all, and return its path.

        Args:
            path: The file; its folder must exist.
            force: Replace a file that is already there.

        Raises:
            FileInTheWayError: The file is there and `force` is not set.
            GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        """
        target = Path(path)
        with replacing(target, force=force) as file:
            file.write(self.html())
        return target

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return template("notebook.html").render(title=self.title, document=self.html())


class PageFigure(Figure):
    """The document around the map. Its template escapes every text; scripts and styles are our own."""

    def __init__(self, spec: PageSpec, title: str, question: str, lines: list[tuple[str, list[str]]]) -> None:
        super().__init__(title=title)
        self._template = template("page.html")
        self._id = "page"
        self.header._children.clear()  # noqa: SLF001 — branca's own meta element has a random name
        self.lang, self.kind, self.question, self.foot = spec.lang, spec.kind, question, lines
        self.words = messages(spec.lang)
        self.policy = _content_policy(spec.tiles)
        self.styles = f"{leaflet_style()}\n{page_style()}"
        self.leaflet, self.scripts = leaflet_script(), page_script()

    def t(self, key: str) -> str:
        """Return a message of the page."""
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
        frame: An incident frame (`willay.events.frame`), from a store or made by hand.
        spec: What the page is to be; None makes an atlas in Spanish.
        regions: Regions to sum over, of one set or several (column `set`), EPSG:4326; None leaves them out,
            and so does a timeline, which shows none.
        base: Land and borders under the incidents; None takes those shipped for the incidents' country,
            `BaseMap()` draws none.

    Raises:
        FrameError: The table is no incident frame, or a row's details are no JSON.
        SpecError: The page asks for a region set or a measure that the data do not have.
        TableError: The regions or the base map lack a column or a CRS.
    """
    spec = spec or PageSpec()
    words = messages(spec.lang)
    shapes = ShapeTable()
    incidents = incident_columns(frame, shapes)
    base = base or shipped_base(sorted(set(incidents.frame["country"].dropna())))
    areas = region_columns(None if spec.kind == "timeline" else regions, incidents, shapes, spec.lang)
    _check(spec, incidents, areas)
    header = _header(incidents, areas, spec) | {"base": base_columns(base, shapes, spec.lang)}
    title = spec.title or str(words[f"title_{spec.kind}"])
    asked = str(frame.attrs.get("question") or "")
    question = str(words["question_words"]).format(question=asked) if asked else ""
    figure = PageFigure(spec, title, question, foot(incidents, areas, base, spec, words))
    _fill(figure, spec, incidents, pack(header, incidents.arrays | areas.arrays | shapes.arrays()))
    return Page(title, figure)


def _check(spec: PageSpec, incidents: IncidentColumns, regions: RegionColumns) -> None:
    sets = [held["key"] for held in regions.sets]
    if spec.kind == "choropleth" and not sets:
        raise SpecError("A choropleth needs regions. Give render a table of regions.")
    if spec.region_set is not None and spec.region_set not in sets:
        raise SpecError(f"No region set is called {spec.region_set[:80]!r}. The page has: {', '.join(sets) or 'none'}.")
    if spec.measure not in ("incidents", *incidents.measures) and len(incidents.frame):
        known = ", ".join(("incidents", *incidents.measures))
        raise SpecError(f"No incident here has a figure of {spec.measure!r}. Choose one of: {known}.")


def _header(incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec) -> dict[str, Any]:
    """Return what the page knows beside its arrays."""
    types = [code for code in incidents.dictionaries["type"] if code is not None]
    words = messages(spec.lang)
    measure = spec.measure if spec.measure in incidents.measures else "incidents"
    return {
        "lang": spec.lang,
        "spec": {name: getattr(spec, name) for name in ("kind", "region_set", "bound", "scheme", "step", "window")}
        | {"measure": measure},
        "messages": dict(words),
        "labels": labels(spec.lang),
        "policy": policy_words(incidents, words),
        "dictionaries": incidents.dictionaries,
        "measures": list(incidents.measures),
        "types": {code: type_style(code) for code in types},
        "colours": [class_colours(count) for count in range(10)],
        "regions": regions.sets,
        "scales": scales(incidents, regions, spec),
        "block": BLOCK,
    }


def _fill(figure: PageFigure, spec: PageSpec, incidents: IncidentColumns, core: str) -> None:
    """Put the map, its layers and the data into the document."""
    numbers = itertools.count(1)
    page_map = PageMap(numbers, spec.tiles)
    figure.add_child(page_map, name="map")
    data = Payload(numbers, core, "core")
    layers = {
        "base": BaseLayer(numbers, data),
        "regions": RegionLayer(numbers, data),
        "points": PointLayer(numbers, data),
    }
    blocks = [Payload(numbers, pack({"cards": cards}), f"cards-{n}") for n, cards in enumerate(card_blocks(incidents))]
    parts = [data, Payload(numbers, pack(texts(incidents.frame)), "texts"), *blocks, *layers.values()]
    for part in (*parts, Start(numbers, {"map": page_map, "data": data, **layers})):
        page_map.add_child(part)


def _content_policy(tiles: str | None) -> str:
    """Return the rules by which the browser keeps the page from fetching anything but the tiles asked for."""
    host = f" https://{urlsplit(tiles).netloc.replace('{s}', '*')}" if tiles else ""
    return (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        f"img-src data: blob:{host}; base-uri 'none'; form-action 'none'"
    )
