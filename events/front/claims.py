"""Claims as a table: who says what, in one pass over the incidents that answer a question."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from willay.events.exchange.outgoing.tables import spoken
from willay.events.model.canonical import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from willay.data.profiles import Profile
    from willay.events.front.query import Query
    from willay.events.store import Store

_OF_INCIDENT: Final = ("code", "title", "first_day")
_NUMBERS: Final = ("number", "low", "best", "high", "superseded_by")
_OF_CLAIM: Final = (
    "measure", "group", "low", "best", "high", "publisher", "kind", "attributed_to", "stated_on", "scope", "note",
    "zero_is_unknown", "superseded_by", "pinned", "source", "source_title", "published_on", "url", "number",
)  # fmt: skip
"""The columns of a claim: `publisher` and `kind` are those of the document, unless the claim quotes somebody
(`attributed_to`) of another kind; `source` is the key of the document; `number` counts the claims of an incident from
1."""

Row = tuple[Any, ...]


def claims_of(
    store: Store, query: Query, *, measure: str | None, profile: Profile | None, lang: str
) -> tuple[pd.DataFrame, Mapping[str, Any], list[Any]]:
    """Return the claims of the incidents that answer a question, what the answer states of itself, and their levels.

    Cost: each card is read once, some 20 µs a claim.

    Args:
        store: The database.
        query: Which incidents.
        measure: Only claims of this measure; None is all.
        profile: The disclosure profile; None is the record itself.
        lang: The language of titles and notes.
    """
    from willay.data.codebook import codebook  # noqa: PLC0415 — only where a measure is named
    from willay.events.front.selecting import selected  # noqa: PLC0415 — only where areas are asked for

    wanted = codebook().measures.find(measure).code if measure else None
    if query.areas is None:
        cells, _ = store.read.first(query.asked, details=True, lang=lang, profile=profile)
        given = (cells.of(name) for name in (*_OF_INCIDENT, "details"))
        levels, origin = list(cells.of("sensitivity")), cells.origin
    else:
        frame = selected(store, query, policy=None, profile=profile, lang=lang, details=True)
        given = (frame[name].tolist() for name in (*_OF_INCIDENT, "details"))
        levels, origin = frame["sensitivity"].tolist(), frame.attrs
    rows = chain.from_iterable(
        ((code, title, day, *row) for row in claim_rows(value_of(card), lang) if wanted in (None, row[0]))
        for code, title, day, card in zip(*given, strict=True)
        if card
    )
    table = _table(rows, (*_OF_INCIDENT, *_OF_CLAIM))
    return table.assign(first_day=pd.to_datetime(table["first_day"])), origin, levels


def claim_table(card: Mapping[str, Any], lang: str) -> pd.DataFrame:
    """Return the claims of one incident's card."""
    return _table(claim_rows(card, lang), _OF_CLAIM)


def claim_rows(card: Mapping[str, Any], lang: str) -> Iterator[Row]:
    """Yield the claims of a card, each as the values of `_OF_CLAIM`."""
    sources: Mapping[str, Mapping[str, Any]] = card.get("sources", {})
    for number, claim in enumerate(card.get("claims", ()), start=1):
        source = sources.get(claim["source"], {})
        pinned = claim.get("pinned")
        row = {
            **claim,
            "publisher": source.get("publisher"),
            "kind": claim.get("kind") or source.get("kind"),
            "stated_on": claim.get("stated_on") or source.get("published_on"),
            "zero_is_unknown": bool(claim.get("zero_is_unknown")),
            "superseded_by": claim.get("superseded", {}).get("number"),
            "pinned": pinned is not None,
            "source_title": source.get("title"),
            "published_on": source.get("published_on"),
            "url": source.get("url"),
            "number": number,
        }
        yield tuple(spoken(row.get(name), lang) for name in _OF_CLAIM)


def _table(rows: Iterable[Row], names: tuple[str, ...]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    whole, flags = dict.fromkeys(_NUMBERS, "Int64"), {"zero_is_unknown": "bool", "pinned": "bool"}
    types = {**dict.fromkeys(names, "str"), **whole, **flags, "first_day": "object"}
    return pd.DataFrame(
        {name: pd.Series(list(column), dtype=types[name]) for name, column in zip(names, columns, strict=True)}
    )
