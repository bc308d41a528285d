"""The tables of a database, the same on every server: columns, keys, references.

Text by language and lists are JSON text, so that any SQL tool can read them. Columns are declared `TEXT`: OGR drops
what is declared `VARCHAR`. Days are ISO text in `DATE` columns, moments ISO text in UTC with microseconds, which sort
as they are. Rows of a subject (an incident, source, actor, case) hold its latest state; earlier ones are documents in
`revision`. `figure` and `face` are derived from the others and are rewritten with every change.
"""
# No `from __future__ import annotations` here: SQLModel reads the annotations when the classes are made.

from typing import Any

import shapely
from sqlalchemy import DATE, Double, Index, LargeBinary, Table, Text, TypeDecorator, UniqueConstraint, inspect
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

from willay.events.store.shapes import GeometryBlob


class IsoDay(TypeDecorator[str]):
    """A day as ISO text in a column that GIS programs take for a date."""

    impl = DATE
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Store the text as it is."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Return the text as it is."""


def _text(**options: Any) -> Any:  # noqa: ANN401 — what SQLModel's Field takes and returns
    return Field(sa_type=Text, **options)


def _day(**options: Any) -> Any:  # noqa: ANN401 — as above
    return Field(sa_type=IsoDay, **options)


def _real(**options: Any) -> Any:  # noqa: ANN401 — as above
    return Field(sa_type=Double, **options)


def _shape(**options: Any) -> Any:  # noqa: ANN401 — as above
    return Field(sa_type=GeometryBlob, **options)


class Row(SQLModel):
    """Root of the tables; geometries are shapely's."""

    model_config = {"arbitrary_types_allowed": True}


class Meta(Row, table=True):
    """What the database says of itself: schema_version, country, policy, created_at, willay_version."""

    __tablename__ = "meta"
    key: str = _text(primary_key=True)
    value: str = _text()


class Dataset(Row, table=True):
    """Where imported incidents came from, and on what terms."""

    __tablename__ = "dataset"
    name: str = _text(primary_key=True)
    version: str | None = _text()
    licence: str | None = _text()
    attribution: str | None = _text()
    may_publish: bool | None = None


class Source(Row, table=True):
    """A citable document."""

    __tablename__ = "source"
    key: str = _text(primary_key=True)
    kind: str = _text()
    publisher: str | None = _text()
    title: str | None = _text()
    published_on: str | None = _text()
    url: str | None = _text()
    archive_url: str | None = _text()
    language: str | None = _text()
    licence: str | None = _text()
    reliability: str | None = _text()
    accessed_on: str | None = _day()
    note: str | None = _text()
    sensitivity: str | None = _text()


class Actor(Row, table=True):
    """An organisation or group."""

    __tablename__ = "actor"
    key: str = _text(primary_key=True)
    name: str = _text()
    kind: str = _text()
    part_of: str | None = _text()
    note: str | None = _text()
    sensitivity: str | None = _text()


class ActorAlias(Row, table=True):
    """A further name of an actor, in the order of its list."""

    __tablename__ = "actor_alias"
    actor: str = _text(primary_key=True, foreign_key="actor.key")
    position: int = Field(primary_key=True)
    alias: str = _text()


class CaseFile(Row, table=True):
    """A long-lived conflict; phases and sources are JSON lists."""

    __tablename__ = "case_file"
    key: str = _text(primary_key=True)
    title: str = _text()
    type: str = _text()
    summary: str | None = _text()
    from_day: str | None = _text()
    until_day: str | None = _text()
    phases: str | None = _text()
    sources: str | None = _text()


