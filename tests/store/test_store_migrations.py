from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_examples import SURVEY, Counted, Ticking, survey, units, zones

from willay.events.model.errors import DatabaseError
from willay.events.store import Store
from willay.events.store.migrations import UPGRADES
from willay.events.store.schema.versions import SCHEMA_VERSION

SCHEMAS = Path(__file__).parent / "schemas"
EARLIER = sorted(int(file.stem.removeprefix("schema-")) for file in SCHEMAS.glob("schema-*.sql"))


def old_file(folder: Path, version: int) -> Path:
    path = folder / "old.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript((SCHEMAS / f"schema-{version}.sql").read_text("utf-8"))
    return path


def shape_of(path: Path) -> dict[str, object]:
    """Columns, keys and indexes of each table, and the text of each view."""
    with closing(sqlite3.connect(path)) as file:
        names = file.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        shape: dict[str, object] = {}
        for kind, name, sql in names:
            if kind == "table":
                columns = file.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,))
                keys = file.execute('SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', (name,))
                shape[name] = (sorted(columns.fetchall()), sorted(keys.fetchall()))
            else:
                shape[name] = " ".join(sql.split())
        return shape


def test_there_is_a_fixture_and_an_upgrade_for_every_schema_there_ever_was() -> None:
    assert list(range(1, SCHEMA_VERSION)) == EARLIER
    assert sorted(UPGRADES) == list(range(2, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_file_gets_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    old = old_file(tmp_path, version)
    Store.open(old).close()
    new = tmp_path / "new.gpkg"
    Store.create(new, country="PE").close()
    assert shape_of(old) == shape_of(new)


_KEPT = "number, subject_id, author, recorded_at, action, reason, document"
_CHANGES = 7
"""The schema since which several revisions may be one change."""

_REVISIONS = (
    f"SELECT {_KEPT}, lower(hex(digest)), (SELECT lower(hex(seal || root || office_seal)) FROM change"  # noqa: S608
    " WHERE change.number = revisions.change) FROM revisions ORDER BY number"
)


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_file_keeps_every_incident_revision_and_digest(tmp_path: Path, version: int) -> None:
    path = old_file(tmp_path, version)
    with closing(sqlite3.connect(path)) as file:
        if version < _CHANGES:
            seals = ", seal" if version > 1 else ""  # of a file of schema 1 the upgrade makes them
            statement = f"SELECT {_KEPT}, digest{seals} FROM revision ORDER BY number"  # noqa: S608
        else:
            statement = _REVISIONS
        before = file.execute(statement).fetchall()
    with Store.open(path) as store:
        assert store.file.check() == ()
        assert store.read.select(profile=None)["title"].tolist()[0] == "A changed title"
        assert [row.action for row in store.read.history("PE-2012-0001")] == ["add", "edit"]
    with closing(sqlite3.connect(path)) as file:
        seals = ", (SELECT lower(hex(seal)) FROM change WHERE change.number = revisions.number)" if version > 1 else ""
        statement = f"SELECT {_KEPT}, lower(hex(digest)){seals} FROM revisions ORDER BY number"  # noqa: S608
        after = file.execute(statement if version < _CHANGES else _REVISIONS).fetchall()
        more = file.execute(
            "SELECT subject_kind, author, reason FROM revisions WHERE number > ? ORDER BY number", [len(before)]
        ).fetchall()
    assert after[: len(before)] == before
    had_settings = version >= 5
    assert {(author, reason) for _, author, reason in more} == (
        set() if had_settings else {("willay", "brought up to date")}
    )
    assert {kind for kind, *_ in more} == (set() if had_settings else {"setting", "indicator"})


def test_the_file_is_copied_before_it_is_changed_and_the_copy_is_as_before(tmp_path: Path) -> None:
    path = old_file(tmp_path, 1)
    with Store.open(path) as store:
        copy = store.file.backup
    assert copy == tmp_path / "old.schema-1.backup.gpkg"
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == ("1",)
    with Store.open(path) as again:
        assert again.file.backup is None


def test_a_file_that_cannot_be_copied_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path, 1)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("willay.events.store.dialects.sqlite.copies._flush", full)
    with pytest.raises(DatabaseError, match=r"could not be copied to old\.schema-1\.backup\.gpkg first"):
        Store.open(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["old.gpkg"]


def test_an_upgrade_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_file(tmp_path, 1)

    def broken(_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("willay.events.store.migrations.UPGRADES", {2: UPGRADES[2], 3: broken})
    with pytest.raises(RuntimeError, match="power cut"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == ("1",)
        assert "sensitivity" not in [row[1] for row in file.execute("PRAGMA table_info(incident)")]


def test_a_newer_file_is_refused_with_the_version_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "new.gpkg"
    Store.create(path, country="PE", region_sets=[units(), zones()], clock=Ticking(), entropy=Counted()).close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
        file.execute("UPDATE meta SET value = '7.5.0' WHERE key = 'willay_version'")
        file.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=r"needs willay 7\.5\.0 or later"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.fixture
def upgraded(tmp_path: Path) -> Store:
    """A file of schema 4 with a dataset, a rule of review that was switched off and on, and regions added late."""
    path = tmp_path / "filled.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript((SCHEMAS / "filled-4.sql").read_text("utf-8"))
    return Store.open(path, clock=Ticking(datetime(2025, 1, 1, tzinfo=UTC)))


def test_what_was_not_recorded_before_schema_5_is_recorded_by_the_upgrade(upgraded: Store) -> None:
    with closing(sqlite3.connect(upgraded.path)) as file:
        revisions = file.execute(
            "SELECT subject_kind, subject_id, author, action, reason FROM revisions"
            " WHERE subject_kind IN ('setting', 'dataset', 'indicator') ORDER BY number"
        ).fetchall()
    by_people = [row for row in revisions if row[2] != "willay"]
    assert by_people == [
        ("setting", "review", "bea", "set", "alone in the office"),
        ("setting", "review", "bea", "set", "ana is back"),
    ]
    upgrade = {row[:2] for row in revisions if row[2:] == ("willay", "add", "brought up to date")}
    assert {("setting", "country"), ("setting", "policy"), ("dataset", "survey"), ("indicator", "1")} <= upgrade
    assert ("setting", "review") not in upgrade
    upgraded.close()


def test_an_upgraded_file_has_no_errors_and_a_note_of_who_approved_their_own(upgraded: Store) -> None:
    (problem,) = upgraded.file.check()
    assert (problem.severity, problem.where) == ("note", "PE-2012-0003")
    assert "ana published what ana wrote, while the rule was one-person" in problem.message
    upgraded.close()


def test_a_dataset_imported_before_the_upgrade_is_known_after_it(upgraded: Store) -> None:
    rows = survey(1, 2)
    assert {one.ending for one in upgraded.write.import_rows(rows, SURVEY, author="luz")} == {"unchanged"}
    changed = upgraded.write.import_rows(survey(1, words="A fight"), SURVEY, author="luz")
    assert [one.ending for one in changed] == ["updated"]
    draft = upgraded.read.draft("PE-2012-0004").draft
    assert (draft.title, draft.summary) == ({"en": "A fight 1"}, {"es": "Visto por nosotros"})
    assert [one for one in upgraded.file.check() if one.severity == "error"] == []
    upgraded.close()


def test_the_upgrade_works_out_again_what_is_derived(tmp_path: Path) -> None:
    path = old_file(tmp_path, 4)
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE place SET adm1 = 'Nowhere'")
        file.execute("UPDATE face SET adm1 = 'Nowhere', counted = 1")
        file.commit()
    with Store.open(path) as store:
        assert store.file.check() == ()
        assert "Nowhere" not in store.read.select()["adm1"].tolist()


def test_an_upgrade_asks_no_clock(tmp_path: Path) -> None:
    """The moment of what it records is that of the latest change: a wrong clock must not lock the file."""
    path = old_file(tmp_path, 4)
    with closing(sqlite3.connect(path)) as file:
        (latest,) = file.execute("SELECT max(recorded_at) FROM revision").fetchone()
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT max(arrived_at) FROM change").fetchone() == (latest,)
