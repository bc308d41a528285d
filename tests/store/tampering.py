"""Every way to change the file by other means than willay that was tried on it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import shapely
from store_examples import Ticking

from willay.events.model.canonical import canonical
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DatabaseError
from willay.events.model.masking import masked_digest, text_digest
from willay.events.store import Store
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.seals import Sealed, file_seal, leaf_of, merkle_root
from willay.events.store.record.states import chained_digest
from willay.events.store.schema.packing import pack
from willay.geo.blobs import encode_geometry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Connection

LIMA = encode_geometry(shapely.Point(-77.0, -12.0))

NEWEST = "(SELECT subject_id FROM revision WHERE subject_kind = 'incident' ORDER BY number DESC LIMIT 1)"


def errors(path: Path, head: str | None = None) -> list[str]:
    """What `check` finds, or what opening says."""
    try:
        with Store.open(path) as store:
            return [problem.message for problem in store.file.check(head) if problem.severity == "error"]
    except DatabaseError as error:
        return [str(error)]


def run(path: Path, *statements: str | tuple[str, list[Any]]) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        for statement in statements:
            sql, values = (statement, []) if isinstance(statement, str) else statement
            done = file.execute(sql, values)
            assert done.rowcount, f"changed nothing: {sql}"


def delete_incident(path: Path, fid: str, *, revisions: bool) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        number, name = file.execute(f"SELECT fid, id FROM incident WHERE fid = {fid}").fetchone()  # noqa: S608 — ours
        for table in ("place", "claim", "link", "place_box"):
            file.execute(f"DELETE FROM {table} WHERE incident = ?", [number])  # noqa: S608 — ours
        file.execute("DELETE FROM import_row WHERE incident = ?", [number])
        file.execute("DELETE FROM incident WHERE fid = ?", [number])
        if revisions:
            for sql in (
                "DELETE FROM revision WHERE subject_id = ?",
                "DELETE FROM change WHERE number NOT IN (SELECT change FROM revision)",
            ):
                file.execute(sql, [name] if "?" in sql else [])


def last_revisions(path: Path, number: int) -> None:
    """Cut the record short: the last incidents with their revisions, as somebody would who knows the tables."""
    with closing(sqlite3.connect(path)) as file:
        fids = [fid for (fid,) in file.execute(f"SELECT fid FROM incident ORDER BY fid DESC LIMIT {number}")]  # noqa: S608 — ours
    for fid in fids:
        delete_incident(path, str(fid), revisions=True)


def add_newest(path: Path, number: int = 1) -> None:
    """Let the last revisions be those of new incidents."""
    more = {"incidents": [{"title": "x", "type": "arrest", "days": "2013-01-01"}] * number}
    with Store.open(path, clock=Ticking(), entropy=os.urandom) as store:
        for one in more["incidents"]:
            store.write.add(draft(Bundle, {"incidents": [one]}), author="ana", recorded_at=store.read.latest_moment())


def swap_histories(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        one, two = (row[0] for row in file.execute("SELECT id FROM incident WHERE fid IN (1, 2) ORDER BY fid"))
        for before, after in ((one, "x"), (two, one), ("x", two)):
            file.execute("UPDATE revision SET subject_id = ? WHERE subject_id = ?", [after, before])


def reorder_revisions(path: Path) -> None:
    for before, after in ((17, 999), (18, 17), (999, 18)):
        run(path, ("UPDATE revision SET number = ? WHERE number = ?", [after, before]))


def approve_alone(path: Path) -> None:
    """Switch the rule off, publish what one wrote, and switch it on again."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET value = 'one-person' WHERE key = 'review'")
    with Store.open(path) as store:
        added = store.write.add(draft(Bundle, {"incidents": [{"title": "x", "type": "arrest"}]}), author="Mallory")
        store.review.step(added.codes[0], "submit", author="Mallory")
        store.review.step(added.codes[0], "approve", author="Mallory")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET value = 'two-people' WHERE key = 'review'")


