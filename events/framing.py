"""From plain tables to the incident frame: figures by policy, names in a language, the card of each incident."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import orjson
import pandas as pd

from willay.data.codebook import codebook
from willay.events.cards import cards, is_known
from willay.events.cells import IncidentCells
from willay.events.frame import assembled
from willay.events.policy import (
    DEFAULT_POLICY,
    FIGURE_MEASURES,
    POLICY_VERSION,
    Claim,
    Figure,
    check_policy,
    figure,
)
from willay.events.protection import LEVEL, dataset_documents, levels_of, strictest_levels, terms_columns
from willay.events.values import Count, local

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from willay.events.columns import Origin
    from willay.events.records import IncidentTables

JOINED: Final = "; "


def incident_frame(
    tables: IncidentTables,
    *,
    policy: str = DEFAULT_POLICY,
    lang: str = "en",
    details: bool = True,
    origin: Origin | None = None,
    figures: pd.DataFrame | None = None,
    levels: Mapping[str, str] | None = None,
) -> gpd.GeoDataFrame:
    """Make the incident frame, one row for each row of `tables.incidents`, in their order.

    Args:
        tables: The rows.
        policy: The figure policy.
        lang: The language of titles and names; the next best where a text lacks it.
        details: Whether to fill the `details` column, the most costly one.
        origin: What else to say of where the frame comes from.
        figures: What `figure_table` makes of the same tables and policy, where that is known already.
        levels: The strictest level of each incident that has one, by code, where the tables do not tell it.

    Raises:
        QueryError: There is no such policy.
    """
    check_policy(policy)
    incidents = tables.incidents.reset_index(drop=True)
    figures = figure_table(tables, policy) if figures is None else figures
    primary = _primary_places(tables.places, incidents["fid"])
    columns = {
        **_own_columns(incidents, lang),
        **_place_columns(primary, tables.places, incidents["fid"]),
        **_figure_columns(figures, incidents["fid"]),
        **_joined_columns(tables, incidents["fid"], lang),
        "counted": counted(incidents, tables.wholes),
        **terms_columns(incidents["dataset"].tolist(), tables.datasets),
        LEVEL: strictest_levels(tables) if levels is None else levels_of(incidents["code"], levels),
        "details": cards(tables, figures) if details else None,
    }
    shapes = [_none(shape) for shape in primary["geometry"]]
    return assembled(
        columns, shapes, {**_about(incidents["dataset"].unique(), tables.datasets, policy, lang), **(origin or {})}
    )


def kept_cells(
    columns: Mapping[str, Sequence[Any]],
    shapes: NDArray[np.object_],
    datasets: pd.DataFrame,
    *,
    policy: str = DEFAULT_POLICY,
    lang: str = "en",
    origin: Origin | None = None,
    levels: Mapping[str, str] | None = None,
) -> IncidentCells:
    """Make a page of incidents, without cards, of columns that an earlier frame was made of.

    Args:
        columns: Cells by column name, all of one length: all but `details` and those that protect a row.
        shapes: The primary places, geometries or None.
        datasets: The datasets, as `IncidentTables` holds them.
        policy: The figure policy that the columns follow.
        lang: The language of their texts.
        origin: As for `incident_frame`.
        levels: The strictest level of each incident that has one, by code.
    """
    names = columns["dataset"]
    told = {**columns, **terms_columns(names, datasets), LEVEL: levels_of(columns["code"], levels or {})}
    return IncidentCells(told, shapes, {**_about({*names}, datasets, policy, lang), **(origin or {})})


def _about(names: Iterable[Any], datasets: pd.DataFrame, policy: str, lang: str) -> Origin:
    about: Origin = {"policy": policy, "policy_version": POLICY_VERSION, "lang": lang}
    names = [*names]
    if credits_ := credits_of(names, datasets):
        about["attributions"] = credits_
    if listed := dataset_documents(names, datasets):
        about["datasets"] = listed
    return about


def counted(incidents: pd.DataFrame, wholes: Mapping[str, str]) -> list[bool]:
    """Say for each incident whether a sum may count it: none of the wholes above it is among them."""
    codes = set(incidents["code"])
    up = {
        **wholes,
        **{code: whole for code, whole in zip(incidents["code"], incidents["part_of"], strict=True) if is_known(whole)},
    }

    def is_counted(code: str) -> bool:
        seen = {code}
        whole = up.get(code)
        while whole is not None and whole not in seen:
            if whole in codes:
                return False
            seen.add(whole)
            whole = up.get(whole)
        return True

    return [code not in up or is_counted(code) for code in incidents["code"]]


def figure_table(tables: IncidentTables, policy: str = DEFAULT_POLICY) -> pd.DataFrame:
    """Derive the figures of all incidents.

    Returns:
        Columns incident, measure, low, best, high (Int64), source, attributed_to, basis, voices, reason; in order of
        incident, then of the codebook's measures.
    """
    claims = _voiced(tables)
    linked = _linked(claims)
    usable = claims[~linked & claims["scope"].isna() & claims[["low", "best", "high"]].notna().any(axis=1)]
    alone, spoken_for = _single_words(usable)
    groups: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for rows in (usable[~(alone | spoken_for)], claims[linked]):
        for row in rows.to_dict("records"):
            groups[row["incident"], row["measure"]].append(_claim(row))
    several = [
        {"incident": incident, "measure": measure, **_figure_row(found)}
        for (incident, measure), claims_ in groups.items()
        if (found := figure(claims_, policy))
    ]
    table = pd.concat([_plain_figures(usable[alone]), pd.DataFrame(several, columns=list(FIGURE_TYPES))])
    order = {code: place for place, code in enumerate(codebook().measures.codes())}
    table = table.astype(FIGURE_TYPES)
    return table.sort_values(
        ["incident", "measure"], key=lambda values: values.map(order) if values.name == "measure" else values
    ).reset_index(drop=True)


FIGURE_TYPES: Final = {
    "incident": "int64", "measure": "object", "low": "Int64", "best": "Int64", "high": "Int64", "source": "object",
    "attributed_to": "object", "basis": "object", "voices": "int64", "reason": "object",
}  # fmt: skip
"""The columns of `figure_table`, and their types."""


def _voiced(tables: IncidentTables) -> pd.DataFrame:
    """Give each claim the kind and date of its voice, which are the document's where it has none of its own."""
    kinds, dates = (_by_key(tables.sources, "key", column) for column in ("kind", "published_on"))
    claims = tables.claims
    return claims.assign(
        kind=claims["attributed_kind"].where(claims["attributed_kind"].notna(), claims["source"].map(kinds)),
        stated_on=claims["stated_on"].where(claims["stated_on"].notna(), claims["source"].map(dates)),
    )


