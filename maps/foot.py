"""Where a page's data come from, as of when, and what it leaves out: facts, which the page puts into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from willay.maps.incidents import DRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec


def foot_facts(
    incidents: IncidentColumns, regions: RegionColumns, base: BaseMap | None, spec: PageSpec
) -> dict[str, Any]:
    """Return the facts, as JSON values.

    Returns:
        `datasets` (name and licence), `attributions`, `as_of` (the moment asked for, or None), `latest` (of the
        revisions shown, or None), `profile` (name with version or None, incidents left out and coarsened by it),
        `policy` (name and version; None where the frame does not say), `question` (by language), `left_out` (counts),
        `outlines` (working outlines: set, name by language, note), `credits` of base map and regions, `tiles` (the
        host that tiles come from, or None).
    """
    about = incidents.frame.attrs
    recorded = incidents.frame["recorded_at"].dropna()
    question = str(about.get("question") or "")
    return {
        "datasets": _datasets(incidents),
        "attributions": [str(text) for text in about.get("attributions") or []],
        "as_of": str(about["as_of"]) if about.get("as_of") else None,
        "latest": str(recorded.max()) if len(recorded) else None,
        "profile": {
            "name": str(about["profile"]) if about.get("profile") else None,
            "left_out": int(about.get("left_out") or 0),
            "coarsened": int(about.get("coarsened") or 0),
        },
        "policy": policy_of(about),
        "question": {str(about.get("lang") or spec.lang): question} if question else {},
        "left_out": {
            "undrawn": int((incidents.arrays["drawn"] == DRAWN.index("none")).sum()),
            "undated": int(incidents.frame["first_day"].isna().sum()),
            "parts": int((incidents.arrays["counted"] == 0).sum()),
        },
        "outlines": _outlines(regions),
        "credits": _credits(regions, base),
        "tiles": urlsplit(spec.tiles).hostname if spec.tiles else None,
    }


def policy_of(about: Mapping[Any, Any]) -> dict[str, Any]:
    """Return name and version of the figure policy that a frame's `attrs` state; None of what they do not."""
    name = about.get("policy")
    return {"name": str(name), "version": about.get("policy_version")} if name else {"name": None, "version": None}


def _datasets(incidents: IncidentColumns) -> list[dict[str, str]]:
    pairs = incidents.frame[["dataset", "licence"]].drop_duplicates().sort_values(["dataset", "licence"])
    named = [{"name": row["dataset"], "licence": row["licence"]} for row in pairs.to_dict("records")]
    known = [{key: text for key, text in row.items() if isinstance(text, str) and text} for row in named]
    return [row for row in known if row]


def _outlines(regions: RegionColumns) -> list[dict[str, Any]]:
    """Return the working outlines of all sets, each name once."""
    found: dict[str, dict[str, Any]] = {}
    for held in regions.sets:
        for region in held["regions"]:
            if region.get("working"):
                told = {"set": held["key"], "name": region["name"], "note": region.get("outline_note")}
                found.setdefault(f"{held['key']}/{region['key']}", told)
    return list(found.values())


def _credits(regions: RegionColumns, base: BaseMap | None) -> list[str]:
    own = base.attribution if base else ""
    return [*([own] if own and not any(own in text for text in regions.credit) else []), *regions.credit]
