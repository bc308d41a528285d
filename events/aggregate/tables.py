"""Sums as tables for other programs: cells with the names of their regions, and regions with their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.events.aggregate.question import PERIODS
from willay.events.aggregate.summing import TILE_CELLS, UNPLACED
from willay.events.frame.columns import CRS
from willay.events.model.errors import QueryError, RefusedError
from willay.geo.translation import tr
from willay.geo.writing import replacing, replacing_together

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.aggregate.sums import Sums

_TOLD: Final = ("set", "key", "name", "valid_from", "valid_until", "admin_code")
_CELL: Final = ("region", "period", "type")


def cell_table(sums: Sums, *, least: int = 0) -> pd.DataFrame:
    """Return the cells with set, key and name of their region instead of its position.

    Args:
        sums: The sums.
        least: Cells of fewer rows have no numbers: `rows` and figures are missing there.

    Returns:
        Columns region_set, region_key, region_name, where (`region`, `outside` or `unplaced`; missing of sums
        that are not by region), period (YYYY-MM-DD, the
        first day of it; missing for undated rows), type, rows, the figures (missing where no row knows one), and
        dataset, licence and may_publish.
    """
    cells = _without_days(sums)
    at = cells["region"].to_numpy(np.int64)
    named: dict[str, pd.Series] = {}
    for name in ("set", "key", "name"):
        values = pd.Series([None] * len(cells), dtype="object")
        if sums.regions is not None and name in sums.regions:
            values[at >= 0] = sums.regions[name].astype("object").to_numpy()[at[at >= 0]]
        named[f"region_{name}"] = values
    where = pd.Series(np.select([at >= 0, at == UNPLACED], ["region", "unplaced"], "outside"), dtype="object")
    if "region" not in sums.about["question"]["by"]:
        where[:] = None
    days = cells["period"].dt.strftime("%Y-%m-%d").astype("object").where(cells["period"].notna(), None)
    table = pd.DataFrame({**named, "where": where, "period": days, "type": cells["type"]})
    numbers = cells.drop(columns=list(_CELL))
    return pd.concat([table, _suppressed(numbers, least)], axis=1).assign(**_terms_of(sums, len(cells)))


def _without_days(sums: Sums) -> pd.DataFrame:
    """Return the cells; of sums without periods, undated rows are with the others."""
    if any(name in PERIODS for name in sums.about["question"]["by"]):
        return sums.cells
    numbers = [name for name in sums.cells if name not in _CELL]
    whole = sums.cells.groupby(["region", "type"], dropna=False)[numbers].sum().reset_index()
    return whole.assign(period=np.datetime64("NaT", "s"), type=whole["type"].astype("object"))[[*sums.cells.columns]]


def region_table(sums: Sums, *, least: int = 0) -> gpd.GeoDataFrame:
    """Return the regions with the sums over all periods and types; regions without any row have 0 rows and no figure.

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
    whole: gpd.GeoDataFrame = table.assign(
        **{str(n): c for n, c in [*plain.items(), *_suppressed(numbers, least).items()]}
    )
    return _with_terms(sums, whole)


def density_table(sums: Sums, *, least: int = 0) -> gpd.GeoDataFrame:
    """Return the squares of density as areas: period (YYYY-MM-DD, missing for undated rows), type, rows, and terms.

    Args:
        sums: The sums.
        least: Squares of fewer rows have no number.

    Raises:
        QueryError: The sums have no density.
    """
    if sums.tiles is None:
        raise QueryError(tr("These sums have no density cells. Make them with --tiles, such as --tiles 8."))
    side = 1 << (int(sums.about["question"]["tiles"]) + TILE_CELLS)
    x, y = (sums.tiles[name].to_numpy(np.int64) for name in ("x", "y"))
    south, north = (np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y + down) / side)))) for down in (1, 0))
    areas = shapely.box(x / side * 360 - 180, south, (x + 1) / side * 360 - 180, north)
    days = sums.tiles["period"]
    plain = {
        "period": days.dt.strftime("%Y-%m-%d").astype("object").where(days.notna(), None),
        "type": sums.tiles["type"],
        **_suppressed(sums.tiles[["rows"]], least),
    }
    return _with_terms(sums, gpd.GeoDataFrame(plain, geometry=areas, crs=CRS))


def _with_terms(sums: Sums, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table with the terms of its rows, as columns and as credit."""
    terms = sums.about.get("terms", {})
    whole = table.assign(**_terms_of(sums, len(table)))
    whole.attrs["attributions"] = [terms["attribution"]] if terms.get("attribution") else []
    return whole


def _terms_of(sums: Sums, rows: int) -> dict[str, pd.Series]:
    terms = sums.about.get("terms", {})
    licence = {"dataset": terms.get("name"), "licence": terms.get("licence"), "may_publish": terms.get("may_publish")}
    return {name: pd.Series([value] * rows, dtype="object") for name, value in licence.items()}


def _suppressed(numbers: pd.DataFrame, least: int) -> pd.DataFrame:
    """Return numbers, missing where there are rows but fewer than `least`; a figure that no row knows is missing."""
    whole = numbers.astype("Int64")
    for known in [name for name in whole if str(name).endswith("_known")]:
        sums = [f"{str(known).removesuffix('_known')}_{bound}" for bound in ("low", "best", "high")]
        whole = whole.assign(**{name: whole[name].mask(whole[known] == 0) for name in sums if name in whole})
    return whole.mask((whole["rows"] > 0) & (whole["rows"] < least))


def write_cells(sums: Sums, path: Path, *, least: int = 0, own_use: bool = False, force: bool = False) -> int:
    """Write the cells to a CSV or Parquet file, by its ending; return how many there are.

    Args:
        sums: The sums.
        path: The file.
        least: Cells of fewer rows have no numbers.
        own_use: Whether the file is for its maker only, so that terms that forbid passing on do not matter.
        force: Replace a file that is there.

    Raises:
        RefusedError: The terms of the rows do not allow passing on.
        FileInTheWayError: The file is there and `force` is not set.
    """
    check_terms(sums, own_use=own_use)
    table = cell_table(sums, least=least)
    if path.suffix.lower() == ".csv":
        with replacing(path, force=force) as file:
            file.write(table.to_csv(index=False, lineterminator="\n"))
    else:
        with replacing_together([path], force=force) as folder:
            table.to_parquet(folder / path.name, index=False)
    return len(table)


def check_terms(sums: Sums, *, own_use: bool) -> None:
    """Refuse to pass on sums of rows whose terms forbid it, unless they are for own use.

    Raises:
        RefusedError: They may not be passed on.
    """
    terms = sums.about.get("terms", {})
    if terms.get("may_publish") is False and not own_use:
        raise RefusedError(
            tr(
                "The terms of {dataset} do not allow passing on its rows or sums of them. For your own use only: "
                "--for-own-use.",
                dataset=terms.get("name") or tr("this dataset"),
            )
        )
