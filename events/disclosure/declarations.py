"""What may be shown: for each field of the record, whether it leaves the database, and as what.

Nothing leaves that is not allowed here. A field is

- `always` shown, whenever its subject is;
- shown `when_exact`: only where its subject is shown in full;
- `coarsened`: in full with its subject, else as what a function of `coarsening` makes of it;
- `never` shown.

A field without a declaration is not shown either; a test demands a deliberate one for every field of every model.
`disclosure` acts on documents by these declarations, and knows no other list of fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from willay.events.disclosure import coarsening
from willay.events.disclosure.coarsening import PUBLIC
from willay.events.frame.columns import COLUMNS
from willay.events.model.drafts import (
    ActorDraft,
    AttachmentDraft,
    CaseDraft,
    ClaimDraft,
    IncidentDraft,
    IndicatorDraft,
    PartyDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.disclosure.coarsening import Coarsening
    from willay.events.frame.columns import Column
    from willay.events.model.drafts import Draft

Treatment = Literal["always", "when exact", "coarsened", "never"]

Holds = Literal["text", "codes", "level", "source", "actor", "case", "incident"]
"""What a field holds: text written by people, which is searched for withheld names; codes of a list, numbers and
days, which are not searched; a level of sensitivity; or the keys of sources, actors or cases, or the code of an
incident."""


@dataclass(frozen=True, slots=True)
class Field:
    """How a field may be shown.

    Attributes:
        treatment: When it is shown.
        coarsen: What makes the coarse value of a field that is coarsened.
        holds: What it holds.
        parts: How the fields of the documents that it holds may be shown, where it holds documents.
        once: Whether equal ones of these documents are shown once where they are coarse.
    """

    treatment: Treatment
    coarsen: Coarsening | None = None
    holds: Holds = "text"
    parts: Fields | None = None
    once: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is shown where its subject is shown in full."""
        return self.treatment != "never"


Fields: TypeAlias = "Mapping[str, Field]"
"""The fields of a document by name."""


def always(holds: Holds = "codes") -> Field:
    """Declare a field that is shown whenever its subject is."""
    return Field("always", holds=holds)


def when_exact(holds: Holds = "text", parts: Fields | None = None) -> Field:
    """Declare a field that is shown only where its subject is shown in full."""
    return Field("when exact", holds=holds, parts=parts)


def coarsened(coarsen: Coarsening, holds: Holds = "text") -> Field:
    """Declare a field that a function makes coarse."""
    return Field("coarsened", coarsen, holds)


def each(parts: Fields, *, once: bool = False) -> Field:
    """Declare a field with documents, each shown by declarations of its own."""
    return Field("coarsened", parts=parts, once=once)


def level() -> Field:
    """Declare a level of sensitivity: what is shown in full though it is marked says so, for whoever gets it."""
    return Field("when exact", holds="level")


def never() -> Field:
    """Declare a field that is not shown."""
    return Field("never")


ATTACHMENT: Final[Fields] = {
    "sha256": never(),
    "size": never(),
    "media_type": never(),
    "name": never(),
    "caption": never(),
    "sensitivity": never(),
}
"""An attachment. The name of a file may be that of a witness, and a photograph may state where it was taken: neither
they nor their content are part of anything that is passed on."""

SOURCE: Final[Fields] = {
    "key": coarsened(coarsening.own_source),
    "kind": always(),
    "publisher": coarsened(coarsening.withheld_publisher),
    "title": when_exact(),
    "published_on": when_exact("codes"),
    "url": when_exact(),
    "archive_url": when_exact(),
    "language": when_exact(),
    "licence": when_exact(),
    "reliability": when_exact("codes"),
    "accessed_on": when_exact("codes"),
    "sensitivity": level(),
    "note": when_exact(),
    "attachments": never(),
}
"""A source; coarse is one that is withheld."""

ACTOR: Final[Fields] = {
    "key": coarsened(coarsening.own_actor),
    "name": coarsened(coarsening.withheld_name),
    "kind": always(),
    "aliases": when_exact(),
    "part_of": when_exact("actor"),
    "sensitivity": level(),
    "note": when_exact(),
}
"""An actor; coarse is one that is withheld."""

PHASE: Final[Fields] = {
    "from_day": coarsened(coarsening.phase_month, "codes"),
    "state": always(),
    "phase": always(),
    "note": when_exact(),
    "source": coarsened(coarsening.cited_source, "source"),
}
"""A phase of a case; coarse is one that cites a withheld source."""

CASE: Final[Fields] = {
    "key": coarsened(coarsening.own_case),
    "title": coarsened(coarsening.withheld_name),
    "type": always(),
    "summary": when_exact(),
    "from_day": when_exact("codes"),
    "until_day": when_exact("codes"),
    "phases": when_exact(parts=PHASE),
    "sources": when_exact("source"),
}
"""A case; coarse is one that names something withheld."""

INDICATOR: Final[Fields] = {
    "name": when_exact(),
    "area": when_exact(),
    "year": when_exact("codes"),
    "value": when_exact("codes"),
    "unit": when_exact(),
    "by": when_exact(),
    "source": when_exact("source"),
    "note": when_exact(),
}
"""An indicator; one that names something withheld is not shown at all."""

DATASET: Final[Fields] = {
    "name": always(),
    "version": when_exact(),
    "licence": when_exact(),
    "attribution": when_exact(),
    "may_publish": always(),
}
"""A dataset; coarse is one whose terms name something withheld."""

