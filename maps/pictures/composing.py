"""How a picture is put together: title, maps, legend, strip of time and foot on one sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.geo.translation import tr
from willay.maps.acts import counts_acts
from willay.maps.country_words import worded_countries
from willay.maps.errors import SpecError
from willay.maps.incidents import IncidentColumns, incident_columns
from willay.maps.measures import with_measure
from willay.maps.pictures.bars import Shown, draw_bars
from willay.maps.pictures.land import land_of, view_of
from willay.maps.pictures.legend import Section, draw_legend, place_section, region_section, type_section
from willay.maps.pictures.notes import describe, foot_lines, lead_lines, policy_keywords, set_of
from willay.maps.pictures.one_map import draw_map
from willay.maps.pictures.outlines import mercator, within_view
from willay.maps.pictures.panels import Panel, panels_of
from willay.maps.pictures.scale import Look, Scale, looks_of
from willay.maps.pictures.sheet import HEAD, LEAD, MUTED, RULE, SMALL, TITLE, Sheet, Style
from willay.maps.pictures.words import Words
from willay.maps.regions import RegionColumns, region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.sight import in_sight, warn_of_another_land
from willay.maps.subject import map_titles
from willay.maps.sums import Sums
from willay.maps.world import world_west

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.base import BaseMap
    from willay.maps.pictures.spec import PictureSpec
    from willay.maps.spec import PageSpec

MARGIN_MM: Final = 10.0
LEGEND_MM: Final = 50.0
BARS_MM: Final = 27.0
GAP_MM: Final = 4.0
GRAIN_MM: Final = 0.05
"""Details of outlines finer than this are left out, because they are invisible on paper."""


_LEAST_LEGEND: Final = 0.55


@dataclass(frozen=True, slots=True)
class Content:
    """All that a picture shows, before it has a place on the sheet."""

    spec: PageSpec
    words: Words
    incidents: IncidentColumns
    regions: RegionColumns
    base: BaseMap
    panels: list[Panel]
    scale: Scale | None
    looks: list[list[Look]]
    shapes: dict[int, Any]
    rows: NDArray[Any]
    places: NDArray[np.float64]
    west: float
    signs: bool

    @property
    def shown(self) -> NDArray[np.int64]:
        """The rows of all panels."""
        return np.unique(np.concatenate([panel.rows for panel in self.panels]))


def compose(
    frame: gpd.GeoDataFrame, spec: PageSpec, regions: gpd.GeoDataFrame | None, base: BaseMap, about: PictureSpec
) -> dict[str, Any]:
    """Draw a picture; return the fields of a `Picture`."""
    content = _content(frame, spec, regions, base, about)
    warn_of_another_land(content.incidents, base, ShapeTable(content.west))
    spec, words = content.spec, content.words
    title = map_titles(spec, content.incidents.frame)[spec.lang]
    sheet = Sheet(about.sheet_mm, about.dpi, about.text_scale)
    legend = _legend(content)
    lead = lead_lines(content.incidents, content.regions, spec, words)
    foot = foot_lines(
        content.incidents, content.regions, base, spec, words, by_panels=len(content.panels) > 1, signs=content.signs
    )
    top = _write_head(sheet, title, lead)
    bottom = _write_foot(sheet, foot)
    room = _Room(sheet.mm(MARGIN_MM), top, sheet.width - sheet.mm(MARGIN_MM), bottom)
    _draw_body(sheet, content, legend, room)
    held = set_of(content.regions, spec)
    shown = (words.local(held["name"]) if held else "", words.measured(spec.measure))
    said = describe((title, lead, foot), shown, content, words)
    return {
        "title": title, "description": said, "figure": sheet.figure, "rows": len(content.incidents.frame),
        "in_sight": in_sight(content.incidents, content.regions),
        "panels": content.panels, "looks": content.looks, "legend": legend,
        "keywords": policy_keywords(content.incidents.frame),
    }  # fmt: skip


def _content(
    frame: gpd.GeoDataFrame, spec: PageSpec, regions: gpd.GeoDataFrame | None, base: BaseMap, about: PictureSpec
) -> Content:
    regions = None if spec.kind == "timeline" else regions
    west = world_west(base, frame, regions)
    table = ShapeTable(west)
    incidents = incident_columns(frame, table)
    areas = region_columns(regions, incidents, table)
    words = Words(spec.lang, worded_countries(incidents.frame, (held["key"] for held in areas.sets)))
    spec = with_measure(spec, incidents)
    _check(spec, incidents, areas)
    panels = panels_of(incidents, about.by, words, cumulative=spec.window == "cumulative")
    is_regional = bool(areas.sets) and spec.view in (None, "regions")
    scale, looks = looks_of(incidents, areas, spec, panels) if is_regional else (None, [[] for _ in panels])
    rows = mercator(incidents.frame.geometry, west)
    return Content(
        spec, words, incidents, areas, base, panels, scale, looks, _region_shapes(regions, looks, west),
        rows, _places(rows), west, signs=not is_regional or spec.kind == "atlas",
    )  # fmt: skip


def _check(spec: PageSpec, incidents: IncidentColumns, regions: RegionColumns) -> None:
    sets = [held["key"] for held in regions.sets]
    if spec.kind == "choropleth" and not sets:
        raise SpecError(tr("A choropleth needs regions. Pass a table of regions to picture."))
    if spec.region_set is not None and spec.region_set not in sets and spec.kind != "timeline":
        known = ", ".join(sets) or "none"
        raise SpecError(
            tr(
                "Unknown region set {region_set!r}. Region sets of the picture: {known}.",
                region_set=spec.region_set[:80],
                known=known,
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


def _region_shapes(regions: gpd.GeoDataFrame | None, looks: list[list[Look]], west: float) -> dict[int, Any]:
    """Return the outlines of all regions shown, by id: the row of the table given."""
    ids = sorted({look.shown.region["id"] for panel in looks for look in panel})
    if regions is None or not ids:
        return {}
    outlines = mercator(regions.geometry.reset_index(drop=True).iloc[ids], west)
    return {number: shape for number, shape in zip(ids, outlines, strict=True) if not shape.is_empty}


def _places(rows: NDArray[Any]) -> NDArray[np.float64]:
    """Return x and y of each row in EPSG:3857; of an area, a point inside it; NaN where there is none."""
    places = np.full((len(rows), 2), np.nan)
    placed = np.flatnonzero(~shapely.is_empty(rows)) if len(rows) else np.array([], np.int64)
    if len(placed):
        places[placed] = shapely.get_coordinates(shapely.point_on_surface(rows[placed]))
    return places


def _legend(content: Content) -> list[Section]:
    sections = []
    if content.scale is not None:
        sections.append(region_section(content.spec, content.scale, content.looks, content.words))
    if content.signs:
        shown = content.shown
        found = [each(content.incidents, shown, content.words) for each in (type_section, place_section)]
        sections += [section for section in found if section]
    return sections


def _write_head(sheet: Sheet, title: str, lead: list[str]) -> float:
    left = y = sheet.mm(MARGIN_MM)
    width = sheet.width - 2 * left
    y += sheet.write(title, (left, y), TITLE, width) + sheet.mm(0.8)
    for number, line in enumerate(lead):
        y += sheet.write(line, (left, y), LEAD if number == 0 else Style(8, colour=MUTED), width)
    return y + sheet.mm(3)


def _write_foot(sheet: Sheet, foot: list[tuple[str, str]]) -> float:
    """Write the foot at the sheet's lower end, and return where it begins."""
    left = sheet.mm(MARGIN_MM)
    width = sheet.width - 2 * left
    texts = [f"{name}: {text}" for name, text in foot]
    lines = [sheet.wrap(text, SMALL, width) for text in texts]
    high = sum(map(len, lines)) * sheet.leading(SMALL)
    top = sheet.height - sheet.mm(MARGIN_MM * 0.8) - high
    sheet.paper.plot([left, left + width], [top - sheet.mm(1.4)] * 2, color=RULE, linewidth=0.8 * sheet.text_scale)
    y = top
    for text in texts:
        y += sheet.write(text, (left, y), SMALL, width)
    return top - sheet.mm(3)


