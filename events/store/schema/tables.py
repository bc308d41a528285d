"""The tables of a database, the same on every server: columns, keys, references.

The record of an incident is its document; its other columns, and its rows in `place`, `claim` and `link`, are an index
over that, made by one function (`rows.rows_of`). Sources, actors, cases, datasets and indicators are their columns.
Earlier states are documents in `revision`, who made them when and why is in `change`. Keys, references and what belongs
to the tables themselves are written here; columns that are fields of the record follow from the declarations of these
(`model.drafts`, `frame.columns`).

Text by language and lists are JSON text, so that any SQL tool can read them. Columns are declared `TEXT`: OGR drops
what is declared `VARCHAR`. Days are ISO text in `DATE` columns, moments ISO text in UTC with microseconds, which sort
as they are.

These are tables of SQLAlchemy. For whoever works with objects, `schema.models` has a SQLModel class of each, which
nothing in willay needs: making these classes takes longer than to read what `willay list` shows.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

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
from willay.events.store.schema.column_kinds import IsoDay, field_columns, frame_columns
from willay.events.store.schema.geometry_column import GeometryBlob

TELLS_SENSITIVITY: Final = "document LIKE '%\"sensitivity\":%'"
"""The condition on `revision` for a kept state that names a level; an index holds these, as long as it is so worded."""

METADATA: Final = MetaData()

_BY_KEY: Final[dict[str, Any]] = {"sqlite_with_rowid": False}  # Any: options of a table
"""The rows of a table lie in the order of its key, where a database can do that."""

META: Final = Table(
    "meta",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the database says of itself: schema_version, country, policy, created_at, willay_version."""

DATASET: Final = Table(
    "dataset",
    METADATA,
    *field_columns(DatasetTerms),
    PrimaryKeyConstraint("name"),
)
"""Where imported incidents came from, and on what terms: the fields of `DatasetTerms`."""

SOURCE: Final = Table(
    "source",
    METADATA,
    *field_columns(SourceDraft),
    PrimaryKeyConstraint("key"),
)
"""A citable document: the fields of `SourceDraft`."""

ACTOR: Final = Table(
    "actor",
    METADATA,
    *field_columns(ActorDraft),
    PrimaryKeyConstraint("key"),
)
"""An organisation or group: the fields of `ActorDraft`."""

