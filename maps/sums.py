"""What every region shows in a span of days: its sum, its rate, how sure it is, and why it may mean little.

The page computes the same in the browser (`choropleth.js` and `rates.js` in `static/regions`), from the same numbers; a
test compares the two. Pictures drawn without a browser take their values from here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.data.codebook import codebook
from willay.events.frame.families import BOUNDS, Families
from willay.events.frame.frame import open_ended
from willay.maps.acts import counts_acts
from willay.maps.measures import with_measure
from willay.maps.selections import refused_rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec

GUARD: Final = {"incidents": 5, "counted": 20, "people": 10_000}
"""Below these numbers a rate or a change is unreliable and hatched: incidents with a figure, people or incidents
counted, and inhabitants. 20 counted is the limit below which the National Center for Health Statistics (US) calls a
death rate unreliable, since its relative standard error passes 22 %; the other two are conventions of this project."""

PER_PEOPLE: Final = 100_000
PER_KM2: Final = 1_000

_ORDER: Final = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}
"""The bound that replaces a missing bound; the page's model does the same."""


@dataclass(frozen=True, slots=True)
class RegionValue:
    """What a region shows.

    Attributes:
        region: The region, as `RegionColumns.sets` has it.
        rows: Incidents in it that are not part of another one.
        known: Rows whose figure is in the sum.
        unknown: Incidents whose figure is not known.
        apart: Incidents to which the measure cannot apply, such as a state of emergency: they are not unknown dead;
            and acts of the state that are not counted.
        low: Sum of the low bounds; None where no figure is known.
        best: Sum of the best figures.
        high: Sum of the high bounds, as far as they are stated; see `open`.
        open: How many of the rows in the sum have no upper end: where any has none, the sum has none.
        value: What is shown: the sum at the spec's bound, its rate, or the change; None where there is none.
        look: `value`, `zero`, `none` (no incident known), `unknown`, `apart`, or `no-people` (nobody knows how many
            live there).
        reasons: Why the value says little: keys of `GUARD`; empty where it does not.
        people: People of the census used; None where the rate needs none, or none is known.
        people_year: The year of that census; None where it is not stated.
        is_least: Whether the value is a least: it is of high bounds, and the sum has no upper end.
    """

    region: dict[str, Any]
    rows: int = 0
    known: int = 0
    unknown: int = 0
    apart: int = 0
    low: int | None = None
    best: int | None = None
    high: int | None = None
    open: int = 0
    value: float | None = None
    look: str = "none"
    reasons: tuple[str, ...] = ()
    people: int | None = None
    people_year: int | None = None
    is_least: bool = False


def applies() -> dict[str, dict[str, list[str]]]:
    """Return the measures that can apply to a type or sub-type of incident, by list and code.

    A code that is left out allows every measure; a sub-type's entry goes before its type's. It is the fact `measures`
    of the codebook's event types.
    """
    lists = {"type": codebook().types, "subtype": codebook().subtypes}
    return {
        name: {term.code: list(term.facts["measures"]) for term in terms if "measures" in term.facts}
        for name, terms in lists.items()
    }


def region_values(
    incidents: IncidentColumns,
    regions: RegionColumns,
    spec: PageSpec,
    window: tuple[date, date] | None = None,
    before: tuple[date, date] | None = None,
) -> list[RegionValue]:
    """Return what every region of the spec's set shows, in the set's order.

    Args:
        incidents: The rows; all of them are taken, so filter the frame before.
        regions: The regions of the same incidents.
        spec: Its region set (None: the first), measure, bound and rate.
        window: First and last day, inclusive; a row counts if any of its days lies within. None is the whole period,
            and takes undated rows too. Versions of regions that are not valid on any day of it are left out.
        before: The window that a change is counted from; None takes as many days before the window. (The page
            takes as many of its steps: the month before a month.)

    A rate per 100,000 people takes the census nearest to the middle of the window. A change needs a window; without
    one, counts are shown, as on the page. So they are where a rate is asked for of a dataset that is a selection.
    """
    sets = [held["regions"] for held in regions.sets if spec.region_set in (None, held["key"])]
    span = _days(window)
    measure = with_measure(spec, incidents).measure or "incidents"
    table = Sums(incidents, measure, acts=counts_acts(spec.acts, measure))
    refused = refused_rate(spec.rate, incidents.frame)
    now = table.moment(span)
    found = []
    for region in sets[0] if sets else []:
        if span and not _valid(region, span):
            continue
        rows = regions.arrays["member_row"][regions.arrays["member_region"] == region["id"]].astype(np.int64)
        shown = _summed(region, now, rows)
        if spec.rate == "change" and span:
            earlier = _days(before) or (2 * span[0] - span[1] - 1, span[0] - 1)
            found.append(_change(shown, _summed(region, table.moment(earlier), rows), spec.bound))
        else:
            found.append(_rated(shown, "count" if refused else spec.rate, spec.bound, table.middle(span)))
    return found


