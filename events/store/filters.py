"""From a query to the rows that answer it: first roughly in SQL, then exactly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.events.columns import CRS
from willay.events.errors import NotFoundError
from willay.events.framing import figure_table
from willay.events.membership import members
from willay.events.store.resolve import folded, nearest
from willay.events.store.tables import Incident, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement

    from willay.events.query import IncidentQuery
    from willay.events.records import IncidentTables


def narrowing(query: IncidentQuery) -> list[ColumnElement[bool]]:
    """Return conditions on the table `incident` that no row of the answer fails.

    Where a query asks of an incident's own columns alone (`asks_only_of_itself`), every row that passes is of the
    answer. They hold for a past moment as well: what has changed since is read from its revisions, not from this table.
    """
    column = table_of(Incident).c
    where: list[ColumnElement[bool]] = [column.status.in_(query.live_statuses)]
    if query.codes:
        where.append(column.code.in_([code.upper() for code in query.codes]) | column.key.in_(query.codes))
    if query.days is not None:
        where.append(column.first_day.is_not(None))
    if query.days and query.days.first:
        where.append(column.last_day >= str(query.days.first))
    if query.days and query.days.last:
        where.append(column.first_day <= str(query.days.last))
    if query.types:
        where.append(column.type.in_(query.types) | column.subtype.in_(query.types))
    if query.dataset:
        where.append(column.dataset == query.dataset)
    if query.without:
        where.append(column.dataset.is_(None) | column.dataset.not_in(query.without))
    return where


@dataclass(frozen=True)
class Surroundings:
    """What a query's words refer to.

    Attributes:
        actors: Keys of actors by folded name.
        regions: All versions of regions.
        policy: The figure policy.
    """

    actors: Mapping[str, str]
    regions: gpd.GeoDataFrame
    policy: str


def matching(tables: IncidentTables, query: IncidentQuery, around: Surroundings) -> NDArray[np.bool_]:
    """Say of each incident whether it answers a query.

    Raises:
        NotFoundError: The query names an actor, region, case or source that the database does not have.
    """
    incidents = tables.incidents
    keep = incidents["status"].isin(query.live_statuses).to_numpy(copy=True)
    keep &= _own_columns_match(incidents, query)
    fids = incidents["fid"]
    for wanted in _lists_match(tables, query, around):
        keep &= fids.isin(wanted).to_numpy()
    if query.tags:
        keep &= np.array([bool(set(_list(tags)) & set(query.tags)) for tags in incidents["tags"]], dtype=bool)
    if query.text:
        keep &= _text_matches(tables, query.text)
    if query.bbox is not None or query.regions:
        keep &= _place_matches(tables, query, around.regions, keep)
    return keep


def _own_columns_match(incidents: pd.DataFrame, query: IncidentQuery) -> NDArray[np.bool_]:
    """Say of each incident whether its own columns answer a query: names, days, type and dataset."""
    keep = np.ones(len(incidents), dtype=bool)
    if query.codes:
        upper = [code.upper() for code in query.codes]
        keep &= (incidents["code"].isin(upper) | incidents["key"].isin(query.codes)).to_numpy()
    if query.days is not None:
        first, last = query.days.first, query.days.last
        keep &= incidents["first_day"].notna().to_numpy()
        # Days are ISO text, which compares as days do.
        keep &= np.array([(first is None or str(first) <= (day or "")) for day in incidents["last_day"]], dtype=bool)
        keep &= np.array([(last is None or (day or "") <= str(last)) for day in incidents["first_day"]], dtype=bool)
    if query.types:
        keep &= (incidents["type"].isin(query.types) | incidents["subtype"].isin(query.types)).to_numpy()
    if query.dataset:
        keep &= (incidents["dataset"] == query.dataset).to_numpy()
    if query.without:
        keep &= ~incidents["dataset"].isin(query.without).to_numpy()
    return keep


def _lists_match(tables: IncidentTables, query: IncidentQuery, around: Surroundings) -> Iterable[set[int]]:
    """Yield, for each part of the query about an incident's lists, the incidents that fit."""
    if query.actors:
        keys = _with_parts({_actor_key(name, around.actors) for name in query.actors}, tables.actors)
        yield set(tables.parties.loc[tables.parties["actor"].isin(keys), "incident"])
    if query.cases:
        _all_known(query.cases, tables.cases["key"], "case")
        yield set(tables.incident_cases.loc[tables.incident_cases["case"].isin(query.cases), "incident"])
    if query.sources:
        sources = tables.sources
        _all_known(query.sources, [*sources["key"], *sources["kind"]], "source")
        keys = set(sources.loc[sources["key"].isin(query.sources) | sources["kind"].isin(query.sources), "key"])
        yield set(tables.incident_sources.loc[tables.incident_sources["source"].isin(keys), "incident"])
    if query.measure:
        yield set(tables.claims.loc[tables.claims["measure"] == query.measure, "incident"])
        if query.minimum is not None:
            figures = figure_table(tables, around.policy)
            reckoned = figures["best"].fillna(figures["low"])  # "at least 30" is reckoned as 30
            enough = (figures["measure"] == query.measure) & (reckoned.fillna(-1) >= query.minimum)
            yield set(figures.loc[enough, "incident"])


