"""Values as JSON: what JSON lacks becomes text or null, the same way every time."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from willay.geo.translation import tr

_AS_THEY_ARE: Final = frozenset({str, int, bool, type(None)})
_PANDAS_MISSING: Final = frozenset({"NAType", "NaTType"})  # by name: pandas need not be there


def json_text(value: object) -> str:
    """A value as JSON on one line, members in the order given.

    Raises:
        TypeError: There is a value in it that `json_value` does not know.
    """
    try:
        return _ENCODER.encode(value)
    except ValueError:  # NaN or infinity somewhere in it
        return _ENCODER.encode(json_value(value))


def json_value(value: object) -> object:
    """The value in JSON's own types.

    NaN, infinities and pandas' missing values become null, dates and times ISO 8601 text, enum members their
    values, UUIDs text, numpy scalars numbers, tuples and sets lists (sets sorted by their JSON).

    Raises:
        TypeError: The value is of a type that has no agreed form in JSON.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind.__name__ in _PANDAS_MISSING or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, float):
        return float(value)
    if isinstance(value, enum.Enum):
        return json_value(value.value)
    return _special_value(value)


def _special_value(value: object) -> object:
    if isinstance(value, (str, int)):  # their subclasses
        return value
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if hasattr(value, "tolist"):  # numpy scalars and arrays
        return json_value(value.tolist())
    return _compound_value(value)


def _compound_value(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((json_value(item) for item in value), key=json_text)
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        return [json_value(item) for item in value]
    raise TypeError(
        tr("A {name} has no standard form in JSON. Convert it to text or numbers first.", name=type(value).__name__)
    )


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=json_value)
