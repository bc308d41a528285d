"""Rows of a table made into drafts of incidents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.data.crosswalks import crosswalk
from willay.data.errors import UnknownTermError
from willay.events.exchange.incoming.batches import short_hash
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.claims import claims_of
from willay.events.exchange.incoming.table.days import days_of
from willay.events.exchange.incoming.table.grouping import group_names
from willay.events.exchange.incoming.table.mapping import KEEP
from willay.events.exchange.incoming.table.people import cases_of, parties_of, row_text, sources_of
from willay.events.exchange.incoming.table.places import place_of
from willay.events.exchange.incoming.table.row import Row
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.errors import DraftError
from willay.events.model.foreign import ForeignRow, RowFault
from willay.events.model.invisible import plain
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.exchange.incoming.table.row import Means
    from willay.events.exchange.incoming.table.tally import ColumnTally
    from willay.events.model.foreign import Document

USUAL_STATUS: Final = "draft"
_TAKEN: Final = frozenset({"lead", "draft", "retracted"})
"""Statuses that a column may give; the others are steps of a review in another database."""

_OTHER_CODEBOOKS: Final = (
    ("acled", "event_type"),
    ("acled", "sub_event_type"),
    ("gtd", "attacktype"),
    ("ucdp", "type_of_violence"),
)
"""Lists of other systems whose names for what happened are known: systems and lists of the crosswalks."""

_TITLE: Final = 120
_SENTENCE: Final = re.compile(r"(.+?[.!?])(?:\s|$)", re.DOTALL)


class Drafter:
    """Makes drafts of rows, and gives each row its id.

    A row is known by the cell of the id column; where there is none, by a digest of title, days and place, the second
    of that digest with #2 after it, and so on. Memory: some 100 bytes for each row without an id of its own.
    """

    def __init__(self, means: Means, columns: Sequence[str], tally: ColumnTally) -> None:
        self._means = means
        self._tally = tally
        self._columns = tuple(columns)
        self._seen: dict[str, int] = {}
        self._is_grouped = bool(group_names(means.mapping))

    def row(self, number: int, cells: Sequence[str]) -> ForeignRow:
        """Make a row. Whatever a cell makes its readers raise is the row's fault, of the cell that was read last."""
        clean = [plain(cell.replace("\x00", ""), lines=True).strip() for cell in cells]
        row = Row(self._means, dict(zip(self._columns, clean, strict=False)))
        beyond = [cell for cell in clean[len(self._columns) :] if cell]
        if beyond:
            reason = tr(
                "more cells than columns; check for a text that contains the separator and has no quotation marks"
            )
            row.faults.append(RowFault.of("", " | ".join(beyond), reason))
        document: Document = {}
        try:
            document = _document(row)
            row.faults += () if row.faults else _draft_faults(document)
        except Exception as error:  # noqa: BLE001 — no error of one row may end the file
            row.faults.append(RowFault.unforeseen(*row.last, error))
        external_id = self._id(row, document)
        faults = row.faults
        self._tally.add(row)
        raw = dict(zip(self._columns, cells, strict=False))
        made = None if faults else document
        return ForeignRow(number, external_id, made, tuple(faults), tuple(row.flags), raw)

    def _id(self, row: Row, document: Document) -> str:
        if given := row.get("id"):
            return given
        place = document.get("places", [{}])[0]
        telling = [*row.all("title"), document.get("days", ""), place.get("name", ""), place.get("admin_code", "")]
        told = telling if any(telling) else list(row.cells.values())
        digest = f"row-{short_hash(chr(31).join(' '.join(str(part).split()) for part in told))}"
        self._seen[digest] = self._seen.get(digest, 0) + 1
        if self._is_grouped:
            return digest  # the group has an id of its own
        if row.means.columns.get("id"):
            row.flag("id", "", tr("no id; identified by title, days and place"))
        if self._seen[digest] == 1:
            return digest
        row.flag(
            "id",
            digest,
            tr(
                "same title, days and place as an earlier row; identified by the order of the rows, so "
                "do not change the order"
            ),
        )
        return f"{digest}#{self._seen[digest]}"


def _draft_faults(document: Document) -> list[RowFault]:
    try:
        draft(IncidentDraft, document)
    except DraftError as error:
        return [RowFault.of(fault.where, "", fault.message) for fault in error.faults]
    return []


