"""The country of a table that names none: the database's is an assumption, and tested before it is used."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from willay.data.admin import folded
from willay.data.countries import country as country_of
from willay.data.headers import headers
from willay.data.unit_codes import code_written, is_listed, units_of
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.placing import unsigned_reason
from willay.events.exchange.incoming.table.points import with_signs
from willay.geo.coordinates import LonLat
from willay.geo.translation import joined, language, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.events.exchange.incoming.table.points import PointEvidence

_NEAR: Final = 80
_SHOWN: Final = 3
_MOST: Final = 0.5
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass
class UnitEvidence:
    """The names of first-level units in the rows that name no country.

    Attributes:
        country: The country they should be of.
        names: How often each is written.
    """

    country: str | None
    names: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Hear a cell."""
        if text and folded(text) not in headers().words["unknown"]:
            self.names[text] += 1

    @property
    def strange(self) -> Counter[str]:
        """The names that are of no unit of the country, and how often each is written; none where units are unknown."""
        if self.country is None or not _units(self.country):
            return Counter()
        return Counter({name: n for name, n in self.names.items() if not is_unit(self.country, name)})


def country_troubles(country: str, units: UnitEvidence, points: Sequence[PointEvidence]) -> list[str]:
    """Return why a table that names no country is not of the one assumed, and what to do; nothing where it can be.

    Args:
        country: The country assumed, ISO 3166-1 alpha-2.
        units: What the columns of first-level units say.
        points: What the columns of points say.
    """
    strange = units.strange
    found = []
    if sum(strange.values()) > _MOST * units.names.total() and (is_listed(country) or _home(strange, country)):
        shown = " | ".join(quoted(name[:30]) for name, _ in strange.most_common(_SHOWN))
        total = units.names.total()
        found.append(
            tr(
                "{n:,} of {total:,} names of {units} are not of {country} ({shown})",
                n=strange.total(),
                total=total,
                units=country_of(country).levels[0].word(language(), plural=True),
                country=country,
                shown=shown,
            )
        )
    heard = sum(evidence.heard for evidence in points)
    outside = sum(evidence.strange - evidence.unsigned for evidence in points)
    if outside > _MOST * heard:
        found.append(tr("{n:,} of {total:,} points lie outside {country}", n=outside, total=heard, country=country))
    if not found:
        return []
    home = _home(strange, country) or "XX"
    values = {
        "found": joined(tr(" and "), found),
        "home": map_option("default.country", home),
        "assumed": map_option("default.country", country),
        "country": country,
    }
    if home == "XX":
        return [
            tr(
                "{found}, and no column gives the country. Specify the country of the table: {home} (its two letters, "
                "ISO 3166-1), or {assumed} if the table is about {country}.",
                **values,
            )
        ]
    return [
        tr(
            "{found}, and no column gives the country. Specify the country of the table: {home}, or {assumed} if the "
            "table is about {country}.",
            **values,
        )
    ]


def unsigned_trouble(evidence: PointEvidence, country: str) -> str:
    """Say that the points of a table lack their minus signs, and what to do."""
    point = evidence.unsigned_point or LonLat(0, 0)
    signed = with_signs(point, evidence.box) or point
    return tr(
        "{unsigned:,} of {heard:,} points lack a minus sign: lat {lat:g}, lon {lon:g} "
        "{reason}. If the points are correct, specify their country: {option} (two "
        "letters, ISO 3166-1).",
        unsigned=evidence.unsigned,
        heard=evidence.heard,
        lat=point.lat,
        lon=point.lon,
        reason=unsigned_reason(country, signed),
        option=map_option("default.country", "XX"),
    )


def is_unit(country: str, text: str) -> bool:
    """Return whether a text names a first-level unit of a country, in part or misspelled: Cuzco, Lima Provincias."""
    units = _units(country)
    name = folded(text)
    if name.isdecimal() and is_listed(country):
        return code_written(country, name) in units_of(country)
    words = " ".join(_WORD.findall(name))
    if any(f" {unit} " in f" {words} " for unit in units):
        return True
    return process.extractOne(name, units, scorer=fuzz.ratio, score_cutoff=_NEAR) is not None


def _home(names: Mapping[str, int], country: str) -> str | None:
    """Return the country whose units most of some names are, where there is one."""
    asked = {folded(name): n for name, n in names.items()}
    votes = {
        other: sum(n for name, n in asked.items() if name in units)
        for other, units in _all_units().items()
        if other != country
    }
    best = sorted(votes, key=lambda other: (-votes[other], other))[:2]
    if not best or votes[best[0]] <= _MOST * sum(asked.values()) or votes[best[0]] == votes[best[1]]:
        return None
    return best[0]


@cache
def _units(country: str) -> frozenset[str]:
    """Return the names of a country's first-level units as they are compared; empty where they are not known."""
    if is_listed(country):
        rule = country_of(country).nesting
        return frozenset(folded(unit.name) for code, unit in units_of(country).items() if rule.level(code) == 1)
    return _all_units().get(country, frozenset())


@cache
def _all_units() -> dict[str, frozenset[str]]:
    """Return the names of all countries' subdivisions, ISO 3166-2 as pycountry carries it, as they are compared."""
    import pycountry  # noqa: PLC0415 — reads its tables when imported

    found: dict[str, set[str]] = {}
    for unit in pycountry.subdivisions:
        found.setdefault(str(unit.country_code), set()).add(folded(str(unit.name)))
    return {country: frozenset(names) for country, names in found.items()}
