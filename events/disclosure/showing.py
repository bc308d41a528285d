"""Documents in full and coarsely, as their fields are declared: what no declaration allows is not there.

The documents given are never changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from willay.events.disclosure.coarsening import PUBLIC, Around

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.events.disclosure.declarations import Field, Fields
    from willay.events.model.canonical import Document

NOTHING: Final = Around()
"""Where nothing is withheld."""

_NAMED: Final = {"source": "sources", "actor": "actors", "case": "cases", "incident": "incidents"}
"""Where `Around` says what the keys that a field holds become."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
"""A tag by which a text by language is known; nobody writes a name there."""


def exact(document: Document, fields: Fields, around: Around = NOTHING) -> dict[str, Any]:
    """Return a document in full: its fields that may be shown, and withheld keys as what they are called instead.

    A document within it that refers to something withheld is coarse.
    """
    made = {}
    for name, value in document.items():
        field = fields.get(name)
        if field is None or not (field.is_exact or around.is_whole):
            continue
        if (shown := _exact_value(value, field, around)) not in (None, []):
            made[name] = shown
    return made


def _exact_value(value: Any, field: Field, around: Around) -> Any:  # noqa: ANN401 — JSON
    if field.parts is not None:
        parts = field.parts
        if isinstance(value, list):
            return [_part(part, parts, around) for part in value]
        return exact(value, parts, around)
    if field.holds == "level" and value == PUBLIC and not around.is_whole:
        return None  # as what has no level
    if field.holds not in _NAMED:
        return value
    return _named(value, getattr(around, _NAMED[field.holds]))


def _named(value: Any, names: Mapping[str, str | None]) -> Any:  # noqa: ANN401 — a key, or a list of keys
    if not names:
        return value
    if isinstance(value, list):
        return list(dict.fromkeys(shown for key in value if (shown := names.get(key, key)) is not None))
    return names.get(value, value)


def _part(part: Document, fields: Fields, around: Around) -> dict[str, Any]:
    return coarse(part, fields, around) if refers_to_withheld(part, fields, around) else exact(part, fields, around)


def refers_to_withheld(document: Document, fields: Fields, around: Around) -> bool:
    """Return whether a document itself, not one within it, refers to anything by a key that is not to be shown."""
    return any(
        key in names
        for name, field in fields.items()
        if field.holds in _NAMED and (names := getattr(around, _NAMED[field.holds])) and name in document
        for key in _listed(document[name])
    )


def coarse(document: Document, fields: Fields, around: Around) -> dict[str, Any]:
    """Return a document coarsely: the fields that are always shown, and what is made of those that are coarsened.

    Args:
        document: In full; the documents of places have their `coarsening.AREA`.
        fields: Its fields.
        around: What each source, actor and case that it refers to is called instead.
    """
    values = ((name, _coarse_value(document, name, field, around)) for name, field in fields.items())
    return {name: value for name, value in values if value not in (None, [], {})}


def _coarse_value(document: Document, name: str, field: Field, around: Around) -> Any:  # noqa: ANN401 — JSON
    if field.treatment == "always":
        return document.get(name)
    if field.treatment != "coarsened":
        return None
    if field.coarsen is not None:
        return field.coarsen(document, around)
    if field.parts is None or name not in document:
        return None
    if not isinstance(document[name], list):
        return coarse(document[name], field.parts, around)
    parts = [coarse(part, field.parts, around) for part in document[name]]
    return [part for place, part in enumerate(parts) if part not in parts[:place]] if field.once else parts


def texts(document: Document, fields: Fields) -> Iterator[str]:
    """Yield every text of a document that people wrote and that may be shown, those of documents within it too."""
    for name, field in fields.items():
        if not field.is_exact or name not in document:
            continue
        if field.parts is not None:
            for part in _listed(document[name]):
                yield from texts(part, field.parts)
        elif field.is_searched:
            yield from texts_of(document[name])


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 — a key or document, or a list of such
    return value if isinstance(value, list) else [value]


def texts_of(value: Any) -> Iterator[str]:  # noqa: ANN401 — JSON
    """Yield every text of a JSON value, without the tags of languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if not _LANGUAGE.fullmatch(name):
                yield name
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def references(document: Document, fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield the kind (`source`, `actor`, `case`) and key of all that a document refers to, also within it."""
    for name, field in fields.items():
        if name not in document:
            continue
        if field.parts is not None:
            for part in _listed(document[name]):
                yield from references(part, field.parts)
        elif field.holds in ("source", "actor", "case"):
            yield from ((field.holds, str(key)) for key in _listed(document[name]))
