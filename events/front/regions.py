"""Regions added to a database and written with their figures, for the commands `regions …` and Python alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from willay.data.profiles import DEFAULT
from willay.events.exchange.outgoing import WritingOptions
from willay.events.frame.publishing import barred, check_publishable
from willay.events.model.errors import DraftError
from willay.events.model.reasons import ADDED, FROM_FILE, recorded_reason
from willay.events.store.record.region_sets import region_set_from_layer
from willay.geo import MissingCRSError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.exchange.outgoing import Written
    from willay.events.frame.query import IncidentQuery
    from willay.events.store import Store


def add_areas(
    store: Store,
    areas: gpd.GeoDataFrame | str | Path,
    named: tuple[str, str],
    words: Mapping[str, str | None],
    *,
    author: str,
    reason: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
) -> tuple[int, tuple[str, ...]]:
    """Add a region set; return how many regions were added, and what was found out about the file.

    Args:
        store: The database.
        areas: Polygons with a CRS, or a GIS file of them.
        named: The name of the set, and the column with the key of each.
        words: The columns `name` and `admin_code`, and `licence` and `attribution`.
        author: Who adds them.
        reason: Why; None says from where.
        layer: Of a file: the layer, where it has several.
        crs: Of a file: its CRS, where it states none.

    Raises:
        DraftError: It is not a table of areas, a column is missing, or two areas have one key.
        GeoError: The file cannot be read; MissingCRSError: there is no CRS.
        ConflictError: A version is there already.
    """
    from willay.geo import read_layer  # noqa: PLC0415 — GDAL is loaded

    notes: tuple[str, ...] = ()
    why = reason or recorded_reason(ADDED)
    if isinstance(areas, str | Path):
        file = Path(areas)
        reading = read_layer(file, layer=layer, geometry="polygon", crs=crs)
        areas, notes, why = reading.frame, reading.notes, reason or recorded_reason(FROM_FILE, file=file.name)
    else:
        areas, notes = _sound(areas)
    set_name, key = named
    made = region_set_from_layer(areas, set_name, key=key, **words)
    return store.regions.add(made, author=author, reason=why), notes


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFigures:
    """What is written of regions.

    Attributes:
        query: Which incidents are summed.
        set_name: The region set; None is all.
        policy: The figure policy; None is the database's own.
        profile: The disclosure profile.
        suppress_below: Regions with fewer incidents than this have blank figures.
        lang: The language of names and headings.
        own_use: Whether rows that may not be passed on are summed, too.
        force: Whether a file that is there may be replaced.
    """

    query: IncidentQuery
    set_name: str | None = None
    policy: str | None = None
    profile: Profile | str = DEFAULT
    suppress_below: int = 0
    lang: str = "en"
    own_use: bool = False
    force: bool = False


def write_region_figures(store: Store, path: Path, asked: RegionFigures) -> tuple[Written, int, Mapping[Any, Any]]:
    """Write regions with their numbers of incidents and figures, by the rules of the maps.

    Returns:
        The file, how many regions have blank figures, and what the incidents state of where they come from.

    Raises:
        RefusedError: The format is unknown, or rows may not be passed on.
        FileInTheWayError: The file is there, and `force` is not set.
    """
    from willay.events.exchange.outgoing.regions import write_regions  # noqa: PLC0415 — needs GDAL
    from willay.events.frame.regional import region_figures, suppressed  # noqa: PLC0415 — as above

    query = asked.query
    frame = store.read.select(query, policy=asked.policy, lang=asked.lang, details=False, profile=asked.profile)
    if not asked.own_use:
        check_publishable(frame, barred(store.registers.datasets()))
    regions = store.regions.select(asked.set_name, lang=asked.lang, as_of=query.as_of, profile=asked.profile)
    window = (query.days.first, query.days.last) if query.days and query.days.first and query.days.last else None
    table, blanked = suppressed(region_figures(frame, regions, [window] if window else None), asked.suppress_below)
    options = WritingOptions(lang=asked.lang, force=asked.force, own_use=asked.own_use)
    return write_regions(table, path, None, options), blanked, frame.attrs


def _sound(areas: Any) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:  # noqa: ANN401 — whatever is given
    """Return a table of areas with its broken outlines repaired, and a note on each.

    Raises:
        DraftError: It is not a table of areas.
        MissingCRSError: It has no CRS.
    """
    if not hasattr(areas, "total_bounds") or not hasattr(areas, "columns"):
        raise DraftError.at(
            "regions", tr("expected a GeoDataFrame or a GIS file; got {got}.", got=type(areas).__name__)
        )
    if areas.crs is None:
        raise MissingCRSError(tr("The regions have no CRS. Set it: regions.set_crs('EPSG:4326')."))
    shapes = areas.geometry
    broken = shapes[~shapes.is_valid & shapes.notna()]
    notes = tuple(
        tr("Row {row}: broken geometry ({reason}) was repaired.", row=row, reason=reason)
        for row, reason in broken.is_valid_reason().items()
    )
    repaired = shapes.make_valid(method="structure", keep_collapsed=False) if notes else shapes
    return areas.set_geometry(repaired), notes
