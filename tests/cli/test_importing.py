"""import of a monitor's own tables, as a data manager runs it: what it ends with, and advice that works when pasted."""

from __future__ import annotations

import csv
import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from willay.data.codebook import codebook
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

HEAD = "Título,Fecha,Tipo,Departamento"


@pytest.fixture
def imported(run: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Import a table into a database of Peru."""
    assert run("init", "w.gpkg").code == 0

    def command(text: str, *words: str, name: str = "t.csv") -> Result:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return run("import", str(path), "--db", "w.gpkg", *words)

    return command


def advised(text: str) -> list[str]:
    """Return the options that a message prints, as a shell reads them."""
    found = re.findall(r"""--map (?:'[^']*'|"'"|[^\s'(),;])+""", text)
    return [word for option in found for word in shlex.split(option.rstrip("."))]


def quarantined(folder: Path) -> list[dict[str, str]]:
    with (folder / "t.quarantine.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_year_that_is_none_puts_its_row_aside_with_field_value_and_reason(
    imported: Callable[..., Result], tmp_path: Path
) -> None:
    done = imported("anio,titulo,tipo,departamento\n2009,A,protesta,Cusco\n99,B,protesta,Puno\n")
    assert (done.code, done.out.split(" + ")[0]) == (7, "2 rows = 1 accepted")
    (row,) = quarantined(tmp_path)
    assert (row["willay_row"], row["willay_field"], row["willay_value"]) == ("2", "anio", "99")
    assert "four digits" in row["willay_reason"]
    assert json.loads((tmp_path / "t.import.json").read_text("utf-8"))["sum_agrees"]


def test_two_monthly_reports_with_a_running_number_are_different_events(
    imported: Callable[..., Result], run: Callable[..., Result]
) -> None:
    head = "N°,Título,Fecha,Tipo,Lugar,Departamento"
    may = f"{head}\n1,Paro,2012-05-03,strike,Ilave,Puno\n2,Marcha,2012-05-09,protest,Sicuani,Cusco\n"
    june = f"{head}\n1,Bloqueo,2012-06-03,road-block,La Oroya,Junín\n2,Toma,2012-06-09,protest,Huacho,Lima\n"
    assert imported(may, name="mayo/reporte.csv").code == 0
    done = imported(june, name="junio/reporte.csv")
    assert (done.code, done.out.split(" + ")[:2]) == (0, ["2 rows = 2 accepted", "0 updated"])
    assert len(json.loads(run("list", "--format", "json", "--profile", "internal", "--db", "w.gpkg").out)) == 4


def test_an_id_that_was_another_event_is_put_aside_and_the_command_advised_takes_a_correction(
    imported: Callable[..., Result], run: Callable[..., Result], tmp_path: Path
) -> None:
    head = "Código,Título,Fecha,Tipo,Lugar"
    assert imported(f"{head}\nF-1,Paro,2012-05-03,strike,Ilave\nF-2,B,2012-05-04,strike,Juli\n").code == 8
    text = f"{head}\nF-1,Toma,2012-06-03,protest,Huacho\nF-2,B,2012-05-05,strike,Pomata\n"
    done = imported(text)
    assert done.out.startswith("2 rows = 0 accepted + 1 updated + 0 unchanged + 1 quarantined")
    reason = quarantined(tmp_path)[0]["willay_reason"]
    assert reason.startswith("id F-1 was used for another event: 'Paro', 2012-05-03, Ilave (PE-2012-0001)")
    command = re.search(r"willay (edit .*)$", reason)
    assert command is not None
    assert run(*shlex.split(command[1]), "--db", "w.gpkg").code == 0
    assert imported(text).out.startswith("2 rows = 0 accepted + 1 updated + 1 unchanged + 0 quarantined")


