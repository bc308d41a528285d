"""Questions: what a table leaves open, each with the options that answer it, ready to be pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.mapping import KEEP
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Collection

    from willay.data.headers import CountName
    from willay.events.exchange.incoming.table.sampling import Sample

_SHOWN: Final = 40
_VOICED: Final = frozenset({"segun", "por", "by", "per", "la", "el", "los", "las", "the", "according", "to"})
"""Words before the name of a voice."""


def unreadable(column: str, name: str, sample: Sample) -> str:
    """Ask what a column holds whose name is known and whose cells mostly cannot be that.

    Args:
        column: The column.
        name: The field that its name means.
        sample: Some of its cells.
    """
    cell, reason = sample.first_misfit(name)
    fitting = round(sample.share(name) * len(sample.cells))
    return tr(
        "Column {column!r} is named like {name}, but only {fitting} of {n_cells} cells can be "
        "read as {name} ({cell!r}: {reason}). Specify: {use} (rows whose cell cannot be "
        "read are rejected), or {unchanged} (not imported).",
        column=column,
        name=name,
        fitting=fitting,
        n_cells=len(sample.cells),
        cell=cell[:_SHOWN],
        reason=reason,
        use=map_option(column, name),
        unchanged=map_option(column, KEEP),
    )


def same_name(first: str, second: str, name: str, samples: tuple[Sample, Sample]) -> str:
    """Ask which of two columns of one name holds a field.

    Args:
        first: The column that comes first.
        second: The other, under the name that it has here.
        name: The field.
        samples: Some cells of each.
    """
    one, other = (" | ".join(sample.examples) for sample in samples)
    return tr(
        "Two columns have one name: {first!r} ({one}) and {second!r} ({other}), and their cells differ. Specify what "
        "the second holds: {unchanged} (not imported), or use it instead of the first: {instead}; or another field.",
        first=first,
        one=one,
        second=second,
        other=other,
        unchanged=map_option(second, KEEP),
        instead=f"{map_option(first, KEEP)} {map_option(second, name)}",
    )


def which_of(column: str, name: str, sample: Sample) -> str:
    """Ask of one of several columns that are named like a field whether it holds it."""
    return tr(
        "Column {column!r} ({examples}) is one of several that are named like {name}. Specify which one it is: {use}, "
        "or {unchanged} (not imported).",
        column=column,
        examples=" | ".join(sample.examples),
        name=name,
        use=map_option(column, name),
        unchanged=map_option(column, KEEP),
    )


def who_or_how_many(column: str, sample: Sample) -> str:
    """Ask what a column is that is called as those who were harmed are, and holds numbers."""
    return tr(
        "Column {column!r} holds numbers ({examples}), but what they count is unknown. Specify: "
        "{killed}, {injured} or another count, or {unchanged} (not imported).",
        column=column,
        examples=" | ".join(sample.examples),
        killed=map_option(column, "killed"),
        injured=map_option(column, "injured"),
        unchanged=map_option(column, KEEP),
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
        readings[f"{plain}/{count.group}"] = tr("people of the group {group}", group=count.group)
    if any(letter.isalpha() for letter in voice):
        readings[f"{plain} @{voice}"] = tr("all people, as stated by {voice}", voice=voice)
    if not count.group and plain not in held:
        readings[plain] = tr("all people")
    readings[KEEP] = tr("not imported")
    options = joined(
        "; ", (joined("", (map_option(column, field), " (", meaning, ")")) for field, meaning in readings.items())
    )
    return tr(
        "Column {column!r} counts {measure}, but it is not clear whether {open!r} is the group "
        "counted or the source of the count. Specify: {options}; or another field.",
        column=column,
        measure=count.measure,
        open=count.open,
        options=options,
    )
