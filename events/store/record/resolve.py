"""Names resolved: the key behind a name that people write, and what is nearest to one that nobody knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process
from sqlalchemy import text

from willay.events.model.advice import command
from willay.events.model.errors import NotFoundError
from willay.events.store.dialects import dialect_of
from willay.geo.translation import joined, mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

_NEAR_ENOUGH: Final = 72


@lru_cache(1 << 16)
def folded(name: str) -> str:
    """Return a name as it is compared: without case, accents, punctuation and runs of spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(re.findall(r"\w+", letters))


def nearest(asked: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names that somebody may have meant, the most likely first; none where nothing is really alike.

    Alike are names that differ in a few letters, and those of which a word begins with what was asked for. A code is
    another incident as soon as one digit differs: only another way of writing the same numbers is suggested.
    """
    names = sorted(set(known))
    if re.fullmatch(r"[A-Z]{2}-\d+-\w+", asked):
        return tuple(name for name in names if _numbers(name) == _numbers(asked))[:limit]
    forms = [*((name, name) for name in names), *((name.rpartition("/")[2], name) for name in names if "/" in name)]
    shown = [form for form, _ in forms]
    found = process.extract(asked, shown, scorer=fuzz.ratio, processor=folded, limit=limit, score_cutoff=_NEAR_ENOUGH)
    alike = [forms[place][1] for _, _, place in found]
    begun = [name for name in names if len(asked) >= _LETTERS and _begins_a_word(folded(asked), folded(name))]
    return tuple(dict.fromkeys([*alike, *begun]))[:limit]


_LETTERS: Final = 4
"""Letters from which on the beginning of a word says what is meant."""


def _numbers(code: str) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in code.split("-"))


def _begins_a_word(asked: str, name: str) -> bool:
    return any(word.startswith(asked) for word in (name, *re.split(r"[ /-]", name)))


def not_found(kind: str, name: str, like: Iterable[str]) -> NotFoundError:
    """Return the error for a name that the database does not have, with the names that are like it.

    Args:
        kind: What was looked for: `incident`, `source`, `region set`, …
        name: The code or key.
        like: Known names, the most likely first.
    """
    names = ", ".join(like)
    told = tr(_UNKNOWN.get(kind, _NONE), name=name[:80], kind=kind)
    if names:
        return NotFoundError(joined(" ", (told, tr("Nearest: {names}.", names=names))))
    lists = {"incident": ("list",), "region set": ("regions", "list")}
    return NotFoundError(joined(" ", (told, tr("List: {command}.", command=command(*lists.get(kind, (kind, "list")))))))


_NONE: Final = mark("Unknown {kind} {name!r}.")
_UNKNOWN: Final = {
    "incident": mark("No incident with code or key {name!r}."),
    "source": mark("Unknown source {name!r}."),
    "actor": mark("Unknown actor {name!r}."),
    "case": mark("Unknown case {name!r}."),
    "indicator": mark("Unknown indicator {name!r}."),
    "region set": mark("Unknown region set {name!r}."),
}


def did_you_mean(like: Iterable[str]) -> str:
    """Return the question whether one of some names was meant, after a space; empty where there is none."""
    names = joined(tr(" or "), map(quoted, like))
    return tr(" Did you mean {names}?", names=names) if names else ""


def kind_in_words(kind: str) -> str:
    """Return what a subject of the record is, as a word in a sentence."""
    return tr(_KINDS.get(kind, kind))


_KINDS: Final = {
    name: name
    for name in (
        mark("incident"), mark("source"), mark("actor"), mark("case"), mark("indicator"), mark("region"),
        mark("dataset"), mark("setting"),
    )
}  # fmt: skip
"""Kinds of subjects, as they are recorded."""


def actor_names(connection: Connection) -> dict[str, str]:
    """Return the key of each actor by all names it goes by, as `folded` writes them; keys come first."""
    values = dialect_of(connection).each_value("actor.name")
    names = f"SELECT actor.key, value FROM actor, {values} UNION ALL SELECT actor, alias FROM actor_alias"  # noqa: S608 — our own names
    found = {folded(name): key for key, name in connection.execute(text(names))}
    keys = connection.execute(text("SELECT key FROM actor")).scalars()
    return {**found, **{folded(key): key for key in keys}}
