"""Outliers: places whose coordinates contradict the country that they name, or lie just outside all of its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from willay.events.model.errors import Fault
from willay.events.store.record.locating import beside_units, strays
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    places, at = _placed(states)
    return [
        _stray(
            places[n],
            at[n],
            tr(
                "contradicts its country {named}, whose outline does not hold it. Check the coordinates (longitude is "
                "first; signs) or the country.",
                named=places[n]["country"],
            ),
        )
        for n in strays(places, setting.country, setting.regions)
    ]


def coastal_places(states: Sequence[State], setting: Setting) -> list[Stray]:
    """Find the places that lie in no unit, and count in the nearest one of their country."""
    places, at = _placed(states)
    reason = tr("lies just outside all units of its country, and counts in the nearest one (at most 5 km away)")
    return [_stray(places[n], at[n], reason) for n, _ in beside_units(places, setting.regions)]


def _placed(states: Sequence[State]) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """Return all places of states, and where each is: the number of its state, and its path."""
    found = [
        ({"lon": None, "lat": None, "radius_m": None, **place}, (number, f"places[{n}]"))
        for number, state in enumerate(states)
        for n, place in enumerate(state["draft"].get("places", []))
    ]
    return [place for place, _ in found], [at for _, at in found]


def _stray(place: Mapping[str, Any], at: tuple[int, str], reason: str) -> Stray:
    told = {"name": place["name"][:80], "lon": place["lon"], "lat": place["lat"]}
    return Stray(*at, tr("{name!r} at lon {lon}, lat {lat}", **told), reason)


def stray_faults(states: Sequence[State], setting: Setting, where: Sequence[str]) -> list[Fault]:
    """Return `stray_places` as faults."""
    found = stray_places(states, setting)
    return [Fault(f"{where[stray.state]}.{stray.path}", joined(" ", (stray.shown, stray.reason))) for stray in found]
