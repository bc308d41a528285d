"""Outside data/ nothing says Peru's code, UBIGEO or department: what is said of a country comes from data/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENDINGS = {".py", ".js", ".mjs", ".toml", ".html", ".jinja", ".j2", ".css"}

SAID = re.compile(r"[\"']PE[\"']|(?i:ubigeo|departamento|department)")
"""Peru's code as a text of its own, the name of its codes, and its word for a first-level unit."""

PRECISION = re.compile(r"[\"']department[\"']")
"""The precision of a place that is known to a first-level unit, the same in every country: a code of the codebook."""

REASONS = {
    "events/demo.py": "the demo is Peru's, by name",
    "events/model/datasets.py": "the Department of Peace and Conflict Research, which is credited",
}
"""Files that say it nevertheless, and why."""


def lines_that_say_it(path: Path) -> list[str]:
    """Return the lines with one of the words, but for examples in docstrings and the code of the precision."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.lstrip().startswith((">>>", "...")):
            continue
        if SAID.search(PRECISION.sub("", line)):
            found.append(f"{number}: {line.strip()}")
    return found


def test_nothing_outside_data_is_about_one_country() -> None:
    found = {}
    for top in ("geo", "events", "maps"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in ENDINGS and (lines := lines_that_say_it(path)):
                found[path.relative_to(ROOT).as_posix()] = lines
    assert {name: lines for name, lines in found.items() if name not in REASONS} == {}
    assert found.keys() == REASONS.keys()


@pytest.mark.parametrize(
    ("line", "is_said"),
    [('country: str = "PE"', True), ("if code == 'PE':", True), ("# a UBIGEO of six digits", True),
     ('heading("Departments")', True), ("const ubigeo = row[3];", True), ('LEVELS = ("department", "province")', False),
     ('    >>> Store.create("a.gpkg", country="PE")', False), ('language = "pe"', False), ("type PERIOD", False)],
)  # fmt: skip
def test_what_is_about_one_country_is_found(tmp_path: Path, line: str, *, is_said: bool) -> None:
    path = tmp_path / "a.py"
    path.write_text(line, "utf-8")
    assert bool(lines_that_say_it(path)) == is_said
