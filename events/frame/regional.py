"""Regions with figures: how many incidents and people each region's sums hold, and how little a rate may mean.

The rules are those of the maps: a part is not counted in addition to its parent incident, an unknown figure is in no
sum and is reported next to it, and a region has only the incidents that it held on their days.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.codebook import codebook
from willay.events.frame.columns import TERMS
from willay.events.frame.families import BOUNDS, Amounts, Families
from willay.events.frame.frame import cells, check_frame, open_ended
from willay.events.frame.membership import members
from willay.events.frame.protection import LEVEL, datasets_of_rows, sums_terms
from willay.events.frame.row_checks import check_places, check_rows
from willay.events.frame.units import ever_valid
from willay.events.model.errors import FrameError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.distance import area_km2
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    Window = tuple[date, date]

GUARD: Final = {"incidents": 5, "counted": 20, "people": 10_000}
"""Below these numbers a rate is unreliable, as on the maps: incidents with a figure, people counted, inhabitants."""

PER_PEOPLE: Final = 100_000
_NEXT: Final = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}
"""The bound that replaces an unknown bound."""

_NEEDED: Final = ("set", "key", "valid_from", "valid_until", "admin_code")
_KEPT: Final = (
    "set",
    "key",
    "version",
    "name",
    "name_es",
    "name_en",
    "kind",
    "admin_code",
    "valid_from",
    "valid_until",
)

_OUTLINE: Final = ("licence", "attribution")
"""Terms of the outlines, which differ from those of the incidents counted."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A measure's numbers by row of the frame.

    Attributes:
        name: The measure.
        applies: Whether the measure can apply to what happened.
        bounds: Low, best and high; NaN where nothing is known.
        is_open: Whether a figure has no upper end.
    """

    name: str
    applies: NDArray[np.bool_]
    bounds: dict[str, NDArray[np.float64]]
    is_open: NDArray[np.bool_]


def region_figures(
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame,
    windows: Sequence[Window] | None = None,
    *,
    measures: Sequence[str] = FIGURE_MEASURES,
) -> gpd.GeoDataFrame:
    """Sum incidents and their figures by region, and by window of days where windows are given.

    Acts of the state are incidents here; a map counts them where it is asked to (`PageSpec(acts=True)`).

    Args:
        frame: Incidents; all of them are taken, so filter before.
        regions: Versions of regions with set, key, valid_from, valid_until, admin_code and geometry (EPSG:4326), and,
            where known, version, name, name_es, name_en, kind, area_km2 and population (a number, or JSON of people by
            year).
        windows: First and last day of each, inclusive: an incident counts if any of its days lies within, and versions
            of regions that are not valid on any of them are left out. None is the whole period, undated ones too.
        measures: Which measures are summed.

    Returns:
        A row for each region and window, in the order of windows, then of regions: the columns of the regions, the
        terms of their outlines as `outline_licence` and `outline_attribution`;
        `first_day` and `last_day` of the window; `area_km2`; `people` and `people_year`, of the census nearest to the
        middle of the window; `incidents`; for each measure `_low`, `_best`, `_high` (missing: no figure is known; a
        missing `_high` next to a known `_low`: the sum has no upper end, as that of a figure), `_known`, `_open` and
        `_unknown` (incidents with a figure, with one that has no upper end, and without one), `_per_100k` (best figure
        by people) and `_guard` (keys of `GUARD`, "; " between: why the rate says little); and what protects the sums,
        as far as it is known: `dataset`, `licence`, … of all incidents of the frame, by the columns `TERMS`.

    Raises:
        FrameError: The frame is not an incident frame, or a column of the regions is missing.
    """
    frame = check_places(check_rows(check_frame(frame)))
    if missing := [name for name in _NEEDED if name not in regions.columns]:
        raise FrameError(
            tr("The table of regions lacks {missing}. Use the regions of a database.", missing=", ".join(missing))
        )
    table = regions[ever_valid(regions)].reset_index(drop=True)
    pairs = members(frame, table)
    summed = [_measure(frame, measure) for measure in measures]
    families = Families(frame)
    chosen: Sequence[Window | None] = windows or [None]
    parts = [_one_window(frame, table, pairs, (summed, families), window) for window in chosen]
    whole = pd.concat(parts, ignore_index=True)
    whole.attrs.update(frame.attrs)
    plain = {name: cells(frame, name) for name in TERMS}
    listed = frame.attrs.get("datasets") or datasets_of_rows(plain)
    whole.attrs |= {"datasets": listed} if listed else {}
    return whole.assign(**sums_terms(listed, plain[LEVEL]))


def _one_window(
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame,
    pairs: pd.DataFrame,
    told: tuple[Sequence[_Measure], Families],
    window: Window | None,
) -> gpd.GeoDataFrame:
    summed, families = told
    span = None if window is None else (_day_number(window[0]), _day_number(window[1]))
    rows, held = pairs["incident"].to_numpy(), pairs["region"].to_numpy()
    inside = families.within(span)[rows]
    rows, held = rows[inside], held[inside]
    counted = families.counted(span)
    columns = {
        **{name: regions[name] for name in _KEPT if name in regions.columns},
        **{f"outline_{name}": regions[name] for name in _OUTLINE if name in regions.columns},
        **{f"{name}_day": _days(window, place, len(regions)) for place, name in enumerate(("first", "last"))},
        "area_km2": _areas(regions),
        **_people(regions, _middle(frame, window)),
        "incidents": _count(held, counted[rows], len(regions)),
    }
    people = columns["people"]
    for measure in summed:
        amounts = families.amounts(measure.name, measure.bounds, span)
        columns |= _sums(measure, amounts, (rows, held), counted, people)
    made = type(regions)(columns, geometry=regions.geometry.to_numpy(), crs=regions.crs)
    return made[_valid(regions, window)].reset_index(drop=True)


def _sums(
    measure: _Measure,
    amounts: Amounts,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    counted: NDArray[np.bool_],
    people: pd.Series[Any],
) -> dict[str, pd.Series[Any]]:
    (rows, held), count, name = pairs, len(people), measure.name
    best = measure.bounds["best"][rows]
    known = amounts.adds[rows] & ~np.isnan(best)
    unknown = counted[rows] & np.isnan(best) & measure.applies[rows]
    number = _count(held, known, count)
    sums = {
        bound: pd.Series(np.bincount(held[known], amounts.bounds[bound][rows][known], count).round(), dtype="Int64")
        for bound in BOUNDS
    }
    sums = {bound: total.mask(number == 0) for bound, total in sums.items()}
    endless = _count(held, known & measure.is_open[rows], count)
    sums["high"] = sums["high"].mask(endless > 0)
    rate = (sums["best"].astype("Float64") * PER_PEOPLE / people.astype("Float64")).round(3)
    return {
        **{f"{name}_{bound}": total for bound, total in sums.items()},
        f"{name}_known": number,
        f"{name}_open": endless,
        f"{name}_unknown": _count(held, unknown, count),
        f"{name}_per_100k": rate,
        f"{name}_guard": _guard(number, sums["best"], people),
    }


def _guard(known: pd.Series[Any], counted: pd.Series[Any], people: pd.Series[Any]) -> pd.Series[Any]:
    """Return why a rate means little; empty where it does not, missing where there is none."""
    facts = {"incidents": known, "counted": counted, "people": people}
    few = {name: (values < GUARD[name]).fillna(value=False).to_numpy(bool) for name, values in facts.items()}
    told = ["; ".join(name for name in GUARD if few[name][row]) for row in range(len(known))]
    there = (counted.notna() & people.notna()).to_numpy(bool)
    return pd.Series([text if is_rate else None for text, is_rate in zip(told, there, strict=True)], dtype="object")


def _measure(frame: gpd.GeoDataFrame, measure: str) -> _Measure:
    numbers = {
        bound: frame[f"{measure}_{bound}"].astype("Float64").to_numpy(float, na_value=np.nan) for bound in BOUNDS
    }
    bounds = {}
    for bound, (one, two, three) in _NEXT.items():
        filled = np.where(np.isnan(numbers[two]), numbers[three], numbers[two])
        bounds[bound] = np.where(np.isnan(numbers[one]), filled, numbers[one])
    is_open = open_ended(frame, measure).to_numpy(bool)
    return _Measure(measure, _applies(frame, measure), bounds, is_open)


def _applies(frame: gpd.GeoDataFrame, measure: str) -> NDArray[np.bool_]:
    """Return where a measure can apply: a state of emergency has no unknown dead. A sub-type goes before its type."""
    book = codebook()
    subtypes, types = (
        {term.code: term.facts["measures"] for term in terms if "measures" in term.facts}
        for terms in (book.subtypes, book.types)
    )
    pairs = zip(frame["type"], frame["subtype"], strict=True)
    lists = (subtypes.get(subtype, types.get(kind)) for kind, subtype in pairs)
    return np.array([allowed is None or measure in allowed for allowed in lists], bool)


def _day_number(day: date) -> int:
    """Return days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def _valid(regions: gpd.GeoDataFrame, window: Window | None) -> NDArray[np.bool_]:
    if window is None:
        return np.ones(len(regions), bool)
    begins, ends = (pd.to_datetime(regions[name]) for name in ("valid_from", "valid_until"))
    begun = begins.isna() | (begins <= pd.Timestamp(window[1]))
    valid: NDArray[np.bool_] = (begun & (ends.isna() | (ends > pd.Timestamp(window[0])))).to_numpy(bool)
    return valid


