"""Expected rows: what the documents of incidents become, where what several of them have in common is worked out once.

What a part of a document becomes (its place, days, claims, sources, and all the rest) does not depend on the other
parts, and of imported rows most parts come again and again. Parts are known by their text. They are worked out by the
functions that write the rows (`record.rows`); the test of this module compares their sum with what these make of whole
documents.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from willay.events.frame.columns import BY_LANGUAGE
from willay.events.frame.columns import COLUMNS as FRAME_COLUMNS
from willay.events.frame.framing import (
    cited_sources,
    days_of,
    figure_cells,
    figures_of,
    frame_row,
    primary_cells,
    source_cells,
)
from willay.events.frame.unitcheck import outside_units
from willay.events.model.drafts import IncidentDraft
from willay.events.model.fields import fields_of
from willay.events.model.policy import captivity_balance
from willay.events.model.values import local
from willay.events.store.audit.check_boxes import stored_boxes
from willay.events.store.record.derived import known_of
from willay.events.store.record.rows import (
    LANGUAGE,
    boxes_of,
    claim_rows,
    is_translated,
    link_rows,
    located_places,
    names_codes,
    own_cells,
    place_rows,
    spots_of,
)
from willay.events.store.schema.tables import INCIDENT
from willay.geo.blobs import encode_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.frame.framing import Known
    from willay.events.model.canonical import Document
    from willay.events.store.record.documents import Recorded

_MOST: Final = 50_000
"""How many parts of each kind are remembered."""

_ROW: Final = (
    "document", "fid", "id", "code", "revision", "recorded_at", "counted", "is_translated", "names_codes", "key",
    *BY_LANGUAGE,
)  # fmt: skip
"""The columns of an incident that hardly two have in common."""

_DAYS: Final = (*days_of({}),)
_PLACE: Final = (*primary_cells((), ()), "geom")
_FIGURES: Final = (*figure_cells({}),)
_SOURCES: Final = (*source_cells((), {}),)
_OF_PARTS: Final = frozenset({*_DAYS, *_PLACE, *_FIGURES, *_SOURCES})
_REST: Final = tuple(name for name in INCIDENT.c.keys() if name not in _OF_PARTS.union(_ROW))  # noqa: SIM118 — a collection of columns

_APART: Final = frozenset(
    {
        *("key", *BY_LANGUAGE),
        *(column.root for column in FRAME_COLUMNS if column.name in _OF_PARTS),
        *(
            name
            for name, field in fields_of(IncidentDraft).items()
            if not field.is_column and field.kind != "documents"
        ),
    }
)
"""The fields that are not parts of the rest: parts of their own, what hardly two incidents have in common, and what
neither a column nor a row follows from."""

COLUMNS: Final = (*_ROW, *_DAYS, *_PLACE, *_FIGURES, *_SOURCES, *_REST)
"""All columns of the table `incident`, in the order in which their cells are expected."""

FIGURES: Final = slice(COLUMNS.index(_FIGURES[0]), COLUMNS.index(_FIGURES[-1]) + 1)
"""Where the cells of figures are among them."""

Cells = tuple[Any, ...]  # Any: values of SQL columns


class Expected(NamedTuple):
    """The rows of an incident, as the driver gives them, and what is worth a look in it.

    Attributes:
        incident: Its row, in the order of `COLUMNS`.
        places, claims, links: Its rows in the lists, in the order of `rows.LIST_COLUMNS` and of their keys.
        box: West, east, south and north of its primary place as the index has them; None where that has no shape.
        first_day: Its first day, ISO, or None.
        outside: Points outside the unit that their place names, in words.
        captivity: Hostages that do not add up, in words; one text or none.
    """

    incident: Cells
    places: Sequence[Cells]
    claims: Sequence[Cells]
    links: Sequence[Cells]
    box: tuple[float, ...] | None
    first_day: str | None
    outside: tuple[str, ...]
    captivity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part becomes.

    Attributes:
        cells: Of the row of the incident.
        rows: Of a list, without the number of the incident.
        box: As in `Expected`.
        notes: What is worth a look, in words.
    """

    cells: Cells
    rows: tuple[Cells, ...]
    box: tuple[float, ...] | None = None
    notes: tuple[str, ...] = ()


