"""Previews: what the store would work out of an incident, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from willay.events.drafts import Bundle, IncidentDraft
from willay.events.frame import CRS
from willay.events.membership import members
from willay.events.policy import Claim, captivity_balance, figures
from willay.events.store import lookups
from willay.events.store.duplicates import likely_duplicates
from willay.events.store.intake import Setting, take_in
from willay.events.store.resolve import Located, locate
from willay.events.store.results import PlacePreview, Preview, RegionHit
from willay.events.store.states import incident_rows, incident_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from willay.events.drafts import SourceDraft


def preview_of(
    connection: Connection, draft: IncidentDraft, sources: Sequence[SourceDraft], setting: Setting
) -> Preview:
    """Work out what adding an incident would do."""
    intake = take_in(connection, Bundle(sources=tuple(sources), incidents=(draft,)), setting)
    return Preview(
        places=_places(draft, setting),
        warnings=_warnings(connection, draft, sources),
        faults=tuple(intake.faults),
        duplicates=likely_duplicates(connection, draft),
    )


def _places(draft: IncidentDraft, setting: Setting) -> tuple[PlacePreview, ...]:
    rows = incident_rows(incident_state(draft, "", ""), 0, 0, "")
    first_day = rows["incident"][0]["first_day"]
    located = locate(rows["place"], [first_day] * len(rows["place"]), setting.regions)
    hits = _region_hits(rows["place"], located, draft, setting.regions)
    return tuple(
        PlacePreview(row["name"], row["precision"], tuple(name for name in found.admin if name), within)
        for row, found, within in zip(rows["place"], located, hits, strict=True)
    )


def _region_hits(
    places: Sequence[dict[str, Any]],
    located: Sequence[Located],
    draft: IncidentDraft,
    regions: gpd.GeoDataFrame,
) -> list[tuple[RegionHit, ...]]:
    span = draft.span
    columns = {
        "first_day": pd.Series([span.first if span else None] * len(places), dtype="datetime64[s]"),
        "last_day": pd.Series([span.last if span else None] * len(places), dtype="datetime64[s]"),
        "place_precision": [place["precision"] for place in places],
        "admin_code": pd.Series([place["admin_code"] for place in places], dtype="str"),
        "region": pd.Series([place["region"] for place in places], dtype="str"),
        "radius_m": [place["radius_m"] for place in places],
    }
    shapes = gpd.GeoSeries([found.shape for found in located], crs=CRS)
    spots = gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)
    hits: list[list[RegionHit]] = [[] for _ in places]
    for place, region in members(spots, regions).itertuples(index=False):
        row = regions.iloc[region]
        hits[place].append(RegionHit(row["set"], row["key"], row["name"], int(row["version"])))
    return [tuple(within) for within in hits]


def _warnings(connection: Connection, draft: IncidentDraft, sources: Sequence[SourceDraft]) -> tuple[str, ...]:
    warnings = []
    stored = lookups.rows_by_key(connection, "source", [claim.source for claim in draft.claims])
    kinds = {
        **{key: row["kind"] for key, row in stored.items()},
        **{source.key: source.kind for source in sources},
    }
    claims = [
        Claim(
            claim.measure,
            claim.group,
            claim.count,
            claim.source,
            claim.attributed_to,
            claim.attributed_kind or kinds.get(claim.source, "other"),
            claim.stated_on or "",
            claim.scope is not None,
            claim.zero_is_unknown,
            str(claim.pinned) if claim.pinned else None,
            place,
        )
        for place, claim in enumerate(draft.claims)
    ]
    if mismatch := captivity_balance(figures(claims)):
        warnings.append(f"{mismatch}. Check the claims; they are kept as they are.")
    if draft.span is None:
        warnings.append("The incident has no date: it is listed, and left out of every timeline.")
    if not draft.places:
        warnings.append("The incident has no place: it is listed, and left out of every map.")
    if not draft.sources and not draft.claims:
        warnings.append("No source speaks of the incident yet.")
    return tuple(warnings)
