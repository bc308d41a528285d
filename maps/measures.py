"""Which measure a map shows where nobody has chosen one: deaths where any are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from willay.maps.incidents import IncidentColumns
    from willay.maps.spec import PageSpec

FIRST_CHOICE: Final = "killed"


def usual_measure(incidents: IncidentColumns) -> str:
    """Return the dead if any incident has a figure of them, else the measure that most know, else `incidents`."""
    if FIRST_CHOICE in incidents.measures:
        return FIRST_CHOICE
    known = {measure: int((incidents.arrays[f"{measure}_best"] > 0).sum()) for measure in incidents.measures}
    return max(known, key=lambda measure: known[measure], default="incidents")


def with_measure(spec: PageSpec, incidents: IncidentColumns) -> PageSpec:
    """Return the spec with a measure: its own, else the usual one of the incidents."""
    return spec if spec.measure is not None else replace(spec, measure=usual_measure(incidents))
