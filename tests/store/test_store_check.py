from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount


def test_a_database_that_only_willay_changed_has_no_problems(store: Store) -> None:
    valley = {"name": "Valle", "precision": "area", "region": "zones/valley"}
    store.write.edit("bridge", {"tags": ["oil"], "places": [valley]}, author="ana", reason="x")
    store.write.retract("undated", author="ana", reason="x")
    assert store.file.check() == ()


@pytest.mark.parametrize(
    ("statement", "where", "message"),
    [
        (
            "UPDATE revision SET document = replace(document, 'puente', 'Puente') WHERE document IS NOT NULL",
            "revision",
            "its recorded state is not what was recorded",
        ),
        ("UPDATE incident SET document = x'789c' WHERE fid = 1", "record", "The record cannot be read"),
        (
            "UPDATE incident SET document = (SELECT document FROM incident WHERE fid = 2) WHERE fid = 1",
            "revision",
            "its present state",
        ),
        ("UPDATE claim SET best = 6, high = 6 WHERE measure = 'abducted'", "PE-2012-0001", "The table claim"),
        ("UPDATE place SET adm1 = 'X' WHERE incident = 1", "PE-2012-0001", "The table place"),
        ("DELETE FROM link WHERE incident = 1 AND kind = 'source'", "PE-2012-0001", "The table link"),
        ("INSERT INTO link VALUES (1, 'tag', 9, 'gold', NULL)", "PE-2012-0001", "The table link"),
        (
            "UPDATE source SET publisher = 'X' WHERE key = 'daily'",
            "revision",
            "source daily: its present state",
        ),
        ("UPDATE actor_alias SET alias = 'X'", "revision", "actor guard"),
        ("UPDATE case_file SET type = 'labour'", "revision", "case valley-war"),
        ("UPDATE region SET decree = 'D.S. 2' WHERE decree IS NOT NULL", "revision", "region zones/valley/1"),
        ("UPDATE revision SET digest = 'abc' WHERE number = 9", "revision 9", "not what was recorded"),
        ("DELETE FROM revision WHERE subject_kind = 'source'", "daily", "never recorded"),
        ("UPDATE incident SET killed_best = 99 WHERE fid = 1", "PE-2012-0001", "The table incident .* killed_best"),
        ("UPDATE incident SET title = 'X' WHERE fid = 3", "PE-2012-0003", "The table incident .* title"),
        ("DELETE FROM place_box WHERE incident = 1", "PE-2012-0001", "Its box does not hold its place"),
        ("INSERT INTO place_box VALUES (9, 0, 0, 0, 0)", "place_box", "Boxes of incidents without a place: 1"),
        ("UPDATE change SET author = 'X' WHERE number = 3", "change 3", "who made it, when, why"),
        ("UPDATE change SET reason = 'X' WHERE number = 4", "change 4", "who made it, when, why"),
        ("UPDATE change SET recorded_at = '2020' WHERE number = 2", "change 2", "who made it, when, why"),
        ("UPDATE place_box SET west = -90 WHERE incident = 1", "PE-2012-0001", "Its box does not hold its place"),
        ("DELETE FROM gpkg_geometry_columns WHERE table_name = 'regions'", "GeoPackage", "layer regions"),
        ("DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 0", "GeoPackage", r"lacks \[0\]"),
    ],
)
def test_what_was_changed_by_other_means_is_found(store: Store, statement: str, where: str, message: str) -> None:
    store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
    store.close()
    tamper(store.path, statement)
    with Store.open(store.path) as again:
        problems = again.file.check()
    assert all(problem.severity == "error" for problem in problems)
    assert any(problem.where.startswith(where) for problem in problems), problems
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(" ".join(problem.message for problem in problems))


def test_a_reference_to_nothing_is_found(store: Store) -> None:
    store.close()
    tamper(store.path, "DELETE FROM actor WHERE key = 'guard'")
    with Store.open(store.path) as again:
        assert any("refers to a row of actor" in problem.message for problem in again.file.check())


def test_captives_who_are_not_accounted_for_are_a_note(store: Store) -> None:
    claims = [
        {"measure": measure, "count": count, "source": "daily"} for measure, count in (("abducted", 9), ("released", 7))
    ]
    more = draft(Bundle, {"incidents": [{"title": "x", "type": "abduction", "days": "2012-05-01", "claims": claims}]})
    code = store.write.add(more, author="ana").codes[0]
    (problem,) = store.file.check()
    assert (problem.severity, problem.where) == ("note", code)
    assert "9 abducted, but 7 released = 7: a difference of 2" in problem.message
    assert "a difference of" in store.write.preview(more.incidents[0]).warnings[0]
