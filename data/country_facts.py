"""What willay includes for each country, as facts for lists: units, words, places, limits, notes, people, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.admin import folded
from willay.data.countries import countries, country, country_name
from willay.data.gazetteer import Gazetteer
from willay.data.unit_words import heading
from willay.data.units import unit_list
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator


def listed_countries(text: str, lang: str) -> tuple[str, ...]:
    """Return the codes of the countries whose code, or name in any language of ours, contains a text; by name.

    Args:
        text: Letters, without regard to accents and case; empty for all countries.
        lang: Language by whose names they are sorted.
    """
    asked = folded(text)
    found = [code for code in countries() if asked == folded(code) or any(asked in name for name in _names(code))]
    return tuple(sorted(found, key=lambda code: folded(country_name(code, lang))))


def _names(code: str) -> Iterator[str]:
    return (folded(country_name(code, lang)) for lang in ("en", "es"))


def country_row(code: str, lang: str) -> dict[str, Any]:
    """Return a country as a row of a list; None of what is not known."""
    level = country(code).levels[0]
    return {
        "code": code,
        "name": country_name(code, lang),
        "units": _units(code),
        "word": level.word(lang, plural=True),
        "places": len(Gazetteer.of_country(code)) or None,
        "limits": None,
        "outdated": [],
    }


def _units(code: str) -> int | None:
    return len(unit_list(code)) or None


def country_document(code: str, lang: str) -> dict[str, Any]:
    """Return all that is known of a country, texts in a language."""
    known = country(code)
    row = country_row(code, lang)
    return {
        "code": code,
        "name": row["name"],
        "levels": [
            {
                "number": level.number,
                "precision": level.precision,
                "word": level.word(lang),
                "plural": level.word(lang, plural=True),
                "units": row["units"] if level.number == 1 else None,
            }
            for level in known.levels
        ],
        "places": row["places"],
        "limits": row["limits"],
        "notes": row["outdated"],
        "disputes": [],
        "populations": [],
        "sets": [],
        "terms": [],
    }


def in_words(document: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a country's document as a person reads them."""
    yield f"{document['name']} [{document['code']}]"
    for level in document["levels"]:
        count = f": {level['units']:,}" if level["units"] else ""
        yield "  " + tr("Level {number}: {words}", number=level["number"], words=heading(level["plural"]) + count)
