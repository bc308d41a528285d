"""Canonical JSON: the one text of a value, which digests and seals are of and cells of the tables hold.

Sorted keys, no spaces, letters as they are: what Python's `json.dumps` writes so, to the byte. orjson writes it some
ten times faster; where the two could differ (a number with an exponent or below 0.0001, an integer beyond 64 bits, a
lone surrogate, a key that is no text) the slow one writes. NaN and infinities, which JSON cannot say, become null.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import orjson

_SIGN: Final = re.compile(rb"e[-1-9]|0\.0000")
"""What every such number holds; looked for first, since most texts hold nothing like it."""

# A number with an exponent, or one so small that Python gives it one (0.00001 is 1e-05). A text may look so as well,
# which costs a second writing and no more.
_DOUBTFUL: Final = re.compile(rb"[:\[,]-?(?:[0-9][0-9.]*e|0\.0000)")


def canonical(value: Any) -> str:  # noqa: ANN401 — JSON
    """Write a value as canonical JSON.

    Raises:
        TypeError: It is no JSON.
    """
    return _written(value, orjson.OPT_SORT_KEYS, sort_keys=True)


def in_order(value: Any) -> str:  # noqa: ANN401 — JSON
    """Write a value as `canonical` does, its keys in their own order.

    Raises:
        TypeError: It is no JSON.
    """
    return _written(value, 0, sort_keys=False)


def _written(value: Any, option: int, *, sort_keys: bool) -> str:  # noqa: ANN401 — JSON
    try:
        text = orjson.dumps(value, option=option | _PLAIN)
    except TypeError:
        text = None
    if text is None or isinstance(value, float) or (_SIGN.search(text) and _DOUBTFUL.search(text)):
        return json.dumps(value, sort_keys=sort_keys, separators=(",", ":"), ensure_ascii=False)
    return text.decode()


_PLAIN: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
"""What is no JSON is refused, as Python refuses it."""
