"""Class limits for every region set, measure, bound and length of window that a page can show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from willay.maps.classes import breaks
from willay.maps.incidents import NO_DAY
from willay.maps.payload import UNKNOWN
from willay.maps.spec import BOUNDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec


def scales(incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec) -> dict[str, Any]:
    """Return the inclusive upper limits of classes, as `{set: {measure: {bound: {length: [limit, …]}}}}`.

    Lengths are `all` (the whole time, and cumulative windows), `year` and `month`. The sums are those of the
    page: a row counts in every step that any of its days lies in; a part is left out where its whole
    says the same.
    """
    found: dict[str, Any] = {}
    for held in regions.sets:
        ids = np.array([region["id"] for region in held["regions"]])
        inside = np.isin(regions.arrays["member_region"], ids)
        pairs = (
            regions.arrays["member_row"][inside].astype(np.int64),
            regions.arrays["member_region"][inside],
        )
        found[held["key"]] = {
            measure: {bound: _lengths(incidents, pairs, (measure, bound), spec) for bound in BOUNDS}
            for measure in ("incidents", *incidents.measures)
        }
    return found


def _lengths(
    incidents: IncidentColumns,
    pairs: tuple[NDArray[Any], NDArray[Any]],
    what: tuple[str, str],
    spec: PageSpec,
) -> dict[str, list[int]]:
    rows, region = pairs
    values = filled(incidents, *what)
    adds = incidents.arrays["counted" if what[0] == "incidents" else f"{what[0]}_adds"]
    kept = (adds[rows] == 1) & (values[rows] > 0)
    rows, region = rows[kept], region[kept].astype(np.int64)
    whole = np.bincount(region, weights=values[rows]) if len(rows) else np.zeros(0)
    limits = {"all": breaks(whole.astype(np.int64), spec.scheme, spec.classes)}
    dated = incidents.arrays["first"][rows] != NO_DAY
    for length in ("month", "year"):
        sums = _by_step(incidents, (rows[dated], region[dated]), values, length)
        limits[length] = breaks(sums, spec.scheme, spec.classes)
    return limits


def filled(incidents: IncidentColumns, measure: str, bound: str) -> NDArray[np.int64]:
    """Return each row's number: 1 for incidents; a missing bound is taken from the nearest that is known.

    A row with none of the three is `UNKNOWN`. The page's `sums.js` follows the same rule.
    """
    if measure == "incidents":
        return np.ones(len(incidents.frame), np.int64)
    order = {
        "low": ("low", "best", "high"),
        "best": ("best", "low", "high"),
        "high": ("high", "best", "low"),
    }[bound]
    value = np.full(len(incidents.frame), UNKNOWN, np.int64)
    for name in reversed(order):
        numbers = incidents.arrays[f"{measure}_{name}"]
        value = np.where(numbers == UNKNOWN, value, numbers)
    return value


def _by_step(
    incidents: IncidentColumns,
    pairs: tuple[NDArray[Any], NDArray[Any]],
    values: NDArray[np.int64],
    length: str,
) -> NDArray[np.int64]:
    """Return the sum of every region in every step: what has begun by then, less what has ended before."""
    rows, region = pairs
    if not len(rows):
        return np.zeros(0, np.int64)
    unit = "datetime64[M]" if length == "month" else "datetime64[Y]"
    first, last = (
        incidents.arrays[name][rows].astype("datetime64[D]").astype(unit).astype(np.int64) for name in ("first", "last")
    )
    change = np.zeros((int(region.max()) + 1, int(last.max() - first.min()) + 2), np.int64)
    np.add.at(change, (region, first - first.min()), values[rows])
    np.add.at(change, (region, last - first.min() + 1), -values[rows])
    return change.cumsum(axis=1).ravel()
