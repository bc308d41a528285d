"""Words of made-up incidents: places, actors and titles that are nobody's, and say that they are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: object arrays of texts

_SYLLABLES: Final = (
    "ka", "lli", "mo", "tan", "que", "ri", "so", "pu", "chi", "ven", "ya", "lo", "hua", "tar", "mi", "cu", "ne", "ro",
    "sal", "ti",
)  # fmt: skip
_BEFORE: Final = ("", "", "", "San ", "Santa ", "Villa ", "Puerto ", "Nueva ", "Alto ", "Bajo ", "Cruz de ", "Pampa ")

_KINDS: Final = (
    "Front of", "Committee of", "Patrol of", "Union of", "Company of", "Police of", "Army base of", "Federation of",
    "Column of", "Militia of",
)  # fmt: skip
ACTORS: Final = tuple(
    f"{kind} {_SYLLABLES[n % 20].capitalize()}{_SYLLABLES[(7 * n + 3) % 20]}{_SYLLABLES[(3 * n + 11) % 20]} (made up)"
    for kind in _KINDS
    for n in range(30)
)
"""300 parties; the first ones are to be the most frequent."""

_WHAT: Final = {
    "battle": ("Clash between two armed columns", "Firefight with a patrol", "Exchange of fire"),
    "ambush": ("Ambush of a convoy", "Ambush of an army patrol", "Lorry ambushed"),
    "rescue-operation": ("Rescue of held workers", "Operation to free captives"),
    "bombing": ("Explosion at an electricity pylon", "Mine under a lorry", "Bomb in a municipal office"),
    "shelling": ("Shelling of a hillside", "Air strike on a camp"),
    "killing": ("Killing of four community leaders", "Teacher killed", "Killings in an assembly", "Mayor killed"),
    "enforced-disappearance": ("Students taken and never seen again", "Man taken from his house by night"),
    "torture": ("Ill-treatment in a barracks", "Detained women tortured"),
    "kidnapping": ("Engineer kidnapped", "Kidnapping of a family of traders"),
    "hostage-taking": ("Officials held by a crowd", "Police held at a pumping station"),
    "peaceful-protest": ("March against a mine", "Vigil for the disappeared", "Assembly of teachers"),
    "road-block": ("Road blocked with stones", "Bridge closed by farmers", "Blockade of the highway"),
    "strike": ("Strike of dockers", "Two-day strike of the province", "Hospital workers on strike"),
}
_OTHER: Final = ("Incident reported", "Measure taken by the authorities", "Event noted in the register")
_TAILS: Final = (
    "", "", "", ", at dawn", ", by night", " after a ten-day blockade", " on the road to the coast",
    " during the patron's feast", " over land titles", " over unpaid wages", ", second in a week",
    ", reported by radio", " beside the river", " in the upper valley", ", with houses burnt",
)  # fmt: skip


def made_up_places(count: int, chance: np.random.Generator) -> Array:
    """Return so many names, all different up to 96,000."""
    size = len(_SYLLABLES)
    number = chance.permutation(len(_BEFORE) * size**3)
    number = number[np.arange(count) % len(number)]
    syllables = np.array(_SYLLABLES, object)
    capital = np.array([text.capitalize() for text in _SYLLABLES], object)
    before = np.array(_BEFORE, object)[number // size**3]
    return before + capital[number % size] + syllables[number // size % size] + syllables[number // size**2 % size]


def made_up_titles(subtypes: Array, places: Array, chance: np.random.Generator) -> Array:
    """Return a title for each row, 35 to 95 characters: what, where, how, and that it is made up."""
    count = len(subtypes)
    what = np.empty(count, object)
    for code in sorted(set(subtypes)):
        rows = np.flatnonzero(subtypes == code)
        what[rows] = np.array(_WHAT.get(code, _OTHER), object)[
            chance.integers(0, 1 << 20, len(rows)) % len(_WHAT.get(code, _OTHER))
        ]
    link = np.array([" in ", " near ", " at "], object)[chance.choice(3, count, p=[0.6, 0.25, 0.15])]
    where = np.where(places == None, " somewhere in the country", link + np.where(places == None, "", places))  # noqa: E711 — elementwise
    tail = np.array(_TAILS, object)[chance.integers(0, len(_TAILS), count)]
    seen = np.where(
        chance.random(count) < 0.3,
        np.array([f"; {n} people saw it" for n in range(2, 98)], object)[chance.integers(0, 96, count)],
        "",
    )
    return what + where + tail + seen + " (made up)"
