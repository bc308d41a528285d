"""Rows: what the documents of incidents become in the tables; the one function for writing, deriving and checking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.events.frame.columns import BY_LANGUAGE, COUNTED
from willay.events.frame.framing import cited_sources, days_of, frame_row
from willay.events.frame.units import Spot
from willay.events.model.canonical import canonical
from willay.events.model.drafts import ClaimDraft, IncidentDraft, PlaceDraft
from willay.events.model.fields import column_names, fields_of
from willay.events.store.record.locating import locate
from willay.events.store.record.states import cell_names, field_cells
from willay.events.store.schema.packing import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from willay.events.frame.framing import Known
    from willay.events.model.canonical import Document
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.locating import Located

LANGUAGE: Final = "es"
"""The language of titles and names in the columns, where a text has it."""

_CODE: Final = re.compile("-(?<=[A-Z]{2}-)(?![A-Za-z])")
"""How the code of an incident begins in a text: PE-; no letter follows, as in US-led. The hyphen is looked for first,
which is five times as fast."""

_OWN: Final = tuple(name for name, field in fields_of(IncidentDraft).items() if field.is_column and not field.is_flat)
"""The fields of an incident that are columns of its row and not of the frame."""

LIST_COLUMNS: Final = {
    "place": ("incident", "position", *cell_names(PlaceDraft), "adm1", "adm2", "adm3", "region_fid"),
    "claim": ("incident", "position", *cell_names(ClaimDraft)),
    "link": ("incident", "kind", "position", "ref", "role"),
}
"""The columns of the rows of lists, in their order."""

_NO_PLACE: Final = dict.fromkeys(column_names(PlaceDraft))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the tables.

    Attributes:
        by_table: Those of `incident`, `place`, `claim` and `link`, each with every column of its table; `geom` is a
            geometry.
        boxes: Row number, west, east, south and north of each primary place that has a shape.
    """

    by_table: Mapping[str, list[dict[str, Any]]]
    boxes: Sequence[tuple[int, float, float, float, float]]


def located_places(drafts: Sequence[Document], regions: gpd.GeoDataFrame) -> list[list[Located]]:
    """Work out units and shapes of all places of incidents.

    Args:
        drafts: Their drafts.
        regions: All versions of regions.
    """
    places = [{**_NO_PLACE, **place} for draft in drafts for place in draft.get("places", ())]
    days = [days_of(draft)["first_day"] for draft in drafts for _ in draft.get("places", ())]
    found = iter(locate(places, days, regions))
    return [[next(found) for _ in draft.get("places", ())] for draft in drafts]


def spots_of(located: Iterable[Located]) -> list[Spot]:
    """Return where places are."""
    return [Spot(place.admin, place.shape) for place in located]


def rows_of(recorded: Sequence[Recorded], located: Sequence[Sequence[Located]], known: Known, policy: str) -> Rows:
    """Make the rows of incidents.

    Every incident counts in sums here; which parts do not, `derived.update_counted` works out over all of them.

    Args:
        recorded: The incidents.
        located: Where the places of each are.
        known: The sources and actors that they refer to.
        policy: The database's figure policy.
    """
    rows: dict[str, list[dict[str, Any]]] = {"incident": [], "place": [], "claim": [], "link": []}
    for one, places in zip(recorded, located, strict=True):
        draft = one.state["draft"]
        rows["incident"].append(_incident(one, places, known, policy))
        rows["place"] += place_rows(one.fid, draft, places)
        rows["claim"] += claim_rows(one.fid, draft)
        rows["link"] += link_rows(one.fid, draft)
    return Rows(rows, boxes_of((row["fid"], row["geom"]) for row in rows["incident"]))


def _incident(one: Recorded, places: Sequence[Located], known: Known, policy: str) -> dict[str, Any]:
    draft = one.state["draft"]
    document = one.text or canonical(one.state)
    return {
        "fid": one.fid,
        "id": one.state["id"],
        **frame_row(one.document, spots_of(places[:1]), known, policy=policy, lang=LANGUAGE),
        COUNTED: True,
        **own_cells(draft),
        "is_translated": is_translated(draft),
        "names_codes": names_codes(document),
        "document": one.packed or pack(document),
        "geom": places[0].shape if places else None,
    }


def own_cells(draft: Document) -> dict[str, Any]:
    """Return the cells of the fields of an incident that are columns of its row and not of the frame."""
    return {name: draft.get(name) for name in _OWN}


def is_translated(draft: Document) -> bool:
    """Return whether a text of the frame is given in several languages."""
    return any(len(draft.get(name) or ()) > 1 for name in BY_LANGUAGE)


def names_codes(document: str) -> bool:
    """Return whether the text of a document may name another incident by its code, in its draft."""
    return names_codes_in(document, document.find('"draft":'))


def names_codes_in(text: str, start: int = 0) -> bool:
    """Return whether a text, from a place on, may name an incident by its code."""
    return _CODE.search(text, start) is not None


def place_rows(fid: int, draft: Document, located: Sequence[Located]) -> list[dict[str, Any]]:
    """Return the rows of the places of an incident, which are there."""
    return [
        {
            "incident": fid,
            "position": position,
            **field_cells(PlaceDraft, place),
            **dict(zip(("adm1", "adm2", "adm3"), at.admin, strict=True)),
            "region_fid": at.region_fid,
        }
        for position, (place, at) in enumerate(zip(draft.get("places", ()), located, strict=True))
    ]


def claim_rows(fid: int, draft: Document) -> list[dict[str, Any]]:
    """Return the rows of the claims of an incident."""
    return [
        {
            "incident": fid,
            "position": position,
            **field_cells(ClaimDraft, claim),
            "zero_is_unknown": bool(claim.get("zero_is_unknown")),
        }
        for position, claim in enumerate(draft.get("claims", ()))
    ]


def link_rows(fid: int, draft: Document) -> list[dict[str, Any]]:
    """Return the rows of what an incident refers to."""
    listed: dict[str, Iterable[tuple[str, str | None]]] = {
        "source": ((key, None) for key in cited_sources(draft)),
        "actor": ((party["actor"], party["role"]) for party in draft.get("parties", ())),
        "case": ((key, None) for key in draft.get("cases", ())),
        "tag": ((tag, None) for tag in draft.get("tags", ())),
        "attachment": ((one["sha256"], None) for one in draft.get("attachments", ())),
    }
    return [
        {"incident": fid, "kind": kind, "position": position, "ref": ref, "role": role}
        for kind, refs in listed.items()
        for position, (ref, role) in enumerate(refs)
    ]


def boxes_of(placed: Iterable[tuple[int, shapely.Geometry | None]]) -> list[tuple[int, float, float, float, float]]:
    """Return number, west, east, south and north of each shape; of what has none there is no box."""
    found = [(number, shape) for number, shape in placed if shape is not None]
    shapes = np.array([shape for _, shape in found], dtype=object)
    bounds = shapely.bounds(shapes).reshape(-1, 4)[:, [0, 2, 1, 3]].tolist()
    boxes = [(number, *box) for (number, _), box in zip(found, bounds, strict=True)]
    return [box for box in boxes if box[1] == box[1]]
