"""The tables of what is derived from the record, and written anew with every change of it."""
# No `from __future__ import annotations` here: SQLModel reads the annotations when the classes are made.

import shapely
from sqlalchemy import Index, text
from sqlmodel import Field

from willay.events.store.columns import day_column, real_column, shape_column, text_column
from willay.events.store.tables import Row


class FigureRow(Row, table=True):
    """What the database's own policy makes of an incident's claims; derived."""

    __tablename__ = "figure"
    incident: int = Field(primary_key=True, foreign_key="incident.fid")
    measure: str = text_column(primary_key=True)
    low: int | None = None
    best: int | None = None
    high: int | None = None
    source: str | None = text_column()
    attributed_to: str | None = text_column()
    basis: str = text_column()
    voices: int
    reason: str | None = text_column()


class Face(Row, table=True):
    """The incident frame without cards, kept: what GIS programs see of it, and what long lists are read from; derived.

    Text is in Spanish where there is any. `licence` is not kept: it is the dataset's.
    """

    __tablename__ = "face"
    __table_args__ = (Index("face_uncounted", "code", sqlite_where=text("counted = 0")),)
    fid: int = Field(primary_key=True, foreign_key="incident.fid")
    code: str = text_column()
    key: str | None = text_column()
    title: str = text_column()
    summary: str | None = text_column()
    type: str = text_column()
    subtype: str | None = text_column()
    first_day: str | None = day_column()
    last_day: str | None = day_column()
    date_precision: str | None = text_column()
    place_name: str | None = text_column()
    place_precision: str | None = text_column()
    radius_m: float | None = real_column()
    country: str | None = text_column()
    admin_code: str | None = text_column()
    adm1: str | None = text_column()
    adm2: str | None = text_column()
    adm3: str | None = text_column()
    region: str | None = text_column()
    place_count: int
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    killed_source: str | None = text_column()
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    injured_source: str | None = text_column()
    detained_low: int | None = None
    detained_best: int | None = None
    detained_high: int | None = None
    detained_source: str | None = text_column()
    missing_low: int | None = None
    missing_best: int | None = None
    missing_high: int | None = None
    missing_source: str | None = text_column()
    abducted_low: int | None = None
    abducted_best: int | None = None
    abducted_high: int | None = None
    abducted_source: str | None = text_column()
    released_low: int | None = None
    released_best: int | None = None
    released_high: int | None = None
    released_source: str | None = text_column()
    escaped_low: int | None = None
    escaped_best: int | None = None
    escaped_high: int | None = None
    escaped_source: str | None = text_column()
    rescued_low: int | None = None
    rescued_best: int | None = None
    rescued_high: int | None = None
    rescued_source: str | None = text_column()
    displaced_low: int | None = None
    displaced_best: int | None = None
    displaced_high: int | None = None
    displaced_source: str | None = text_column()
    actors: str | None = text_column()
    source_count: int
    source_kinds: str | None = text_column()
    cases: str | None = text_column()
    tags: str | None = text_column()
    part_of: str | None = text_column()
    counted: bool
    status: str = text_column()
    confidence: str | None = text_column()
    dataset: str | None = text_column()
    revision: int
    recorded_at: str = text_column()
    geom: shapely.Geometry | None = shape_column()
