"""Incidents examined: every column of their rows, and the boxes of their places, against what their documents give."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import select, text

from willay.events.model.figure_policies import DEFAULT_POLICY, POLICIES, is_available, package_of
from willay.events.store.audit.check_boxes import box_problems, read_boxes, stored_boxes
from willay.events.store.audit.check_rows import differences
from willay.events.store.audit.expected import COLUMNS, FIGURES, Expectation
from willay.events.store.dialects import dialect_of
from willay.events.store.record.derived import known_of, uncounted
from willay.events.store.record.documents import Recorded
from willay.events.store.record.rows import LIST_COLUMNS, located_places, rows_of
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.schema.bulk import chunks
from willay.events.store.schema.packing import unpack
from willay.events.store.schema.tables import INCIDENT, OF_AN_INCIDENT
from willay.geo.blobs import encode_geometries
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import geopandas as gpd
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.audit.expected import Expected


FID: Final = COLUMNS.index("fid")
CODE: Final = COLUMNS.index("code")

_AT_ONCE: Final = 2_000
"""Incidents that are compared at once; where something differs among them, all of them are looked at closely."""


def incident_problems(
    connection: Connection,
    regions: gpd.GeoDataFrame,
    policy: str,
    see: Callable[[Document, Expected], None],
    *,
    after: int | None = None,
    up_to: int | None = None,
) -> Iterator[Problem]:
    """Compare the rows of incidents, and the boxes of their places, with what their documents give.

    Args:
        connection: Within a transaction.
        regions: All versions of regions.
        policy: The database's figure policy.
        see: Is given the state of each incident, with what was worked out of it.
        after: Only the incidents after this one, by its number; None is all.
        up_to: Only the incidents up to this one; None is all.
    """
    apart, latest, boxes = uncounted(connection), _latest(connection), read_boxes(connection)
    is_derived = is_available(policy)
    expectation = Expectation(connection, regions, policy if is_derived else DEFAULT_POLICY, apart)
    every = connection.execute(text("SELECT fid FROM incident ORDER BY fid")).scalars().all()
    fids = [fid for fid in every if (after is None or fid > after) and (up_to is None or fid <= up_to)]
    for part in chunks(fids, _AT_ONCE):
        stored = _Stored.read(connection, part)
        read = [*stored.recorded(latest)]
        expected = expectation.of(read)
        if policy not in POLICIES:
            if is_derived:
                yield from _other_figures(expected, stored.by_table["incident"], policy)
            expected = [*map(_with_figures, expected, stored.by_table["incident"])]
        if not stored.are(expected) or [boxes.get(fid) for fid in part] != [one.box for one in expected]:
            yield from _differences(connection, read, regions, _Figures(policy, stored), apart)
        for one, found in zip(read, expected, strict=True):
            see(one.state, found)


def _with_figures(expected: Expected, stored: Sequence[Any]) -> Expected:
    """Return what is expected with the figures that are stored."""
    row = expected.incident
    return expected._replace(incident=(*row[: FIGURES.start], *stored[FIGURES], *row[FIGURES.stop :]))


def _other_figures(expected: Sequence[Expected], stored: Sequence[Sequence[Any]], policy: str) -> Iterator[Problem]:
    """Find figures that the policy of a plug-in does not give any more, though its version is the same."""
    for one, row in zip(expected, stored, strict=True):
        if one.incident[FIGURES] != tuple(row[FIGURES]):
            message = tr(
                "Its figures are not those that the policy {policy!r} gives now. Its package {package} was changed "
                "without a new version of the policy: ask its authors, or install the version that gave them.",
                policy=str(policy),
                package=package_of(policy),
            )
            yield Problem(ERROR, str(row[CODE]), message)


def stray_problems(connection: Connection) -> Iterator[Problem]:
    """Find rows and boxes of no incident."""
    for table in OF_AN_INCIDENT.values():
        yield from _orphans(connection, table)
    yield from box_problems(connection)


@dataclass(frozen=True, slots=True)
class _Stored:
    """The rows of some incidents as they are stored, in the order of their keys.

    Attributes:
        by_table: Those of each table of `OF_AN_INCIDENT`, with the columns that `Expected` has.
    """

    by_table: Mapping[str, Sequence[tuple[Any, ...]]]

    @classmethod
    def read(cls, connection: Connection, fids: Sequence[int]) -> _Stored:
        """Read the rows of the incidents from the first number to the last."""
        found = {}
        for name, columns in {"incident": COLUMNS, **LIST_COLUMNS}.items():
            table = OF_AN_INCIDENT[name]
            first, *more = table.primary_key.columns
            query = select(*[table.c[column] for column in columns]).where(first.between(fids[0], fids[-1]))
            _, found[name] = dialect_of(connection).cells(connection.execute(query.order_by(first, *more)))
        return cls(found)

    def recorded(self, latest: Mapping[str, tuple[int, str]]) -> Iterator[Recorded]:
        """Yield the incidents as their documents say, with number and moment of the latest revision of each."""
        for packed, fid, _, _, revision, recorded_at, *_ in self.by_table["incident"]:
            document = unpack(packed)
            state = orjson.loads(document)
            number, moment = latest.get(state["id"], (revision, recorded_at))
            yield Recorded(fid, state, number, moment, packed, document)

    def are(self, expected: Sequence[Expected]) -> bool:
        """Return whether the rows are those that are expected, cell by cell."""
        lists = zip(LIST_COLUMNS, (attrgetter("places"), attrgetter("claims"), attrgetter("links")), strict=True)
        return self.by_table["incident"] == [one.incident for one in expected] and all(
            self.by_table[name] == [*chain.from_iterable(map(rows_of_list, expected))] for name, rows_of_list in lists
        )


def _latest(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return number and moment of the latest revision of each incident, by id."""
    statement = text(
        "SELECT subject_id, revision.number, recorded_at FROM revision JOIN change ON change.number = change"
        " WHERE subject_kind = 'incident' ORDER BY revision.number"
    )
    rows = dialect_of(connection).each_row(connection.execute(statement))
    return {subject: (number, moment) for subject, number, moment in rows}


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures that rows must have: those of one of willay's own policies, or those that are stored.

    Attributes:
        policy: The database's figure policy.
        stored: The rows as they are stored.
    """

    policy: str
    stored: _Stored

    @property
    def policy_of_rows(self) -> str:
        """A policy by which rows can be made."""
        return self.policy if self.policy in POLICIES else DEFAULT_POLICY

    @property
    def instead(self) -> dict[int, dict[str, Any]]:
        """The stored figures by the number of the incident; nothing where the policy is one of willay's own."""
        if self.policy in POLICIES:
            return {}
        rows = self.stored.by_table["incident"]
        return {row[FID]: dict(zip(COLUMNS[FIGURES], row[FIGURES], strict=True)) for row in rows}


