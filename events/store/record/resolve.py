"""Names resolved: the key behind a name that people write, and what is nearest to one that nobody knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from sqlalchemy import text

from willay.events.model.errors import NotFoundError
from willay.events.store.dialects import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

_NEAR_ENOUGH: Final = 55


@lru_cache(1 << 16)
def folded(name: str) -> str:
    """Return a name as it is compared: without case, accents, punctuation and runs of spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", letters))


def nearest(asked: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like one asked for, the most likely first."""
    found = process.extract(asked, sorted(set(known)), limit=limit, score_cutoff=_NEAR_ENOUGH)
    return tuple(name for name, *_ in found)


def not_found(kind: str, name: str, like: Iterable[str]) -> NotFoundError:
    """Return the error for a name that the database does not have, with the names that are like it.

    Args:
        kind: What was looked for: `incident`, `source`, `region set`, …
        name: The code or key.
        like: Known names, the most likely first.
    """
    names = ", ".join(like)
    what = "No incident with code or key" if kind == "incident" else f"Unknown {kind}"
    return NotFoundError(f"{what} {name[:80]!r}.{f' Nearest: {names}.' if names else ''}")


def actor_names(connection: Connection) -> dict[str, str]:
    """Return the key of each actor by all names it goes by, as `folded` writes them; keys come first."""
    values = dialect_of(connection).each_value("actor.name")
    names = f"SELECT actor.key, value FROM actor, {values} UNION ALL SELECT actor, alias FROM actor_alias"  # noqa: S608 — our own names
    found = {folded(name): key for key, name in connection.execute(text(names))}
    keys = connection.execute(text("SELECT key FROM actor")).scalars()
    return {**found, **{folded(key): key for key in keys}}
