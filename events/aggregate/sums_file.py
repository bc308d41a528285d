"""A file of sums: one zip of Parquet tables and a text that states what they are the sums of."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from willay.events.aggregate.summing import require_parquet
from willay.events.aggregate.sums import Account, Sums
from willay.events.model.errors import QueryError
from willay.geo.inputs import input_file
from willay.geo.translation import tr
from willay.geo.writing import replacing_bytes

if TYPE_CHECKING:
    from zipfile import ZipFile

ENDING: Final = ".sums"
NEWEST: Final = 2
"""The newest version of the file that can be read."""

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the zip, so that the same sums are the same bytes."""


def write_sums(sums: Sums, path: str | Path, *, force: bool = False) -> Path:
    """Write sums to one file, whole or not at all; the same sums give the same bytes.

    The file is a zip without compression, whose tables are compressed themselves: `about.json`, `cells.parquet`,
    and, where there are some, `regions.parquet` (GeoParquet), `tiles.parquet`, and `shared.parquet`, the rows that
    several regions hold.

    Args:
        sums: What `aggregate` returned.
        path: The file.
        force: Replace a file that is there.

    Raises:
        FileInTheWayError: The file is there and `force` is not set.
    """
    entries = {
        "about.json": json.dumps(sums.about, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n",
        "cells.parquet": _table(sums.cells),
    }
    if sums.regions is not None:
        entries["regions.parquet"] = _outlines(sums.regions)
    for name, table in (("tiles", sums.tiles), ("shared", sums.shared)):
        if table is not None:
            entries[f"{name}.parquet"] = _table(table)
    with replacing_bytes(Path(path), force=force) as file:
        file.write(_zipped(entries))
    return Path(path)


def read_sums(path: str | Path) -> Sums:
    """Read a file of sums.

    Raises:
        QueryError: It is not such a file, or one of a later version.
        GeoFileReadError: It is missing.
    """
    source = input_file(Path(path))
    try:
        with zipfile.ZipFile(source) as archive:
            about = json.loads(archive.read("about.json"))
            _require_known(source, about)
            cells = _read(archive, "cells.parquet")
            there = set(archive.namelist())
            regions = None
            if "regions.parquet" in there:
                regions = gpd.read_parquet(io.BytesIO(archive.read("regions.parquet")))
            tiles, shared = (
                _read(archive, name) if name in there else None for name in ("tiles.parquet", "shared.parquet")
            )
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError) as problem:
        raise QueryError(
            tr("{path} is not a file of sums. They are made by: willay aggregate SOURCE… OUT.sums", path=path)
        ) from problem
    return Sums(cells, regions, tiles, Account(**about["account"]), about, shared)


def _require_known(path: Path, about: dict[str, Any]) -> None:
    if not isinstance(about.get("sums"), int) or about["sums"] > NEWEST:
        raise QueryError(
            tr(
                "{path} was written by a later version of willay. Install that version, or make the sums again.",
                path=path,
            )
        )


def _zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def _table(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 — an extra

    out = io.BytesIO()
    columns = {
        name: pa.array(frame[name].astype("object").where(frame[name].notna(), None), pa.string())
        if name in ("type", "shared")
        else pa.array(frame[name].to_numpy("datetime64[D]"), pa.date32())
        if name == "period"
        else pa.array(frame[name].to_numpy("int64"), pa.int32() if name in ("region", "x", "y") else pa.int64())
        for name in frame.columns
    }
    require_parquet().write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def _read(archive: ZipFile, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = require_parquet().read_table(io.BytesIO(archive.read(name))).to_pandas()
    texts = {name: frame[name].astype("object") for name in ("type", "shared") if name in frame}
    return frame.assign(period=pd.to_datetime(frame["period"]).astype("datetime64[s]"), **texts)


def _outlines(regions: gpd.GeoDataFrame) -> bytes:
    out = io.BytesIO()
    plain = regions.reset_index(drop=True)
    texts = [name for name in plain.columns if name != plain.geometry.name and plain[name].dtype == "object"]
    written = {name: plain[name].map(str, na_action="ignore").where(plain[name].notna(), None) for name in texts}
    plain = plain.assign(**written)
    plain.to_parquet(out, index=False, compression="zstd")
    return out.getvalue()
