"""Deciding parts of drafts once: what they become in documents and tables, for all rows that have them.

The first row with a part goes the way of every draft: validation, references, units, figures, rows of the tables, all
by the functions that any other incident passes. Further rows take over what was decided; their documents are joined
from the texts of the parts, to the byte as they would be written whole. Whatever raises a question (a fault, a text
with a hidden sign) is not decided here: such rows go the long way, alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.columns import COLUMNS
from willay.events.model.canonical import canonical
from willay.events.model.drafts import Bundle, IncidentDraft, draft
from willay.events.model.errors import DraftError
from willay.events.model.fields import fields_of
from willay.events.model.foreign import ROW_ERRORS, RowFault
from willay.events.model.masking import masked, new_text_digest
from willay.events.model.parts import PartedDraft, pieces_of
from willay.events.model.spelling import OfTexts, are_texts, masked_piece_of
from willay.events.store.record.derived import known_of
from willay.events.store.record.documents import Recorded
from willay.events.store.record.rows import located_places, names_codes_in, rows_of
from willay.events.store.record.states import incident_state
from willay.events.store.schema.tables import INCIDENT
from willay.events.store.write.day_faults import early_faults
from willay.events.store.write.decided import LISTS, Decided, Joined, Shape
from willay.events.store.write.outliers import coastal_places, stray_places
from willay.events.store.write.validation import Known, fit
from willay.geo.blobs import encode_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Document, ForeignRow
    from willay.events.model.parts import Part
    from willay.events.store.record.states import State
    from willay.events.store.write.validation import Setting

NEVER: Final = -1
"""The number of no revision."""

OWN: Final = frozenset({"title", "original"})
"""Fields that a row may have for itself and yet be joined; texts only."""

_OF_ROWS: Final = frozenset({"source_count", "source_kinds"})
"""Columns that follow from several parts of a row."""

_FOLLOWING: Final = {"type": ("subtype",), "days": ("date_precision",)}
"""Fields that validation may write as well where a field is given."""

_STUB: Final[Mapping[str, Any]] = {"title": "-", "type": "other", "status": "draft"}
"""What an incident cannot be without, while a part of it is decided."""

_COLUMNS: Final = frozenset(INCIDENT.c.keys())

_FIELD_OF: Final = {
    **{column.name: column.root for column in COLUMNS if column.name not in _OF_ROWS},
    **{name: name for name, field in fields_of(IncidentDraft).items() if field.is_column},
    "geom": "places",
}
"""The field of a draft that a column of the table `incident` follows from, where it is one."""


class Deciding:
    """Decides the parts of rows of one dataset, as long as nothing else is changed in the database.

    Args:
        dataset: The dataset.
        setting: The database's setting.
    """

    def __init__(self, dataset: str, setting: Setting) -> None:
        self.dataset, self.setting = dataset, setting
        self.source_kinds: dict[str, Mapping[str, Any]] = {}
        self.until = NEVER
        self._forms: list[_Form] = []
        self._shapes: dict[tuple[Any, ...], Shape] = {}
        self._of_dataset = (*pieces_of({"dataset": dataset}), *pieces_of(masked({"dataset": dataset})))

    def holds(self, dataset: str, setting: Setting, number: int) -> bool:
        """Return whether what was decided holds for a dataset, if the latest revision has a number."""
        same = (self.setting.country, self.setting.policy) == (setting.country, setting.policy)
        return same and self.dataset == dataset and self.until == number and self.setting.regions is setting.regions

    def joined(self, connection: Connection, rows: Sequence[ForeignRow]) -> list[Joined | None]:
        """Return what rows become; None for each that must go the long way."""
        parted = [_parted(row, self.dataset) for row in rows]
        seen: set[Part] = set()
        probes: list[_Probe] = []
        for one, _ in parted:
            if one is not None:
                new = [part for part in one.parts if part.by is not self and part.fields and part not in seen]
                seen.update(new)
                if new and (probe := self._probe(new)) is not None:
                    probes.append(probe)
        self._decide(connection, probes)
        return [
            None if one is None else self._join(one, looks, row) for (one, looks), row in zip(parted, rows, strict=True)
        ]

    def _join(self, one: PartedDraft, looks: set[int], row: ForeignRow) -> Joined | None:
        parts: list[Decided] = []
        for part in one.parts:
            if part.by is self:
                parts.append(part.decided)
            elif part.fields:
                return None
        country = next((part.country for part in parts if part.country), None)
        if country is None:
            return None
        own, name = one.own, row.external_id
        piece, masked_piece = self._of_dataset
        return Joined(
            tuple(parts),
            self._shape(tuple(own), tuple([part.form for part in parts])),
            self.dataset,
            own["title"],
            (
                piece, f'"dataset_id":{canonical(name)}', *one.own_pieces,
                *chain.from_iterable([part.pieces for part in parts]),
            ),
            (
                masked_piece, f'"dataset_id":"{new_text_digest(name)}"',
                *[masked_piece_of(name, own[name]) for name in own],
                *chain.from_iterable([part.masked for part in parts]),
            ),
            NAMES_CODE in looks or any(part.names_codes for part in parts),
            country,
            next((part.first_day for part in parts if part.first_day), None),
        )  # fmt: skip

    def _shape(self, own: tuple[str, ...], forms: tuple[int, ...]) -> Shape:
        found = self._shapes.get((own, forms))
        if found is None:
            given = [self._forms[form] for form in forms]
            members = ["dataset", "dataset_id", *own, *chain.from_iterable([form.members for form in given])]
            in_order = itemgetter(*sorted(range(len(members)), key=members.__getitem__))
            found = Shape(in_order, tuple(chain.from_iterable([form.columns for form in given])))
            self._shapes[own, forms] = found
        return found

    def form_of(self, form: _Form) -> int:
        """Return the number of a form: its place among those that there are."""
        if form not in self._forms:
            self._forms.append(form)
        return self._forms.index(form)

    def _probe(self, parts: Sequence[Part]) -> _Probe | None:
        """Make a draft of new parts of one row, which share no field; None if nobody can take it as it is."""
        named = {**_STUB, "dataset": self.dataset}
        for part in parts:
            named.update(part.fields)
        if not all(map(_is_placed_alone, named.get("places", ()))):
            return None
        try:
            made = draft(IncidentDraft, named).at_home(self.setting.country)
        except (DraftError, *ROW_ERRORS):
            return None
        return _Probe(parts, made, incident_state(made, "", ""))

    def _decide(self, connection: Connection, probes: Sequence[_Probe]) -> None:
        """Do for all probes what is done for other incidents, and part the results."""
        if not probes:
            return
        known = Known.of(connection, Bundle(incidents=tuple(probe.made for probe in probes)))
        sound = [
            probe
            for probe in probes
            if not fit(probe.state, probe.made, known, self.setting, "") and not early_faults(probe.made)
        ]
        states = [probe.state for probe in sound]
        documents = [state["draft"] for state in states]
        referred = known_of(connection, documents)
        self.source_kinds |= referred.sources
        recorded = [Recorded(number, state, 0, "", packed=_NOT_STORED) for number, state in enumerate(states)]
        rows = rows_of(recorded, located_places(documents, self.setting.regions), referred, self.setting.policy)
        incidents = rows.by_table["incident"]
        blobs = encode_geometries([row["geom"] for row in incidents])
        lists = [_by_incident(rows.by_table[name], len(states)) for name in LISTS]
        boxes = {box[0]: (box[1:],) for box in rows.boxes}
        strays: dict[int, tuple[RowFault, ...]] = {}
        for stray in (*stray_places(states, self.setting), *coastal_places(states, self.setting)):
            flag = RowFault.of(stray.path, stray.shown, stray.reason)
            strays[stray.state] = (*strays.get(stray.state, ()), flag)
        for number, probe in enumerate(sound):
            places, claims, links = (each[number] for each in lists)
            found = _Found(
                {**incidents[number], "geom": blobs[number]},
                places, claims, links, boxes.get(number, ()), strays.get(number, ()),
            )  # fmt: skip
            for part in probe.parts:
                part.decided, part.by = self._cut(part, documents[number], found), self

    def _cut(self, part: Part, document: Document, found: _Found) -> Decided:
        """Cut out of what a probe became what follows from one of its parts."""
        fields, columns = _own_names(tuple(part.fields))
        kept = {name: value for name, value in document.items() if name in fields}
        pieces, cells = pieces_of(kept), found.cells
        kinds = {_KINDS[name] for name in fields if name in _KINDS}
        is_place = "places" in fields
        lists = (
            found.places if is_place else (),
            found.claims if "claims" in fields else (),
            [row for row in found.links if row[0] in kinds],
            found.boxes if is_place else (),
        )
        return Decided(
            self,
            self.form_of(_Form(tuple(kept), columns)),
            pieces,
            pieces_of(masked(kept)),
            tuple([cells[name] for name in columns]),
            tuple([(place, row) for place, rows in enumerate(lists) for row in rows]),
            kept.get("country"),
            cells["first_day"] if "days" in fields else None,
            tuple(kept.get("sources", ())),
            tuple([claim["source"] for claim in kept.get("claims", ())]),
            any(map(names_codes_in, pieces)),
            found.strays if is_place else (),
        )


@dataclass(frozen=True, slots=True)
class _Probe:
    """A draft made of new parts of one row, and its state."""

    parts: Sequence[Part]
    made: IncidentDraft
    state: State


@dataclass(frozen=True, slots=True)
class _Form:
    """The members of a draft, and the columns of the table `incident`, that follow from a part."""

    members: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a probe became: as in `Decided`, of all its parts."""

    cells: Mapping[str, Any]
    places: tuple[tuple[Any, ...], ...]
    claims: tuple[tuple[Any, ...], ...]
    links: tuple[tuple[Any, ...], ...]
    boxes: tuple[tuple[float, ...], ...]
    strays: tuple[RowFault, ...]