class Region(Row, table=True):
    """A version of a named area: valid from `valid_from` (inclusive) to `valid_until` (exclusive)."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("set_name", "key", "version"),)
    fid: int = Field(primary_key=True)
    set_name: str = _text()
    key: str = _text()
    version: int = 1
    name_es: str | None = _text()
    name_en: str | None = _text()
    kind: str | None = _text()
    valid_from: str | None = _day()
    valid_until: str | None = _day()
    reason: str | None = _text()
    replaces: str | None = _text()
    decree: str | None = _text()
    citation: str | None = _text()
    url: str | None = _text()
    working_outline: bool | None = None
    outline_note: str | None = _text()
    admin_code: str | None = _text()
    definition: str | None = _text()
    attribution: str | None = _text()
    licence: str | None = _text()
    geometry: shapely.Geometry | None = _shape()


class Incident(Row, table=True):
    """The latest state of an incident; its lists are in the tables below."""

    __tablename__ = "incident"
    __table_args__ = (Index("incident_days", "first_day", "last_day"),)
    fid: int = Field(primary_key=True)
    id: str = _text(unique=True)
    code: str = _text(unique=True)
    key: str | None = _text(unique=True)
    title: str = _text()
    summary: str | None = _text()
    type: str = _text(index=True)
    subtype: str | None = _text()
    first_day: str | None = _day()
    last_day: str | None = _day()
    date_precision: str | None = _text()
    country: str = _text()
    part_of: str | None = _text(foreign_key="incident.code", index=True)
    tags: str | None = _text()
    status: str = _text()
    confidence: str | None = _text()
    notes: str | None = _text()
    dataset: str | None = _text(foreign_key="dataset.name")
    dataset_id: str | None = _text()
    revision: int
    recorded_at: str = _text()
    original: str | None = _text()
    sensitivity: str | None = _text()
    assigned_to: str | None = _text()


class Place(Row, table=True):
    """A place of an incident, the primary one at position 0.

    `adm1` to `adm3` and `region_fid` are computed; `geometry` is the point of the coordinates, if there are any, and
    otherwise the shape is the region's.
    """

    __tablename__ = "place"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    name: str = _text()
    precision: str = _text()
    lon: float | None = _real()
    lat: float | None = _real()
    radius_m: float | None = _real()
    country: str = _text()
    admin_code: str | None = _text()
    adm1: str | None = _text()
    adm2: str | None = _text()
    adm3: str | None = _text()
    region: str | None = _text()
    region_fid: int | None = Field(default=None, foreign_key="region.fid")
    gazetteer_id: str | None = _text()
    coordinate_source: str | None = _text()
    note: str | None = _text()
    geometry: shapely.Geometry | None = _shape()
    sensitivity: str | None = _text()


class Party(Row, table=True):
    """An actor's part in an incident."""

    __tablename__ = "party"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    actor: str = _text(foreign_key="actor.key", index=True)
    role: str = _text()
    note: str | None = _text()


class Claim(Row, table=True):
    """What one source says about one measure for one group."""

    __tablename__ = "claim"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    measure: str = _text()
    group: str = _text()
    low: int | None = None
    best: int | None = None
    high: int | None = None
    source: str = _text(foreign_key="source.key")
    attributed_to: str | None = _text()
    attributed_kind: str | None = _text()
    stated_on: str | None = _text()
    scope: str | None = _text()
    note: str | None = _text()
    zero_is_unknown: bool = False
    pinned: str | None = _text()


class IncidentSource(Row, table=True):
    """A document that speaks of an incident: listed by its draft, or only cited by a claim."""

    __tablename__ = "incident_source"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    source: str = _text(foreign_key="source.key", index=True)
    listed: bool


class IncidentCase(Row, table=True):
    """An incident's place in a case."""

    __tablename__ = "incident_case"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    position: int = Field(primary_key=True)
    case: str = _text(foreign_key="case_file.key", index=True)


class Indicator(Row, table=True):
    """A measured variable for an area and a year."""

    __tablename__ = "indicator"
    number: int = Field(primary_key=True)
    name: str = _text()
    area: str = _text()
    year: int | None = None
    value: float = _real()
    unit: str = _text()
    by: str = _text()
    source: str = _text(foreign_key="source.key")
    note: str | None = _text()


class FigureRow(Row, table=True):
    """What the database's own policy makes of an incident's claims; derived."""

    __tablename__ = "figure"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    measure: str = _text(primary_key=True)
    low: int | None = None
    best: int | None = None
    high: int | None = None
    source: str | None = _text()
    attributed_to: str | None = _text()
    basis: str = _text()
    voices: int
    reason: str | None = _text()