def _differences(
    connection: Connection,
    read: Sequence[Recorded],
    regions: gpd.GeoDataFrame,
    figures: _Figures,
    apart: AbstractSet[str],
) -> Iterator[Problem]:
    """Compare the rows of some incidents with those that their documents become, and say what differs."""
    drafts = [one.state["draft"] for one in read]
    rows = rows_of(read, located_places(drafts, regions), known_of(connection, drafts), figures.policy_of_rows)
    instead = figures.instead
    codes, fids = {one.fid: one.state["code"] for one in read}, [one.fid for one in read]
    for name, table in OF_AN_INCIDENT.items():
        expected = rows.by_table[name]
        number = table.c.fid if table is INCIDENT else table.c.incident
        if table is INCIDENT:
            blobs = encode_geometries([row["geom"] for row in expected])
            expected = [
                {**row, **instead.get(row["fid"], {}), "counted": row["code"] not in apart, "geom": blob}
                for row, blob in zip(expected, blobs, strict=True)
            ]
        yield from differences(
            connection, table, expected, lambda row: codes.get(row.get("incident", row.get("fid"))),
            where=number.between(fids[0], fids[-1]),
        )  # fmt: skip
    stored, wanted = (
        read_boxes(connection),
        dict(zip((box[0] for box in rows.boxes), stored_boxes(rows.boxes), strict=True)),
    )
    for fid in fids:
        if stored.get(fid) != wanted.get(fid):
            message = tr("Its box does not hold its place, so searches by area miss it. {go_back}", go_back=tr(GO_BACK))
            yield Problem(ERROR, str(codes[fid]), message)


def _orphans(connection: Connection, table: Table) -> Iterator[Problem]:
    """Find rows of no incident."""
    if table is INCIDENT:
        return
    name = table.name
    statement = text(f"SELECT DISTINCT incident FROM {name} WHERE incident NOT IN (SELECT fid FROM incident)")  # noqa: S608 — our own names
    for fid in connection.execute(statement).scalars():
        yield Problem(
            ERROR,
            str(fid),
            tr(
                "The table {name} does not hold what is recorded: a row of no incident. {go_back}",
                name=name,
                go_back=tr(GO_BACK),
            ),
        )
