from __future__ import annotations

import json
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyogrio
import pytest
from store_examples import Counted, Ticking

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.model.drafts import Bundle


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_after_closing_the_file_stands_alone(store: Store) -> None:
    store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
    assert (store.path.parent / "test.gpkg-wal").exists()
    store.close()
    store.close()
    assert [path.name for path in store.path.parent.iterdir()] == ["test.gpkg"]
    assert rows(store.path, "PRAGMA journal_mode") == [("delete",)]
    with pytest.raises(DatabaseError, match="is closed"):
        store.read.count()


def test_reading_does_not_touch_the_file(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    with Store.open(store.path) as again:
        assert len(again.read.select(profile=None)) == 4
        again.file.check()
        again.write.preview(again.read.draft("bridge").draft)
        assert [path.name for path in store.path.parent.iterdir()] == ["test.gpkg"]
    assert store.path.read_bytes() == before


def test_a_reader_does_not_wait_for_a_writer_nor_the_other_way_round(store: Store) -> None:
    with Store.open(store.path, clock=store._opened.clock) as other:
        assert other.read.count()["incident"] == 4
        store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
        assert other.read.draft("bridge").draft.tags == ("oil",)
        store.close()
        other.write.edit("bridge", {"tags": ["tin"]}, author="ana", reason="x")
    assert [path.name for path in store.path.parent.iterdir()] == ["test.gpkg"]


def test_gis_programs_read_both_layers_with_types_and_ids(store: Store) -> None:
    store.write.retract("undated", author="ana", reason="x")
    store.close()
    assert pyogrio.list_layers(store.path)[:, 0].tolist() == [
        "incidents",
        "regions",
        "claims",
        "sources",
        "actors",
        "cases",
        "phases",
        "indicators",
    ]
    incidents = pyogrio.read_dataframe(store.path, layer="incidents", fid_as_index=True)
    assert incidents.index.tolist() == [1, 2, 3]
    assert incidents.crs.to_epsg() == 4326
    assert incidents["first_day"].dt.strftime("%Y-%m-%d").tolist() == [
        "2012-04-09",
        "2012-04-12",
        "2012-08-01",
    ]
    assert incidents["title"].tolist()[0] == "Secuestro en el puente"
    assert incidents["counted"].tolist() == [True, False, True]
    assert incidents["killed_best"].tolist()[:2] == [5, 3]
    assert incidents.geometry.iloc[2].bounds == (-74, -14, -72, -10)
    regions = pyogrio.read_dataframe(store.path, layer="regions", fid_as_index=True)
    assert regions.index.tolist() == [1, 2, 3, 4, 5]
    assert set(regions["set"]) == {"units", "zones"}
    assert regions.geometry.notna().all()
    assert pyogrio.read_info(store.path, layer="incidents")["features"] == 3


def test_the_file_keeps_to_the_geopackage_standard_as_far_as_it_can_be_checked_offline(store: Store) -> None:
    """OGC 12-128r17: requirements 2, 10, 11, 13, 14, 15, 19, 21 to 26."""
    store.close()
    path = store.path
    head = path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert struct.unpack(">II", head[60:64] + head[68:72]) == (10300, 0x47504B47)
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys ORDER BY 1") == [
        (-1, "NONE", -1),
        (0, "NONE", 0),
        (4326, "EPSG", 4326),
    ]
    names = {name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    contents = rows(path, "SELECT table_name, data_type, srs_id, last_change FROM gpkg_contents ORDER BY 1")
    assert {name for name, *_ in contents} <= names
    assert [(kind, srs) for _, kind, srs, _ in contents] == [
        ("features", 4326) if name in {"incidents", "regions"} else ("attributes", None) for name, *_ in contents
    ]
    assert all(str(moment).endswith("Z") and "T" in str(moment) for *_, moment in contents)
    assert rows(path, "SELECT * FROM gpkg_geometry_columns ORDER BY 1") == [
        ("incidents", "geom", "GEOMETRY", 4326, 0, 0),
        ("regions", "geom", "GEOMETRY", 4326, 0, 0),
    ]
    for layer in ("incidents", "regions"):
        for (blob,) in rows(path, f"SELECT geom FROM {layer} WHERE geom IS NOT NULL"):  # noqa: S608 — the two names above
            assert isinstance(blob, bytes)
            assert blob[:2] == b"GP"
            assert struct.unpack("<i", blob[4:8]) == (4326,)


def test_two_builds_with_the_same_clock_and_entropy_have_the_same_content(
    make_store: Callable[..., Store], made_up: Bundle
) -> None:
    dumps = []
    for name in ("one.gpkg", "two.gpkg"):
        store = make_store(name, clock=Ticking(), entropy=Counted())
        store.write.add(made_up, author="ana", reason="first entry")
        store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
        store.close()
        with closing(sqlite3.connect(store.path)) as connection:
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.gpkg"
    path.write_bytes(b"precious")
    with pytest.raises(RefusedError, match=r"The file .*mine.gpkg already exists"):
        Store.create(path, country="PE")
    assert path.read_bytes() == b"precious"
    with pytest.raises(DatabaseError, match="cannot be made"):
        Store.create(tmp_path / "no" / "such" / "folder.gpkg", country="PE")


def test_a_file_that_cannot_be_finished_is_taken_away_again(tmp_path: Path) -> None:
    def broken() -> object:
        raise RuntimeError("no regions today")
        yield

    with pytest.raises(RuntimeError, match="no regions today"):
        Store.create(tmp_path / "new.gpkg", country="PE", region_sets=broken())  # type: ignore[arg-type]  # fails before it is used
    assert list(tmp_path.iterdir()) == []


def test_wrong_files_are_refused_untouched(tmp_path: Path, store: Store) -> None:
    store.close()
    newer = tmp_path / "newer.gpkg"
    newer.write_bytes(store.path.read_bytes())
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    other = tmp_path / "other.gpkg"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("PRAGMA application_id = 0x47504B47")
        connection.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY)")
    plain = tmp_path / "plain.sqlite"
    with closing(sqlite3.connect(plain)) as connection, connection:
        connection.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY)")
    picture = tmp_path / "photo.gpkg"
    picture.write_bytes(b"\xff\xd8\xff\xe0 not a database")
    empty = tmp_path / "empty.gpkg"
    empty.touch()
    wrong = {
        newer: "made by a newer willay .schema 99",
        other: "a GeoPackage, but not one that willay made",
        plain: "not a GeoPackage",
        picture: "not an SQLite file",
        empty: "not an SQLite file",
        tmp_path: "is a folder",
        tmp_path / "missing.gpkg": "The file .* does not exist.*willay init",
    }
    before = {path: path.read_bytes() for path in wrong if path.is_file()}
    names = sorted(tmp_path.iterdir())
    for path, message in wrong.items():
        with pytest.raises(DatabaseError, match=message):
            Store.open(path)
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(tmp_path.iterdir()) == names


