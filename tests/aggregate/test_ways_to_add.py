"""However rows are joined, grouped and added up, the file of sums is the same to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from many_rows import grid, made_up, written

from willay.events.aggregate import Power, Question, aggregate, write_sums
from willay.events.aggregate import grouping as grouping_module
from willay.events.aggregate import places as places_module
from willay.events.aggregate import totals as totals_module
from willay.events.aggregate.grouping import grouped, key_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

QUESTION = Question(by=("region", "day", "type"), measures=("killed",), tiles=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(3):
        rows = made_up(700, seed=number)
        rows.loc[::50, "type"] = None
        written(rows, tmp_path / "in" / f"part-{number}.parquet")
    return tmp_path / "in"


def bytes_of(folder: Path, power: Power | None = None) -> bytes:
    sums = aggregate([folder], QUESTION, grid(), power=power)
    assert sums.shared is not None
    assert len(sums.shared), "points on borders"
    return write_sums(sums, folder.parent / "out.sums", force=True).read_bytes()


def test_a_grid_under_the_regions_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bytes_of(folder)
    drawn: list[int] = []
    real = places_module.RegionGrid

    def counted(shapes: object) -> object:
        drawn.append(1)
        return real(shapes)  # type: ignore[arg-type]  # as it is called

    monkeypatch.setattr(places_module, "RegionGrid", counted)
    monkeypatch.setattr(places_module, "MANY_POINTS", 1000)
    assert bytes_of(folder) == plain
    assert drawn == [1], "once, after the first thousand points"


@pytest.mark.parametrize("most", [0, 10**9])
def test_rows_that_are_sorted_or_put_in_places_have_the_same_sums(
    folder: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    plain = bytes_of(folder)
    monkeypatch.setattr(grouping_module, "MOST_COMBINATIONS", most)
    assert bytes_of(folder) == plain


def test_sums_too_large_for_the_memory_are_added_by_the_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    real = totals_module._by_engine

    def counted(paths: list[Path], keys: tuple[str, ...], sums: list[str], power: Power) -> pd.DataFrame:
        asked.append(keys)
        return real(paths, keys, sums, power)

    monkeypatch.setattr(totals_module, "_by_engine", counted)
    plain = bytes_of(folder, Power(memory_bytes=20_000_000_000))
    assert asked == []
    assert bytes_of(folder, Power(memory_bytes=1000)) == plain
    assert len(asked) == 2, "cells and density"


def test_large_numbers_are_added_exactly() -> None:
    keys = {"key": key_of(np.array([1, 0, 1]))}
    found = grouped(keys, {"killed": np.array([2**53, 5, 1])})
    assert found["killed"].tolist() == [5, 2**53 + 1]


def test_texts_are_in_the_order_of_their_characters_and_none_comes_first() -> None:
    keys = {"key": key_of(np.array(["Ñ", "b", None, "B", "b"], object))}
    found = grouped(keys, {"rows": np.ones(5, np.int64)})
    assert found["key"].tolist() == [None, "B", "b", "Ñ"]
    assert found["rows"].tolist() == [1, 1, 2, 1]
