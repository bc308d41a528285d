"""`willay import other.gpkg`: another database, with what no export holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result


def test_a_database_is_imported_and_the_report_says_what_came_in(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    assert run("attach", "bagua-2009", __file__, "--db", str(peru)).code == 0
    here = tmp_path / "here.gpkg"
    assert run("init", str(here)).code == 0
    with Store.open(peru) as store:
        incidents, indicators = (store.read.count()[kind] for kind in ("incident", "indicator"))
    tried = run("import", str(peru), "--db", str(here), "--dry-run")
    assert tried.code == 0, tried.err
    told = run("import", str(peru), "--db", str(here))
    assert told.code == 0, told.err
    assert f"{incidents} rows = {incidents} accepted" in told.out
    assert f"Indicators added: {indicators}." in told.err
    assert "Contents of attachments added: 1." in told.err
    report = json.loads((tmp_path / "peru.import.json").read_text("utf-8"))
    assert (report["format"], report["endings"]["accepted"]) == ("database", incidents)
    assert "0 problems" in run("check", "--db", str(here)).err
    again = run("import", str(peru), "--db", str(here))
    assert (again.code, f"{incidents} unchanged" in again.out) == (0, True)


def test_a_database_is_not_imported_into_itself(run: Callable[..., Result], peru: Path) -> None:
    told = run("import", str(peru))
    assert (told.code, "is the database itself" in told.err) == (5, True)
