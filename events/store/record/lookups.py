"""What a database already has: the keys and codes that drafts refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.store.dialects import dialect_of, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Connection, CursorResult


def rows_by_key(
    connection: Connection, table: str, keys: Iterable[str], column: str = "key"
) -> dict[str, dict[str, Any]]:
    """Return the rows of a table whose key is one of those asked for, by key."""
    asked = sorted(set(keys))
    found = {}
    for row in _rows(connection, f"SELECT * FROM {table}", column, asked):  # noqa: S608 — our own names; values are bound
        found[str(row[column])] = row
    return found


def voices(connection: Connection, keys: Iterable[str]) -> list[tuple[str, str, str | None]]:
    """Return key, kind and date of some sources: what the figures ask of them."""
    statement = "SELECT key, kind, published_on FROM source WHERE key IN :keys"
    _, rows = dialect_of(connection).cells(run(connection, statement, {"keys": sorted(set(keys))}))
    return [(key, kind, published_on) for key, kind, published_on in rows]


def present(connection: Connection, table: str, keys: Iterable[str], column: str = "key") -> set[str]:
    """Return those of the keys that a table has."""
    asked = sorted(set(keys))
    rows = _rows(connection, f'SELECT "{column}" FROM {table}', column, asked)  # noqa: S608 — our own names; values are bound
    return {str(row[column]) for row in rows}


def _rows(connection: Connection, select: str, column: str, asked: list[str]) -> list[dict[str, Any]]:
    if not asked:
        return []
    return raw_rows(connection, run(connection, f'{select} WHERE "{column}" IN :keys', {"keys": asked}))


def raw_rows(connection: Connection, result: CursorResult[Any]) -> list[dict[str, Any]]:
    """Return the rows of a result by column, cells as the driver gives them."""
    names, rows = dialect_of(connection).cells(result)
    return [dict(zip(names, row, strict=True)) for row in rows]


def all_keys(connection: Connection, table: str, column: str = "key") -> list[str]:
    """Return all keys of a table, for a suggestion after a miss."""
    statement = text(f'SELECT "{column}" FROM {table} WHERE "{column}" IS NOT NULL')  # noqa: S608 — our own names
    return [str(key) for key in connection.execute(statement).scalars()]


def code_of(connection: Connection, name: str) -> str | None:
    """Return the code of the incident with a code (in any case) or key, or None."""
    statement = text("SELECT code FROM incident WHERE code = :code OR key = :key")
    code = connection.execute(statement, {"code": name.strip().upper(), "key": name.strip()}).scalar()
    return None if code is None else str(code)


def codes_of(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the codes of incidents by code or key; what is unknown is left out."""
    return {name: code for name in set(names) if (code := code_of(connection, name))}


def codes_of_rows(connection: Connection, fids: Iterable[int]) -> dict[int, str]:
    """Return the codes of incidents by the numbers of their rows."""
    found = run(connection, "SELECT fid, code FROM incident WHERE fid IN :fids", {"fids": sorted(fids)})
    return {int(fid): str(code) for fid, code in found}


TAKEN_BACK: Final = ("retracted", "withdrawn-upstream")
"""The statuses of incidents that do not hold."""


def is_part(draft: Mapping[str, Any]) -> bool:
    """Return whether an incident is a part of another, and not taken back."""
    return "part_of" in draft and draft["status"] not in TAKEN_BACK


def wholes(connection: Connection) -> dict[str, str]:
    """Return the code of the whole for each code of a part, without those taken back."""
    statement = (
        "SELECT code, part_of FROM incident"
        " WHERE part_of IS NOT NULL AND status NOT IN ('retracted', 'withdrawn-upstream')"
    )
    return {str(code): str(whole) for code, whole in connection.execute(text(statement))}


def last_number(connection: Connection, stem: str) -> int:
    """Return the highest number of the codes with a stem such as `PE-2009-`, 0 where there is none."""
    statement = text(
        "SELECT max(CAST(substr(code, :length) AS INTEGER)) FROM incident WHERE code >= :stem AND code < :after"
    )
    asked = {
        "length": len(stem) + 1,
        "stem": stem,
        "after": stem[:-1] + ".",
    }  # '.' is the next character after '-'
    return int(connection.execute(statement, asked).scalar() or 0)
