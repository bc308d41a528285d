"""Each command of docs/en/reference/big-data.md runs as it is written, in the order of the page, its Python too."""

from __future__ import annotations

import re
import shlex
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from test_text_to_parquet import event
from typer.testing import CliRunner

from willay.events.cli.app import app

if TYPE_CHECKING:
    import pytest

PAGE: Final = (Path(__file__).parents[2] / "docs/en/reference/big-data.md").read_text("utf-8")
ELSEWHERE: Final = ("dask ", "pip ", "willay aggregate /data/rows")
"""How the lines begin that need other machines; `test_sums_everywhere.py` has a cluster on this one."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def made_up_rows(folder: Path) -> None:
    """Write what the page takes as given: rows, a text table, GDELT's files, and a database of Peru."""
    chance = np.random.default_rng(1)
    days = np.datetime64("2015-01-01") + chance.integers(0, 900, 400).astype("timedelta64[D]")
    rows = pd.DataFrame(
        {
            "day": days.astype("datetime64[s]"),
            "type": "protest",
            "lon": chance.uniform(-78, -72, 400),
            "lat": chance.uniform(-14, -6, 400),
            "killed": chance.integers(0, 3, 400),
        }
    )
    (folder / "rows").mkdir()
    rows.to_parquet(folder / "rows" / "part-0.parquet")
    rows.to_csv(folder / "export-2023.csv", index=False, date_format="%Y-%m-%d")
    (folder / "gdelt").mkdir()
    with zipfile.ZipFile(folder / "gdelt" / "20230101.export.CSV.zip", "w") as archive:
        archive.writestr("20230101.export.CSV", "".join(f"{event(number)}\n" for number in range(9)))
    for words in (
        "init peru.gpkg --country PE",
        (
            "import export-2023.csv --input-format table --status published --group-by none --map day=date"
            " --may-publish --db peru.gpkg --author Ana"
        ),
    ):
        done = CliRunner().invoke(app, shlex.split(words))
        assert done.exit_code == 0, done.output


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made_up_rows(tmp_path)
    lines = [line for block in blocks("") for line in block.splitlines()]
    ran = [line for line in lines if not line.startswith(ELSEWHERE)]
    assert len(ran) > 8
    for line in ran:
        monkeypatch.setattr(sys, "argv", shlex.split(line))
        done = CliRunner().invoke(app, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}\n{done.exception!r}"
    for block in blocks("python"):
        exec(compile(block, "docs/en/reference/big-data.md", "exec"), {})  # noqa: S102 — it is the page's own


def test_only_what_needs_other_machines_is_left_out() -> None:
    left = [line for block in blocks("") for line in block.splitlines() if line.startswith(ELSEWHERE)]
    assert [line.split()[0] for line in left] == ["dask", "dask", "willay"]
