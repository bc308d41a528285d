"""The tables of a database, the same on every server: columns, keys, references.

The record of an incident is its document; its other columns, and its rows in `place`, `claim` and `link`, are an index
over that, made by one function (`rows.rows_of`). Sources, actors, cases, datasets and indicators are their columns.
Earlier states are documents in `revision`, who made them when and why is in `change`.
Earlier states are documents in `revision`. Keys, references and what belongs to the tables themselves are written here;
columns that are fields of the record follow from the declarations of these (`model.drafts`, `frame.columns`).

Text by language and lists are JSON text, so that any SQL tool can read them. Columns are declared `TEXT`: OGR drops
what is declared `VARCHAR`. Days are ISO text in `DATE` columns, moments ISO text in UTC with microseconds, which sort
as they are.
"""
# No `from __future__ import annotations` here: SQLModel reads the annotations when the classes are made.

import shapely
from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    inspect,
    text,
)
from sqlmodel import Field, SQLModel

from willay.events.model.drafts import (
    ActorDraft,
    CaseDraft,
    ClaimDraft,
    IndicatorDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)
from willay.events.model.foreign import DatasetTerms
from willay.events.store.schema.column_kinds import day_column, field_columns, frame_columns, shape_column, text_column

TELLS_SENSITIVITY = "document LIKE '%\"sensitivity\":%'"
"""The condition on `revision` for a kept state that names a level; an index holds these, as long as it is so worded."""


class Row(SQLModel):
    """Root of the tables; geometries are shapely's."""

    model_config = {"arbitrary_types_allowed": True}


class Meta(Row, table=True):
    """What the database says of itself: schema_version, country, policy, created_at, willay_version."""

    __tablename__ = "meta"
    key: str = text_column(primary_key=True)
    value: str = text_column()


class Dataset(Row, table=True):
    """Where imported incidents came from, and on what terms: the fields of `DatasetTerms`."""

    __tablename__ = "dataset"
    __table_args__ = (*field_columns(DatasetTerms), PrimaryKeyConstraint("name"))


class Source(Row, table=True):
    """A citable document: the fields of `SourceDraft`."""

    __tablename__ = "source"
    __table_args__ = (*field_columns(SourceDraft), PrimaryKeyConstraint("key"))


class Actor(Row, table=True):
    """An organisation or group: the fields of `ActorDraft`."""

    __tablename__ = "actor"
    __table_args__ = (*field_columns(ActorDraft), PrimaryKeyConstraint("key"))


class ActorAlias(Row, table=True):
    """A further name of an actor, in the order of its list."""

    __tablename__ = "actor_alias"
    actor: str = text_column(primary_key=True, foreign_key="actor.key")
    position: int = Field(primary_key=True)
    alias: str = text_column()


class CaseFile(Row, table=True):
    """A long-lived conflict: the fields of `CaseDraft`; phases and sources are JSON lists."""

    __tablename__ = "case_file"
    __table_args__ = (*field_columns(CaseDraft), PrimaryKeyConstraint("key"))


class Phase(Row, table=True):
    """A phase of a case, in the order of its list: the fields of `PhaseDraft`, read of the phases of the case."""

    __tablename__ = "phase"
    __table_args__ = (*field_columns(PhaseDraft),)
    case_key: str = text_column(primary_key=True, foreign_key="case_file.key")
    position: int = Field(primary_key=True)


