"""`willay aggregate` and `willay sums`, as a person types them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from many_rows import grid, made_up, written
from typer.testing import CliRunner

from willay.events.cli.app import app
from willay.events.model.errors import RefusedError
from willay.events.model.program import program_version

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
    assert re.search(r"^Periods: \d+, from 2009-01-01 to 2011-06-01$", shown, re.MULTILINE)
    assert "Regions: 12, 12 of them with rows" in shown
    assert "Density" not in shown
    about = json.loads(run("sums", "show", "out.sums", "--json"))
    assert about["sources"][0]["name"] == "rows/part.parquet"
    assert about["versions"] == {"willay": program_version()}
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


def test_sums_say_how_fine_they_are(folder: Path) -> None:  # noqa: ARG001 — it is the working folder
    run("aggregate", "rows", "out.sums", "--by", "type", "--tiles", "2")
    shown = run("sums", "show", "out.sums")
    assert re.search(r"^Density: \d+ squares with rows, for maps up to zoom 2$", shown, re.MULTILINE)
    assert "Periods" not in shown
    assert "Regions" not in shown


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


def test_a_figure_that_no_row_knows_is_blank_and_not_zero(folder: Path) -> None:
    rows = made_up(60).assign(killed_low=None, killed_best=None, killed_high=None, lon=0.5, lat=0.5)
    rows.loc[:9, ["killed_best", "lon"]] = [0.0, 1.5]
    written(rows.astype({"killed_low": float, "killed_best": float, "killed_high": float}), folder / "few.parquet")
    run("aggregate", "few.parquet", "few.sums", "--regions", "grid.geojson", "--measure", "killed", "--by", "region")
    for name in ("cells.csv", "regions.geojson"):
        run("sums", "export", "few.sums", name)
    cells = pd.read_csv("cells.csv").set_index("region_key")["killed_best"]
    features = json.loads((folder / "regions.geojson").read_text("utf-8"))["features"]
    figures = {each["properties"]["key"]: each["properties"]["killed_best"] for each in features}
    assert pd.isna(cells["0-0"])
    assert figures["0-0"] is None
    assert cells["1-0"] == figures["1-0"] == 0


def test_every_table_of_sums_goes_to_gis_programs_with_its_terms(folder: Path) -> None:  # noqa: ARG001 — it is the working folder
    run(*MAKE, "gdelt", "--tiles", "5")
    run("sums", "export", "out.sums", "regions.parquet", "--table", "regions")
    assert len(gpd.read_parquet("regions.parquet")) == len(grid())
    assert "squares" in run("sums", "export", "out.sums", "density.geojson", "--table", "density")
    squares = gpd.read_file("density.geojson")
    rows = made_up(900)
    held = shapely.contains_xy(
        shapely.union_all(shapely.buffer(squares.geometry.to_numpy(), 1e-9)), rows["lon"], rows["lat"]
    )
    assert int(squares["rows"].sum()) == int(rows["lon"].notna().sum()) == int(held.sum())
    run("sums", "export", "out.sums", "cells.csv")
    for table in (squares, pd.read_csv("cells.csv")):
        assert set(table["dataset"]) == {"gdelt"}
        assert set(table["licence"]) == {"free use with attribution"}
    refused = CliRunner().invoke(app, ["sums", "export", "out.sums", "x.geojson", "--table", "cells"])
    assert "ends in .csv or .parquet" in " ".join(refused.output.split())
