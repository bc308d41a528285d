"""Incidents, claims and sources as flat tables of plain cells: what CSV, HXL and workbooks are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.flat_pages import FLAT, point_cells, rows_of
from willay.events.frame.columns import TERMS
from willay.events.model.canonical import value_of
from willay.events.model.drafts import ClaimDraft, SourceDraft
from willay.events.model.fields import flat_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.events.frame.cells import IncidentCells

_AFTER: Final = FLAT.index("place_precision") + 1

INCIDENTS: Final = (*FLAT[:_AFTER], "lon", "lat", *FLAT[_AFTER:])
"""Columns of the table of incidents: those of the frame, with the point of the primary place."""

CLAIMS: Final = ("incident", "number", *flat_names(ClaimDraft), "superseded_by", *TERMS)
"""Columns of the table of claims; `incident` is the incident's code, `number` counts its claims from 1, and
`superseded_by` is the number of the later claim by which the same voice corrects it. The protection columns are
included too, because the table may be passed on alone."""

SOURCES: Final = flat_names(SourceDraft)
"""Columns of the table of sources: those that the incidents before it cite."""


def incident_rows(page: IncidentCells) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table of incidents; lon and lat are unknown where the place is an area."""
    lon, lat = point_cells(page)
    columns = [page.of(name) for name in FLAT]
    return zip(*columns[:_AFTER], lon, lat, *columns[_AFTER:], strict=True)


def cards_of(page: IncidentCells) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield code and card of the incidents that have one; under `terms` of a card what protects the incident."""
    for code, text, terms in zip(page.of("code"), page.of("details"), rows_of(page, TERMS), strict=True):
        if text:
            yield code, {**value_of(text), "terms": dict(zip(TERMS, terms, strict=True))}


def claim_rows(code: str, card: Mapping[str, Any], lang: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table of claims for one incident, texts in a language."""
    for number, claim in enumerate(card.get("claims", ()), start=1):
        later = claim.get("superseded", {}).get("number")
        row = {**card.get("terms", {}), **claim, "incident": code, "number": number, "superseded_by": later}
        yield tuple(spoken(row.get(name), lang) for name in CLAIMS)


def source_row(key: str, source: Mapping[str, Any], lang: str) -> tuple[Any, ...]:
    """Return the row of the table of sources for one source, its note in a language."""
    row = {**source, "key": key}
    return tuple(spoken(row.get(name), lang) for name in SOURCES)


def spoken(value: Any, lang: str) -> Any:  # noqa: ANN401 — a value of a card
    """Return a text by language as the text in one, the first it has where it lacks that; other values as they are."""
    if not isinstance(value, dict):
        return value
    return value.get(lang) or next(iter(value.values()), None)
