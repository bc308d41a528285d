"""`willay aggregate` and `willay sums`, as a person types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from many_rows import grid, made_up, written
from typer.testing import CliRunner

from willay.events.cli.app import app
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WILLAY_LANG", "en")
    (tmp_path / "rows").mkdir()
    written(made_up(900), tmp_path / "rows" / "part.parquet")
    grid()[["key", "name", "geometry"]].to_file(tmp_path / "grid.geojson")
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


MAKE = ("aggregate", "rows", "out.sums", "--regions", "grid.geojson", "--measure", "killed", "--dataset")


def test_sums_are_made_shown_and_exported(folder: Path) -> None:
    said = run(*MAKE, "gdelt")
    assert "of 900 rows" in said
    assert "counted again in a second region" in said
    assert not (folder / "out.sums.parts").exists()
    shown = run("sums", "show", "out.sums")
    assert "Credit: The GDELT Project" in shown
    about = json.loads(run("sums", "show", "out.sums", "--json"))
    assert about["sources"][0]["name"] == "rows/part.parquet"
    run("sums", "export", "out.sums", "cells.csv", "--suppress-below", "3")
    cells = pd.read_csv("cells.csv")
    assert set(cells["where"]) == {"region", "outside", "unplaced"}
    assert cells["rows"].min() >= 3
    assert cells["rows"].isna().any()
    run("sums", "export", "out.sums", "regions.geojson")
    features = json.loads((folder / "regions.geojson").read_text("utf-8"))["features"]
    assert len(features) == len(grid())
    held = {cells_of["properties"]["key"]: cells_of["properties"]["rows"] for cells_of in features}
    expected = cells[cells["where"] == "region"].groupby("region_key")["rows"].sum()
    assert all(held[key] >= number for key, number in expected.items())


def test_terms_hold(folder: Path) -> None:  # noqa: ARG001 — it is the working folder
    run(*MAKE, "acled")
    for name in ("cells.csv", "regions.geojson"):
        result = CliRunner().invoke(app, ["sums", "export", "out.sums", name])
        assert isinstance(result.exception, RefusedError)
        assert "do not allow passing on" in str(result.exception)
    run("sums", "export", "out.sums", "cells.csv", "--for-own-use")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("aggregate", "rows"), "Give one source or several, and the output last"),
        (("aggregate", "rows", "out.csv"), "must end in .sums"),
        (("aggregate", "rows", "out.sums", "--memory", "much"), "'much' is not a size"),
        (("aggregate", "rows", "out.sums", "--columns", "day"), "'day' is not ROLE=COLUMN"),
        (("aggregate", "rows", "out.sums", "--by", "province"), "unknown name 'province'"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(folder: Path, words: tuple[str, ...], message: str) -> None:  # noqa: ARG001 — as above
    result = CliRunner().invoke(app, words)
    assert result.exit_code != 0
    assert message in " ".join(str(result.output).split()) + str(result.exception)
