"""What follows from the documents of incidents: their other columns, their rows in the lists, boxes, who counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import text

from willay.events.frame.framing import Known, cited_sources
from willay.events.model.figure_policies import check_policy
from willay.events.store.dialects import dialect_of, run
from willay.events.store.record import lookups
from willay.events.store.record.documents import read_rows
from willay.events.store.record.rows import located_places, rows_of
from willay.events.store.schema.bulk import DELETED_AT_ONCE, chunks, delete_rows, insert_rows
from willay.events.store.schema.tables import INCIDENT, OF_AN_INCIDENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.record.documents import Recorded


def write_rows(
    connection: Connection,
    recorded: Sequence[Recorded],
    regions: gpd.GeoDataFrame,
    policy: str,
    *,
    replaced: Sequence[int],
) -> None:
    """Write the rows of incidents; which of their parts count, `update_counted` works out once all are written.

    References to the rows that are replaced are checked at the end of the transaction.

    Args:
        connection: Within a transaction that writes.
        recorded: The incidents.
        regions: All versions of regions.
        policy: The database's figure policy.
        replaced: The row numbers of those that have rows already, which are taken out first.

    Raises:
        MissingPolicyError: The policy belongs to a package that is not installed.
    """
    policy = check_policy(policy)
    drafts = [one.state["draft"] for one in recorded]
    rows = rows_of(recorded, located_places(drafts, regions), known_of(connection, drafts), policy)
    clear_rows(connection, replaced)
    for name, table in OF_AN_INCIDENT.items():
        insert_rows(connection, table, rows.by_table[name])
    dialect_of(connection).insert_boxes(connection, rows.boxes)


def known_of(connection: Connection, drafts: Iterable[Document]) -> Known:
    """Return what the rows of incidents need to know of the sources and actors that they refer to."""
    each = [*drafts]
    sources = lookups.voices(connection, {key for draft in each for key in cited_sources(draft)})
    keys = {party["actor"] for draft in each for party in draft.get("parties", ())}
    actors = lookups.rows_by_key(connection, "actor", keys)
    return Known(
        {key: {"kind": kind, "published_on": day} for key, kind, day in sources},
        {key: {"name": json.loads(row["name"])} for key, row in actors.items()},
    )


def derive_again(
    connection: Connection, regions: gpd.GeoDataFrame, policy: str, fids: Sequence[int] | None = None
) -> None:
    """Write again what follows from the documents of incidents; of all of them where no row numbers are given."""
    if fids is None:
        fids = connection.execute(text("SELECT fid FROM incident ORDER BY fid")).scalars().all()
    for part in chunks(sorted(fids)):
        write_rows(connection, [*read_rows(connection, part)], regions, policy, replaced=part)
    update_counted(connection)


def misplaced(connection: Connection, regions: gpd.GeoDataFrame, changed: Iterable[int] = ()) -> list[int]:
    """Return the rows of incidents with a place that regions, as they are now, put elsewhere than is written.

    Args:
        connection: Within a transaction.
        regions: All versions of regions.
        changed: Row numbers of regions whose outline is another than before.
    """
    stored: dict[int, list[tuple[object, ...]]] = {}
    redrawn, found = {*changed}, set()
    query = text("SELECT incident, adm1, adm2, adm3, region_fid FROM place ORDER BY incident, position")
    for fid, *units in connection.execute(query):
        stored.setdefault(fid, []).append(tuple(units))
        if units[-1] in redrawn:
            found.add(fid)
    for part in chunks(sorted(stored)):
        read = [*read_rows(connection, part)]
        for one, places in zip(read, located_places([one.state["draft"] for one in read], regions), strict=True):
            if [(*place.admin, place.region_fid) for place in places] != stored[one.fid]:
                found.add(one.fid)
    return sorted(found)


def update_counted(connection: Connection) -> None:
    """Bring the column `counted` up to date: a part counts unless a whole above it holds."""
    parts = uncounted(connection)
    now = set(connection.execute(text("SELECT code FROM incident WHERE counted = 0")).scalars())
    for flag, codes in ((False, parts - now), (True, now - parts)):
        if codes:
            statement = text("UPDATE incident SET counted = :flag WHERE code = :code")
            connection.execute(statement, [{"flag": flag, "code": code} for code in sorted(codes)])


def uncounted(connection: Connection) -> set[str]:
    """Return the codes of the parts that are not counted, because a whole above them holds."""
    up = lookups.wholes(connection)
    if not up:
        return set()
    asked = "SELECT code FROM incident WHERE code IN :codes AND status NOT IN ('retracted', 'withdrawn-upstream')"
    standing = set(run(connection, asked, {"codes": sorted(set(up.values()))}).scalars())
    return {code for code in up if any(whole in standing for whole in above(code, up))}


def above(code: str, wholes: Mapping[str, str]) -> list[str]:
    """Return the wholes above a part, the nearest first."""
    found: list[str] = []
    whole = wholes.get(code)
    while whole is not None and whole not in found:
        found.append(whole)
        whole = wholes.get(whole)
    return found


def clear_rows(connection: Connection, fids: Sequence[int]) -> None:
    """Take out the rows of incidents, to write them again."""
    for part in chunks(fids, DELETED_AT_ONCE):
        run(connection, "DELETE FROM place_box WHERE incident IN :gone", {"gone": list(part)})
    for table in OF_AN_INCIDENT.values():
        if table is not INCIDENT:
            delete_rows(connection, table.c.incident, fids)
    delete_rows(connection, INCIDENT.c.fid, fids)
