"""Checks of plug-ins: what somebody's own rules find in an incident. They flag, and never hinder or change anything."""

from __future__ import annotations

import warnings
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import PluginWarning
from willay.geo.errors import PluginError
from willay.geo.plugins import plugins
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from willay.geo.plugins import Plugin

KIND: Final = "checks"
"""The kind of plug-in."""

_SHOWN: Final = 300
"""Characters of a message that are shown."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check finds in an incident.

    Attributes:
        where: The field, as a path such as `claims[0].low`; empty where the incident as a whole is meant.
        message: What is remarkable, and what to do, in the language of the reader
            (`willay.geo.translation.language`).

    Example:
        >>> from willay.events.extensions import Finding
        >>> str(Finding("days", "is a Sunday"))
        'days: is a Sunday'
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True)
class IncidentCheck:
    """A check of a plug-in: the object of an entry point of the group `willay.checks`.

    It is asked when an incident is added or imported, and by `willay check`. What it finds is shown as a flag; nothing
    is refused for it.

    Attributes:
        name: Its name: that of the entry point.
        find: Given an incident as plain JSON (the fields of `IncidentDraft`; what is unknown is absent), returns what
            it finds. It may read the clock or a file, and must not ask the network.

    Example:
        >>> from willay.events.extensions import Finding, IncidentCheck
        >>> untitled = IncidentCheck(
        ...     name="summary",
        ...     find=lambda incident: [] if "summary" in incident else [Finding("summary", "is missing")],
        ... )
        >>> untitled.find({"title": {"en": "March"}})
        [Finding(where='summary', message='is missing')]
    """

    name: str
    find: Callable[[Mapping[str, Any]], Iterable[Finding]]


class Checks:
    """The checks of all plug-ins.

    Args:
        checks: Each with the plug-in that it is of.
    """

    def __init__(self, checks: Iterable[tuple[Plugin, IncidentCheck]] = ()) -> None:
        self._checks = tuple(checks)

    @classmethod
    def installed(cls) -> Checks:
        """Load the checks of all plug-ins; one that cannot be used is left out, and a `PluginWarning` says so."""
        found = []
        for plugin in plugins(KIND):
            try:
                found.append((plugin, plugin.load_as(IncidentCheck)))
            except PluginError as error:
                warnings.warn(str(error), PluginWarning, stacklevel=2)
        return cls(found)

    def __bool__(self) -> bool:
        return bool(self._checks)

    def of(self, incident: Mapping[str, Any]) -> list[Finding]:
        """Return what they find in an incident, each with the name of its check and distribution.

        Args:
            incident: Its draft as plain JSON; it is not changed, whatever a check does.
        """
        return [
            Finding(one.where, tr("{message} (check {name} of {package})", message=one.message[:_SHOWN],
                                  name=plugin.name, package=plugin.distribution))
            for plugin, check in self._checks
            for one in _found(check, incident)
        ]  # fmt: skip


def _found(check: IncidentCheck, incident: Mapping[str, Any]) -> list[Finding]:
    """Return what a check finds; that it failed, where it does."""
    try:
        return [Finding(str(one.where), str(one.message)) for one in check.find(deepcopy(dict(incident)))]
    except Exception as error:  # noqa: BLE001 — the code of others may raise anything
        return [Finding("", tr("The check failed: {error}", error=f"{type(error).__name__}: {error}"[:_SHOWN]))]
