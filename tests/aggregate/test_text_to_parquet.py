"""Text tables become Parquet: CSV and TSV with all their columns, GDELT's files with our own codes."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from willay.events.aggregate import Question, aggregate, to_parquet
from willay.events.exchange.incoming.gdelt import COLUMNS
from willay.events.model.errors import QueryError
from willay.geo import FileInTheWayError

if TYPE_CHECKING:
    from pathlib import Path


def event(number: int, **cells: str) -> str:
    """Return a made-up row in GDELT's layout."""
    usual = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20150218", "EventCode": "190", "EventRootCode": "19",
        "NumMentions": "4", "ActionGeo_Type": "4", "ActionGeo_CountryCode": "PE", "ActionGeo_Lat": "-12.05",
        "ActionGeo_Long": "-77.05",
    }  # fmt: skip
    return "\t".join({**dict.fromkeys(COLUMNS, ""), **usual, **cells}.values())


def test_gdelt_becomes_rows_of_our_codes(tmp_path: Path) -> None:
    lines = [
        event(1),
        event(2, EventCode="010", EventRootCode="01", ActionGeo_Type="1"),
        event(3, SQLDATE="2015", ActionGeo_Lat="", ActionGeo_CountryCode="XX"),
    ]
    with zipfile.ZipFile(tmp_path / "20150218.export.CSV.zip", "w") as archive:
        archive.writestr("20150218.export.CSV", "\n".join(lines) + "\n")
    (out,) = to_parquet([tmp_path / "20150218.export.CSV.zip"], tmp_path / "out")
    assert out.name == "20150218-export.parquet"
    rows = pd.read_parquet(out)
    assert rows["type"].tolist() == ["armed-clash", "other-event", "armed-clash"]
    assert rows["day"].tolist()[:2] == ["2015-02-18", "2015-02-18"]
    assert rows["day"].isna().tolist() == [False, False, True]
    assert rows["country"].isna().tolist() == [False, False, True]
    assert rows["place_precision"].tolist() == ["near", "country", "near"]
    account = aggregate([out], Question(by=("year", "type"))).account
    assert (account.rows, account.undated) == (3, 1)


@pytest.mark.parametrize(("ending", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t"), (".csv.gz", ",")])
def test_tables_keep_their_columns_as_text(tmp_path: Path, ending: str, delimiter: str) -> None:
    text = "\n".join(
        delimiter.join(cells) for cells in (("date", "type", "deaths"), ("2009-06-05", "a b", "03"), ("", "", ""))
    )
    path = tmp_path / f"rows{ending}"
    path.write_bytes(gzip.compress(text.encode()) if ending.endswith(".gz") else text.encode())
    (out,) = to_parquet([path], tmp_path / "out")
    rows = pd.read_parquet(out)
    assert rows.iloc[0].tolist() == ["2009-06-05", "a b", "03"]
    sums = aggregate([out], Question(by=("year",), measures=("killed",)))
    assert sums.cells["killed_best"].tolist() == [0, 3]


def test_a_folder_is_converted_and_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "in" / name).write_text("date\n2009-06-05\n")
    seen: list[tuple[int, int]] = []
    made = to_parquet([tmp_path / "in"], tmp_path / "out", on_file=lambda *pair: seen.append(pair))
    assert [path.name for path in made] == ["a.parquet", "b.parquet"]
    assert seen == [(1, 2), (2, 2)]
    with pytest.raises(FileInTheWayError):
        to_parquet([tmp_path / "in"], tmp_path / "out")


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="does not exist"):
        to_parquet([tmp_path / "nowhere.csv"], tmp_path / "out")
    (tmp_path / "a.csv").write_text("date,type\n2009,protest\n2010,protest,more\n")
    with pytest.raises(QueryError, match=r"a\.csv cannot be read as a table"):
        to_parquet([tmp_path / "a.csv"], tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.parquet"))
    (tmp_path / "empty.csv").write_text("date,type\n")
    with pytest.raises(QueryError, match="has no rows"):
        to_parquet([tmp_path / "empty.csv"], tmp_path / "out")
