"""What may be shown: for each field of the record, whether it leaves the database, and as what.

Nothing leaves that is not allowed. Each field of a model states in `model.drafts` when it is shown; here is what is
made of those that are coarsened, and what is shown of documents that have no model. A field is

- `always` shown, whenever its subject is;
- shown `exact`: only where its subject is shown in full;
- `coarse`: in full with its subject, else as what a function of `coarsening` makes of it;
- `never` shown.

A field without a declaration is not shown either; a test demands a deliberate one for every field of every model.
`disclosure` acts on documents by these declarations, and knows no other list of fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from willay.events.disclosure import coarsening
from willay.events.disclosure.coarsening import PUBLIC
from willay.events.frame.columns import COLUMNS
from willay.events.model import fields as model_fields
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
from willay.events.model.fields import fields_of
from willay.events.model.foreign import DatasetTerms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.disclosure.coarsening import Coarsening
    from willay.events.frame.columns import Column
    from willay.events.model.drafts import Draft
    from willay.events.model.fields import Holds, Shown, Treatment


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

    @property
    def is_searched(self) -> bool:
        """Whether withheld names are searched for in it."""
        return self.holds in ("text", "word")


Fields: TypeAlias = "Mapping[str, Field]"
"""The fields of a document by name."""


def _of_model(
    model: type[object], coarsen: Mapping[str, Coarsening] | None = None, **parts: Fields
) -> dict[str, Field]:
    """Return how the fields of a model are shown, those that say it.

    Args:
        model: The model.
        coarsen: What makes the coarse value of each field that is coarsened and holds no documents.
        **parts: How the fields of the documents that a field holds are shown.
    """
    made = coarsen or {}
    return {
        name: _field(field.shown, made.get(name), parts.get(name))
        for name, field in fields_of(model).items()
        if field.shown is not None
    }


def _field(shown: Shown, coarsen: Coarsening | None = None, parts: Fields | None = None) -> Field:
    return Field(shown.treatment, coarsen, shown.holds, parts, shown.once)


def always(holds: Holds = "codes") -> Field:
    """Declare a field of no model that is shown whenever its subject is."""
    return _field(model_fields.always(holds))


def when_exact(holds: Holds = "text") -> Field:
    """Declare a field of no model that is shown only where its subject is shown in full."""
    return _field(model_fields.exact(holds))


def coarsened(coarsen: Coarsening, holds: Holds = "text") -> Field:
    """Declare a field of no model that a function makes coarse."""
    return _field(model_fields.coarse(holds), coarsen)


ATTACHMENT: Final[Fields] = _of_model(AttachmentDraft)
"""An attachment: never shown. The name of a file may be that of a witness, and a photograph may state where it was
taken: neither they nor their content are part of anything that is passed on."""

SOURCE: Final[Fields] = _of_model(
    SourceDraft, {"key": coarsening.own_source, "publisher": coarsening.withheld_publisher}
)
"""A source; coarse is one that is withheld."""

ACTOR: Final[Fields] = _of_model(ActorDraft, {"key": coarsening.own_actor, "name": coarsening.withheld_name})
"""An actor; coarse is one that is withheld."""

PHASE: Final[Fields] = _of_model(
    PhaseDraft,
    {
        "from_day": coarsening.phase_month,
        "until_day": coarsening.phase_last_month,
        "source": coarsening.phase_source,
        "sources": coarsening.phase_sources,
    },
)
"""A phase of a case; coarse is one that cites a withheld source."""

CASE: Final[Fields] = _of_model(
    CaseDraft, {"key": coarsening.own_case, "title": coarsening.withheld_name}, phases=PHASE
)
"""A case; coarse is one that names something withheld."""

INDICATOR: Final[Fields] = _of_model(IndicatorDraft)
"""An indicator; one that names something withheld, or that is withheld for its level, is not shown at all."""

DATASET: Final[Fields] = _of_model(DatasetTerms)
"""A dataset; coarse is one whose terms name something withheld."""

CLAIM: Final[Fields] = {
    **_of_model(
        ClaimDraft,
        {
            "source": coarsening.cited_source,
            "attributed_to": coarsening.voice,
            "stated_on": coarsening.stated_month,
            "scope": coarsening.there_is_a_scope,
            "note": coarsening.other_count,
            "pinned": coarsening.there_is_a_pin,
        },
    ),
    "count": always(),  # what stands for a number that nobody gives
}
"""A claim; coarse is one of a coarsened incident, or of a withheld source."""

PLACE: Final[Fields] = _of_model(
    PlaceDraft,
    {"name": coarsening.area_name, "precision": coarsening.area_precision, "admin_code": coarsening.area_code},
)
"""A place of an incident."""

PARTY: Final[Fields] = _of_model(PartyDraft, {"actor": coarsening.party_actor})
"""A party; coarse is one of a coarsened incident, or whose actor is withheld."""

INCIDENT: Final[Fields] = _of_model(
    IncidentDraft,
    {
        "title": coarsening.kind_and_area,
        "days": coarsening.months,
        "date_precision": coarsening.months_precision,
        "sources": coarsening.cited_sources,
        "dataset": coarsening.credited_dataset,
    },
    places=PLACE,
    parties=PARTY,
    claims=CLAIM,
)
"""An incident, as people write it."""

RECORD: Final[Fields] = {
    "id": coarsened(coarsening.keyed_id, "codes"),
    "code": coarsened(coarsening.keyed_code, "codes"),
    "revision": when_exact("codes"),
    "recorded_at": coarsened(coarsening.recorded_month, "codes"),
    "draft": _field(model_fields.coarse(), parts=INCIDENT),
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
    "country": when_exact("codes"),
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
    followed = (column for column in COLUMNS if not column.protects and not column.apart)
    return frozenset(column.name for column in followed if (field := field_of(column)) is None or not field.is_exact)


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
