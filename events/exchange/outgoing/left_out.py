"""The fields of a record that do not come back from a file: every field of every model, unless its format keeps it.

A lossless file keeps all of them. What a flat file keeps follows from its columns and from the names that an import
knows; what the layout of another dataset keeps is listed here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers
from willay.events.exchange.outgoing.hxl import HASHTAGS
from willay.events.exchange.outgoing.tables import INCIDENTS
from willay.events.frame.columns import COLUMNS
from willay.events.model.drafts import (
    ActorDraft,
    CaseDraft,
    ClaimDraft,
    IncidentDraft,
    PartyDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)
from willay.events.model.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from willay.events.model.drafts import Draft

PARTS: Final[Mapping[str, type[Draft]]] = {
    "": IncidentDraft,
    "places": PlaceDraft,
    "claims": ClaimDraft,
    "parties": PartyDraft,
    "sources": SourceDraft,
    "actors": ActorDraft,
    "cases": CaseDraft,
    "cases.phases": PhaseDraft,
}
"""The models of an incident and of what it refers to, by their name in a path."""

_INNER: Final = frozenset({"places", "claims", "parties", "phases"})
"""Fields that hold documents, whose own fields are named instead."""

_MADE: Final[Mapping[str, tuple[str, ...]]] = {
    "lon": ("places.lon",),
    "lat": ("places.lat",),
    "country": ("country", "places.country"),
    "actors": ("actors.name",),
    "actor1": ("actors.name",),
    "sources": ("sources.publisher",),
    **dict.fromkeys(("adm1", "adm2", "adm3"), ()),  # names, of which the code is not always found again
}
"""What columns hold that are made of several fields."""

_IGNORED: Final = "ignore"
"""The field of our own columns that an import leaves out."""

_CHANGED: Final = frozenset({"status", "cases"})
"""Columns that come back as something else: a draft, to be reviewed; a case that is called by the other's key."""

_SHAPED: Final[Mapping[str, Collection[str]]] = {
    "acled": (
        "summary", "type", "days", "date_precision", "country", "places.name", "places.country", "claims.measure",
        "claims.group", "claims.low", "actors.name", "actors.kind", "sources.publisher", "tags", "status", "dataset",
        "sensitivity",
    ),
    "ucdp": (
        "type", "days", "date_precision", "country", "places.name", "places.country", "places.lon", "places.lat",
        "places.note", "claims.measure", "claims.low", "claims.best", "claims.high", "actors.name", "actors.kind",
        "sources.publisher", "sources.title", "sources.published_on", "status", "dataset", "sensitivity",
    ),
}  # fmt: skip
"""What the layouts of other datasets keep; their tables of losses say more of each incident."""


@cache
def left_out(form: str) -> tuple[str, ...]:
    """Return the paths of the fields that do not come back from a flat file, such as `claims.note`, in their order.

    Args:
        form: The format.
    """
    kept = {*_SHAPED[form]} if form in _SHAPED else {*_kept_by(HASHTAGS if form == "hxl" else INCIDENTS)}
    return tuple(path for path in paths() if path not in kept)


def in_few_words(fields: Collection[str]) -> str:
    """Return paths of fields as one text: a part of which all are missing by its name, with a star."""
    told = []
    for part, model in PARTS.items():
        own = [name for name in fields_of(model) if name not in _INNER]
        missing = [name for name in own if _path(part, name) in fields]
        whole = part and len(missing) == len(own)
        told += [f"{part}.*"] if whole else [_path(part, name) for name in missing]
    return ", ".join(told)


def paths() -> Iterator[str]:
    """Yield the paths of all fields."""
    for part, model in PARTS.items():
        yield from (_path(part, name) for name in fields_of(model) if name not in _INNER)


def _path(part: str, name: str) -> str:
    return f"{part}.{name}" if part else name


def _kept_by(names: Collection[str]) -> Iterator[str]:
    """Yield the paths that come back from columns: those whose names an import knows."""
    of = {column.name: column.of or column.name for column in COLUMNS}
    for name in names:
        if name in _MADE:
            yield from _MADE[name]
        elif headers().terms_of(name):
            yield of.get(name, name)
        elif (found := headers().field_of(name)) and found[0] != _IGNORED and name not in _CHANGED:
            yield of.get(name, name)
            yield from ("claims.measure",) if of.get(name, "").startswith("claims.") else ()
