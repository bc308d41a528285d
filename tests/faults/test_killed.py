"""Processes killed without warning: what was acknowledged is there, what is half done is not seen."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = [pytest.param(seed, id=f"run {seed}") for seed in range(2)]
MANY = [pytest.param(seed, id=f"run {seed}", marks=pytest.mark.slow) for seed in range(2, 60)]
RUNS = pytest.mark.parametrize("seed", [*FEW, *MANY])
SCHEMA_1 = Path(__file__).parent.parent / "store" / "schemas" / "schema-1.sql"


def sound(path: Path) -> Store:
    """Open a database after a crash; `check` finds nothing wrong."""
    store = Store.open(path)
    assert [problem for problem in store.file.check() if problem.severity == "error"] == []
    return store


@RUNS
def test_an_incident_whose_adding_was_acknowledged_is_there(
    killed: Callable[..., list[str]], database: Path, seed: int
) -> None:
    heard = killed("add", database, "ana", seed)
    with sound(database) as store:
        keys = set(store.read.select(profile=None)["key"].dropna())
    assert set(heard) <= keys
    assert len(keys) - 1 - len(heard) in {0, 1}  # one more may be written and not yet told


@RUNS
def test_an_edit_that_was_acknowledged_is_in_the_history(
    killed: Callable[..., list[str]], database: Path, seed: int
) -> None:
    heard = killed("edit", database, "ana", seed)
    with sound(database) as store:
        last = (store.read.draft("first").draft.summary or {})["en"]
        number = int(last.split()[1])
        assert number + 1 - len(heard) in {0, 1}
        assert len(store.read.history("first")) == number + 2


@RUNS
def test_an_import_has_whole_batches_and_the_same_again_finishes_it(
    killed: Callable[..., list[str]], database: Path, seed: int
) -> None:
    heard = killed("take_in", database, "survey", seed)
    with sound(database) as store:
        there = int((store.read.select(details=False, profile=None)["dataset"] == "survey").sum())
    assert there % worker.ROWS == 0
    assert there - int(heard[-1]) in {0, worker.ROWS}


@RUNS
def test_a_backup_is_the_old_one_or_a_whole_new_one(
    killed: Callable[..., list[str]], database: Path, seed: int
) -> None:
    killed("backup", database, "copy", seed)
    sound(database).close()
    sound(database.with_name("copy.gpkg")).close()


@RUNS
def test_an_export_is_the_old_file_or_a_whole_new_one(
    killed: Callable[..., list[str]], database: Path, seed: int
) -> None:
    killed("export", database, "out", seed)
    document = json.loads(database.with_name("out.geojson").read_text("utf-8"))
    assert len(document["features"]) == 1


@RUNS
def test_a_migration_is_done_or_not_begun(killed: Callable[..., list[str]], tmp_path: Path, seed: int) -> None:
    path = tmp_path / "old.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(SCHEMA_1.read_text("utf-8"))
    killed("migrate", path, "done", seed)
    with sound(path) as store:
        assert store.read.draft("PE-2012-0001").draft.title == {"en": "A changed title"}
