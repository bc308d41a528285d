"""The page on the file format, held to the files: its reader, which uses nothing of willay, reads them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import SURVEY, fill, survey

from willay.events.store import Store
from willay.events.store.record.states import pruned

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs/en/developers/file-format.md"


@pytest.fixture
def reader() -> dict[str, Any]:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102 — the page's own code
    return made


def test_the_reader_of_the_page_reads_what_the_store_holds(
    make_store: Callable[..., Store], reader: dict[str, Any]
) -> None:
    store = make_store(review="two-people")
    fill(store)
    head, path = store.file.head(), store.path
    drafts = {
        code: pruned(store.read.draft(code).draft.model_dump(mode="json", exclude_none=True))
        for code in store.read.select(details=False, profile=None)["code"]
    }
    store.close()
    assert head is not None
    assert reader["head"](path) == head.seal
    read = dict(reader["incidents"](path))
    assert {code: read[code] for code in drafts} == drafts


def test_the_reader_refuses_a_changed_document(store: Store, reader: dict[str, Any]) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as file, file:
        file.execute("UPDATE incident SET document = (SELECT document FROM incident WHERE fid = 2) WHERE fid = 1")
    with pytest.raises(AssertionError):
        list(reader["incidents"](store.path))


def test_the_reader_follows_seals_from_before_schema_7_into_later_ones(tmp_path: Path, reader: dict[str, Any]) -> None:
    path = tmp_path / "old.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript((Path(__file__).parent / "schemas" / "filled-6.sql").read_text("utf-8"))
        (sealed,) = made.execute("SELECT seal FROM revision ORDER BY number DESC LIMIT 1").fetchone()
    with Store.open(path) as store:
        assert reader["head"](path) == sealed
        store.write.edit("undated", {"tags": ["x"]}, author="ana", reason="a name")
        number = store.read.history("undated")[-1].number
        store.write.redact("undated", "reason", revisions=[number], author="ana", reason="by mistake")
        store.write.import_rows(survey(1, 3, words="Another"), SURVEY, author="luz")
        head = store.file.head()
        assert store.file.check(sealed) == ()
    assert head is not None
    assert reader["head"](path) == head.seal


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE change SET author = 'X' WHERE number = 3",
        "UPDATE change SET arrived_at = '2020' WHERE number = 3",
        "UPDATE change SET root = zeroblob(32) WHERE number = 3",
        "UPDATE change SET subjects = 1 WHERE number = 4",
        "UPDATE revision SET action = 'edit' WHERE number = 12",
        "UPDATE revision SET digest = zeroblob(32) WHERE number = 12",
        "UPDATE office SET id = 'x'",
    ],
)
def test_the_reader_refuses_a_changed_change(store: Store, reader: dict[str, Any], change: str) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as file, file:
        assert file.execute(change).rowcount
    with pytest.raises(AssertionError):
        reader["head"](store.path)


def test_the_page_names_every_table_and_view(store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    page = PAGE.read_text("utf-8")
    own = [name for name in names if not name.startswith(("gpkg_", "sqlite_", "place_box_"))]
    assert [name for name in own if f"`{name}`" not in page] == []
