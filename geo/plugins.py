"""Plug-ins: what other distributions add by entry points (docs/adr/0052).

They are looked for only when a name is asked for that is not one of willay's own, because that takes as long as
starting the program does. Nothing of them is loaded before it is used.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from willay.geo.errors import PluginError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    Loaded = TypeVar("Loaded")

KINDS: Final = ("readers", "writers", "policies", "countries", "profiles", "commands", "checks")
"""What a plug-in can add: the entry point groups are `willay.readers` and so on."""

SWITCH: Final = "WILLAY_PLUGINS"
"""The environment variable that turns all plug-ins off."""

OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point of another distribution.

    Attributes:
        kind: One of `KINDS`.
        name: Its name, which users type.
        distribution: The distribution that has it, as installers name it: lower case, hyphens.
        version: The version of the distribution.
        place: Where its object is: `module:name`.
    """

    kind: str
    name: str
    distribution: str
    version: str
    place: str

    @property
    def reference(self) -> str:
        """The name with the distribution before it, which no other plug-in has."""
        return f"{self.distribution}:{self.name}"

    @property
    def facts(self) -> dict[str, str]:
        """What pages and files state of it: kind, name, distribution and version."""
        return {"kind": self.kind, "name": self.name, "distribution": self.distribution, "version": self.version}

    def load(self) -> Any:  # noqa: ANN401 — whatever the distribution has there
        """Return its object.

        Raises:
            PluginError: It cannot be loaded, whatever its code raises.
        """
        from importlib import metadata  # noqa: PLC0415 — takes time, and is seldom needed

        try:
            return metadata.EntryPoint(self.name, self.place, f"willay.{self.kind}").load()
        except (Exception, SystemExit) as error:
            told = f"{type(error).__name__}: {error}".strip(": ")[:200]
            raise self.error(tr("cannot be loaded ({error})", error=told)) from error

    def load_as(self, kind: type[Loaded]) -> Loaded:
        """Return its object, which must be of a class.

        Raises:
            PluginError: It cannot be loaded, or is none.
        """
        found = self.load()
        if not isinstance(found, kind):
            what = f"{kind.__module__}.{kind.__qualname__}"
            raise self.error(tr("must be a {expected}, not a {got}", expected=what, got=type(found).__name__))
        return found

    def error(self, what: str) -> PluginError:
        """Return the error of this plug-in, which names its distribution.

        Args:
            what: What is wrong, as the end of a sentence, translated.
        """
        return PluginError(
            tr(
                "The plug-in {name!r} ({kind}) of {distribution} {version} {what}. Update or remove {distribution}, or "
                "set {switch}={off}.",
                name=self.name, kind=self.kind, distribution=self.distribution, version=self.version, what=what,
                switch=SWITCH, off=OFF,
            )
        )  # fmt: skip


def are_off() -> bool:
    """Return whether the environment turns plug-ins off: `WILLAY_PLUGINS=off`."""
    return os.environ.get(SWITCH, "").strip().casefold() == OFF


def installed(kind: str | None = None) -> tuple[Plugin, ...]:
    """Return the plug-ins of all distributions, by kind, name and distribution, whether they are turned off or not.

    Args:
        kind: Only those of one kind.
    """
    return tuple(one for one in _scanned(tuple(sys.path)) if kind in (None, one.kind))


def plugins(kind: str) -> tuple[Plugin, ...]:
    """Return the plug-ins of one kind, by name and distribution; none where they are turned off."""
    return () if are_off() else installed(kind)


def plugin(kind: str, name: str) -> Plugin | None:
    """Return the plug-in that a name means; None where there is none, or plug-ins are turned off.

    Args:
        kind: One of `KINDS`.
        name: Its name, alone or with the distribution: `DISTRIBUTION:NAME`.

    Raises:
        PluginError: Several distributions have one of this name.
    """
    distribution, _, own = name.rpartition(":")
    wanted = canonical_name(distribution)
    found = [one for one in plugins(kind) if one.name == own and wanted in ("", one.distribution)]
    if len(found) > 1:
        raise PluginError(
            tr(
                "Several distributions have a plug-in {name!r} ({kind}). Name one of them: {these}.",
                name=own[:80],
                kind=kind,
                these=", ".join(one.reference for one in found),
            )
        )
    return found[0] if found else None


def names(kind: str) -> tuple[str, ...]:
    """Return the names of the plug-ins of one kind, each once; none where they are turned off."""
    return tuple(dict.fromkeys(one.name for one in plugins(kind)))


def canonical_name(distribution: str) -> str:
    """Return the name of a distribution as installers compare it (packaging.python.org, "Name normalization")."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@lru_cache(maxsize=4)
def _scanned(path: tuple[str, ...]) -> tuple[Plugin, ...]:  # noqa: ARG001 — the import path, on which the answer depends
    return tuple(sorted(_each(), key=lambda one: (KINDS.index(one.kind), one.name, one.distribution)))


def _each() -> Iterator[Plugin]:
    """Yield the entry points of our groups; one of a broken distribution, which has no name, is left out."""
    from importlib import metadata  # noqa: PLC0415 — as above

    every = metadata.entry_points()
    for kind in KINDS:
        for entry in every.select(group=f"willay.{kind}"):
            if entry.dist is not None and (name := entry.dist.metadata["Name"]):
                yield Plugin(kind, entry.name, canonical_name(name), entry.dist.version, entry.value)
