"""show, list, history and the lists of what incidents refer to."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")


def card(run: Callable[..., Result], code: str, *more: str) -> dict:  # type: ignore[type-arg]  # JSON
    return json.loads(run("show", code, "--json", *more).out)  # type: ignore[no-any-return]  # JSON


@pytest.mark.parametrize(
    ("policy", "killed", "whose"),
    [
        ("ranked-source", 33, "ombudsman"),
        ("latest", 54, "secondary"),
        ("maximum", 54, "secondary"),
        ("minimum", 32, "press"),
    ],
)
def test_the_dead_of_june_2009_by_each_policy_and_whose_figure_it_is(
    run: Callable[..., Result], policy: str, killed: int, whose: str
) -> None:
    told = card(run, "bagua-2009", "--policy", policy)
    figure = told["details"]["figures"]["killed"]
    assert figure["best"] == told["killed_best"] == killed
    assert told["details"]["sources"][figure["source"]]["kind"] == whose


def test_show_says_whose_figure_it_is_and_by_which_policy(run: Callable[..., Result]) -> None:
    told = run("show", "bagua-2009").out
    assert "Figures (policy 'ranked-source')" in told
    assert re.search(r"killed +33 \(32–54\) +Defensoría del Pueblo", told)
    assert "Igarapé Institute" in told


def test_the_gas_workers_have_26_beside_the_other_figures(run: Callable[..., Result]) -> None:
    claims = card(run, "kepashiato-2012")["details"]["claims"]
    counts = {claim["best"] for claim in claims if claim["measure"] == "abducted" and "best" in claim}
    assert {26, 36, 40, 43} <= counts
    assert "pinned" in run("show", "kepashiato-2012").out


def test_a_part_names_its_whole(run: Callable[..., Result]) -> None:
    assert card(run, "bagua-2009-curva-del-diablo")["part_of"] == card(run, "bagua-2009")["code"]


def test_an_unknown_code_is_refused_with_the_nearest(run: Callable[..., Result]) -> None:
    told = run("show", "bagua-2010")
    assert told.code == 4
    assert "Nearest: bagua-2009" in told.err
    assert told.out == ""


def test_a_list_can_be_had_as_table_json_csv_and_geojson(run: Callable[..., Result]) -> None:
    asked = ("list", "--case", "conga")
    table = run(*asked)
    assert "Celendín" in table.out
    assert "7 incidents" in table.err
    assert len(json.loads(run(*asked, "--format", "json").out)) == 7
    assert len(list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out)))) == 7
    assert len(json.loads(run(*asked, "--format", "geojson").out)["features"]) == 7


def test_filters_combine(run: Callable[..., Result]) -> None:
    told = json.loads(run("list", "--region", "vrae", "--from", "2012-04-09", "--to", "2012-04-12", "-f", "json").out)
    assert [row["key"] for row in told] == ["kepashiato-2012", "alto-lagunas-2012"]


def test_an_actor_is_found_by_any_of_its_names(run: Callable[..., Result]) -> None:
    by_alias = run("list", "--actor", "Sendero Luminoso", "-f", "json").out
    assert json.loads(by_alias) == json.loads(run("list", "--actor", "shining-path", "-f", "json").out)
    factions = {"kepashiato-2012", "artemio-capture-2012"}  # its VRAE and Huallaga factions
    assert factions <= {row["key"] for row in json.loads(by_alias)}


def test_texts_come_in_the_language_asked_for(run: Callable[..., Result]) -> None:
    assert card(run, "bagua-2009", "--lang", "es")["title"] != card(run, "bagua-2009")["title"]
    assert "muertos" in run("show", "bagua-2009", "--lang", "es").out


def test_a_correction_leaves_the_old_state_to_be_read(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = json.loads(run("list", "--case", "la-parada", "-f", "json").out)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774100000")  # a day later
    code = before[0]["code"]
    assert run("edit", code, "--set", "title=Corregido", "--reason", "correction").code == 0
    now = json.loads(run("list", "--case", "la-parada", "-f", "json", "--profile", "internal").out)
    then = json.loads(run("list", "--case", "la-parada", "-f", "json", "--as-of", "2026-03-20T12:00:00Z").out)
    assert now[0]["title"] == "Corregido"
    assert [row["title"] for row in then] == [row["title"] for row in before]
    assert json.loads(run("history", code, "-f", "json").out)[-1]["reason"] == "correction"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("someday", "is not a day that can be read. Write 2026-05-09, 9/5/2026"),
        ("el día menos pensado", "is not a day that can be read. Write 2026-05-09, 9/5/2026"),
        ("31/2/2012", "does not exist in the calendar. Write 2026-05-09, 9/5/2026"),
        ("2012-13-01", "a year has 12 months. Write 2012-04-09"),
    ],
)
@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_day_that_cannot_be_read_is_refused_with_how_to_write_it(
    run: Callable[..., Result], option: str, day: str, why: str
) -> None:
    told = run("list", option, day)
    assert told.code == 3
    assert f"'{day}' is not a day" in told.err
    assert why in told.err


def test_a_day_of_a_list_is_read_day_first(run: Callable[..., Result]) -> None:
    same = run("list", "--from", "9/4/2012", "--to", "10/4/2012", "--format", "csv")
    assert same.code == 0, same.err
    assert "2012-04-09" in same.out
    assert same.out == run("list", "--from", "2012-04-09", "--to", "2012-04-10", "--format", "csv").out


@pytest.mark.parametrize(
    ("words", "least"),
    [
        (("source", "list"), 100), (("actor", "list"), 40), (("case", "list"), 10), (("indicator", "list"), 34),
        (("regions", "list"), 38), (("regions", "list", "pe-departments"), 26), (("places", "Bambamarca"), 2),
    ],
)  # fmt: skip
def test_everything_listed_can_be_had_as_json(run: Callable[..., Result], words: tuple[str, ...], least: int) -> None:
    told = run(*words, "--format", "json")
    assert told.code == 0, told.err
    assert len(json.loads(told.out)) >= least
    assert run(*words).out


def test_a_region_shows_its_versions_with_their_decree_and_outline(run: Callable[..., Result]) -> None:
    versions = json.loads(run("regions", "show", "pe-emergencies/vraem", "--json").out)
    assert [row["valid_from"] for row in versions][:2] == ["2013-03-31", "2018-04-04"]
    assert versions[0]["decree"] == "DS 028-2013-PCM"
    assert all(row["working_outline"] for row in versions)
    assert "reason: Prolonged for 60 days in the VRAEM." in run("regions", "show", "pe-emergencies/vraem").out
    shown = run("regions", "show", "pe-emergencies/vraem", "--lang", "es").out
    assert "motivo: Prórroga por 60 días en el VRAEM." in shown
    assert "El último día está calculado." in shown
    assert run("regions", "show", "nowhere").code == 4


def test_a_case_shows_its_incidents(run: Callable[..., Result]) -> None:
    told = json.loads(run("case", "show", "amazon-strike-2009", "--json").out)
    assert len(told["incidents"]) == 4
    assert "Curva del Diablo" in run("case", "show", "amazon-strike-2009").out


def test_where_there_is_no_database_it_says_how_to_make_one(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("list", "--db", str(tmp_path / "none.gpkg"))
    assert told.code == 4
    assert "willay init" in told.err