class Expectation:
    """Works out the rows of incidents; the database must stay as it is.

    Args:
        connection: Within a transaction.
        regions: All versions of regions.
        policy: The database's figure policy.
        uncounted: Codes of the parts that are not counted.
    """

    def __init__(
        self, connection: Connection, regions: gpd.GeoDataFrame, policy: str, uncounted: AbstractSet[str]
    ) -> None:
        self._connection, self._regions, self._policy, self._uncounted = connection, regions, policy, uncounted
        self._ways = (self._places, self._claims, self._sources, self._rest)
        self._parts: tuple[dict[object, _Part], ...] = ({}, {}, {}, {})

    def of(self, recorded: Sequence[Recorded]) -> list[Expected]:
        """Return the rows of some incidents, in their order.

        Args:
            recorded: With the number and moment that their rows should have, packed and as text.
        """
        keys = [_keys_of(one.state["draft"]) for one in recorded]
        self._work_out([one.state["draft"] for one in recorded], keys)
        parts = [[known[key] for known, key in zip(self._parts, each, strict=True)] for each in keys]
        return [self._expected(one, *each) for one, each in zip(recorded, parts, strict=True)]

    def _expected(self, one: Recorded, places: _Part, claims: _Part, sources: _Part, rest: _Part) -> Expected:
        state, fid = one.state, one.fid
        draft, code = state["draft"], state["code"]
        days = _days(draft.get("days"), draft.get("date_precision"))
        row = (
            one.packed, fid, state["id"], code, one.revision, one.recorded_at, code not in self._uncounted,
            is_translated(draft), names_codes(one.text or ""), draft.get("key"),
            *[local(draft.get(name), LANGUAGE) or None for name in BY_LANGUAGE],
            *days, *places.cells, *claims.cells, *sources.cells, *rest.cells,
        )  # fmt: skip
        links = sorted([(fid, *cells) for cells in (*sources.rows, *rest.rows)])
        lists = [(fid, *cells) for cells in places.rows], [(fid, *cells) for cells in claims.rows], links
        return Expected(row, *lists, places.box, days[0], places.notes, claims.notes)

    def _work_out(self, drafts: Sequence[Document], keys: Sequence[tuple[object, ...]]) -> None:
        """Work out the parts that were not met before."""
        if any(len(known) > _MOST for known in self._parts):
            self._parts = ({}, {}, {}, {})
        new: tuple[dict[object, Document], ...] = ({}, {}, {}, {})
        for draft, each in zip(drafts, keys, strict=True):
            for known, found, key in zip(self._parts, new, each, strict=True):
                if key not in known:
                    found[key] = draft
        if not any(new):
            return
        known_to = known_of(self._connection, chain.from_iterable([found.values() for found in new]))
        for known, found, way in zip(self._parts, new, self._ways, strict=True):
            if found:
                known.update(zip(found, way([*found.values()], known_to), strict=True))

    def _places(self, drafts: Sequence[Document], _: Known) -> Iterator[_Part]:
        located = located_places(drafts, self._regions)
        shapes = [places[0].shape if places else None for places in located]
        boxes = boxes_of(enumerate(shapes))
        stored = dict(zip((number for number, *_ in boxes), stored_boxes(boxes), strict=True))
        blobs, outside = encode_geometries(shapes), self._outside(drafts)
        for number, (draft, places, blob) in enumerate(zip(drafts, located, blobs, strict=True)):
            cells = primary_cells(draft.get("places", ()), spots_of(places[:1]))
            rows = _cells_of(place_rows(0, draft, places))
            yield _Part((*cells.values(), blob), rows, stored.get(number), tuple(outside[number]))

    def _outside(self, drafts: Sequence[Document]) -> dict[int, list[str]]:
        """Return points outside their unit, in words, by the number of the draft."""
        places = [(number, place) for number, draft in enumerate(drafts) for place in draft.get("places", ())]
        found = defaultdict(list)
        for one in outside_units([place for _, place in places], self._regions):
            found[places[one.position][0]].append(str(one))
        return found

    def _claims(self, drafts: Sequence[Document], known: Known) -> Iterator[_Part]:
        for draft in drafts:
            figures = figures_of(draft, known.sources, self._policy)
            mismatch = captivity_balance(figures)
            notes = (mismatch,) if mismatch else ()
            yield _Part((*figure_cells(figures).values(),), _cells_of(claim_rows(0, draft)), notes=notes)

    def _sources(self, drafts: Sequence[Document], known: Known) -> Iterator[_Part]:
        for draft in drafts:
            cells = source_cells(cited_sources(draft), known.sources)
            yield _Part((*cells.values(),), _cells_of(link_rows(0, _only(draft, "sources", "claims"))))

    def _rest(self, drafts: Sequence[Document], known: Known) -> Iterator[_Part]:
        for draft in drafts:
            rest = _rest_of(draft)
            cells = {**frame_row({"code": "", "draft": rest}, (), known, lang=LANGUAGE), **own_cells(rest)}
            yield _Part(tuple([cells[name] for name in _REST]), _cells_of(link_rows(0, rest)))


def _keys_of(draft: Document) -> tuple[object, ...]:
    """Return by what the parts of an incident are known: places, claims, sources, the rest."""
    places, claims = draft.get("places", ()), draft.get("claims", ())
    where: object = orjson.dumps(places)
    if any("lon" not in place for place in places):  # then its days decide which version of a region it is
        where = where, draft.get("days"), draft.get("date_precision")
    cited = tuple([claim["source"] for claim in claims])
    return where, orjson.dumps(claims), (tuple(draft.get("sources", ())), cited), orjson.dumps(_rest_of(draft))


def _rest_of(draft: Document) -> Document:
    return {name: value for name, value in draft.items() if name not in _APART}


def _only(draft: Document, *names: str) -> Document:
    return {name: draft[name] for name in names if name in draft}


@lru_cache(_MOST)
def _days(days: str | None, precision: str | None) -> Cells:
    return (*days_of({} if days is None else {"days": days, "date_precision": precision}).values(),)


def _cells_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Cells, ...]:
    """Return rows of a list without the number of the incident, which is their first cell."""
    return tuple([(*row.values(),)[1:] for row in rows])