def publish_by_edit(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET value = 'one-person' WHERE key = 'review'")
    with Store.open(path) as store:
        store.write.edit("whole-east", {"title": "Otro", "status": "published"}, author="Mallory", reason="x")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET value = 'two-people' WHERE key = 'review'")


def rebuild_chain(path: Path) -> None:
    """Change a count and make the state's digest and every seal after it again, but not what is derived."""
    with Store.open(path) as store, store._session.writing() as connection:
        states = {one.state["id"]: one.state for one in read_recorded(connection)}
        (bridge,) = (state for state in states.values() if state["draft"].get("key") == "bridge")
        bridge["draft"]["claims"][1] |= dict.fromkeys(("low", "best", "high"), 50)
        packed = pack(canonical(bridge))
        connection.exec_driver_sql("UPDATE incident SET document = ? WHERE key = 'bridge'", (packed,))
        for row in connection.exec_driver_sql("SELECT * FROM revision ORDER BY number").mappings().all():
            if row["document"] is None and row["subject_kind"] == "incident":
                state = states[row["subject_id"]]
                before = row["previous_digest"] and row["previous_digest"].hex()
                made = [chained_digest(before, canonical(state)), masked_digest(state)]
                values = (*map(bytes.fromhex, made), row["number"])
                connection.exec_driver_sql("UPDATE revision SET digest = ?, masked_digest = ? WHERE number = ?", values)
        reseal(connection)


def reseal(connection: Connection) -> None:
    """Make every root and seal again, as somebody would who knows how."""
    (office,) = connection.exec_driver_sql("SELECT id FROM office").scalars()
    own = seal = None
    for row in connection.exec_driver_sql("SELECT * FROM change ORDER BY number").all():
        states = connection.exec_driver_sql(
            "SELECT subject_kind, subject_id, action, digest, masked_digest, origin FROM revision WHERE change = ?"
            " ORDER BY number",
            (row.number,),
        ).all()
        root = merkle_root(leaf_of(*state) for state in states)
        said = (row.author, row.recorded_at, text_digest(row.reason), len(states), root)
        own = Sealed(office, row.office_number, *said).seal(own)
        seal = file_seal(seal, row.number, row.arrived_at, own)
        connection.exec_driver_sql(
            "UPDATE change SET subjects = ?, root = ?, office_seal = ?, seal = ? WHERE number = ?",
            (len(states), root, own, seal, row.number),
        )


def move_state(path: Path) -> None:
    """Let the first state of a change be the last of the change before."""
    run(path, "UPDATE revision SET change = change - 1 WHERE number = (SELECT min(number) FROM revision"
              " WHERE change = (SELECT max(change) FROM revision) AND subject_kind <> 'setting')")  # fmt: skip


def merge_changes(path: Path) -> None:
    """Make one change of the last two, with all numbers that go with it."""
    run(
        path,
        "UPDATE revision SET change = change - 1 WHERE change = (SELECT max(number) FROM change)",
        "DELETE FROM change WHERE number = (SELECT max(number) FROM change)",
        "UPDATE change SET subjects = (SELECT count(*) FROM revision WHERE change = number)"
        " WHERE number = (SELECT max(number) FROM change)",
    )


def delete_change(path: Path, number: str) -> None:
    """Delete a change with its states, and close the gaps in the numbers."""
    chosen = f"(SELECT {number} FROM change)"  # noqa: S608 — ours
    run(path, f"DELETE FROM revision WHERE change = {chosen}", f"DELETE FROM change WHERE number = {chosen}")  # noqa: S608 — ours


def pretend_earlier(path: Path) -> None:
    """Make the last change look like one of before schema 7, whose seal is over less."""
    last = "(SELECT max(number) FROM change)"
    run(
        path,
        f"UPDATE change SET office = NULL, office_number = NULL, office_seal = NULL, root = NULL, author = 'Mallory'"  # noqa: S608 — ours
        f" WHERE number = {last}",
    )


def replace_view(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def way(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file, file:
            (sql,) = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
            file.execute(f"DROP VIEW {name}")
            changed = change(sql)
            assert changed != sql
            file.execute(changed)

    return way


def ways_by_sql(**statements: str | tuple[Any, ...]) -> dict[str, Callable[[Path], None]]:
    return {
        name: lambda path, said=said: run(path, *([said] if isinstance(said, str) else said))
        for name, said in statements.items()
    }


WAYS: dict[str, Callable[[Path], None]] = {
    **ways_by_sql(
        claim_changed="UPDATE claim SET best = 6, high = 6 WHERE measure = 'abducted'",
        claim_deleted="DELETE FROM claim WHERE measure = 'abducted'",
        author_of_a_change="UPDATE change SET author = 'X' WHERE number = 3",
        clock_of_a_change="UPDATE change SET recorded_at = '2020' WHERE number = 2",
        arrival_of_a_change="UPDATE change SET arrived_at = '2020' WHERE number = 2",
        arrival_of_the_last_change=(
            "UPDATE change SET arrived_at = '2020' WHERE number = (SELECT max(number) FROM change)",
            "UPDATE gpkg_contents SET last_change = '2020'",
        ),
        reason_of_a_change="UPDATE change SET reason = 'X' WHERE number = 4",
        reason_of_a_change_redacted_without_a_record="UPDATE change SET reason = '[redacted]' WHERE number = 4",
        subjects_of_a_change="UPDATE change SET subjects = subjects + 1 WHERE number = 4",
        root_of_a_change="UPDATE change SET root = zeroblob(32) WHERE number = 4",
        office_seal_of_a_change="UPDATE change SET office_seal = zeroblob(32) WHERE number = 4",
        seal_of_a_change="UPDATE change SET seal = zeroblob(32) WHERE number = 4",
        seal_of_the_last_change="UPDATE change SET seal = NULL WHERE number = (SELECT max(number) FROM change)",
        number_in_the_office="UPDATE change SET office_number = 99 WHERE number = 4",
        number_in_the_office_of_the_last_change="UPDATE change SET office_number = 99"
        " WHERE number = (SELECT max(number) FROM change)",
        number_of_the_last_change=(
            "UPDATE change SET number = 99 WHERE number = (SELECT max(number) FROM change)",
            "UPDATE revision SET change = 99 WHERE change = (SELECT max(change) FROM revision)",
        ),
        number_of_the_office=("UPDATE office SET number = 2", "UPDATE change SET office = 2"),
        office="UPDATE office SET id = 'x'",
        office_of_a_change=("INSERT INTO office VALUES (2, 'x')", "UPDATE change SET office = 2 WHERE number = 4"),
        office_added="INSERT INTO office VALUES (2, 'x')",
        change_without_states="INSERT INTO change SELECT number + 1, office, office_number + 1, author, recorded_at,"
        " arrived_at, reason, 0, root, office_seal, seal FROM change ORDER BY number DESC LIMIT 1",
        action_of_a_revision="UPDATE revision SET action = 'edit' WHERE number = 4",
        action_of_the_last_revision="UPDATE revision SET action = 'revert'"
        " WHERE number = (SELECT max(number) FROM revision)",
        masked_digest_of_a_revision="UPDATE revision SET masked_digest = zeroblob(32) WHERE number = 20",
        masked_digest_taken_out="UPDATE revision SET masked_digest = NULL WHERE number = 20",
        origin_of_a_revision='UPDATE revision SET origin = \'{"writers":["X"]}\' WHERE number = 20',
        state_of_a_source_deleted="DELETE FROM revision WHERE number = 11",
        earlier_state="UPDATE revision SET document = replace(document, 'puente', 'Puente') WHERE document IS NOT NULL",
        last_revision_deleted="DELETE FROM revision WHERE number = (SELECT max(number) FROM revision)",
        policy="UPDATE meta SET value = 'maximum' WHERE key = 'policy'",
        region_name="UPDATE region SET name_es = 'X' WHERE fid = 1",
        region_polygon=(("UPDATE region SET geometry = ? WHERE fid = 1", [encode_geometry(shapely.box(0, 0, 1, 1))]),),
        document="UPDATE incident SET document = x'789c030000000001' WHERE fid = 1",
        document_of_another="UPDATE incident SET document = (SELECT document FROM incident WHERE fid = 2)"
        " WHERE fid = 1",
        figure="UPDATE incident SET killed_best = 99 WHERE fid = 1",
        title="UPDATE incident SET title = 'X' WHERE fid = 1",
        shape=(("UPDATE incident SET geom = ? WHERE fid = 1", [LIMA]),),
        source_taken_out="DELETE FROM link WHERE incident = 1 AND kind = 'source'",
        tag_added="INSERT INTO link VALUES (1, 'tag', 9, 'gold', NULL)",
        place_of_no_incident="INSERT INTO place (incident, position, name, precision, country)"
        " SELECT 99, position, name, precision, country FROM place LIMIT 1",
        link_of_no_incident="INSERT INTO link VALUES (99, 'tag', 0, 'gold', NULL)",
        box_of_no_incident="INSERT INTO place_box VALUES (99, 0, 0, 0, 0)",
        box="UPDATE place_box SET west = -90 WHERE incident = 1",
        alias_deleted="DELETE FROM actor_alias",
        sensitivity_of_an_actor="UPDATE actor SET sensitivity = NULL WHERE key = 'guard'",
        sensitivity_of_an_incident="UPDATE incident SET sensitivity = NULL WHERE sensitivity IS NOT NULL",
        assigned_to="UPDATE incident SET assigned_to = 'Mallory' WHERE assigned_to IS NOT NULL",
        pin_moved="UPDATE place SET lon = -77, lat = -12 WHERE incident = 1 AND position = 0",
        pin_moved_everywhere=(
            "UPDATE place SET lon = -77, lat = -12 WHERE incident = 1 AND position = 0",
            ("UPDATE incident SET geom = ? WHERE fid = 1", [LIMA]),
            "UPDATE place_box SET west = -77, east = -77, south = -12, north = -12 WHERE incident = 1",
        ),
        unit_of_a_place="UPDATE place SET adm1 = 'Lima' WHERE incident = 1",
        region_of_a_place="UPDATE place SET region_fid = 1 WHERE region_fid IS NOT NULL",
        rule_of_review="UPDATE meta SET value = 'one-person' WHERE key = 'review'",
        country="UPDATE meta SET value = 'CO' WHERE key = 'country'",
        created_at="UPDATE meta SET value = '2020-01-01T00:00:00.000000Z' WHERE key = 'created_at'",
        setting_added="INSERT INTO meta VALUES ('colour', 'red')",
        setting_deleted="DELETE FROM meta WHERE key = 'review'",
        indicator_multiplied="UPDATE indicator SET value = value * 10",
        indicator_deleted="DELETE FROM indicator",
        dataset_may_be_published="UPDATE dataset SET may_publish = 1",
        dataset_licence="UPDATE dataset SET licence = 'CC0-1.0'",
        dataset_attribution="UPDATE dataset SET attribution = 'Us'",
        moment_of_an_incident="UPDATE incident SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE fid = 1",
        revision_of_an_incident="UPDATE incident SET revision = 17 WHERE fid = 1",
        counted="UPDATE incident SET counted = 1 WHERE counted = 0",
        import_forgotten="DELETE FROM import_row WHERE external_id = 'S2'",
        layer_renamed="UPDATE gpkg_contents SET identifier = 'X' WHERE table_name = 'incidents'",
        layer_taken_out="DELETE FROM gpkg_contents WHERE table_name = 'claims'",
        reference_system="UPDATE gpkg_spatial_ref_sys SET definition = 'X' WHERE srs_id = 4326",
        geometry_column="UPDATE gpkg_geometry_columns SET geometry_type_name = 'POINT' WHERE table_name = 'incidents'",
    ),
    **{
        name: lambda path, sql=sql: run_schema(path, sql)
        for name, sql in {
            "trigger_added": "CREATE TRIGGER later AFTER UPDATE ON claim BEGIN UPDATE claim SET best = 0; END",
            "table_added": "CREATE TABLE extra (a)",
            "index_added": "CREATE INDEX extra ON incident (title)",
            "index_dropped": "DROP INDEX incident_days",
            "column_added": "ALTER TABLE incident ADD COLUMN extra TEXT",
        }.items()
    },
    "view_incidents": replace_view("incidents", lambda sql: f"{sql} AND code <> 'PE-2012-0001'"),
    "view_claims": replace_view("claims", lambda sql: sql.replace("claim.best", "claim.best * 1 AS best")),
    "middle_incident_deleted": lambda path: delete_incident(path, "2", revisions=False),
    "middle_incident_deleted_with_its_revisions": lambda path: delete_incident(path, "2", revisions=True),
    "newest_incident_deleted_with_its_revisions": lambda path: (add_newest(path), last_revisions(path, 1)),
    "last_three_revisions_deleted_with_their_incidents": lambda path: (add_newest(path, 3), last_revisions(path, 3)),
    "revisions_reordered": reorder_revisions,
    "state_moved_to_another_change": move_state,
    "two_changes_made_one": merge_changes,
    "a_change_deleted": lambda path: delete_change(path, "min(number) + 5"),
    "the_last_change_deleted": lambda path: delete_change(path, "max(number)"),
    "change_dated_back_to_an_earlier_schema": pretend_earlier,
    "histories_swapped": swap_histories,
    "own_draft_approved": approve_alone,
    "own_text_published_by_an_edit": publish_by_edit,
    "chain_rebuilt_without_what_is_derived": rebuild_chain,
}


def run_schema(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(statement)
