"""Countries: their codes, the words for their units, and what is shipped for each: region sets, incidents, places.

Nothing outside `data/` knows a country's name.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.country_parts import Note, dispute, note, terms
from willay.data.errors import HOW_TO_WRITE_COUNTRIES, UnknownTermError
from willay.data.nesting import Nesting
from willay.data.packs import shipped_pack
from willay.geo.translation import Translation, language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import shapely

    from willay.data.country_packs.contents import PackFacts
    from willay.data.country_parts import Dispute, Terms
    from willay.data.gazetteer import Gazetteer
    from willay.geo.boxes import BBox

_PERU: Final = "PE"
"""The country that has more than a pack: files of its own for units, places, zones and incidents."""

USUAL: Final = _PERU
"""The country of a new database and of examples where nobody says another."""

_BESIDE_ISO: Final = {"XK": ("Kosovo",)}
"""Common codes that are not in ISO 3166-1, with their names."""

UNKNOWN: Final = "ZZ"
"""The code of an unknown country, from Unicode's list of regions."""

_NEAR_ENOUGH: Final = 75
_CODE: Final = 3
"""The most letters of a code of ISO 3166-1, which is like many others."""

_FIRST_ONLY: Final = mark("Only first-level units are included. Add others from a GIS file: willay regions add FILE.")


@cache
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country by its code of two or three letters, or its name.

    Names are those of ISO 3166-1 in English and Spanish, without regard to accents and case; none is guessed. `ZZ`
    is taken too: rows of datasets have it where their country is not known.

    Raises:
        UnknownTermError: Unknown country; the message names the nearest.
    """
    if text in (_PERU, UNKNOWN):  # without reading the list of all of them
        return text
    called = _called()
    found = called.get(folded(text))
    if found is None:
        names = [name for name in called if len(name) > _CODE]
        from rapidfuzz import fuzz, process  # noqa: PLC0415 — needed where a name is unknown

        near = process.extractOne(folded(text), names, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        nearest = called[near[0]] if near and len(text.strip()) > _CODE else None
        known = tuple(sorted(set(called.values())))
        labels = {nearest: country_name(nearest, language())} if nearest else None
        raise UnknownTermError("country", text, known, nearest, tr(HOW_TO_WRITE_COUNTRIES), labels=labels)
    return found


def known_country(text: str) -> str:
    """Return the code of a country as `country_code` does, of one that somebody knows.

    Raises:
        UnknownTermError: Unknown country, or it is `ZZ`.
    """
    code = country_code(text)
    if code == UNKNOWN:
        raise UnknownTermError("country", text, (), None, tr(HOW_TO_WRITE_COUNTRIES))
    return code


def countries_named(text: str) -> tuple[str, ...]:
    """Return the codes of one country, or of several with commas between, by codes or names; each once.

    Raises:
        UnknownTermError: One is unknown, as for `known_country`.
    """
    try:
        return (known_country(text),)
    except UnknownTermError:
        if "," not in text:
            raise
        return tuple(dict.fromkeys(known_country(part) for part in text.split(",") if part.strip()))


@cache
def country_name(code: str, lang: str) -> str:
    """Return what a country is called in English or Spanish by ISO 3166-1; the code where it has no name.

    A name that ISO turns round to sort it is in the order of speech: Democratic Republic of the Congo.

    Args:
        code: ISO 3166-1 alpha-2.
        lang: `es` gives Spanish, every other language English.
    """
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return _BESIDE_ISO.get(code, (code,))[0]
    name = str(getattr(found, "common_name", None) or found.name)
    return _in_order(_in_spanish(name) if lang == "es" else name)


_TURNED: Final = re.compile(
    r"(?P<own>[^,]+), (?:The )?(?P<kind>[^,]+ (?:of|of the|de|de la|de los|del)|Islas|British|U\.S\.)"
)


def _in_order(name: str) -> str:
    turned = _TURNED.fullmatch(name)
    return f"{turned['kind']} {turned['own']}" if turned else name


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
        known = [*english, *map(spanish.gettext, english)]
        for name in (country.alpha_2, country.alpha_3, *known, *map(_in_order, known)):
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
        """Return the word for a unit in a language, in lower case; English where it has none in that language.

        It keeps its English, as messages do: what is recorded depends on no language.
        """
        in_english = self.words["en"][plural]
        return Translation(self.words[lang][plural], in_english) if lang in self.words else in_english


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of a country; its outlines and places are read when they are asked for.

    Attributes:
        code: ISO 3166-1 alpha-2.
        levels: Its levels of units, the widest first; always three.
        nesting: The rule by which the codes of its units nest.
        languages: ISO 639-1 codes of the languages spoken there, the main one first, as GeoNames lists them.
        notes: What a reader must know of its units.
        disputes: Areas and borders that it or others claim.
        names: What a country pack calls it, by language.

    Example:
        >>> from willay.data.countries import country
        >>> country("PE").levels[1].word("es", plural=True)
        'provincias'
        >>> country("UA").unit_called("Київська область"), country("UA").unit_name("UA-32", "en")
        ('UA-32', 'Kyiv Oblast')
    """

    code: str
    levels: tuple[Level, ...]
    nesting: Nesting
    languages: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        """Return what a table of countries finds it by; two are the same where all that is known of them is."""
        return hash(self.code)

    def name(self, lang: str) -> str:
        """Return what it is called in a language: by its pack, else as `country_name`."""
        return self.names.get(lang) or country_name(self.code, lang)

    def level(self, precision: str) -> Level | None:
        """Return the level to which a place of a precision is known as a unit, or None."""
        return next((level for level in self.levels if level.precision == precision), None)

    @property
    def terms(self) -> tuple[Terms, ...]:
        """Under which terms its units, places and populations are shipped."""
        peru = self.code == _PERU
        units, places = ("pe-departments", "pe-places") if peru else ("world-base", "world")
        return terms({"units": units, "places": places, "population": "world-population"})

    @property
    def set_name(self) -> str:
        """The name of the region set of its first-level units, such as `mm-adm1`."""
        from willay.data.units import set_name  # noqa: PLC0415 — what reads packs is loaded when it is asked for

        return set_name(self.code)

    def units(self, level: int = 1) -> gpd.GeoDataFrame:
        """Return its units: key, code, name_es, name_en, aliases, kind, geometry; shared borders coincide.

        Args:
            level: Only first-level units are shipped.

        Raises:
            UnknownTermError: None are shipped for it, or of this level.
        """
        if level != 1:
            raise UnknownTermError("country with shipped regions", f"{self.code}, {level}", (), None, tr(_FIRST_ONLY))
        from willay.data.units import units  # noqa: PLC0415 — what reads packs is loaded when it is asked for

        return units(self.code)

    def outline(self) -> shapely.Geometry:
        """Return its outline, the union of its units."""
        from willay.data.boundaries import country_outline  # noqa: PLC0415 — what reads outlines is loaded when asked for

        return country_outline(self.code)

    def box(self) -> BBox | None:
        """Return its box, whose west is greater than its east where it crosses 180°."""
        from willay.data.boundaries import country_box  # noqa: PLC0415 — as above

        return country_box(self.code)

    def gazetteer(self) -> Gazetteer:
        """Return its places; none where none are shipped."""
        from willay.data.gazetteer import Gazetteer  # noqa: PLC0415 — as above

        return Gazetteer.of_country(self.code)

    def population(self, year: int) -> int | None:
        """Return its people in the middle of a year: as stated, or on a straight line between two stated years."""
        return between(self.populations, year)

    @property
    def populations(self) -> Mapping[int, int]:
        """Its people by year (UN World Population Prospects 2024): every fifth year, from 2025 on projected."""
        from willay.data.populations import country_populations  # noqa: PLC0415 — as above

        return country_populations(self.code)

    def unit_called(self, text: str) -> str | None:
        """Return the code of the one first-level unit that a name or code means, as `willay.data.units.unit_called`."""
        from willay.data.units import unit_called  # noqa: PLC0415 — what reads packs is loaded when it is asked for

        return unit_called(self.code, text)

    def unit_name(self, code: str, lang: str) -> str:
        """Return what a first-level unit is called in a language; the code where it is not known."""
        from willay.data.units import unit_name  # noqa: PLC0415 — what reads packs is loaded when it is asked for

        return unit_name(self.code, code, lang)


