"""Sums as tables for other programs: cells with the names of their regions, and regions with their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from willay.events.model.errors import QueryError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.events.aggregate.sums import Sums

OUTSIDE_WORDS: Final = {-1: mark("in no region"), -2: mark("without a place")}

_TOLD: Final = ("set", "key", "name", "valid_from", "valid_until", "admin_code")
_CELL: Final = ("region", "period", "type")


def cell_table(sums: Sums, *, least: int = 0) -> pd.DataFrame:
    """Return the cells with set, key and name of their region instead of its position.

    Args:
        sums: The sums.
        least: Cells of fewer rows have no numbers: `rows` and figures are missing there.

    Returns:
        Columns region_set, region_key, region_name, where (`region`, `outside` or `unplaced`), period (YYYY-MM-DD, the
        first day of it; missing for undated rows), type, rows, and the figures.
    """
    cells = sums.cells
    at = cells["region"].to_numpy(np.int64)
    named: dict[str, pd.Series] = {}
    for name in ("set", "key", "name"):
        values = pd.Series([None] * len(cells), dtype="object")
        if sums.regions is not None and name in sums.regions:
            values[at >= 0] = sums.regions[name].astype("object").to_numpy()[at[at >= 0]]
        named[f"region_{name}"] = values
    where = pd.Series(np.select([at >= 0, at == -2], ["region", "unplaced"], "outside"))  # noqa: PLR2004 — without a place
    days = cells["period"].dt.strftime("%Y-%m-%d").astype("object").where(cells["period"].notna(), None)
    table = pd.DataFrame({**named, "where": where, "period": days, "type": cells["type"]})
    numbers = cells.drop(columns=list(_CELL))
    return pd.concat([table, _suppressed(numbers, least)], axis=1)


def region_table(sums: Sums, *, least: int = 0) -> gpd.GeoDataFrame:
    """Return the regions with the sums over all periods and types; regions without any row have 0.

    Args:
        sums: The sums.
        least: Regions of fewer rows have no numbers.

    Raises:
        QueryError: The sums are not over regions.
    """
    if sums.regions is None:
        raise QueryError(tr("These sums are not over regions. Make them with --regions and --by region."))
    held = sums.cells[sums.cells["region"] >= 0]
    numbers = held.drop(columns=["period", "type"]).groupby("region").sum()
    numbers = numbers.reindex(range(len(sums.regions)), fill_value=0).reset_index(drop=True)
    plain = sums.regions[[name for name in _TOLD if name in sums.regions]].reset_index(drop=True)
    table = sums.regions[["geometry"]].reset_index(drop=True)
    whole: gpd.GeoDataFrame = table.assign(**dict(plain.items()), **dict(_suppressed(numbers, least).items()))
    terms = sums.about.get("terms", {})
    licence = {"dataset": terms.get("name"), "licence": terms.get("licence"), "may_publish": terms.get("may_publish")}
    whole = whole.assign(**{name: pd.Series([value] * len(whole), dtype="object") for name, value in licence.items()})
    whole.attrs["attributions"] = [terms["attribution"]] if terms.get("attribution") else []
    return whole


def _suppressed(numbers: pd.DataFrame, least: int) -> pd.DataFrame:
    """Return numbers, missing where there are rows but fewer than `least`."""
    whole = numbers.astype("Int64")
    return whole.mask((whole["rows"] > 0) & (whole["rows"] < least))