def _linked(claims: pd.DataFrame) -> pd.Series[bool]:
    """Find the claims of a measure of an incident in which any claim takes back or adds to another."""
    links = claims["supersedes"].notna() | claims["adds"].eq(True)  # noqa: FBT003 — the value of a cell
    if not links.any():  # as nearly always
        return links
    return links.groupby([claims["incident"], claims["measure"]], sort=False).transform("any")


def _single_words(usable: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """Find the claims that are the figure by themselves, and those that they speak for.

    A claim is the figure where it is the only one, or the one total of a document that says all there is, all of it at
    one time: that voice is taken at its total (rule 2 of `policy`). No policy has anything to choose then.
    """
    number = usable.groupby(["incident", "measure"], sort=False).ngroup()
    is_total = usable["group"] == "all"
    voice = pd.factorize(pd.MultiIndex.from_frame(usable[["source", "attributed_to", "stated_on"]].fillna("")))[0]
    is_open = usable["low"].notna() & usable["high"].isna()
    told = {"number": number, "voice": voice, "total": is_total, "pinned": usable["pinned"].notna(), "open": is_open}
    groups = pd.DataFrame(told).groupby("number")
    same = groups["voice"].transform("min") == groups["voice"].transform("max")
    unpinned = ~groups["pinned"].transform("any")
    rows = groups["voice"].transform("size")
    plain = same & unpinned & ~groups["open"].transform("any")
    one_voice = plain & usable["attributed_to"].isna() & (groups["total"].transform("sum") == 1)
    alone = unpinned & (rows == 1) | one_voice & is_total
    return alone, one_voice & ~alone


def _plain_figures(alone: pd.DataFrame) -> pd.DataFrame:
    """Derive the figure where a single claim speaks: `policy.figure` on whole columns."""
    low, best, high = (alone[column].astype("Int64") for column in ("low", "best", "high"))
    best = best.mask(alone["zero_is_unknown"].astype(bool))
    is_open = low.notna() & high.isna()
    said = best.notna() | is_open
    return pd.DataFrame(
        {
            "incident": alone["incident"],
            "measure": alone["measure"],
            "low": low.fillna(best).fillna(0),  # "up to 15" names no least
            "best": best,
            "high": high.fillna(best).mask(is_open),  # "30+" names no most
            "source": alone["source"].where(said),
            "attributed_to": alone["attributed_to"].where(said),
            "basis": (alone["group"] == "all").map({True: "total", False: "group"}).where(said, "total"),
            "voices": 1,
            "reason": None,
        }
    )


def _claim(row: Mapping[Hashable, Any]) -> Claim:
    return Claim(
        measure=row["measure"],
        group=row["group"],
        count=Count(*(_whole(row[name]) for name in ("low", "best", "high"))),
        source=row["source"],
        attributed_to=_none(row["attributed_to"]),
        kind=_none(row["kind"]) or "other",
        stated_on=_none(row["stated_on"]) or "",
        scoped=is_known(row["scope"]),
        zero_is_unknown=bool(row["zero_is_unknown"]),
        pinned=_none(row["pinned"]),
        position=int(row["position"]),
        label=_none(row["label"]),
        supersedes=tuple(orjson.loads(row["supersedes"])) if is_known(row["supersedes"]) else (),
        adds=bool(_none(row["adds"])),
    )


def _figure_row(found: Figure) -> dict[str, Any]:
    return {
        "low": found.count.low, "best": found.count.best, "high": found.count.high, "source": found.source,
        "attributed_to": found.attributed_to, "basis": found.basis, "voices": found.voices, "reason": found.reason,
    }  # fmt: skip


def _own_columns(incidents: pd.DataFrame, lang: str) -> dict[str, Any]:
    same = (
        "code", "key", "type", "subtype", "first_day", "last_day", "date_precision", "part_of", "status", "confidence",
        "dataset", "revision", "recorded_at",
    )  # fmt: skip
    return {
        **{name: incidents[name] for name in same},
        **told_columns({name: incidents[name].tolist() for name in ("title", "summary")}, lang),
        "tags": [JOINED.join(orjson.loads(text)) if is_known(text) else None for text in incidents["tags"]],
    }


def told_columns(incidents: Mapping[str, Iterable[Any]], lang: str) -> dict[str, list[str | None]]:
    """Return title and summary of incidents in a language, from columns of texts by language."""
    return {
        "title": _told_column(incidents["title"], lang),
        "summary": [text or None for text in _told_column(incidents["summary"], lang)],
    }


def says_otherwise(texts: Iterable[Any], one: str, other: str) -> bool:
    """Say whether any text by language is told differently in two languages."""
    return any(_told(text, one) != _told(text, other) for text in texts)


def actor_names_of(parties: pd.DataFrame, actors: pd.DataFrame, fids: Iterable[int], lang: str) -> list[str | None]:
    """Return the names of the parties of each incident in a language, joined."""
    names = {key: _told(name, lang) for key, name in _pairs(actors, "key", "name")}
    joined = _joined(parties, "actor", lambda key: names.get(key, key))
    return [joined.get(fid) for fid in fids]


def _primary_places(places: pd.DataFrame, fids: pd.Series[Any]) -> pd.DataFrame:
    first = places[places["position"] == 0].set_index("incident")
    return first.reindex(fids.to_numpy()).reset_index(drop=True)


def _place_columns(primary: pd.DataFrame, places: pd.DataFrame, fids: pd.Series[Any]) -> dict[str, Any]:
    radii = {term.code: term.facts.get("radius_m") for term in codebook().place_precision}
    pointed = primary["lon"].notna()
    usual = primary["precision"].map(radii).astype("float64").where(pointed)
    counts = places["incident"].value_counts()
    same = ("country", "admin_code", "adm1", "adm2", "adm3", "region")
    return {
        **{name: primary[name] for name in same},
        "place_name": primary["name"],
        "place_precision": primary["precision"],
        "radius_m": primary["radius_m"].astype("float64").where(primary["radius_m"].notna(), usual),
        "place_count": fids.map(counts).fillna(0),
    }


def _figure_columns(figures: pd.DataFrame, fids: pd.Series[Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for measure in FIGURE_MEASURES:
        rows = figures[figures["measure"] == measure].set_index("incident").reindex(fids.to_numpy())
        for name in ("low", "best", "high", "source"):
            columns[f"{measure}_{name}"] = rows[name].reset_index(drop=True)
    return columns


def _joined_columns(tables: IncidentTables, fids: pd.Series[Any], lang: str) -> dict[str, Any]:
    kinds = dict(_pairs(tables.sources, "key", "kind"))
    source_kinds = _joined(tables.incident_sources, "source", lambda key: kinds.get(key, ""))
    cases = _joined(tables.incident_cases, "case", str)
    source_counts = tables.incident_sources["incident"].value_counts()
    return {
        "actors": actor_names_of(tables.parties, tables.actors, fids, lang),
        "source_count": fids.map(source_counts).fillna(0),
        "source_kinds": fids.map(source_kinds),
        "cases": fids.map(cases),
    }


def _joined(table: pd.DataFrame, column: str, name: Callable[[str], str]) -> dict[int, str]:
    """Join the names of each incident's rows, each once, in their order."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for incident, value in _pairs(table, "incident", column):
        found[incident][name(value)] = None
    return {incident: JOINED.join(said) for incident, said in found.items()}


def credits_of(names: Iterable[Any], datasets: pd.DataFrame) -> list[str]:
    """Return the credits that datasets ask for, each once, in order."""
    named = _by_key(datasets, "name", "attribution")
    return sorted({named[name] for name in {*names} if is_known(named.get(name))})


def _pairs(table: pd.DataFrame, one: str, other: str) -> Iterable[tuple[Any, Any]]:
    return zip(table[one].tolist(), table[other].tolist(), strict=True)


def _by_key(table: pd.DataFrame, key: str, column: str) -> dict[str, Any]:
    return {name: _none(value) for name, value in _pairs(table, key, column)}


def _told_column(texts: Iterable[Any], lang: str) -> list[str | None]:
    """Return each text as `_told` does; all are parsed at once, which takes a third of the time."""
    asked = [text if is_known(text) else "{}" for text in texts]
    each = orjson.loads(f"[{','.join(asked)}]")
    return [said.get(lang) or local(said, lang) for said in each]


def _told(text: Any, lang: str) -> str:  # noqa: ANN401 — a cell: JSON text or unknown
    return local(orjson.loads(text), lang) if is_known(text) else ""


def _none(value: Any) -> Any:  # noqa: ANN401 — a cell of any table
    return value if is_known(value) else None


def _whole(value: Any) -> int | None:  # noqa: ANN401 — a cell: a number or unknown
    return int(value) if is_known(value) and value is not pd.NA else None