def between(numbers: Mapping[int, int], year: int) -> int | None:
    """Return the number of a year, rounded, on the straight line between the years around it; None outside them."""
    if year in numbers:
        return numbers[year]
    before = max((known for known in numbers if known < year), default=None)
    after = min((known for known in numbers if known > year), default=None)
    if before is None or after is None:
        return None
    share = (year - before) / (after - before)
    return round(numbers[before] + share * (numbers[after] - numbers[before]))


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


def country(code: str, packs: Sequence[PackFacts] = ()) -> Country:
    """Return what is known of a country.

    Args:
        code: ISO 3166-1 alpha-2, or `XK`; any text is taken, of which nothing is known.
        packs: What country packs say, such as those of a database; the last of this country counts before what ships.
    """
    shipped = _shipped(code)
    for facts in reversed(packs):
        if facts.code == code:
            return _with_pack(shipped, facts)
    return shipped


def _with_pack(known: Country, facts: PackFacts) -> Country:
    """Return what is known of a country with what a pack says of it: its words, notes and names come first."""
    own = {level.number: level.words for level in facts.levels}
    levels = tuple(replace(level, words={**level.words, **own.get(level.number, {})}) for level in known.levels)
    notes = tuple(Note(words, facts.levels[0].terms.source or "") for words in facts.notes)
    nesting = replace(known.nesting, digits=facts.digits)
    languages = facts.languages or known.languages
    return replace(known, levels=levels, nesting=nesting, languages=languages, notes=notes, names=facts.names)


@cache
def _shipped(code: str) -> Country:
    pack = shipped_pack(code)
    head: Mapping[str, Any] = pack.head if pack else {}
    return Country(
        code,
        _levels(code, head.get("words")),
        Nesting(_DIGITS.get(code, ())),
        tuple(head.get("languages", ())),
        tuple(map(note, head.get("notes", ()))),
        tuple(map(dispute, head.get("disputes", ()))),
    )


def _levels(code: str, first: Mapping[str, Any] | None) -> tuple[Level, ...]:
    words = list(_WORDS.get(code, _PLAIN_WORDS))
    if first and code not in _WORDS:
        words[0] = {lang: (one, several) for lang, (one, several) in first.items()}
    return tuple(Level(n, precision, words[n - 1]) for n, precision in enumerate(PRECISIONS, start=1))


@cache
def countries() -> tuple[str, ...]:
    """Return the codes of all countries that units are shipped of, in alphabetical order: ISO 3166-1 and `XK`."""
    text = (files("willay.data") / "world" / "index.csv").read_text("utf-8")
    return tuple(code for line in text.splitlines()[1:] if (code := line.partition(",")[0]) != "base")
