"""The SQLModel classes are the tables, and what they write once more of a column is what the table says."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

import pytest
import shapely
from sqlalchemy import Boolean, Integer, LargeBinary, Table, Text, inspect
from sqlmodel import Session, SQLModel, create_engine, select
from store_examples import fill

from willay.events.store.schema import models, tables
from willay.events.store.schema.column_kinds import IsoDay
from willay.events.store.schema.geometry_column import GeometryBlob

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

KINDS: dict[type, tuple[type, ...]] = {
    str: (Text, IsoDay), int: (Integer,), bool: (Boolean,), bytes: (LargeBinary,), shapely.Geometry: (GeometryBlob,),
}  # fmt: skip


def test_each_table_has_a_class_and_the_class_has_all_of_its_columns() -> None:
    assert [inspect(model).local_table for model in models.MODELS] == list(tables.TABLES)
    for model, table in zip(models.MODELS, tables.TABLES, strict=True):
        assert {one.key for one in inspect(model).column_attrs} == {column.name for column in table.c}


@pytest.mark.parametrize(
    ("model", "table"),
    [*zip(models.MODELS, tables.TABLES, strict=True)],
    ids=lambda one: one.__name__ if isinstance(one, type) else "",
)
def test_what_a_class_says_of_a_column_is_what_the_table_says(model: type[SQLModel], table: Table) -> None:
    for name, field in model.model_fields.items():
        column, types = table.c[name], get_args(field.annotation) or (field.annotation,)
        assert column.nullable == (NoneType in types), name
        assert isinstance(column.type, KINDS[types[0]]), name


def test_a_database_is_read_as_objects(make_store: Callable[..., Store]) -> None:
    store = make_store()
    fill(store)
    frame: Any = store.read.select(profile="internal")
    path = store.path
    store.close()
    engine = create_engine(f"sqlite:///{path}")
    with Session(engine) as session:
        rows: list[Any] = list(session.exec(select(models.Incident).order_by(models.Incident.fid)))
        found = {row.code: (row.title, row.first_day, row.geom and row.geom.wkt) for row in rows}
    engine.dispose()
    assert {*frame["code"]} <= found.keys()
    shown = frame.iloc[0]
    assert found[shown["code"]][2] == (shown.geometry and shown.geometry.wkt)