class Region(Row, table=True):
    """A version of a named area: valid from `valid_from` (inclusive) to `valid_until` (exclusive)."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("set_name", "key", "version"),)
    fid: int = Field(primary_key=True)
    set_name: str = text_column()
    key: str = text_column()
    version: int = 1
    name_es: str | None = text_column()
    name_en: str | None = text_column()
    kind: str | None = text_column()
    valid_from: str | None = day_column()
    valid_until: str | None = day_column()
    reason: str | None = text_column()
    replaces: str | None = text_column()
    decree: str | None = text_column()
    citation: str | None = text_column()
    url: str | None = text_column()
    working_outline: bool | None = None
    outline_note: str | None = text_column()
    admin_code: str | None = text_column()
    definition: str | None = text_column()
    attribution: str | None = text_column()
    licence: str | None = text_column()
    geometry: shapely.Geometry | None = shape_column()


class Incident(Row, table=True):
    """An incident: its document, which is the record, and what is read of it in columns, which follows from that.

    `document` is the compressed canonical JSON of `id`, `code` and `draft` (`packing`). Other columns are those of
    the incident frame, by the database's own policy, in Spanish where a text has it; places are the primary one. They
    are what GIS programs see, and what lists are read from. Fields that are columns here and not in the frame are the
    incident's own: `sensitivity` is its level, whatever that of its places.

    `is_translated` says that title or summary is given in several languages, `names_codes` that a text may name another
    incident by its code (`rows.names_codes`).
    """

    __tablename__ = "incident"
    __table_args__ = (
        *frame_columns(),
        UniqueConstraint("code"),
        UniqueConstraint("key"),
        ForeignKeyConstraint(["part_of"], ["incident.code"]),
        ForeignKeyConstraint(["dataset"], ["dataset.name"]),
        Index("ix_incident_type", "type"),
        Index("incident_days", "first_day", "last_day"),
        Index("incident_part_of", "part_of", sqlite_where=text("part_of IS NOT NULL")),
        Index("incident_sensitivity", "sensitivity", sqlite_where=text("sensitivity IS NOT NULL")),
        Index("incident_not_published", "status", sqlite_where=text("status <> 'published'")),
        Index("incident_uncounted", "code", sqlite_where=text("counted = 0")),
        Index("incident_names_codes", "fid", sqlite_where=text("names_codes = 1")),
    )
    fid: int = Field(primary_key=True)
    id: str = text_column(unique=True)
    is_translated: bool
    names_codes: bool
    document: bytes = Field(sa_type=LargeBinary)
    geom: shapely.Geometry | None = shape_column()


class Place(Row, table=True):
    """A place of an incident, the primary one at position 0: fields of `PlaceDraft`; the document has all of them.

    `adm1` to `adm3` and `region_fid` (the region that is the place's shape, where it has no point) are computed.
    """

    __tablename__ = "place"
    __table_args__ = (
        *field_columns(PlaceDraft),
        Index("place_sensitivity", "sensitivity", sqlite_where=text("sensitivity IS NOT NULL")),
    )
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    adm1: str | None = text_column()
    adm2: str | None = text_column()
    adm3: str | None = text_column()
    region_fid: int | None = Field(default=None, foreign_key="region.fid")


class Claim(Row, table=True):
    """What one source says about one measure for one group: the fields of `ClaimDraft`.

    Texts by language are JSON objects, and `supersedes` is a JSON list of the labels of other claims of the incident.
    """

    __tablename__ = "claim"
    __table_args__ = (*field_columns(ClaimDraft), ForeignKeyConstraint(["source"], ["source.key"]))
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)


class Link(Row, table=True):
    """What an incident refers to: a `source`, an `actor` with its `role`, a `case`, a `tag`, an `attachment`.

    Sources are those that it lists, then those that only its claims cite; `ref` is a key, the tag itself, or the
    SHA-256 of the attachment.
    """

    __tablename__ = "link"
    __table_args__ = (
        Index("link_ref", "kind", "ref", "incident"),
        {"sqlite_with_rowid": False},
    )
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    kind: str = text_column(primary_key=True)
    position: int = Field(primary_key=True)
    ref: str = text_column()
    role: str | None = text_column()


class AttachmentContent(Row, table=True):
    """The content of an attachment, by its SHA-256 (hexadecimal).

    It is outside of the history: documents list attachments, and a content can be erased while they still do.
    """

    __tablename__ = "attachment_content"
    sha256: str = text_column(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class Indicator(Row, table=True):
    """A value of a measured variable: the fields of `IndicatorDraft`, numbered in the order in which they were added.

    One that was recorded before schema 8 has its number as its key, which its document does not have; its name, unit
    and voice are plain texts in the document, and JSON texts here.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        *field_columns(IndicatorDraft),
        UniqueConstraint("key"),
        ForeignKeyConstraint(["source"], ["source.key"]),
        Index("indicator_series", "series", sqlite_where=text("series IS NOT NULL")),
    )
    number: int = Field(primary_key=True)


