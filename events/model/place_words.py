"""Places by the names of units and zones: `distrito de Chungui`, `San Miguel, La Mar`, `VRAEM`, a hamlet in a district.

The gazetteer has settlements, most of them known only to their department; the list of administrative units has every
district. Where a name is in both, and each time once, the settlement is meant; else all are shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import COUNTRY as CODED_COUNTRY
from willay.data.admin import admin_names, admin_units, folded
from willay.data.codebook import begins
from willay.data.errors import AmbiguousPlaceError, UnknownPlaceError
from willay.data.unit_words import any_level, precision_label
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from willay.data.admin import AdminUnit
    from willay.data.gazetteer import Gazetteer, PlaceCandidate

_LEVEL: Final = {
    "distrito": "district", "dist": "district", "district": "district",
    "provincia": "province", "prov": "province", "province": "province",
    "departamento": "department", "dpto": "department", "depto": "department", "department": "department",
    "region": "department",
}  # fmt: skip
_WORDS: Final = "|".join(sorted(_LEVEL, key=len, reverse=True))
_ARTICLES: Final = "el|la|the"
_OF: Final = "de la|de los|de las|del|de|of"
_BEFORE: Final = re.compile(rf"(?:(?:{_ARTICLES}) )?(?P<level>{_WORDS})\.? (?:(?:{_OF}) )?(?P<name>.+)")
_AFTER: Final = re.compile(r"(?P<name>.+) (?P<level>district|province|department)")


@dataclass(frozen=True, slots=True)
class InUnit:
    """A unit as a place, or a place of which only the unit is known.

    Attributes:
        code: The unit's code.
        name: The place's own name; None is the unit itself.
    """

    code: str
    name: str | None = None

    @property
    def words(self) -> str:
        """What a person chooses."""
        if self.name is None:
            return unit_words(self.code)
        return tr("{name}, not located · {unit}", name=self.name, unit=unit_words(self.code))

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the place: it is known no better than the unit."""
        unit = admin_units()[self.code]
        return {"name": self.name or unit.name, "admin_code": self.code, "precision": unit.level}


class SeveralPlacesError(AmbiguousPlaceError):
    """A name may mean several places, settlements and units; `choices` are all of them."""

    def __init__(self, message: str, choices: Sequence[PlaceCandidate | InUnit]) -> None:
        self.choices = tuple(choices)
        super().__init__(message, tuple(one for one in choices if not isinstance(one, InUnit)))


def unit_words(code: str) -> str:
    """Return a unit in words: `district of Chungui (La Mar, Ayacucho)`."""
    unit = admin_units()[code]
    names = [name for name in admin_names(code) if name][:-1]
    word = precision_label(unit.level, CODED_COUNTRY, language())
    return tr("{unit} of {name}", unit=word, name=unit.name) + (f" ({', '.join(reversed(names))})" if names else "")


def units_called(text: str) -> tuple[AdminUnit, ...]:
    """Return the units that a text names, each part after a comma one that holds it; the widest first.

    Example:
        >>> from willay.events.model.place_words import units_called
        >>> [unit.code for unit in units_called("distrito de Chungui")]
        ['050505']
        >>> [unit.code for unit in units_called("San Miguel, La Mar")]
        ['050501']
    """
    own, *wider = [part.strip() for part in text.split(",") if part.strip()] or [""]
    found = [unit for unit in _called(own) if all(_lies_in(unit.code, part) for part in wider)]
    return tuple(sorted(found, key=lambda unit: (len(unit.code), unit.code)))


def _called(part: str) -> Iterator[AdminUnit]:
    level, name = _level_and_name(part)
    for unit in admin_units().values():
        if (level is None or unit.level == level) and name in {folded(unit.name), unit.code}:
            yield unit


def _level_and_name(part: str) -> tuple[str | None, str]:
    plain = folded(part)
    match = _BEFORE.fullmatch(plain) or _AFTER.fullmatch(plain)
    return (_LEVEL[match["level"]], match["name"]) if match else (None, plain)


def _lies_in(code: str, part: str) -> bool:
    return any(code.startswith(unit.code) and code != unit.code for unit in _called(part))


def says_level(part: str) -> bool:
    """Return whether a text says by a word that it names a unit: `distrito de Chungui`."""
    return _level_and_name(part)[0] is not None


def one_unit(text: str) -> AdminUnit | None:
    """Return the unit that a text names; of several that lie in one another the widest; None where it names no one."""
    found = units_called(text)
    return found[0] if found and all(unit.code.startswith(found[0].code) for unit in found) else None