_KINDS: Final = {"parties": "actor", "cases": "case", "tags": "tag"}
"""The kinds of links that follow from one field; those to sources follow from two."""

_NOT_STORED: Final = b"-"
"""In the place of the document of a probe."""


@lru_cache
def _own_names(given: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the fields that a part with some fields decides, and the columns that follow from them."""
    fields = frozenset((*given, *chain.from_iterable(_FOLLOWING.get(name, ()) for name in given)))
    return fields, tuple(name for name, field in _FIELD_OF.items() if field in fields and name in _COLUMNS)


def _is_placed_alone(place: Document) -> bool:
    """Return whether nothing else of a draft decides where a place is: not its country, nor its days by a region's."""
    return bool(place.get("country")) and (place.get("lon") is not None or not {"region", "admin_code"} & {*place})


def _by_incident(rows: Iterable[Mapping[str, Any]], number: int) -> list[tuple[tuple[Any, ...], ...]]:
    found: list[list[tuple[Any, ...]]] = [[] for _ in range(number)]
    for row in rows:
        incident, *cells = row.values()  # in the order of `LIST_COLUMNS`
        found[incident].append(tuple(cells))
    return [tuple(each) for each in found]


def _parted(row: ForeignRow, dataset: str) -> tuple[PartedDraft | None, set[int]]:
    """Return the draft of a row if it can be joined of its parts, and how the texts look that are its own."""
    one = row.draft
    if not isinstance(one, PartedDraft) or row.identity is not None or row.dataset not in {None, dataset}:
        return _NOT_PARTED
    if not (OWN.issuperset(one.own) and "title" in one.own and "country" in one):
        return _NOT_PARTED
    looks = {_look(row.external_id), _LOOKS[dataset]}
    for value in one.own.values():
        if not are_texts(value):
            return _NOT_PARTED
        looks.update(map(_LOOKS.__getitem__, value))
        looks.update(map(_LOOKS.__getitem__, value.values()))
    return _NOT_PARTED if _IN_DOUBT in looks else (one, looks)


_NOT_PARTED: Final[tuple[None, set[int]]] = (None, set())


def _look(text: str) -> int:
    """Return how a text looks: as a draft takes it as it is, so and naming an incident, or perhaps neither.

    A draft takes signs that all show, without spaces at the ends.
    """
    if not text or not text.isprintable() or text != text.strip(" ") or any(pair in text for pair in ("| ", " |")):
        return _IN_DOUBT
    return NAMES_CODE if names_codes_in(text) else _PLAIN


_PLAIN, NAMES_CODE, _IN_DOUBT = range(3)
_LOOKS: Final = OfTexts(_look)