def test_the_database_says_what_it_is(store: Store) -> None:
    assert (store.file.meta("schema_version"), store.file.meta("country"), store.file.meta("policy")) == (
        "8",
        "PE",
        "ranked-source",
    )
    assert store.file.meta("created_at") == "2024-01-01T00:00:01.000000Z"
    assert store.file.meta("colour") is None


def test_the_claims_and_sources_are_tables_for_gis_programs_too(store: Store) -> None:
    store.close()
    claims = pyogrio.read_dataframe(store.path, layer="claims", read_geometry=False)
    assert claims["code"].tolist().count("PE-2012-0001") == 3
    assert json.loads(json.dumps(claims["measure"].tolist())).count("killed") == 3


def test_the_layer_says_of_each_part_whether_it_counts(store: Store) -> None:
    """A part is not counted while the incident it is a part of holds; it is once that is retracted, and not again."""

    def counted() -> dict[object, object]:
        return dict(rows(store.path, "SELECT code, counted FROM incident"))

    others = {"PE-2012-0001": 1, "PE-2012-0003": 1, "PE-0000-0001": 1}
    assert counted() == {**others, "PE-2012-0002": 0}
    store.write.retract("bridge", author="ana", reason="x")
    assert counted() == {**others, "PE-2012-0002": 1}
    store.write.edit("bridge", {"status": "published"}, author="ana", reason="x")
    assert counted() == {**others, "PE-2012-0002": 0}
    store.write.edit("PE-2012-0002", {"part_of": None}, author="ana", reason="x")
    assert counted() == {**others, "PE-2012-0002": 1}


def test_every_commit_waits_for_the_disk_and_deleted_values_are_overwritten(store: Store) -> None:
    """docs/en/developers/reliability.md: `synchronous = FULL`, which is 2 (https://www.sqlite.org/pragma.html#pragma_synchronous)."""
    for session in (store._session, type(store._session).open(store.path)):
        for pragma, value in (("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)):
            with session.reading() as connection:
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        with session.writing() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        session.close()


def test_deleted_values_are_overwritten_where_sqlite_itself_would_leave_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether SQLite overwrites them by default is decided by whoever builds it."""
    connect = sqlite3.dbapi2.connect

    def leaving(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.execute("PRAGMA secure_delete = OFF").close()
        return connection

    monkeypatch.setattr(sqlite3.dbapi2, "connect", leaving)
    session = type(store._session).open(store.path)
    with session.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    session.close()
