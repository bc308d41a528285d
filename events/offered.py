"""Names in a database that begin with some letters, for who completes them at a prompt: fast, and without a store.

A store takes a second to load; this reads the file with the driver alone, and gives nothing where that fails.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST: Final = 50
"""Maximum number of names that are offered."""

_NAMES: Final[Mapping[str, str]] = {
    "incident": "SELECT code, title FROM incident WHERE code >= :low AND code < :high ORDER BY code",
    "source": "SELECT key, coalesce(title, publisher) FROM source WHERE key >= :low AND key < :high ORDER BY key",
    "actor": "SELECT key, kind FROM actor WHERE key >= :low AND key < :high ORDER BY key",
    "case": "SELECT key, type FROM case_file WHERE key >= :low AND key < :high ORDER BY key",
    "indicator": "SELECT key, series FROM indicator WHERE key >= :low AND key < :high ORDER BY key",
    "dataset": "SELECT name, version FROM dataset WHERE name >= :low AND name < :high ORDER BY name",
    "region": (
        "SELECT DISTINCT set_name || '/' || key AS name, name_es FROM region"
        " WHERE set_name || '/' || key >= :low AND set_name || '/' || key < :high ORDER BY 1"
    ),
}
_LAST: Final = "\U0010ffff"


def names_beginning(path: Path, kind: str, letters: str) -> list[tuple[str, str]]:
    """Return names that begin with some letters, each with what it is called.

    Args:
        path: The database file; it is not changed.
        kind: `incident`, `source`, `actor`, `case`, `indicator`, `dataset` or `region`.
        letters: The beginning; that of a code in any case.
    """
    low = letters.upper() if kind == "incident" else letters
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=0.05)) as connection:
            rows = connection.execute(f"{_NAMES[kind]} LIMIT {MOST}", {"low": low, "high": low + _LAST}).fetchall()
    except sqlite3.Error:
        return []
    return [(str(name), str(called or "")) for name, called in rows]
