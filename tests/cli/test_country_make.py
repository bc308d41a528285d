"""`willay country make` and `add`: from official files to a database of a country, for whoever has the files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from made_up_limits import changed, districts, with_code, write_all, write_layer

from willay.data.country_packs.reading import read_pack
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

WORDS = ("--word", "state,states", "--word", "2:township,townships", "--word-es", "estado,estados")
TERMS = ("--licence", "CC-BY-4.0", "--attribution", "Office of Limits", "--dated", "2023-03-01")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """The options that name the made-up files of a country, in the folder in which commands run."""
    write_all(tmp_path)
    return (
        "--units", "adm1.geojson", "--units-2", "adm2.geojson", "--places", "MM.txt", "--people", "census.csv",
    )  # fmt: skip


@pytest.fixture
def made(run: Run, files: tuple[str, ...]) -> Result:
    return run("country", "make", "MM", "mm.pack", *files, *WORDS, *TERMS)


def test_a_pack_is_made_and_what_was_found_is_told(made: Result, tmp_path: Path) -> None:
    assert made.code == 0, made.err
    assert "Level 2: 12 units of adm2.geojson (WGS 84)" in made.out
    assert "Borders meet: no gaps, no overlaps." in made.out
    assert "Places: 61 of MM.txt (GeoNames dump)." in made.out
    assert "People: 2 units of census.csv, counted in 2014, 2019." in made.out
    assert "mm.pack written. To use it: willay init --country mm.pack" in made.err
    facts = read_pack(tmp_path / "mm.pack").facts
    assert facts.levels[1].words["en"] == ("township", "townships")
    assert facts.levels[0].terms.credit == "Office of Limits"


def test_nothing_is_written_where_codes_are_missing_and_all_that_was_found_is_told(
    run: Run, files: tuple[str, ...], tmp_path: Path
) -> None:
    write_layer(
        tmp_path / "adm2.geojson", changed(changed(districts(), 3, with_code(None)), 0, with_code("MMR002D002"))
    )
    told = run("country", "make", "MM", "mm.pack", *files)
    assert told.code == 3
    assert "Without a code: Amber W." in told.out
    assert "Several units have the code MMR002D002: Amber N, Birch E." in told.out
    assert "No pack is made: units lack a code, or have the same code." in told.err
    assert not (tmp_path / "mm.pack").exists()


def test_a_pack_that_is_there_is_written_over_by_force_alone(run: Run, made: Result, files: tuple[str, ...]) -> None:
    assert made.code == 0
    again = run("country", "make", "MM", "mm.pack", *files)
    assert (again.code, "already exists" in again.err) == (5, True)
    assert run("country", "make", "MM", "mm.pack", *files, "--force").code == 0


@pytest.mark.usefixtures("made")
def test_a_database_is_begun_with_a_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    told = run("init", "office/mm.gpkg", "--country", "mm.pack")
    assert told.code == 0, told.err
    with Store.open(tmp_path / "office" / "mm.gpkg") as store:
        assert store.country == "MM"
        assert store.regions.select()["set"].value_counts().to_dict() == {"mm-adm2": 12, "mm-adm1": 3}
    assert (tmp_path / "office" / "mm.pack").read_bytes() == (tmp_path / "mm.pack").read_bytes()
    assert run("check", "--db", "office/mm.gpkg").code == 0


@pytest.mark.usefixtures("made")
def test_a_pack_is_installed_for_the_user_and_new_databases_have_it(run: Run, tmp_path: Path) -> None:
    told = run("country", "add", "mm.pack")
    assert told.code == 0, told.err
    assert (tmp_path / "settings" / "countries" / "MM.pack").is_file()
    assert "You installed a pack of this country" in run("country", "show", "MM").err
    assert "You installed" not in run("country", "show", "CO").err
    again = run("init", "mm.gpkg", "--country", "Myanmar")
    assert "the pack that you installed for this country" in again.err
    with Store.open(tmp_path / "mm.gpkg") as store:
        assert len(store.regions.select("mm-adm2")) == 12


@pytest.mark.usefixtures("made")
def test_another_pack_of_the_country_is_installed_by_replacing_alone(
    run: Run, files: tuple[str, ...], tmp_path: Path
) -> None:
    assert run("country", "add", "mm.pack").code == 0
    assert run("country", "make", "MM", "other.pack", *files[:2]).code == 0
    refused = run("country", "add", "other.pack")
    assert (refused.code, "already exists" in refused.err) == (5, True)
    assert run("country", "add", "other.pack", "--replace").code == 0
    installed = tmp_path / "settings" / "countries" / "MM.pack"
    assert installed.read_bytes() == (tmp_path / "other.pack").read_bytes()


def test_the_folder_of_packs_can_be_named(
    run: Run, made: Result, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert made.code == 0
    monkeypatch.setenv("WILLAY_COUNTRIES", str(tmp_path / "mine"))
    assert run("country", "add", "mm.pack").code == 0
    assert (tmp_path / "mine" / "MM.pack").is_file()


@pytest.mark.usefixtures("made")
def test_a_pack_is_added_to_a_database_and_the_change_is_in_its_log(run: Run) -> None:
    assert run("init", "mm.gpkg", "--country", "MM").code == 0
    told = run("country", "add", "mm.pack", "--db", "mm.gpkg")
    assert told.code == 0, told.err
    assert "3 units in set mm-adm1" in told.err
    assert "12 units in set mm-adm2." in told.err
    assert "from mm.pack" in run("log", "--db", "mm.gpkg").out
    again = run("country", "add", "mm.pack", "--db", "mm.gpkg")
    assert "mm.gpkg has this pack already; nothing was recorded." in again.err
    assert run("check", "--db", "mm.gpkg").code == 0


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_pack_that_is_none_is_refused_in_the_language_of_the_person(
    lang: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WILLAY_LANG", lang)
    with zipfile.ZipFile(tmp_path / "a.pack", "w") as archive:
        archive.writestr("../evil.txt", "evil")
    told = run("country", "add", "a.pack")
    assert told.code == 3
    assert {"en": "outside its folder", "es": "fuera de la carpeta"}[lang] in told.err
    assert not (tmp_path.parent / "evil.txt").exists()
    missing = run("init", "x.gpkg", "--country", "none.pack")
    assert missing.code == 4
    assert {"en": "does not exist", "es": "no existe"}[lang] in missing.err
