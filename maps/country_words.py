"""Words of a page or picture that depend on its countries: what their units are called, and how numbers are written.

The page's scripts know no country: what they need is in the header, as messages and labels that have these words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from willay.data.countries import country
from willay.data.country_packs.facts import packs_in
from willay.data.region_titles import country_of_set
from willay.data.unit_words import any_level, heading, known, locale, precision_labels, unit_word
from willay.maps.messages import LANGUAGES, labels, messages
from willay.maps.world import home_countries, named_countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from willay.data.countries import Country

PRECISIONS: Final = "place_precision"
UNITS: Final = "units"
"""The list of labels that has, by country, its words for place precisions; on pages of several countries."""

_MONTHS: Final = ("month_names", "picture_months")
_SPELT: Final[Mapping[str, Mapping[str, str]]] = {
    "es-419": {
        "setiembre": "septiembre", "set.": "sept",
        **{f"{word}.": word for word in ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "oct", "nov", "dic")},
    },
}  # fmt: skip
"""What the messages write as the Spanish of Peru does, and how others write it, as browsers do (CLDR)."""


def worded_countries(frame: gpd.GeoDataFrame, sets: Iterable[str] = (), *, every: bool = False) -> tuple[Country, ...]:
    """Return the countries whose words a page of incidents has: those it is of, else those of its region sets.

    Args:
        frame: The incidents; what country packs say of them is in its attributes.
        sets: Names of region sets, such as `mm-adm1`.
        every: Also those of single incidents abroad, for what is said of one incident.
    """
    codes = (named_countries if every else home_countries)(frame) or {
        code for name in sets if (code := country_of_set(name))
    }
    packs = packs_in(frame.attrs)
    return tuple(country(code, packs) for code in sorted(codes))


@cache
def worded(lang: str, countries: tuple[str | Country, ...]) -> Mapping[str, Any]:
    """Return the messages of a page in a language, with the words of countries for their units."""
    return with_words(_localized(messages(lang), lang, countries), lang, countries)


def with_words(found: Mapping[str, Any], lang: str, countries: tuple[str | Country, ...]) -> dict[str, Any]:
    """Return messages with the words of countries in place of `{unit}`, `{unit_heading}` and `{any_unit}`."""
    unit = unit_word(countries, lang)
    any_unit = any_level(countries[0] if len(countries) == 1 else "", lang)
    words = {"{unit}": unit, "{unit_heading}": heading(unit), "{any_unit}": any_unit}
    return {key: _filled(text, words) for key, text in found.items()}


def _localized(found: Mapping[str, Any], lang: str, countries: tuple[str | Country, ...]) -> dict[str, Any]:
    """Return messages with the names of months as the countries write them."""
    told = dict(found)
    for key in _MONTHS:
        words = [_SPELT.get(locale(countries, lang), {}).get(word, word) for word in str(told[key]).split()]
        told[key] = " ".join(words)
    return told


def _filled(text: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 — a text, or texts by number
    if isinstance(text, dict):
        return {form: _filled(each, words) for form, each in text.items()}
    for hole, word in words.items():
        text = text.replace(hole, word)
    return text


@cache
def worded_labels(
    lang: str, countries: tuple[str | Country, ...], others: tuple[str | Country, ...] = ()
) -> Mapping[str, Any]:
    """Return the labels of codes in a language, place precisions in the words of the countries.

    Of one country, its words are the labels; of several, they are under `units`, by country and code. So are those of
    others, of which a few places are.
    """
    found: dict[str, Any] = labels(lang)
    if len(countries) == 1:
        found = found | {PRECISIONS: found[PRECISIONS] | precision_labels(countries[0], lang)}
    several = (*(countries if len(countries) > 1 else ()), *others)
    own = {known(one).code: precision_labels(one, lang) for one in several}
    return found | {UNITS: own} if own else found


def locales(countries: tuple[str | Country, ...]) -> dict[str, str]:
    """Return by language how numbers and days are written, as codes of BCP 47."""
    return {lang: locale(countries, lang) for lang in LANGUAGES}
