"""Kinds of columns of the tables, and the columns that follow from the declared fields of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import DATE, Boolean, Column, Double, Integer, Text, TypeDecorator

from willay.events.frame.columns import COLUMNS, DAY, FLAG, REAL, WHOLE, YES_NO
from willay.events.model.drafts import IncidentDraft
from willay.events.model.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

    from willay.events.model.fields import Kind


class IsoDay(TypeDecorator[str]):
    """A day as ISO text in a column that GIS programs take for a date."""

    impl = DATE
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Store the text as it is."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Return the text as it is."""


_TYPES: Final[Mapping[Kind, type[TypeEngine[Any]]]] = {
    "text": Text, "texts": Text, "name": Text, "list": Text, "mapping": Text, "documents": Text, "whole": Integer,
    "real": Double, "flag": Boolean, "day": IsoDay,
}  # fmt: skip
_FRAME_TYPES: Final[Mapping[str, type[TypeEngine[Any]]]] = {
    WHOLE: Integer, REAL: Double, DAY: IsoDay, FLAG: Boolean, YES_NO: Boolean,
}  # fmt: skip


def field_columns(model: type[object]) -> Iterator[Column[Any]]:
    """Yield a column for each field of a model that says that it is one (`model.fields`), readable texts last."""
    fields = fields_of(model)
    for name, field in fields.items():
        if field.is_column:
            yield Column(name, _TYPES[field.kind](), nullable=not field.is_filled)
    for field in fields.values():
        if field.is_readable:
            yield Column(field.readable_column, Text())


def frame_columns() -> Iterator[Column[Any]]:
    """Yield the columns of `incident`: those of the incident frame that a row has, and fields that are only here."""
    for column in COLUMNS:
        if column.is_stored:
            yield Column(column.name, _FRAME_TYPES.get(column.dtype, Text)(), nullable=not column.filled)
    for name, field in fields_of(IncidentDraft).items():
        if field.is_column and not field.is_flat:
            yield Column(name, _TYPES[field.kind](), nullable=not field.is_filled)
