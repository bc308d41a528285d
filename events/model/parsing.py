"""Documents as people write them: YAML or JSON, made into plain lists, groups and values."""

from __future__ import annotations

import json
from typing import Any, Final

from willay.events.model.errors import DraftError, Fault
from willay.geo.errors import InputFileError
from willay.geo.inputs import shallow

_JSON_BEGINS: Final = ("{", "[")


def parsed(text: str, name: str) -> Any:  # noqa: ANN401 — plain values of any shape
    """Read a document.

    Args:
        text: YAML or JSON. What begins as JSON does and is none is read as YAML, which can look so too.
        name: Where it is from, for messages.

    Raises:
        DraftError: It is neither, or is nested too deeply; the message states in which line.
    """
    try:
        with shallow("This document"):
            return _json(text, name) if text.lstrip("\ufeff \t\r\n").startswith(_JSON_BEGINS) else _yaml(text)
    except InputFileError as error:
        raise DraftError((Fault(name, str(error)),)) from None
    except ValueError as error:
        raise DraftError((Fault(name, f"Cannot read this as YAML or JSON: {error}"),)) from None


def _json(text: str, name: str) -> Any:  # noqa: ANN401 — as above
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        if name.lower().endswith(".json"):
            raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg.lower()}.") from None
        return _yaml(text)


def _yaml(text: str) -> Any:  # noqa: ANN401 — as above
    """Read YAML.

    Raises:
        ValueError: It is not one; a date that the calendar lacks, as YAML's own reader says it, or in words.
    """
    import yaml  # noqa: PLC0415 — only a file or an edit pays for it

    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(f"{where}{error.problem or error.context}.") from None
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).replace('"<unicode string>"', "the text").split())) from None
