"""`db.preview(…)`: what an incident would be, and which of those recorded may be the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from willay.events.exchange.outgoing.tables import spoken
from willay.events.front.showing import show_table
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from willay.events.model.drafts import Bundle
    from willay.events.store import Preview as StorePreview

_PLACES = ("name", "precision", "admin", "regions", "country")
_LIKELY = ("code", "title", "days", "distance_m", "why")


@dataclass(frozen=True, slots=True)
class Preview:
    """What an incident would be if it was added; nothing is recorded.

    Attributes:
        fields: Its fields, as they would be recorded (JSON).
        places: What is worked out of each place: name, precision, admin (units, widest first), regions, country.
        warnings: What a careful person should look at again.
        faults: Why it cannot be added; empty where it can.
        duplicates: Incidents that may be the same, the nearest first, as far as the disclosure profile shows them:
            code, title, days, distance_m (metres; missing: not known), why.

    Example:
        >>> import willay as wy
        >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
        ...     march = {"title": "March of nurses", "type": "protest", "days": "2021-03-07", "place": "Espinar, Cusco"}
        ...     code = db.add(**march)
        ...     preview = db.preview(**march)
        >>> preview.duplicates["title"].tolist(), preview.faults
        (['March of nurses'], ())
    """

    fields: Mapping[str, Any] = field(repr=False)
    places: pd.DataFrame = field(repr=False, compare=False)
    warnings: tuple[str, ...]
    faults: tuple[str, ...]
    duplicates: pd.DataFrame = field(repr=False, compare=False)
    _lang: str = field(repr=False, default="en")

    @property
    def title(self) -> str:
        """Its title, in the language of the database."""
        return str(spoken(self.fields["title"], self._lang))

    def __bool__(self) -> bool:
        """Whether it can be added as it is."""
        return not self.faults

    def __repr__(self) -> str:
        state = many(len(self.faults), "fault") if self.faults else tr("can be added")
        likely = many(len(self.duplicates), "likely duplicate")
        return f"<willay.Preview {self.title!r}: {state}; {likely}; {many(len(self.warnings), 'warning')}>"

    def _repr_html_(self) -> str:
        rows = [
            (tr("days"), self.fields.get("days")),
            (tr("type"), self.fields.get("subtype") or self.fields["type"]),
            (tr("place"), "; ".join(self.places["name"]) or None),
            (tr("claims"), len(self.fields.get("claims", ())) or None),
            *((tr("fault"), text) for text in self.faults),
            *((tr("warning"), text) for text in self.warnings),
        ]
        return show_table(self.title, rows, self.duplicates)


def preview_of(bundle: Bundle, seen: StorePreview, shows: Callable[[str], bool], lang: str) -> Preview:
    """Return what was worked out of a new incident.

    Args:
        bundle: The incident, and its sources.
        seen: What the store works out of it.
        shows: Returns whether the incident with a code may be shown.
        lang: The language of its title.
    """
    (incident,) = bundle.incidents
    places = [
        (one.name, one.precision, ", ".join(one.admin), ", ".join(one.regions), one.country) for one in seen.places
    ]
    likely = [[getattr(one, name) for name in _LIKELY] for one in seen.duplicates if shows(one.code)]
    return Preview(
        incident.model_dump(mode="json", exclude_none=True),
        pd.DataFrame(places, columns=list(_PLACES)),
        seen.warnings,
        tuple(map(str, seen.faults)),
        pd.DataFrame(likely, columns=list(_LIKELY)),
        lang,
    )
