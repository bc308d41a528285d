"""Kinds of columns of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import DATE, Double, Text, TypeDecorator
from sqlmodel import Field

from willay.events.store.shapes import GeometryBlob

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class IsoDay(TypeDecorator[str]):
    """A day as ISO text in a column that GIS programs take for a date."""

    impl = DATE
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Store the text as it is."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Return the text as it is."""


def text_column(**options: Any) -> Any:  # noqa: ANN401 — what SQLModel's Field takes and returns
    """Make a column of text."""
    return Field(sa_type=Text, **options)


def day_column(**options: Any) -> Any:  # noqa: ANN401 — as above
    """Make a column of days as ISO text."""
    return Field(sa_type=IsoDay, **options)


def real_column(**options: Any) -> Any:  # noqa: ANN401 — as above
    """Make a column of numbers with decimals."""
    return Field(sa_type=Double, **options)


def shape_column(**options: Any) -> Any:  # noqa: ANN401 — as above
    """Make a column of geometries."""
    return Field(sa_type=GeometryBlob, **options)
