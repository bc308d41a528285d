"""Cards of made-up incidents: summaries, claims and sources that nobody ever made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own

_KINDS: Final = ("official-inquiry", "human-rights", "press", "dataset", "press", "ombudsman", "press", "court")
_SENTENCES: Final = (
    "The register says that it began before noon.", "Neighbours spoke of a longer event.", "No inquiry followed.",
    "The road stayed closed until the next day.", "A second document gives another day.", "Two families left.",
    "The figures of the police differ from those of the community.", "A court closed the file years later.",
    "The place is known from a list only.", "An exhumation was asked for.", "The municipal house was damaged.",
)  # fmt: skip
_MEASURES: Final = ("killed", "injured", "detained")


def _documents(count: int) -> dict[str, dict[str, Any]]:
    return {
        f"made-up-{number:03d}": {
            "kind": _KINDS[number % len(_KINDS)],
            "publisher": f"Made-up publisher {number % 40}",
            "title": f"Made-up document {number} of the year {1980 + number % 46}",
            "published_on": f"{1980 + number % 46}-{1 + number % 12:02d}",
            "url": f"https://example.org/made-up/{number}",
            "archive_url": f"https://example.org/archive/made-up/{number}",
            "language": "es",
        }
        for number in range(count)
    }


def made_up_cards(columns: Mapping[str, Any], points: Array, chance: np.random.Generator) -> tuple[Array, Array]:
    """Return summaries and cards (JSON, see `willay.events.frame.columns.Details`) for the rows of a made-up frame.

    Args:
        columns: The frame's columns so far.
        points: (lon, lat) of each row's place.
        chance: Where chance comes from.
    """
    count = len(columns["code"])
    documents = _documents(400)
    names = list(documents)
    cited = chance.integers(0, len(names), (count, 3)).tolist()
    told = chance.integers(0, len(_SENTENCES), (count, 3)).tolist()
    summaries, cards = np.empty(count, object), np.empty(count, object)
    points = points.tolist()
    for row in range(count):
        summaries[row] = "Made up. " + " ".join(_SENTENCES[number] for number in dict.fromkeys(told[row]))
        sources = [names[number] for number in dict.fromkeys(cited[row])]
        card = _card(columns, row, summaries[row], points[row], sources)
        card["sources"] = {key: documents[key] for key in sources}
        cards[row] = json.dumps(card, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return summaries, cards


def _card(columns: Mapping[str, Any], row: int, summary: str, point: list[float], sources: list[str]) -> dict[str, Any]:
    ranges = {m: [columns[f"{m}_{bound}"][row] for bound in ("low", "best", "high")] for m in _MEASURES}
    known = {measure: numbers for measure, numbers in ranges.items() if numbers[1] is not None}
    place = {"name": columns["place_name"][row], "precision": columns["place_precision"][row]}
    place |= {"lon": point[0], "lat": point[1], "country": "PE", "admin": [columns["adm1"][row]]}
    actors = columns["actors"][row].split("; ")
    roles = ("initiator", "target", "present")
    case = columns["cases"][row]
    return {
        "title": {"en": columns["title"][row]},
        "summary": {"en": summary},
        "claims": [_claim(m, numbers, n, sources) for m, numbers in known.items() for n in range(len(sources))],
        "places": [place] if columns["place_name"][row] is not None else [],
        "parties": [
            {
                "key": "-".join(name.lower().replace("(", "").replace(")", "").split()),
                "name": {"en": name},
                "role": role,
            }
            for name, role in zip(actors, roles, strict=False)
        ],
        "cases": [{"key": case, "title": {"en": case.replace("-", " ").capitalize()}, "type": "armed-conflict"}]
        if case
        else [],
        "notes": [],
        "figures": {
            m: {"low": low, "best": best, "high": high, "source": sources[0], "voices": len(sources)}
            for m, (low, best, high) in known.items()
        },
    }


def _claim(measure: str, numbers: list[int], place: int, sources: list[str]) -> dict[str, Any]:
    low, best, high = numbers
    count = (best, low, high)[place]
    return {"measure": measure, "group": "all", "low": count, "best": count, "high": count, "source": sources[place]}
