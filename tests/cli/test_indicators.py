"""Indicators, phases of cases and actors from the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

pytestmark = [pytest.mark.usefixtures("peru")]

SOURCE = "peru-country-profile"
HEAD = "series,name_es,name_en,area,year,value,low,high,unit,by,source,from_day"
ROWS = (
    "made-up,Área inventada,Invented area,PE,2011,62500,,,ha,UNODC,{s},",
    "made-up,Área inventada,Invented area,PE,2012,60400,,,ha,UNODC,{s},",
    "made-up,Área inventada,Invented area,PE,2012,50500,45000,56000,ha,State Department,{s},",
    ",,,,,,,,,,,",
    "made-up,Área inventada,Invented area,15,2012,7,,,ha,UNODC,{s},",
)


def table(name: str, head: str, *rows: str) -> str:
    text = "\r\n".join([head, *(row.format(s=SOURCE) for row in rows)])
    Path(name).write_text(f"{text}\r\n", "utf-8")
    return name


@pytest.fixture
def coca(run: Run, peru: Path) -> None:
    del peru
    told = run("indicator", "import", table("coca.csv", HEAD, *ROWS))
    assert (told.code, "Read: 4 indicators.\nSaved: 4 indicators." in told.err) == (0, True)


def values(run: Run, *words: str) -> list[float | None]:
    told = run("indicator", "list", *words, "--format", "json", "--profile", "internal")
    return [one.get("value") for one in json.loads(told.out)]


def test_one_is_added_and_the_same_again_changes_nothing(run: Run) -> None:
    words = ("indicator", "add", "Homicide rate", "--series", "made-up-rate", "--area", "PE", "--year", "2011",
             "--value", "5.43", "--unit", "per 100,000", "--said-by", "INEI", "--source", SOURCE, "--low", "5",
             "--high", "6", "--qualifier", "about", "--indicator-kind", "estimate", "--edition", "2014",
             "--set", "name={es: Tasa de homicidios, en: Homicide rate}")  # fmt: skip
    assert "made-up-rate-pe-2011-inei added" in run(*words).err
    assert "nothing was recorded" in run(*words).err
    (one,) = json.loads(run("indicator", "show", "made-up-rate", "--json").out)
    assert one["cited"]["key"] == SOURCE
    wanted = {"value": 5.43, "low": 5, "high": 6, "year": 2011, "qualifier": "about", "kind": "estimate",
              "edition": "2014", "name": {"es": "Tasa de homicidios", "en": "Homicide rate"}}  # fmt: skip
    assert {name: one[name] for name in wanted} == wanted
    shown = run("indicator", "show", "made-up-rate-pe-2011-inei", "--lang", "es").out
    assert "Tasa de homicidios (PE, 2011): alrededor de 5.43 (5–6) per 100,000" in shown
    assert "Peru Country Profile, 2015 [peru-country-profile]" in shown


def test_without_an_area_it_is_the_country_of_the_database(run: Run) -> None:
    run("indicator", "add", "Rank", "--value", "125", "--said-by", "X", "--source", SOURCE, "--set", "out_of=144",
        "--key", "peace-rank")  # fmt: skip
    (one,) = json.loads(run("indicator", "show", "peace-rank", "--json").out)
    assert (one["area"], one["value"], one["out_of"]) == ("PE", 125, 144)
    assert "125 of 144" in run("indicator", "show", "peace-rank").out


def test_one_that_is_wrong_is_refused_with_its_field(run: Run) -> None:
    told = run("indicator", "add", "X", "--value", "many", "--low", "3", "--said-by", "Y", "--source", "nobody")
    assert told.code != 0
    assert "value" in told.err
    told = run("indicator", "add", "X", "--value", "1", "--said-by", "Y", "--source", "nobody")
    assert "No source has the key 'nobody'" in told.err


def test_a_change_is_recorded_and_the_past_has_what_was_there(run: Run, coca: None) -> None:
    del coca
    told = run("indicator", "edit", "made-up-pe-2011-unodc", "--set", "value=62000", "-m", "a later edition")
    assert "value: 62500 → 62000" in told.err
    assert run("check").code == 0
    assert values(run, "--series", "made-up", "--as-of", "2020-01-01") == []


@pytest.mark.usefixtures("coca")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--series", "made-up"), [7, 62500, 50500, 60400]),
        (("--series", "made-up", "--area", "pe"), [62500, 50500, 60400]),
        (("--series", "made-up", "--year", "2012"), [7, 50500, 60400]),
        (("--series", "made-up", "--from", "2012"), [7, 50500, 60400]),
        (("--series", "made-up", "--to", "2011-06"), [62500]),
        (("--series", "made-up", "--from", "2010", "--to", "2011"), [62500]),
        (("--series", "made-up", "--said-by", "state dep"), [50500]),
        (("--text", "area INVENTED unodc 62500"), []),
        (("--text", "AREA invented"), [7, 62500, 50500, 60400]),
        (("--series", "made-up-pe-2011-unodc"), [62500]),
        (("--series", "nothing"), []),
    ],
)
def test_filters_leave_what_they_say_and_conflicting_values_follow_each_other(
    run: Run, words: tuple[str, ...], expected: list[float]
) -> None:
    assert values(run, *words) == expected


@pytest.mark.parametrize(
    "words", [("--year", "2012", "--from", "2011"), ("--from", "2012", "--to", "2011"), ("--from", "soon")]
)
def test_times_that_contradict_each_other_are_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("indicator", "list", *words).code != 0


@pytest.mark.usefixtures("coca")
def test_every_output_format_has_the_same_values(run: Run) -> None:
    def out(style: str) -> str:
        return run("indicator", "list", "--series", "made-up", "--format", style).out

    numbers = [7, 62500, 50500, 60400]
    assert [json.loads(line)["value"] for line in out("ndjson").splitlines()] == numbers
    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(out("csv")))] == numbers
    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(out("tsv")), delimiter="\t")] == numbers
    assert [one["value"] for one in json.loads(out("json"))] == numbers
    assert "50,500 (45,000–56,000)" in out("table")


@pytest.mark.usefixtures("coca")
def test_what_is_listed_as_csv_is_imported_again_as_the_same(run: Run) -> None:
    Path("out.csv").write_text(run("indicator", "list", "--series", "made-up", "--format", "csv").out, "utf-8")
    head, *rows = csv.reader(io.StringIO(Path("out.csv").read_text("utf-8")))
    place = head.index("name")
    head[place] = "name_en"
    with Path("again.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    told = run("indicator", "import", "again.csv", "--dry-run")
    assert "already used by a different entry, which differs in name" in told.err  # texts lost a language


def test_an_import_changes_nothing_when_dry_and_nothing_twice(run: Run) -> None:
    name = table("coca.csv", HEAD, *ROWS)
    assert "Nothing saved" in run("indicator", "import", name, "--dry-run").err
    assert values(run, "--series", "made-up") == []
    run("indicator", "import", name)
    assert "Saved: 0 indicators. In the database already: 4." in run("indicator", "import", name).err


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("head", "rows", "where"),
    [
        (HEAD, ["made-up,a,b,PE,2011,many,,,ha,X,{s},"], ["row 2, column value"]),
        (HEAD, [ROWS[0], ROWS[3], "made-up,a,b,PE,2011,5,6,,ha,X,{s},"], ["row 4, column low"]),
        (HEAD, ["made-up,a,b,PE,2011,5,,,ha,X,nobody,", ROWS[0]], ["row 2, column source"]),
        (HEAD, [ROWS[0], ROWS[3], "made-up,a,b,zones/none,2011,5,,,ha,X,{s},"], ["row 4, column area"]),
        (HEAD, ["made-up,a,b,PE,2011,x,y,,ha,X,{s},"], ["row 2, column value", "row 2, column low"]),
        (HEAD, ["made-up,a,b,PE,2011,5,,,ha,X,{s},,more"], ["row 2"]),
        (HEAD, ["made-up,,,PE,2011,5,,,ha,X,{s},"], ["row 2, column name"]),
        ("name,area,valeu,by,source", ["x,PE,1,y,{s}"], ["row 1, column valeu"]),
        ("name,name_es,area,value,by,source", ["x,x,PE,1,y,{s}"], ["row 1, column name"]),
        ("name,name,area,value,by,source", ["x,x,PE,1,y,{s}"], ["row 1, column name"]),
        ("name,,area,value,by,source", ["x,x,PE,1,y,{s}"], ["row 1, column 2"]),
        ("name,area_es,area,value,by,source", ["x,x,PE,1,y,{s}"], ["row 1, column area_es"]),
    ],
)
def test_what_is_wrong_in_a_table_is_named_by_row_and_column_and_nothing_is_saved(
    run: Run, head: str, rows: list[str], where: list[str], dry: tuple[str, ...]
) -> None:
    before = len(values(run))
    told = run("indicator", "import", table("bad.csv", head, *rows), *dry)
    assert told.code != 0
    for place in where:
        assert re.search(rf"bad\.csv: {re.escape(place)}(?![\w])", told.err), told.err
    assert len(values(run)) == before


@pytest.mark.usefixtures("coca")
def test_a_chart_has_every_value_in_words_and_the_same_bytes_each_time(run: Run) -> None:
    assert run("indicator", "chart", "made-up", "coca.svg", "--area", "PE").code == 0
    drawn = Path("coca.svg").read_text("utf-8")
    (described,) = re.findall("<desc>(.*?)</desc>", drawn, re.DOTALL)
    for words in ("State Department: 2012 50,500 (45,000–56,000)", "UNODC: 2011 62,500; 2012 60,400", "Sources: "):
        assert words in described
    assert "Invented area (PE)" in drawn
    run("indicator", "chart", "made-up", "again.svg", "--area", "PE")
    assert Path("again.svg").read_text("utf-8") == drawn
    run("indicator", "chart", "made-up", "coca.png", "--lang", "es")
    assert Path("coca.png").read_bytes().startswith(b"\x89PNG")
    assert run("indicator", "chart", "made-up", "coca.svg").code != 0  # it is there
    assert run("indicator", "chart", "made-up", "coca.txt").code != 0
    told = run("indicator", "chart", "coca", "other.svg")
    assert "no values to draw by year. Series: " in told.err


@pytest.mark.usefixtures("coca")
def test_what_a_profile_withholds_is_in_no_list_chart_or_card(run: Run) -> None:
    run("indicator", "edit", "made-up-pe-2012-state-department", "--set", "sensitivity=confidential", "-m", "asked")
    outputs = [
        run("indicator", "list", "--format", style).out for style in ("table", "json", "csv", "tsv", "ndjson")
    ] + [run("indicator", "show", "made-up").out]
    run("indicator", "chart", "made-up", "coca.svg")
    assert not [one for one in [*outputs, Path("coca.svg").read_text("utf-8")] if "State Department" in one]
    assert "State Department" in run("indicator", "show", "made-up", "--profile", "internal").out
    told = run("indicator", "show", "made-up-pe-2012-state-department")
    assert told.code != 0


def test_phases_are_added_in_order_changed_and_removed(run: Run) -> None:
    run("case", "add", "strike", "--title", "Paro", "--case-type", "labour")
    case = ("case", "phase")
    run(*case, "add", "strike", "--from", "2012-08", "--phase", "dialogue", "--title", "Mesa")
    run(*case, "add", "strike", "--from", "2011-11", "--to", "2012-07", "--phase", "crisis", "--state", "active",
        "--source", SOURCE, "--source", "hrw-2012-07-06", "--note", "Dos líneas")  # fmt: skip
    shown = run("case", "show", "strike", "--profile", "internal").out
    assert "1. 2011-11 – 2012-07 · crisis · active" in shown
    assert "2. 2012-08 – · Mesa · dialogue" in shown
    assert "[peru-country-profile]; Human Rights Watch" in shown
    assert "Dos líneas" in shown
    again = run(*case, "add", "strike", "--from", "2012-08", "--phase", "dialogue", "--title", "Mesa")
    assert "nothing was recorded" in again.err
    run(*case, "edit", "strike", "2", "--set", "until_day=2013", "--set", "title=", "-m", "ended")
    assert "2. 2012-08 – 2013 · dialogue" in run("case", "show", "strike", "--profile", "internal").out
    told = run(*case, "edit", "strike", "2", "--set", "until_day=2011", "-m", "x")
    assert "lies before the first" in told.err
    told = run(*case, "remove", "strike", "3", "-m", "x")
    assert "Unknown phase 3. Phases of the case 'strike': 2, numbered from 1" in told.err
    run(*case, "remove", "strike", "1", "-m", "by mistake")
    run(*case, "remove", "strike", "1", "-m", "by mistake")
    assert "Phases" not in run("case", "show", "strike", "--profile", "internal").out
    assert run("check").code == 0


def test_a_case_is_all_on_standard_output(run: Run) -> None:
    told = run("case", "show", "conga", "--profile", "internal")
    for words in ("[conga]", "Phases:", "  1. ", "source: ", "Sources:", "Incidents: ", "PE-2012-"):
        assert words in told.out
    assert told.err == ""


def test_an_actor_is_added_and_shown(run: Run) -> None:
    run("actor", "add", "union", "--actor-name", "Unión", "--actor-kind", "organisation", "--alias", "La Unión",
        "--alias", "Union", "--parent", "police", "--description", "Represents", "--address", "Jr. Lima 1, Lima",
        "--url", "https://example.org")  # fmt: skip
    shown = run("actor", "show", "union", "--profile", "internal").out
    for words in (
        "Unión [union]",
        "La Unión, Union",
        "[police]",
        "Represents",
        "Jr. Lima 1, Lima",
        "https://example.org",
    ):
        assert words in shown
    assert json.loads(run("actor", "show", "union", "--json", "--profile", "internal").out)["part_of"] == "police"
    assert "unio" in run("actor", "show", "unio").err
    assert "not a web address" in run("actor", "add", "x", "--actor-name", "X", "--actor-kind", "organisation",
                                      "--url", "example.org").err  # fmt: skip
