"""`willay doctor`: what is wrong with the installation or the file, what to do; nothing is changed or given away."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from willay.events.cli import diagnosis
from willay.events.cli.diagnosis import Finding, findings
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

NOW = datetime(2026, 3, 20, 9, 46, tzinfo=UTC)


def looked_at(db: Path, **environment: str) -> dict[str, Finding]:
    return {one.subject: one for one in findings(db, NOW, environment)}


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_a_sound_database_has_no_problem_and_nothing_is_changed(peru: Path, run: Callable[..., Result]) -> None:
    before = contents(peru.parent)
    told = run("doctor", "--format", "json")
    assert contents(peru.parent) == before
    rows = {row["subject"]: row for row in json.loads(told.out)}
    assert told.code == 0, told.err
    assert rows["Database"]["found"] == f"{peru} ({peru.stat().st_size:,} B)"
    assert rows["Schema"]["found"].startswith("8, by willay")
    assert (rows["Integrity"]["state"], rows["Integrity"]["found"]) == ("ok", "no damage found")
    assert rows["SQLite"]["found"] == sqlite3.sqlite_version
    assert {row["state"] for row in rows.values()} <= {"ok", "note"}
    assert all(row["advice"] for row in rows.values() if row["state"] != "ok")
    assert told.err.startswith("0 problems")


def test_it_says_nothing_of_what_is_recorded_or_of_who_records_it(
    peru: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WILLAY_AUTHOR", "Doña Secreta")
    with closing(sqlite3.connect(peru)) as connection:
        keys = [value for key, value in connection.execute("SELECT key, value FROM meta") if "key" in key]
    told = run("doctor", "--format", "json").out
    assert keys
    assert not [secret for secret in (*keys, "Secreta", "Bagua") if secret in told]
    assert {"state": "ok", "subject": "WILLAY_AUTHOR", "found": "is set", "advice": ""} in json.loads(told)


def test_a_file_that_is_not_there_is_a_note(tmp_path: Path) -> None:
    one = looked_at(tmp_path / "none.gpkg")["Database"]
    assert (one.state, "willay init" in one.advice) == ("note", True)


@pytest.mark.parametrize("content", [b"", b"text", b"\0" * 200])
def test_what_is_no_database_is_a_problem(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.gpkg"
    file.write_bytes(content)
    assert looked_at(file)["Schema"].state == "problem"
    assert file.read_bytes() == content


def test_a_damaged_file_is_a_problem(peru: Path, run: Callable[..., Result]) -> None:
    whole = peru.read_bytes()
    middle = len(whole) // 2
    peru.write_bytes(whole[:middle] + b"\xff" * 8192 + whole[middle + 8192 :])
    told = run("doctor")
    assert (told.code, "willay restore" in told.out) == (1, True)


def test_journals_are_named_and_left_alone(peru: Path) -> None:
    with closing(sqlite3.connect(peru)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE meta SET value = value")
        writer.commit()
        before = contents(peru.parent)
        told = looked_at(peru)
        assert contents(peru.parent) == before
    assert (told["Journals"].state, "peru.gpkg-wal" in told["Journals"].found) == ("note", True)
    assert told["Integrity"].found == "not checked: it is open"
    assert told["Schema"].state == "ok"


def test_what_a_killed_program_left_is_not_played_in(peru: Path, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(peru)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE meta SET value = value")
        writer.commit()
        for name in ("peru.gpkg", "peru.gpkg-wal"):
            (left / name).write_bytes((peru.parent / name).read_bytes())
    before = contents(left)
    assert looked_at(left / "peru.gpkg")["Journals"].state == "note"
    assert contents(left) == before


def changed(peru: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(peru)) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_the_schema_of_another_version_is_named(peru: Path) -> None:
    changed(peru, "UPDATE meta SET value = '7' WHERE key = 'schema_version'")
    assert looked_at(peru)["Schema"].state == "note"
    changed(peru, "UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    assert looked_at(peru)["Schema"].state == "problem"


def test_a_clock_behind_the_latest_change_is_a_problem(peru: Path) -> None:
    changed(peru, "UPDATE change SET arrived_at = '2026-03-22T00:00:00.000000Z'")
    told = looked_at(peru)["Clock"]
    assert (told.state, "2026-03-22 00:00 UTC" in told.advice) == ("problem", True)


def test_drafts_and_earlier_copies_are_counted(peru: Path) -> None:
    peru.with_name("peru.draft-1.json").write_text("{}", "utf-8")
    peru.with_name("peru.schema-7.backup.gpkg").write_bytes(b"")
    told = looked_at(peru)
    assert told["Unfinished"].found == "1 incident"
    assert told["Earlier copies"].found == "1 copy next to it"


def test_a_full_disk_is_a_problem(peru: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "_SPARE_BYTES", 1 << 60)
    assert looked_at(peru)["Free disk"].state == "problem"


def test_a_missing_extra_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        raise diagnosis.PackageNotFoundError(name)

    monkeypatch.setattr(diagnosis, "version", none)
    told = looked_at(tmp_path / "none.gpkg")
    assert told["[seal] pyrage"].advice.endswith('python -m pip install "willay[seal]"')
    assert told["numpy"].state == "problem"


def test_a_fixed_clock_is_noted(tmp_path: Path) -> None:
    assert looked_at(tmp_path / "none.gpkg", SOURCE_DATE_EPOCH="1").get("SOURCE_DATE_EPOCH").state == "note"  # type: ignore[union-attr]  # it is there


def test_it_speaks_spanish(peru: Path) -> None:
    with in_language("es"):
        assert {"Base de datos", "Esquema", "Reloj"} <= looked_at(peru).keys()
