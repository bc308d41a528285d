"""Releases of UCDP GED, by the names of their files: yearly ones, and preliminary candidate releases.

https://ucdp.uu.se/downloads/candidateged/ucdp-candidate-codebook.pdf
"""

from __future__ import annotations

import re
from typing import Final

from willay.geo.translation import mark, tr

_CANDIDATE: Final = mark(
    "Candidate release {version} of UCDP: its events are preliminary. Import the yearly release when it is out: events "
    "with the same id are updated."
)
_RELEASES: Final = (re.compile(r"v(\d\d)[_.](\d{1,2})(?:[_.](\d{1,2}))?(?!\d)"), re.compile(r"ged(\d\d)(\d)(?!\d)"))
"""How names of files state the version: GEDEvent_v25_1.csv, GEDEvent_v25_0_9.csv, ged251-csv.zip."""


def release_of(name: str) -> str | None:
    """Return the version of UCDP GED that the name of a file states, such as 25.1 or 25.0.9; None where it has none."""
    found = next((match for one in _RELEASES if (match := one.search(name.lower()))), None)
    return None if found is None else ".".join(part for part in found.groups() if part)


def is_candidate(version: str | None) -> bool:
    """Return whether a version is a monthly or quarterly candidate release: 25.0.9, and not 25.1."""
    return version is not None and version.split(".")[1:2] == ["0"]


def release_notes(version: str | None) -> tuple[str, ...]:
    """Return what a reader should know of a release."""
    return (tr(_CANDIDATE, version=version),) if is_candidate(version) else ()
