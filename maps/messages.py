"""The words of the page: one JSON file for each language, and the codebook's labels."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.frame.columns import CODE_LISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS: Final = (
    "types", "subtypes", "date_precision", "place_precision", "measures", "groups", "source_kinds",
    "reliability", "actor_kinds", "roles", "statuses", "confidence", "case_types", "case_states", "case_phases",
)  # fmt: skip
LISTS: Final = tuple(dict.fromkeys((*_LISTS, *CODE_LISTS)))
"""The lists of the codebook whose labels a page shows."""


@cache
def messages(lang: str) -> Mapping[str, Any]:
    """Return the words of the page in a language, by key; those with `one` and `other` go by number."""
    text = (files("willay.maps") / "messages" / f"{lang}.json").read_text("utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def labels(lang: str) -> dict[str, dict[str, str]]:
    """Return the codebook's labels in a language, by list and code."""
    return {name: {term.code: term.label(lang) for term in getattr(codebook(), name)} for name in LISTS}
