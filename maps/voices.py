"""Whose numbers the figures of a page are: the voice of each, and the document in which it is quoted.

A page has its claims in cards, which are unpacked one at a time. A list, a table or a file needs to know of each
figure only who states it, so that is next to the figures: a row has the number of one voice in a list of all, and a
measure has numbers of its own only where some row's figure of it is another voice's.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.maps.payload import smallest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    Voice = dict[str, Any]  # Any: JSON

_MOST_BYTES: Final = 2_000_000
"""Bytes of titles and addresses of documents, up to which they go with their voices; above, only names do."""


class Voices:
    """Collects the voices of figures, as cards come row by row.

    Args:
        rows: The rows of the page: of a row without a card, the column `killed_source` says whose number it is.
        measures: The measures that any of them has a figure of.
    """

    def __init__(self, rows: gpd.GeoDataFrame, measures: Sequence[str]) -> None:
        self._measures = tuple(measures)
        stated = {measure: rows[f"{measure}_source"] for measure in measures}
        self._stated = {measure: column.astype(object).tolist() for measure, column in stated.items()}
        self._numbers: dict[str, int] = {}
        self._voices: list[Voice] = []
        self._of = {measure: np.zeros(len(rows), np.int64) for measure in measures}

    def add(self, row: int, card: Mapping[str, Any]) -> None:
        """Add the voices of a row's figures."""
        figures = card.get("figures")
        for measure in self._measures:
            if figures is None:
                key, who = self._stated[measure][row], None
                key = None if pd.isna(key) else key
            else:
                figure = figures.get(measure) or {}
                key, who = figure.get("source"), figure.get("attributed_to")
            if key:
                self._of[measure][row] = self._number(key, who, (card.get("sources") or {}).get(key) or {})

    def _number(self, key: str, who: Any, source: Mapping[str, Any]) -> int:  # noqa: ANN401 — a text, or texts
        """Return the number of a voice, from 1 up."""
        known = f"{key}\n{json.dumps(who, sort_keys=True) if who else ''}"
        if known not in self._numbers:
            told = {"key": key, "who": who or source.get("publisher") or source.get("title"), "quoted": bool(who)}
            told |= {name: source.get(name) for name in ("title", "url")}
            self._voices.append({name: value for name, value in told.items() if value})
            self._numbers[known] = len(self._voices)
        return self._numbers[known]

    def listed(self) -> list[Voice]:
        """Return the voices: `key` of the source, `who`, whether it is `quoted` there, `title` and `url` of the source.

        Of very many documents, titles and addresses are left out: they are on the cards.
        """
        if sum(len(voice.get("title", "")) + len(voice.get("url", "")) for voice in self._voices) <= _MOST_BYTES:
            return self._voices
        return [
            {name: value for name, value in voice.items() if name not in {"title", "url"}} for voice in self._voices
        ]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the number of each row's voice; of a measure as well, where it is not the same; 0 is none.

        In the array of a measure 0 stands for that of the row.
        """
        if not self._voices:
            return {}
        every = np.array([*self._of.values()])
        first = every[(every > 0).argmax(axis=0), np.arange(every.shape[1])]
        found = {"voice": smallest(first)}
        for measure, numbers in self._of.items():
            other = np.where((numbers > 0) & (numbers != first), numbers, 0)
            if other.any():
                found[f"{measure}_voice"] = smallest(other)
        return found