def _document(row: Row) -> Document:
    claims_by, sources = sources_of(row)
    document: Document = {**_types(row), **days_of(row), **place_of(row), "status": _status(row)}
    claims = claims_of(row, claims_by)
    lists = {
        "parties": parties_of(row),
        "claims": claims,
        "sources": sources or ([] if claims else [claims_by]),
        "cases": cases_of(row),
        "tags": row.all("tags"),
        "notes": [
            row_text(row, cell) for column in row.means.columns.get("notes", ()) if (cell := row.cells.get(column))
        ],
    }
    document |= {name: value for name, value in lists.items() if value}
    document |= {name: code for name in ("confidence", "sensitivity") if (code := _term(row, name))}
    if summary := row.get("summary"):
        document["summary"] = row_text(row, summary)
    document["title"] = row_text(row, plain(_title(row, document)))
    for column, name in row.means.mapping.columns.items():
        if name == KEEP:
            row.keep(column, row.cells.get(column, ""))
    if row.original:
        document["original"] = row.original
    return document


def _title(row: Row, document: Document) -> str:
    """Return the title; without one the first sentence of the summary, or what happened and where."""
    if title := row.get("title"):
        return title
    if summary := row.get("summary"):
        match = _SENTENCE.match(summary)
        first = match[1] if match else summary
        return first if len(first) <= _TITLE else first[: _TITLE - 1].rstrip() + "…"
    kind = document.get("subtype") or document.get("type")
    book = codebook()
    label = (book.subtypes if kind in book.subtypes else book.types)[kind] if kind else None
    words = label.label(row.means.options.language or "es") if label else "?"
    place = document.get("places", [{}])[0].get("name")
    case = next(iter(row.all("case")), "")
    made = f"{words}, {place}" if place else words
    return f"{made}: {case}"[:_TITLE] if case else made


def _types(row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("type", "subtype"):
        text = row.get(name)
        if not text:
            continue
        word = row.means.mapping.types.get(text, text)
        try:
            kind, sub = _type_of(word)
        except UnknownTermError as error:
            row.wordless = True
            row.fault(name, text, _unknown_type(text, word, error.nearest))
            return {}
        if name == "subtype" and found and found["type"] != kind:
            row.flag(
                name,
                text,
                tr(
                    "the sub-type belongs to {kind}, the type is {type}; the sub-type is used",
                    kind=kind,
                    type=found["type"],
                ),
            )
        found["type"] = kind
        if sub:
            found["subtype"] = sub
    if not found:
        row.fault("type", "", tr("no type. Fill the cell, or give a type for all such rows: --map default.type=CODE."))
    return found


def _type_of(word: str) -> tuple[str, str | None]:
    """Return type and sub-type that a word means: one of the codebook, else a name of another system's codebook.

    Raises:
        UnknownTermError: It is none, or may mean several.
    """
    try:
        return codebook().type_of(word)
    except UnknownTermError:
        if not any(letter.isalpha() for letter in word) or codebook().types_and_subtypes.several(word):
            raise
        for system, name in _OTHER_CODEBOOKS:
            if (known := crosswalk(system).find(name, word)) and known.ours:
                return codebook().type_of(known.ours)
        raise


def _unknown_type(text: str, word: str, nearest: str | None) -> str:
    """Return why a word is not a type, with the options that say which one it is."""
    if several := codebook().types_and_subtypes.several(word):
        options = joined(tr(" or "), (map_option(f"types.{text}", term.code) for term in several))
        return tr("can mean several event types. Specify which: {options}.", options=options)
    option = map_option(f"types.{text}", "CODE")
    if nearest:
        return tr(
            "unknown event type. The nearest is {nearest!r}. Specify the type: {option}.",
            nearest=nearest,
            option=option,
        )
    return tr("unknown event type. Specify the type: {option}.", option=option)


def _status(row: Row) -> str:
    if row.means.options.status:
        return row.means.options.status
    code = _term(row, "status")
    if code is not None and code not in _TAKEN:
        row.flag(
            "status",
            row.get("status"),
            tr(
                "imported as {status}, to be reviewed in this database; to import it as it is: --status {code}",
                status=USUAL_STATUS,
                code=code,
            ),
        )
        return USUAL_STATUS
    return code or USUAL_STATUS


def _term(row: Row, name: str) -> str | None:
    text = row.get(name)
    lists = {"status": codebook().statuses, "confidence": codebook().confidence, "sensitivity": codebook().sensitivity}
    if not text:
        return None
    try:
        return lists[name].find(text).code
    except UnknownTermError as error:
        (row.fault if name == "sensitivity" else row.cannot_use)(name, text, str(error))
        return None
