"""The schema: making it, and checking whether a file has one that this version understands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, inspect, text
from sqlalchemy.schema import CreateColumn

from willay.events.model.drafts import MODELS
from willay.events.model.errors import DatabaseError
from willay.events.model.fields import fields_of
from willay.events.model.program import program_version
from willay.events.store.dialects import dialect_of
from willay.events.store.dialects.sqlite.geopackage import add_geopackage, renew_views
from willay.events.store.schema import tables
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

SCHEMA_VERSION: Final = 8
"""Raised with every change of the tables; a migration of the same number comes with it."""

THIS_OFFICE: Final = 1
"""The number of the office that a file belongs to."""

REVISIONS: Final = """
    CREATE VIEW revisions AS SELECT
        revision.number, change, subject_kind, subject_id, author, recorded_at, arrived_at, action, reason,
        previous_digest, digest, masked_digest, origin, document
    FROM revision JOIN change ON change.number = revision.change"""
"""Each revision with what its change says of it."""

FIELDS_KEY: Final = "fields"
"""What a file calls the list of the fields that its documents may have (`FIELDS`)."""

_LANGUAGES: Final = "+languages"
"""What follows a name in that list where the one text of the field may be texts by language: it stands there twice,
since a file of before has the name alone, and a version of before must not read texts by language."""

_PLACED: Final = "PlaceDraft.admin_code+nesting"
"""What stands in that list since the units of a place follow from the rule of its country (docs/adr/0033): a version of
before would find others, and take the file for one that was tampered with."""

FIELDS: Final = " ".join(
    sorted(
        {
            f"{model.__name__}.{name}{more}"
            for model in MODELS
            for name, field in fields_of(model).items()
            for more in ("", *([_LANGUAGES] if field.kind == "name" else []))
        }
        | {_PLACED}
    )
)
"""The fields that documents may have: those of a version that has more are not known to this one."""


def create_schema(connection: Connection, meta: Mapping[str, str], office: str = "") -> None:
    """Make the tables, the boxes of primary places and the layers in an empty database.

    Args:
        connection: Within a transaction.
        meta: What the database says of itself; `created_at` is needed.
        office: The id of the office that it belongs to.
    """
    tables.METADATA.create_all(connection, tables=list(tables.TABLES))
    connection.execute(text(REVISIONS))
    dialect_of(connection).make_boxes(connection)
    add_geopackage(connection, meta["created_at"])
    connection.execute(insert(tables.OFFICE), [{"number": THIS_OFFICE, "id": office}])
    rows = {"schema_version": str(SCHEMA_VERSION), FIELDS_KEY: FIELDS, **meta}
    connection.execute(insert(tables.META), [{"key": key, "value": rows[key]} for key in sorted(rows)])


def add_fields(connection: Connection) -> bool:
    """Give a file of the present schema what fields need that were declared since it was made: columns, views.

    Such a field is unknown of everything that is recorded, so its column may be empty.

    Args:
        connection: Within a transaction that writes.

    Returns:
        Whether the rows of incidents must be derived again: a table got a column of an incident's document, or of its
        lists; or voices are compared under all their names since, by which figures may differ; or places lie in units
        by the rule of their country since.

    Raises:
        DatabaseError: A field must be known of everything: that needs a migration, which gives it to earlier records.
    """
    added = set()
    before = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": FIELDS_KEY}).scalar() or ""
    for table in tables.TABLES:
        there = {column["name"] for column in inspect(connection).get_columns(table.name)}
        for column in table.c:
            if column.name in there:
                continue
            if not column.nullable:
                raise DatabaseError(
                    tr(
                        "The field {table}.{column} was added without a migration.",
                        table=table.name,
                        column=column.name,
                    )
                )
            definition = CreateColumn(column).compile(dialect=connection.dialect)
            connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {definition}"))
            added.add(table.name)
    renew_views(connection)
    stated = {FIELDS_KEY: FIELDS, "willay_version": program_version()}
    connection.execute(text("DELETE FROM meta WHERE key = :key"), [{"key": key} for key in stated])
    connection.execute(insert(tables.META), [{"key": key, "value": value} for key, value in stated.items()])
    more = {*FIELDS.split()} - {*before.split()}
    has_rules = _PLACED in more or any(name.endswith(_LANGUAGES) for name in more)
    return has_rules or bool(added & tables.OF_AN_INCIDENT.keys())


def is_up_to_date(meta: Mapping[str, str]) -> bool:
    """Return whether a file has the present schema, and what the declared fields need."""
    return int(meta["schema_version"]) == SCHEMA_VERSION and meta.get(FIELDS_KEY) == FIELDS


def read_meta(connection: Connection, path: Path) -> dict[str, str]:
    """Read what the database says of itself.

    Raises:
        DatabaseError: It is somebody else's GeoPackage, or one that a newer version of willay made.
    """
    if not dialect_of(connection).has_tables(connection, ("meta", "revision")):
        raise DatabaseError(
            tr(
                "{path} is not a willay database (a GeoPackage, but not one that willay made). Nothing "
                "was changed in it. Choose a different file.",
                path=path,
            )
        )
    meta = {row.key: row.value for row in connection.execute(text("SELECT key, value FROM meta"))}
    schema = meta.get("schema_version", "")
    if not schema.isdecimal():
        raise DatabaseError(
            tr("{path} does not state which version of willay made it. Nothing was changed in it.", path=path)
        )
    unknown = sorted({*meta.get(FIELDS_KEY, "").split()} - {*FIELDS.split()})
    if int(schema) > SCHEMA_VERSION or unknown:
        if int(schema) > SCHEMA_VERSION:
            more = tr("schema {schema}; this one knows {known}", schema=schema, known=SCHEMA_VERSION)
        else:
            more = tr("it has the field {field}", field=unknown[0])
        raise DatabaseError(
            tr(
                "{path} was made by a newer willay ({more}): it needs willay {needed} or later. Upgrade willay; "
                "nothing was changed here.",
                path=path,
                more=more,
                needed=meta.get("willay_version") or tr("of a later date"),
            )
        )
    return meta
