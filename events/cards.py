"""The card of an incident: all that is known of it, as the `details` column of the incident frame holds it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.canonical import canonical
from willay.events.corrections import superseded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    from willay.events.records import IncidentTables


def cards(tables: IncidentTables, figures: pd.DataFrame) -> list[str]:
    """Write the card of each incident as canonical JSON: sorted keys, no spaces, nothing that is unknown.

    Args:
        tables: The rows; one card for each row of `tables.incidents`, in their order.
        figures: The figures, as `figure_table` derives them.
    """
    dated = dict(zip(tables.sources["key"], tables.sources["published_on"], strict=True))
    claims = _grouped(tables.claims, _claim_card)
    lists = {
        "claims": {fid: _with_corrections(listed, dated) for fid, listed in claims.items()},
        "places": _grouped(tables.places, _place_card),
        "parties": _grouped(tables.parties, _party_card(tables.actors)),
        "cases": _grouped(tables.incident_cases, _case_card(tables.cases)),
    }
    cited = _grouped(tables.incident_sources, lambda row: row["source"])
    sources = {row["key"]: _source_card(row) for row in _records(tables.sources)}
    shown: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in _records(figures):
        figure = {**_without_unknowns(row, "incident", "measure"), **_texts(row, "reason")}
        shown[row["incident"]][row["measure"]] = figure
    return [
        canonical(
            {
                "title": parsed(row["title"]) or {},
                "summary": parsed(row["summary"]) or {},
                "notes": parsed(row["notes"]) or [],
                **{name: grouped.get(row["fid"], []) for name, grouped in lists.items()},
                "sources": {key: sources.get(key, {}) for key in cited.get(row["fid"], [])},
                "figures": shown.get(row["fid"], {}),
            }
        )
        for row in _records(tables.incidents)
    ]


def _claim_card(row: Mapping[str, Any]) -> dict[str, Any]:
    card = _without_unknowns(row, "incident", "position", "attributed_kind", "zero_is_unknown", "supersedes")
    if "attributed_kind" in row and is_known(row["attributed_kind"]):
        card["kind"] = row["attributed_kind"]
    if row["zero_is_unknown"]:
        card["zero_is_unknown"] = True
    return {**card, **_texts(row, "scope", "note", "pinned", "supersedes")}


@dataclass(frozen=True, slots=True)
class _Reference:
    """The label of a claim, and those that it names."""

    label: str | None
    supersedes: tuple[str, ...]


def _with_corrections(claims: list[dict[str, Any]], dated: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Say of each claim that a later one takes back by which, and when that one was stated."""
    gone = superseded([_Reference(claim.get("label"), tuple(claim.get("supersedes", ()))) for claim in claims])
    if not gone:
        return claims

    def told(place: int) -> dict[str, Any]:
        day = claims[place].get("stated_on") or dated.get(claims[place]["source"])
        return {"number": place + 1, **({"stated_on": day} if is_known(day) else {})}

    return [{**claim, "superseded": told(gone[n])} if n in gone else claim for n, claim in enumerate(claims)]


def _place_card(row: Mapping[str, Any]) -> dict[str, Any]:
    hidden = ("incident", "position", "adm1", "adm2", "adm3", "region_fid", "geometry")
    admin = [row[name] for name in ("adm1", "adm2", "adm3") if is_known(row[name])]
    card = {**_without_unknowns(row, *hidden), **_texts(row, "note")}
    return {**card, "admin": admin} if admin else card


def _party_card(actors: pd.DataFrame) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    known = {row["key"]: {"name": parsed(row["name"]), "kind": row["kind"]} for row in _records(actors)}

    def card(row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "key": row["actor"],
            "role": row["role"],
            **known.get(row["actor"], {}),
            **_texts(row, "note"),
        }

    return card


def _case_card(cases: pd.DataFrame) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    known = {row["key"]: {"title": parsed(row["title"]), "type": row["type"]} for row in _records(cases)}
    return lambda row: {"key": row["case"], **known.get(row["case"], {})}


def _source_card(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**_without_unknowns(row, "key", "accessed_on"), **_texts(row, "note")}


def _grouped(table: pd.DataFrame, card: Callable[[Mapping[str, Any]], Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in _records(table):
        found[row["incident"]].append(card(row))
    return found


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield rows as dicts, unknown values as None and whole numbers as int."""
    names = list(table.columns)
    columns: list[Sequence[Any]] = [_plain_values(table[name]) for name in names]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


_WHOLE_COLUMNS: Final = {"incident", "fid", "position", "low", "best", "high", "voices", "revision"}


def _plain_values(column: pd.Series[Any]) -> list[Any]:
    values = column.astype("object").where(column.notna(), None).tolist()
    return [None if value is None else int(value) for value in values] if column.name in _WHOLE_COLUMNS else values


def _without_unknowns(row: Mapping[str, Any], *hidden: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in hidden}


def _texts(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: parsed(row[name]) for name in names if is_known(row.get(name))}


def parsed(text: Any) -> Any:  # noqa: ANN401 — JSON
    """Return what a cell of JSON text says, None where it is unknown."""
    return json.loads(text) if is_known(text) else None


def is_known(value: Any) -> bool:  # noqa: ANN401 — a cell of any table
    """Say whether a cell holds anything: neither None nor NaN."""
    return value is not None and value == value  # noqa: PLR0124 — NaN is not itself
