"""Previews: what the store would work out of an incident, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.frame.columns import CRS
from willay.events.frame.unitcheck import outside_units
from willay.events.model.policy import Claim, captivity_balance, figures
from willay.events.store.record import lookups
from willay.events.store.record.review_rules import status_faults
from willay.events.store.record.rows import located_places
from willay.events.store.record.states import incident_state
from willay.events.store.results import BundlePreview, PlacePreview, Preview, RegionHit
from willay.events.store.write.duplicates import likely_duplicates
from willay.events.store.write.validation import Setting, validate
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.model.drafts import Bundle, IncidentDraft, SourceDraft
    from willay.events.model.errors import Fault
    from willay.events.store.record.locating import Located


def previews_of(connection: Connection, bundle: Bundle, setting: Setting, rule: str) -> BundlePreview:
    """Work out what adding a bundle would do; its incidents may name what else is in it, and one another.

    Args:
        connection: Within a transaction.
        bundle: What would be added.
        setting: The database's setting.
        rule: The rule of the review.
    """
    whole = bundle.at_home(setting.country)
    faults = (*validate(connection, whole, setting).faults, *status_faults(whole, rule))
    made = tuple(
        Preview(
            places=_places(incident, setting),
            warnings=(*_warnings(connection, incident, whole.sources), *_unit_notes(incident, setting)),
            faults=tuple(fault for fault in faults if _is_of(fault, number)),
            duplicates=likely_duplicates(connection, incident),
        )
        for number, incident in enumerate(whole.incidents)
    )
    return BundlePreview(made, faults)


def _is_of(fault: Fault, number: int) -> bool:
    own = f"incidents[{number}]"
    return fault.where == own or fault.where.startswith(f"{own}.")


def _places(draft: IncidentDraft, setting: Setting) -> tuple[PlacePreview, ...]:
    document = incident_state(draft, "", "")["draft"]
    places = document.get("places", [])
    (located,) = located_places([document], setting.regions)
    hits = _region_hits(places, located, draft, setting.regions)
    return tuple(
        PlacePreview(place["name"], place["precision"], tuple(name for name in found.admin if name), within)
        for place, found, within in zip(places, located, hits, strict=True)
    )


def _unit_notes(draft: IncidentDraft, setting: Setting) -> list[str]:
    places = [place.model_dump() for place in draft.places]
    return [str(outside) for outside in outside_units(places, setting.regions)]


def _region_hits(
    places: Sequence[Document],
    located: Sequence[Located],
    draft: IncidentDraft,
    regions: gpd.GeoDataFrame,
) -> list[tuple[RegionHit, ...]]:
    import geopandas as gpd  # noqa: PLC0415 — the other ways through the store need no frames
    import pandas as pd  # noqa: PLC0415 — as above

    from willay.events.frame.membership import members  # noqa: PLC0415 — as above

    span = draft.span
    columns = {
        "first_day": pd.Series([span.first if span else None] * len(places), dtype="datetime64[s]"),
        "last_day": pd.Series([span.last if span else None] * len(places), dtype="datetime64[s]"),
        "place_precision": [place["precision"] for place in places],
        "admin_code": pd.Series([place.get("admin_code") for place in places], dtype="str"),
        "region": pd.Series([place.get("region") for place in places], dtype="str"),
        "radius_m": [place.get("radius_m") for place in places],
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
            claim.label,
            tuple(map(str, claim.supersedes)),
            bool(claim.adds),
        )
        for place, claim in enumerate(draft.claims)
    ]
    if mismatch := captivity_balance(figures(claims)):
        warnings.append(tr("{mismatch}. Check the claims; they are not changed.", mismatch=mismatch))
    if draft.span is None:
        warnings.append(tr("The incident has no date: it is listed, and left out of every timeline."))
    if not draft.places:
        warnings.append(tr("The incident has no place: it is listed, and left out of every map."))
    if not draft.sources and not draft.claims:
        warnings.append(tr("No source speaks of the incident yet."))
    return tuple(warnings)