class ImportRow(Row, table=True):
    """A row of a dataset that became an incident: what it said when it was last imported.

    `digest` is the SHA-256 of the canonical JSON of the row's draft; a row with the same digest is unchanged.
    What the row said is the state that `revision` made, or `said` (canonical JSON of a draft) where that state is
    another because something of ours was retained. `theirs` is the digest that the incident had in the file, for files
    of ours. `mark` is the SHA-256 of the other columns (`memory.mark_of`).
    """

    __tablename__ = "import_row"
    __table_args__ = {"sqlite_with_rowid": False}
    dataset: str = text_column(primary_key=True, foreign_key="dataset.name")
    external_id: str = text_column(primary_key=True)
    incident: int = Field(foreign_key="incident.fid", index=True)
    digest: bytes = Field(sa_type=LargeBinary)
    revision: int
    said: str | None = text_column()
    theirs: str | None = text_column()
    mark: bytes = Field(sa_type=LargeBinary)


class Office(Row, table=True):
    """A place of work with a copy of the record, by an id that no other has; 1 is the one that this file belongs to."""

    __tablename__ = "office"
    number: int = Field(primary_key=True)
    id: str = text_column(unique=True)


class Change(Row, table=True):
    """One act of one author: an addition, an edit, a batch of an import. It made `subjects` states, its revisions.

    `number` is the order in which changes arrived here, `office_number` that in which its office made them.
    `recorded_at` is what the clock of the author said, `arrived_at` when the change was known here; what was known at
    a moment is asked of that. `root` is the Merkle root over its states, `office_seal` chains the changes of the
    office, `seal` those of this file (`seals`). Made before schema 7, a change is one revision of the same number, its
    seal was over that, and it has no office; `seal` is None only while the act goes on.
    """

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("office", "office_number"), Index("change_arrival", "arrived_at"))
    number: int = Field(primary_key=True)
    office: int | None = Field(default=None, foreign_key="office.number")
    office_number: int | None = None
    author: str = text_column()
    recorded_at: str = text_column()
    arrived_at: str = text_column()
    reason: str = text_column()
    subjects: int
    root: bytes | None = Field(default=None, sa_type=LargeBinary)
    office_seal: bytes | None = Field(default=None, sa_type=LargeBinary)
    seal: bytes | None = Field(default=None, sa_type=LargeBinary)


class Revision(Row, table=True):
    """A state of one subject, which a change made.

    `document` holds the state, once a later one has replaced it; until then it is in the tables. `digest` chains the
    states of a subject. `masked_digest` is of the same state with each text replaced by its own digest: it proves the
    rest of a state of which a text was redacted; None in revisions made before schema 5. `origin` says of what came
    from another file of ours who wrote it there and what it is called there.
    """

    __tablename__ = "revision"
    __table_args__ = (
        Index("revision_subject", "subject_id"),
        Index("revision_change", "change"),
        Index("revision_sensitivity", "number", sqlite_where=text(TELLS_SENSITIVITY)),
        Index("revision_origin", "subject_id", sqlite_where=text("origin IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )
    number: int = Field(primary_key=True)
    change: int = Field(foreign_key="change.number")
    subject_kind: str = text_column()
    subject_id: str = text_column()
    action: str = text_column()
    previous_digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)
    masked_digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    origin: str | None = text_column()
    document: str | None = text_column()


def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table of a model."""
    table: Table = inspect(model).local_table
    return table


OF_AN_INCIDENT: dict[str, type[SQLModel]] = {
    str(model.__tablename__): model for model in (Incident, Place, Claim, Link)
}
"""The tables that an incident has rows in, by name: the incident first, then its lists."""
