"""Questions: what a table leaves open, each with the options that answer it, ready to be pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.mapping import KEEP

if TYPE_CHECKING:
    from collections.abc import Collection

    from willay.data.headers import CountName
    from willay.events.exchange.incoming.table.sampling import Sample

_SHOWN: Final = 40
_VOICED: Final = frozenset({"segun", "por", "by", "per", "la", "el", "los", "las", "the", "according", "to"})
"""Words before the name of who says so."""


def unreadable(column: str, name: str, sample: Sample) -> str:
    """Ask what a column holds whose name is known and whose cells mostly cannot be that.

    Args:
        column: The column.
        name: The field that its name means.
        sample: Some of its cells.
    """
    cell, reason = sample.first_misfit(name)
    fitting = round(sample.share(name) * len(sample.cells))
    return (
        f"Column {column!r} is {name} by its name, but only {fitting} of {len(sample.cells)} cells can be read so "
        f"({cell[:_SHOWN]!r}: {reason}). Say which: {map_option(column, name)} (rows whose cell cannot be read are put "
        f"aside), or {map_option(column, KEEP)} (not imported)."
    )


def who_or_how_many(column: str, sample: Sample) -> str:
    """Ask what a column is that is called as those who were harmed are, and holds numbers."""
    options = f"{map_option(column, 'killed')}, {map_option(column, 'injured')} or another count"
    return (
        f"Column {column!r} holds numbers ({' | '.join(sample.examples)}): how many were what? Say which: {options}, "
        f"or {map_option(column, KEEP)} (not imported)."
    )


def whose_count(column: str, count: CountName, held: Collection[str]) -> str:
    """Ask of whom, or by whose word, a column of counts is: `deaths_police`, `deaths_media`.

    Args:
        column: The column.
        count: What its name says, with the words that it leaves open.
        held: The fields that other columns hold.
    """
    plain = count.measure if count.bound == "best" else f"{count.measure}_{count.bound}"
    words = count.open.split()
    while len(words) > 1 and words[0] in _VOICED:
        words = words[1:]
    voice = " ".join(words)
    readings = {}
    if count.group:
        readings[f"{plain}/{count.group}"] = f"those of {count.group} who were"
    if any(letter.isalpha() for letter in voice):
        readings[f"{plain} @{voice}"] = f"all who were, as {voice} says"
    if not count.group and plain not in held:
        readings[plain] = "all who were"
    readings[KEEP] = "not imported"
    options = "; ".join(f"{map_option(column, field)} ({meaning})" for field, meaning in readings.items())
    return (
        f"Column {column!r} counts {count.measure}, but what {count.open!r} means is not clear: who is counted, or who "
        f"says so? Say which: {options}; or another field."
    )
