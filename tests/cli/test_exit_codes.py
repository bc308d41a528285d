"""Exit codes: the same fault has the same code, in whatever command it happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from willay.events.cli import exit_codes
from willay.events.cli.exit_codes import BAD_FILE, BAD_INPUT, MEANINGS, NOT_FOUND, REFUSED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")
NEW = ("--title", "x", "--type", "protest", "-y")

FAULTS: dict[tuple[str, int], list[tuple[str, ...]]] = {
    ("a file that is read does not exist", NOT_FOUND): [
        ("add", "-F", "none.yaml"),
        ("attach", "PE-2009-0002", "none.jpg"),
        ("import", "none.csv"),
        ("indicator", "import", "none.csv"),
        ("profile", "p.html", "--texts", "none"),
        ("regions", "add", "none.shp", "--region-set", "x", "--key-field", "k"),
        ("restore", "none.gpkg"),
    ],
    ("the database does not exist", NOT_FOUND): [
        ("list", "--db", "none.gpkg"),
        ("check", "--db", "none.gpkg"),
        ("export", "x.csv", "--db", "none.gpkg"),
        ("log", "--db", "none.gpkg"),
        ("undo", "--db", "none.gpkg"),
    ],
    ("what is named does not exist", NOT_FOUND): [
        ("show", "NOSUCH"),
        ("history", "NOSUCH"),
        ("diff", "NOSUCH"),
        ("undo", "NOSUCH"),
        ("source", "edit", "NOSUCH", "--set", "title=x", "-m", "x"),
        ("case", "show", "NOSUCH"),
        ("actor", "show", "NOSUCH"),
        ("list", "--actor", "NOSUCH"),
        ("list", "--region", "NOSUCH"),
        ("export", "x.csv", "--case", "NOSUCH"),
        ("review", "submit", "NOSUCH"),
    ],
    ("the name of an output file has no known ending", BAD_INPUT): [
        ("export", "x.ods"),
        ("regions", "export", "x.ods"),
        ("map", "atlas", "x.ods"),
        ("profile", "x.ods"),
        ("indicator", "chart", "homicide-rate", "x.ods"),
    ],
    ("a word is not of its list", BAD_INPUT): [
        ("list", "--type", "nope"),
        ("list", "--status", "nope"),
        ("list", "--with", "nope"),
        ("list", "--policy", "nope"),
        ("list", "--profile", "nope"),
        ("export", "x.csv", "--profile", "nope"),
        ("map", "choropleth", "x.html", "--measure", "nope"),
        ("add", *NEW, "--place", "Kiteni", "--place-precision", "nope"),
        ("source", "add", "x", "--source-kind", "nope", "--title", "x"),
        ("config", "set", "lang", "nope"),
        ("init", "x.gpkg", "--country", "nope"),
    ],
    ("a choice of an option is not one of those that help lists", USAGE): [
        ("list", "--format", "nope"),
        ("show", "PE-2009-0002", "--format", "nope"),
        ("schema", "nope"),
        ("review", "rule", "nope"),
        ("redact", "x", "--field", "x", "--kind", "nope"),
        ("map", "choropleth", "x.html", "--scheme", "nope"),
    ],
    ("an argument or option that is needed is missing", USAGE): [
        ("show",),
        ("claim", "add", "PE-2009-0002"),
        ("revert", "PE-2009-0002"),
        ("case", "add", "x"),
        ("completion",),
        ("config", "set", "lang"),
    ],
    ("a day cannot be read", BAD_INPUT): [
        ("list", "--days", "someday"),
        ("list", "--changed-since", "someday"),
        ("log", "--since", "someday"),
        ("add", *NEW, "--day", "someday"),
    ],
    ("a file that is written is there", REFUSED): [
        ("init", "there.gpkg"),
        ("backup", "there.gpkg"),
        ("export", "there.csv"),
        ("map", "atlas", "there.html"),
        ("profile", "there.html"),
    ],
    ("the folder of a file that is written does not exist", BAD_FILE): [
        ("backup", "nofolder/x.gpkg"),
        ("export", "nofolder/x.csv"),
        ("map", "atlas", "nofolder/x.html"),
        ("profile", "nofolder/x.html"),
    ],
    ("a change has no reason", REFUSED): [
        ("edit", "PE-2009-0002", "--set", "title=x"),
        ("retract", "PE-2009-0002"),
        ("source", "edit", "defensoria-r46", "--set", "title=x"),
    ],
    ("a key is not of the form it must have", BAD_INPUT): [
        ("source", "add", "Not A Key", "--source-kind", "press", "--title", "x"),
        ("backup", "x.age", "--recipient", "nope"),
    ],
}


@pytest.mark.parametrize(
    ("fault", "code", "words"), [(fault, code, words) for (fault, code), each in FAULTS.items() for words in each]
)
def test_the_same_fault_has_the_same_code(
    run: Callable[..., Result], tmp_path: object, fault: str, code: int, words: tuple[str, ...]
) -> None:
    for name in ("there.gpkg", "there.csv", "there.html"):
        (tmp_path / name).write_bytes(b"x")  # type: ignore[operator]  # a folder
    told = run(*words)
    assert told.code == code, f"{fault}: {told.err}"
    assert told.err
    assert "Traceback" not in told.err


def test_every_code_is_in_the_table_and_explained() -> None:
    codes = {value for name, value in vars(exit_codes).items() if re.fullmatch(r"[A-Z_]+", name) and type(value) is int}
    assert codes == MEANINGS.keys()