def test_a_database_of_another_country_never_records_peru(run: Callable[..., Result], tmp_path: Path) -> None:
    Store.create(tmp_path / "ke.gpkg", country="KE").close()
    (tmp_path / "t.csv").write_text(f"{HEAD},Lat,Lon\nA,2012-05-03,protest,Kisumu,-0.1,34.7\n", "utf-8")
    assert run("import", "t.csv", "--db", "ke.gpkg").code == 0
    (row,) = json.loads(run("list", "--format", "json", "--profile", "internal", "--db", "ke.gpkg").out)
    assert (row["code"], row["country"]) == ("KE-2012-0001", "KE")
    features = [
        {"type": "Feature", "properties": {"Título": "B", "Tipo": "protest", "Fecha": "2012-05-04"},
         "geometry": {"type": "Point", "coordinates": [36.8, -1.3]}}
    ]  # fmt: skip
    (tmp_path / "k.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert run("import", "k.geojson", "--db", "ke.gpkg").code == 0
    rows = json.loads(run("list", "--format", "json", "--profile", "internal", "--db", "ke.gpkg").out)
    assert [row["code"] for row in rows] == ["KE-2012-0001", "KE-2012-0002"]


def test_a_table_of_another_country_is_refused_and_the_option_advised_imports_it(
    imported: Callable[..., Result], run: Callable[..., Result]
) -> None:
    text = f"{HEAD}\nA,2012-05-03,protest,ANTIOQUIA\nB,2012-05-04,protest,CAUCA\nC,2012-05-05,protest,AMAZONAS\n"
    refused = imported(text)
    assert (refused.code, refused.out) == (5, "")
    option, value = advised(refused.err)[:2]
    assert value == "default.country=CO"
    done = imported(text, option, value)
    assert done.out.startswith("3 rows = 3 accepted")
    rows = json.loads(run("list", "--format", "json", "--profile", "internal", "--db", "w.gpkg").out)
    assert {row["country"] for row in rows} == {"CO"}


@pytest.mark.parametrize(
    "word",
    [
        "Penurie d'eau et de nourriture dans le quartier, selon les habitants du camp",
        "Socioambiental, por contaminación del río y de los pastos: segunda fase (2012)",
        'A "quoted" word', "Uno=dos", "$HOME `pwd` !x \\n", "-starts with a dash", "  spaces  inside  ",
    ],
)  # fmt: skip
def test_the_option_that_says_what_a_word_is_works_when_it_is_pasted(
    imported: Callable[..., Result], tmp_path: Path, word: str
) -> None:
    quoted = word.replace('"', '""')
    text = f'{HEAD}\nA,2012-05-03,"{quoted}",Puno\nB,2012-05-04,protest,Puno\n'
    done = imported(text)
    assert done.code == 7
    reason = quarantined(tmp_path)[0]["willay_reason"]
    option = re.search(r"(--map .*)\.$", reason)
    assert option is not None
    words = shlex.split(option[1].replace("=CODE", "=strike"))
    assert imported(text, *words).out.startswith("2 rows = 1 accepted + 0 updated + 1 unchanged + 0 quarantined")
    assert "CODE is one of" in done.err
    assert all(kind in done.err for kind in codebook().types.codes())


@pytest.mark.parametrize(
    "text",
    [
        "Título,Fecha,Tipo,Lat,Lon\nA,2012-05-03,strike,12.04,-77.03\nB,2012-05-04,strike,12.05,-77.02\n",
        "Título,Fecha,Tipo,Lat d'ici,Lon\nA,2012-05-03,strike,1,-77.03\n",
        "Título,Fecha,Tipo,Latitud,Longitud\nA,2012-05-03,strike,-73.2,-12.6\nB,2012-05-04,strike,-74.2,-13.6\n",
        f"{HEAD},deaths_police,d'autres morts\nA,2012-05-03,strike,Puno,3,4\n",
        f"{HEAD},VICTIMAS\nA,2012-05-03,strike,Puno,3\n",
        "Título,Fecha,Tipo,Departamento\nA,05/06/2009,strike,Puno\n",
        f'{HEAD},Muertos\nA,2012-05-03,strike,Puno,"1,000"\n',
        "Título,Fecha,Tipo,Departamento\nA,ayer,strike,Puno\n",
    ],
)  # fmt: skip
def test_what_a_refusal_advises_is_taken_when_it_is_pasted(imported: Callable[..., Result], text: str) -> None:
    refused = imported(text)
    if refused.code != 5:
        assert "Not imported" in refused.err or refused.code in {7, 8}
        return
    words: list[str] = []
    for _ in range(3):
        options = advised(refused.err)
        assert options, refused.err
        for option, value in zip(options[::2], options[1::2], strict=True):
            if value.rpartition("=")[0] not in {word.rpartition("=")[0] for word in words}:
                words += [option, value.replace("XX", "PE")]
        refused = imported(text, *words)
        if refused.code != 5:
            break
    assert refused.code in {0, 7, 8}, refused.err


def test_an_import_without_days_or_places_says_so_last_and_does_not_end_with_0(
    imported: Callable[..., Result], tmp_path: Path
) -> None:
    undated = imported("Título,Tipo,Departamento\nA,strike,Puno\nB,strike,Lima\n", name="a.csv")
    assert undated.code == 8
    assert undated.err.splitlines()[-1].startswith("No column was recognised as the date, so 2 of 2 rows")
    unplaced = imported("Título,Tipo,Fecha,Lugar\nC,strike,2009-01-02,Ilave\nD,strike,2009-01-03,Juli\n", name="b.csv")
    assert unplaced.code == 8
    assert unplaced.err.splitlines()[-2].startswith(
        "2 of 2 rows have no place that can be drawn: add a column with the administrative unit"
    )
    assert unplaced.err.splitlines()[-1] == "No incident of this import can be drawn on a map."
    alike = imported(
        f"Edad,{HEAD}\n" + "".join(f"{n},Ataque,2009-01-03,strike,Puno\n" for n in (3, 40, 41)), name="c.csv"
    )
    assert alike.code == 8
    assert "2 of 3 rows have the same title, day and place" in alike.err.splitlines()[-1]
    report = json.loads((tmp_path / "b.import.json").read_text("utf-8"))
    assert report["notices"][-1] == "No incident of this import can be drawn on a map."
    assert (report["sum_agrees"], report["endings"]["accepted"]) == (True, 2)


def test_rows_put_aside_are_the_graver_news_and_the_rest_is_said_all_the_same(imported: Callable[..., Result]) -> None:
    done = imported("Título,Tipo,Fecha\nA,strike,2009-01-02\nB,strike,2009-01-03\nC,nonsense,2009-01-03\n")
    assert done.code == 7
    assert done.err.splitlines()[-1] == "No incident of this import can be drawn on a map."
    again = imported("Título,Tipo,Fecha\nA,strike,2009-01-02\nB,strike,2009-01-03\n", "--json")
    assert (again.code, json.loads(again.out)["notices"][-1]) == (
        8,
        "No incident of this import can be drawn on a map.",
    )


def test_flags_of_places_are_of_one_kind_with_three_examples(imported: Callable[..., Result], tmp_path: Path) -> None:
    rows = "".join(f"A{n},2009-01-02,strike,{40 + n / 100},-72.3\n" for n in range(9))
    done = imported(f"Título,Fecha,Tipo,Lat,Lon\n{rows}", "--map", "default.country=PE")
    flags = json.loads((tmp_path / "t.import.json").read_text("utf-8"))["flags"]
    (stray,) = [flag for flag in flags if "contradicts its country" in flag["reason"]]
    assert (stray["count"], len(stray["examples"])) == (9, 3)
    assert "lat 40.0" in stray["examples"][0]
    (line,) = [line for line in done.err.splitlines() if "contradicts its country PE" in line]
    assert line.startswith("Imported, with a warning: 9 rows: places[0]")
    assert line.count(" | ") == 2


def test_at_least_twenty_is_at_least_twenty_after_a_round_by_csv(
    imported: Callable[..., Result], run: Callable[..., Result]
) -> None:
    assert imported(f"{HEAD},Muertos\nA,2012-05-03,strike,Puno,más de 20\n").code == 0
    assert run("export", "out.csv", "--profile", "internal", "--db", "w.gpkg").code == 0
    assert run("init", "copy.gpkg").code == 0
    assert run("import", "out.csv", "--db", "copy.gpkg").code in {0, 8}
    with Store.open("copy.gpkg") as store:
        (claim,) = store.read.draft("PE-2012-0001").draft.claims
    assert (claim.low, claim.high) == (20, None)


def test_milliseconds_of_a_geojson_file_are_days(
    run: Callable[..., Result], tmp_path: Path, imported: Callable[..., Result]
) -> None:
    assert imported(f"{HEAD}\nA,2009,strike,Puno\n").code == 0
    features = [
        {"type": "Feature", "properties": {"titulo": "B", "tipo": "protesta", "fecha": 1244160000000},
         "geometry": {"type": "Point", "coordinates": [-70.1, -15.5]}}
    ]  # fmt: skip
    (tmp_path / "g.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    done = run("import", "g.geojson", "--db", "w.gpkg")
    assert done.code == 0
    assert "milliseconds since 1970" in done.err
    rows = json.loads(run("list", "--format", "json", "--profile", "internal", "--db", "w.gpkg").out)
    assert {row["first_day"] for row in rows} == {"2009-01-01", "2009-06-05"}


def test_what_a_file_lacks_is_no_news_of_our_own_export(
    run: Callable[..., Result], imported: Callable[..., Result]
) -> None:
    assert imported("Título,Tipo\nA,strike\nB,strike\n").code == 8
    assert run("export", "out.geojson", "--profile", "internal", "--db", "w.gpkg").code == 0
    assert run("init", "copy.gpkg").code == 0
    assert run("import", "out.geojson", "--db", "copy.gpkg").code == 0
