"""Places by the names of units and zones: `distrito de Chungui`, `San Miguel, La Mar`, `VRAEM`, a hamlet in a unit.

The gazetteer has settlements, most of them known only to their first-level unit; the list of administrative units of
some countries has every one. Where a name is in both, and each time once, the settlement is meant; else all are shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import begins
from willay.data.countries import PRECISIONS
from willay.data.countries import country as country_of
from willay.data.errors import AmbiguousPlaceError, UnknownPlaceError
from willay.data.unit_codes import all_units, level_words, unit_known, unit_names, units_named
from willay.data.unit_words import any_level, precision_label
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from willay.data.admin import AdminUnit
    from willay.data.gazetteer import Gazetteer, PlaceCandidate
    from willay.data.nesting import Nesting

_ARTICLES: Final = "el|la|the"
_OF: Final = "de la|de los|de las|del|de|of"


@dataclass(frozen=True, slots=True)
class InUnit:
    """A unit as a place, or a place of which only the unit is known.

    Attributes:
        country: The unit's country, ISO 3166-1 alpha-2.
        code: The unit's code.
        name: The place's own name; None is the unit itself.
    """

    country: str
    code: str
    name: str | None = None

    @property
    def words(self) -> str:
        """What a person chooses."""
        unit = unit_words(self.country, self.code)
        return unit if self.name is None else tr("{name}, not located · {unit}", name=self.name, unit=unit)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the place: it is known no better than the unit."""
        unit = unit_known(self.country, self.code)
        level, name = (unit.level, unit.name) if unit else ("area", self.code)
        return {"name": self.name or name, "admin_code": self.code, "precision": level}


class SeveralPlacesError(AmbiguousPlaceError):
    """A name may mean several places, settlements and units; `choices` are all of them."""

    def __init__(self, message: str, choices: Sequence[PlaceCandidate | InUnit]) -> None:
        self.choices = tuple(choices)
        super().__init__(message, tuple(one for one in choices if not isinstance(one, InUnit)))


def unit_words(country: str, code: str) -> str:
    """Return a unit in words: `district of Chungui (La Mar, Ayacucho)`."""
    unit = unit_known(country, code)
    *wider, own = unit_names(country, code) or (code,)
    if unit is None:
        return own
    word = precision_label(unit.level, country, language())
    return tr("{unit} of {name}", unit=word, name=own) + (f" ({', '.join(reversed(wider))})" if wider else "")


def units_called(text: str, country: str | None) -> tuple[AdminUnit, ...]:
    """Return the units of a country that a text names, each part after a comma one that holds it; the widest first.

    Example:
        >>> from willay.events.model.place_words import units_called
        >>> [unit.code for unit in units_called("distrito de Chungui", "PE")]
        ['050505']
        >>> [unit.code for unit in units_called("San Miguel, La Mar", "PE")]
        ['050501']
        >>> [unit.code for unit in units_called("Kachin State", "MM")]
        ['MM-11']
    """
    own, *wider = [part.strip() for part in text.split(",") if part.strip()] or [""]
    found = [unit for unit in _called(own, country) if all(_lies_in(unit.code, part, country) for part in wider)]
    return tuple(sorted(found, key=lambda unit: (len(unit.code), unit.code)))


def _called(part: str, country: str | None) -> Iterator[AdminUnit]:
    level, name = _level_and_name(part, country)
    yield from (unit for unit in units_named(country, name) if level is None or unit.level == level)


