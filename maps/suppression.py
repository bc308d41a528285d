"""Small numbers: a page without the incidents of regions that have only a few of them.

A page holds its incidents one by one, so a number that is only not written can be counted in the list. What is not to
be known of a region with few incidents is therefore not on the page at all: neither rows nor cards, titles, places or
sums. The page has one set of regions then, as the numbers of a second one that overlaps it would give away the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from willay.events.frame.families import parents
from willay.events.frame.frame import check_frame
from willay.events.frame.membership import members
from willay.events.frame.units import ever_valid
from willay.geo.translation import tr
from willay.maps.acts import acts_of
from willay.maps.errors import SpecError
from willay.maps.regions import checked

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.spec import PageSpec


@dataclass(frozen=True, slots=True)
class Kept:
    """What a page may hold.

    Attributes:
        frame: The rows that remain.
        regions: The regions of one set; `suppressed` says of which ones the incidents were left out. None where the
            page has no regions.
        below: The number that is asked for; 0 where nothing is.
        few: How many regions have some incidents, but fewer.
    """

    frame: gpd.GeoDataFrame
    regions: gpd.GeoDataFrame | None
    below: int = 0
    few: int = 0


def without_few(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame | None, spec: PageSpec, region_set: str | None
) -> Kept:
    """Leave out the incidents of regions that have some, but fewer than `spec.suppress_below`.

    Parts and their parent are one incident here: they go together, since what is left of a parent's figure would be
    that of the part. Where regions overlap, one that has too few after others lost theirs loses its own as well.

    Args:
        frame: An incident frame.
        regions: The regions of the page.
        spec: What the page is to be.
        region_set: The set that it shows; None takes the first one that is valid at all times.

    Raises:
        FrameError: The table is not an incident frame.
        SpecError: The page shows no regions.
    """
    if spec.suppress_below <= 1:
        return Kept(frame, regions)
    if regions is None or regions.empty:
        raise SpecError(
            tr("suppress_below needs regions, whose small numbers it leaves out. Pass a table of regions to render.")
        )
    table = checked(regions)
    table = table[ever_valid(table)]
    table = table[table["set"] == (region_set or _first_set(table))].reset_index(drop=True)
    rows = check_frame(frame).reset_index(drop=True)
    family = _families(rows)
    pairs = members(rows, table)
    held = pd.DataFrame({"region": pairs["region"].to_numpy(), "family": family[pairs["incident"].to_numpy(np.int64)]})
    held["own"] = rows["counted"].to_numpy(bool)[pairs["incident"].to_numpy(np.int64)]
    held = held.groupby(["region", "family"])["own"].max().reset_index()
    held["act"] = acts_of(rows)[held["family"]]
    few, gone = _too_few(held, spec.suppress_below)
    return Kept(
        frame[~np.isin(family, list(gone))],
        table.assign(suppressed=table.index.isin(list(few))),
        spec.suppress_below,
        len(few),
    )


def _too_few(held: pd.DataFrame, below: int) -> tuple[set[Any], set[Any]]:
    """Return the regions with too few families, and the families that are in any of them; see `without_few`.

    A page counts acts of the state or not, as its reader chooses, and a part whose parent is elsewhere in some windows
    only (`own` is false of it): too few are few in any of these ways.
    """
    few: set[Any] = set()
    gone: set[Any] = set()
    while True:
        counted = (held, held[~held["act"]], held[held["own"]], held[held["own"] & ~held["act"]])
        sizes = [each.groupby("region").size() for each in counted]
        small = {region for counts in sizes for region in counts[counts < below].index}
        if not small:
            return few, gone
        few |= small
        gone |= set(held.loc[held["region"].isin(small), "family"])
        held = held[~held["family"].isin(gone)]


def _families(rows: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the row of the incident that each row is, or is a part of."""
    above = np.asarray(parents(rows), np.int64)
    head = np.arange(len(rows))
    head[above >= 0] = above[above >= 0]
    while (above[head] >= 0).any():
        head = np.where(above[head] >= 0, above[head], head)
    return head


def _first_set(table: gpd.GeoDataFrame) -> str:
    """Return the set that a page shows first: the first one that is valid at all times, else the first."""
    limited = table["valid_from"].notna() | table["valid_until"].notna()
    names = [*dict.fromkeys(table["set"])]
    lasting = [name for name in names if not limited[table["set"] == name].any()]
    return str([*lasting, *names][0])
