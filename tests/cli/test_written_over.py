"""No command writes over a database but those that are made for it. Tried with every file that every command writes.

What a command writes is learned by letting it write into an empty folder; then a database is put in the place of each
file in turn, and the command is run again, with --force.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyrage
import pytest
from made_up_limits import states, write_layer

from willay.events.cli.app import app
from willay.events.exchange.outgoing import WRITERS
from willay.events.model.attachments import AttachmentDraft, FileRead
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import typer
    from conftest import Result

ROOT = Path(__file__).parents[2]
KEY = str(pyrage.x25519.Identity.generate().to_public())
ROWS = "id,date,type,title,lon,lat\n1,2012-01-01,arrest,Uno,-73.0,-12.6\n2,yesterday,arrest,Dos,-73.0,-12.6\n"

EXPORTS = {
    f"export {form.name}{suffix}": ("export", f"x{suffix}", "--format", form.name, "--tables", "--force")
    for form in WRITERS.values()
    for suffix in form.suffixes or (".csv",)
}
REGIONS = {
    f"regions export {suffix}": ("regions", "export", f"x{suffix}", "--force")
    for suffix in (".geojson", ".gpkg", ".fgb", ".parquet", ".shp", ".kml")
}
SMALL = ("--days", "2009", "--dpi", "60", "--size", "a5")
MAPS = {
    **{f"map {kind}": ("map", kind, "x.html", "--force") for kind in ("choropleth", "timeline", "atlas")},
    **{f"map {end}": ("map", "choropleth", f"x.{end}", "--force", *SMALL) for end in ("png", "svg", "pdf")},
    "map and pictures": (
        "map", "choropleth", "x.html", "--png", "y.png", "--svg", "y.svg", "--pdf", "y.pdf", "--force", *SMALL,
    ),
}  # fmt: skip
OTHERS = {
    "backup encrypted": ("backup", "x.gpkg.age", "--recipient", KEY, "--force"),
    "import": ("import", "rows.csv"),
    "aggregate to parquet": ("aggregate", "rows.csv", "parquet", "--to-parquet", "--force"),
    "demo": ("demo", "."),
    **{f"profile {end}": ("profile", f"x.{end}", "--sections", "key", "--force") for end in ("html", "docx", "pdf")},
    "indicator chart": ("indicator", "chart", "coca-area", "x.svg", "--force"),
    "attachment save": ("attachment", "save", "bagua-2009", "--force"),
    "form": ("form", "x.xlsx", "--force"),
    "docs": ("docs", "--save", ".", "--force"),
    "country make": (
        "country", "make", "MM", "x.pack", "--units", "adm1.geojson", "--licence", "CC-BY-4.0", "--attribution",
        "Office", "--dated", "2023-03-01", "--force",
    ),
}  # fmt: skip
COMMANDS = EXPORTS | REGIONS | MAPS | OTHERS

WRITING = {
    "export file", "regions export path", "map choropleth file", "map timeline file", "map atlas file",
    *(f"map {kind} {end}" for kind in ("choropleth", "timeline", "atlas") for end in ("png", "svg", "pdf")),
    "backup file", "demo folder", "init file", "release make into", "import file", "attachment save into",
    "profile file", "indicator chart file", "form file", "docs save", "country make path", "aggregate files",
    "sums export out",
}  # fmt: skip
"""Parameters that name what a command writes, or what it writes beside; all are tried in this module."""

READING = {
    "add from_file", "add gazetteer", "drafts resume gazetteer", "edit gazetteer", "attach files",
    "attachment add files", "places gazetteer", "import mapping",
    "regions add path", "release verify folder", "restore file", "restore identity", "indicator import file",
    "profile texts", "country make units", "country make units_2", "country make units_3", "country make places",
    "country make people", "country add pack", "sums show file", "sums export file",
    "map choropleth story", "map timeline story", "map atlas story",
    "map choropleth sums", "map timeline sums", "map atlas sums",
}  # fmt: skip


@pytest.fixture(scope="module")
def with_a_page(two_years_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of the demo with an attachment; nobody changes it."""
    made = Path(shutil.copy(two_years_folder / "peru.gpkg", tmp_path_factory.mktemp("with") / "base.gpkg"))
    content = b"A page."
    about = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "media_type": "text/plain"}
    with Store.open(made) as store:
        page = FileRead(AttachmentDraft(**about, name="page.txt"), content)
        store.attachments.add("bagua-2009", [page], author="Ana")
    return made


