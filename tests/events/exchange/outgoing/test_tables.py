"""CSV, HXL and workbooks: what people open, read back by others' readers."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import hxl
import openpyxl
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.exchange.outgoing import WritingOptions, restored, write
from willay.events.exchange.outgoing.hxl import HASHTAGS
from willay.events.frame.frame import make_frame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    import pytest

    Make = Callable[..., gpd.GeoDataFrame]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_of_text_has_no_byte_order_mark_unless_asked_for(make: Make, tmp_path: Path) -> None:
    write(make(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"code,key,title")
    write(make(), tmp_path / "b.csv", None, WritingOptions(bom=True))
    assert (tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,")


def test_no_text_cell_runs_and_each_is_restored(make: Make, tmp_path: Path) -> None:
    frame = make()
    rows = rows_of(write(frame, tmp_path / "a.csv").path)
    assert [restored(row["title"]) for row in rows] == frame["title"].tolist()
    assert not any(
        row[name][:1] in tuple("=+-@\t\r\n") for row in rows for name in row if name not in ("lon", "lat") and row[name]
    )


def test_numbers_are_not_touched(make: Make, tmp_path: Path) -> None:
    one, two, three = rows_of(write(make(3), tmp_path / "a.csv").path)
    assert (one["killed_low"], two["killed_low"], two["killed_best"]) == ("0", "", "3")
    assert (three["lon"], three["lat"], one["lon"]) == ("-73.1234568", "-12.5", "")
    assert (one["counted"], one["first_day"], two["first_day"]) == ("true", "2009-06-05", "")


@settings(deadline=None, max_examples=examples(50))  # it writes files
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_table(tmp_path_factory: pytest.TempPathFactory, titles: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    frame = make_frame({"code": [f"A{n}" for n in range(len(titles))], "title": titles}, [None] * len(titles))
    assert [restored(row["title"]) for row in rows_of(write(frame, path).path)] == titles


def test_claims_and_sources_stand_beside_when_asked_for(make: Make, tmp_path: Path) -> None:
    written = write(make(), tmp_path / "a.csv", None, WritingOptions(tables=True))
    assert [path.name for path in written.beside] == ["a.claims.csv", "a.sources.csv"]
    claims, sources = (rows_of(path) for path in written.beside)
    assert [row["incident"] for row in claims] == [f"PE-2009-{n:04d}" for n in (1, 3, 5, 7, 9)]
    assert [(row["key"], restored(row["publisher"])) for row in sources] == [("a-paper", "=A Paper")]
    assert len(written.losses) < len(write(make(), tmp_path / "b.csv").losses)


def test_libhxl_reads_the_hashtags(make: Make, tmp_path: Path) -> None:
    path = write(make(), tmp_path / "a.hxl.csv").path
    with path.open("rb") as file:
        data = hxl.data(hxl.make_input(file))
        columns, first = data.columns, next(iter(data))
    assert [column.display_tag for column in columns] == list(HASHTAGS.values())
    assert first.get("#event+id") == "PE-2009-0001"
    assert (first.get("#adm1+code"), first.get("#adm2+code")) == ("15", "1501")
    assert (first.get("#group+actor1"), first.get("#group+actor2")) == ("'=Police", "A")
    assert first.get("#affected+killed+best") == "0"


def test_hxl_has_the_least_where_there_is_one_column_and_only_at_least_is_said(tmp_path: Path) -> None:
    columns = {
        "code": ["A1", "A2", "A3"],
        "injured_low": [30, 4, 0],
        "injured_best": [None, 5, None],
        "injured_high": [None, None, 15],
        "killed_low": [30, 0, 0],
        "killed_best": [None, 0, None],
        "killed_high": [None, 0, 15],
    }
    path = write(make_frame(columns, [None] * 3), tmp_path / "a.hxl.csv").path
    _, _, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
    tags = list(HASHTAGS)
    cells = [[row[tags.index(name)] for name in ("injured_best", "killed_low", "killed_best")] for row in rows]
    assert cells == [["30", "30", ""], ["5", "0", "0"], ["", "0", ""]]


def test_superseded_and_added_claims_are_marked_in_the_table_of_claims(tmp_path: Path) -> None:
    claims = [
        {"measure": "killed", "best": 3, "superseded": {"number": 2}},
        {"measure": "killed", "best": 4, "supersedes": ["c1"]},
        {"measure": "killed", "best": 1, "adds": True},
    ]
    frame = make_frame({"code": ["A1"], "details": [json.dumps({"claims": claims})]}, [None])
    beside = write(frame, tmp_path / "a.csv", None, WritingOptions(tables=True)).beside
    told = [(row["number"], row["superseded_by"], row["adds"]) for row in rows_of(beside[0])]
    assert told == [("1", "2", ""), ("2", "", ""), ("3", "", "true")]
    book = book_of(write(frame, tmp_path / "a.xlsx").path)
    heads = [cell.value for cell in book["claims"][0]]
    values = [[row[heads.index(name)].value for name in ("superseded_by", "adds")] for row in book["claims"][1:]]
    assert values == [[2, None], [None, None], [None, True]]


def test_hxl_tells_which_actors_it_leaves_out(make: Make, tmp_path: Path) -> None:
    assert "Actors: the third and further actors of 10 incidents." in write(make(), tmp_path / "a.hxl").losses


def book_of(path: Path) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}


def test_a_workbook_holds_incidents_claims_sources_and_the_codebook(make: Make, tmp_path: Path) -> None:
    sheets = book_of(write(make(), tmp_path / "a.xlsx").path)
    assert list(sheets) == ["incidents", "claims", "sources", "codebook", "columns", "about"]
    assert (len(sheets["incidents"]), len(sheets["claims"]), len(sheets["sources"])) == (11, 6, 2)
    codes = {row[1].value for row in sheets["codebook"]}
    assert set(codebook().subtypes.codes()) <= codes
    about = {row[0].value: row[1].value for row in sheets["about"]}
    assert about["policy"] == "median"


def test_a_workbook_has_texts_and_never_formulas(make: Make, tmp_path: Path) -> None:
    head, *rows = book_of(write(make(), tmp_path / "a.xlsx").path)["incidents"]
    place = [cell.value for cell in head].index("title")
    titles = [row[place] for row in rows]
    assert titles[9].value == "=cmd|' /C calc'!A0"
    assert titles[9].data_type == "s"
    assert titles[9].quotePrefix
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_days_in_a_workbook_are_dates_and_unknown_is_empty(make: Make, tmp_path: Path) -> None:
    head, one, two, *_ = book_of(write(make(), tmp_path / "a.xlsx").path)["incidents"]
    place = {cell.value: at for at, cell in enumerate(head)}
    assert one[place["first_day"]].value == datetime(2009, 6, 5)  # noqa: DTZ001 — a day has no zone
    assert two[place["first_day"]].value is None
    assert one[place["killed_low"]].value == 0


def test_a_text_longer_than_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    frame = make_frame({"code": ["A"], "title": ["𐐀" * 20_000]}, [None])
    written = write(frame, tmp_path / "a.xlsx")
    assert any("1 text was longer than 32,767" in loss for loss in written.losses)
    assert book_of(written.path)["incidents"][1][2].value == "𐐀" * 16_383


def test_nothing_in_a_workbook_tells_when_it_was_made(make: Make, tmp_path: Path) -> None:
    path = write(make(), tmp_path / "a.xlsx").path
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {
            (1980, 1, 31, 0, 0, 0)
        }  # XlsxWriter's own fixed day
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")
