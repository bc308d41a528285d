"""Likeness: whether what a dataset says now of a row can be the same event as what it said before.

A dataset that numbers its rows again, as a monthly report does, gives the number of one event to another. An update
that changes title, days and place together is not a correction: nothing is left by which it could be the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.admin import folded
from willay.events.model.foreign import SHOWN, RowFault
from willay.events.model.values import DaySpan, local
from willay.geo.translation import language, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from willay.events.model.foreign import ForeignRow

    Document: TypeAlias = "Mapping[str, Any]"  # Any: JSON

_ENOUGH = 2
"""How many of title, days and place must be known to identify an event."""


def is_another_event(before: Document, now: Document, *, title_made: bool = False) -> bool:
    """Return whether two drafts under one id are of different events: title, days and place all differ.

    What neither has does not count; what only one has differs. Days that overlap are the same, as when a month becomes
    a day, and so are places of one name or one point.

    Args:
        before: The draft as it was, as states are written.
        now: The draft as it is, in the same way.
        title_made: The title is put together from what happened and where: the names of places in it do not count.
    """
    found = (_titles_agree(before, now, made=title_made), _days_agree(before, now), _places_agree(before, now))
    return True not in found and sum(agrees is False for agrees in found) >= _ENOUGH


def other_event_fault(row: ForeignRow, before: Document, now: Document, here: tuple[str, Document]) -> RowFault | None:
    """Return the fault of a row whose id was another event; None where it can be the same.

    Args:
        row: The row; one of our own export has an identity, and is never doubted.
        before: What the dataset said of it the last time, as states are written.
        now: What it says now, in the same way.
        here: The incident's code, and its draft as it is here: somebody may have corrected it.
    """
    code, present = here
    if row.identity is not None or not all(
        is_another_event(earlier, now, title_made=row.title_made) for earlier in (before, present)
    ):
        return None
    days = now.get("days")
    reason = tr(
        "id {external_id} was used for another event: {event} ({code}); title, days and place "
        "all differ. Give this row its own id, or import the file as another dataset: --dataset NAME.",
        external_id=row.external_id[:SHOWN],
        event=described(before),
        code=code,
    )
    if days:
        way = f"willay edit {code} --set days={days} -m {tr('corrected')}"
        reason += " " + tr(
            "If it is the same event, with all three corrected, correct its days in the database first: {way}", way=way
        )
    return RowFault.of("id", row.external_id, reason)


def described(document: Document) -> str:
    """Return title, days and place of a draft in a line."""
    place: Document = next(iter(document.get("places") or ()), {})
    parts = (quoted(local(document.get("title"), language())[:80]), document.get("days"), place.get("name"))
    return ", ".join(str(part) for part in parts if part)


def _titles_agree(before: Document, now: Document, *, made: bool) -> bool:
    names = {folded(place["name"]) for document in (before, now) for place in document.get("places", ())}
    one, other = (_titles(document, names if made else ()) for document in (before, now))
    return bool(one & other)


def _titles(document: Document, without: Iterable[str]) -> set[str]:
    found = {folded(title) for title in document["title"].values()}
    for name in without:
        found = {title.replace(name, "") for title in found}
    return found


def _days_agree(before: Document, now: Document) -> bool | None:
    one, other = before.get("days"), now.get("days")
    if one is None or other is None:
        return None if one is other else False
    first, second = DaySpan.parse(one), DaySpan.parse(other)
    return first.first <= second.last and second.first <= first.last


def _places_agree(before: Document, now: Document) -> bool | None:
    one, other = (next(iter(document.get("places") or ()), None) for document in (before, now))
    if one is None or other is None:
        return None if one is other else False
    points = [(place.get("lon"), place.get("lat")) for place in (one, other)]
    return folded(one["name"]) == folded(other["name"]) or (points[0] == points[1] and points[0] != (None, None))
