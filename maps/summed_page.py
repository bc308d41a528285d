"""A page of sums: the page of incidents, with cells in the place of incidents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.geo.translation import tr
from willay.maps.base import base_columns
from willay.maps.companion import page_key
from willay.maps.country_words import worded_countries
from willay.maps.errors import SpecError
from willay.maps.focus import cells_in_focus, regions_in_focus, set_in_focus
from willay.maps.foot import foot_facts
from willay.maps.fragments import check_views
from willay.maps.header import page_header
from willay.maps.incidents import FIRST
from willay.maps.measures import with_measure
from willay.maps.page import Page, PageFigure, check, fill
from willay.maps.payload import pack
from willay.maps.regions import RegionColumns, checked, region_columns, summed_region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.shipped import shipped_base, shipped_world
from willay.maps.spec import LANGS, PageSpec
from willay.maps.subject import map_titles
from willay.maps.summed_columns import country_of, summed_columns, tile_columns
from willay.maps.summed_words import SUMS, summed_words
from willay.maps.world import world_west

if TYPE_CHECKING:
    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns
    from willay.maps.summed_rows import SummedRows

_VIEWS: Final = ("regions", "density")


def render_sums(summed: SummedRows, spec: PageSpec | None = None, base: BaseMap | None = None) -> Page:
    """Make a page of sums: regions, time and density of rows that are not on the page one by one.

    `willay.events.aggregate.page_of_sums` makes the cells of a file of sums, checks its terms, and calls this.

    Args:
        summed: The cells, and what is known of the rows behind them.
        spec: What the page is to be; None makes an atlas in Spanish. Acts of the state are counted as every other row.
        base: Land and borders; None takes those shipped for the country of the regions, or the world.

    Raises:
        SpecError: The page asks for a view, region set or measure that the sums do not have, or a number of a cell is
            larger than a page can hold.
        TableError: The regions or the base map lack a column or a CRS.

    Example:
        >>> import geopandas, pandas, shapely
        >>> from willay.maps import BaseMap, PageSpec, SummedRows, render_sums
        >>> shape = [shapely.box(-77, -13, -76, -12)]
        >>> areas = geopandas.GeoDataFrame({"set": ["areas"], "key": ["w"], "name": ["West"]}, geometry=shape, crs=4326)
        >>> periods = pandas.to_datetime(["2021-01-01", None])
        >>> cells = {"held": ["0", ""], "unplaced": [False, True], "period": periods, "type": "riot"}
        >>> summed = SummedRows(cells=pandas.DataFrame(cells | {"rows": [1200, 30]}), regions=areas, period="year")
        >>> render_sums(summed, PageSpec(kind="choropleth", lang="en"), BaseMap()).rows
        1230
    """
    spec = spec or PageSpec()
    _check_views_of(summed, spec)
    country = country_of(summed.regions)
    if spec.kind == "timeline":
        summed = replace(summed, regions=None)
    table = None if summed.regions is None else checked(summed.regions)
    focus = regions_in_focus(table, spec.focus)
    base = base or shipped_base([country] if country else []) or shipped_world()
    shapes = ShapeTable(world_west(base, table))
    incidents = summed_columns(summed, shapes, country)
    areas = _areas(summed, incidents, shapes)
    spec = spec.changed(region_set=spec.region_set or set_in_focus(focus, [held["key"] for held in areas.sets]))
    spec = with_measure(spec, incidents)
    check(spec, incidents, areas)
    tiles = tile_columns(summed, shapes, incidents.dictionaries["type"])
    plain = _header(summed, incidents, areas, spec)
    check_views(spec.views, plain, ())
    header = plain | {
        "base": base_columns(base, shapes),
        "focus": cells_in_focus(focus, shapes),
        "origin": _origin(summed, incidents, areas, base, spec),
    }
    first = {name: array for name, array in incidents.arrays.items() if name in FIRST} | tiles
    later = {name: array for name, array in incidents.arrays.items() if name not in FIRST} | areas.arrays
    opening = {"later": sorted(later), "whole": _whole(summed)}
    core, columns = pack(header | opening, first | shapes.arrays()), pack({"voices": []}, later)
    title = header["titles"][spec.lang]
    figure = PageFigure(spec, title)
    key = page_key(core + columns)
    fill(
        figure,
        spec,
        core,
        {"columns": columns, "texts": pack({"langs": [], "page": key}, {"codes": np.zeros(0, np.uint8)})},
    )
    return Page(title, figure, summed.rows, _in_sight(summed), None, len(summed.partial))


def _check_views_of(summed: SummedRows, spec: PageSpec) -> None:
    if spec.view not in (None, *_VIEWS):
        raise SpecError(
            tr(
                "A page of sums has no single events, so it has no view {view!r}. Choose one of: {choices}.",
                view=spec.view,
                choices=", ".join(_VIEWS),
            )
        )
    if summed.tiles is None and (spec.view == "density" or spec.kind == "timeline" or summed.regions is None):
        raise SpecError(
            tr(
                "These sums have no density cells, which this page would show. Make them with --tiles, such as "
                "--tiles 8."
            )
        )


def _areas(summed: SummedRows, incidents: IncidentColumns, shapes: ShapeTable) -> RegionColumns:
    """Return the regions; those of which some cells were left out are marked, and those of which all were."""
    regions = summed.regions
    if regions is None:
        return region_columns(None, incidents, shapes)
    areas = summed_region_columns(regions, summed.cells["held"], shapes)
    shown = {int(number) for number in np.unique(areas.arrays["member_region"])}
    for region in (each for held in areas.sets for each in held["regions"]):
        if region["id"] in summed.partial:
            region["partial" if region["id"] in shown else "suppressed"] = True
    return areas


def _header(summed: SummedRows, incidents: IncidentColumns, areas: RegionColumns, spec: PageSpec) -> dict[str, Any]:
    """Return the header of the page, with the words of a page of sums in the place of those of incidents."""
    header = page_header(incidents, areas, spec)
    countries = worded_countries(incidents.frame, [held["key"] for held in areas.sets])
    header["messages"] = {
        lang: summed_words(lang, countries, is_partial=summed.least > 1) for lang in header["messages"]
    }
    if not summed.has_types:
        for lang in LANGS:
            kinds = header["labels"][lang]["types"] | {"other": header["messages"][lang]["all_types"]}
            header["labels"][lang] = header["labels"][lang] | {"types": kinds}
    titles = map_titles(spec, incidents.frame, f"{SUMS}title")
    return header | {"acts": None, "titles": titles, "sums": _sums(summed)}


def _sums(summed: SummedRows) -> dict[str, Any]:
    """Return what the page states of the sums: rows by where they went, steps, sources."""
    cells = summed.cells
    rows = cells["rows"]
    by_region = summed.regions is not None
    again = cells["held"].str.count(" ")
    undated = int(rows[cells["period"].isna()].sum()) if summed.period else None
    return {
        "rows": summed.rows,
        "period": summed.period,
        "types": summed.has_types,
        "outside": int(rows[(cells["held"] == "") & ~cells["unplaced"]].sum()) if by_region else None,
        "unplaced": int(rows[cells["unplaced"]].sum()) if by_region else None,
        "repeated": int((rows * again).sum()) if by_region else None,
        "undated": undated,
        "hidden": summed.hidden,
        "tiles": None if summed.tiles is None else summed.side,
        **{
            name: summed.facts.get(name)
            for name in ("passed_over", "files", "left_out", "first", "last", "asked_types")
        },
    }


def _origin(
    summed: SummedRows, incidents: IncidentColumns, areas: RegionColumns, base: BaseMap, spec: PageSpec
) -> dict[str, Any]:
    """Return what the foot states; nothing is counted of the cells themselves."""
    found = foot_facts(incidents, areas, base, spec)
    return found | {"left_out": {"undrawn": 0, "undated": 0, "parts": 0}, "texts": "none", "few": summed.hidden}


def _whole(summed: SummedRows) -> dict[str, dict[str, int | None]]:
    """Return the sums in the head of the page as it opens, as `sums.whole_sums` does of incidents."""
    cells = summed.cells
    rows = summed.rows
    plain: dict[str, int | None] = dict.fromkeys(("low", "best", "high", "rows", "known"), rows)
    found = {"incidents": plain | {"open": 0, "unknown": 0, "apart": 0}}
    for measure in summed.measures:
        named = {
            name: int(cells[f"{measure}_{name}"].sum()) for name in ("known", "unknown", "apart", "low", "best", "high")
        }
        is_known = named["known"] > 0
        opened = int(cells[f"{measure}_open"].sum()) if f"{measure}_open" in cells else 0
        bounds = {name: named[name] if is_known else None for name in ("low", "best", "high")}
        found[measure] = {"rows": rows, "open": opened, **named, **bounds}
    return found


def _in_sight(summed: SummedRows) -> int:
    """Return how many rows the map shows, in a region or as density."""
    in_regions = int(summed.cells["rows"][summed.cells["held"] != ""].sum())
    return max(in_regions, 0 if summed.tiles is None else int(summed.tiles["rows"].sum()))
