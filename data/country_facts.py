"""What willay includes for each country, as facts for lists: units, words, places, limits, notes, people, terms."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import COUNTRY as PERU
from willay.data.admin import folded
from willay.data.countries import countries, country, country_name
from willay.data.gazetteer import Gazetteer
from willay.data.registry import spanish_credits
from willay.data.shipped_regions import region_sets
from willay.data.units import unit_list
from willay.geo.translation import language, mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.data.country_parts import Dispute

_PARTS: Final = {"units": mark("units"), "places": mark("places"), "population": mark("populations")}
_CODE: Final = 2
_SHOWN_YEARS: Final = ("2015", "2020", "2025")
"""The years of which a person is shown how many people there were; the last is a projection."""
_PUBLIC_DOMAIN: Final = "LicenseRef-public-domain"


def listed_countries(text: str, lang: str) -> tuple[str, ...]:
    """Return the codes of the countries whose code, or name in any language of ours, contains a text; by name.

    Args:
        text: Letters, without regard to accents and case; empty for all countries.
        lang: Language by whose names they are sorted.
    """
    asked = folded(text)
    found = [code for code in countries() if asked == folded(code) or any(asked in name for name in _names(code))]
    return tuple(sorted(found, key=lambda code: (folded(country_name(code, lang)), code)))


def _names(code: str) -> Iterator[str]:
    return (folded(country_name(code, lang)) for lang in ("en", "es"))


def country_row(code: str, lang: str) -> dict[str, Any]:
    """Return a country as a row of a list; None of what is not known.

    `limits_until` is the year up to which the limits that are drawn were in force, where they are known to be outdated;
    `notes` are what a reader must know of its units.
    """
    known = country(code)
    years = [note.limits_of for note in known.notes if note.limits_of]
    return {
        "code": code,
        "name": country_name(code, lang),
        "units": len(unit_list(code)) if code == PERU else int(_index()[code]["units"]),
        "word": known.levels[0].word(lang, plural=True),
        "places": _places(code),
        "limits_until": max(years, default=None),
        "notes": [_text(note.words, lang) for note in known.notes],
        "disputes": [_text(one.names, lang) for one in known.disputes],
    }


@cache
def _index() -> Mapping[str, Mapping[str, str]]:
    text = (files("willay.data") / "world" / "index.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def _places(code: str) -> int:
    if code == PERU:
        return len(Gazetteer.of_country(code))
    return int(_index()[code]["places"])


def _text(words: Mapping[str, str], lang: str) -> str:
    return words.get(lang, words["en"])


def country_document(code: str, lang: str) -> dict[str, Any]:
    """Return all that is known of a country, texts in a language."""
    known, row = country(code), country_row(code, lang)
    return {
        "code": code,
        "name": row["name"],
        "languages": list(known.languages),
        "levels": [
            {
                "number": level.number,
                "precision": level.precision,
                "word": level.word(lang),
                "plural": level.word(lang, plural=True),
                "units": row["units"] if level.number == 1 else 0,
            }
            for level in known.levels
        ],
        "sets": [shipped.name for shipped in region_sets(code)],
        "places": row["places"],
        "populations": {str(year): people for year, people in sorted(known.populations.items())},
        "limits_until": row["limits_until"],
        "notes": [{"text": _text(note.words, lang), "source": note.source} for note in known.notes],
        "disputes": [_dispute(one, lang) for one in known.disputes],
        "terms": [
            {"part": one.part, "licence": one.licence, "attribution": one.attribution, "source": one.source}
            for one in known.terms
        ],
    }


def _dispute(one: Dispute, lang: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": _text(one.names, lang),
        "claimed_by": [_called(code, lang) for code in one.claimed_by],
        "administered_by": [_called(code, lang) for code in one.administered_by],
        "text": _text(one.words, lang),
        "source": one.source,
    }


def _called(code: str, lang: str) -> str:
    return country_name(code, lang) if len(code) == _CODE else code


def in_words(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a country's document as a person reads them."""
    yield f"{document['name']} [{document['code']}]"
    for level in document["levels"]:
        count = tr("{n:,} included", n=level["units"]) if level["units"] else tr("none included")
        yield "  " + tr("Level {number}: {words} ({count})", number=level["number"], words=level["plural"], count=count)
    yield "  " + tr("Region sets: {names}", names=", ".join(document["sets"]))
    yield "  " + tr_n("{n:,} place in the gazetteer", "{n:,} places in the gazetteer", document["places"])
    known = document["populations"]
    if people := [f"{known[year]:,} ({year})" for year in _SHOWN_YEARS if year in known]:
        yield "  " + tr("People: {years}, from 2025 on projected", years=", ".join(people))
    if document["limits_until"]:
        yield "  " + tr("The limits are those until {year}.", year=document["limits_until"])
    yield from _noted(document)
    spanish = spanish_credits() if language() == "es" else {}
    for term in document["terms"]:
        licence = term["licence"].replace(_PUBLIC_DOMAIN, tr("public domain")).replace(" AND ", ", ")
        credit = " · ".join(text for text in (spanish.get(term["attribution"], term["attribution"]), licence) if text)
        yield "  " + tr("Licence of {part}: {credit}", part=tr(_PARTS[term["part"]]), credit=credit)


def _noted(document: Mapping[str, Any]) -> Iterator[str]:
    for note in document["notes"]:
        yield "  " + tr("Note: {note}", note=note["text"]) + _source(note)
    for one in document["disputes"]:
        claimed = tr("claimed by {names}", names=", ".join(one["claimed_by"]))
        names = ", ".join(one["administered_by"])
        held = tr("administered by {names}", names=names) if names else ""
        about = "; ".join(text for text in (claimed, held) if text)
        told = tr("In dispute: {name} ({about}). {text}", name=one["name"], about=about, text=one["text"])
        yield f"  {told}{_source(one)}"


def _source(one: Mapping[str, Any]) -> str:
    return f" [{one['source']}]" if one["source"] else ""