class Face(Row, table=True):
    """The incident frame without cards, kept: what GIS programs see of it, and what long lists are read from; derived.

    Text is in Spanish where there is any. `licence` is not kept: it is the dataset's.
    """

    __tablename__ = "face"
    fid: int = Field(primary_key=True, foreign_key="incident.fid")
    code: str = _text()
    key: str | None = _text()
    title: str = _text()
    summary: str | None = _text()
    type: str = _text()
    subtype: str | None = _text()
    first_day: str | None = _day()
    last_day: str | None = _day()
    date_precision: str | None = _text()
    place_name: str | None = _text()
    place_precision: str | None = _text()
    radius_m: float | None = _real()
    country: str | None = _text()
    admin_code: str | None = _text()
    adm1: str | None = _text()
    adm2: str | None = _text()
    adm3: str | None = _text()
    region: str | None = _text()
    place_count: int
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    killed_source: str | None = _text()
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    injured_source: str | None = _text()
    detained_low: int | None = None
    detained_best: int | None = None
    detained_high: int | None = None
    detained_source: str | None = _text()
    missing_low: int | None = None
    missing_best: int | None = None
    missing_high: int | None = None
    missing_source: str | None = _text()
    abducted_low: int | None = None
    abducted_best: int | None = None
    abducted_high: int | None = None
    abducted_source: str | None = _text()
    released_low: int | None = None
    released_best: int | None = None
    released_high: int | None = None
    released_source: str | None = _text()
    escaped_low: int | None = None
    escaped_best: int | None = None
    escaped_high: int | None = None
    escaped_source: str | None = _text()
    rescued_low: int | None = None
    rescued_best: int | None = None
    rescued_high: int | None = None
    rescued_source: str | None = _text()
    displaced_low: int | None = None
    displaced_best: int | None = None
    displaced_high: int | None = None
    displaced_source: str | None = _text()
    actors: str | None = _text()
    source_count: int
    source_kinds: str | None = _text()
    cases: str | None = _text()
    tags: str | None = _text()
    part_of: str | None = _text()
    counted: bool
    status: str = _text()
    confidence: str | None = _text()
    dataset: str | None = _text()
    revision: int
    recorded_at: str = _text()
    geom: shapely.Geometry | None = _shape()


class ImportRow(Row, table=True):
    """A row of a dataset that became an incident: what it looked like when it was last taken in.

    `digest` is the SHA-256 of the canonical JSON of the row's draft; a row with the same digest is unchanged.
    """

    __tablename__ = "import_row"
    __table_args__ = {"sqlite_with_rowid": False}
    dataset: str = _text(primary_key=True, foreign_key="dataset.name")
    external_id: str = _text(primary_key=True)
    incident: int = Field(foreign_key="incident.fid", index=True)
    digest: bytes = Field(sa_type=LargeBinary)


class Revision(Row, table=True):
    """One recorded change of one subject.

    `document` holds the state that this revision made, once a later one has replaced it; until then that state is
    in the tables. `digest` chains the states of a subject; `seal` chains all revisions, with who made each, when and
    why.
    """

    __tablename__ = "revision"
    __table_args__ = (
        Index("revision_subject", "subject_kind", "subject_id", "number"),
        Index("revision_moment", "recorded_at"),
        {"sqlite_autoincrement": True},
    )
    number: int = Field(primary_key=True)
    subject_kind: str = _text()
    subject_id: str = _text()
    author: str = _text()
    recorded_at: str = _text()
    action: str = _text()
    reason: str = _text()
    previous_digest: str | None = _text()
    digest: str = _text()
    document: str | None = _text()
    seal: str | None = _text()


def table_of(model: type[SQLModel]) -> Table:
    """Return the SQLAlchemy table of a model."""
    table: Table = inspect(model).local_table
    return table


CHILDREN = (Place, Party, Claim, IncidentSource, IncidentCase)
"""The lists of an incident."""
