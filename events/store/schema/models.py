"""SQLModel classes of the tables, for whoever reads a database as objects: `session.exec(select(Incident))`.

Their columns are those of `schema.tables`, all of them; what is written here once more are names and types of the
columns that are a table's own, so that mypy and editors know them (a test holds the two together). Nothing in willay
makes a row of them: rows follow from documents, and are written in bulk. A file that is changed through them is no
longer what its seals say, and `willay check` reports that.
"""
# No `from __future__ import annotations` here: SQLModel reads the annotations when the classes are made.

from typing import Any

import shapely
from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from willay.events.store.schema import tables


def _of(column: Column[Any]) -> Any:  # noqa: ANN401 — what SQLModel's Field returns
    """Return the field of a class that is a column of its table."""
    return Field(sa_column=column)


class Row(SQLModel):
    """Root of the classes; geometries are shapely's."""

    model_config = {"arbitrary_types_allowed": True}


class Meta(Row, table=True):
    """What the database says of itself: schema_version, country, policy, created_at, willay_version."""

    __table__ = tables.META
    key: str = _of(tables.META.c.key)
    value: str = _of(tables.META.c.value)


class Dataset(Row, table=True):
    """Where imported incidents came from, and on what terms."""

    __table__ = tables.DATASET


class Source(Row, table=True):
    """A citable document."""

    __table__ = tables.SOURCE


class Actor(Row, table=True):
    """An organisation or group."""

    __table__ = tables.ACTOR


class ActorAlias(Row, table=True):
    """A further name of an actor, in the order of its list."""

    __table__ = tables.ACTOR_ALIAS
    actor: str = _of(tables.ACTOR_ALIAS.c.actor)
    position: int = _of(tables.ACTOR_ALIAS.c.position)
    alias: str = _of(tables.ACTOR_ALIAS.c.alias)


class CaseFile(Row, table=True):
    """A long-lived conflict."""

    __table__ = tables.CASE_FILE


class Phase(Row, table=True):
    """A phase of a case, in the order of its list."""

    __table__ = tables.PHASE
    case_key: str = _of(tables.PHASE.c.case_key)
    position: int = _of(tables.PHASE.c.position)


class Region(Row, table=True):
    """A version of a named area: valid from `valid_from` (inclusive) to `valid_until` (exclusive)."""

    __table__ = tables.REGION
    fid: int = _of(tables.REGION.c.fid)
    set_name: str = _of(tables.REGION.c.set_name)
    key: str = _of(tables.REGION.c.key)
    version: int = _of(tables.REGION.c.version)
    name_es: str | None = _of(tables.REGION.c.name_es)
    name_en: str | None = _of(tables.REGION.c.name_en)
    kind: str | None = _of(tables.REGION.c.kind)
    valid_from: str | None = _of(tables.REGION.c.valid_from)
    valid_until: str | None = _of(tables.REGION.c.valid_until)
    reason: str | None = _of(tables.REGION.c.reason)
    replaces: str | None = _of(tables.REGION.c.replaces)
    decree: str | None = _of(tables.REGION.c.decree)
    citation: str | None = _of(tables.REGION.c.citation)
    url: str | None = _of(tables.REGION.c.url)
    working_outline: bool | None = _of(tables.REGION.c.working_outline)
    outline_note: str | None = _of(tables.REGION.c.outline_note)
    admin_code: str | None = _of(tables.REGION.c.admin_code)
    definition: str | None = _of(tables.REGION.c.definition)
    attribution: str | None = _of(tables.REGION.c.attribution)
    licence: str | None = _of(tables.REGION.c.licence)
    geometry: shapely.Geometry | None = _of(tables.REGION.c.geometry)


class Incident(Row, table=True):
    """An incident: its document, which is the record, and what is read of it in columns, which follows from that."""

    __table__ = tables.INCIDENT
    fid: int = _of(tables.INCIDENT.c.fid)
    id: str = _of(tables.INCIDENT.c.id)
    is_translated: bool = _of(tables.INCIDENT.c.is_translated)
    names_codes: bool = _of(tables.INCIDENT.c.names_codes)
    document: bytes = _of(tables.INCIDENT.c.document)
    geom: shapely.Geometry | None = _of(tables.INCIDENT.c.geom)


