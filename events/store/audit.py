"""Checks of a whole database: it is undamaged, changed by nobody but willay, and what is derived agrees with it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import shapely
from sqlalchemy import text

from willay.events.framing import figure_table
from willay.events.policy import Figure, captivity_balance
from willay.events.store import registers
from willay.events.store.audit_record import record_problems
from willay.events.store.audit_rows import derived_problems, memory_problems, recorded_problems
from willay.events.store.audit_schema import layer_problems, schema_problems
from willay.events.store.ids import moment_text
from willay.events.store.reader import read_states, read_tables
from willay.events.store.regions import read_regions
from willay.events.store.results import ERROR, GO_BACK, NOTE, Head, Problem
from willay.events.unitcheck import outside_units
from willay.events.values import Count, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.events.records import IncidentTables

_SHOWN: Final = 20
"""How many problems of one kind are listed."""


def examine(connection: Connection) -> tuple[Problem, ...]:
    """Find what is wrong with a database, in a fixed order.

    Reads everything: about twice the time of a `select` of all incidents with details.
    """
    found = [*_first(_file_problems(connection)), *_first(schema_problems(connection))]
    if _is_broken(found):
        return tuple(found)
    try:
        states = [(fid, state) for fid, (state, _) in read_states(connection)]
        found += _first(layer_problems(connection))
        found += _first(record_problems(connection, (state for _, state in states)))
        if _is_broken(found):
            return tuple(found)  # what is derived from a broken record tells nothing more
        regions = read_regions(connection)
        policy = connection.execute(text("SELECT value FROM meta WHERE key = 'policy'")).scalar_one()
        found += _first(recorded_problems(connection, states, regions))
        tables = read_tables(connection, [], regions)
        figures = figure_table(tables, policy)
        more = (
            derived_problems(connection, tables, figures, policy),
            memory_problems(connection),
            _region_problems(regions),
            _captivity_notes(tables, figures, policy),
            _unit_notes(tables, regions),
            _case_problems(connection, tables),
        )
        return (*found, *(problem for problems in more for problem in _first(problems)))
    except (ValueError, KeyError, TypeError) as error:  # rows that no willay wrote
        message = f"The record cannot be read: {str(error)[:80]}. {GO_BACK}"
        return (Problem(ERROR, "record", message),)


def head_of(connection: Connection, as_of: datetime | None = None) -> Head | None:
    """Return the last revision, now or at a moment (aware), with its seal; None where nothing was recorded."""
    statement = text(
        "SELECT number, seal FROM revision WHERE :moment IS NULL OR recorded_at <= :moment ORDER BY number DESC LIMIT 1"
    )
    row = connection.execute(statement, {"moment": None if as_of is None else moment_text(as_of)}).one_or_none()
    return None if row is None else Head(int(row.number), str(row.seal))


def holds(connection: Connection, head: Head) -> bool:
    """Say whether the record that had a head is the beginning of this one."""
    seal = connection.execute(text("SELECT seal FROM revision WHERE number = :number"), {"number": head.revision})
    return bool(seal.scalar() == head.seal)


def head_problems(connection: Connection, seal: str) -> Iterator[Problem]:
    """Find that a seal that was noted some time ago is not in the record."""
    row = connection.execute(text("SELECT number FROM revision WHERE seal = :seal"), {"seal": seal.strip().lower()})
    if row.first() is None:
        message = f"The seal {seal[:80]} is no longer a part of this record: revisions were changed or removed."
        yield Problem(ERROR, "revision", f"{message} {GO_BACK}")


def _is_broken(found: Iterable[Problem]) -> bool:
    return any(problem.severity == ERROR for problem in found)


def _first(problems: Iterable[Problem]) -> list[Problem]:
    listed = list(problems)
    if len(listed) <= _SHOWN:
        return listed
    more = Problem(listed[0].severity, "", f"and {len(listed) - _SHOWN} more of this kind.")
    return [*listed[:_SHOWN], more]


def _file_problems(connection: Connection) -> list[Problem]:
    answers = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    problems = [Problem(ERROR, "file", f"{answer}. {GO_BACK}") for answer in answers if answer != "ok"]
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        message = f"Row {row[1]} refers to a row of {row[2]} that is not there. {GO_BACK}"
        problems.append(Problem(ERROR, str(row[0]), message))
    return problems


def _region_problems(regions: gpd.GeoDataFrame) -> Iterator[Problem]:
    for set_name, key, shape in zip(regions["set"], regions["key"], regions.geometry, strict=True):
        if not shapely.is_valid(shape):
            reason = shapely.is_valid_reason(shape)
            yield Problem(ERROR, f"{set_name}/{key}", f"Its outline is broken: {reason}. Add a repaired version.")


def _unit_notes(tables: IncidentTables, regions: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Find points outside the unit that their place names."""
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    names = ["incident", "name", "precision", "country", "lon", "lat", "admin_code", "radius_m"]
    places = _plain(tables.places[names])
    for outside in outside_units(places, regions):
        yield Problem(NOTE, str(codes[places[outside.position]["incident"]]), str(outside))


def _captivity_notes(tables: IncidentTables, table: pd.DataFrame, policy: str) -> Iterator[Problem]:
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    figures: dict[int, dict[str, Figure]] = {}
    for row in _plain(table):
        count = Count(row["low"], row["best"], row["high"])
        shown = Figure(row["measure"], count, row["source"], row["attributed_to"], row["basis"], policy, row["voices"])
        figures.setdefault(row["incident"], {})[row["measure"]] = shown
    for incident, by_measure in figures.items():
        if mismatch := captivity_balance(by_measure):
            yield Problem(NOTE, str(codes[incident]), f"{mismatch}.")


def _case_problems(connection: Connection, tables: IncidentTables) -> Iterator[Problem]:
    """Find cases whose phases are out of order or outside the case's days, and incidents before their case began."""
    first_days = dict(zip(tables.incidents["fid"], tables.incidents["first_day"], strict=True))
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    members: dict[str, list[int]] = {}
    for fid, case in zip(tables.incident_cases["incident"], tables.incident_cases["case"], strict=True):
        members.setdefault(case, []).append(fid)
    for state in registers.case_states(connection):
        key, begins, ends = state["key"], state.get("from_day"), state.get("until_day")
        days = [phase["from_day"] for phase in state.get("phases", [])]
        if begins and ends and parse_day(ends)[1] < parse_day(begins)[0]:
            yield Problem(NOTE, f"case {key}", f"It ends ({ends}) before it begins ({begins}). Correct one of the two.")
        for before, after in pairwise(days):
            if parse_day(after)[1] < parse_day(before)[0]:
                message = f"The phase from {after} stands after the one from {before}. Put them in order."
                yield Problem(NOTE, f"case {key}", message)
        for fid in members.get(key, []):
            day = first_days.get(fid)
            if begins and day and day < str(parse_day(begins)[0]):
                message = f"It happened on {day}, before its case {key} began ({begins}). Correct one of the two."
                yield Problem(NOTE, str(codes[fid]), message)


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()}
        for row in table.astype("object").where(table.notna(), None).to_dict("records")
    ]
