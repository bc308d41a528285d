"""Nobody can change another text under cover of a redaction: every attempt is found."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from redacted import CHILD, errors, in_file, states_with_the_name, tamper
from store_examples import Ticking

from willay.events.model.canonical import canonical
from willay.events.model.draftbase import REDACTED
from willay.events.model.errors import RefusedError
from willay.events.model.masking import text_digest
from willay.events.store import Store
from willay.events.store.dialects.sqlite.copies import earlier_copies
from willay.events.store.record.redactions import document_digest
from willay.events.store.record.revisions import Author, Change, record

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("UPDATE revision SET document = replace(document, '[redacted]', 'another text') WHERE number = ?", ()),
        ("UPDATE revision SET document = replace(document, 'A girl', 'A boy') WHERE number = ?", ()),
        ("UPDATE revision SET document = replace(document, '2012-03-04', '2012-03-05') WHERE number = ?", ()),
        ("UPDATE revision SET digest = 'abc' WHERE number = ?", ()),
        ("UPDATE revision SET masked_digest = 'abc' WHERE number = ?", ()),
    ],
)
def test_a_redacted_state_that_is_changed_is_found(edited: Store, sql: str, values: tuple[Any, ...]) -> None:
    first, *_ = states_with_the_name(edited)
    edited.write.redact("harm", "summary.es", revisions=[first], author="luz", reason="a minor")
    edited.close()
    tamper(edited.path, sql, (*values, first))
    assert errors(edited.path)


def test_a_text_that_is_gone_without_a_redaction_is_found(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.close()
    sql = "UPDATE revision SET document = replace(document, ?, '[redacted]') WHERE number = ?"
    tamper(edited.path, sql, (f"{CHILD} fue herida.", first))
    assert f"Revision {first}" in " ".join(errors(edited.path))


def forged(
    path: Path,
    number: int,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    field: list[str],
    text: str = "whatever it was",
) -> None:
    """Change a state and record a redaction for it with right digests and seals, as somebody could who knows how."""
    with Store.open(path) as store:
        moment = store.read.latest_moment()
    with Store.open(path) as store, store._session.writing() as connection:
        row = connection.exec_driver_sql("SELECT subject_id, document FROM revision WHERE number = ?", (number,)).one()
        document = canonical(change(json.loads(row.document)))
        connection.exec_driver_sql("UPDATE revision SET document = ? WHERE number = ?", (document, number))
        erased = [{"revision": number, "field": field, "digest": text_digest(text)}]
        state = {
            "kind": "incident", "id": row.subject_id, "erased": erased, "left": {str(number): document_digest(document)}
        }  # fmt: skip
        author = Author("Mallory", moment, "privacy")
        made = record(connection, "redaction", [Change("forged", state, "redact")], author)
        connection.exec_driver_sql("UPDATE revision SET document = ? WHERE number = ?", (canonical(state), made))


def marked(state: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**state, "draft": {**state["draft"], "summary": {"es": REDACTED, "en": "A girl was hurt."}, **changed}}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (marked, ["draft", "summary", "es"]),
        (lambda state: marked(state, title={"es": "Otro título"}), ["draft", "summary", "es"]),
        (lambda state: marked(state, days="2013-01-01"), ["draft", "summary", "es"]),
        (lambda state: {**state, "draft": {**state["draft"], "title": {"es": "Otro"}}}, ["draft", "title", "es"]),
    ],
)
def test_a_redaction_cannot_be_forged_to_change_another_text(
    edited: Store, change: Callable[[dict[str, Any]], dict[str, Any]], field: list[str]
) -> None:
    """The digest of the masked state was sealed when the state was: who does not know the text's digest cannot match
    it, and who does can erase that text, but put nothing in its place."""
    first, *_ = states_with_the_name(edited)
    edited.close()
    assert errors(edited.path) == []
    forged(edited.path, first, change, field)
    assert f"Revision {first}" in " ".join(errors(edited.path))


def test_who_knows_the_text_can_erase_it_and_put_nothing_in_its_place(edited: Store) -> None:
    first, *_ = states_with_the_name(edited)
    edited.close()
    before, text = edited.path.read_bytes(), f"{CHILD} fue herida."

    def swapped(state: dict[str, Any]) -> dict[str, Any]:
        return {**state, "draft": {**state["draft"], "summary": {"es": "Otro texto.", "en": "A girl was hurt."}}}

    forged(edited.path, first, swapped, ["draft", "summary", "es"], text)
    assert f"Revision {first}" in " ".join(errors(edited.path))
    edited.path.write_bytes(before)
    forged(edited.path, first, marked, ["draft", "summary", "es"], text)
    assert errors(edited.path) == []


def test_a_state_of_before_schema_5_is_redacted_and_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "old.gpkg"
    with closing(sqlite3.connect(path)) as file:
        file.executescript((Path(__file__).parent / "schemas" / "filled-4.sql").read_text("utf-8"))
    with Store.open(path, clock=Ticking(datetime(2025, 1, 1, tzinfo=UTC))) as store:
        number = store.read.history("undated")[0].number
        with pytest.raises(RefusedError, match="sealed by an earlier willay"):
            store.write.redact("undated", "reason", revisions=[number], author="ana", reason="x")
        store.write.edit("undated", {"title": "Otro"}, author="ana", reason="x")
        store.write.redact("undated", "title", revisions=[number], author="ana", reason="x")
        copies = [copy.name for copy in earlier_copies(path)]
        assert in_file(path, "Sin fecha ni lugar") == copies == ["old.schema-4.backup.gpkg"]
    assert errors(path) == []
    before = path.read_bytes()
    for old, new in (("[redacted]", "x"), ('"arrest"', '"protest"')):
        tamper(path, "UPDATE revision SET document = replace(document, ?, ?) WHERE number = ?", (old, new, number))
        assert f"Revision {number}" in " ".join(errors(path))
        path.write_bytes(before)