ACTOR_ALIAS: Final = Table(
    "actor_alias",
    METADATA,
    Column("actor", Text, ForeignKey("actor.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("alias", Text, nullable=False),
)
"""A further name of an actor, in the order of its list."""

CASE_FILE: Final = Table(
    "case_file",
    METADATA,
    *field_columns(CaseDraft),
    PrimaryKeyConstraint("key"),
)
"""A long-lived conflict: the fields of `CaseDraft`; phases and sources are JSON lists."""

PHASE: Final = Table(
    "phase",
    METADATA,
    Column("case_key", Text, ForeignKey("case_file.key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *field_columns(PhaseDraft),
)
"""A phase of a case, in the order of its list: the fields of `PhaseDraft`, read of the phases of the case."""

REGION: Final = Table(
    "region",
    METADATA,
    Column("fid", Integer, primary_key=True),
    Column("set_name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("name_es", Text),
    Column("name_en", Text),
    Column("kind", Text),
    Column("valid_from", IsoDay),
    Column("valid_until", IsoDay),
    Column("reason", Text),
    Column("replaces", Text),
    Column("decree", Text),
    Column("citation", Text),
    Column("url", Text),
    Column("working_outline", Boolean),
    Column("outline_note", Text),
    Column("admin_code", Text),
    Column("definition", Text),
    Column("attribution", Text),
    Column("licence", Text),
    Column("geometry", GeometryBlob),
    UniqueConstraint("set_name", "key", "version"),
)
"""A version of a named area: valid from `valid_from` (inclusive) to `valid_until` (exclusive)."""

INCIDENT: Final = Table(
    "incident",
    METADATA,
    Column("fid", Integer, primary_key=True),
    Column("id", Text, unique=True, nullable=False),
    Column("is_translated", Boolean, nullable=False),
    Column("names_codes", Boolean, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("geom", GeometryBlob),
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
"""An incident: its document, which is the record, and what is read of it in columns, which follows from that.

`document` is the compressed canonical JSON of `id`, `code` and `draft` (`packing`). Other columns are those of
the incident frame, by the database's own policy, in Spanish where a text has it; places are the primary one. They
are what GIS programs see, and what lists are read from. Fields that are columns here and not in the frame are the
incident's own: `sensitivity` is its level, whatever that of its places.

`is_translated` says that title or summary is given in several languages, `names_codes` that a text may name another
incident by its code (`rows.names_codes`).
"""

PLACE: Final = Table(
    "place",
    METADATA,
    Column("incident", Integer, ForeignKey("incident.fid"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("adm1", Text),
    Column("adm2", Text),
    Column("adm3", Text),
    Column("region_fid", Integer, ForeignKey("region.fid")),
    *field_columns(PlaceDraft),
    Index("place_sensitivity", "sensitivity", sqlite_where=text("sensitivity IS NOT NULL")),
)
"""A place of an incident, the primary one at position 0: fields of `PlaceDraft`; the document has all of them.

`adm1` to `adm3` and `region_fid` (the region that is the place's shape, where it has no point) are computed.
"""

CLAIM: Final = Table(
    "claim",
    METADATA,
    Column("incident", Integer, ForeignKey("incident.fid"), primary_key=True),
    Column("position", Integer, primary_key=True),
    *field_columns(ClaimDraft),
    ForeignKeyConstraint(["source"], ["source.key"]),
)
"""What one source says about one measure for one group: the fields of `ClaimDraft`.

Texts by language are JSON objects, and `supersedes` is a JSON list of the labels of other claims of the incident.
"""

LINK: Final = Table(
    "link",
    METADATA,
    Column("incident", Integer, ForeignKey("incident.fid"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("ref", Text, nullable=False),
    Column("role", Text),
    Index("link_ref", "kind", "ref", "incident"),
    **_BY_KEY,
)
"""What an incident refers to: a `source`, an `actor` with its `role`, a `case`, a `tag`, an `attachment`.

Sources are those that it lists, then those that only its claims cite; `ref` is a key, the tag itself, or the
SHA-256 of the attachment.
"""

ATTACHMENT_CONTENT: Final = Table(
    "attachment_content",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The content of an attachment, by its SHA-256 (hexadecimal).

It is outside of the history: documents list attachments, and a content can be erased while they still do.
"""

INDICATOR: Final = Table(
    "indicator",
    METADATA,
    Column("number", Integer, primary_key=True),
    *field_columns(IndicatorDraft),
    UniqueConstraint("key"),
    ForeignKeyConstraint(["source"], ["source.key"]),
    Index("indicator_series", "series", sqlite_where=text("series IS NOT NULL")),
)
"""A value of a measured variable: the fields of `IndicatorDraft`, numbered in the order in which they were added.

One that was recorded before schema 8 has its number as its key, which its document does not have; its name, unit
and voice are plain texts in the document, and JSON texts here.
"""

IMPORT_ROW: Final = Table(
    "import_row",
    METADATA,
    Column("dataset", Text, ForeignKey("dataset.name"), primary_key=True),
    Column("external_id", Text, primary_key=True),
    Column("incident", Integer, ForeignKey("incident.fid"), index=True, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("said", Text),
    Column("theirs", Text),
    Column("mark", LargeBinary, nullable=False),
    **_BY_KEY,
)
"""A row of a dataset that became an incident: what it said when it was last imported.

`digest` is the SHA-256 of the canonical JSON of the row's draft; a row with the same digest is unchanged.
What the row said is the state that `revision` made, or `said` (canonical JSON of a draft) where that state is
another because something of ours was retained. `theirs` is the digest that the incident had in the file, for files
of ours. `mark` is the SHA-256 of the other columns (`memory.mark_of`).
"""

OFFICE: Final = Table(
    "office",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", Text, unique=True, nullable=False),
)
"""A place of work with a copy of the record, by an id that no other has; 1 is the one that this file belongs to."""

CHANGE: Final = Table(
    "change",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("office", Integer, ForeignKey("office.number")),
    Column("office_number", Integer),
    Column("author", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("arrived_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("subjects", Integer, nullable=False),
    Column("root", LargeBinary),
    Column("office_seal", LargeBinary),
    Column("seal", LargeBinary),
    UniqueConstraint("office", "office_number"),
    Index("change_arrival", "arrived_at"),
)
"""One act of one author: an addition, an edit, a batch of an import. It made `subjects` states, its revisions.

`number` is the order in which changes arrived here, `office_number` that in which its office made them.
`recorded_at` is what the clock of the author said, `arrived_at` when the change was known here; what was known at
a moment is asked of that. `root` is the Merkle root over its states, `office_seal` chains the changes of the
office, `seal` those of this file (`seals`). Made before schema 7, a change is one revision of the same number, its
seal was over that, and it has no office; `seal` is None only while the act goes on.
"""

REVISION: Final = Table(
    "revision",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("change", Integer, ForeignKey("change.number"), nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("previous_digest", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("masked_digest", LargeBinary),
    Column("origin", Text),
    Column("document", Text),
    Index("revision_subject", "subject_id"),
    Index("revision_change", "change"),
    Index("revision_sensitivity", "number", sqlite_where=text(TELLS_SENSITIVITY)),
    Index("revision_origin", "subject_id", sqlite_where=text("origin IS NOT NULL")),
    sqlite_autoincrement=True,
)
"""A state of one subject, which a change made.

`document` holds the state, once a later one has replaced it; until then it is in the tables. `digest` chains the
states of a subject. `masked_digest` is of the same state with each text replaced by its own digest: it proves the
rest of a state of which a text was redacted; None in revisions made before schema 5. `origin` says of what came
from another file of ours who wrote it there and what it is called there.
"""

TABLES: Final = (
    META, DATASET, SOURCE, ACTOR, ACTOR_ALIAS, CASE_FILE, PHASE, REGION, INCIDENT, PLACE, CLAIM, LINK, INDICATOR,
    IMPORT_ROW, OFFICE, CHANGE, REVISION, ATTACHMENT_CONTENT,
)  # fmt: skip
"""All tables, those that others refer to first."""

OF_AN_INCIDENT: Final = {table.name: table for table in (INCIDENT, PLACE, CLAIM, LINK)}
"""The tables that an incident has rows in, by name: the incident first, then its lists."""
