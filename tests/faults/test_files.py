"""Files that are not what they should be: a clear error, and the file untouched."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DatabaseError, EventsError
from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def bundle() -> Bundle:
    return draft(Bundle, {"sources": [worker.SOURCE], "incidents": [worker.incident(1)]})


def examined(path: Path) -> list[str]:
    """What is found wrong with a file: by opening, checking or reading it. Only errors of ours are raised."""
    try:
        with Store.open(path) as store:
            wrong = [problem.message for problem in store.file.check() if problem.severity == "error"]
            store.read.select(profile=None)
    except EventsError as error:
        return [str(error)]
    return wrong


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (JPEG, "not an SQLite file"),
        (b"", "not an SQLite file"),
        (b"SQLite format 3\0" + bytes(5000), "not a GeoPackage"),
    ],
    ids=["a picture", "nothing", "only the first bytes"],
)
def test_a_file_of_another_kind_is_refused_and_untouched(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=message):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_geopackage_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA application_id = 1196444487")
        made.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY)")
        made.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not a willay database"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_told_and_not_made_worse(database: Path, part: float) -> None:
    content = database.read_bytes()
    cut = content[: int(len(content) * part)]
    database.write_bytes(cut)
    assert examined(database)
    assert database.read_bytes() == cut


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_is_found_or_harmless_and_never_a_traceback(database: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(database.read_bytes())
    at = chance.randrange(100, len(content))
    content[at] ^= 1 << chance.randrange(8)
    database.write_bytes(content)
    examined(database)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere; run as another user to see this")
def test_a_file_that_may_not_be_written_is_told_so(database: Path) -> None:
    before = database.read_bytes()
    database.chmod(0o400)
    with Store.open(database) as store, pytest.raises(DatabaseError, match="may not be written"):
        store.write.add(bundle(), author="ana")
    assert database.read_bytes() == before


def test_a_full_disk_is_told_and_nothing_is_half_written(database: Path) -> None:
    with Store.open(database) as store:
        before = store.read.count()
        pages = store._session._connection.exec_driver_sql("PRAGMA page_count").scalar()
        store._session._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        store._session._connection.rollback()
        big = draft(Bundle, {"sources": [worker.SOURCE], "incidents": [worker.incident(n) for n in range(300)]})
        with pytest.raises(DatabaseError, match="full"):
            store.write.add(big, author="ana")
        assert store.read.count() == before
    with Store.open(database) as again:
        assert again.file.check() == ()


def test_a_file_that_vanishes_is_told(database: Path) -> None:
    database.rename(database.with_name("elsewhere.gpkg"))
    with pytest.raises(DatabaseError, match=r"The file .* does not exist"):
        Store.open(database)