@dataclass(frozen=True, slots=True)
class _Room:
    """A part of the sheet, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def _bars_shown(content: Content) -> Shown:
    """Return what the strip of time shows: what the maps do."""
    spec = content.spec
    measure = spec.measure or "incidents"
    sums = Sums(content.incidents, measure, acts=counts_acts(spec.acts, measure))
    return Shown(spec.step, measure, spec.bound, sums)


def _draw_body(sheet: Sheet, content: Content, legend: list[Section], room: _Room) -> None:
    """Draw maps, legend and strip of time. On a wide sheet the strip lies next to a tall country, else below."""
    homes = [shape for shape in (_base_shapes(content), np.array(list(content.shapes.values()), object)) if len(shape)]
    homes = homes or [content.rows]
    aspect, gap, high = _aspect(homes), sheet.mm(GAP_MM), sheet.mm(BARS_MM)
    has_bars = content.spec.kind != "choropleth"
    whole = room.bottom - room.top
    beside = len(content.panels) == 1 and room.right - room.left > whole * max(aspect * 1.4, 1.0) * 1.5
    if has_bars and not beside:
        box = (room.left, room.bottom - high, room.right - room.left, high)
        draw_bars(sheet, content.incidents, _bars_shown(content), box, content.words)
        room = replace(room, bottom=room.bottom - high - gap)
    wide = min(sheet.mm(LEGEND_MM), sheet.width * 0.34)
    legend_left = room.left + whole * max(aspect * 1.4, 1.0) + gap if beside else room.right - wide
    floor = room.bottom
    if has_bars and beside:
        floor = room.bottom - max(high, whole * 0.34)
        box = (legend_left, floor, room.right - legend_left, room.bottom - floor)
        draw_bars(sheet, content.incidents, _bars_shown(content), box, content.words)
        floor -= gap
    wide = min(room.right - legend_left, sheet.mm(85))
    _draw_fitting_legend(sheet, legend, (legend_left, room.top, wide), floor - room.top)
    _draw_maps(sheet, content, homes, replace(room, right=legend_left - gap))


def _draw_maps(sheet: Sheet, content: Content, homes: list[NDArray[Any]], room: _Room) -> None:
    space = (room.left, room.top, room.right - room.left, room.bottom - room.top)
    boxes = _boxes(sheet, len(content.panels), space, _aspect(homes))
    view = view_of(homes, boxes[0][2] / boxes[0][3])
    grain = (view[2] - view[0]) / boxes[0][2] * GRAIN_MM
    land = land_of(content.base, view, grain, content.west)
    shapes = {number: within_view(shape, view, grain) for number, shape in content.shapes.items()}
    for number, box in enumerate(boxes):
        draw_map(sheet, content, number, box, (view, land, shapes))


def _base_shapes(content: Content) -> NDArray[Any]:
    outline = content.base.country if content.base.country is not None else content.base.divisions
    return np.array([], object) if outline is None else mercator(outline.geometry, content.west)


def _aspect(homes: list[NDArray[Any]]) -> float:
    """Return how wide all shapes together are for their height, within what makes a map."""
    boxes = np.array([shapely.total_bounds(each) for each in homes if len(each)])
    if not len(boxes) or np.isnan(boxes).all():
        return 1.0
    (west, south), (east, north) = np.nanmin(boxes[:, :2], axis=0), np.nanmax(boxes[:, 2:], axis=0)
    return float(np.clip((east - west) / max(north - south, 1.0), 0.4, 2.5))


def _draw_fitting_legend(sheet: Sheet, legend: list[Section], box: tuple[float, float, float], room: float) -> None:
    """Draw the legend, its letters as much smaller as it needs to fit the height."""
    usual = sheet.text_scale
    while draw_legend(sheet, legend, box, dry=True) > room and sheet.text_scale > usual * _LEAST_LEGEND:
        sheet.text_scale *= 0.96
    draw_legend(sheet, legend, box)
    sheet.text_scale = usual


def _boxes(
    sheet: Sheet, count: int, room: tuple[float, float, float, float], aspect: float
) -> list[tuple[float, float, float, float]]:
    """Return where the maps lie: left, top, width, height; as large as they can be for their aspect."""
    left, top, width, height = room
    if count == 1:
        return [room]
    gap, head = sheet.mm(2), sheet.leading(HEAD)
    best = (0.0, 1)
    for columns in range(1, count + 1):
        rows = ceil(count / columns)
        wide = (width - gap * (columns - 1)) / columns
        high = (height - gap * (rows - 1)) / rows - head
        best = max(best, (min(wide, high * aspect), -columns))
    columns = -best[1]
    rows = ceil(count / columns)
    wide = (width - gap * (columns - 1)) / columns
    high = min((height - gap * (rows - 1)) / rows - head, wide / aspect * 1.12)
    return [
        (left + (n % columns) * (wide + gap), top + (n // columns) * (high + gap + head) + head, wide, high)
        for n in range(count)
    ]
