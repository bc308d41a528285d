"""Claims as a table: who says what, in one pass over the incidents that answer a question."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from willay.events.exchange.outgoing.tables import spoken
from willay.events.model.canonical import value_of
from willay.events.model.drafts import ClaimDraft
from willay.events.model.fields import flat_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from willay.data.profiles import Profile
    from willay.events.front.query import Query
    from willay.events.store import Store

_OF_INCIDENT: Final = ("code", "title", "first_day")
_OF_DOCUMENT: Final = {
    "publisher": "publisher", "source_title": "title", "published_on": "published_on", "url": "url",
}  # fmt: skip
"""Columns that a claim has of its document, by the field of that."""

_NAMES: Final = flat_names(ClaimDraft)
_COUNTED: Final = _NAMES.index("high") + 1
_OF_CLAIM: Final = (
    *_NAMES[:_COUNTED], "publisher", *_NAMES[_COUNTED:], "superseded_by", *[*_OF_DOCUMENT][1:], "number",
)  # fmt: skip
"""The columns of a claim: its fields, after the numbers who published them, and at the end the document and `number`,
which counts the claims of an incident from 1."""

_NUMBERS: Final = ("number", "low", "best", "high", "superseded_by")
_FLAGS: Final = ("zero_is_unknown", "pinned", "adds")

Row = tuple[Any, ...]


def claims_of(
    store: Store, query: Query, *, measure: str | None, profile: Profile | None, lang: str
) -> tuple[pd.DataFrame, Mapping[str, Any], list[Any]]:
    """Return the claims of the incidents that answer a question, what the answer states of itself, and their levels.

    Cost: each card is read once, some 75 µs a claim, three quarters of it in the store.

    Args:
        store: The database.
        query: Which incidents.
        measure: Only claims of this measure; None is all.
        profile: The disclosure profile; None is the record itself.
        lang: The language of titles and notes.
    """
    from willay.data.codebook import codebook  # noqa: PLC0415 — only where a measure is named
    from willay.events.frame.query import IncidentQuery  # noqa: PLC0415 — as above
    from willay.events.front.query import Query  # noqa: PLC0415 — as above
    from willay.events.front.selecting import selected  # noqa: PLC0415 — only where areas are asked for

    wanted = codebook().measures.find(measure).code if measure else None
    if wanted and query.asked.measure is None:
        query = query & Query.of(IncidentQuery(measure=wanted))  # incidents without such a claim need not be read
    if query.areas is None:
        cells, _ = store.read.first(query.asked, details=True, lang=lang, profile=profile)
        given = (cells.of(name) for name in (*_OF_INCIDENT, "details"))
        levels, origin = list(cells.of("sensitivity")), cells.origin
    else:
        frame = selected(store, query, policy=None, profile=profile, lang=lang, details=True)
        given = (frame[name].tolist() for name in (*_OF_INCIDENT, "details"))
        levels, origin = frame["sensitivity"].tolist(), frame.attrs
    rows = chain.from_iterable(
        ((code, title, day, *row) for row in claim_rows(value_of(card), lang, wanted))
        for code, title, day, card in zip(*given, strict=True)
        if card
    )
    table = _table(rows, (*_OF_INCIDENT, *_OF_CLAIM))
    return table.assign(first_day=pd.to_datetime(table["first_day"])), origin, levels


def claim_table(card: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """Return the claims of one incident's card."""
    return _table(claim_rows(card, lang), _OF_CLAIM)


def claim_rows(card: Mapping[str, Any], lang: str, measure: str | None = None) -> Iterator[Row]:
    """Yield the claims of a card, of one measure or of all, each as the values of `_OF_CLAIM`."""
    sources: Mapping[str, Mapping[str, Any]] = card.get("sources", {})
    for number, claim in enumerate(card.get("claims", ()), start=1):
        if measure not in (None, claim["measure"]):
            continue
        source = sources.get(claim["source"], {})
        row = {**claim}
        for name, field in _OF_DOCUMENT.items():
            row[name] = source.get(field)
        for name in _FLAGS:
            row[name] = bool(row.get(name))
        row |= {
            "kind": claim.get("kind") or source.get("kind"),
            "stated_on": claim.get("stated_on") or source.get("published_on"),
            "superseded_by": claim.get("superseded", {}).get("number"),
            "number": number,
        }
        yield tuple([spoken(cell, lang) if type(cell) is dict else cell for cell in map(row.get, _OF_CLAIM)])


def _table(rows: Iterable[Row], names: tuple[str, ...]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    whole, flags = dict.fromkeys(_NUMBERS, "Int64"), dict.fromkeys(_FLAGS, "bool")
    types = {**dict.fromkeys(names, "str"), **whole, **flags, "first_day": "object"}
    return pd.DataFrame(
        {name: pd.Series(list(column), dtype=types[name]) for name, column in zip(names, columns, strict=True)}
    )
