"""The demo of some of its years: it does and says what the whole does, in less time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from willay.data.incidents import incident_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.data.incidents import IncidentFile


def of_years(*years: str, indicators: bool = False) -> Callable[[str], list[IncidentFile]]:
    """Return what reads the documents of the included incidents, but only those of some years."""

    def some(country: str) -> list[IncidentFile]:
        others = re.compile(rf"/(?!{'|'.join(years)})[12]\d{{3}}" + ("" if indicators else "|indicators"))
        return [file for file in incident_documents(country) if not others.search(file.name)]

    return some
