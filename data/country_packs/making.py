"""Making a pack of official limits, a list of places and a census."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from willay.data.countries import country, country_name, known_country
from willay.data.country_packs.census import read_people
from willay.data.country_packs.contents import LEVELS, NO_TERMS, Pack, PackFacts, PackLevel, Terms, facts_document
from willay.data.country_packs.examining import PackReport, examine_levels
from willay.data.country_packs.facts import facts_of
from willay.data.country_packs.hierarchy import nests_by_digits, with_parents
from willay.data.country_packs.placelist import read_place_lists
from willay.data.country_packs.units import read_units
from willay.data.errors import PackError, PackFaultsError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from willay.data.country_packs.census import PeopleRead
    from willay.data.country_packs.placelist import PlacesRead
    from willay.data.country_packs.units import LevelRead, UnitsFile

GEONAMES: Final = Terms("CC-BY-4.0", "GeoNames", "https://www.geonames.org")
"""The terms of a GeoNames dump, which no file of it states."""


@dataclass(frozen=True, slots=True)
class PackPlan:
    """What a pack is to be made of.

    Attributes:
        country: ISO 3166-1 alpha-2, or a name.
        units: The file of each level, by its number; the widest must be there, and no level between may be left out,
            unless the codes of the country nest by their digits.
        places: Lists of places: see `read_place_lists`.
        people: A census: see `read_people`.
        words: The words for a unit, one and several, by level and language; levels left out have those that are known.
        terms: Whose the units are. Their digest is made.
        people_credit: Whom to credit for the people; None is whom the units are credited to.
        note: What a reader must know of the units, by language.
    """

    country: str
    units: Mapping[int, UnitsFile]
    places: Sequence[Path] = ()
    people: Path | None = None
    words: Mapping[int, Mapping[str, tuple[str, str]]] = field(default_factory=lambda: MappingProxyType({}))
    terms: Terms = NO_TERMS
    people_credit: str | None = None
    note: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was made, and what was found in its files."""

    pack: Pack
    report: PackReport


def make_pack(plan: PackPlan) -> Made:
    """Make a pack; nothing is written.

    Raises:
        UnknownTermError: There is no such country.
        PackFaultsError: A unit has no code, or two have the same; its report has all that was found.
        PackError: A file has not what it should have, or a level is left out.
        GeoError: A file cannot be read.
    """
    code = known_country(plan.country)
    digits = country(code).nesting.digits
    _check_levels(plan, digits)
    levels = with_parents([read_units(plan.units[number], number) for number in sorted(plan.units)], digits)
    report = PackReport(code, examine_levels(code, levels))
    if report.has_faults:
        message = tr("No pack is made: units lack a code, or have the same code. Correct the file of the units.")
        raise PackFaultsError(message, report)
    units = {level.number: level.frame for level in levels}
    known = {one for frame in units.values() for one in frame["code"]}
    places = read_place_lists(plan.places, code, list(units.values())) if plan.places else None
    people = read_people(plan.people, known) if plan.people else None
    facts = facts_of(facts_document(_facts(plan, code, levels, (places, people))), code)
    found = PackReport(code, report.levels, places.reports if places else (), people.report if people else None)
    return Made(Pack(facts, units, places.places if places else (), people.people if people else {}), found)


def words_given(english: Sequence[str], spanish: Sequence[str]) -> dict[int, dict[str, tuple[str, str]]]:
    """Return the words for units by level and language, of texts such as `state,states` and `2:township,townships`.

    Raises:
        PackError: A text is not two words with a comma between.
    """
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for lang, texts in (("en", english), ("es", spanish)):
        for text in texts:
            number, is_numbered, words = text.partition(":")
            level = int(number) if is_numbered and number.strip().isdecimal() else 1
            one, _, several = (part.strip() for part in (words if is_numbered else text).partition(","))
            if level not in LEVELS or not one or not several or (is_numbered and not number.strip().isdecimal()):
                raise PackError(
                    tr(
                        "{text!r} is not a word for units. Write one and several, with a comma between: "
                        "“state,states”; of level 2: “2:township,townships”.",
                        text=text[:80],
                    )
                )
            found.setdefault(level, {})[lang] = (one, several)
    return found


def _check_levels(plan: PackPlan, digits: tuple[int, ...]) -> None:
    numbers = sorted(plan.units)
    if not numbers or not set(numbers) <= set(LEVELS):
        raise PackError(
            tr("Give the file of the units: --units FILE, those of level 2 with --units-2, of level 3 with --units-3.")
        )
    missing = sorted(set(range(1, numbers[-1])) - set(numbers))
    if missing and not digits:
        raise PackError(
            tr(
                "Units of level {finest} need those of level {missing} that hold them. Give their file as well.",
                finest=numbers[-1],
                missing=missing[0],
            )
        )


def _facts(
    plan: PackPlan, code: str, levels: Sequence[LevelRead], read: tuple[PlacesRead | None, PeopleRead | None]
) -> PackFacts:
    known = country(code)
    places, people = read
    made = tuple(
        PackLevel(
            level.number,
            {**known.levels[level.number - 1].words, **plan.words.get(level.number, {})},
            _with_digest(plan.terms, level.sha256),
        )
        for level in levels
    )
    credit = plan.people_credit or plan.terms.credit
    of_places = GEONAMES if places and places.is_geonames else plan.terms
    return PackFacts(
        code=code,
        names={lang: country_name(code, lang) for lang in ("en", "es")},
        languages=("en", "es"),
        levels=made,
        digits=known.nesting.digits if nests_by_digits(levels, known.nesting.digits) else (),
        notes=(dict(plan.note),) if plan.note else (),
        places=_with_digest(of_places, places.sha256) if places else None,
        populations=_with_digest(replace(plan.terms, credit=credit), people.sha256) if people else None,
    )


def _with_digest(terms: Terms, sha256: str | None) -> Terms:
    return replace(terms, sha256=sha256)
