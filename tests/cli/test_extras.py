"""Features whose library is an extra: what they say without it, and that nothing else needs one.

Where a feature is refused, only the question whether its library is there is answered otherwise: pandas would break if
pyarrow went away after it was loaded. That nothing else needs a library is seen in a process where each of them is
hidden from the start, by the None that Python puts into `sys.modules` for what cannot be imported.
"""

from __future__ import annotations

import json
import os
import pkgutil
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from moments import MOMENT

import willay.data
import willay.events
import willay.geo
import willay.maps
from willay.events.exchange.outgoing import WRITERS
from willay.geo import MissingExtraError
from willay.geo.extras import EXTRAS, MODULES, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from conftest import Result

ROOT = Path(__file__).parent.parent.parent
OPTIONAL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
BY_EXTRA = ("willay.events.exchange.outgoing.gis.", "willay.maps.pictures.", "willay.maps.profile.")
"""Where modules may import an extra's library when they are loaded."""

KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>a</name>'
    "<Point><coordinates>-76,-10</coordinates></Point></Placemark></Document></kml>"
)
FOREIGN = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"date": "2020-01-02", "deaths": 1},
            "geometry": {"type": "Point", "coordinates": [-76.0, -10.0]},
        }
    ],
}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def hide(extra: str) -> None:
        def missing(library: str) -> ModuleType:
            if library == MODULES[extra]:
                raise ModuleNotFoundError(f"No module named {library!r}", name=library)
            return import_module(library)

        monkeypatch.setattr("willay.geo.extras.import_module", missing)

    return hide


HIDDEN = f"import sys; sys.modules.update(dict.fromkeys({list(MODULES.values())}))"


def _without_all(code: str, folder: Path | None = None, *words: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, where no extra's library can be imported."""
    return subprocess.run(
        [sys.executable, "-c", f"{HIDDEN}; {code}", *words],
        cwd=folder,
        env=os.environ | {"SOURCE_DATE_EPOCH": MOMENT, "WILLAY_AUTHOR": "Ana"},
        capture_output=True,
        text=True,
        check=False,
    )


def _asked(extra: str) -> str:
    return f"Install it: pip install 'willay[{extra}]'"


def test_each_extra_installs_the_library_that_is_asked_for() -> None:
    first = {extra: OPTIONAL[extra][0].split(">")[0] for extra in EXTRAS}  # what follows comes with it
    assert first == EXTRAS
    assert OPTIONAL["all"] == [f"willay[{','.join(sorted(EXTRAS))}]"]
    assert "willay[all,docs]" in OPTIONAL["dev"]


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    extra: str, without: Callable[[str], None]
) -> None:
    assert require(extra, "This").__name__ == MODULES[extra]
    without(extra)
    with pytest.raises(MissingExtraError, match=r"^This needs the library [\w-]+, which is not installed") as raised:
        require(extra, "This")
    assert str(raised.value).endswith(_asked(extra))


def test_a_library_that_is_there_and_broken_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    with pytest.raises(ModuleNotFoundError, match="numpy") as raised:
        require("pictures", "This")
    assert not isinstance(raised.value, MissingExtraError)


def _modules() -> Iterator[str]:
    for package in (willay.data, willay.events, willay.geo, willay.maps):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith("willay.data.sources") and not module.name.endswith("__main__"):
                yield module.name


