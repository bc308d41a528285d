"""Terms of one's own: headings of tables that a database knows, recorded, listed, and used by imports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import willay as wy
from willay.events.model.own_terms import OwnTerm
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

TABLE = "Fecha;Clase del caso;Bajas sufridas\n2012-04-09;paro;2\n2012-05-01;bloqueo;0\n"
TERM = ("term", "add", "heading")


@pytest.fixture
def base(run: Run, tmp_path: Path) -> Path:
    assert run("init", "x.gpkg").code == 0
    (tmp_path / "enero.csv").write_text(TABLE, "utf-8")
    return tmp_path / "x.gpkg"


def test_a_heading_is_known_to_imports_once_it_is_recorded(run: Run, base: Path) -> None:
    before = run("import", "enero.csv", "--db", "x.gpkg")
    assert (before.code, "No column gives the type" in before.err) == (5, True)
    assert run(*TERM, "Clase del caso", "--parent", "type", "-m", "our form", "--db", "x.gpkg").code == 0
    assert run(*TERM, "BAJAS  sufridas", "--parent", "killed/police", "--db", "x.gpkg").code == 0
    done = run("import", "enero.csv", "--db", "x.gpkg")
    assert done.code in (0, 8), done.err
    with Store.open(base) as store:
        frame = store.read.select(profile=None)
        assert frame["killed_best"].tolist() == [2, 0]
        assert frame["type"].tolist() == ["protest", "protest"]
        draft = store.read.draft(frame["code"].iloc[0]).draft
        assert [claim.group for claim in draft.claims] == ["police"]


def test_a_mapping_and_an_option_come_before_it(run: Run, base: Path) -> None:
    assert base.exists()
    assert run(*TERM, "Clase del caso", "--parent", "type", "--db", "x.gpkg").code == 0
    assert run(*TERM, "Bajas sufridas", "--parent", "killed", "--db", "x.gpkg").code == 0
    explained = json.loads(
        run("import", "enero.csv", "--explain", "--map", "Bajas sufridas=injured", "--json", "--db", "x.gpkg").out
    )
    fields = {one["column"]: one["field"] for one in explained["columns"]}
    assert fields["Bajas sufridas"] == "injured"
    assert fields["Clase del caso"] == "type"


def test_another_database_does_not_know_it(run: Run, base: Path) -> None:
    assert run(*TERM, "Clase del caso", "--parent", "type", "--db", base.name).code == 0
    assert run("init", "y.gpkg").code == 0
    assert run("import", "enero.csv", "--db", "y.gpkg").code == 5


def test_terms_are_listed_and_another_meaning_is_a_further_change(run: Run, base: Path) -> None:
    added = run(*TERM, "Hecho", "--parent", "type", "--db", "x.gpkg")
    again = run(*TERM, "hecho ", "--parent", "type", "--db", "x.gpkg")
    assert (added.code, "Hecho is known as type." in added.err) == (0, True)
    assert again.code == 0
    with Store.open(base) as store:
        head = store.file.head()
    same = run(*TERM, "hecho", "--parent", "type", "--db", "x.gpkg")
    assert "nothing was recorded" in same.err
    with Store.open(base) as store:
        assert store.file.head() == head
        assert store.registers.terms() == (OwnTerm("heading", "hecho", "type"),)
    assert run(*TERM, "Hecho", "--parent", "title", "-m", "it is a text", "--db", "x.gpkg").code == 0
    listed = json.loads(run("term", "list", "--json", "--db", "x.gpkg").out)
    assert listed == [{"kind": "heading", "name": "Hecho", "parent": "title"}]
    log = run("log", "--db", "x.gpkg")
    assert "it is a text" in log.out
    assert run("check", "--db", "x.gpkg").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("heading", "Hecho", "--parent", "tipe"), "Did you mean 'type'?"),
        (("measure", "Hecho", "--parent", "type"), "Unknown kind of term 'measure'"),
        (("heading", "¿?", "--parent", "type"), "needs a letter"),
    ],
)
def test_what_is_no_term_is_refused(run: Run, base: Path, words: tuple[str, ...], told: str) -> None:
    done = run("term", "add", *words, "--db", base.name)
    assert (done.code, told in done.err) == (5, True)


def test_the_front_door_adds_and_lists_them(base: Path) -> None:
    with wy.open(base, author="Ana") as db:
        assert db.terms().empty
        assert db.add_term("heading", "Hecho", parent="type", reason="our form")
        assert not db.add_term("heading", "Hecho", parent="type")
        assert db.terms().to_dict("records") == [{"kind": "heading", "name": "Hecho", "parent": "type"}]
    with wy.open(base) as db, pytest.raises(wy.RefusedError, match="author"):
        db.add_term("heading", "Hecho", parent="title")
