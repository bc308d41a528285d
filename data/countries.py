"""Countries: their codes, the words for their units, and what is shipped for each: region sets, incidents, places.

Nothing outside `data/` knows a country's name.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from willay.data.admin import folded
from willay.data.errors import UnknownTermError
from willay.data.incidents import FOLDERS, selection
from willay.data.nesting import Nesting
from willay.data.registry import dataset, datasets
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

COUNTRIES: Final = ("PE",)
"""The countries with shipped regions, ISO 3166-1 alpha-2."""

_BESIDE_ISO: Final = {"XK": ("Kosovo",)}
"""Common codes that are not in ISO 3166-1, with their names."""

UNKNOWN: Final = "ZZ"
"""The code of an unknown country, from Unicode's list of regions."""

_NEAR_ENOUGH: Final = 75
_CODE: Final = 3
"""The most letters of a code of ISO 3166-1, which is like many others."""

_HOW_TO_WRITE: Final = mark(
    "Write the two letters of ISO 3166-1, such as PE, or the country's name in English or Spanish."
)


@cache
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country by its code of two or three letters, or its name.

    Names are those of ISO 3166-1 in English and Spanish, without regard to accents and case; none is guessed. `ZZ`
    is taken too: rows of datasets have it where their country is not known.

    Raises:
        UnknownTermError: Unknown country; the message names the nearest.
    """
    if text in (*COUNTRIES, UNKNOWN):  # without reading the list of all of them
        return text
    called = _called()
    found = called.get(folded(text))
    if found is None:
        names = [name for name in called if len(name) > _CODE]
        near = process.extractOne(folded(text), names, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        nearest = called[near[0]] if near and len(text.strip()) > _CODE else None
        known = tuple(sorted(set(called.values())))
        labels = {nearest: country_name(nearest, language())} if nearest else None
        raise UnknownTermError("country", text, known, nearest, tr(_HOW_TO_WRITE), labels=labels)
    return found


def known_country(text: str) -> str:
    """Return the code of a country as `country_code` does, of one that somebody knows.

    Raises:
        UnknownTermError: Unknown country, or it is `ZZ`.
    """
    code = country_code(text)
    if code == UNKNOWN:
        raise UnknownTermError("country", text, (), None, tr(_HOW_TO_WRITE))
    return code


@cache
def country_name(code: str, lang: str) -> str:
    """Return what a country is called in English or Spanish by ISO 3166-1; the code where it has no name.

    Args:
        code: ISO 3166-1 alpha-2.
        lang: `es` gives Spanish, every other language English.
    """
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return code
    name = str(getattr(found, "common_name", None) or found.name)
    return _in_spanish(name) if lang == "es" else name


def _in_spanish(name: str) -> str:
    import pycountry  # noqa: PLC0415 — as above

    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["es"], fallback=True).gettext(name)


@cache
def _called() -> dict[str, str]:
    """Return the code of each country by all that it is called, folded."""
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    spanish = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["es"], fallback=True)
    called = {folded(name): code for code, names in _BESIDE_ISO.items() for name in (code, *names)}
    for country in pycountry.countries:
        names = [getattr(country, kind, None) for kind in ("name", "common_name", "official_name")]
        english = [name for name in names if name]
        for name in (country.alpha_2, country.alpha_3, *english, *map(spanish.gettext, english)):
            called.setdefault(folded(name), country.alpha_2)
    return called


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the units of a country.

    Attributes:
        number: 1 for the widest.
        precision: The code of a place known to a unit of this level; the same in every country.
        words: The country's own word by language, one and several: `{"en": ("state", "states"), …}`.
    """

    number: int
    precision: str
    words: Mapping[str, tuple[str, str]]

    def word(self, lang: str, *, plural: bool = False) -> str:
        """Return the word for a unit in a language, in lower case; English where it has none in that language."""
        return self.words.get(lang, self.words["en"])[plural]


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of a country, whether or not anything is shipped for it.

    Attributes:
        code: ISO 3166-1 alpha-2.
        levels: Its levels of units, the widest first; always three.
        nesting: The rule by which the codes of its units nest.

    Example:
        >>> from willay.data.countries import country
        >>> country("PE").levels[1].word("es", plural=True)
        'provincias'
    """

    code: str
    levels: tuple[Level, ...]
    nesting: Nesting

    def name(self, lang: str) -> str:
        """Return what it is called in a language, as `country_name`."""
        return country_name(self.code, lang)

    def level(self, precision: str) -> Level | None:
        """Return the level to which a place of a precision is known as a unit, or None."""
        return next((level for level in self.levels if level.precision == precision), None)


PRECISIONS: Final = ("department", "province", "district")
"""The place precisions of units, the widest first: codes that are the same in every country, whatever it calls them."""

_WORDS: Final = {
    "PE": (
        {"en": ("department", "departments"), "es": ("departamento", "departamentos")},
        {"en": ("province", "provinces"), "es": ("provincia", "provincias")},
        {"en": ("district", "districts"), "es": ("distrito", "distritos")},
    ),
}
_PLAIN_WORDS: Final = (
    {"en": ("first-level unit", "first-level units"), "es": ("unidad de primer nivel", "unidades de primer nivel")},
    {"en": ("second-level unit", "second-level units"), "es": ("unidad de segundo nivel", "unidades de segundo nivel")},
    {"en": ("third-level unit", "third-level units"), "es": ("unidad de tercer nivel", "unidades de tercer nivel")},
)
_DIGITS: Final = {"PE": (2, 4, 6)}


@cache
def country(code: str) -> Country:
    """Return what is known of a country.

    Args:
        code: ISO 3166-1 alpha-2; any text is taken, of which nothing is known.
    """
    words = _WORDS.get(code, _PLAIN_WORDS)
    levels = tuple(Level(n, precision, words[n - 1]) for n, precision in enumerate(PRECISIONS, start=1))
    return Country(code, levels, Nesting(_DIGITS.get(code, ())))


@dataclass(frozen=True, slots=True)
class ShippedRegions:
    """A region set that is shipped for a country.

    Attributes:
        name: The set's name.
        frame: Its regions, as `places()` gives them.
        attribution: Whom to credit.
        licence: SPDX id.
    """

    name: str
    frame: gpd.GeoDataFrame
    attribution: str
    licence: str


@dataclass(frozen=True, slots=True)
class ShippedDataset:
    """The terms of the incidents that are shipped for a country.

    Attributes:
        name: What the incidents call their dataset.
        licence: SPDX id.
        attribution: Whom to credit.
        selection: By which rule they were chosen from all that happened, by language; None where they are all.
    """

    name: str
    licence: str
    attribution: str
    selection: Mapping[str, str] | None = None


def has_regions(country: str) -> bool:
    """Return whether any region sets are shipped for a country."""
    return country in COUNTRIES


def incident_terms(country: str) -> ShippedDataset:
    """Return the terms of the incidents shipped for a country.

    Raises:
        UnknownTermError: None are shipped for it.
    """
    if country not in FOLDERS:
        raise UnknownTermError("country with shipped incidents", country, tuple(FOLDERS), None)
    folder = f"incidents/{FOLDERS[country]}/"
    entry = next(one for one in datasets() if one.path.startswith(folder) and one.path.endswith(".yaml"))
    return ShippedDataset(f"willay-{FOLDERS[country]}", entry.licence, entry.attribution, selection(country))


def region_sets(country: str) -> tuple[ShippedRegions, ...]:
    """Return the region sets shipped for a country, the first-level units first.

    The frame of the units has the columns `population` besides, people by census year as JSON (see `populations`), and
    `area_km2` where the outline does not show it.

    Raises:
        UnknownTermError: Nothing is shipped for the country.
    """
    from willay.data.boundaries import departments, stated_area_km2  # noqa: PLC0415 — geopandas, which the list of countries does not need
    from willay.data.populations import population_text  # noqa: PLC0415 — likewise
    from willay.data.zones import EMERGENCIES, PLACES, emergencies, places  # noqa: PLC0415 — likewise

    if country not in COUNTRIES:
        raise UnknownTermError("country with shipped regions", country, COUNTRIES, None)
    units = departments().rename(columns={"ubigeo": "admin_code"}).assign(kind="department")
    units["population"] = [population_text("pe-departments", key) for key in units["key"]]
    units["area_km2"] = [stated_area_km2("pe-departments", key) for key in units["key"]]
    return (
        _shipped("pe-departments", units, "pe-departments"),
        _shipped(PLACES, places(), f"zones-{PLACES}"),
        _shipped(EMERGENCIES, emergencies(), f"zones-{EMERGENCIES}"),
    )


def _shipped(name: str, frame: gpd.GeoDataFrame, registered: str) -> ShippedRegions:
    entry = dataset(registered)
    return ShippedRegions(name, frame, entry.attribution, entry.licence)
