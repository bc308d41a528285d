"""Previews: what the store would work out of an incident, before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.frame.columns import CRS
from willay.events.frame.unitcheck import outside_units
from willay.events.frame.units import DECIDING
from willay.events.model.incident_checks import Checks
from willay.events.model.policy import Claim, captivity_balance, figures
from willay.events.store.record import lookups
from willay.events.store.record.locating import beside_units
from willay.events.store.record.review_rules import status_faults
from willay.events.store.record.rows import located_places
from willay.events.store.record.states import incident_state
from willay.events.store.results import BundlePreview, PlacePreview, Preview, RegionHit
from willay.events.store.write.duplicates import likely_duplicates
from willay.events.store.write.validation import Setting, validate
from willay.geo.translation import language, tr

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
    places, notes = _places(whole.incidents, setting.regions), _unit_notes(whole.incidents, setting.regions)
    checks = Checks.installed()
    made = tuple(
        Preview(
            places=places[number],
            warnings=(
                *_warnings(connection, incident, whole.sources),
                *notes[number],
                *(map(str, checks.of(incident_state(incident, "", "")["draft"])) if checks else ()),
            ),
            faults=tuple(fault for fault in faults if _is_of(fault, number)),
            duplicates=likely_duplicates(connection, incident),
        )
        for number, incident in enumerate(whole.incidents)
    )
    return BundlePreview(made, faults)


def _is_of(fault: Fault, number: int) -> bool:
    own = f"incidents[{number}]"
    return fault.where == own or fault.where.startswith(f"{own}.")


def _places(drafts: Sequence[IncidentDraft], regions: gpd.GeoDataFrame) -> list[tuple[PlacePreview, ...]]:
    """Return what is found of the places of each incident: all at once, since regions are compared in frames."""
    documents = [incident_state(draft, "", "")["draft"] for draft in drafts]
    located = located_places(documents, regions)
    hits = iter(_region_hits(drafts, documents, [place for places in located for place in places], regions))
    return [
        tuple(
            PlacePreview(
                place["name"],
                place["precision"],
                tuple(name for name in found.admin if name),
                next(hits),
                place.get("country"),
            )
            for place, found in zip(document.get("places", ()), places, strict=True)
        )
        for document, places in zip(documents, located, strict=True)
    ]


def _unit_notes(drafts: Sequence[IncidentDraft], regions: gpd.GeoDataFrame) -> list[list[str]]:
    """Return what is to be said of the places of each incident that lie outside the units they name."""
    owners = [number for number, draft in enumerate(drafts) for _ in draft.places]
    notes: list[list[str]] = [[] for _ in drafts]
    places = [place.model_dump() for draft in drafts for place in draft.places]
    for outside in outside_units(places, regions):
        notes[owners[outside.position]].append(str(outside))
    for position, unit in beside_units(places, regions):
        told = {"name": places[position]["name"][:80], "unit": unit}
        notes[owners[position]].append(
            tr("{name!r} lies just outside all units of its country, and counts in the nearest one: {unit}.", **told)
        )
    return notes


def _region_hits(
    drafts: Sequence[IncidentDraft],
    documents: Sequence[Document],
    located: Sequence[Located],
    regions: gpd.GeoDataFrame,
) -> list[tuple[RegionHit, ...]]:
    """Return the regions that hold each place, in the order of the incidents and their places."""
    import geopandas as gpd  # noqa: PLC0415 — the other ways through the store need no frames
    import pandas as pd  # noqa: PLC0415 — as above

    from willay.events.frame.membership import members  # noqa: PLC0415 — as above

    places = [place for document in documents for place in document.get("places", ())]
    spans = [draft.span for draft, one in zip(drafts, documents, strict=True) for _ in one.get("places", ())]
    columns = {
        "first_day": pd.Series([span.first if span else None for span in spans], dtype="datetime64[s]"),
        "last_day": pd.Series([span.last if span else None for span in spans], dtype="datetime64[s]"),
        "place_precision": [place["precision"] for place in places],
        **{name: pd.Series([place.get(name) for place in places], dtype="object") for name in DECIDING},
    }
    shapes = gpd.GeoSeries([found.shape for found in located], crs=CRS)
    spots = gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)
    hits: list[list[RegionHit]] = [[] for _ in places]
    for place, region in members(spots, regions).itertuples(index=False):
        row = regions.iloc[region]
        told = row.get(f"name_{language()}")
        name = told if isinstance(told, str) and told else row["name"]
        hits[place].append(RegionHit(row["set"], row["key"], name, int(row["version"])))
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
