"""The plug-in that docs/en/developers/plug-ins.md shows is installed as it is written there, and used."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from plugged import forget, info

from willay.events import extensions
from willay.geo.plugins import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

PAGE = (Path(__file__).parents[2] / "docs/en/developers/plug-ins.md").read_text("utf-8")


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
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
