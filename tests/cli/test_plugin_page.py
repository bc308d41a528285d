"""The plug-in that docs/en/developers/plug-ins.md shows is installed as it is written there, and used."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from plugged import forget, info

from willay.data.codebook import codebook
from willay.events import extensions
from willay.geo.plugins import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from conftest import Result

PAGES = Path(__file__).parents[2] / "docs/en/developers"
PAGE = (PAGES / "plug-ins.md").read_text("utf-8")
READER = (PAGES / "write-a-reader.md").read_text("utf-8")
POLICY = (PAGES / "write-a-policy.md").read_text("utf-8")


def block(kind: str, page: str = PAGE) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return str(found)


def test_the_plug_in_of_the_page_works_as_it_is_written(run: Callable[..., Result], site: Path) -> None:
    project = tomllib.loads(block("toml"))["project"]
    info(site, project["name"], project["version"], project["entry-points"])
    (site / "willay_example.py").write_text(block("python"), "utf-8")
    forget()
    rows = json.loads(run("policy", "list", "--json").out)
    assert rows[-1] == {
        "name": "first-listed", "label": "first listed", "distribution": "willay-example", "version": "1",
    }  # fmt: skip
    assert run("init", "x.gpkg", "--policy", "first-listed").code == 0


def test_the_page_and_the_module_name_every_group_and_its_object() -> None:
    for kind in KINDS:
        assert f"| `willay.{kind}` |" in PAGE
        assert f"| `willay.{kind}` |" in str(extensions.__doc__)
    for name in ("FigurePolicy", "FileReader", "FileWriter", "IncidentCheck", "Reading", "Written", "Finding"):
        assert name in extensions.__all__
        assert f"`{name}`" in PAGE


def test_the_reader_of_its_page_reads_the_file_of_the_page(
    run: Callable[..., Result], site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package of docs/en/developers/write-a-reader.md is installed as it is written there, and its commands run."""
    project = tomllib.loads(block("toml", READER))["project"]
    info(site, project["name"], project["version"], project["entry-points"])
    (site / "willay_radio.py").write_text(block("python", READER), "utf-8")
    (tmp_path / "notes.rad").write_text(block("text", READER), "utf-8")
    monkeypatch.chdir(tmp_path)
    forget()
    for line in block("console", READER).splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if words[0] == "export":
            monkeypatch.setenv(*words[1].split("=", 1))
            continue
        told = run(*words[1:])
        assert told.code == (7 if line.endswith("# exit 7") else 0), (line, told.err)
    assert [title for title in ("Bloqueo", "Paro") if title in told.out] == ["Bloqueo", "Paro"]
    assert "must have five parts" in (tmp_path / "notes.quarantine.csv").read_text("utf-8-sig")


def test_the_policy_of_its_page_chooses_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(block("python", POLICY), "write-a-policy.md", "exec"), names)  # noqa: S102 — our own example
    assert names["frame"].attrs["policy"] == "own:newest_but_no_party"  # type: ignore[attr-defined]
    assert (tmp_path / "own.html").exists()


def test_the_page_of_policies_names_what_a_voice_has() -> None:
    rows = "".join(re.findall(r"^\| `.*$", POLICY, re.MULTILINE))
    assert all(f"`{field.name}`" in rows for field in fields(extensions.Voice))
    ranks = {kind.code: kind.facts["rank"] for kind in codebook().source_kinds}
    assert (ranks["official-inquiry"], ranks["party"], max(ranks.values())) == (1, 15, 17)
