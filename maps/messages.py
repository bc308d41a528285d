"""The words of the page: one JSON file for each language, and the codebook's labels."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.data.profiles import NAMES as PROFILES
from willay.data.registry import spanish_credits
from willay.events.frame.columns import CODE_LISTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS: Final = (
    "types", "subtypes", "date_precision", "place_precision", "measures", "groups", "source_kinds",
    "reliability", "actor_kinds", "roles", "statuses", "confidence", "case_types", "case_states", "case_phases",
)  # fmt: skip
LANGUAGES: Final = ("en", "es")
"""The languages of pages, pictures and documents."""

BETWEEN: Final = " · "
"""Stands between the parts of a credit."""

PUBLIC_DOMAIN: Final = "LicenseRef-public-domain"
"""The licence that only says something in words."""

_PROFILE: Final = re.compile(r"(?P<name>\w+) \(version (?P<version>\d+)\)")

LISTS: Final = tuple(dict.fromkeys((*_LISTS, *CODE_LISTS)))
"""The lists of the codebook whose labels a page shows."""


@cache
def messages(lang: str) -> Mapping[str, Any]:
    """Return the words of the page in a language, by key; those with `one` and `other` go by number."""
    text = (files("willay.maps") / "messages" / f"{lang}.json").read_text("utf-8")
    words: dict[str, Any] = json.loads(text)
    return words


def profile_words(stated: str) -> dict[str, str]:
    """Return the name and version of a shipped disclosure profile by language; empty where it is another's own.

    Args:
        stated: The profile as outputs state it: "public (version 2)".
    """
    found = _PROFILE.fullmatch(stated)
    if not found or found["name"] not in PROFILES:
        return {}
    return {
        lang: f"{messages(lang)['profile_' + found['name']]} ({messages(lang)['profile_version']} {found['version']})"
        for lang in LANGUAGES
    }


def credit_words(text: str) -> dict[str, str]:
    """Return a credit by language, each of its parts in the words of the registry; empty where none has others.

    Args:
        text: Credits, licences and sources, with " · " between them.
    """
    spanish = spanish_credits()
    parts = text.split(BETWEEN)
    if not any(part in spanish or part == PUBLIC_DOMAIN for part in parts):
        return {}
    public = {lang: str(messages(lang)["public_domain"]) for lang in LANGUAGES}
    said = {"en": dict.fromkeys([PUBLIC_DOMAIN], public["en"]), "es": {**spanish, PUBLIC_DOMAIN: public["es"]}}
    return {lang: BETWEEN.join(known.get(part, part) for part in parts) for lang, known in said.items()}


def labels(lang: str) -> dict[str, dict[str, str]]:
    """Return the codebook's labels in a language, by list and code."""
    return {name: {term.code: term.label(lang) for term in getattr(codebook(), name)} for name in LISTS}
