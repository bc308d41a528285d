"""Large row groups are read in parts, a run that goes on says so, and a terminal sees how far it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from many_rows import grid, made_up, written

from willay.events.aggregate import Question, aggregate
from willay.events.aggregate import aggregation as aggregation_module
from willay.events.aggregate.partitions import partitions_of, source_files

sys.path.append(str(Path(__file__).parent.parent / "cli"))
from pseudoterminal import screen

if TYPE_CHECKING:
    import pytest

QUESTION = Question(by=("region", "month", "type"), measures=("killed",), types=("protest", "Battle"))


def test_a_large_row_group_is_summed_in_parts_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(made_up(5000), tmp_path / "rows.parquet", groups=2300)
    whole = aggregate([path], QUESTION, grid())
    files, _ = source_files([path])
    parts = partitions_of(files, 700)
    assert [part.rows for part in parts] == [700, 700, 700, 200, 700, 700, 700, 200, 400]
    monkeypatch.setattr(aggregation_module, "partitions_of", lambda files: partitions_of(files, 700))
    seen: list[int] = []
    again = aggregate([path], QUESTION, grid(), on_part=lambda _done, _parts, rows: seen.append(rows))
    pd.testing.assert_frame_equal(again.cells, whole.cells)
    assert again.account == whole.account
    assert seen[-1] == 5000


def test_a_terminal_sees_how_far_it_is_and_a_run_that_goes_on_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    folder.mkdir()
    for number in range(3):
        written(made_up(300, seed=number), folder / f"part-{number}.parquet")
    kept = tmp_path / "out.sums.parts"
    question = Question(by=("month", "type"))
    aggregate([folder / "part-0.parquet"], question, kept=kept)
    shown, code = screen("aggregate", str(folder), str(tmp_path / "out.sums"), "--lang", "en", columns=120)
    assert code == 0
    assert "Summing" in shown
    assert "3/3" in shown
    assert "An earlier run had finished 1 of 3 partitions." in shown
    assert not kept.exists()
    shown, _ = screen("aggregate", str(folder), str(tmp_path / "sumas.sums"), "--lang", "es", columns=120)
    assert "Sumando" in shown
    assert "ejecución anterior" not in shown
