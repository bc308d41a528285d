"""Rows that are one incident: a table with one row per victim, its rows grouped by what they have in common.

Counts are summed as the rows state them. Where a row of a group states none, the sum is the least; nothing else is
added up. What the rows of a group state differently is that of the first row, which is flagged; cells that are kept as
the dataset's own are those that all rows share. A group with a row that cannot be read is rejected whole, so that no
sum lacks a row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.incoming.batches import short_hash
from willay.events.exchange.incoming.table.mapping import NO_GROUPS
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import RowFault
from willay.geo.translation import quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.model.foreign import Document, ForeignRow

_LISTS: Final = ("parties", "sources", "cases", "tags", "notes")
_BOUNDS: Final = ("low", "best", "high")
_SEVERAL: Final = {
    "date": ("date", "first_day", "last_day", "year", "month", "day"),
    "place": (
        "place",
        "district",
        "province",
        "department",
        "country",
        "admin_code",
        "region",
        "lat",
        "lon",
        "point",
        "east",
        "north",
    ),
    "type": ("type", "subtype"),
}
"""Names that stand for what several columns say together."""


def group_names(mapping: ColumnMapping) -> tuple[str, ...]:
    """Return the names by which a table's rows are grouped; none where each row is an incident.

    Raises:
        RefusedError: A name is neither a column nor a field that a column holds.
    """
    said = mapping.group_by or NO_GROUPS
    if said == NO_GROUPS:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in said.split(",") if name.strip()))
    for name in names:
        if name not in mapping.columns and name not in {"title", *_SEVERAL} and not mapping.of(name):
            raise RefusedError(
                tr(
                    "--group-by: {name!r} is neither a column nor a field that a column holds. Choose among: title, "
                    "date, place, type, or a column: {columns}.",
                    name=name[:80],
                    columns=", ".join(map(quoted, mapping.columns))[:300],
                )
            )
    return names


def grouped(rows: Iterable[ForeignRow], names: Sequence[str], mapping: ColumnMapping) -> Iterator[ForeignRow]:
    """Yield one row a group, in the order of the first row of each; all rows are read before the first is yielded.

    Args:
        rows: The rows of the table.
        names: What the rows of a group have in common.
        mapping: Which column holds which field.
    """
    groups: dict[tuple[str, ...], list[ForeignRow]] = {}
    for row in rows:
        groups.setdefault(tuple(_value(row, name, mapping) for name in names), []).append(row)
    for key, members in groups.items():
        name = f"group-{short_hash(chr(31).join(key))}"
        if any(row.faults for row in members):
            yield from (_rejected(row, f"{name}#{number}") for number, row in enumerate(members, start=1))
        else:
            yield replace(_merged(members), external_id=name)


def _value(row: ForeignRow, name: str, mapping: ColumnMapping) -> str:
    """Return what the cells of a row say under a name, as they are written: also in a row that cannot be read."""
    held = (name,) if name in mapping.columns else [at for one in _SEVERAL.get(name, (name,)) for at in mapping.of(one)]
    return "|".join(" ".join(row.raw.get(column, "").split()) for column in held)


def _rejected(row: ForeignRow, name: str) -> ForeignRow:
    if row.faults:
        return replace(row, external_id=name)
    reason = tr("another row of the same incident cannot be read, and its counts would be missing")
    return replace(row, external_id=name, draft=None, faults=(RowFault.of("", "", reason),))


def _merged(rows: Sequence[ForeignRow]) -> ForeignRow:
    first = rows[0]
    documents = [row.draft or {} for row in rows]
    made: Document = dict(documents[0])
    for name in _LISTS:
        entries = [entry for document in documents for entry in document.get(name, ())]
        if entries:
            made[name] = [entry for at, entry in enumerate(entries) if entry not in entries[:at]]
    if claims := _summed(documents):
        made["claims"] = claims
    kept = documents[0].get("original", {})
    same = {name: text for name, text in kept.items() if all(row.raw.get(name) == first.raw.get(name) for row in rows)}
    made = {name: value for name, value in made.items() if name != "original"} | ({"original": same} if same else {})
    flags = [flag for row in rows for flag in row.flags]
    if differing := sorted(_differing(documents)):
        reason = tr("the rows of this incident differ in it; what the first row states is recorded")
        flags += [RowFault.of(name, "", reason) for name in differing]
    return replace(first, draft=made, flags=tuple(dict.fromkeys(flags)))


def _differing(documents: Sequence[Document]) -> set[str]:
    names = {name for document in documents for name in document} - {*_LISTS, "claims", "original"}
    return {name for name in names if any(document.get(name) != documents[0].get(name) for document in documents)}


def _summed(documents: Sequence[Document]) -> list[dict[str, Any]]:  # Any: JSON
    """Return the claims of some rows, those of one measure, group and source as their sum."""
    found: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for document in documents:
        for claim in document.get("claims", ()):
            found.setdefault((claim["measure"], claim["group"], claim["source"]), []).append(claim)
    return [_sum_of(claims, len(documents)) for claims in found.values()]


def _sum_of(claims: Sequence[dict[str, Any]], rows: int) -> dict[str, Any]:  # Any: JSON
    made = {name: value for name, value in claims[0].items() if name not in {*_BOUNDS, "note"}}
    low = sum(claim["low"] if "low" in claim else claim.get("best", 0) for claim in claims)
    for bound in ("best", "high"):
        numbers = [claim.get(bound) for claim in claims]
        if len(claims) == rows and None not in numbers:
            made[bound] = sum(number for number in numbers if number is not None)
    if low or all("low" in claim or "best" in claim for claim in claims):
        made["low"] = low
    return made
