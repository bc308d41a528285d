"""Outliers: places whose coordinates contradict the country that they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from willay.events.model.errors import Fault
from willay.events.store.record.locating import strays
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.store.record.states import State
    from willay.events.store.write.validation import Setting


@dataclass(frozen=True, slots=True)
class Stray:
    """A place whose coordinates contradict the country that it names.

    Attributes:
        state: The number of its state among those asked about.
        path: Which of its places it is, such as `places[0]`.
        shown: Its name and coordinates.
        reason: What is wrong, in the same words for all places of a country.
    """

    state: int
    path: str
    shown: str
    reason: str


def stray_places(states: Sequence[State], setting: Setting) -> list[Stray]:
    """Find the places whose coordinates lie outside the country they name."""
    places, at = [], []
    for number, state in enumerate(states):
        for n, place in enumerate(state["draft"].get("places", [])):
            places.append({"lon": place.get("lon"), "lat": place.get("lat"), **place})
            at.append((number, f"places[{n}]"))
    return [
        Stray(
            *at[n],
            tr(
                "{name!r} at lon {lon}, lat {lat}",
                name=places[n]["name"][:80],
                lon=places[n]["lon"],
                lat=places[n]["lat"],
            ),
            tr(
                "contradicts its country {named}, whose outline does not hold it. Check the coordinates (longitude is "
                "first; signs) or the country.",
                named=places[n]["country"],
            ),
        )
        for n in strays(places, setting.country, setting.regions)
    ]


def stray_faults(states: Sequence[State], setting: Setting, where: Sequence[str]) -> list[Fault]:
    """Return `stray_places` as faults."""
    found = stray_places(states, setting)
    return [Fault(f"{where[stray.state]}.{stray.path}", joined(" ", (stray.shown, stray.reason))) for stray in found]
