"""Checks of a whole database: it is undamaged, changed by nobody but willay, and what is derived agrees with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Self

import shapely
from sqlalchemy import text

from willay.events.model.errors import MissingPolicyError
from willay.events.model.figure_policies import available, check_policy
from willay.events.model.incident_checks import Checks
from willay.events.model.values import parse_day
from willay.events.store.audit.check_attachments import attachment_notes, content_problems
from willay.events.store.audit.check_incidents import incident_problems, stray_problems
from willay.events.store.audit.check_record import record_problems
from willay.events.store.audit.check_rows import memory_problems, register_problems
from willay.events.store.dialects import dialect_of
from willay.events.store.dialects.sqlite.layout import layer_problems, schema_problems
from willay.events.store.record import register_rows
from willay.events.store.record.region_sets import read_regions
from willay.events.store.results import ERROR, GO_BACK, NOTE, Head, Problem
from willay.events.store.schema.ids import moment_text
from willay.geo.errors import PluginError
from willay.geo.translation import Translation, joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.audit.beside import Beside
    from willay.events.store.audit.expected import Expected

_SHOWN: Final = 20
"""How many problems of one kind are listed."""


def examine(connection: Connection, beside: Beside | None = None) -> tuple[Problem, ...]:
    """Find what is wrong with a database, in a fixed order.

    Reads everything.

    Args:
        connection: Within a transaction.
        beside: What examines some of the incidents meanwhile; None if nothing does.
    """
    found = [*_first(_file_problems(connection)), *_first(schema_problems(connection))]
    if _is_broken(found):
        return tuple(found)
    try:
        found += _first(layer_problems(connection))
        found += _first(record_problems(connection))
        if _is_broken(found):
            return tuple(found)  # what is derived from a broken record tells nothing more
        regions, notes = read_regions(connection), _Notes(connection)
        more = (
            _policy_problems(_policy(connection)),
            _incident_problems(connection, regions, notes, beside),
            register_problems(connection),
            memory_problems(connection),
            _region_problems(regions),
            notes.units,
            notes.captivity,
            notes.findings,
            notes.cases(),
            content_problems(connection),
            attachment_notes(connection),
        )
        return (*found, *(problem for problems in more for problem in _first(problems)))
    except (ValueError, KeyError, TypeError) as error:  # rows that no willay wrote
        message = tr("The record cannot be read: {error}. {go_back}", error=str(error)[:80], go_back=tr(GO_BACK))
        return (Problem(ERROR, "record", message),)


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in some incidents.

    Attributes:
        problems: What is wrong with their rows.
        units, captivity, findings: As in `_Notes`.
        early: Code and first day of incidents before their case began, by the case.
    """

    problems: list[Problem]
    units: list[Problem]
    captivity: list[Problem]
    findings: list[Problem]
    early: dict[str, list[tuple[str, str]]]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON; each message with its English."""
        lists = {
            name: [[*map(_told, (one.severity, one.where, one.message))] for one in getattr(self, name)]
            for name in _LISTS
        }
        return {**lists, "early": self.early}

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Return what `as_json` made.

        Raises:
            AttributeError, KeyError, TypeError, ValueError: Nobody made it so.
        """
        problems, units, captivity, findings = ([Problem(*map(_heard, one)) for one in said[name]] for name in _LISTS)
        early = {case: [(str(code), str(day)) for code, day in found] for case, found in said["early"].items()}
        return cls(problems, units, captivity, findings, early)


_LISTS: Final = ("problems", "units", "captivity", "findings")


def _told(text: str) -> str | list[str]:
    return [str(text), text.english] if isinstance(text, Translation) else text


def _heard(said: str | list[str]) -> str:
    return said if isinstance(said, str) else Translation(*said)


def told_up_to(connection: Connection, last: int) -> Told:
    """Examine the incidents up to one, by its number, and nothing else."""
    notes = _Notes(connection)
    problems = [
        *incident_problems(connection, read_regions(connection), available(_policy(connection)), notes.see, up_to=last)
    ]
    return Told(problems, notes.units, notes.captivity, notes.findings, notes.early)


def _incident_problems(
    connection: Connection, regions: gpd.GeoDataFrame, notes: _Notes, beside: Beside | None
) -> list[Problem]:
    """Examine the incidents that no second process does, and add what it found in the others, which come first."""
    policy = available(_policy(connection))
    if beside is None:
        found = [*incident_problems(connection, regions, policy, notes.see)]
    else:
        later = _Notes(connection)
        rest = [*incident_problems(connection, regions, policy, later.see, after=beside.last)]
        told = beside.told(connection)
        if told is None:
            first = [*incident_problems(connection, regions, policy, notes.see, up_to=beside.last)]
        else:
            first = told.problems
            notes.add(told)
        notes.add(Told(rest, later.units, later.captivity, later.findings, later.early))
        found = [*first, *rest]
    return [*found, *stray_problems(connection)]


def _policy(connection: Connection) -> str:
    return str(connection.execute(text("SELECT value FROM meta WHERE key = 'policy'")).scalar_one())


def _policy_problems(policy: str) -> Iterator[Problem]:
    """Find that the policy of the database is not installed, so that its figures can only be shown as they are."""
    try:
        check_policy(policy)
    except (MissingPolicyError, PluginError) as error:
        message = tr("{error} The stored figures are shown, but cannot be checked.", error=error)
        yield Problem(NOTE, tr("figure policy"), message)