CLAIM: Final[Fields] = {
    "measure": always(),
    "group": always(),
    "low": always(),
    "best": always(),
    "high": always(),
    "count": always(),
    "source": coarsened(coarsening.cited_source, "source"),
    "attributed_to": coarsened(coarsening.voice),
    "attributed_kind": always(),
    "stated_on": coarsened(coarsening.stated_month, "codes"),
    "scope": coarsened(coarsening.there_is_a_scope),
    "note": coarsened(coarsening.other_count),
    "zero_is_unknown": always(),
    "pinned": coarsened(coarsening.there_is_a_pin),
    "label": always(),
    "supersedes": always(),
    "adds": always(),
}
"""A claim; coarse is one of a coarsened incident, or of a withheld source."""

PLACE: Final[Fields] = {
    "name": coarsened(coarsening.area_name),
    "precision": coarsened(coarsening.area_precision, "codes"),
    "lon": when_exact("codes"),
    "lat": when_exact("codes"),
    "radius_m": when_exact("codes"),
    "country": always(),
    "admin_code": coarsened(coarsening.area_code),
    "region": when_exact(),
    "gazetteer_id": when_exact(),
    "coordinate_source": when_exact(),
    "sensitivity": level(),
    "note": when_exact(),
}
"""A place of an incident."""

PARTY: Final[Fields] = {
    "actor": coarsened(coarsening.party_actor, "actor"),
    "role": always(),
    "note": when_exact(),
}
"""A party; coarse is one of a coarsened incident, or whose actor is withheld."""

INCIDENT: Final[Fields] = {
    "key": when_exact(),
    "title": coarsened(coarsening.kind_and_area),
    "summary": when_exact(),
    "type": always(),
    "subtype": always(),
    "days": coarsened(coarsening.months, "codes"),
    "date_precision": coarsened(coarsening.months_precision, "codes"),
    "country": always(),
    "places": each(PLACE, once=True),
    "parties": each(PARTY, once=True),
    "claims": each(CLAIM),
    "sources": coarsened(coarsening.cited_sources, "source"),
    "cases": when_exact("case"),
    "part_of": when_exact("incident"),
    "tags": when_exact(),
    "status": always(),
    "confidence": when_exact("codes"),
    "notes": when_exact(),
    "dataset": coarsened(coarsening.credited_dataset),
    "dataset_id": when_exact(),
    "original": when_exact(),
    "sensitivity": level(),
    "assigned_to": never(),
    "attachments": never(),
}
"""An incident, as people write it."""

RECORD: Final[Fields] = {
    "id": coarsened(coarsening.keyed_id, "codes"),
    "code": coarsened(coarsening.keyed_code, "codes"),
    "revision": when_exact("codes"),
    "recorded_at": coarsened(coarsening.recorded_month, "codes"),
    "draft": each(INCIDENT),
}
"""An incident as stored in the database: its identifiers, when it was recorded, and what people wrote."""

REGION: Final[Fields] = {
    "set": when_exact(),
    "key": when_exact(),
    "version": when_exact("codes"),
    "name": when_exact(),
    "name_es": when_exact(),
    "name_en": when_exact(),
    "kind": when_exact(),
    "valid_from": when_exact("codes"),
    "valid_until": when_exact("codes"),
    "admin_code": when_exact("codes"),
    "working_outline": when_exact("codes"),
    "outline_note": when_exact(),
    "reason": when_exact(),
    "replaces": when_exact(),
    "decree": when_exact(),
    "citation": when_exact(),
    "url": when_exact(),
    "definition": when_exact(),
    "attribution": when_exact(),
    "licence": when_exact(),
    "fid": when_exact("codes"),
    "population": when_exact("codes"),
    "population_source": when_exact("codes"),
    "area_km2": when_exact("codes"),
    "geometry": when_exact("codes"),
}
"""A version of a region; one that names something withheld is not shown at all."""

DECLARED: Final[Mapping[type[Draft], Fields]] = {
    ActorDraft: ACTOR,
    AttachmentDraft: ATTACHMENT,
    CaseDraft: CASE,
    ClaimDraft: CLAIM,
    IncidentDraft: INCIDENT,
    IndicatorDraft: INDICATOR,
    PartyDraft: PARTY,
    PhaseDraft: PHASE,
    PlaceDraft: PLACE,
    SourceDraft: SOURCE,
}
"""The declarations by model."""


def field_of(column: Column) -> Field | None:
    """Return how the field may be shown that a column of the incident frame follows from; None if none is declared."""
    fields: Fields | None = {**INCIDENT, **RECORD}
    found: Field | None = None
    for name in (column.of or column.name).split("."):
        found = None if fields is None else fields.get(name)
        fields = None if found is None else found.parts
    return found


def hidden_columns() -> frozenset[str]:
    """Return the columns that are never shown, even of an incident that is shown in full.

    The columns that protect a row are shown with it, and so are those that say something of all rows together.
    """
    about_rows = ("counted", "details")
    followed = (column for column in COLUMNS if not column.protects and column.name not in about_rows)
    shown = {column.name for column in followed if (field := field_of(column)) is not None and field.is_exact}
    return frozenset(column.name for column in COLUMNS if not column.protects) - shown - {*about_rows}


def hidden_members() -> re.Pattern[str]:
    """Return what finds a member in the JSON text of a document that `disclosure.showing.exact` would change.

    Those are fields that are never shown, fields without a declaration, and levels that say that there is none. It may
    find more, such as a text that looks so.
    """
    unshown = {
        name
        for model, fields in DECLARED.items()
        if any(field.is_exact for field in fields.values())  # else the field that holds such documents is not shown
        for name in model.model_fields
        if (field := fields.get(name)) is None or not field.is_exact
    }
    levels = {name for fields in DECLARED.values() for name, field in fields.items() if field.holds == "level"}
    members = [f'"{name}":' for name in sorted(unshown)] + [f'"{name}":"{PUBLIC}"' for name in sorted(levels)]
    return re.compile("|".join(map(re.escape, members)) or "(?!)")
