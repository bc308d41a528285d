"""What a picture says around its map: its time and selection in words, its totals, its foot, its description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from willay.events.frame.frame import cells
from willay.maps.foot import policy_of
from willay.maps.incidents import DRAWN, latest_moment
from willay.maps.pictures.names import short_value
from willay.maps.pictures.sentence import head_sentence
from willay.maps.selections import selections_of

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.composing import Content
    from willay.maps.pictures.scale import Look, Scale
    from willay.maps.pictures.words import Words
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec

_NAMED = 5


def lead_lines(incidents: IncidentColumns, regions: RegionColumns, spec: PageSpec, words: Words) -> list[str]:
    """Return the lines under the title: what is counted, where and when, and which incidents were chosen."""
    question = words.local(incidents.frame.attrs.get("question"))
    return [
        head_sentence(incidents, regions, spec, words),
        *([words.t("question_words", question=question)] if question else []),
    ]


def foot_lines(
    incidents: IncidentColumns,
    regions: RegionColumns,
    base: BaseMap,
    spec: PageSpec,
    words: Words,
    *,
    by_panels: bool,
    signs: bool,
) -> list[tuple[str, str]]:
    """Return the foot: a name and what is said under it."""
    undated = int(incidents.frame["first_day"].isna().sum())
    left_out = words.t("picture_left_out", undated=undated, **_left_out(incidents))
    if by_panels and undated:
        left_out += " " + words.t("picture_undated_no_panel", n=undated)
    lines = [
        ("foot_sources", " · ".join(_sources(incidents, words))),
        ("foot_selection", " ".join(selection_lines(incidents.frame, words))),
        ("foot_asof", as_of_words(incidents, words)),
        ("foot_policy", _policy(incidents, words)),
        ("foot_places", words.t("places_words") if signs else ""),
        ("foot_outlines", _working(regions, spec, words)),
        ("foot_left_out", left_out),
        ("foot_profile", profile_words(incidents, words)),
        ("foot_limits", " ".join([*map(words.local, base.notes), *_borders(base, words)])),
        ("foot_base", ". ".join([*map(words.credit, _credits(regions, base)), words.t("picture_made_with")])),
    ]
    return [(words.t(key), text) for key, text in lines if text]


def _left_out(incidents: IncidentColumns) -> dict[str, int]:
    return {
        "undrawn": int((incidents.arrays["drawn"] == DRAWN.index("none")).sum()),
        "parts": int((incidents.arrays["counted"] == 0).sum()),
    }


def _sources(incidents: IncidentColumns, words: Words) -> list[str]:
    frame = incidents.frame
    own_use = {False: words.t("may_not_be_passed_on")}
    pairs = dict.fromkeys(zip(*(cells(frame, name) for name in ("dataset", "licence", "may_publish")), strict=True))
    told = [
        " · ".join(v for v in (name, licence and words.credit(licence), own_use.get(may)) if v)
        for name, licence, may in pairs
    ]
    credited = frame.attrs.get("attributions") or sorted({*frame["attribution"].dropna()})
    thanks = [words.credit(str(text)) for text in credited]
    return [text for text in dict.fromkeys((*thanks, *sorted(told))) if text]


def selection_lines(frame: gpd.GeoDataFrame, words: Words) -> list[str]:
    """Return which of the datasets are a selection, of what period and by what rule."""
    return [
        words.t(
            "selection_words", dataset=one["name"], incidents=words.t("n_incidents", n=one["rows"]),
            first=(one["first"] or "?")[:4], last=(one["last"] or "?")[:4], rule=words.local(one["rule"]),
        )
        for one in selections_of(frame)
    ]  # fmt: skip


def profile_words(incidents: IncidentColumns, words: Words) -> str:
    """Return for whom incidents were read, and how many are therefore not shown; or that nobody says."""
    about = incidents.frame.attrs
    if not about.get("profile"):
        return words.t("profile_not_stated")
    counts = {name: words.n(int(about.get(name) or 0)) for name in ("left_out", "coarsened")}
    return words.t("profile_words", profile=words.profile(str(about["profile"])), **counts)


def as_of_words(incidents: IncidentColumns, words: Words) -> str:
    """Return the moment as of which the incidents are known, in words; or that nobody says."""
    moment = incidents.frame.attrs.get("as_of")
    if moment:
        return words.t("asof_moment", moment=words.minute(moment))
    latest = latest_moment(incidents.frame)
    return words.t("asof_latest", moment=words.minute(latest)) if latest else words.t("asof_unknown")


def _policy(incidents: IncidentColumns, words: Words) -> str:
    stated = policy_of(incidents.frame.attrs)
    if stated["name"] is None:
        return words.t("policy_not_stated_words")
    return words.t("policy_words", policy=words.policy(stated))


def policy_keywords(frame: gpd.GeoDataFrame) -> str:
    """Return the code and version of the figure policy, which the foot says in words; empty where nobody states it."""
    stated = policy_of(frame.attrs)
    told = {"policy": stated["name"], "policy_version": stated["version"]}
    return "; ".join(f"{name}={value}" for name, value in told.items() if value is not None)


def _working(regions: RegionColumns, spec: PageSpec, words: Words) -> str:
    shown = [held for held in regions.sets if spec.region_set in (None, held["key"])][:1]
    names = dict.fromkeys(
        words.local(region["name"]) for held in shown for region in held["regions"] if region.get("working")
    )
    return words.t("outlines_words", names=", ".join(names)) if names else ""


def _borders(base: BaseMap, words: Words) -> list[str]:
    return [] if base.disputed is None else [words.t("borders_words")]


def _credits(regions: RegionColumns, base: BaseMap) -> list[str]:
    own = base.attribution
    return [*([own] if own and not any(own in text for text in regions.credit) else []), *regions.credit]


def describe(
    texts: tuple[str, list[str], list[tuple[str, str]]], shown: tuple[str, str], content: Content, words: Words
) -> str:
    """Return a paragraph for those who do not see the picture.

    Args:
        texts: Its title, the lines under it, and its foot.
        shown: Names of the region set and of what is measured.
        content: What it shows.
        words: In which language.
    """
    (title, lead, foot), (regions, measured) = texts, shown
    scale, panels = content.scale, content.panels
    said = [f"{title}."]
    if scale is None:
        said.append(words.t("picture_alt_points"))
    else:
        told = {"count": measured, "change": f"{measured} ({words.t('legend_change')})"}
        what = told.get(scale.rate, f"{measured} {words.t(f'rate_{scale.rate}')}")
        said.append(words.t("picture_alt_regions", regions=regions.lower(), measured=what))
    if len(panels) > 1:
        said.append(words.t("picture_alt_panels", n=len(panels), first=panels[0].title, last=panels[-1].title))
    elif scale is not None and (named := _highest(content.looks[0], scale, words)):
        said.append(words.t("picture_alt_highest", named=named))
    said += [f"{line.rstrip('.')}." for line in lead]
    said += [f"{name}: {text.rstrip('.')}." for name, text in foot[:3]]
    return " ".join(said)


def _highest(looks: list[Look], scale: Scale, words: Words) -> str:
    valued = [look for look in looks if look.shown.value]
    valued.sort(key=lambda look: -float(np.abs(look.shown.value or 0)))
    return ", ".join(
        f"{words.local(look.shown.region['name'])} {short_value(look, words, scale.classes.decimals)}"
        for look in valued[:_NAMED]
    )


def set_of(regions: RegionColumns, spec: PageSpec) -> dict[str, Any] | None:
    """Return the region set that is shown: the spec's, else the first; None where there is none."""
    return next((held for held in regions.sets if spec.region_set in (None, held["key"])), None)
