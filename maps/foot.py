"""Where a page's data come from, as of when, and what it leaves out: facts, which the page puts into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from willay.events.frame.columns import TERMS
from willay.events.frame.frame import cells
from willay.events.frame.protection import datasets_of_rows
from willay.maps.incidents import DRAWN, latest_moment
from willay.maps.messages import credit_words, profile_words

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
        `datasets` (name, version, licence, attribution, may_publish, as far as known), `attributions`, `as_of` (the
        moment asked for, or None), `latest` (of the revisions shown, or None), `profile` (name with version or None,
        incidents left out and coarsened by it), `policy` (name and version; None where the frame does not say),
        `voices` and `sources` (how many the cards have),
        `question` (by language), `left_out` (counts), `outlines` (working outlines: set, name by language, note),
        `notes` on the base map (by language; only where it has some), `credits` of base map and regions, `words` (by
        credit or profile, what it is called by language), `tiles` (the host that tiles come from, or None).
    """
    about = incidents.frame.attrs
    latest = latest_moment(incidents.frame)
    question = str(about.get("question") or "")
    datasets = _datasets(incidents)
    thanks = [str(text) for text in about.get("attributions") or credits_of_datasets(datasets)]
    credits_ = _credits(regions, base)
    profile = str(about["profile"]) if about.get("profile") else None
    said = {text: credit_words(text) for text in (*thanks, *credits_)} | {profile: profile_words(profile or "")}
    return {
        "datasets": datasets,
        "attributions": thanks,
        "as_of": str(about["as_of"]) if about.get("as_of") else None,
        "latest": latest,
        "profile": {
            "name": profile,
            "left_out": int(about.get("left_out") or 0),
            "coarsened": int(about.get("coarsened") or 0),
        },
        "policy": policy_of(about),
        "voices": incidents.cited[0],
        "sources": incidents.cited[1],
        "question": {str(about.get("lang") or spec.lang): question} if question else {},
        "left_out": {
            "undrawn": int((incidents.arrays["drawn"] == DRAWN.index("none")).sum()),
            "undated": int(incidents.frame["first_day"].isna().sum()),
            "parts": int((incidents.arrays["counted"] == 0).sum()),
        },
        "outlines": _outlines(regions),
        "credits": credits_,
        "words": {text: words for text, words in said.items() if words},
        "tiles": urlsplit(spec.tiles).hostname if spec.tiles else None,
    } | ({"notes": [dict(note) for note in base.notes]} if base and base.notes else {})


def policy_of(about: Mapping[Any, Any]) -> dict[str, Any]:
    """Return name and version of the figure policy that a frame's `attrs` state; None of what they do not.

    Of one that is not willay's own also `words`, what it is called by language, with its reference where a plug-in has
    it; absent where nobody states them.
    """
    name, labels = about.get("policy"), about.get("policy_labels") or {}
    if not name:
        return {"name": None, "version": None}
    reference = f" ({name})" if about.get("plugins") else ""
    said = {"words": {lang: f"{label}{reference}" for lang, label in sorted(labels.items())}} if labels else {}
    return {"name": str(name), "version": about.get("policy_version"), **said}


def _datasets(incidents: IncidentColumns) -> list[dict[str, Any]]:
    """Return the datasets of the rows with their terms, and the licences of rows that name none."""
    frame = incidents.frame
    bare = sorted({*frame.loc[frame["dataset"].isna(), "licence"].dropna()})
    return [*({"licence": licence} for licence in bare), *datasets_of_rows({n: cells(frame, n) for n in TERMS})]


def credits_of_datasets(datasets: list[dict[str, Any]]) -> list[str]:
    """Return the credits that datasets ask for, each once: a frame that has lost its `attrs` still has them."""
    return sorted({str(one["attribution"]) for one in datasets if one.get("attribution")})


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
