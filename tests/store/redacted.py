"""An incident whose texts have an invented name, and where that name is still."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from unpacked import said_by

from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

CHILD = "Invented Child of Nobody"

SOURCE = {"key": "s", "kind": "press", "publisher": "P", "title": f"Spoke to {CHILD}", "note": {"es": CHILD}}

INCIDENT: dict[str, Any] = {
    "key": "harm",
    "title": {"es": "Una menor herida"},
    "summary": {"es": f"{CHILD} fue herida.", "en": "A girl was hurt."},
    "type": "armed-clash",
    "days": "2012-03-04",
    "places": [{"name": f"House of {CHILD}", "precision": "site", "lon": -73.0, "lat": -12.5}],
    "claims": [{"measure": "injured", "best": 1, "source": "s", "note": {"es": f"{CHILD}, por su madre"}}],
    "notes": [{"es": "Sin duda."}, {"es": f"Avisar a la familia de {CHILD}."}],
    "tags": [CHILD, "gas"],
    "original": {"victim": CHILD},
}

LATER = datetime(2025, 1, 1, tzinfo=UTC)


def states_with_the_name(store: Store) -> list[int]:
    """The numbers of the revisions whose states have the name in their summary: all but that of the last edit."""
    return [row.number for row in store.read.history("harm") if row.action in {"add", "edit", "withdraw-claim"}][:-1]


def in_file(path: Path, text: str = CHILD) -> list[str]:
    """The files that hold a text: the database, its log, its journal."""
    return [file.name for file in sorted(path.parent.iterdir()) if text.encode() in said_by(file)]


def tamper(path: Path, sql: str, values: tuple[Any, ...] = ()) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        assert file.execute(sql, values).rowcount == 1


def errors(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [problem.message for problem in store.file.check() if problem.severity == "error"]


def document_of(path: Path, number: int) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as file:
        (text,) = file.execute("SELECT document FROM revision WHERE number = ?", [number]).fetchone()
    document: dict[str, Any] = json.loads(text)
    return document


def leave_only_the_summary(store: Store) -> None:
    fields = dict.fromkeys(("notes", "tags", "original"))
    store.write.edit("harm", {**fields, "places": []}, author="ana", reason="less")
    store.write.withdraw_claim("harm", 1, author="ana", reason="less")
    for field in ("notes[1]", "tags[0]", "claims[0].note", "places[0].name"):
        store.write.redact("harm", field, author="ana", reason="a minor")
    store.registers.edit("source", "s", {"title": "T", "note": None}, author="ana", reason="less")
    with closing(sqlite3.connect(store.path)) as file:
        (number,) = file.execute("SELECT min(number) FROM revision WHERE subject_kind = 'source'").fetchone()
    for field in ("title", "note"):
        store.write.redact("s", field, kind="source", revisions=[number], author="ana", reason="a minor")
    store.write.edit("harm", {"summary": {"es": "Una menor fue herida."}}, author="ana", reason="no names")
