"""Values as JSON bytes, fast; the rare ones that the fast way refuses, the slow way."""

from __future__ import annotations

import json
from typing import Any

import orjson


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 — JSON of any shape
    """Return a value as JSON on one line, UTF-8, members in their order.

    A lone surrogate, which UTF-8 cannot hold, becomes its backslash escape, as does every letter next to it that is not
    ASCII; NaN becomes null.
    """
    try:
        return orjson.dumps(value)
    except TypeError:  # a lone surrogate, or a number beyond 64 bits
        return json.dumps(_plain(value), separators=(",", ":"), allow_nan=False).encode()


def _plain(value: Any) -> Any:  # noqa: ANN401 — as above
    if isinstance(value, orjson.Fragment):
        return json.loads(orjson.dumps(value))
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and value - value != 0 else value
