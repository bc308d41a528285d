"""Acts of the state, such as decrees, captures and sentences: which incidents are only that, and whether they count.

The codebook says which types are acts (`act`) and which measures count people who came to harm (`harm`). An act in
which somebody came to harm, or may have, is violence like any other: no death leaves a total because of what its
incident is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.codebook import codebook
from willay.events.frame.families import parents
from willay.events.frame.frame import open_ended
from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

HARMS: Final = tuple(name for name in FIGURE_MEASURES if codebook().measures[name].facts.get("harm", False))
"""The measures of figures that count people who came to harm."""


def act_measures() -> tuple[str, ...]:
    """Return the measures that acts of the state consist of, such as detained: where one is shown, acts are counted."""
    types = [term for term in codebook().types_and_subtypes if codebook().is_act(term.parent or term.code, term.code)]
    named = {name for term in types for name in term.facts.get("measures", ())}
    return tuple(name for name in FIGURE_MEASURES if name in named and name not in HARMS)


def counts_acts(acts: bool, measure: str | None) -> bool:  # noqa: FBT001 — the field of a spec
    """Return whether acts of the state are counted: where that is asked for, or where the measure is one of theirs."""
    return acts or measure in act_measures()


def acts_of(frame: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which rows are acts of the state and nothing else.

    A row is not one where somebody came to harm in it or may have (a figure above 0, or without upper end), nor where
    an incident that is a part of it is not one.
    """
    found = _is_act(frame["type"], frame["subtype"])
    if not found.any():
        return found
    for measure in HARMS:
        numbers = [frame[f"{measure}_{bound}"].fillna(0).to_numpy(float) for bound in ("low", "best", "high")]
        found &= ~(np.max(numbers, axis=0) > 0) & ~open_ended(frame, measure).to_numpy(bool)
    above = parents(frame)
    for part in np.flatnonzero((above >= 0) & ~found):
        row = int(above[part])
        while row >= 0:
            found[row] = False
            row = int(above[row])
    return found


def _is_act(types: pd.Series[Any], subtypes: pd.Series[Any]) -> NDArray[np.bool_]:
    kinds, kind_codes = pd.factorize(types)
    subs, sub_codes = pd.factorize(subtypes)
    table = np.zeros((len(kind_codes) + 1, len(sub_codes) + 1), bool)  # the last is of what is not known
    for at, kind in enumerate(kind_codes):
        table[at] = [codebook().is_act(str(kind), sub) for sub in [*map(str, sub_codes), None]]
    found: NDArray[np.bool_] = table[kinds, subs]
    return found
