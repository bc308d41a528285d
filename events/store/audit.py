"""Checks of a whole database: it is undamaged, changed by nobody but willay, and what is derived agrees with it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from sqlalchemy import select, text

from willay.events.canonical import canonical
from willay.events.framing import figure_table, incident_frame
from willay.events.policy import Figure, captivity_balance
from willay.events.store import registers
from willay.events.store.derived import FACE_LANGUAGE, face_rows
from willay.events.store.geopackage import geopackage_faults
from willay.events.store.reader import read_states, read_tables
from willay.events.store.regions import region_state
from willay.events.store.results import Problem
from willay.events.store.revisions import chained_seal
from willay.events.store.settings import setting_states
from willay.events.store.states import chained_digest
from willay.events.store.tables import Region, table_of
from willay.events.unitcheck import outside_units
from willay.events.values import Count, parse_day
from willay.geo.blobs import decode_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.events.records import IncidentTables
    from willay.events.store.intake import Setting

ERROR: Final = "error"
NOTE: Final = "note"
_GO_BACK: Final = "Go back to a backup, or ask who changed the file by other means than willay."
_BOX_TOLERANCE: Final = 1e-3
"""Degrees by which a box may differ from its shape: SQLite keeps boxes in 32 bits, rounded outwards."""

_SHOWN: Final = 20
"""How many problems of one kind are listed."""


def examine(connection: Connection, setting: Setting) -> tuple[Problem, ...]:
    """Find what is wrong with a database, in a fixed order.

    Reads everything: about the time of a `select` of all incidents with details.
    """
    policy = setting.policy
    if file := _file_problems(connection):
        return tuple(file)
    try:
        recorded = [*_first(_layer_problems(connection)), *_first(_chain_problems(connection))]
        if recorded:
            return tuple(recorded)  # what is derived from a broken record tells nothing more
        tables = read_tables(connection, [], setting.regions)
        found = (
            _figure_problems(connection, tables, policy),
            _face_problems(connection, tables, policy),
            _box_problems(connection),
            _region_problems(setting),
            _captivity_notes(tables, policy),
            _unit_notes(tables, setting),
            _case_problems(connection, tables),
        )
        return tuple(problem for problems in found for problem in _first(problems))
    except (ValueError, KeyError, TypeError) as error:  # rows that no willay wrote
        message = f"The record cannot be read: {str(error)[:80]}. {_GO_BACK}"
        return (Problem(ERROR, "record", message),)


def _first(problems: Iterable[Problem]) -> list[Problem]:
    listed = list(problems)
    if len(listed) <= _SHOWN:
        return listed
    more = Problem(listed[0].severity, "", f"and {len(listed) - _SHOWN} more of this kind.")
    return [*listed[:_SHOWN], more]


def _file_problems(connection: Connection) -> list[Problem]:
    answers = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    problems = [Problem(ERROR, "file", f"{answer}. {_GO_BACK}") for answer in answers if answer != "ok"]
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        message = f"Row {row[1]} refers to a row of {row[2]} that is not there. {_GO_BACK}"
        problems.append(Problem(ERROR, str(row[0]), message))
    return problems


def _layer_problems(connection: Connection) -> Iterator[Problem]:
    for fault in geopackage_faults(connection):
        yield Problem(ERROR, "GeoPackage", f"{fault}. GIS programs may not open the file. {_GO_BACK}")


def _chain_problems(connection: Connection) -> Iterator[Problem]:
    """Follow each subject's digests from its first revision to its present state."""
    present = dict(_present_states(connection))
    last: dict[tuple[str, str], str] = {}
    seal: str | None = None
    rows = connection.execute(text("SELECT * FROM revision ORDER BY number"))
    for row in rows:
        subject = (row.subject_kind, row.subject_id)
        document = row.document if row.document is not None else present.get(subject)
        whole = row.previous_digest == last.get(subject) and document is not None
        if not whole or row.digest != chained_digest(row.previous_digest, document or ""):
            what = "its recorded state" if row.document is not None else "its present state"
            message = f"Revision {row.number} of {row.subject_kind} {row.subject_id}: {what} is not what was recorded."
            yield Problem(ERROR, f"revision {row.number}", f"{message} {_GO_BACK}")
        last[subject] = row.digest
        seal = chained_seal(seal, row._asdict())
        if row.seal != seal:
            message = f"Revision {row.number}: who made it, when, why, or its place among the others was changed."
            yield Problem(ERROR, f"revision {row.number}", f"{message} {_GO_BACK}")
            seal = row.seal
    for kind, name in sorted(present.keys() - last.keys()):
        yield Problem(ERROR, name, f"This {kind} was never recorded in a revision. {_GO_BACK}")


