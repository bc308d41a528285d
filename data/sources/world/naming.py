"""What each unit is called: for display in English and Spanish, and by which other names it is found."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from willay.data.unitnames import bare, plain

from .codes import FITS, SAME, likeness, unit_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .shapes import Unit

LANGUAGES = ("en", "es", "fr", "pt", "ru", "ar")
"""Languages of Natural Earth's names that every unit is found by, besides those of its country."""

NOT_ENGLISH = frozenset(("oblysy",))
"""Words of names in CLDR's English list that are not English."""

NATURAL_EARTH_LANGUAGES = frozenset(
    [
        "ar",
        "bn",
        "de",
        "el",
        "en",
        "es",
        "fa",
        "fr",
        "he",
        "hi",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
        "sv",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
    ]
)


def names(
    unit: Unit, languages: Sequence[str], cldr: Mapping[str, str], correction: Mapping[str, Any]
) -> dict[str, Any]:
    """Return name_en, name_es and aliases (a tuple, sorted) of a unit.

    Args:
        unit: With its code.
        languages: Those of its country, the first its main one.
        cldr: English names by code.
        correction: Its entry in current.toml.
    """
    own = _own_name(unit)
    english = correction.get("name_en") or _english(unit, cldr) or own
    spanish = correction.get("name_es") or _spanish(unit, languages) or english
    texts = [unit.facts.get(f"name_{lang}") for lang in (*LANGUAGES, *languages) if lang in NATURAL_EARTH_LANGUAGES]
    texts += [own, cldr.get(unit.code), *(unit.facts.get("name_alt") or "").split("|"), *correction.get("aliases", ())]
    texts += [text for text in (unit.facts.get("gn_name"), unit.facts.get("woe_name")) if text and _fits(text, unit)]
    if "zh" in languages:
        texts.append(unit.facts.get("name_zht"))
    others = {plain(text): _clean(text) for text in texts if text and text.strip() and "?" not in text}
    for shown in (english, spanish):
        others.pop(plain(shown), None)
    return {"name_en": english, "name_es": spanish, "aliases": tuple(sorted(others.values()))}


def _own_name(unit: Unit) -> str:
    return _clean(unit.named)


def _english(unit: Unit, cldr: Mapping[str, str]) -> str | None:
    """Return CLDR's name, where it is one of this unit's, else Natural Earth's English one."""
    listed = cldr.get(unit.code)
    if listed and likeness([plain(listed)], unit_names(unit)) >= SAME and not set(plain(listed).split()) & NOT_ENGLISH:
        return listed.rstrip("¹²³")  # it has notes on codes that were used anew
    return _whole(unit.facts.get("name_en"))


def _spanish(unit: Unit, languages: Sequence[str]) -> str | None:
    """Return the Spanish name; in a country of Spanish speakers the own one."""
    if languages and languages[0] == "es" and not unit.facts["iso_3166_2"].startswith("ES-"):
        return _own_name(unit)
    return _whole(unit.facts.get("name_es"))


def _whole(name: str | None) -> str | None:
    """Return a name unless it is a rest of a longer one, such as "of Bougainville" or "las Naciones"."""
    return _clean(name) if name and not name[0].islower() else None


def _fits(text: str, unit: Unit) -> bool:
    return likeness([plain(text)], unit_names(unit)) >= FITS and bool(bare(plain(text)))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.replace("`", "\u02bb").split()))
