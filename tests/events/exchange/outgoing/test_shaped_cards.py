"""ACLED- and UCDP-shaped tables of incidents whose parties, claims and sources are known."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.exchange.outgoing.acled import COLUMNS as ACLED
from willay.events.exchange.outgoing.sides import Party, Sides
from willay.events.exchange.outgoing.ucdp import COLUMNS as UCDP
from willay.events.exchange.outgoing.ucdp import event_number, grid_cell
from willay.events.exchange.outgoing.ucdp_deaths import deaths_of, violence_of
from willay.events.frame.columns import TERMS
from willay.events.frame.frame import make_frame
from willay.events.model.errors import FrameError
from willay.geo import FileInTheWayError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

STATE = {"key": "army", "name": {"en": "The Army"}, "kind": "state-forces", "role": "side-a"}
REBELS = {"key": "column", "name": {"en": "The Column; North"}, "kind": "rebel-group", "role": "side-b"}
PATROL = {"key": "patrol", "name": {"en": "The Patrol"}, "kind": "identity-militia", "role": "side-b"}
WORKERS = {"key": "workers", "name": {"en": "Workers"}, "kind": "civilians", "role": "target"}
FIRM = {"key": "firm", "name": {"en": "A Firm"}, "kind": "company", "role": "present"}
SOURCES = {
    "a": {"kind": "press", "publisher": "A Paper; weekly", "title": "Clash", "published_on": "2012-04-10"},
    "d": {"kind": "dataset", "publisher": "A Dataset"},
}


def claim(group: str, best: int, source: str = "a") -> dict[str, Any]:
    return {"measure": "killed", "group": group, "low": best, "best": best, "high": best, "source": source}


def card(parties: list[dict[str, Any]], claims: list[dict[str, Any]] | None = None) -> str:
    return json.dumps(
        {
            "title": {"en": "A clash", "es": "Un choque"},
            "parties": parties,
            "claims": claims or [],
            "sources": SOURCES,
            "places": [{"name": "Kiteni", "note": {"en": "By the river"}}],
            "cases": [{"key": "vraem", "title": {"en": "The war"}}, {"key": "other", "title": {"en": "Another"}}],
            "figures": {"killed": {"source": "a"}},
        }
    )


def frame(details: str = "", **change: Any) -> gpd.GeoDataFrame:
    row = {
        "code": "PE-2012-0001", "title": "A clash", "type": "armed-clash", "subtype": "battle",
        "first_day": "2012-04-09", "last_day": "2012-04-09", "date_precision": "day", "place_name": "Kiteni",
        "place_precision": "settlement", "country": "PE", "adm1": "Cusco", "adm2": "La Convención", "adm3": "Echarati",
        "place_count": 1, "killed_low": 5, "killed_best": 5, "killed_high": 5, "source_count": 2, "counted": True,
        "status": "published", "recorded_at": "2026-01-01T00:00:00.000000Z", "details": details, **change,
    }  # fmt: skip
    return make_frame({name: [value] for name, value in row.items()}, [shapely.Point(-73.04, -12.63)])


def written(tmp_path: Path, form: str, made: gpd.GeoDataFrame) -> tuple[list[dict[str, str]], set[tuple[str, str]]]:
    path = tmp_path / "x.csv"
    write(made, path, form)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (tmp_path / "x.losses.csv").open(encoding="utf-8", newline="") as file:
        return rows, {(row["field"], row["reason"]) for row in csv.DictReader(file)}


def test_acled_has_two_actors_with_their_kinds_and_the_others_beside_them(tmp_path: Path) -> None:
    (row,), lost = written(tmp_path, "acled", frame(card([STATE, REBELS, PATROL, FIRM])))
    assert {name: row[name] for name in ("actor1", "inter1", "assoc_actor_1")} == {
        "actor1": "The Army", "inter1": "State forces", "assoc_actor_1": "A Firm",
    }  # fmt: skip
    assert {name: row[name] for name in ("actor2", "inter2", "assoc_actor_2")} == {
        "actor2": "The Column; North", "inter2": "Rebel group", "assoc_actor_2": "The Patrol",
    }  # fmt: skip
    assert row["interaction"] == "State forces-Rebel group"
    assert ("parties", "was present; listed with the first side") in lost


def test_acled_has_country_places_sources_and_moment_as_its_own_files_do(tmp_path: Path) -> None:
    (row,), lost = written(tmp_path, "acled", frame(card([STATE, REBELS])))
    assert [row[name] for name in ("iso", "country", "admin1", "admin2", "admin3", "source", "timestamp")] == [
        "604", "Peru", "Cusco", "La Convención", "Echarati", "A Paper, weekly", "1767225600",
    ]  # fmt: skip
    assert (row["disorder_type"], row["civilian_targeting"]) == ("Political violence", "")
    assert ("title", "texts are written in one language") in lost


def test_who_was_meant_is_the_second_actor_of_acled_where_civilians_are_attacked(tmp_path: Path) -> None:
    (row,), _ = written(tmp_path, "acled", frame(card([WORKERS]), type="violence-against-civilians", subtype="killing"))
    assert (row["actor1"], row["actor2"], row["inter2"]) == ("", "Workers", "Civilians")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert row["interaction"] == ""


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("rebel-group", None, "Rebel group only"),
        ("civilians", "state-forces", "State forces-Civilians"),
        ("civilians", "external", "External/Other forces-Civilians"),
        ("protesters", "protesters", "Protesters-Protesters"),
        ("company", "state-forces", ""),
    ],
)
def test_an_interaction_of_acled_has_the_smaller_code_first_but_for_one(
    tmp_path: Path, first: str, second: str | None, words: str
) -> None:
    # The codebook's table: 20, 17, 78 (whose words are turned round), 66; a company has no code.
    kinds = [("side-a", first)] + ([("side-b", second)] if second else [])
    parties = [{"key": f"k{role}", "name": {"en": role}, "kind": kind, "role": role} for role, kind in kinds]
    (row,), lost = written(tmp_path, "acled", frame(card(parties)))
    assert row["interaction"] == words
    assert (("actor_kind", "ACLED tells no companies from other civilians") in lost) is (first == "company")


@pytest.mark.parametrize(("form", "columns"), [("acled", ("actor1", "actor2")), ("ucdp", ("side_a", "side_b"))])
def test_parties_without_a_part_stand_in_their_order_and_that_is_told(
    tmp_path: Path, form: str, columns: tuple[str, ...]
) -> None:
    (row,), lost = written(tmp_path, form, frame(actors="One; Two; Three"))
    assert [row[name] for name in columns] == ["One", "Two"]
    assert ("parties", "their order decides the sides") in lost


def test_a_week_of_acled_is_its_middle_and_reads_back_as_that_week(tmp_path: Path) -> None:
    made = frame(first_day="2012-04-09", last_day="2012-04-15", date_precision="week")
    (row,), lost = written(tmp_path, "acled", made)
    assert (row["event_date"], row["time_precision"]) == ("2012-04-12", "2")
    assert ("days", "the middle day is written for the period") in lost
    batches = open_reading(tmp_path / "x.csv", "acled", ReadingOptions()).batches
    (draft,) = [back.draft or {} for batch in batches for back in batch.rows]
    assert (draft["days"], draft["date_precision"]) == ("2012-04-09/2012-04-15", "week")


def test_more_than_a_year_of_days_is_left_out_of_acled_and_none_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    whole = frame(last_day="2013-04-09")
    longer = frame(last_day="2013-04-10", code="PE-2012-0002")
    told = write([whole, longer], path, "acled")
    assert told.rows == 1
    assert len(path.read_text("utf-8").splitlines()) == 1 + 366
    assert "days: left out: one row per day is too many for more than a year (1 time)." in told.losses


@given(dead=st.integers(0, 10_000), days=st.integers(1, 366))
def test_the_days_of_acled_add_up_to_the_dead_and_the_first_has_the_odd_ones(
    tmp_path_factory: pytest.TempPathFactory, dead: int, days: int
) -> None:
    last = str(date(2012, 4, 9) + timedelta(days - 1))
    made = frame(last_day=last, killed_low=dead, killed_best=dead, killed_high=dead)
    rows, _ = written(tmp_path_factory.mktemp("a"), "acled", made)
    shares = [int(row["fatalities"]) for row in rows]
    assert (len(shares), sum(shares)) == (days, dead)
    assert set(shares[1:]) <= {dead // days}


def test_ucdp_divides_the_dead_by_the_groups_of_the_source_of_the_figure(tmp_path: Path) -> None:
    claims = [
        claim("all", 5),
        claim("police", 2),
        claim("armed-group", 1),
        claim("children", 1),
        claim("military", 9, "d"),
    ]
    (row,), lost = written(tmp_path, "ucdp", frame(card([STATE, REBELS], claims)))
    assert [row[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown")] == ["2", "1", "1", "1"]
    assert row["best"] == "5"
    assert {reason for field, reason in lost if field == "groups"} == {
        "deaths of no side in UCDP are written in deaths_unknown"
    }


def test_ucdp_counts_no_superseded_claim_and_adds_the_parts_of_one_group(tmp_path: Path) -> None:
    gone = {**claim("police", 4), "superseded": {"number": 3}}
    claims = [claim("all", 5), gone, claim("police", 2), {**claim("police", 1), "adds": True}]
    (row,), _ = written(tmp_path, "ucdp", frame(card([STATE, REBELS], claims)))
    assert [row[f"deaths_{part}"] for part in ("a", "unknown")] == ["3", "2"]


def test_ucdp_has_sides_conflict_sources_and_grid(tmp_path: Path) -> None:
    (row,), lost = written(tmp_path, "ucdp", frame(card([STATE, REBELS, PATROL])))
    assert [row[name] for name in ("side_a", "side_b", "dyad_name", "conflict_name")] == [
        "The Army", "The Column; North", "The Army - The Column; North", "The war",
    ]  # fmt: skip
    assert [row[name] for name in ("source_office", "source_date", "source_headline", "number_of_sources")] == [
        "A Paper, weekly", "2012-04-10", "Clash", "1",
    ]  # fmt: skip
    assert (row["country"], row["where_description"], row["id"]) == ("Peru", "By the river", "16052012000001")
    assert ("parties", "UCDP names one party per side") in lost
    assert ("cases", "UCDP names one conflict") in lost


@pytest.mark.parametrize(
    ("last", "precision", "code"),
    [
        ("2012-04-09", "day", "1"), ("2012-04-10", "day", "2"), ("2012-04-15", "day", "3"), ("2012-04-16", "day", "4"),
        ("2012-06-01", "day", "5"), ("2012-04-15", "week", "3"), ("2012-04-11", "month", "4"),
    ],
)  # fmt: skip
def test_the_first_precision_of_ucdp_is_one_day(tmp_path: Path, last: str, precision: str, code: str) -> None:
    # In UCDP's own file every event with date_prec 1 begins and ends on the same day.
    (row,), _ = written(tmp_path, "ucdp", frame(last_day=last, date_precision=precision))
    assert (row["date_prec"], row["date_start"], row["date_end"]) == (code, "2012-04-09", last)


def test_ucdp_takes_the_least_for_the_best_where_nothing_else_is_known(tmp_path: Path) -> None:
    (row,), lost = written(tmp_path, "ucdp", frame(killed_best=None, killed_high=None, killed_low=30))
    assert [row[name] for name in ("low", "best", "high", "deaths_unknown")] == ["30"] * 4
    assert ("killed", "only the lowest number is known: written as best") in lost


def test_a_file_says_how_many_incidents_it_holds_and_not_how_many_came(tmp_path: Path) -> None:
    made = [frame(), frame(code="PE-2012-0002", type="protest", subtype="strike")]
    told = write(made, tmp_path / "u.csv", "ucdp")
    assert told.rows == 1
    assert "type: left out: UCDP has no protests (1 time)." in told.losses


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("state-forces", "rebel-group"), ("1", True)),
        (("rebel-group", "identity-militia"), ("2", True)),
        (("rebel-group", "civilians"), ("3", True)),
        (("state-forces", "protesters"), ("3", True)),
        (("protesters", "state-forces"), ("1", True)),
        (("rebel-group", None), ("1", False)),
    ],
)
def test_the_kinds_of_the_parties_tell_the_type_of_violence(
    kinds: tuple[str, str | None], kind: tuple[str, bool]
) -> None:
    sides = Sides(Party("x", kinds[0]), Party("y", kinds[1]) if kinds[1] else None)
    assert violence_of("1", ("2", "3"), sides) == kind
    assert violence_of("3", (), sides) == ("3", True)


def test_a_riot_against_the_police_is_no_violence_between_groups_that_are_no_state() -> None:
    state, crowd = Party("x", "state-forces"), Party("y", "protesters")
    assert violence_of("2", ("3",), Sides(state, crowd)) == ("3", True)
    assert violence_of("2", ("3",), Sides(crowd, state)) == ("2", False)


def test_who_took_policemen_hostage_did_not_target_civilians(tmp_path: Path) -> None:
    made = frame(card([{**REBELS, "role": "initiator"}, {**STATE, "role": "target"}]), type="abduction", subtype=None)
    (row,), _ = written(tmp_path, "acled", made)
    assert (row["event_type"], row["civilian_targeting"]) == ("Violence against civilians", "")


def test_reports_without_a_day_come_back_from_ucdp_one_by_one(tmp_path: Path) -> None:
    sources = {
        "a": {"kind": "press", "publisher": "A Paper", "title": "Clash"},
        "b": {"kind": "press", "publisher": "B"},
    }
    for number in (1, 2):
        chosen = dict(list(sources.items())[-number:])
        path = tmp_path / f"{number}.csv"
        write(frame(json.dumps({**json.loads(card([STATE, REBELS])), "sources": chosen})), path, "ucdp")
        (batch,) = open_reading(path, "ucdp-ged", ReadingOptions()).batches
        reports = [source for source in batch.sources if source["kind"] == "press"]
        assert [source.get("publisher") for source in reports] == ([None] if number == 1 else ["A Paper", "B"])


@given(
    groups=st.dictionaries(
        st.sampled_from(["police", "military", "security-forces", "armed-group", "civilians", "workers", "unknown"]),
        st.integers(0, 50),
    ),
    best=st.integers(1, 200),
    one_sided=st.booleans(),
)
def test_the_parts_of_ucdp_add_up_to_the_best_estimate(groups: dict[str, int], best: int, *, one_sided: bool) -> None:
    details = json.loads(card([], [claim(group, number) for group, number in groups.items()]))
    sides = Sides(Party("x", "state-forces"), Party("y", "rebel-group"))
    dead = deaths_of(details, best, sides, one_sided=one_sided)
    assert dead.a + dead.b + dead.civilians + dead.unknown == best
    assert min(dead.a, dead.b, dead.civilians, dead.unknown) >= 0
    assert not one_sided or dead.a == dead.b == 0


@pytest.mark.parametrize(("form", "columns"), [("acled", ACLED), ("ucdp", UCDP)])
def test_every_column_is_there_in_order_and_what_protects_a_row_after_them(
    tmp_path: Path, form: str, columns: tuple[str, ...]
) -> None:
    write(frame(), tmp_path / "x.csv", form)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == (*columns, *TERMS)
    assert len(columns) == {"acled": 31, "ucdp": 49}[form]


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_no_cell_is_run_by_a_spreadsheet_and_names_come_back_as_they_were(tmp_path: Path, form: str) -> None:
    names = ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "'quoted"]
    roles = ["side-a", "side-b", "side-a", "side-b"]
    parties = [
        {"key": f"k{at}", "name": {"en": name}, "kind": "rebel-group", "role": role}
        for at, (name, role) in enumerate(zip(names, roles, strict=True))
    ]
    (row,), _ = written(tmp_path, form, frame(card(parties), place_name="-Place", title="=Title"))
    dangerous = [name for name, cell in row.items() if cell[:1] in set("=+-@\t\r") and not _is_number(cell)]
    assert dangerous == []
    reader = {"acled": "acled", "ucdp": "ucdp-ged"}[form]
    (batch,) = open_reading(tmp_path / "x.csv", reader, ReadingOptions()).batches
    (draft,) = [back.draft or {} for back in batch.rows]
    assert draft["places"][0]["name"] == "-Place"
    expected = names if form == "acled" else names[:2]
    assert {actor["name"]["en"] for actor in batch.actors} == set(expected)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_a_writing_that_breaks_off_leaves_no_file(tmp_path: Path, form: str) -> None:
    def frames() -> Iterator[gpd.GeoDataFrame]:
        yield frame()
        raise FrameError("the second frame is broken")

    with pytest.raises(FrameError, match="second frame"):
        write(frames(), tmp_path / "x.csv", form)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["x.csv", "x.losses.csv"])
def test_neither_the_table_nor_its_losses_take_the_place_of_a_file(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine", "utf-8")
    with pytest.raises(FileInTheWayError, match=there):
        write(frame(), tmp_path / "x.csv", "acled")
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [(there, "mine")]
    write(frame(), tmp_path / "x.csv", "acled", WritingOptions(force=True))
    assert len(list(tmp_path.iterdir())) == 2


def test_every_loss_has_the_code_of_its_incident_and_its_value(tmp_path: Path) -> None:
    told = write(frame(place_count=3, injured_best=4, cases="vraem"), tmp_path / "x.csv", "acled")
    with told.beside[0].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows} == {"PE-2012-0001"}
    assert {(row["field"], row["value"]) for row in rows} >= {("places", "3"), ("injured", "4"), ("cases", "vraem")}
    assert len(told.losses) == len({(row["field"], row["reason"]) for row in rows})


def test_codes_become_numbers_that_no_other_code_has() -> None:
    assert event_number("PE-2009-0001") == 16052009000001
    assert event_number("PE-2009-10001") == 16052009010001
    assert event_number("x") == "x"


def test_cells_of_the_grid_are_counted_from_the_south_west() -> None:
    # PRIO-GRID has 360 rows of 720 cells; the corners are counted by hand.
    assert [grid_cell(-180, -90), grid_cell(179.99, -90), grid_cell(-180, 89.99), grid_cell(180, 90)] == [
        1, 720, 258481, 259200,
    ]  # fmt: skip