def whole_sums(
    incidents: IncidentColumns, measures: Iterable[str], *, acts: bool = True
) -> dict[str, dict[str, int | None]]:
    """Return what all rows, of whatever day, add up to by measure; without those that are acts of the state if asked.

    `rows`, `low`, `best`, `high`, `open`, `known`, `unknown` and `apart`, as `RegionValue` has them.

    The page shows them with its first picture, before it has the columns that they are sums of.
    """
    rows = np.arange(len(incidents.frame))
    names = ("rows", "low", "best", "high", "open", "known", "unknown", "apart")
    found = {measure: _summed({}, Sums(incidents, measure, acts=acts).moment(None), rows) for measure in measures}
    return {measure: {name: getattr(shown, name) for name in names} for measure, shown in found.items()}


@dataclass(frozen=True, slots=True)
class _Moment:
    """The rows in a window of time, or in all of it.

    Attributes:
        inside: Whether a row has a day in it, and is counted.
        left_out: Whether a row is an act of the state in it that is not counted.
        counted: Whether a row is an incident of its own in it.
        adds: Whether a row's number may be added.
        applies: Whether the measure can apply to it.
        is_known: Whether its number is known.
        is_open: Whether its number has no upper end.
        values: What a row's number adds, by bound.
    """

    inside: NDArray[np.bool_]
    left_out: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    adds: NDArray[np.bool_]
    applies: NDArray[np.bool_]
    is_known: NDArray[np.bool_]
    is_open: NDArray[np.bool_]
    values: Mapping[str, NDArray[np.float64]]