def _count(held: NDArray[np.int64], chosen: NDArray[np.bool_], count: int) -> pd.Series[Any]:
    return pd.Series(np.bincount(held[chosen], minlength=count), dtype="Int64")


def _days(window: Window | None, place: int, count: int) -> pd.Series[Any]:
    day = None if window is None else pd.Timestamp(window[place])
    return pd.Series([day] * count, dtype="datetime64[s]")


def _areas(regions: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return square kilometres, to a tenth: as stated in the table, else measured on the ellipsoid."""
    stated = regions["area_km2"] if "area_km2" in regions.columns else [None] * len(regions)
    areas = [
        float(given) if given is not None and pd.notna(given) and given > 0 else _measured(shape)
        for given, shape in zip(stated, regions.geometry, strict=True)
    ]
    return pd.Series(areas, dtype="float64").round(1)


def _measured(shape: Any) -> float | None:  # noqa: ANN401 — a geometry or nothing
    return None if shape is None or shape.is_empty else area_km2(shape)


def _people(regions: gpd.GeoDataFrame, middle: float | None) -> dict[str, pd.Series[Any]]:
    stated = regions["population"] if "population" in regions.columns else [None] * len(regions)
    found = [_census(value, middle) for value in stated]
    return {
        "people": pd.Series([people for people, _ in found], dtype="Int64"),
        "people_year": pd.Series([year for _, year in found], dtype="Int64"),
    }


def _census(stated: Any, middle: float | None) -> tuple[int | None, int | None]:  # noqa: ANN401 — a cell of any frame
    """Return the people of the census nearest to a moment, the later of two, and its year; the last one without."""
    known = json.loads(stated) if isinstance(stated, str) and stated else stated
    if not isinstance(known, dict):
        return (None if known is None or known == "" or pd.isna(known) else int(known)), None
    years = sorted(map(int, known), reverse=True)
    if not years:
        return None, None
    year = years[0] if middle is None else min(years, key=lambda year: abs(year + 0.5 - middle))
    return int(known[str(year)]), year


def _middle(frame: gpd.GeoDataFrame, window: Window | None) -> float | None:
    """Return the year, with decimals, in which the middle of the window lies, or of all days where there is none."""
    if window is None:
        first = frame["first_day"].dropna()
        if first.empty:
            return None
        days = [pd.Timestamp(first.min()), pd.Timestamp(frame["last_day"].dropna().max())]
    else:
        days = [pd.Timestamp(day) for day in window]
    numbers = [(day - pd.Timestamp(0)).days for day in days]
    return 1970 + (sum(numbers) + 1) / 2 / 365.2425


def suppressed(table: gpd.GeoDataFrame, least: int) -> tuple[gpd.GeoDataFrame, int]:
    """Blank the figures of regions with some incidents, but fewer than a number, so that nobody is found by them.

    Args:
        table: As `region_figures` returns it.
        least: The number; 0 and 1 blank nothing.

    Returns:
        The table, in which `incidents` and all figures of those regions are missing, and how many regions that are.
    """
    few = ((table["incidents"] > 0) & (table["incidents"] < least)).to_numpy(bool)
    if not few.any():
        return table, 0
    endings = ("_low", "_best", "_high", "_known", "_open", "_unknown", "_per_100k", "_guard")
    names = ["incidents", *(name for name in table.columns if name.endswith(endings))]
    return table.assign(**{name: table[name].mask(few) for name in names}), int(few.sum())