@cache
def _forms(country: str | None) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Return how units are named with a word for their level before or after; None where no word is known."""
    words = "|".join(sorted(level_words(country), key=len, reverse=True))
    if not words:
        return None
    before = re.compile(rf"(?:(?:{_ARTICLES}) )?(?P<level>{words})\.? (?:(?:{_OF}) )?(?P<name>.+)")
    return before, re.compile(rf"(?P<name>.+) (?P<level>{'|'.join(PRECISIONS)})")


def _level_and_name(part: str, country: str | None) -> tuple[str | None, str]:
    plain, forms = folded(part), _forms(country)
    match = forms and (forms[0].fullmatch(plain) or forms[1].fullmatch(plain))
    return (level_words(country)[match["level"]], match["name"]) if match else (None, plain)


def _lies_in(code: str, part: str, country: str | None) -> bool:
    nesting = country_of(country or "").nesting
    return any(nesting.holds(unit.code, code) and code != unit.code for unit in _called(part, country))


def says_level(part: str, country: str | None) -> bool:
    """Return whether a text says by a word that it names a unit: `distrito de Chungui`."""
    return _level_and_name(part, country)[0] is not None


def one_unit(text: str, country: str | None) -> AdminUnit | None:
    """Return the unit that a text names; of several that lie in one another the widest; None where it names no one."""
    found, nesting = units_called(text, country), country_of(country or "").nesting
    return found[0] if found and all(nesting.holds(found[0].code, unit.code) for unit in found) else None


def find_named(
    text: str, gazetteer: Gazetteer, country: str | None, zones: Callable[[], Mapping[str, tuple[str, str]]]
) -> PlaceCandidate | InUnit | tuple[str, str]:
    """Return what a name means: a place of the gazetteer, a unit, a place within a unit, or a region (`set/key`, name).

    Args:
        text: A name; after commas, what it lies in.
        gazetteer: Where settlements are looked up.
        country: ISO 3166-1 alpha-2; None where it is not known, and then no unit is.
        zones: Returns the regions without limits of time, each as `set/key` and name, by their names, folded.

    Raises:
        AmbiguousPlaceError: It means several.
        UnknownPlaceError: It means none.
    """
    own, _, around = (part.strip() for part in text.partition(","))
    asked = _Asked(text, gazetteer, country)
    if says_level(own, country):
        return asked.only(asked.units(text))
    if around and says_level(around.partition(",")[0], country):
        return asked.within(own, around)
    try:
        return gazetteer.resolve(text)
    except UnknownPlaceError as error:
        return _otherwise(asked, zones, error)


def _otherwise(
    asked: _Asked, zones: Callable[[], Mapping[str, tuple[str, str]]], error: UnknownPlaceError
) -> PlaceCandidate | InUnit | tuple[str, str]:
    """Return what a name means that no settlement has: one whose province nobody knows, a unit or a region."""
    own, _, around = (part.strip() for part in asked.text.partition(","))
    units = asked.units(asked.text)
    settled = asked.compatible(own, around) if around else []
    if len(settled) == len(units) == 1 and asked.is_alone(units[0].code, own):
        return settled[0]
    if settled or units:
        return asked.only([*settled, *units])
    if (region := zones().get(folded(asked.text))) is not None:
        return region
    if around and (unit := one_unit(around, asked.country)):
        raise asked.in_unit_only(own, unit)
    raise error


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text that names a place, and where its names are looked up."""

    text: str
    gazetteer: Gazetteer
    country: str | None

    def units(self, text: str) -> list[InUnit]:
        """Return the units that a text names."""
        return [InUnit(self.country or "", unit.code) for unit in units_called(text, self.country)]

    def within(self, name: str, around: str) -> PlaceCandidate | InUnit:
        """Return a place of which a person says in which unit it is; it may be one that the gazetteer has."""
        unit = one_unit(around, self.country)
        if unit is None:
            return _Asked(around, self.gazetteer, self.country).only(self.units(around))
        known = [place for place in self.compatible(name, around) if folded(place.name) != folded(unit.name)]
        return self.only([InUnit(self.country or "", unit.code, name), *known])

    def only(self, choices: Sequence[PlaceCandidate | InUnit]) -> PlaceCandidate | InUnit:
        """Return the only one of some choices.

        Raises:
            SeveralPlacesError: There are several.
            UnknownPlaceError: There is none; the nearest are named.
        """
        if len(choices) == 1:
            return choices[0]
        if choices:
            listed = "; ".join(choice_words(one) for one in choices[:12])
            message = tr(
                "{name!r} may mean {number} places: {listed}. Specify which: {ways}.",
                name=self.text[:80],
                number=len(choices),
                listed=listed,
                ways=_ways(self.text, choices),
            )
            raise SeveralPlacesError(message, choices)
        near = self.gazetteer.search(_level_and_name(self.text.partition(",")[0], self.country)[1], limit=3)
        names = "; ".join(f"{place.name}, {place.admin1}" for place in near)
        raise UnknownPlaceError(
            tr("Unknown {unit} {name!r}.", unit=any_level(self.country or "", language()), name=self.text[:80])
            + (" " + tr("Near: {names}.", names=names) if names else "")
        )

    def compatible(self, name: str, around: str) -> list[PlaceCandidate]:
        """Return the places of the gazetteer of a name that may lie in what is named: their unit is not known finer."""
        codes, nesting = [unit.code for unit in units_called(around, self.country)], self.nesting
        asked = folded(name)
        return [
            place
            for place in self.gazetteer
            if folded(place.name) == asked
            and any(nesting.holds(place.code, code) or nesting.holds(code, place.code) for code in codes)
        ]

    def is_alone(self, code: str, name: str) -> bool:
        """Return whether a unit is the only one of its name and level in its first-level unit."""
        own, nesting = unit_known(self.country, code), self.nesting
        same = [unit for unit in _called(name, self.country) if own and unit.level == own.level]
        return sum(nesting.cut(unit.code, 1) == nesting.cut(code, 1) for unit in same) == 1

    def in_unit_only(self, name: str, unit: AdminUnit) -> SeveralPlacesError:
        """Return the error for a place that no list has, with the choice of recording it in its unit."""
        nesting = self.nesting
        first = nesting.cut(unit.code, 1)
        near = [place for place in self.gazetteer.search(name, limit=3) if nesting.cut(place.code, 1) == first]
        message = tr(
            "Unknown place {name!r}. To record it without a point ({unit}): “{name} @ {code}”. With coordinates: "
            "“{name} @ lon,lat”.",
            name=name[:60],
            unit=unit_words(self.country or "", unit.code),
            code=unit.code,
        )
        return SeveralPlacesError(message, [InUnit(self.country or "", unit.code, name), *near])

    @property
    def nesting(self) -> Nesting:
        """How the codes of the country nest."""
        return country_of(self.country or "").nesting


