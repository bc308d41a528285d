"""import --explain shows how each column is read and why, and --group-by answers what is asked of rows of victims."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

TABLE = (
    "Qué pasó,Fecha,Tipo,Departamento,Muertos,lugar/latitud,Color,Código\n"
    "#event+title,,,,,,,\n"
    "A,2009-01-01,protesta,Cusco,3,,rojo,x1\n"
    "B,ayer,protesta,Cusco,hasta 4,,azul,x2\n"
    "C,2009-01-03,protesta,Cuzco,y z,,,x3\n"
)


@pytest.fixture
def table(run: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    assert run("init", "w.gpkg", "--country", "PE").code == 0

    def command(text: str, *words: str) -> Result:
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return run("import", "t.csv", "--db", "w.gpkg", *words)

    return command


def rows_of(done: Result) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(done.out), delimiter="\t")
    return {row["Column"]: row for row in rows}


def test_each_column_is_explained_before_anything_is_stored(table: Callable[..., Result], tmp_path: Path) -> None:
    done = table(TABLE, "--explain", "--map", "Color=tags")
    assert done.code == 0
    rows = rows_of(done)
    assert {name: (row["Field"], row["Read by"], row["Unreadable"]) for name, row in rows.items()} == {
        "Qué pasó": ("title", "HXL", "0"), "Fecha": ("date", "name", "1"), "Tipo": ("type", "name", "0"),
        "Departamento": ("department", "name", "0"), "Muertos": ("killed", "name", "1"),
        "lugar/latitud": ("lat", "name", "0"), "Color": ("tags", "option", "0"), "Código": ("id", "name", "0"),
    }  # fmt: skip
    assert rows["Muertos"]["Samples"] == "3 | hasta 4 | y z"
    assert rows["lugar/latitud"]["Why"] == "by the last part of its name"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("t.")) == ["t.csv"]
    assert table(TABLE, "--map", "Color=tags").out.startswith("3 rows = 1 accepted + 0 updated + 0 unchanged + 2")


def test_what_must_be_specified_is_in_the_table_and_in_json(table: Callable[..., Result]) -> None:
    text = TABLE.replace("Color", "Víctimas").replace("rojo", "4").replace("azul", "5")
    done = table(text, "--explain")
    assert done.code == 5
    assert (rows_of(done)["Víctimas"]["Field"], rows_of(done)["Fecha"]["Unreadable"]) == ("?", "")
    assert "--map 'Víctimas=killed'" in done.err
    document: dict[str, Any] = json.loads(table(text, "--explain", "--json").out)
    assert "--map 'Víctimas=killed'" in document["question"]
    asked = next(column for column in document["columns"] if column["column"] == "Víctimas")
    assert (asked["field"], asked["samples"], asked["unreadable"]) == ("?", ["4", "5"], None)


def test_it_speaks_spanish(table: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WILLAY_LANG", "es")
    assert "por la última parte de su nombre" in table(TABLE, "--explain").out


def test_a_format_with_fixed_columns_has_nothing_to_explain(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("init", "w.gpkg").code == 0
    (tmp_path / "e.csv").write_text("event_id_cnty,event_date,fatalities\n", "utf-8")
    done = run("import", "e.csv", "--db", "w.gpkg", "--explain", "--input-format", "acled")
    assert done.out == ""
    assert done.code != 0 or "fixed columns" in done.err


VICTIMS = "Nombre,Fecha,Tipo,Departamento\n" + "".join(
    f"Persona {n},2009-01-0{1 + n % 3},masacre,Cusco\n" for n in range(30)
)


def test_rows_of_victims_are_asked_about_and_the_option_printed_makes_incidents_of_them(
    table: Callable[..., Result], run: Callable[..., Result]
) -> None:
    refused = table(VICTIMS)
    assert refused.code == 5
    option = re.search(r"one incident: (.*?) \(each row", refused.err)
    assert option is not None
    done = table(VICTIMS, *shlex.split(option[1]))
    assert done.out == "3 rows = 3 accepted + 0 updated + 0 unchanged + 0 quarantined + 0 withdrawn\n"
    assert table(VICTIMS).out.startswith("3 rows = 0 accepted + 0 updated + 3 unchanged")  # by the saved mapping
    listed = json.loads(run("list", "--db", "w.gpkg", "--status", "draft", "--format", "json").out)
    assert [row["killed_best"] for row in listed] == [10, 10, 10]


def test_the_options_of_several_words_are_printed_whole_and_work_together(table: Callable[..., Result]) -> None:
    words = ["Conflicto por agua d'Ilave", "Conflicto por agua d'Ilave (2)", "Otra clase = propia"]
    lines = "".join(f'Hecho {n},2009,"{word}",Puno\n' for n, word in enumerate(words))
    text = f"Título,Fecha,Tipo,Departamento\n{lines}"
    done = table(text)
    assert done.code == 7
    line = next(line for line in done.err.splitlines() if "unknown event type" in line)
    options = shlex.split(line[line.index("--map") : line.index(" (for example")].rstrip("."))
    assert options[1::2] == [f"types.{word}=CODE" for word in words]
    mended = table(text, *(option.replace("=CODE", "=strike") for option in options))
    assert mended.out.startswith("3 rows = 3 accepted")


def test_flags_of_many_rows_with_other_coordinates_are_one_line(table: Callable[..., Result]) -> None:
    lines = "".join(f"Hecho {n},2009-01-01,protesta,{-12 - n / 1000},{50 + n / 1000}\n" for n in range(30))
    done = table(f"Título,Fecha,Tipo,Lat,Lon\n{lines}", "--map", "default.country=PE")
    assert len([line for line in done.err.splitlines() if line.startswith("Imported, with a warning")]) <= 1
