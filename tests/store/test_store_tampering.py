"""Every way to change the file by other means than willay that was tried on it, and every cell there is."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import filled_file
from tampering import WAYS, add_newest, errors, last_revisions, run, run_schema

from willay.events.store import Store
from willay.events.store.dialects.sqlite.layout import _new_schema

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    return shutil.copy(filled, tmp_path / "test.gpkg")


def test_the_example_has_no_problems(path: Path) -> None:
    assert errors(path) == []


@pytest.mark.parametrize("name", sorted(WAYS))
def test_every_way_of_tampering_is_found(path: Path, name: str) -> None:
    WAYS[name](path)
    assert errors(path)


def test_a_record_cut_short_with_care_is_found_by_the_head_that_somebody_noted(path: Path) -> None:
    add_newest(path)
    with Store.open(path) as store:
        head = store.file.head()
    assert head is not None
    last_revisions(path, 1)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE sqlite_sequence SET seq = (SELECT max(number) FROM revision)")
        moment = "(SELECT arrived_at FROM change ORDER BY number DESC LIMIT 1)"
        file.execute(f"UPDATE gpkg_contents SET last_change = {moment}")  # noqa: S608 — ours
    assert errors(path) == []
    assert "is no longer a part of this record" in " ".join(errors(path, head.seal))


def test_an_older_copy_put_back_is_found_by_the_head_that_somebody_noted(path: Path, filled: Path) -> None:
    add_newest(path)
    with Store.open(path) as store:
        head = store.file.head()
        assert head is not None
        assert store.file.check(head.seal) == ()
    shutil.copy(filled, path)
    assert errors(path) == []
    assert "is no longer a part of this record" in " ".join(errors(path, head.seal))


def test_numbers_of_revisions_that_were_cut_off_are_never_given_again(path: Path) -> None:
    add_newest(path, 3)
    last_revisions(path, 3)
    add_newest(path, 4)
    assert "Revisions 36 to 38 are missing" in " ".join(errors(path))


# What a change of one cell may be without anybody finding it.
UNFOUND = {
    # Which willay made the file or upgraded it last: named where a file is too new, and nothing follows from it.
    ("meta", "value", "willay_version"),
    # The secret of ids and codes that stand for others: with another one these are others, and nothing is shown.
    ("meta", "value", "disclosure_key"),
}

EMPTY = {
    "place_box_parent",  # SQLite's own: the upper levels of the index of boxes, which a small file has none of
}


def tables() -> list[str]:
    return sorted({name for kind, name in _new_schema() if kind == "table"} - {"place_box"} - EMPTY)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bytes):
        place = min(len(value) - 1, 76)  # within what is used of a page of SQLite's index, too
        return bytes([*value[:place], value[place] ^ 1, *value[place + 1 :]])
    if isinstance(value, (int, float)):
        return 1 - value if value in (0, 1) else value + 1
    return f"{value}x" if value is not None else 7


@pytest.mark.parametrize("table", tables())
def test_one_changed_cell_in_any_column_is_found(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        columns = [(row[1], row[5]) for row in file.execute(f"PRAGMA table_info({table})")]
        keys = [name for name, place in columns if place] or ["rowid"]
        chosen = ", ".join(f'"{name}"' for name in [*keys, *(name for name, _ in columns)])
        rows = file.execute(f"SELECT {chosen} FROM {table}").fetchall()  # noqa: S608 — names from the schema
    assert rows, f"the example has no row of {table}: put one in, or name it in EMPTY"
    unseen = []
    for place, (name, _) in enumerate(columns, start=len(keys)):
        for row in rows if table == "meta" else [next((one for one in rows if one[place] is not None), rows[0])]:
            where = " AND ".join(f'"{key}" = ?' for key in keys)
            change = f'UPDATE {table} SET "{name}" = ? WHERE {where}'  # noqa: S608 — names from the schema
            if not is_found(path, (change, [other(row[place]), *row[: len(keys)]])):
                unseen.append((table, name, *(row[:1] if table == "meta" else ())))
    assert set(unseen) <= UNFOUND


def is_found(path: Path, change: tuple[str, list[Any]]) -> bool:
    """Say whether a change is found; it is taken back afterwards. What SQLite itself refuses counts as found."""
    before = path.read_bytes()
    try:
        run(path, change)
        return bool(errors(path))
    except sqlite3.IntegrityError:
        return True
    finally:
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(before)


def test_what_gis_programs_add_for_themselves_is_a_note(path: Path) -> None:
    run_schema(path, "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT)")
    with Store.open(path) as store:
        (problem,) = store.file.check()
    assert (problem.severity, problem.where) == ("note", "layer_styles")