def _present_states(connection: Connection) -> Iterator[tuple[tuple[str, str], str]]:
    for _, (state, _) in read_states(connection):
        yield ("incident", state["id"]), canonical(state)
    keyed = {
        "source": registers.source_states,
        "actor": registers.actor_states,
        "case": registers.case_states,
    }
    for kind, states in keyed.items():
        for state in states(connection):
            yield (kind, state["key"]), canonical(state)
    for key, state in setting_states(connection):
        yield ("setting", key), canonical(state)
    for row in connection.execute(select(table_of(Region))).mappings():
        yield (
            ("region", f"{row['set_name']}/{row['key']}/{row['version']}"),
            canonical(region_state(dict(row))),
        )


def _figure_problems(connection: Connection, tables: IncidentTables, policy: str) -> Iterator[Problem]:
    columns = [
        "incident",
        "measure",
        "low",
        "best",
        "high",
        "source",
        "attributed_to",
        "basis",
        "voices",
        "reason",
    ]
    names = ", ".join(columns)
    stored = {tuple(row) for row in connection.execute(text(f"SELECT {names} FROM figure"))}  # noqa: S608 — constant names
    derived = {tuple(row[name] for name in columns) for row in _plain(figure_table(tables, policy))}
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    for incident, measure in sorted({row[:2] for row in stored ^ derived}):
        message = f"The stored figure of {measure!r} is not what policy {policy} makes of the claims. {_GO_BACK}"
        yield Problem(ERROR, str(codes.get(incident, incident)), message)


def _face_problems(connection: Connection, tables: IncidentTables, policy: str) -> Iterator[Problem]:
    frame = incident_frame(tables, policy=policy, lang=FACE_LANGUAGE, details=False)
    derived = {row["fid"]: row for row in face_rows(frame, tables.incidents["fid"].tolist())}
    stored = {row["fid"]: dict(row) for row in connection.execute(text("SELECT * FROM face")).mappings()}
    left_out = {"geom", "counted"}
    for fid in sorted(derived.keys() | stored.keys()):
        ours, theirs = derived.get(fid), stored.get(fid)
        if ours is None or theirs is None or any(ours[name] != theirs[name] for name in ours if name not in left_out):
            code = (ours or theirs or {}).get("code", fid)
            yield Problem(ERROR, str(code), f"The layer 'incidents' does not show what is recorded. {_GO_BACK}")


def _box_problems(connection: Connection) -> Iterator[Problem]:
    shaped = connection.execute(text("SELECT count(*) FROM face WHERE geom IS NOT NULL")).scalar_one()
    boxes = connection.execute(text("SELECT count(*) FROM place_box")).scalar_one()
    if shaped != boxes:
        yield Problem(ERROR, "place_box", f"{boxes} boxes for {shaped} incidents with a place. {_GO_BACK}")
    rows = connection.execute(
        text("SELECT code, geom, west, south, east, north FROM face JOIN place_box ON incident = fid ORDER BY fid")
    ).all()
    bounds = shapely.bounds(decode_geometries([row.geom for row in rows])).reshape(-1, 4)
    held = np.array([tuple(row)[2:] for row in rows], dtype=float).reshape(-1, 4)
    for place in np.flatnonzero((np.abs(bounds - held) > _BOX_TOLERANCE).any(axis=1)):
        message = f"Its box does not hold its place, so searches by area miss it. {_GO_BACK}"
        yield Problem(ERROR, str(rows[int(place)].code), message)


def _region_problems(setting: Setting) -> Iterator[Problem]:
    regions = setting.regions
    for set_name, key, shape in zip(regions["set"], regions["key"], regions.geometry, strict=True):
        if not shapely.is_valid(shape):
            reason = shapely.is_valid_reason(shape)
            yield Problem(ERROR, f"{set_name}/{key}", f"Its outline is broken: {reason}. Add a repaired version.")


def _unit_notes(tables: IncidentTables, setting: Setting) -> Iterator[Problem]:
    """Find points outside the unit that their place names."""
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    names = ["incident", "name", "precision", "country", "lon", "lat", "admin_code", "radius_m"]
    places = _plain(tables.places[names])
    for outside in outside_units(places, setting.regions):
        yield Problem(NOTE, str(codes[places[outside.position]["incident"]]), str(outside))


def _captivity_notes(tables: IncidentTables, policy: str) -> Iterator[Problem]:
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    figures: dict[int, dict[str, Figure]] = {}
    for row in _plain(figure_table(tables, policy)):
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
