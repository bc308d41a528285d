"""Disclosure profiles: what leaves a database for whom, as data with a version (`data/profiles/*.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from willay.data.errors import DataError, UnknownTermError
from willay.geo.errors import InputFileError
from willay.geo.inputs import input_text, shallow

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final = ("public", "partner", "internal")
"""The shipped profiles, the strictest first."""

DEFAULT: Final = "public"

PLACES: Final = ("district", "province", "department", "grid")
"""What a coarsened place may become."""

Treatment = Literal["show", "withhold", "coarsen", "leave out"]

_TREATMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "incident": ("show", "coarsen", "leave out"),
    "place": ("show", "coarsen"),
    "source": ("show", "withhold"),
    "actor": ("show", "withhold"),
}
_LEVELS: Final = ("restricted", "confidential")


class ProfileError(DataError, ValueError):
    """A profile that is no profile; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What becomes of what is sensitive, when it leaves the database.

    Attributes:
        name: What it is called.
        version: Raised with every change of what it does.
        labels: What it does, in words, by language.
        treatments: By level (`restricted`, `confidential`) and kind (`incident`, `place`, `source`, `actor`) what is
            done: `show`; `withhold` (a source or actor stays without its name); `coarsen`; `leave out`.
        grid_degrees: The size of the cells, degrees, that a coarsened place outside all units is drawn as.
        place: The area that a coarsened place becomes: `district`, `province` or `department`, the next wider one where
            that is not known; or `grid`, always a cell.
        delay_days: How many days an incident waits, after its last, before it is shown.
    """

    name: str
    version: int
    labels: Mapping[str, str]
    treatments: Mapping[str, Mapping[str, str]]
    grid_degrees: float
    place: str = "department"
    delay_days: int = 0

    def treatment(self, kind: str, level: str | None) -> str:
        """Return what is done with something of a kind and level; None and `public` are shown."""
        return "show" if level in (None, "public") else self.treatments[str(level)][kind]

    @property
    def shows_all(self) -> bool:
        """Whether nothing is treated."""
        return not self.delay_days and all(
            done == "show" for level in self.treatments.values() for done in level.values()
        )

    def __str__(self) -> str:
        """Return name and version, as outputs state them."""
        return f"{self.name} (version {self.version})"


@cache
def profile(name: str) -> Profile:
    """Return a shipped profile by its name, or the one in a file, where the name ends in .toml.

    Raises:
        UnknownTermError: There is no such profile.
        ProfileError: The file is no profile.
    """
    if name.endswith(".toml"):
        return _own(Path(name))
    if name not in NAMES:
        raise UnknownTermError("disclosure profile", name, NAMES, None)
    return _parsed((files("willay.data") / "profiles" / f"{name}.toml").read_text("utf-8"), name)


def _own(path: Path) -> Profile:
    try:
        with shallow(str(path)):
            return _parsed(input_text(path), str(path))
    except InputFileError as error:
        raise ProfileError(f"The profile {path} cannot be read: {error}") from None


def _parsed(text: str, where: str) -> Profile:
    try:
        document: dict[str, Any] = tomllib.loads(text)
        treatments = {level: _treatments(document[level], f"{where}: {level}") for level in _LEVELS}
        labels = {lang: str(document.get(lang, document["name"])) for lang in ("es", "en")}
        grid = float(document["coarse"]["grid_degrees"])
        named = str(document["name"]), int(document["version"])
        place, days = (str(document["coarse"][name]) for name in ("place", "days"))
        delay = int(document.get("delay_days", 0))
        made = Profile(*named, labels, MappingProxyType(treatments), grid, place, delay)
    except ProfileError:
        raise
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{where} is no TOML: {error}.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise ProfileError(f"{where} is no disclosure profile: {error!s} is missing or wrong.") from None
    if not 0 < made.grid_degrees <= 10:  # noqa: PLR2004 — more is no grid of a country
        raise ProfileError(f"{where}: coarse.grid_degrees must be more than 0 and at most 10.")
    if place not in PLACES:
        raise ProfileError(f"{where}: coarse.place is {place!r}; it must be one of: {', '.join(PLACES)}.")
    if days != "month":
        raise ProfileError(f"{where}: coarse.days is {days!r}; days are coarsened to the month only: 'month'.")
    if made.delay_days < 0:
        raise ProfileError(f"{where}: delay_days must be 0 or more.")
    return made


def _treatments(table: Mapping[str, str], where: str) -> Mapping[str, str]:
    for kind, allowed in _TREATMENTS.items():
        if table.get(kind) not in allowed:
            raise ProfileError(f"{where}.{kind} is {table.get(kind)!r}; it must be one of: {', '.join(allowed)}.")
    return MappingProxyType({kind: table[kind] for kind in _TREATMENTS})
