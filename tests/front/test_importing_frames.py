"""Files and frames imported through the front door, with what became of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import willay as wy
from willay.events.exchange.incoming.table import UnsettledError
from willay.events.model.errors import EventsWarning

if TYPE_CHECKING:
    from pathlib import Path

SAID = {"Hecho": "type", "deaths_police": "killed @police", "deaths_media": "killed @outlet"}


def table(**more: Any) -> pd.DataFrame:
    rows = {
        "Hecho": ["road-block", "strike", "protest"],
        "Fecha": [pd.Timestamp("2012-05-28"), "29/5/2012", "2012-05"],
        "lat": [-13.5, -13.6, -13.7],
        "lon": -72.0,
        "deaths_police": [3.0, None, 0],
        "deaths_media": [5, 1, None],
    }
    return pd.DataFrame(rows | more)


def test_a_frame_is_a_table_in_which_two_voices_state_numbers_in_one_row(empty: wy.Database) -> None:
    report = empty.import_file(table(), map=SAID, dataset="monitor", licence="CC0-1.0", status="lead")
    assert (report.endings["accepted"], len(report), report.dataset) == (3, 3, "monitor")
    codes = report.rows["code"].tolist()
    said = empty[codes[0]].claims[["measure", "best", "publisher"]].to_numpy().tolist()
    assert said == [["killed", 3, "police"], ["killed", 5, "outlet"]]
    assert [len(empty[code].claims) for code in codes] == [2, 1, 1]
    assert [str(empty[code].first_day) for code in codes] == ["2012-05-28", "2012-05-29", "2012-05-01"]
    assert empty[codes[1]].status == "lead"
    assert empty.datasets()["licence"].tolist() == ["CC0-1.0"]
    assert repr(report) == "<willay.ImportReport 'DataFrame': 3 rows: 3 accepted>"
    figures = empty.figures("killed", policy=["minimum", "maximum"], status="lead")
    assert figures.groupby("policy")["best"].sum().to_dict() == {"minimum": 4, "maximum": 6}


def test_whose_number_it_is_is_never_guessed_from_the_end_of_a_name(empty: wy.Database) -> None:
    with pytest.raises(UnsettledError, match="'deaths_police' counts killed, but it is not clear") as raised:
        empty.import_file(table(), map={"Hecho": "type"}, dataset="monitor")
    assert 'map="deaths_police=killed @police"' in str(raised.value)
    assert "--map" not in str(raised.value)
    assert len(empty.select(status=["lead", "draft"])) == 0


def test_what_was_said_of_columns_is_used_again(empty: wy.Database, tmp_path: Path) -> None:
    table().iloc[:1].to_excel("enero.xlsx", index=False)
    table().iloc[1:].to_csv("febrero.csv", index=False)
    report = empty.import_file("enero.xlsx", map=SAID, dataset="monitor")
    assert report.mapping is not None
    assert report.mapping.save("monitor.mapping.toml") == tmp_path.relative_to(tmp_path) / "monitor.mapping.toml"
    again = empty.import_file(tmp_path / "febrero.csv", map="monitor.mapping.toml", dataset="monitor", dry_run=True)
    assert (again.is_dry_run, again.endings["accepted"], empty.store.read.count()["incident"]) == (True, 2, 1)
    for said in (report.mapping, tmp_path / "monitor.mapping.toml", [f"{name}={what}" for name, what in SAID.items()]):
        assert empty.import_file("febrero.csv", map=said, dataset="monitor").endings["quarantined"] == 0
    assert empty.store.read.count()["incident"] == 3
    assert report.mapping.rows.set_index("column").loc["deaths_police", "field"] == "killed @police"
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("ours.")) == [
        "enero.xlsx", "febrero.csv", "monitor.mapping.toml",
    ]  # fmt: skip


def test_rows_that_are_put_aside_come_back_with_their_cells_and_can_be_corrected(empty: wy.Database) -> None:
    wrong = table(Hecho=["road-block", "marcha rara", "protest"])
    with pytest.warns(EventsWarning, match=r"1 of 3 rows were not imported\. See: report\.quarantined") as warned:
        report = empty.import_file(wrong, map=SAID, dataset="monitor")
    assert warned[0].filename == __file__
    aside = report.rows.query("ending == 'quarantined'")
    assert aside[["row", "field", "value"]].to_numpy().tolist() == [[2, "Hecho", "marcha rara"]]
    assert "unknown event type" in aside["reason"].iloc[0]
    assert "marcha rara" in report._repr_html_()
    corrected = report.quarantined.assign(Hecho="strike")
    again = empty.import_file(corrected, map=report.mapping, dataset="monitor")
    assert again.endings["accepted"] == 1
    assert again.mapping is not None
    assert again.mapping.columns.keys() == set(wrong.columns)  # none of ours
    assert empty.import_file(table(), map=SAID, dataset="monitor").endings["unchanged"] == 3


def test_settings_defaults_and_words_are_said_with_the_columns(empty: wy.Database) -> None:
    given = table(Hecho="Paro", Fecha="5/6/2012").drop(columns=["deaths_police", "deaths_media"])
    said = {"Hecho": "type", "dates": "month-first", "types": {"Paro": "strike"}, "default.tags": "monitor"}
    report = empty.import_file(given, map=said, dataset="monitor")
    (day,) = {empty[code].first_day.isoformat() for code in report.rows["code"]}
    assert day == "2012-05-06"
    assert {empty[code].subtype for code in report.rows["code"]} == {"strike"}


def test_the_points_of_a_frame_are_its_places_in_any_crs(empty: wy.Database) -> None:
    points = gpd.GeoDataFrame({"type": ["protest"], "date": ["2012-01-02"]}, geometry=[shapely.Point(-71.4, -14.8)])
    report = empty.import_file(points.set_crs(4326).to_crs(3857), dataset="points")
    place = empty[report.rows["code"][0]].places.iloc[0]
    assert (round(place["lon"], 6), round(place["lat"], 6)) == (-71.4, -14.8)


def test_another_database_is_imported_with_what_its_incidents_do_not_carry(empty: wy.Database, tmp_path: Path) -> None:
    with wy.create(tmp_path / "theirs.gpkg", country="PE", author="Beto") as theirs:
        code = theirs.add(title="March", type="protest", days=2012, place=(-71.4, -14.8), source="Phone call")
    report = empty.import_file(tmp_path / "theirs.gpkg")
    assert (report.format, report.rows["code"].tolist(), report.mapping) == ("database", [code], None)
    assert empty[code].sources[0].title == "Phone call"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"Give one for the dataset: dataset=…\."),
        ({"dataset": "m", "formt": "table"}, "Unknown option 'formt'. Did you mean 'format'"),
        ({"dataset": "m", "map": {"Hecho": "typee"}}, "^map Hecho: unknown field 'typee'. Did you mean 'type'"),
        ({"dataset": "m", "map": {"Fecho": "type"}}, "no column 'Fecho'"),
        ({"dataset": "m", "map": {"Hecho": 3.5}}, r"expected a field for each column, such as \{'Fecha': 'date'\}"),
        ({"dataset": "m", "map": 3}, "expected a field for each column"),
        ({"dataset": "m", "map": "nowhere.toml"}, "'nowhere.toml' does not exist"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_imported(
    empty: wy.Database, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(wy.Error, match=message) as raised:
        empty.import_file(table(), **given)
    assert "--" not in str(raised.value)
    assert empty.store.read.count()["incident"] == 0
    with pytest.raises(wy.Error, match=r"'none\.csv' does not exist"):
        empty.import_file("none.csv")
