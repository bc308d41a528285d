"""A folder of partitions is read by everybody, gives the same sums as the frame, and is written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from willay.events.aggregate import Question, aggregate
from willay.events.exchange.outgoing import WritingOptions
from willay.events.exchange.outgoing import write as outgoing_write
from willay.events.exchange.outgoing.gis.partitioned import write_partitioned
from willay.events.model.errors import RefusedError
from willay.events.store import Store
from willay.geo.errors import FileInTheWayError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.data.profiles import Profile

BY = ("year", "adm1")


def write(demo_folder: Path, folder: Path, *, force: bool = False, profile: Profile | str = "public") -> Path:
    with Store.open(demo_folder / "peru.gpkg") as store:
        options = WritingOptions(force=force, nestings=store.regions.nestings())
        pages = store.read.pages(profile=profile, details=False, drafts=True, size=50)
        write_partitioned(pages, folder, BY, options)
    return folder


@pytest.fixture(scope="module")
def parts(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as a folder of partitions; nobody changes it."""
    return write(demo_folder, tmp_path_factory.mktemp("parts") / "parts")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_everybody_reads_it(parts: Path, demo_folder: Path) -> None:
    with Store.open(demo_folder / "peru.gpkg") as store:
        frame = store.read.select(profile="public")
    table = pq.read_table(parts)
    assert sorted(table.column("code").to_pylist()) == sorted(frame["code"])
    layer = gpd.read_parquet(parts)
    assert layer.geometry.notna().sum() == frame.geometry.notna().sum()
    by_year = dict(
        duckdb.sql(
            f"select year, count(*) from read_parquet('{parts}/**/*.parquet', hive_partitioning = true) group by year"  # noqa: S608 — a folder of this test
        ).fetchall()
    )
    years = frame["first_day"].dt.year
    assert {str(year): count for year, count in by_year.items() if str(year) != "unknown"} == {
        str(int(year)): count for year, count in years.value_counts().items()
    }
    assert by_year.get("unknown", 0) == int(years.isna().sum())


def test_each_incident_is_in_the_folder_of_its_year_and_unit(parts: Path) -> None:
    for path in parts.rglob("*.parquet"):
        year, unit = (part.partition("=")[2] for part in path.relative_to(parts).parts[:2])
        table = pq.read_table(path, partitioning=None)
        days = table.column("first_day").to_pylist()
        assert {str(day.year) if day else "unknown" for day in days} == {year}
        codes = {code[:2] for code in table.column("admin_code").to_pylist() if code}
        assert unit == "unknown" or codes == {unit.removeprefix("PE-")}
        assert "adm1" not in table.column_names, "it would have the name of the folder's value"
        assert table.schema.metadata[b"geo"]


def test_sums_are_those_of_the_frame_and_of_one_file(parts: Path, demo_folder: Path, tmp_path: Path) -> None:
    with Store.open(demo_folder / "peru.gpkg") as store:
        frame = store.read.select(profile="public")
        pages = store.read.pages(profile="public", details=False, drafts=True)
        whole = outgoing_write(pages, tmp_path / "whole.parquet", "geoparquet").path
    question = Question(by=("year", "type"), measures=("killed",))
    found = aggregate([parts], question).cells
    counted = frame[frame["counted"]]["type"].value_counts().to_dict()
    assert found.groupby("type")["rows"].sum().to_dict() == counted
    pd.testing.assert_frame_equal(found, aggregate([whole], question).cells)


def test_the_same_incidents_give_the_same_bytes(parts: Path, demo_folder: Path, tmp_path: Path) -> None:
    assert digests(write(demo_folder, tmp_path / "again")) == digests(parts)


def test_a_folder_is_replaced_only_by_force_and_only_if_it_is_ours(demo_folder: Path, tmp_path: Path) -> None:
    folder = write(demo_folder, tmp_path / "parts")
    before = digests(folder)
    with pytest.raises(FileInTheWayError, match=r"already exists\. Choose a different name, or replace it"):
        write(demo_folder, folder)
    write(demo_folder, folder, force=True)
    assert digests(folder) == before
    (folder / "year=2009" / "my notes.txt").write_text("mine")
    with pytest.raises(FileInTheWayError, match="not a folder that this command has written"):
        write(demo_folder, folder, force=True)
    assert (folder / "year=2009" / "my notes.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["parts"], "nothing half done is left"


def test_a_run_that_fails_leaves_the_folder_as_it_was(
    demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(demo_folder, tmp_path / "parts")
    before = digests(folder)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("willay.events.exchange.outgoing.gis.partitioned.metadata_of", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        write(demo_folder, folder, force=True)
    assert digests(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]


@pytest.mark.parametrize("by", [(), ("year", "year"), ("month",)])
def test_what_cannot_be_partitioned_by_is_refused(tmp_path: Path, by: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError, match="expected one or several of year, adm1"):
        write_partitioned(iter(()), tmp_path / "parts", by, WritingOptions())


def test_the_description_states_profile_and_partitions(parts: Path) -> None:
    about = json.loads((parts / "_about.json").read_text("utf-8"))
    assert about["partition_by"] == [*BY]
    assert about["profile"].startswith("public")
    assert about["incidents"] == pq.read_table(parts).num_rows
