"""Sums of figures by region, for one policy or several; and the regions by the words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.region_titles import level_of_set
from willay.events.frame.provenance import origin_of
from willay.events.frame.regional import region_figures
from willay.events.front.filters import days_of, moment_of, texts_of
from willay.events.front.selecting import selected
from willay.events.model.errors import NotFoundError
from willay.events.model.figure_policies import check_policy
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.data.profiles import Profile
    from willay.events.front.query import Query
    from willay.events.front.words import PolicyLike
    from willay.events.store import Store

_BOUNDS: Final = ("low", "best", "high", "known", "open", "unknown")
_COLUMNS: Final = (
    "policy", "measure", "set", "key", "name", "admin_code", "incidents", *_BOUNDS, "people", "per_100k", "guard",
    "geometry",
)  # fmt: skip


def figures_of(
    store: Store,
    query: Query,
    regions: gpd.GeoDataFrame,
    *,
    measures: str | Sequence[str],
    policies: PolicyLike | Sequence[PolicyLike] | None,
    profile: Profile | None,
    lang: str,
) -> tuple[gpd.GeoDataFrame, Mapping[str, Any], list[Any]]:
    """Return sums by policy, measure and region, what the incidents state of themselves, and their levels.

    Raises:
        QueryError: There is no such policy, or a filter cannot be read.
        UnknownTermError: There is no such measure.
        NotFoundError: A filter names something that the database does not have.
    """
    names = tuple(codebook().measures.find(one).code for one in texts_of(measures))
    parts: list[gpd.GeoDataFrame] = []
    origin: Mapping[str, Any] = {}
    levels: list[Any] = []
    for policy in _policies(store, policies):
        frame = selected(store, query, policy=policy, profile=profile, lang=lang, details=False)
        origin, levels = origin_of(frame), frame["sensitivity"].tolist()
        sums = region_figures(frame, regions, measures=names)
        parts += [_long(sums, policy, measure) for measure in names]
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=regions.crs)
    table.attrs = {name: value for name, value in origin.items() if name not in {"policy", "datasets"}}
    return table, origin, levels


def _policies(store: Store, asked: PolicyLike | Sequence[PolicyLike] | None) -> list[str]:
    if asked is None:
        return [store.policy]
    return [check_policy(one) for one in ([asked] if isinstance(asked, str) or callable(asked) else asked)]


def _long(sums: gpd.GeoDataFrame, policy: str, measure: str) -> gpd.GeoDataFrame:
    own = {f"{measure}_{name}": name for name in (*_BOUNDS, "per_100k", "guard")}
    return sums.rename(columns=own).assign(policy=policy, measure=measure)[list(_COLUMNS)]


def regions_of(
    store: Store,
    name: str | None,
    *,
    on: Any,  # noqa: ANN401 — a day in any form
    as_of: Any,  # noqa: ANN401 — a moment in any form
    lang: str,
    profile: Profile | None,
) -> gpd.GeoDataFrame:
    """Return regions: all, or those of a set or of the units of a word; raises as `Database.regions`."""
    day = None if on is None else days_of(on).first
    moment = None if as_of is None else moment_of(as_of)
    every = store.regions.select(on=day, lang=lang, as_of=moment, profile=profile)
    if name is None:
        return every
    found = every[every["set"] == _set_named(every, name)].reset_index(drop=True)
    found.attrs = every.attrs
    return found


def regions_named(store: Store, name: str | None, lang: str, profile: Profile | None) -> gpd.GeoDataFrame:
    """Return the regions of a set or of the units of a word; of None the country's first-level units.

    Raises:
        NotFoundError: There are none.
    """
    every = store.regions.select(lang=lang, profile=profile)
    chosen = _first_units(every, store.country) if name is None else _set_named(every, name)
    return every[every["set"] == chosen].reset_index(drop=True)


def _set_named(regions: gpd.GeoDataFrame, name: str) -> str:
    """Return the set of this name, or whose units have this word in any language, in the singular or plural."""
    sets = [*dict.fromkeys(regions["set"])]
    if name in sets:
        return name
    found = [one for one in sets if folded(name) in _words_of(one)]
    if not found:
        raise NotFoundError(
            tr(
                "Unknown region set {name!r}. Region sets of the database: {sets}.",
                name=name[:80],
                sets=", ".join(sets) or tr("none"),
            )
        )
    return str(found[0])


def _words_of(name: str) -> set[str]:
    level = level_of_set(name)
    if level is None:
        return set()
    return {folded(level.word(lang, plural=plural)) for lang in level.words for plural in (False, True)}


def _first_units(regions: gpd.GeoDataFrame, country: str) -> str:
    sets = [one for one in dict.fromkeys(regions["set"]) if (level := level_of_set(one)) and level.number == 1]
    own = [one for one in sets if one.startswith(f"{country.lower()}-")]
    if not sets:
        raise NotFoundError(tr("The database has no first-level units. Give regions: by=…, a set or a frame."))
    return str((own or sets)[0])
