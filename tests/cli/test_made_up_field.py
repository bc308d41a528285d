"""A field is declared once: one that is made up, one line in a copy of the tree, is found everywhere that it says.

`weapon` says where it is found and not that it may be shown; `terrain` may be shown, too. The copy runs in processes of
its own, since the models, tables and columns of this one are made.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from opened import everything_in

from willay.events.exchange.outgoing import WRITERS
from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import DatabaseError
from willay.events.store import Store
from willay.maps.payload import unpack

ROOT = Path(__file__).parents[2]
DRAFTS = Path("events/model/drafts.py")
FOUND = 'everywhere("made up", card=True, page=ROW, hxl="#item+{name}", label=Words("{en}", "{es}"))'
WEAPON = f"    weapon: Annotated[str | None, {FOUND.format(name='weapon', en='Weapon', es='Arma')}] = None"
TERRAIN = (
    f"    terrain: Annotated[str | None, exact(), {FOUND.format(name='terrain', en='Terrain', es='Terreno')}] = None"
)
BEFORE = "    notes: Annotated[tuple[Texts, ...]"
MARKS = {"weapon": "machete-qx7", "terrain": "quebrada-qx8"}
INCIDENT = {
    "key": "at-the-bridge", "title": {"en": "Attack at the bridge"}, "type": "ambush", "days": "2012-04-09",
    "status": "published", "places": [{"name": "A bridge", "precision": "site", "lon": -73.1, "lat": -12.5}],
    "claims": [{"measure": "killed", "best": 2, "source": "press"}],
}  # fmt: skip
SOURCES = [{"key": "press", "kind": "press", "publisher": "A paper"}]

RUN = """
import io, json, sys
from contextlib import redirect_stdout
from willay.events.cli import main
said = []
for words in json.load(sys.stdin):
    sys.argv = ["willay", *words]
    with redirect_stdout(io.StringIO()) as out:
        try:
            main()
        except SystemExit as end:
            said.append([end.code, out.getvalue()])
print(json.dumps(said))
"""
CREATE = """
from willay.events.store import Store
Store.create("new.gpkg", country="PE", review="one-person").close()
"""
FRAME = """
import json
from willay.events.store import Store
with Store.open("new.gpkg") as store:
    frames = [store.read.select(profile=seen) for seen in (None, "public")]