def _with_parts(keys: set[str], actors: pd.DataFrame) -> set[str]:
    """Add the actors that are parts of those asked for: the factions of a group, the units of a force."""
    found = set(keys)
    while more := set(actors.loc[actors["part_of"].isin(found), "key"]) - found:
        found |= more
    return found


def _actor_key(name: str, actors: Mapping[str, str]) -> str:
    key = actors.get(folded(name))
    if key is None:
        like = dict.fromkeys(actors[found] for found in nearest(folded(name), actors))
        raise NotFoundError(f"No actor is called {name[:80]!r}.{_or(like)} Known actors: willay actor list.")
    return key


def _all_known(asked: Iterable[str], known: Iterable[str], kind: str) -> None:
    there = set(known)
    for name in asked:
        if name not in there:
            raise NotFoundError(
                f"There is no {kind} {name[:80]!r}.{_or(nearest(name, there))} See: willay {kind} list."
            )


def _or(like: Iterable[str]) -> str:
    named = " or ".join(repr(name) for name in like)
    return f" Did you mean {named}?" if named else ""


def _text_matches(tables: IncidentTables, asked: str) -> NDArray[np.bool_]:
    words = folded(asked).split()
    said: dict[int, list[str]] = {}
    for incident, name in zip(tables.places["incident"], tables.places["name"], strict=True):
        said.setdefault(incident, []).append(name)
    names = {
        key: " ".join(json.loads(name).values())
        for key, name in zip(tables.actors["key"], tables.actors["name"], strict=True)
    }
    for incident, actor in zip(tables.parties["incident"], tables.parties["actor"], strict=True):
        said.setdefault(incident, []).append(names.get(actor, actor))
    found = []
    own = zip(tables.incidents["fid"], tables.incidents["title"], tables.incidents["summary"], strict=True)
    for fid, title, summary in own:
        texts = [*_values(title), *_values(summary), *said.get(fid, [])]
        whole = folded(" ".join(texts))
        found.append(all(word in whole for word in words))
    return np.array(found, dtype=bool)


def _values(text: Any) -> Iterable[str]:  # noqa: ANN401 — a cell: JSON text or unknown
    return json.loads(text).values() if isinstance(text, str) else ()


def _list(text: Any) -> list[str]:  # noqa: ANN401 — as above
    return list(json.loads(text)) if isinstance(text, str) else []


def _place_matches(
    tables: IncidentTables, query: IncidentQuery, regions: gpd.GeoDataFrame, keep: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say whether the primary places lie in the box and the regions, looking only at incidents kept so far."""
    chosen = np.flatnonzero(keep)
    spots = spots_of(tables, tables.incidents.iloc[chosen])
    fits = np.ones(len(chosen), dtype=bool)
    if query.bbox is not None:
        area = query.bbox.as_polygon()
        fits &= shapely.covers(area, np.asarray(spots.geometry.array, dtype=object))
    if query.regions:
        wanted = asked_regions(query.regions, regions)
        # All units of a set decide together which of them holds a place, so all are asked about.
        sets = regions["set"].isin(regions.loc[wanted, "set"]).to_numpy()
        pairs = members(spots, regions[sets].reset_index(drop=True))
        inside = np.zeros(len(chosen), dtype=bool)
        inside[pairs.loc[wanted[sets][pairs["region"]], "incident"].to_numpy()] = True
        fits &= inside
    result = np.zeros(len(keep), dtype=bool)
    result[chosen[fits]] = True
    return result


def spots_of(tables: IncidentTables, incidents: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return days and primary places of incidents, as `members` takes them, in order."""
    primary = tables.places[tables.places["position"] == 0].set_index("incident")
    primary = primary.reindex(incidents["fid"].to_numpy())
    columns = {
        "first_day": pd.to_datetime(incidents["first_day"]).to_numpy(),
        "last_day": pd.to_datetime(incidents["last_day"]).to_numpy(),
        "place_precision": primary["precision"].to_numpy(),
        "admin_code": primary["admin_code"].to_numpy(),
        "region": primary["region"].to_numpy(),
        "radius_m": primary["radius_m"].to_numpy(),
    }
    shapes = [shape if isinstance(shape, shapely.Geometry) else None for shape in primary["geometry"]]
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def asked_regions(names: Iterable[str], regions: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Say of each version of a region whether it is one of those named: `set/key`, a key, or a name in any language.

    Case and accents do not matter.

    Raises:
        NotFoundError: There is no such region.
    """
    called = {
        "full": (regions["set"] + "/" + regions["key"]).map(str.casefold),
        "key": regions["key"].map(str.casefold),
        **{name: regions[name].map(folded, na_action="ignore") for name in ("name_es", "name_en")},
    }
    wanted = np.zeros(len(regions), dtype=bool)
    for name in names:
        hit = np.zeros(len(regions), dtype=bool)
        for column, known in called.items():
            asked = folded(name) if column.startswith("name") else name.strip().casefold()
            hit |= (known == asked).to_numpy(dtype=bool)
        if not hit.any():
            like = _or(nearest(name, [*(regions["set"] + "/" + regions["key"]), *regions["name"]]))
            raise NotFoundError(f"There is no region {name[:80]!r}.{like} See: willay regions list.")
        wanted |= hit
    return wanted
