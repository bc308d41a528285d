"""The foot of a page: where the data come from, as of when, how they are drawn, and what is left out."""

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

    Words = Mapping[str, Any]  # Any: a message is a text, or texts by number


def foot(
    incidents: IncidentColumns, regions: RegionColumns, base: BaseMap | None, spec: PageSpec, words: Words
) -> list[tuple[str, list[str]]]:
    """Return the lines of the foot: a name and its sentences, those without a sentence left out."""
    lines = [
        (words["foot_sources"], _sources(incidents)),
        (words["foot_asof"], [as_of(incidents, words)]),
        (words["foot_policy"], [words["policy_words"].format(policy=policy_words(incidents, words))]),
        (words["foot_places"], [words["places_words"]]),
        (words["foot_outlines"], _outlines(regions, words)),
        (words["foot_time"], [words["histogram_note"]] if spec.kind != "choropleth" else []),
        (words["foot_left_out"], _left_out(incidents, words)),
        (words["foot_base"], _base(regions, base, spec, words)),
    ]
    return [(name, sentences) for name, sentences in lines if sentences]


def policy_words(incidents: IncidentColumns, words: Words) -> str:
    """Return the figure policy's name, in the page's language where it has one, with its version."""
    name = str(incidents.frame.attrs.get("policy") or "ranked-source")
    version = incidents.frame.attrs.get("policy_version")
    told = str(words.get(f"policy_{name}", name))
    return f"{told} ({name}, {version})" if version is not None else told


def as_of(incidents: IncidentColumns, words: Words) -> str:
    """Return as of when the data are: the moment asked for, else that of the latest revision shown."""
    moment = incidents.frame.attrs.get("as_of")
    if moment:
        return str(words["asof_moment"]).format(moment=_moment(str(moment)))
    recorded = incidents.frame["recorded_at"].dropna()
    if not len(recorded):
        return str(words["asof_unknown"])
    return str(words["asof_latest"]).format(moment=_moment(str(recorded.max())))


def _moment(text: str) -> str:
    return text[:16].replace("T", " ")


def _sources(incidents: IncidentColumns) -> list[str]:
    pairs = incidents.frame[["dataset", "licence"]].drop_duplicates().to_dict("records")
    told = [" · ".join(v for v in (row["dataset"], row["licence"]) if isinstance(v, str) and v) for row in pairs]
    thanks = [str(text) for text in incidents.frame.attrs.get("attributions") or []]
    return list(dict.fromkeys(text for text in (*thanks, *sorted(told)) if text))


def _outlines(regions: RegionColumns, words: Words) -> list[str]:
    every = [region for held in regions.sets for region in held["regions"]]
    working = list(dict.fromkeys(region["name"] for region in every if region.get("working")))
    named = [
        held["name"]
        for held in regions.sets
        if any({"valid_from", "valid_until"} & set(region) for region in held["regions"])
    ]
    sentences = [words["outlines_words"].format(names=", ".join(working))] if working else []
    return sentences + ([words["validity_words"].format(names=", ".join(named))] if named else [])


def _left_out(incidents: IncidentColumns, words: Words) -> list[str]:
    counts = {
        "undrawn": int((incidents.arrays["drawn"] == DRAWN.index("none")).sum()),
        "undated": int(incidents.frame["first_day"].isna().sum()),
        "parts": int((incidents.arrays["counted"] == 0).sum()),
    }
    return [words["left_out_words"].format(**counts)]


def _base(regions: RegionColumns, base: BaseMap | None, spec: PageSpec, words: Words) -> list[str]:
    own = base.attribution if base else ""
    credit = [*([own] if own and not any(own in text for text in regions.credit) else []), *regions.credit]
    host = urlsplit(spec.tiles).hostname if spec.tiles else None
    return [*credit, words["made_with_tiles"].format(host=host) if host else words["made_with"]]
