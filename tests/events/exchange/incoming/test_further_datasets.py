"""SCAD, Mass Mobilization and CCC: invented rows in the layouts of their codebooks."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.model.drafts import ActorDraft, IncidentDraft, SourceDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import Batch, ForeignRow, Reading

SCAD_COLUMNS = (
    "eventid", "ccode", "id", "countryname", "startdate", "enddate", "duration", "stday", "stmo", "styr", "eday", "emo",
    "eyr", "etype", "escalation", "actor1", "actor2", "actor3", "target1", "target2", "cgovtarget", "rgovtarget",
    "npart", "ndeath", "repress", "elocal", "ilocal", "sublocal", "locnum", "gislocnum", "issue1", "issue2", "issue3",
    "issuenote", "nsource", "notes", "coder", "ACD_questionable", "latitude", "longitude", "geo_comments",
    "location_precision",
)  # fmt: skip
"""The 42 columns of version 3 in their order."""

SCAD = {
    "eventid": "7000001", "ccode": "70", "id": "70000011", "countryname": "Mexico", "startdate": "14-Aug-90",
    "enddate": "16-Aug-90", "duration": "3", "stday": "14", "stmo": "8", "styr": "1990", "eday": "16", "emo": "8",
    "eyr": "1990", "etype": "3", "escalation": "0", "actor1": "Villagers of Nowhere", "target1": "City council",
    "cgovtarget": "0", "rgovtarget": "1", "npart": "3", "ndeath": "2", "repress": "1", "elocal": "Nowhere",
    "ilocal": "Nowhere", "sublocal": "Nowhere", "locnum": "3", "gislocnum": "3", "issue1": "11",
    "issuenote": "About water.", "nsource": "2", "notes": "Invented people rioted.", "coder": "1",
    "ACD_questionable": "0", "latitude": "19.4", "longitude": "-99.1", "location_precision": "1",
}  # fmt: skip

MM_COLUMNS = (
    "id", "country", "ccode", "year", "region", "protest", "protestnumber", "startday", "startmonth", "startyear",
    "endday", "endmonth", "endyear", "protesterviolence", "location", "participants_category", "participants",
    "protesteridentity", *(f"protesterdemand{n}" for n in range(1, 5)), *(f"stateresponse{n}" for n in range(1, 8)),
    "sources", "notes",
)  # fmt: skip
"""The 31 columns of the file of 2020 in their order."""

MM = {
    "id": "1351990001", "country": "Peru", "ccode": "135", "year": "1990", "region": "South America", "protest": "1",
    "protestnumber": "1", "startday": "5", "startmonth": "6", "startyear": "1990", "endday": "7", "endmonth": "6",
    "endyear": "1990", "protesterviolence": "0", "location": "Nowhere", "participants_category": "",
    "participants": "2000-3000", "protesteridentity": "teachers", "protesterdemand1": "labor wage dispute",
    "protesterdemand2": ".", "stateresponse1": "killings", "stateresponse2": "arrests",
    "sources": "1. An invented newspaper, June 6, 1990.", "notes": "Invented teachers marched.",
}  # fmt: skip

CCC_2017 = {
    "date": "2017-01-21", "locality": "Nowhere", "state": "OH", "location_detail": "Main Square", "online": "0",
    "type": "march; rally", "macroevent": "", "actors": "Marchers of Nowhere; students", "claims": "for water",
    "valence": "0", "issues": "environment", "size_text": "about 200", "size_low": "150", "size_high": "250",
    "size_mean": "200", "size_cat": "2", "arrests": "3", "injuries_crowd": "NA", "injuries_police": "1",
    "property_damage": "", "chemical_agents": "0", "source_1": "https://example.org/a", "source_2": "A leaflet",
    "notes": "invented", "lat": "40.1", "lon": "-82.9", "resolved_locality": "Nowhere", "resolved_county": "X",
    "resolved_state": "OH", "fips_code": "39001",
}  # fmt: skip
CCC_2025 = {
    "date": "2025-01-21", "locality": "Nowhere", "state": "PR", "lat": "18.2", "lon": "-66.5",
    "location": "Main Square", "title": "Marcha", "event_type": "vigil", "organizations": "Group of Nowhere",
    "participants": "neighbours",
    "claims_summary": "for light", "claims_verbatim": "", "valence": "0", "conf": "", "macroevent": "", "online": "0",
    "size_text": "", "size_low": "", "size_high": "", "size_mean": "", "participant_injuries": "several",
    "police_injuries": "", "arrests": "", "property_damage": "", "participant_deaths": "1", "police_deaths": "0",
    "notes": "", "coder": "x", "source1": "https://example.org/b",
}  # fmt: skip


def write(path: Path, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows([row.get(name, "") for name in columns] for row in rows)
    return path


def read(path: Path, form: str) -> tuple[Reading, list[Batch], list[ForeignRow]]:
    assert guess_format(path) == form
    reading = open_reading(path, form, ReadingOptions())
    batches = list(reading.batches)
    return reading, batches, [row for batch in batches for row in batch.rows]


def scad(path: Path, *rows: dict[str, str]) -> list[ForeignRow]:
    return read(write(path / "SCAD2018.csv", SCAD_COLUMNS, *({**SCAD, **row} for row in rows)), "scad")[2]


def mm(path: Path, *rows: dict[str, str]) -> list[ForeignRow]:
    return read(write(path / "mmALL.csv", MM_COLUMNS, *({**MM, **row} for row in rows)), "mass-mobilization")[2]


def ccc(path: Path, *rows: dict[str, str], of: dict[str, str] | None = None) -> list[ForeignRow]:
    base = of or CCC_2017
    return read(write(path / "ccc.csv", tuple(base), *({**base, **row} for row in rows)), "ccc")[2]


def draft(row: ForeignRow) -> IncidentDraft:
    assert row.faults == ()
    return IncidentDraft.model_validate(row.draft)


def numbers(found: IncidentDraft) -> list[tuple[str, str, str]]:
    return [(claim.measure, claim.group, str(claim.count)) for claim in found.claims]


def test_an_event_of_scad_becomes_an_incident(tmp_path: Path) -> None:
    (row,) = scad(tmp_path, {})
    found = draft(row)
    assert (row.external_id, row.flags) == ("7000001", ())
    assert (found.subtype, found.days, found.country) == ("violent-demonstration", "1990-08-14/1990-08-16", "MX")
    assert (found.places[0].name, found.places[0].precision, found.places[0].lat) == ("Nowhere", "near", 19.4)
    assert numbers(found) == [("killed", "all", "2"), ("participants", "all", "101-1000")]
    assert sorted(party.role for party in found.parties) == ["initiator", "target"]
    assert found.summary == {"en": "Invented people rioted."}
    assert found.notes == ({"en": "About water."},)


def test_rows_of_one_event_of_scad_are_its_places_and_its_dead_count_once(tmp_path: Path) -> None:
    further = {"sublocal": "Elsewhere", "latitude": "20", "longitude": "-100", "locnum": "6"}
    rows = scad(tmp_path, {}, {"eventid": "7000002"}, further)
    assert [row.external_id for row in rows] == ["7000001", "7000002"]
    first = draft(rows[0])
    assert [(place.name, place.precision) for place in first.places] == [
        ("Nowhere", "near"),
        ("Elsewhere", "department"),
    ]
    assert numbers(first)[0] == ("killed", "all", "2")


@pytest.mark.parametrize("dead", ["-99", "-88", "-77", ""])
def test_unknown_deaths_of_scad_are_unknown_and_nought_is_nought(tmp_path: Path, dead: str) -> None:
    unknown, none = scad(tmp_path, {"ndeath": dead, "npart": "-99"}, {"eventid": "8", "ndeath": "0"})
    assert numbers(draft(unknown)) == []
    assert numbers(draft(none))[0] == ("killed", "all", "0")


def test_a_country_of_scad_is_read_by_its_number_where_its_name_is_unknown(tmp_path: Path) -> None:
    (row,) = scad(tmp_path, {"countryname": "Zaire", "ccode": "490"})
    assert draft(row).country == "CD"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"etype": "12"}, "etype"), ({"locnum": "x"}, "locnum"), ({"latitude": "95"}, "latitude"),
        ({"stday": "", "stmo": "", "styr": "", "startdate": "soon"}, "startdate"), ({"eyr": "1989"}, "enddate"),
    ],
)  # fmt: skip
def test_a_cell_of_scad_that_cannot_be_is_a_fault(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    (row,) = scad(tmp_path, cells)
    assert (row.draft, [fault.field for fault in row.faults]) == (None, [column])


def test_a_protest_of_mass_mobilization_becomes_an_incident(tmp_path: Path) -> None:
    path = write(tmp_path / "mm.csv", MM_COLUMNS, MM)
    _, batches, (row,) = read(path, "mass-mobilization")
    found = draft(row)
    assert (found.subtype, found.days, found.country) == ("repressed-protest", "1990-06-05/1990-06-07", "PE")
    assert numbers(found) == [
        ("participants", "all", "2000-3000"), ("killed", "protesters", "?"), ("detained", "protesters", "?"),
    ]  # fmt: skip
    assert found.tags == ("labor wage dispute", "killings", "arrests")
    assert [ActorDraft.model_validate(actor).name for actor in batches[0].actors] == [{"en": "teachers"}]
    assert "1. An invented newspaper, June 6, 1990." in {
        SourceDraft.model_validate(source).title for source in batches[0].sources
    }


def test_years_without_a_protest_are_no_incidents_and_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "mm.csv", MM_COLUMNS, MM, {**MM, "id": "2", "protest": "0", "startday": ""})
    reading, _, rows = read(path, "mass-mobilization")
    assert [(row.number, row.external_id) for row in rows] == [(1, "1351990001")]
    assert [(notice.text[:6], notice.grave) for notice in reading.after()] == [("1 rows", False)]


@pytest.mark.parametrize(
    ("cells", "kind", "size"),
    [
        ({"protesterviolence": "1"}, "violent-demonstration", "2000-3000"),
        ({"stateresponse1": "ignore", "stateresponse2": ""}, None, "2000-3000"),
        ({"participants": "some", "participants_category": ">10000"}, "repressed-protest", "10001+"),
        ({"participants": "", "participants_category": "100-999"}, "repressed-protest", "100-999"),
    ],
)
def test_the_kind_and_size_of_a_protest_follow_the_codebook(
    tmp_path: Path, cells: dict[str, str], kind: str | None, size: str
) -> None:
    found = draft(mm(tmp_path, cells)[0])
    assert (found.type, found.subtype) == ("riot" if kind == "violent-demonstration" else "protest", kind)
    assert numbers(found)[0] == ("participants", "all", size)


def test_a_protest_without_its_days_is_put_aside(tmp_path: Path) -> None:
    good, bad = mm(tmp_path, {}, {"id": "2", "startday": "31", "startmonth": "2"})
    assert (good.faults, [fault.field for fault in bad.faults]) == ((), ["startday"])


def test_a_crowd_becomes_an_incident(tmp_path: Path) -> None:
    _, batches, (row,) = read(write(tmp_path / "ccc.csv", tuple(CCC_2017), CCC_2017), "ccc")
    found = draft(row)
    assert (found.type, found.subtype, found.days, found.country) == ("protest", None, "2017-01-21", "US")
    assert (found.places[0].name, found.places[0].note) == ("Nowhere, OH", {"en": "Main Square"})
    assert numbers(found) == [
        ("participants", "all", "150-200-250"), ("detained", "protesters", "3"), ("injured", "police", "1"),
    ]  # fmt: skip
    assert {"march", "rally", "environment"} <= {*found.tags}
    sources = [SourceDraft.model_validate(source) for source in batches[0].sources]
    assert [(one.url, one.title) for one in sources[1:]] == [("https://example.org/a", None), (None, "A leaflet")]


def test_the_columns_of_2025_are_read_alike(tmp_path: Path) -> None:
    found = draft(ccc(tmp_path, {}, of=CCC_2025)[0])
    assert (found.country, found.title) == ("PR", {"en": "Marcha, Nowhere, PR"})
    assert numbers(found) == [
        ("injured", "protesters", "?"), ("killed", "protesters", "1"), ("killed", "police", "0"),
    ]  # fmt: skip
    assert found.summary == {"en": "for light"}


def test_crowds_are_known_by_what_they_are_whatever_their_order(tmp_path: Path) -> None:
    rows = ccc(tmp_path, {}, {"locality": "Elsewhere"}, {"size_low": "1"})
    first, other, again = (row.external_id for row in rows)
    assert again == f"{first}#2"
    assert [row.external_id for row in ccc(tmp_path, {"locality": "Elsewhere"}, {})] == [other, first]


@pytest.mark.parametrize(
    ("cells", "column"), [({"date": "soon"}, "date"), ({"size_low": "-5"}, "size_low"), ({"lat": "north"}, "lat")]
)
def test_a_cell_of_ccc_that_cannot_be_is_a_fault(tmp_path: Path, cells: dict[str, str], column: str) -> None:
    assert [fault.field for fault in ccc(tmp_path, cells)[0].faults] == [column]


@pytest.mark.parametrize("form", ["scad", "mass-mobilization", "ccc"])
def test_a_file_without_their_columns_is_refused(tmp_path: Path, form: str) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(RefusedError, match="lacks the columns"):
        open_reading(tmp_path / "x.csv", form)
