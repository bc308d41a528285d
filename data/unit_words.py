"""The words for administrative units in lists, cards and pages: those of the places' country, else a neutral one.

A place known to a unit has a code of precision that is the same everywhere (`department`, `province`, `district`: the
levels 1 to 3); what a person reads is the country's own word for that level.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.data.countries import UNKNOWN, Country, country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from willay.data.countries import Level

_NEUTRAL: Final[Mapping[str, tuple[str, str]]] = {
    "en": ("administrative unit", "administrative units"),
    "es": ("unidad administrativa", "unidades administrativas"),
}
"""The word for a unit where the countries shown have several words, and where no country is known."""

HOME_SHARE: Final = 0.1
"""The least share of the places of the country with the most from which on a list or a map is of another one too."""

_OR: Final = {"en": "or", "es": "o"}
_SMALLER: Final = {"en": "smaller unit", "es": "unidad menor"}


def known(one: str | Country) -> Country:
    """Return what is known of a country: of a code, what ships; a country with what a pack says of it is that."""
    return one if isinstance(one, Country) else country(one)


def unit_word(countries: Collection[str | Country], lang: str, *, number: int = 1, plural: bool = False) -> str:
    """Return the word for the units of a level: the one that countries have in common, else "administrative unit".

    Args:
        countries: ISO 3166-1 alpha-2 codes, or countries.
        lang: Language; English where a country has no word in it.
        number: The level, 1 for the widest.
        plural: Whether several are meant.

    Example:
        >>> from willay.data.unit_words import unit_word
        >>> unit_word(["PE"], "es", plural=True), unit_word(["PE", "MM"], "en")
        ('departamentos', 'administrative unit')
    """
    words = {_level(code, number).word(lang, plural=plural) for code in countries}
    return words.pop() if len(words) == 1 else _NEUTRAL.get(lang, _NEUTRAL["en"])[plural]


def prevailing(codes: Iterable[str | None]) -> tuple[str, ...]:
    """Return the countries that a list or a map of places is of, sorted: the one with the most, and those with a tenth.

    Args:
        codes: The country of each place, ISO 3166-1 alpha-2; None where it is not known.

    Example:
        >>> from willay.data.unit_words import prevailing
        >>> prevailing(["PE"] * 99 + ["CL"]), prevailing(["PE", "CL", None])
        (('PE',), ('CL', 'PE'))
    """
    return most_counted(Counter(code for code in codes if isinstance(code, str)))


def most_counted(counted: Mapping[str, int]) -> tuple[str, ...]:
    """Return the countries that a list or a map is of, as `prevailing` does, by the number of places of each."""
    least = HOME_SHARE * max(counted.values(), default=0)
    return tuple(sorted(code for code, number in counted.items() if number >= least))


def heading(word: str) -> str:
    """Return a word as the heading of a column: its first letter a capital."""
    return word[:1].upper() + word[1:]


def _level(one: str | Country, number: int) -> Level:
    return known(one).levels[number - 1]


def precision_label(code: str, of: str | Country | None, lang: str) -> str:
    """Return the label of a place precision, in the word of a country where it is a unit.

    Args:
        code: Place precision, a code of the codebook.
        of: The country of the place, or its ISO 3166-1 alpha-2; None where it is not known.
        lang: Language.

    Raises:
        UnknownTermError: The codebook has no such precision.
    """
    level = known(of).level(code) if of else None
    return codebook().place_precision[code].label(lang) if level is None else level.word(lang)


def precision_labels(of: str | Country, lang: str) -> dict[str, str]:
    """Return the words of a country for the precisions of units, by code."""
    return {level.precision: level.word(lang) for level in known(of).levels}


def named_levels(of: str | Country) -> tuple[Level, ...]:
    """Return the levels of a country for which it has a word of its own, the widest first.

    Args:
        of: The country, or its ISO 3166-1 alpha-2.
    """
    plain = country(UNKNOWN).levels
    return tuple(one for one, other in zip(known(of).levels, plain, strict=True) if one.words != other.words)


def any_level(of: str | Country, lang: str) -> str:
    """Return the words for a unit of any level of a country, the finest first: "district, province or department".

    Args:
        of: The country, or its code; where it has no words of its own, "administrative unit".
        lang: Language.
    """
    named = named_levels(of)
    if not named:
        return unit_word((), lang)
    words = [level.word(lang) for level in reversed(named)]
    if len(named) < len(known(of).levels):
        words.append(_SMALLER.get(lang, _SMALLER["en"]))
    return f" {_OR.get(lang, _OR['en'])} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


_EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "PE": {
        "place": "San Miguel, La Mar", "third": "Chungui", "second": "Huamanga", "hamlet": "Nuevo Amanecer",
        "zone": "VRAEM", "utm": "18L 584000 8543000",
    },
}  # fmt: skip


def place_examples(code: str) -> Mapping[str, str]:
    """Return examples of how places are written in a country whose units are known by name; empty where none are.

    Args:
        code: ISO 3166-1 alpha-2.
    """
    return _EXAMPLES.get(code, {})


_LOCALES: Final[Mapping[str, Mapping[str, str]]] = {"es": {"PE": "es-PE"}}
_USUAL_LOCALES: Final[Mapping[str, str]] = {"es": "es-419"}


def locale(countries: Collection[str | Country], lang: str) -> str:
    """Return how numbers and days are written in a language where all places are of some countries, by BCP 47.

    Spanish is that of Peru for Peru alone, else that of Latin America.

    Args:
        countries: ISO 3166-1 alpha-2 codes, or countries.
        lang: Language.
    """
    found = {_LOCALES.get(lang, {}).get(known(one).code, "") for one in countries}
    return (found.pop() if len(found) == 1 else "") or _USUAL_LOCALES.get(lang, lang)
