"""Withholding: sources and actors that stand in an output without their names, by kind and number."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from willay.data.codebook import codebook
from willay.events.cards import is_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.profiles import Profile
    from willay.events.records import IncidentTables

SHORTEST_NAME: Final = 4
"""Letters from which on a withheld name is looked for in texts; a shorter one is in too many words."""

WITHHELD: Final = {"en": "Name withheld", "es": "Nombre reservado"}
"""What stands where a name was."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Sources and actors that a profile withholds.

    Attributes:
        sources: The key that each goes by instead.
        actors: The same.
        names: Their names, folded, which no text may have.
    """

    sources: Mapping[str, str]
    actors: Mapping[str, str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Registers:
    """The sources, actors and cases of a database, as tables with the columns of `records.COLUMNS`."""

    sources: pd.DataFrame
    actors: pd.DataFrame
    cases: pd.DataFrame


def disclosed_registers(registers: Registers, hidden: Withheld, most: int) -> Registers:
    """Return registers with the withheld entries under their other names.

    Args:
        registers: All of a database.
        hidden: What is withheld.
        most: The most documents of an incident: so many stand for those of coarsened incidents, of each kind.
    """
    numbered = [document(number, kind) for kind in codebook().source_kinds.codes() for number in range(1, most + 1)]
    columns = list(registers.sources.columns)
    documents = pd.DataFrame([{**dict.fromkeys(columns), **row} for row in numbered], columns=columns, dtype="object")
    sources = _renamed(registers.sources, hidden.sources, {"publisher": WITHHELD["en"]}).astype("object")
    actors = _renamed(registers.actors, hidden.actors, {"name": json.dumps(WITHHELD, ensure_ascii=False)})
    return Registers(
        pd.concat([sources, documents], ignore_index=True),
        actors,
        _cases_without(registers.cases, hidden),
    )


def document(number: int, kind: str) -> dict[str, str]:
    """Return what stands for a document of a coarsened incident."""
    return {"key": f"withheld-document-{number}-{kind}", "kind": kind, "publisher": WITHHELD["en"]}


def withheld(sources: pd.DataFrame, actors: pd.DataFrame, profile: Profile) -> Withheld:
    """Say which sources and actors of a database a profile withholds, and what they are called instead.

    Args:
        sources: All sources of the database, so that a name stays the same whatever is asked for.
        actors: All its actors.
        profile: The profile.
    """
    named = {}
    names: set[str] = set()
    for kind, table in (("source", sources), ("actor", actors)):
        hidden = [
            row
            for row in table.sort_values("key").to_dict("records")
            if profile.treatment(kind, level_of(row["sensitivity"])) == "withhold"
        ]
        named[kind] = {str(row["key"]): f"withheld-{row['kind']}-{number}" for number, row in enumerate(hidden, 1)}
        for row in hidden:
            names |= _names(row, kind)
    return Withheld(named["source"], named["actor"], frozenset(names))


def _names(row: Mapping[Any, Any], kind: str) -> set[str]:
    told = [row["key"], *(row[name] for name in ("publisher", "title", "url", "archive_url") if kind == "source")]
    if kind == "actor":
        told += list(json.loads(row["name"]).values())
    return {name for text in told if is_known(text) and len(name := folded(str(text))) >= SHORTEST_NAME}


def folded(text: str) -> str:
    """Return a text as names are looked for in it: without case and accents, runs of other signs as one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(mark for mark in plain if not unicodedata.combining(mark))))


def with_names_withheld(tables: IncidentTables, hidden: Withheld) -> IncidentTables:
    """Give withheld sources and actors their other names, wherever they are referred to."""
    if not hidden.sources and not hidden.actors:
        return tables
    claims = tables.claims
    theirs = claims["source"].isin(hidden.sources)
    quiet = {name: claims[name].mask(theirs, None) for name in ("attributed_to", "note", "scope", "pinned")}
    return replace(
        tables,
        claims=claims.assign(**quiet, source=claims["source"].replace(dict(hidden.sources))),
        incident_sources=tables.incident_sources.assign(
            source=tables.incident_sources["source"].replace(dict(hidden.sources))
        ),
        parties=tables.parties.assign(
            actor=tables.parties["actor"].replace(dict(hidden.actors)),
            note=tables.parties["note"].mask(tables.parties["actor"].isin(hidden.actors), None),
        ),
        sources=_renamed(tables.sources, hidden.sources, {"publisher": WITHHELD["en"]}),
        actors=_renamed(tables.actors, hidden.actors, {"name": json.dumps(WITHHELD, ensure_ascii=False)}),
        cases=_cases_without(tables.cases, hidden),
    )


def _renamed(table: pd.DataFrame, other: Mapping[str, str], told: Mapping[str, str]) -> pd.DataFrame:
    """Replace rows by ones with another key, their kind and little else."""
    ours = table["key"].isin(other)
    kept = {"key", "kind"}
    columns = {name: table[name].mask(ours, told.get(name)) for name in table.columns if name not in kept}
    named = table.assign(**columns, key=table["key"].replace(dict(other)))
    if "part_of" in named:
        named["part_of"] = named["part_of"].mask(named["part_of"].isin(other), None)
    return named


def _cases_without(cases: pd.DataFrame, hidden: Withheld) -> pd.DataFrame:
    def renamed(text: Any) -> Any:  # noqa: ANN401 — a cell
        return json.dumps([hidden.sources.get(key, key) for key in json.loads(text)]) if is_known(text) else text

    def phases(text: Any) -> Any:  # noqa: ANN401 — a cell
        if not is_known(text):
            return text
        listed = [
            {**one, "source": hidden.sources.get(one.get("source"), one.get("source"))} for one in json.loads(text)
        ]
        return json.dumps([{k: v for k, v in one.items() if v is not None} for one in listed], ensure_ascii=False)

    return cases.assign(sources=cases["sources"].map(renamed), phases=cases["phases"].map(phases))


def level_of(value: Any) -> str | None:  # noqa: ANN401 — a cell
    """Return a level of sensitivity, or None where there is none."""
    return str(value) if is_known(value) else None
