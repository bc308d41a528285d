"""`wy.release`: what it holds, and that it can be verified."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hidden import HIDDEN

import willay as wy

if TYPE_CHECKING:
    from pathlib import Path


def test_a_release_is_what_the_command_line_makes_and_is_verified(db: wy.Database, tmp_path: Path) -> None:
    made = wy.release("peru-1", db, by="Oficina", folder=tmp_path / "out", formats=("csv", "geojson"), as_of="2026-06")
    assert (made.folder, made.incidents) == (tmp_path / "out" / "peru-1", len(db))
    plan = json.loads((made.folder / "release.json").read_text("utf-8"))
    assert (plan["by"], plan["as_of"], plan["statuses"]) == (
        ["Oficina"],
        "2026-06-30T23:59:59.999999+00:00",
        ["published"],
    )
    texts = [file.read_text("utf-8") for file in made.folder.rglob("*") if file.suffix in {".csv", ".geojson", ".html"}]
    assert len(texts) > 2
    assert not any(HIDDEN in text for text in texts)
    assert made.verify() == ()
    db.edit("bagua-2009", confidence="low", reason="after the release")
    assert made.verify() == ()
    next(made.folder.rglob("*.geojson")).write_text("changed", "utf-8")
    (line,) = made.verify()
    assert line.endswith(".geojson: changed")
    with pytest.raises(wy.RefusedError, match="already exists"):
        wy.release("peru-1", db, by="Oficina", folder=tmp_path / "out")
    with pytest.raises(wy.RefusedError, match="needs a disclosure profile"):
        wy.release("peru-2", db, by="Oficina", profile=None)
    assert "SHA-256" in made._repr_html_()
