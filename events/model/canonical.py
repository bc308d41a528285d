"""Canonical JSON: the one text of a value, which digests and seals are of and cells of the tables hold.

Sorted keys, no spaces, letters as they are: what Python's `json.dumps` writes so, to the byte. orjson writes it some
ten times faster; where the two could differ (a number with an exponent or below 0.0001, an integer beyond 64 bits, a
lone surrogate, a key that is not a text) the slow one writes. NaN and infinities, which JSON cannot say, become null.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Document: TypeAlias = "Mapping[str, Any]"  # Any: JSON
"""A JSON object that is read and not changed, such as the state of an incident."""

# Where orjson and Python could write a number otherwise: with an exponent, or so small that Python gives it one, as
# 0.00001 is 1e-05. What all such texts hold is looked for first, each in the way that is found fastest.
_EXPONENT: Final = re.compile(rb"e(?<=[0-9]e)[-1-9]")
_SMALL: Final = b"0.0000"

# Such a number itself. A text may look so as well, which costs a second writing and no more.
_DOUBTFUL: Final = re.compile(rb"[:\[,]-?(?:[0-9][0-9.]*e|0\.0000)")


def value_of(text: str) -> Any:  # noqa: ANN401 — JSON
    """Return what a JSON text says.

    Raises:
        ValueError: It is not JSON.
    """
    return orjson.loads(text)


def canonical(value: Any) -> str:  # noqa: ANN401 — JSON
    """Write a value as canonical JSON.

    Raises:
        TypeError: It is not JSON.
    """
    return _written(value, orjson.OPT_SORT_KEYS, sort_keys=True)


def in_order(value: Any) -> str:  # noqa: ANN401 — JSON
    """Write a value as `canonical` does, its keys in their own order.

    Raises:
        TypeError: It is not JSON.
    """
    return _written(value, 0, sort_keys=False)


def plain_in_order(value: Sequence[str | int | None]) -> str:
    """Write texts and whole numbers as `in_order` does; without fractions nothing can be in doubt.

    Raises:
        TypeError: It is not JSON.
    """
    try:
        return orjson.dumps(value, option=_PLAIN).decode()
    except TypeError:
        return in_order(value)


def _written(value: Any, option: int, *, sort_keys: bool) -> str:  # noqa: ANN401 — JSON
    try:
        text = orjson.dumps(value, option=option | _PLAIN)
    except TypeError:
        text = None
    if text is not None and isinstance(value, str):  # no number, and so no doubt
        return text.decode()
    if text is None or isinstance(value, float) or _is_doubtful(text):
        return json.dumps(value, sort_keys=sort_keys, separators=(",", ":"), ensure_ascii=False)
    return text.decode()


def _is_doubtful(text: bytes) -> bool:
    return bool(_EXPONENT.search(text) or _SMALL in text) and _DOUBTFUL.search(text) is not None


_PLAIN: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
"""What is not JSON is refused, as Python refuses it."""
