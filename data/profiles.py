"""Disclosure profiles: what leaves a database for whom, as data with a version (`data/profiles/*.toml`)."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from willay.data.errors import DataError, UnknownTermError
from willay.geo.errors import InputFileError
from willay.geo.inputs import input_text, shallow
from willay.geo.plugins import names, plugin
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final = ("public", "partner", "internal")
"""The shipped profiles, the strictest first."""

DEFAULT: Final = "public"

KIND: Final = "profiles"
"""The kind of plug-in: its object is the path of a profile, a .toml file."""

PLACES: Final = ("district", "province", "department", "grid")
"""What a coarsened place can become."""

Treatment = Literal["show", "withhold", "coarsen", "leave out"]

_TREATMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "incident": ("show", "coarsen", "leave out"),
    "place": ("show", "coarsen"),
    "source": ("show", "withhold"),
    "actor": ("show", "withhold"),
}
_LEVELS: Final = ("restricted", "confidential")
_DIGEST_SHOWN: Final = 12


class ProfileError(DataError, ValueError):
    """A document that is not a valid profile; the message states what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What becomes of what is sensitive, when it leaves the database.

    Attributes:
        name: Its name.
        version: Raised with every change of what it does.
        labels: What it does, in words, by language.
        treatments: By level (`restricted`, `confidential`) and kind (`incident`, `place`, `source`, `actor`) what is
            done: `show`; `withhold` (a source or actor stays without its name); `coarsen`; `leave out`.
        grid_degrees: The size of the cells, degrees, that a coarsened place outside all units is drawn as.
        place: The area that a coarsened place becomes: `district`, `province` or `department`, the next wider one where
            that is not known; or `grid`, always a cell.
        delay_days: How many days an incident waits, after its last, before it is shown.
        published_only: Whether only what is published is shown where nobody asks for another status by name.
        is_shipped: Whether it came with willay, so that its name and version say what it does.
    """

    name: str
    version: int
    labels: Mapping[str, str]
    treatments: Mapping[str, Mapping[str, str]]
    grid_degrees: float
    place: str = "department"
    delay_days: int = 0
    published_only: bool = True
    is_shipped: bool = False

    def treatment(self, kind: str, level: str | None) -> str:
        """Return what is done with something of a kind and level; None and `public` are shown."""
        return "show" if level in (None, "public") else self.treatments[str(level)][kind]

    @property
    def shows_all(self) -> bool:
        """Whether nothing is treated."""
        return not self.delay_days and all(
            done == "show" for level in self.treatments.values() for done in level.values()
        )

    @property
    def document(self) -> dict[str, Any]:
        """What it does, as plain JSON; `of_document` makes the same profile of it."""
        return {
            "name": self.name,
            "version": self.version,
            "about": dict(self.labels),
            "treatments": {level: dict(done) for level, done in self.treatments.items()},
            "grid_degrees": self.grid_degrees,
            "place": self.place,
            "delay_days": self.delay_days,
            "published_only": self.published_only,
        }

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of what it does: the same for the same profile, wherever its file lies."""
        text = json.dumps(self.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __str__(self) -> str:
        """Return name and version, as outputs state them; of a profile of somebody's own, the digest too."""
        own = "" if self.is_shipped else f", SHA-256 {self.digest[:_DIGEST_SHOWN]}"
        return f"{self.name} (version {self.version}{own})"


def profile(name: str) -> Profile:
    """Return a shipped profile by its name, that of a plug-in, or the one in a file, where the name ends in .toml.

    Args:
        name: Of a plug-in alone, or as `DISTRIBUTION:NAME`. Its object is the path of a .toml file.

    Raises:
        UnknownTermError: There is no such profile.
        ProfileError: The file is not a profile.
        PluginError: The plug-in cannot be used.
    """
    return _known(name) if name in NAMES or name.endswith(".toml") else _of_plugin(name)


def _of_plugin(name: str) -> Profile:
    found = plugin(KIND, name)
    if found is None or found.name in NAMES:
        raise UnknownTermError("disclosure profile", name, tuple(dict.fromkeys((*NAMES, *names(KIND)))), None)
    path = found.load()
    if not isinstance(path, str | Path):
        raise found.error(tr("must be a {expected}, not a {got}", expected="pathlib.Path", got=type(path).__name__))
    made = _own(Path(path))
    if made.name != found.name:
        raise found.error(tr("has another name: {name}", name=made.name[:80]))
    return made


@cache
def _known(name: str) -> Profile:
    """Return a shipped profile, or the one in a file."""
    if name.endswith(".toml"):
        return _own(Path(name))
    text = (files("willay.data") / "profiles" / f"{name}.toml").read_text("utf-8")
    return replace(_parsed(text, name), is_shipped=True)


def as_profile(given: Profile | str | None) -> Profile | None:
    """Return a profile, whether it is given as such or by its name (see `profile`); None is none.

    Raises:
        UnknownTermError: There is no such profile.
        ProfileError: The file is not a profile.
    """
    return profile(given) if isinstance(given, str) else given


def of_document(document: Mapping[str, Any], where: str) -> Profile:
    """Return the profile that a document says; see `Profile.document`.

    Raises:
        ProfileError: It says none.
    """
    try:
        coarse = {"place": document["place"], "grid_degrees": document["grid_degrees"], "days": "month"}
        about = {"name": document["name"], "version": document["version"], **document["about"]}
        rules = {"delay_days": document["delay_days"], "published_only": document["published_only"], "coarse": coarse}
        return _of_table({**about, **rules, **document["treatments"]}, where)
    except (KeyError, TypeError) as error:
        raise ProfileError(
            tr("{where} is not a valid disclosure profile: {error!s} is missing or invalid.", where=where, error=error)
        ) from None


def _own(path: Path) -> Profile:
    try:
        with shallow(str(path)):
            return _parsed(input_text(path), str(path))
    except InputFileError as error:
        raise ProfileError(tr("Cannot read the profile {path}: {error}", path=path, error=error)) from None


def _parsed(text: str, where: str) -> Profile:
    try:
        return _of_table(tomllib.loads(text), where)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(tr("{where} is not valid TOML: {error}.", where=where, error=error)) from None


def _of_table(document: Mapping[str, Any], where: str) -> Profile:
    try:
        treatments = {level: _treatments(document[level], f"{where}: {level}") for level in _LEVELS}
        labels = {lang: str(document.get(lang, document["name"])) for lang in ("es", "en")}
        grid = float(document["coarse"]["grid_degrees"])
        named = str(document["name"]), int(document["version"])
        place, days = (str(document["coarse"][name]) for name in ("place", "days"))
        delay, published = int(document.get("delay_days", 0)), document.get("published_only", True)
        made = Profile(*named, labels, MappingProxyType(treatments), grid, place, delay, published is not False)
    except ProfileError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise ProfileError(
            tr("{where} is not a valid disclosure profile: {error!s} is missing or invalid.", where=where, error=error)
        ) from None
    if not 0 < made.grid_degrees <= 10:  # noqa: PLR2004 — more is no grid of a country
        raise ProfileError(tr("{where}: coarse.grid_degrees must be more than 0 and at most 10.", where=where))
    if place not in PLACES:
        raise ProfileError(
            tr(
                "{where}: coarse.place is {place!r}; expected one of: {places}.",
                where=where,
                place=place,
                places=", ".join(PLACES),
            )
        )
    if not isinstance(published, bool):
        raise ProfileError(
            tr("{where}: published_only is {published!r}; expected true or false.", where=where, published=published)
        )
    if days != "month":
        raise ProfileError(
            tr(
                "{where}: coarse.days is {days!r}; expected 'month', the only way to coarsen days.",
                where=where,
                days=days,
            )
        )
    if made.delay_days < 0:
        raise ProfileError(tr("{where}: delay_days must be 0 or more.", where=where))
    return made


def _treatments(table: Mapping[str, str], where: str) -> Mapping[str, str]:
    for kind, allowed in _TREATMENTS.items():
        if table.get(kind) not in allowed:
            raise ProfileError(
                tr(
                    "{where}.{kind} is {given!r}; expected one of: {allowed}.",
                    where=where,
                    kind=kind,
                    given=table.get(kind),
                    allowed=", ".join(allowed),
                )
            )
    return MappingProxyType({kind: table[kind] for kind in _TREATMENTS})