def find_named(
    text: str, gazetteer: Gazetteer, country: str | None, zones: Callable[[], Mapping[str, tuple[str, str]]]
) -> PlaceCandidate | InUnit | tuple[str, str]:
    """Return what a name means: a place of the gazetteer, a unit, a place within a unit, or a region (`set/key`, name).

    Args:
        text: A name; after commas, what it lies in.
        gazetteer: Where settlements are looked up.
        country: ISO 3166-1 alpha-2: units are known of one country.
        zones: Returns the regions without limits of time, each as `set/key` and name, by their names, folded.

    Raises:
        AmbiguousPlaceError: It means several.
        UnknownPlaceError: It means none.
    """
    if country != CODED_COUNTRY:
        return gazetteer.resolve(text)
    own, _, around = (part.strip() for part in text.partition(","))
    if says_level(own):
        return _only(text, [InUnit(unit.code) for unit in units_called(text)], gazetteer)
    if around and says_level(around.partition(",")[0]):
        return _within(text, own, around, gazetteer)
    try:
        return gazetteer.resolve(text)
    except UnknownPlaceError as error:
        return _otherwise(text, gazetteer, zones, error)


def _otherwise(
    text: str, gazetteer: Gazetteer, zones: Callable[[], Mapping[str, tuple[str, str]]], error: UnknownPlaceError
) -> PlaceCandidate | InUnit | tuple[str, str]:
    """Return what a name means that no settlement has: one whose province nobody knows, a unit or a region."""
    own, _, around = (part.strip() for part in text.partition(","))
    units = [InUnit(unit.code) for unit in units_called(text)]
    settled = _compatible(own, around, gazetteer) if around else []
    if len(settled) == len(units) == 1 and _is_alone(units[0].code, own):
        return settled[0]
    if settled or units:
        return _only(text, [*settled, *units], gazetteer)
    if (region := zones().get(folded(text))) is not None:
        return region
    if around and (unit := one_unit(around)):
        raise _in_unit_only(own, unit, gazetteer)
    raise error


def _within(text: str, name: str, around: str, gazetteer: Gazetteer) -> PlaceCandidate | InUnit:
    """Return a place of which a person says in which unit it is; it may be one that the gazetteer has."""
    unit = one_unit(around)
    if unit is None:
        return _only(around, [InUnit(each.code) for each in units_called(around)], gazetteer)
    known = [place for place in _compatible(name, around, gazetteer) if folded(place.name) != folded(unit.name)]
    return _only(text, [InUnit(unit.code, name), *known], gazetteer)


def _only(text: str, choices: Sequence[PlaceCandidate | InUnit], gazetteer: Gazetteer) -> PlaceCandidate | InUnit:
    if len(choices) == 1:
        return choices[0]
    if choices:
        listed = "; ".join(choice_words(one) for one in choices[:12])
        message = tr(
            "{name!r} may mean {number} places: {listed}. Specify which: {ways}.",
            name=text[:80],
            number=len(choices),
            listed=listed,
            ways=_ways(text, choices),
        )
        raise SeveralPlacesError(message, choices)
    near = gazetteer.search(_level_and_name(text.partition(",")[0])[1], limit=3)
    names = "; ".join(f"{place.name}, {place.admin1}" for place in near)
    raise UnknownPlaceError(
        tr("Unknown {unit} {name!r}.", unit=any_level(CODED_COUNTRY, language()), name=text[:80])
        + (" " + tr("Near: {names}.", names=names) if names else "")
    )


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


def _compatible(name: str, around: str, gazetteer: Gazetteer) -> list[PlaceCandidate]:
    """Return the places of the gazetteer of a name that may lie in what is named: their own unit is not known finer."""
    codes = [unit.code for unit in units_called(around)]
    asked = folded(name)
    return [
        place
        for place in gazetteer
        if folded(place.name) == asked
        and any(code.startswith(place.code) or place.code.startswith(code) for code in codes)
    ]


def _is_alone(code: str, name: str) -> bool:
    """Return whether a unit is the only one of its name and level in its department."""
    level = admin_units()[code].level
    return sum(unit.level == level and unit.code[:2] == code[:2] for unit in _called(name)) == 1


def _in_unit_only(name: str, unit: AdminUnit, gazetteer: Gazetteer) -> SeveralPlacesError:
    near = [place for place in gazetteer.search(name, limit=3) if place.code[:2] == unit.code[:2]]
    message = tr(
        "Unknown place {name!r}. To record it without a point ({unit}): “{name} @ {code}”. With coordinates: “{name} @ "
        "lon,lat”.",
        name=name[:60],
        unit=unit_words(unit.code),
        code=unit.code,
    )
    return SeveralPlacesError(message, [InUnit(unit.code, name), *near])


def suggested_units(text: str, country: str) -> Iterator[tuple[str, str]]:
    """Yield the units of which a text is the beginning, as a person may write them, each with its code."""
    if country != CODED_COUNTRY:
        return
    own, _, around = text.partition(",")
    level, name = _level_and_name(own)
    asked = folded(around)
    for unit in admin_units().values():
        if (level is None or unit.level == level) and name and begins(name, folded(unit.name)):
            wider = [each for each in admin_names(unit.code) if each][:-1]
            inside = ", ".join(reversed(wider))
            if not asked or begins(asked, folded(inside)):
                spanish = precision_label(unit.level, CODED_COUNTRY, "es")
                yield f"{spanish} de {unit.name}" + (f", {inside}" if inside else ""), unit.code
