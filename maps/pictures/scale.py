"""What the regions of a picture look like: the page's classes, found over all panels, and its fills."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.maps.classes import Classes, classify
from willay.maps.palette import class_colours, diverging_colours
from willay.maps.pictures.panels import day_number, known_days
from willay.maps.selections import refused_rate
from willay.maps.sums import RegionValue, region_values

if TYPE_CHECKING:
    from datetime import date

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.panels import Panel
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec

FILLS: Final = {"none": "dotted", "unknown": "hatched", "no-people": "crossed", "early": "blank", "apart": "blank"}
"""Fills other than the colours of classes, by kind; as in `static/regions/choropleth.js`."""

MOST_SIDES: Final = 5
"""Classes on each side of a change, at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Classes and colours of all panels.

    Attributes:
        rate: What is shown: one of `spec.RATES`.
        classes: The classes of the sizes of all values.
        colours: Of zero, then rising.
        falls: Of zero, then falling; empty unless a change is shown.
        needs_panels: Whether a change was asked for that has nothing to compare, so that counts are shown.
        refused: Whether a rate was asked for of incidents that are a selection, so that counts are shown.
    """

    rate: str
    classes: Classes
    colours: list[str]
    falls: list[str]
    needs_panels: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a region of a panel looks like.

    Attributes:
        shown: Its sums.
        rank: Its class: 0 for zero, 1 up, below 0 for a fall; None where it has no value.
        kind: `class`, `hatched`, `dotted`, `crossed` or `blank`.
        colour: The class's colour; None for other kinds.
        outside: How many days of the time shown it was not valid on.
    """

    shown: RegionValue
    rank: int | None
    kind: str
    colour: str | None
    outside: int = 0

    @property
    def state(self) -> str:
        """What it stands for in a legend: the class's number, or the look."""
        return str(self.rank) if self.rank is not None else self.shown.look


def looks_of(
    incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec, panels: list[Panel]
) -> tuple[Scale, list[list[Look]]]:
    """Return the scale of all panels and the looks of each one's regions, in the set's order."""
    lacking = spec.rate == "change" and (panels[0].window is None or spec.window == "cumulative")
    refused = refused_rate(spec.rate, incidents.frame)
    if lacking or refused:
        spec = spec.changed(rate="count")
    values = [region_values(incidents, regions, spec, panel.window, panel.before or panel.window) for panel in panels]
    if spec.rate == "change":
        values[0] = [_early(value) for value in values[0]]
    scale = _scale(spec, [value.value for panel in values for value in panel if value.value], lacking=lacking)
    scale = replace(scale, refused=refused)
    days = known_days(incidents)
    return scale, [
        [_look(scale, value, panel.window or days) for value in shown]
        for panel, shown in zip(panels, values, strict=True)
    ]


def _early(value: RegionValue) -> RegionValue:
    return RegionValue(value.region, value.rows, value.known, value.unknown, value.apart, look="early")


def _scale(spec: PageSpec, values: list[float], *, lacking: bool) -> Scale:
    sizes = np.abs(np.array(values, np.int64 if spec.rate in {"count", "change"} else np.float64))
    wanted = ceil(spec.classes / 2) if spec.rate == "change" else spec.classes
    classes = classify(sizes, spec.scheme, wanted, spec.limits)
    if spec.rate != "change":
        return Scale(spec.rate, classes, class_colours(len(classes)), [], lacking)
    if len(classes) > MOST_SIDES:
        classes = Classes(classes.limits[: MOST_SIDES - classes.is_open], classes.decimals, classes.is_open)
    sides = diverging_colours(len(classes))
    return Scale(spec.rate, classes, sides[len(classes) :], sides[len(classes) :: -1])


def _look(scale: Scale, value: RegionValue, window: tuple[date, date] | None) -> Look:
    outside = _days_outside(value.region, window)
    if value.value is None:
        return Look(value, None, FILLS[value.look], None, outside)
    rank = scale.classes.rank(abs(value.value)) + 1 if value.value else 0
    if value.value < 0:
        return Look(value, -rank, "class", scale.falls[rank], outside)
    return Look(value, rank, "class", scale.colours[rank], outside)


def _days_outside(region: dict[str, Any], window: tuple[date, date] | None) -> int:
    since, until = region.get("valid_from"), region.get("valid_until")
    if window is None or (since is None and until is None):
        return 0
    low, high = (day_number(day) for day in window)
    first = max(low, low if since is None else since)
    last = min(high, high if until is None else until - 1)
    return high - low + 1 - max(0, last - first + 1)