names = ["weapon", "terrain"]
cells = [{n: None if one[n].isna()[0] else str(one[n][0]) for n in names} for one in frames]
print(json.dumps([cells, [one["details"][0] for one in frames], [str(frames[0][n].dtype) for n in names]]))
"""
if not hasattr(Store, "read"):
    FRAME = FRAME.replace("store.read.select", "store.select")
SOUND = "Kind\tWhere\tWhat\n"
"""What a check says that finds nothing."""

UNLIKE = ("acled", "ucdp")
"""Layouts of other datasets, whose columns are theirs."""


@dataclass(frozen=True)
class Tree:
    """A copy of the tree, and a folder with what it made."""

    top: Path
    out: Path

    def python(self, code: str, given: object = None) -> Any:
        """Run Python with the copy; return what it printed, as JSON."""
        env = {**os.environ, "PYTHONPATH": f"{self.top}", "WILLAY_AUTHOR": "ana", "WILLAY_DB": "new.gpkg"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(given), cwd=self.out, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def willay(self, *commands: tuple[str, ...]) -> list[str]:
        """Run commands, each to success; return what they wrote."""
        said = self.python(RUN, commands)
        assert [(words, code) for words, (code, _) in zip(commands, said, strict=True) if code] == []
        return [text for _, text in said]


def grown(folder: Path, *lines: str) -> Path:
    """Copy the tree with more lines among the fields of an incident; return what PYTHONPATH needs."""
    for top in ("geo", "data", "events", "maps"):
        shutil.copytree(ROOT / top, folder / "willay" / top, ignore=shutil.ignore_patterns("sources"))
    shutil.copy(ROOT / "events/_top/__init__.py", folder / "willay")  # without it another willay would come first
    file = folder / "willay" / DRAFTS
    text = file.read_text("utf-8")
    assert text.count(BEFORE) == 1
    file.write_text(text.replace(BEFORE, "\n".join([*lines, BEFORE])), "utf-8")
    return folder


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    made = Tree(grown(tmp_path_factory.mktemp("grown"), WEAPON, TERRAIN), tmp_path_factory.mktemp("out"))
    made.python(CREATE)
    (made.out / "new.json").write_text(json.dumps({"sources": SOURCES, "incidents": [{**INCIDENT, **MARKS}]}))
    made.willay(("add", "--from-file", "new.json", "--yes"))
    return made


def _written(file: Path) -> str:
    """What a file says; of a shapefile, what its table says."""
    return everything_in(file.with_suffix(".dbf") if file.suffix == ".shp" else file)


@pytest.fixture(scope="module")
def outputs(tree: Tree) -> dict[str, dict[str, str]]:
    """What each format, list, card and page says, by profile."""
    made: dict[str, dict[str, str]] = {}
    for seen in ("internal", "public"):
        files: dict[str, tuple[str, ...]] = {}
        for form in (form for form in WRITERS.values() if form.name not in UNLIKE):
            name = f"{seen}-{form.name}{form.suffixes[0] if form.suffixes else '.csv'}"
            files[name] = ("export", name, "--format", form.name, "--profile", seen)
            if form.cards != "needed":
                files[f"flat-{name}"] = ("export", f"flat-{name}", "--format", form.name, "--profile", seen, "--flat")
        files[f"{seen}.html"] = ("map", "atlas", f"{seen}.html", "--profile", seen)
        asked = {
            "show": ("show", "at-the-bridge", "--profile", seen),
            "show json": ("show", "at-the-bridge", "--json", "--profile", seen),
            "list json": ("list", "--format", "json", "--profile", seen),
        }
        said = tree.willay(*files.values(), *asked.values())
        made[seen] = {name.replace(f"{seen}-", ""): _written(tree.out / name) for name in files}
        made[seen] |= dict(zip(asked, said[len(files) :], strict=True))
    return made


def test_the_made_up_fields_are_one_line_each() -> None:
    assert ("\n" in WEAPON, "\n" in TERRAIN) == (False, False)


def test_they_are_columns_of_the_table_and_of_the_layer(tree: Tree) -> None:
    with closing(sqlite3.connect(tree.out / "new.gpkg")) as file:
        assert file.execute("SELECT weapon, terrain FROM incident").fetchall() == [(*MARKS.values(),)]
    layer = pyogrio.read_dataframe(tree.out / "new.gpkg", layer="incidents")
    assert layer[["weapon", "terrain"]].to_numpy().tolist() == [[*MARKS.values()]]
    assert layer["confidence"].isna().all()


def test_they_are_columns_of_the_frame_and_members_of_the_card(tree: Tree) -> None:
    (record, public), (card, shown), dtypes = tree.python(FRAME)
    assert record == MARKS
    assert public == {**MARKS, "weapon": None}
    assert dtypes == ["str", "str"]
    assert {name: json.loads(card)[name] for name in MARKS} == MARKS
    assert ("weapon" in json.loads(shown), json.loads(shown)["terrain"]) == (False, MARKS["terrain"])


@pytest.mark.parametrize("name", ["weapon", "terrain"])
def test_every_file_card_and_page_has_them_for_the_office(outputs: dict[str, dict[str, str]], name: str) -> None:
    assert len(outputs["internal"]) > 20
    assert [output for output, text in outputs["internal"].items() if MARKS[name] not in text] == []


def test_for_the_public_no_output_has_the_one_and_every_output_has_the_other(
    outputs: dict[str, dict[str, str]],
) -> None:
    assert [output for output, text in outputs["public"].items() if MARKS["weapon"] in text] == []
    assert [output for output, text in outputs["public"].items() if MARKS["terrain"] not in text] == []


def test_files_have_them_as_properties_and_in_the_draft_with_their_hashtags(outputs: dict[str, dict[str, str]]) -> None:
    feature = json.loads(outputs["internal"]["ndjson.geojsonl"].splitlines()[0])
    assert {name: feature["properties"][name] for name in MARKS} == MARKS
    assert {name: feature["willay"]["draft"][name] for name in MARKS} == MARKS
    open_to_all = json.loads(outputs["public"]["ndjson.geojsonl"].splitlines()[0])
    assert open_to_all["properties"]["weapon"] is None
    assert "weapon" not in open_to_all["willay"]["draft"]
    assert "#item+weapon,#item+terrain" in outputs["internal"]["hxl.hxl.csv"]


def test_cards_say_what_they_are_called(outputs: dict[str, dict[str, str]], tree: Tree) -> None:
    shown = outputs["internal"]["show"]
    assert re.search(r"Weapon +machete-qx7", shown)
    assert re.search(r"Terrain +quebrada-qx8", shown)
    assert "Weapon" not in outputs["public"]["show"]
    (spanish,) = tree.willay(("show", "at-the-bridge", "--profile", "internal", "--lang", "es"))
    assert re.search(r"Arma +machete-qx7", spanish)


def test_the_page_has_them_with_each_row_in_the_record_and_on_the_card(tree: Tree) -> None:
    page = (tree.out / "internal.html").read_text("utf-8")
    blocks = [unpack(text.strip()) for text in re.findall(r'<script[^>]*type="text/plain"[^>]*>(.*?)</script>', page)]
    header = next(header for header, _ in blocks if "record" in header)
    assert header["dictionaries"]["weapon"] == [None, MARKS["weapon"]]
    at = header["record"].index("status")
    assert header["record"][at : at + 3] == ["status", "weapon", "terrain"]
    labels = {fact["name"]: fact["label"] for fact in header["facts"]}
    assert labels["weapon"] == {"en": "Weapon", "es": "Arma"}
    pieces = next(header["pieces"] for header, _ in blocks if "pieces" in header)
    assert {name: pieces[name] for name in MARKS} == {name: [mark] for name, mark in MARKS.items()}


def test_their_text_can_be_redacted_and_nothing_is_wrong_with_the_file(tree: Tree) -> None:
    shutil.copy(tree.out / "new.gpkg", tree.out / "other.gpkg")
    field = ("--field", "weapon", "--instead", "", "--reason", "a name")
    redact = ("redact", "at-the-bridge", *field, "--db", "other.gpkg")
    said = tree.willay(("check",), redact, ("show", "at-the-bridge", "--profile", "internal", "--db", "other.gpkg"))
    assert said[0] == SOUND
    assert MARKS["weapon"] not in said[-1]


def test_a_file_made_before_is_copied_and_gets_the_columns_when_it_is_opened(tree: Tree) -> None:
    path = tree.out / "before.gpkg"
    with Store.create(path, country="PE", review="one-person") as store:
        content = draft(Bundle, {"sources": SOURCES, "incidents": [INCIDENT]})
        (store.write if hasattr(store, "write") else store).add(content, author="ana")
    db = ("--db", "before.gpkg")
    said = tree.willay(
        ("check", *db),
        ("edit", "at-the-bridge", "--set", f"weapon={MARKS['weapon']}", "--reason", "told", *db),
        ("check", *db),
        ("list", "--format", "json", "--profile", "internal", *db),
    )
    assert MARKS["weapon"] in said[-1]
    assert (said[0], said[2]) == (SOUND, SOUND)
    assert len([*tree.out.glob("before.schema-*.backup.gpkg")]) == 1
    assert pyogrio.read_dataframe(path, layer="incidents")["weapon"].tolist() == [MARKS["weapon"]]
    with pytest.raises(DatabaseError, match=r"newer willay \(it has the field IncidentDraft\.(weapon|terrain)\)"):
        Store.open(path)


def test_files_of_every_earlier_schema_get_them_too(tree: Tree) -> None:
    schemas = sorted((ROOT / "tests" / "store" / "schemas").glob("schema-*.sql"))
    for schema in schemas:
        with closing(sqlite3.connect(tree.out / f"{schema.stem}.gpkg")) as made:
            made.executescript(schema.read_text("utf-8"))
    said = tree.willay(*(("check", "--db", f"{schema.stem}.gpkg") for schema in schemas))
    assert said == [SOUND] * len(schemas)


def test_a_field_that_must_be_known_needs_a_migration(tmp_path: Path) -> None:
    """What would earlier records have in it? A line cannot say that."""
    tree = Tree(grown(tmp_path / "grown", "    weapon: Annotated[bool, exact('codes'), COLUMN] = False"), tmp_path)
    Store.create(tmp_path / "new.gpkg", country="PE").close()
    ((code, said),) = tree.python(RUN.replace("redirect_stdout(io", "redirect_stderr(io").replace(
        "import redirect_stdout", "import redirect_stderr"), [("check",)]
    )  # fmt: skip
    assert code
    assert "incident.weapon was added without a migration" in " ".join(said.split())