def _ways(text: str, choices: Sequence[PlaceCandidate | InUnit]) -> str:
    own = text.partition(",")[0].strip()
    ways = [f"“{one.name} @ {one.code}”" if one.name else f"“{one.code}”" for one in choices if isinstance(one, InUnit)]
    ways += [f"“{own} @ {one.lon:.4f},{one.lat:.4f}”" for one in choices if not isinstance(one, InUnit)]
    return ", ".join(ways[:3])


def choice_words(one: PlaceCandidate | InUnit) -> str:
    """Return one of several places as a person chooses it."""
    if isinstance(one, InUnit):
        return one.words
    inside = ", ".join(name for name in (one.admin2, one.admin1) if name)
    return f"{one.name}, {inside} ({one.lon:.4f}, {one.lat:.4f})"


def suggested_units(text: str, country: str) -> Iterator[tuple[str, str]]:
    """Yield the units of which a text is the beginning, as a person may write them, each with its code."""
    own, _, around = text.partition(",")
    level, name = _level_and_name(own, country)
    asked, says = folded(around), bool(level_words(country))
    for unit in all_units(country):
        if (level is None or unit.level == level) and name and begins(name, folded(unit.name)):
            inside = ", ".join(reversed(unit_names(country, unit.code)[:-1]))
            if not asked or begins(asked, folded(inside)):
                called = f"{precision_label(unit.level, country, 'es')} de {unit.name}" if says else unit.name
                yield called + (f", {inside}" if inside else ""), unit.code