class Place(Row, table=True):
    """A place of an incident, the primary one at position 0: fields of `PlaceDraft`; the document has all of them."""

    __table__ = tables.PLACE
    incident: int = _of(tables.PLACE.c.incident)
    position: int = _of(tables.PLACE.c.position)
    adm1: str | None = _of(tables.PLACE.c.adm1)
    adm2: str | None = _of(tables.PLACE.c.adm2)
    adm3: str | None = _of(tables.PLACE.c.adm3)
    region_fid: int | None = _of(tables.PLACE.c.region_fid)


class Claim(Row, table=True):
    """What one source says about one measure for one group."""

    __table__ = tables.CLAIM
    incident: int = _of(tables.CLAIM.c.incident)
    position: int = _of(tables.CLAIM.c.position)


class Link(Row, table=True):
    """What an incident refers to: a `source`, an `actor` with its `role`, a `case`, a `tag`, an `attachment`."""

    __table__ = tables.LINK
    incident: int = _of(tables.LINK.c.incident)
    kind: str = _of(tables.LINK.c.kind)
    position: int = _of(tables.LINK.c.position)
    ref: str = _of(tables.LINK.c.ref)
    role: str | None = _of(tables.LINK.c.role)


class AttachmentContent(Row, table=True):
    """The content of an attachment, by its SHA-256 (hexadecimal)."""

    __table__ = tables.ATTACHMENT_CONTENT
    sha256: str = _of(tables.ATTACHMENT_CONTENT.c.sha256)
    content: bytes = _of(tables.ATTACHMENT_CONTENT.c.content)


class Indicator(Row, table=True):
    """A value of a measured variable."""

    __table__ = tables.INDICATOR
    number: int = _of(tables.INDICATOR.c.number)


class ImportRow(Row, table=True):
    """A row of a dataset that became an incident: what it said when it was last imported."""

    __table__ = tables.IMPORT_ROW
    dataset: str = _of(tables.IMPORT_ROW.c.dataset)
    external_id: str = _of(tables.IMPORT_ROW.c.external_id)
    incident: int = _of(tables.IMPORT_ROW.c.incident)
    digest: bytes = _of(tables.IMPORT_ROW.c.digest)
    revision: int = _of(tables.IMPORT_ROW.c.revision)
    said: str | None = _of(tables.IMPORT_ROW.c.said)
    theirs: str | None = _of(tables.IMPORT_ROW.c.theirs)
    mark: bytes = _of(tables.IMPORT_ROW.c.mark)


class Office(Row, table=True):
    """A place of work with a copy of the record, by an id that no other has; 1 is the one that this file belongs to."""

    __table__ = tables.OFFICE
    number: int = _of(tables.OFFICE.c.number)
    id: str = _of(tables.OFFICE.c.id)


class Change(Row, table=True):
    """One act of one author: an addition, an edit, a batch of an import. It made `subjects` states, its revisions."""

    __table__ = tables.CHANGE
    number: int = _of(tables.CHANGE.c.number)
    office: int | None = _of(tables.CHANGE.c.office)
    office_number: int | None = _of(tables.CHANGE.c.office_number)
    author: str = _of(tables.CHANGE.c.author)
    recorded_at: str = _of(tables.CHANGE.c.recorded_at)
    arrived_at: str = _of(tables.CHANGE.c.arrived_at)
    reason: str = _of(tables.CHANGE.c.reason)
    subjects: int = _of(tables.CHANGE.c.subjects)
    root: bytes | None = _of(tables.CHANGE.c.root)
    office_seal: bytes | None = _of(tables.CHANGE.c.office_seal)
    seal: bytes | None = _of(tables.CHANGE.c.seal)


class Revision(Row, table=True):
    """A state of one subject, which a change made."""

    __table__ = tables.REVISION
    number: int = _of(tables.REVISION.c.number)
    change: int = _of(tables.REVISION.c.change)
    subject_kind: str = _of(tables.REVISION.c.subject_kind)
    subject_id: str = _of(tables.REVISION.c.subject_id)
    action: str = _of(tables.REVISION.c.action)
    previous_digest: bytes | None = _of(tables.REVISION.c.previous_digest)
    digest: bytes = _of(tables.REVISION.c.digest)
    masked_digest: bytes | None = _of(tables.REVISION.c.masked_digest)
    origin: str | None = _of(tables.REVISION.c.origin)
    document: str | None = _of(tables.REVISION.c.document)


MODELS: tuple[type[SQLModel], ...] = (
    Meta, Dataset, Source, Actor, ActorAlias, CaseFile, Phase, Region, Incident, Place, Claim, Link, Indicator,
    ImportRow, Office, Change, Revision, AttachmentContent,
)  # fmt: skip
"""The classes, in the order of `tables.TABLES`."""