class Sums:
    """What rows add up to in a window of days: their days and figures, as the page's model has them.

    Args:
        incidents: The rows.
        measure: `incidents` or one of `FIGURE_MEASURES`.
        acts: Whether acts of the state are counted (`acts.py`).
    """

    def __init__(self, incidents: IncidentColumns, measure: str, *, acts: bool = True) -> None:
        frame = incidents.frame
        act = incidents.arrays.get("act")
        self._left_out = np.zeros(len(frame), bool) if acts or act is None else act.astype(bool)
        self._measure, self._families = measure, Families(frame)
        self._applies = _applies_to(frame, measure)
        self._values = {name: _filled(frame, measure, name) for name in BOUNDS}
        endless = np.zeros(len(frame), bool) if measure == "incidents" else open_ended(frame, measure).to_numpy(bool)
        self._is_open = endless
        self._first, self._last = (frame[name].dropna().to_numpy("datetime64[D]") for name in ("first_day", "last_day"))

    def moment(self, span: tuple[int, int] | None) -> _Moment:
        """Return the rows with a day within a span of days since 1970-01-01; all of them where there is no span."""
        return self._whole if span is None else self._moment(span)

    @cached_property
    def _whole(self) -> _Moment:
        return self._moment(None)

    def _moment(self, span: tuple[int, int] | None) -> _Moment:
        counted, is_known = self._families.counted(span), ~np.isnan(self._values["best"])
        within = self._families.within(span)
        inside, left_out = within & ~self._left_out, within & counted & self._left_out
        adds: NDArray[np.bool_] = counted
        values: Mapping[str, NDArray[np.float64]] = self._values
        if self._measure != "incidents":
            amounts = self._families.amounts(self._measure, self._values, span)
            adds, values = amounts.adds, amounts.bounds
        return _Moment(inside, left_out, counted, adds, self._applies, is_known, self._is_open, values)

    def over(self, window: tuple[date, date] | None, rows: NDArray[np.int64]) -> RegionValue:
        """Return what some rows add up to in a window of days (inclusive); None is the whole period."""
        return _summed({}, self.moment(_days(window)), rows)

    def unknown(self, window: tuple[date, date] | None, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows among some that have a day in a window, to which the measure applies, and no figure."""
        now = self.moment(_days(window))
        return rows[(now.inside & now.counted & ~now.is_known & now.applies)[rows]]

    def middle(self, span: tuple[int, int] | None) -> float | None:
        """Return the year in which the middle of the span lies, or of all days where there is none."""
        if span is None:
            if not len(self._first):
                return None
            span = (int(self._first.min().astype(np.int64)), int(self._last.max().astype(np.int64)))
        return 1970 + (span[0] + span[1] + 1) / 2 / 365.2425


def _applies_to(frame: gpd.GeoDataFrame, measure: str) -> NDArray[np.bool_]:
    allowed = applies()
    pairs = zip(frame["type"], frame["subtype"], strict=True)
    lists = (allowed["subtype"].get(subtype, allowed["type"].get(kind)) for kind, subtype in pairs)
    return np.array([codes is None or measure in codes for codes in lists], bool)


def _filled(frame: gpd.GeoDataFrame, measure: str, bound: str) -> NDArray[np.float64]:
    """Return each row's number, NaN where none is known: a missing bound is the nearest one that is."""
    if measure == "incidents":
        return np.ones(len(frame))
    one, two, three = (frame[f"{measure}_{name}"].astype("Float64").fillna(np.nan) for name in _ORDER[bound])
    numbers = [column.to_numpy(float, na_value=np.nan) for column in (one, two, three)]
    filled: NDArray[np.float64] = np.where(np.isnan(numbers[1]), numbers[2], numbers[1])
    return np.where(np.isnan(numbers[0]), filled, numbers[0])


def _summed(region: dict[str, Any], now: _Moment, rows: NDArray[np.int64]) -> RegionValue:
    acts = int(now.left_out[rows].sum())
    rows = rows[now.inside[rows]]
    lacking = now.counted[rows] & ~now.is_known[rows]
    known = now.adds[rows] & now.is_known[rows]
    found = RegionValue(
        region,
        rows=int(now.counted[rows].sum()),
        known=int(known.sum()),
        unknown=int((lacking & now.applies[rows]).sum()),
        apart=acts + int((lacking & ~now.applies[rows]).sum()),
    )
    if not known.any():
        return found
    low, best, high = (int(now.values[name][rows][known].sum()) for name in BOUNDS)
    return replace(found, low=low, best=best, high=high, open=int(now.is_open[rows][known].sum()))


def _look(shown: RegionValue) -> str:
    if shown.known:
        return "value"
    return "unknown" if shown.unknown else "apart" if shown.apart else "none"


def _rated(shown: RegionValue, rate: str, bound: str, middle: float | None) -> RegionValue:
    look, count = _look(shown), getattr(shown, bound)
    if look != "value":
        return replace(shown, look=look)
    if rate == "people":
        year, people = nearest_census(shown.region.get("population", []), middle)
        if not people:
            return replace(shown, look="no-people")
        value = count * PER_PEOPLE / people
        shown = replace(shown, people=people, people_year=year)
    elif rate == "area":
        area = shown.region.get("area_km2")
        if not area:
            return replace(shown, look="apart")
        value = count * PER_KM2 / area
    else:
        value = count
    is_least = bound == "high" and shown.open > 0
    reasons = _reasons(shown, count, rate)
    return replace(shown, value=value, look="value" if value else "zero", reasons=reasons, is_least=is_least)


def _reasons(shown: RegionValue, count: int, rate: str) -> tuple[str, ...]:
    if rate not in {"people", "area"}:
        return ()
    facts = {"incidents": shown.known, "counted": count, "people": shown.people if rate == "people" else None}
    return tuple(name for name, number in facts.items() if number is not None and number < GUARD[name])


def _change(now: RegionValue, before: RegionValue, bound: str) -> RegionValue:
    looks = (_look(now), _look(before))
    if "unknown" in looks or (bound == "high" and now.open + before.open):
        return replace(now, look="unknown")
    if "value" not in looks:
        return replace(now, look=looks[0])
    value = (getattr(now, bound) or 0) - (getattr(before, bound) or 0)
    few = now.known + before.known < GUARD["incidents"]
    return replace(now, value=value, look="value" if value else "zero", reasons=("incidents",) if few else ())


def nearest_census(population: list[list[int | None]], middle: float | None) -> tuple[int | None, int | None]:
    """Return the year and the people of the census nearest to a moment (a year with decimals), the later of two.

    Without a moment it is the last one; (None, None) where there is none.
    """
    if not population:
        return None, None
    if middle is None:
        return population[-1][0], population[-1][1]
    year, people = min(reversed(population), key=lambda census: abs((census[0] or 0) + 0.5 - middle))
    return year, people


def _days(window: tuple[date, date] | None) -> tuple[int, int] | None:
    if window is None:
        return None
    first, last = (int(np.datetime64(day, "D").astype(np.int64)) for day in window)
    return first, last


def _valid(region: dict[str, Any], span: tuple[int, int]) -> bool:
    since, until = region.get("valid_from"), region.get("valid_until")
    return (since is None or since <= span[1]) and (until is None or until > span[0])
