"""The sums of all partitions: added where each combination of keys has its place, or by DuckDB where they are many."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.events.aggregate.power import Power, engine_settings
from willay.events.aggregate.summing import NO_PERIOD, SHARED, require_parquet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_SHARE: Final = 4
"""Combinations may take a quarter of the memory."""
_NUMBER_BYTES: Final = 8
_TEXTS: Final = ("shared", "type")


def total(paths: Sequence[Path], keys: tuple[str, ...], power: Power) -> pd.DataFrame:
    """Return the sums of sums in Parquet files, sorted by their keys, what is missing first; periods as days.

    Args:
        paths: Files of one form, in each of which a combination of keys is there once.
        keys: The columns to sum by; all others are added up.
        power: How much memory there is.
    """
    sums = [name for name in require_parquet().read_schema(paths[0]).names if name not in keys]
    values = _values(paths, keys)
    combinations = prod(len(one) for one in values.values())
    if combinations * (len(sums) + 1) * _NUMBER_BYTES <= power.memory_bytes // _SHARE:
        found = _in_places(paths, values, sums)
    else:
        found = _by_engine(paths, keys, sums, power)
    days = found["period"].to_numpy(np.int64)
    period = np.where(days == NO_PERIOD, np.datetime64("NaT"), days.astype("datetime64[D]"))
    texts = {name: found[name].astype("object").where(found[name].notna(), None) for name in _TEXTS if name in found}
    whole: pd.DataFrame = found.assign(period=period.astype("datetime64[s]"), **texts)
    return whole[[*keys, *sums]]


def _values(paths: Sequence[Path], keys: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return the values of each key that occur, sorted, None first.

    Rows of several regions are in no single one: with `shared`, its texts and the regions are the values of one key.
    """
    found: dict[str, set[Any]] = {name: set() for name in keys}
    for path in paths:
        table = require_parquet().read_table(path, columns=list(keys), read_dictionary=list(_TEXTS))
        for name in keys:
            found[name].update(table.column(name).unique().to_pylist())
    values = {name: sorted(known, key=lambda value: (value is not None, value or 0)) for name, known in found.items()}
    if "shared" not in keys:
        return values
    places = [("", text) for text in values.pop("shared") if text is not None]
    return {"place": [*places, *(region for region in values.pop("region") if region != SHARED)], **values}


def _in_places(paths: Sequence[Path], values: Mapping[str, list[Any]], sums: list[str]) -> pd.DataFrame:
    sizes = [len(one) for one in values.values()]
    added = {name: np.zeros(prod(sizes), np.int64) for name in sums}
    there = np.zeros(prod(sizes), bool)
    for path in paths:
        table = require_parquet().read_table(path, read_dictionary=list(_TEXTS))
        at = np.zeros(table.num_rows, np.int64)
        for name, known in values.items():
            at = at * len(known) + _ranks(table, name, known)
        there[at] = True
        for name, whole in added.items():
            whole[at] += table.column(name).to_numpy()
    left = np.flatnonzero(there)
    columns: dict[str, Any] = {name: whole[left] for name, whole in added.items()}
    for name, known in reversed(list(values.items())):
        left, rank = np.divmod(left, len(known))
        columns |= _named(name, known, rank)
    return pd.DataFrame(columns)


def _ranks(table: Any, name: str, known: list[Any]) -> NDArray[np.int64]:  # noqa: ANN401 — pyarrow has no types
    """Return the position of each row's value among those known."""
    found: NDArray[np.int64]
    if name == "place":
        texts = sum(isinstance(place, tuple) for place in known)
        regions = table.column("region").to_numpy()
        found = texts + np.searchsorted(np.array(known[texts:], np.int64), regions)
        several = np.flatnonzero(regions == SHARED)
        found[several] = _ranks(table.take(several), "shared", [text for _, text in known[:texts]])
        return found
    column = table.column(name).combine_chunks()
    if name in _TEXTS:
        number = {value: at for at, value in enumerate(known)}
        of_text = np.array([*(number[text] for text in column.dictionary.to_pylist()), 0], np.int64)  # None is first
        found = of_text[column.indices.fill_null(len(of_text) - 1).to_numpy(zero_copy_only=False)]
    else:
        found = np.searchsorted(np.array(known, np.int64), column.to_numpy())
    return found


def _named(name: str, known: list[Any], rank: NDArray[np.int64]) -> dict[str, Any]:
    """Return a key's column: of places, region and the regions that hold rows together."""
    if name != "place":
        is_text = name in _TEXTS
        return {name: np.array(known, object if is_text else np.int64)[rank].astype(object if is_text else np.int32)}
    regions = np.array([SHARED if isinstance(place, tuple) else place for place in known], np.int32)
    shared = np.array([place[1] if isinstance(place, tuple) else None for place in known], object)
    return {"region": regions[rank], "shared": shared[rank]}


def _by_engine(paths: Sequence[Path], keys: tuple[str, ...], sums: list[str], power: Power) -> pd.DataFrame:
    """Add up by DuckDB, which uses the disk beyond its share of the memory."""
    import duckdb  # noqa: PLC0415 — an extra

    settings = engine_settings(power.memory_bytes) | {"temp_directory": str(paths[0].parent / "spilled")}
    named = ", ".join(keys)
    order = ", ".join(f"{key} nulls first" for key in keys)
    with duckdb.connect(config=settings) as engine:
        rows = engine.read_parquet([str(path) for path in paths])
        added = ", ".join(f"sum({name})::bigint as {name}" for name in sums)
        found: pd.DataFrame = rows.aggregate(f"{named}, {added}", named).order(order).df()
    return found
