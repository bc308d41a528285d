"""The Peru incidents that are shipped, read once, and their figures."""

from __future__ import annotations

from functools import cache

from willay.data.incidents import incident_documents
from willay.events.model.drafts import Bundle, IncidentDraft, draft
from willay.events.model.policy import Claim, Figure, figures

PROFILE = "peru-country-profile"


@cache
def bundles() -> dict[str, Bundle]:
    return {file.name: draft(Bundle, file.document, file.name) for file in incident_documents()}


@cache
def incidents() -> dict[str, IncidentDraft]:
    return {str(incident.key): incident for bundle in bundles().values() for incident in bundle.incidents}


def figure(key: str, measure: str, policy: str = "ranked-source") -> Figure:
    sources = {source.key: source for bundle in bundles().values() for source in bundle.sources}
    claims = [
        Claim(
            measure=claim.measure,
            group=claim.group,
            count=claim.count,
            source=claim.source,
            attributed_to=claim.attributed_to,
            kind=claim.attributed_kind or sources[claim.source].kind,
            stated_on=claim.stated_on or sources[claim.source].published_on or "",
            scoped=claim.scope is not None,
            pinned=str(claim.pinned) if claim.pinned else None,
            position=position,
            label=claim.label,
            supersedes=tuple(map(str, claim.supersedes)),
            adds=bool(claim.adds),
        )
        for position, claim in enumerate(incidents()[key].claims)
    ]
    return figures(claims, policy)[measure]
