"""The plug-ins that are installed, and whether each is used: what `willay plugins` lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.data.profiles import NAMES as PROFILES
from willay.events.exchange.incoming.formats import NAMES as READERS
from willay.events.exchange.outgoing.formats import WRITERS
from willay.events.model.figure_policies import POLICIES, Rule
from willay.events.model.incident_checks import IncidentCheck
from willay.geo.errors import PluginError
from willay.geo.plugins import OFF, SWITCH, Plugin, are_off, installed
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

LOADED: Final = "loaded"
TURNED_OFF: Final = "off"
SHADOWED: Final = "shadowed"
AMBIGUOUS: Final = "ambiguous"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class PluginState:
    """A plug-in, and whether it is used.

    Attributes:
        plugin: The plug-in.
        state: `loaded`: it works. `off`: plug-ins are turned off. `shadowed`: its name is one of willay's own, so it
            is not used. `ambiguous`: another distribution has the same name, so that it is used only by
            `DISTRIBUTION:NAME`. `failed`: it cannot be loaded.
        note: Why it is not used, in words; empty where it is.
    """

    plugin: Plugin
    state: str
    note: str = ""


def plugin_states(commands: Collection[str] = ()) -> list[PluginState]:
    """Return all plug-ins that are installed, by kind, name and distribution. Those that are used are loaded.

    Args:
        commands: The names of willay's own commands.
    """
    own: Mapping[str, Collection[str]] = {
        "readers": READERS, "writers": WRITERS, "policies": POLICIES, "profiles": PROFILES, "commands": commands,
    }  # fmt: skip
    every = installed()
    return [_state(one, own.get(one.kind, ()), every) for one in every]


def _state(one: Plugin, own: Collection[str], every: Collection[Plugin]) -> PluginState:
    if are_off():
        return PluginState(one, TURNED_OFF, f"{SWITCH}={OFF}")
    if one.name in own:
        return PluginState(one, SHADOWED, tr("{name!r} is one of willay's own; this one is not used.", name=one.name))
    try:
        _LOADERS.get(one.kind, _any)(one)
    except PluginError as error:
        return PluginState(one, FAILED, str(error))
    if sum((one.kind, one.name) == (other.kind, other.name) for other in every) > 1:
        note = tr("Several distributions have this name. Name this one: {reference}", reference=one.reference)
        return PluginState(one, AMBIGUOUS, note)
    return PluginState(one, LOADED)


def _any(one: Plugin) -> object:
    loaded: object = one.load()
    return loaded


def _reader(one: Plugin) -> object:
    from willay.events.exchange.incoming.file_readers import FileReader  # noqa: PLC0415 — only where there is one

    return one.load_as(FileReader)


def _writer(one: Plugin) -> object:
    from willay.events.exchange.outgoing.file_writers import FileWriter  # noqa: PLC0415 — as above

    return one.load_as(FileWriter)


_LOADERS: Final[Mapping[str, Callable[[Plugin], object]]] = {
    "readers": _reader,
    "writers": _writer,
    "policies": Rule.of_plugin,
    "checks": lambda one: one.load_as(IncidentCheck),
}
"""What finds that a plug-in of a kind is what it should be."""