def test_no_module_of_the_core_loads_the_library_of_an_extra() -> None:
    core = [name for name in _modules() if not name.startswith(BY_EXTRA)]
    done = _without_all(f"from importlib import import_module; [import_module(name) for name in {core}]")
    assert len(core) > 200
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("form", [form for form in WRITERS.values() if form.extra], ids=lambda form: form.name)
def test_an_export_without_its_library_is_refused_and_leaves_nothing(
    run: Callable[..., Result], without: Callable[[str], None], tmp_path: Path, form: object
) -> None:
    before = set(tmp_path.iterdir())
    without(form.extra)  # type: ignore[attr-defined]
    done = run("export", f"out{form.suffixes[0]}")  # type: ignore[attr-defined]
    assert (done.code, done.out) == (5, "")
    assert done.err.rstrip().endswith(_asked(form.extra))  # type: ignore[attr-defined]
    assert set(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet", "shp", "kml"])
def test_regions_for_gis_programs_are_refused_too(
    run: Callable[..., Result], without: Callable[[str], None], tmp_path: Path, ending: str
) -> None:
    without("gis")
    done = run("regions", "export", f"out.{ending}")
    assert (done.code, done.err.rstrip().endswith(_asked("gis"))) == (5, True), done.err
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("name", ["a.geojson", "a.kml", "a.parquet"])
def test_an_import_without_its_library_is_refused_and_changes_nothing(
    run: Callable[..., Result], without: Callable[[str], None], peru: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "a.geojson").write_text(json.dumps(FOREIGN), "utf-8")
    (tmp_path / "a.kml").write_text(KML, "utf-8")
    pq.write_table(pa.table({"n": [1]}), tmp_path / "a.parquet")
    before = peru.read_bytes()
    without("gis")
    done = run("import", name, "--dataset", "a", "--dataset-version", "1")
    assert (done.code, done.err.rstrip().endswith(_asked("gis"))) == (5, True), done.err
    assert peru.read_bytes() == before


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("words", [("out.png",), ("out.svg",), ("out.html", "--pdf", "out.pdf")])
def test_a_picture_without_its_library_is_refused_before_anything_is_made(
    run: Callable[..., Result], without: Callable[[str], None], tmp_path: Path, words: tuple[str, ...]
) -> None:
    without("pictures")
    done = run("map", "choropleth", *words)
    assert (done.code, done.err.rstrip().endswith(_asked("pictures"))) == (5, True), done.err
    assert not list(tmp_path.glob("out*"))
    assert run("map", "choropleth", "out.html").code == 0


def test_names_that_draw_ask_for_the_library_and_the_others_do_not() -> None:
    done = _without_all("from willay.maps import PictureSpec; PictureSpec(); from willay.maps import picture")
    assert done.stderr.rstrip().endswith(_asked("pictures"))
    assert "MissingExtraError" in done.stderr


@pytest.mark.usefixtures("peru")
def test_an_encrypted_copy_without_its_library_is_refused(
    run: Callable[..., Result], without: Callable[[str], None], tmp_path: Path
) -> None:
    without("seal")
    done = run("backup", "copy.age", "--recipient", "age1abc")
    assert (done.code, done.err.rstrip().endswith(_asked("seal"))) == (5, True), done.err
    assert not (tmp_path / "copy.age").exists()


@pytest.mark.usefixtures("peru")
def test_a_release_names_what_its_formats_need_before_it_makes_a_folder(
    run: Callable[..., Result], without: Callable[[str], None], tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    without("gis")
    done = run("release", "make", "peru-2026-1", "--publisher", "An office", "--in", "new", "--format", "geopackage")
    assert (done.code, done.err.rstrip().endswith(_asked("gis"))) == (5, True), done.err
    assert set(tmp_path.iterdir()) == before


COMMANDS = """
from willay.events.cli import main
for words in LINES:
    sys.argv = ["willay", *words]
    try:
        main()
    except SystemExit as stop:
        assert not stop.code, (words, stop.code)
"""


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the commands of the core write where no extra is installed."""
    folder = tmp_path_factory.mktemp("lean")
    frame = gpd.GeoDataFrame(
        {"titulo": ["Choque"], "tipo": ["armed-clash"], "fecha": ["2012-04-09"], "muertos": [1]},
        geometry=[shapely.Point(-73.04, -12.63)],
        crs="EPSG:4326",
    )
    for name in ("points.shp", "points.gpkg"):
        frame.to_file(folder / name, engine="pyogrio")
    lines = [("demo", "demo"), *_core(), *IMPORTED]
    done = _without_all(f"LINES = {lines!r}\n{COMMANDS}", folder)
    assert done.returncode == 0, done.stderr
    return folder


def _core() -> list[tuple[str, ...]]:
    database = ("--db", "demo/peru.gpkg")
    return [
        *(
            ("export", f"a-{form.name}", "--format", form.name, *database)
            for form in WRITERS.values()
            if not form.extra
        ),
        ("regions", "export", "regions.geojson", *database),
        ("map", "choropleth", "map.html", *database),
        ("release", "make", "release", "--publisher", "An office", *database),
        ("check", *database),
    ]


IMPORTED = (
    ("init", "other.gpkg"),
    ("import", "a-geojson", "--input-format", "willay", "--db", "other.gpkg"),
    ("import", "points.shp", "--db", "other.gpkg"),
    ("import", "points.gpkg", "--db", "other.gpkg"),
    ("check", "--db", "other.gpkg"),
)


def test_the_demo_is_the_same_to_the_byte_without_any_extra(lean: Path, demo_folder: Path) -> None:
    pages = [path.name for path in demo_folder.iterdir() if path.suffix in {".html", ".geojson", ".texts"}]
    pages.remove("profile.html")  # its charts need an extra
    assert len(pages) >= 4
    assert not (lean / "demo" / "profile.html").exists()
    for name in pages:
        assert (lean / "demo" / name).read_bytes() == (demo_folder / name).read_bytes(), name


def test_what_the_core_writes_is_the_same_to_the_byte_without_any_extra(
    lean: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    shutil.copytree(lean / "demo", tmp_path / "demo")
    for words in _core():
        assert run(*words).code == 0
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    written = sorted(path for path in made if path.parent.name != "demo")
    assert len(written) > len(_core())
    for name in written:
        assert (tmp_path / name).read_bytes() == (lean / name).read_bytes(), name