def head_of(connection: Connection, as_of: datetime | None = None) -> Head | None:
    """Return the last revision, now or at a moment (aware), with its seal; None where nothing was recorded."""
    statement = text(
        "SELECT max(revision.number) AS number, seal FROM revision JOIN change ON change.number = change"
        " WHERE change = (SELECT max(number) FROM change WHERE :moment IS NULL OR arrived_at <= :moment)"
    )
    row = connection.execute(statement, {"moment": None if as_of is None else moment_text(as_of)}).one_or_none()
    return None if row is None or row.number is None else Head(int(row.number), row.seal.hex())


def holds(connection: Connection, head: Head) -> bool:
    """Return whether the record that had a head is the beginning of this one."""
    seal = connection.execute(
        text("SELECT seal FROM revision JOIN change ON change.number = change WHERE revision.number = :number"),
        {"number": head.revision},
    ).scalar()
    return seal is not None and seal.hex() == head.seal


def head_problems(connection: Connection, seal: str) -> Iterator[Problem]:
    """Find that a seal that was noted some time ago is not in the record."""
    seals = connection.execute(text("SELECT seal FROM change")).scalars()
    if seal.strip().lower() not in {one.hex() for one in seals if one is not None}:
        message = tr(
            "The seal {seal} is no longer a part of this record: changes were altered or removed.", seal=seal[:80]
        )
        yield Problem(ERROR, "revision", f"{message} {tr(GO_BACK)}")


def _is_broken(found: Iterable[Problem]) -> bool:
    return any(problem.severity == ERROR for problem in found)


def _first(problems: Iterable[Problem]) -> list[Problem]:
    listed = list(problems)
    if len(listed) <= _SHOWN:
        return listed
    more = Problem(listed[0].severity, "", tr("and {n:,} more of this kind.", n=len(listed) - _SHOWN))
    return [*listed[:_SHOWN], more]


def _file_problems(connection: Connection) -> list[Problem]:
    return [
        Problem(ERROR, where, joined(" ", (what, tr(GO_BACK))))
        for where, what in dialect_of(connection).damage(connection)
    ]


def _region_problems(regions: gpd.GeoDataFrame) -> Iterator[Problem]:
    for set_name, key, shape in zip(regions["set"], regions["key"], regions.geometry, strict=True):
        if not shapely.is_valid(shape):
            reason = shapely.is_valid_reason(shape)
            yield Problem(
                ERROR,
                f"{set_name}/{key}",
                tr("Its outline is broken: {reason}. Add a repaired version.", reason=reason),
            )


class _Notes:
    """What is worth a look in incidents that are as they were recorded, gathered while each is looked at.

    Args:
        connection: Within a transaction.

    Attributes:
        units: Points outside the unit that their place names.
        captivity: Hostages that do not add up.
        findings: What checks of plug-ins find.
        early: Code and first day of incidents before their case began, by the case.
    """

    def __init__(self, connection: Connection) -> None:
        self._cases = register_rows.case_states(connection)
        self._begins = {
            state["key"]: str(parse_day(state["from_day"])[0]) for state in self._cases if "from_day" in state
        }
        self.early: dict[str, list[tuple[str, str]]] = {}
        self.findings: list[Problem] = []
        self._checks = Checks.installed()
        self.units: list[Problem] = []
        self.captivity: list[Problem] = []

    def see(self, state: Document, expected: Expected) -> None:
        """Look at an incident."""
        code, day = str(state["code"]), expected.first_day
        self.units += [Problem(NOTE, code, words) for words in expected.outside]
        self.captivity += [Problem(NOTE, code, joined("", (mismatch, "."))) for mismatch in expected.captivity]
        if self._checks:
            self.findings += [Problem(NOTE, code, str(one)) for one in self._checks.of(state["draft"])]
        if day is not None:
            for case in state["draft"].get("cases", ()):
                if day < self._begins.get(case, ""):
                    self.early.setdefault(case, []).append((code, day))

    def add(self, told: Told) -> None:
        """Add what was found in later incidents."""
        self.units += told.units
        self.captivity += told.captivity
        self.findings += told.findings
        for case, found in told.early.items():
            self.early.setdefault(case, []).extend(found)

    def cases(self) -> Iterator[Problem]:
        """Find cases whose phases are out of order or outside its days, and incidents before their case began."""
        for state in self._cases:
            key, begins, ends = state["key"], state.get("from_day"), state.get("until_day")
            days = [phase["from_day"] for phase in state.get("phases", [])]
            if begins and ends and parse_day(ends)[1] < parse_day(begins)[0]:
                message = tr(
                    "It ends ({ends}) before it begins ({begins}). Correct one of the two.", ends=ends, begins=begins
                )
                yield Problem(NOTE, tr("case {key}", key=key), message)
            for before, after in pairwise(days):
                if parse_day(after)[1] < parse_day(before)[0]:
                    message = tr(
                        "The phase from {after} stands after the one from {before}. Put them in order.",
                        after=after,
                        before=before,
                    )
                    yield Problem(NOTE, tr("case {key}", key=key), message)
            for code, day in self.early.get(key, []):
                message = tr(
                    "It happened on {day}, before its case {key} began ({begins}). Correct one of the two.",
                    day=day,
                    key=key,
                    begins=begins,
                )
                yield Problem(NOTE, code, message)
