"""Redaction: taking a text out of a document, so that the rest of the document can still be proved.

A masked document has the SHA-256 of each text in the place of the text. Its digest is recorded with every state. When
a text is taken out later, its own digest is enough to calculate the same masked document again: any other change shows.
Everything here works on plain JSON, and changes nothing in place.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.events.model.canonical import canonical
from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import MODELS
from willay.events.model.errors import NotFoundError, RefusedError
from willay.events.model.fields import fields_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

Steps: TypeAlias = "tuple[str | int, ...]"
"""The path to a value: names of members and positions in lists."""

REDACTED_URL: Final = "https://redacted.invalid"
"""The same for a web address, which must have the form of one; `.invalid` is reserved (RFC 2606)."""

TEXTS: Final = frozenset(name for model in MODELS for name, field in fields_of(model).items() if field.holds_text)
"""The fields that hold text written by people, and the SHA-256 of attachments, by which somebody who has the file can
recognise it. Others hold codes, keys, days and numbers; no text can replace them."""

_URLS: Final = ("url", "archive_url")
_SHORT: Final = 64
_NESTED: Final = (dict, list, tuple)


def text_digest(text: str) -> str:
    """Return the SHA-256 (hexadecimal) of a text in UTF-8."""
    return _short_digest(text) if len(text) <= _SHORT else new_text_digest(text)


def new_text_digest(text: str) -> str:
    """Return the same of a text that does not come again, such as an id: it is not remembered."""
    return hashlib.sha256(text.encode()).hexdigest()


_short_digest = lru_cache(1 << 16)(new_text_digest)
"""Codes, names and tags are often repeated."""


def masked(document: Any) -> Any:  # noqa: ANN401 — JSON in, JSON out
    """Return a document with the digest of each text in the place of the text; numbers and flags stay."""
    if isinstance(document, str):
        return text_digest(document)
    if isinstance(document, dict):  # most parts are texts: they are spared a call
        return {
            name: text_digest(part) if isinstance(part, str) else masked(part) if isinstance(part, _NESTED) else part
            for name, part in document.items()
        }
    if isinstance(document, (list, tuple)):
        return [masked(part) for part in document]
    return document


def masked_digest(document: Any, erased: Mapping[Steps, str] | None = None) -> str:  # noqa: ANN401 — JSON
    """Return the SHA-256 (hexadecimal) of the masked document.

    Args:
        document: A state.
        erased: The digests of the texts that were taken out of it, by the way to each.

    Raises:
        LookupError: The document has no such place.
    """
    covered = masked(document)
    for steps, digest in (erased or {}).items():
        covered = with_value(covered, steps, digest)
    return new_text_digest(canonical(covered))


def texts(document: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401 — JSON
    """Yield the texts of a document that can be redacted, in order, with the way to each from the root.

    Args:
        document: JSON.
        steps: The way to it, where it is a part of a larger document.
    """
    if isinstance(document, str):
        if any(step in TEXTS for step in steps):
            yield steps, document
    elif isinstance(document, dict):
        for name, part in document.items():
            yield from texts(part, (*steps, name))
    elif isinstance(document, (list, tuple)):
        for place, part in enumerate(document):
            yield from texts(part, (*steps, place))


def without_texts(document: Any, digests: Collection[str]) -> tuple[Any, dict[Steps, str]]:  # noqa: ANN401 — JSON
    """Take texts out of a document wherever they are.

    Args:
        document: JSON.
        digests: The digests of the texts.

    Returns:
        The document, with a mark in the place of each text; and the digest of each, by the way to it.
    """
    found = {steps: digest for steps, text in texts(document) if (digest := text_digest(text)) in digests}
    for steps in found:
        document = with_value(document, steps, mark_at(steps))
    return document, found


def mark_at(steps: Steps) -> str:
    """Return what is shown where the text at some place was taken out."""
    return REDACTED_URL if steps and steps[-1] in _URLS else REDACTED


def value_at(document: Any, steps: Steps) -> Any:  # noqa: ANN401 — JSON
    """Return what a document holds at some place, which only lists and objects lead to.

    Raises:
        LookupError: It has no such place.
    """
    for step in steps:
        if isinstance(document, dict) is isinstance(step, int):
            raise LookupError(field_name(steps))
        document = document[step]
    return document


def with_value(document: Any, steps: Steps, value: Any) -> Any:  # noqa: ANN401 — JSON
    """Return a document with another value at some place, which it has; None takes the value out.

    Raises:
        LookupError: It has no such place.
    """
    if not steps:
        return value
    step, *rest = steps
    part = with_value(value_at(document, (step,)), tuple(rest), value)
    if isinstance(step, int):
        made = [*document[:step], part, *document[step + 1 :]]
        return [one for one in made if one is not None]
    return {name: one for name, one in {**document, step: part}.items() if one is not None or name != step}


def find_field(document: Mapping[str, Any], field: str) -> Steps:
    """Return the way to a field of a document that a person named, such as `summary.es` or `claims[2].note`.

    Raises:
        NotFoundError: The document has no such field; the message lists those that can be redacted.
        RefusedError: The field holds no text.
    """
    steps = _parsed(document, field.strip())
    known = sorted({field_name(way) for way, _ in texts(document)})
    if not steps:
        raise NotFoundError(
            tr(
                "Unknown field {field!r}. Fields with text: {known}.",
                field=field[:80],
                known=", ".join(known),
            )
        )
    if not any(True for _ in texts(value_at(document, steps), steps)):
        raise RefusedError(
            tr(
                "{field!r} holds a code, a key, a day or a number, not text, and cannot be redacted. Change it "
                "with willay edit. Fields with text: {known}.",
                field=field[:80],
                known=", ".join(known),
            )
        )
    return steps


def _parsed(value: Any, rest: str) -> Steps | None:  # noqa: ANN401 — JSON
    """Follow a name through a value; names of members may hold dots, so the longest that fits is taken."""
    if not rest:
        return ()
    if isinstance(value, list) and rest.startswith("["):
        number, closing, after = rest[1:].partition("]")
        if not closing or not number.isdecimal() or int(number) >= len(value):
            return None
        below = _parsed(value[int(number)], after.removeprefix("."))
        return None if below is None else (int(number), *below)
    if isinstance(value, dict):
        for name in sorted(value, key=len, reverse=True):
            after = rest.removeprefix(name)
            if after != rest and (not after or after[0] in ".["):
                below = _parsed(value[name], after.removeprefix("."))
                if below is not None:
                    return (name, *below)
    return None


def field_name(steps: Iterable[str | int]) -> str:
    """Return the way to a value as a person writes it: `claims[2].note.es`."""
    name = ""
    for step in steps:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