@pytest.fixture
def base(with_a_page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database that the commands work on, elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    copy = Path(shutil.copy(with_a_page, tmp_path / "elsewhere" / "base.gpkg"))
    monkeypatch.setenv("WILLAY_DB", str(copy))
    return copy


@pytest.fixture
def into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Make a folder, and work in it."""

    def made(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "rows.csv").write_text(ROWS, "utf-8")
        write_layer(folder / "adm1.geojson", states())
        monkeypatch.chdir(folder)
        return folder

    return made


def named(words: tuple[str, ...], path: Path) -> bool:
    return path.name not in {"rows.csv", "adm1.geojson"} and not (words[0] == "demo" and path.suffix == ".gpkg")


@pytest.mark.usefixtures("small_demo")
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_database_in_the_place_of_a_file_stays_there(
    run: Callable[..., Result], base: Path, into: Callable[[str], Path], words: tuple[str, ...]
) -> None:
    learned = into("learned")
    first = run(*words)
    assert first.code in (0, 7), first.err
    names = sorted(path.name for path in learned.iterdir() if named(words, path))
    assert names
    content = base.read_bytes()
    for number, name in enumerate(names):
        folder = into(f"again-{number}")
        (folder / name).write_bytes(content)
        told = run(*words)
        words_of_it = ("Give another file",) if name.endswith(".toml") else ("never overwritten", "different name")
        assert told.code == 5, (name, told.err)
        assert all(part in told.err for part in words_of_it), (name, told.err)
        assert (folder / name).read_bytes() == content
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
        if words[0] == "map":  # of several files, none is written before all of them may be
            assert sorted(path.name for path in folder.iterdir()) == sorted([name, "rows.csv", "adm1.geojson"])
    if words[0] == "import":
        with Store.open(base) as store:
            assert [problem for problem in store.file.check() if problem.severity == "error"] == []
    else:
        assert base.read_bytes() == content


def hard(database: Path, name: str) -> Path:
    os.link(database, database.with_name(name))
    return database.with_name(name)


def soft(database: Path, name: str) -> Path:
    database.with_name(name).symlink_to(database.name)
    return database.with_name(name)


def itself(database: Path, name: str) -> Path:
    return database.rename(database.with_name(name))


@pytest.mark.parametrize("way", [itself, hard, soft])
@pytest.mark.parametrize(
    "case",
    [
        (("export", "x.gpkg", "--force"), "x.gpkg"),
        (("regions", "export", "x.gpkg", "--force"), "x.gpkg"),
        (("export", "x.csv", "--tables", "--force"), "x.claims.csv"),
        (("export", "x.shp", "--force"), "x.dbf"),
        (("map", "atlas", "x.html", "--force"), "x.html"),
        (("backup", "x.gpkg.age", "--recipient", KEY, "--force"), "x.gpkg.age"),
        (("backup", "x.gpkg", "--force"), "x.gpkg"),
        (("init", "x.gpkg"), "x.gpkg"),
        (("import", "rows.csv"), "rows.import.json"),
        (("release", "make", "x", "--publisher", "An office"), "x"),
    ],
    ids=lambda case: " ".join(case[0][:3]),
)
def test_the_open_database_is_never_written_over_under_any_of_its_names(
    run: Callable[..., Result], base: Path, into: Callable[[str], Path], way: Callable[[Path, str], Path], case: Any
) -> None:
    words, name = case
    folder = into("here")
    database = Path(shutil.copy(base, folder / "mine.gpkg"))
    content = database.read_bytes()
    target = way(database, name)
    database = target if way is itself else database
    told = run(*words, *(() if words[0] == "init" else ("--db", str(database))))
    assert told.code == 5, told.err
    assert database.read_bytes()[100:] == content[100:]
    assert target.samefile(database)
    assert target.is_symlink() == (way is soft)
    with Store.open(database) as store:
        assert store.file.check() == ()


@pytest.mark.usefixtures("small_demo")
def test_a_demo_that_is_built_again_keeps_the_database_that_was_there(
    run: Callable[..., Result], base: Path, into: Callable[[str], Path]
) -> None:
    folder = into("demo")
    shutil.copy(base, folder / "peru.gpkg")
    with Store.open(folder / "peru.gpkg") as store:
        store.write.retract("bagua-2009", author="Ana", reason="x")
    told = run("demo", ".", "--force")
    assert (told.code, "peru.before-demo-1.gpkg" in told.err) == (0, True)
    with Store.open(folder / "peru.before-demo-1.gpkg") as before, Store.open(folder / "peru.gpkg") as now:
        assert (before.read.draft("bagua-2009").status, now.read.draft("bagua-2009").status) == (
            "retracted",
            "published",
        )


def parameters(commands: typer.Typer, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every parameter of every command that names a file or folder, but that of the database."""
    for command in commands.registered_commands:
        assert command.callback is not None
        words = (*path, command.name or command.callback.__name__)
        for name, one in inspect.signature(command.callback, eval_str=True).parameters.items():
            if "Path" in str(one.annotation) and name != "db":
                yield " ".join((*words, name))
    for group in commands.registered_groups:
        assert group.typer_instance is not None
        yield from parameters(group.typer_instance, (*path, str(group.name)))


def test_every_parameter_that_names_a_file_is_known_to_read_or_to_write_it() -> None:
    found = set(parameters(app))
    assert found == WRITING | READING


WAYS_TO_WRITE = {"write_text", "write_bytes", "symlink_to", "hardlink_to", "touch", "savefig"}
MODULES_THAT_WRITE = {
    "geo/writing.py": "the way by which all files are written",
    "events/store/files/replacement.py": "puts one database in the place of another",
    "events/store/files/intentions.py": "what a process is about to do with a database",
    "events/store/restoring.py": "writes a draft, which replacement.py puts in place",
    "events/store/session.py": "makes a new file where there is none",
    "events/release/build.py": "makes a new folder, which is then renamed",
    "events/release/files.py": "writes into a new folder, which is then renamed",
    "events/exchange/attached_files.py": "writes into a draft, which geo/writing.py puts in place",
    "events/exchange/incoming/ownership.py": "renames a table to a free name",
    "events/exchange/outgoing/gis/geopackage.py": "renames within the folder of a draft",
    "events/exchange/outgoing/gis/flatgeobuf.py": "renames within the folder of a draft",
    "events/exchange/outgoing/gis/shapefile.py": "renames within the folder of a draft, and writes archives there",
    "events/exchange/outgoing/gis/folders.py": "renames a new folder, and the old one of ours aside",
    "events/exchange/outgoing/gis/partitioned.py": "writes into a new folder, which folders.py renames",
    "events/exchange/outgoing/gis/kml.py": "writes an archive that is the draft",
    "maps/profile/pdf.py": "writes the page into a folder that is made for the browser and removed",
}


def writes(tree: ast.AST) -> set[str]:
    """The calls by which a module writes, renames or makes files."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func).startswith("formatter."):  # of a page of help
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        moves = name in {"rename", "replace"} and len(node.args) == 1 and not node.keywords and not texts
        opens = name == "open" and any(set(text) & set("wxa+") for text in texts if len(text) <= 3)
        if name in WAYS_TO_WRITE or moves or opens:
            found.add(name)
    return found


@pytest.mark.parametrize("top", ["geo", "events", "maps"])
def test_only_known_modules_write_files_and_all_others_go_through_one(top: str) -> None:
    found = {
        str(path.relative_to(ROOT)): calls
        for path in sorted((ROOT / top).rglob("*.py"))
        if (calls := writes(ast.parse(path.read_text("utf-8"))))
    }
    known = {name for name in MODULES_THAT_WRITE if name.startswith(top)}
    assert found.keys() - known == set()
    assert known - found.keys() == set()


def test_the_search_for_writing_calls_finds_them() -> None:
    lines = (
        "a.write_text('x'); a.open('w'); open('f', 'ab'); a.rename(b); a.replace(b); a.replace('x', 'y'); a.open('rb')"
    )
    assert writes(ast.parse(lines)) == {"write_text", "open", "rename", "replace"}
    assert writes(ast.parse("a.replace('x', 'y'); open('f'); a.open('rb'); m.replace(day=1)")) == set()
