"""Our own tables read back: names that a shapefile cuts, and a row of hashtags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.gis import full_names
from willay.events.exchange.outgoing import write
from willay.events.exchange.outgoing.flat_pages import FLAT
from willay.events.exchange.outgoing.gis.names import short_names
from willay.events.frame.frame import make_frame
from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from willay.events.model.foreign import ForeignRow

PE = ReadingOptions(country="PE")


def frame() -> gpd.GeoDataFrame:
    figures = {
        f"{measure}_{bound}": [10 * number + step]
        for number, measure in enumerate(FIGURE_MEASURES)
        for step, bound in enumerate(("low", "best", "high"))
    }
    texts = {"code": "PE-2012-0001", "title": "A clash", "type": "armed-clash", "country": "PE", "place_name": "Kiteni"}
    days = {
        "first_day": "2012-03-04",
        "last_day": "2012-03-04",
        "date_precision": "day",
        "place_precision": "settlement",
    }
    columns = {name: [value] for name, value in (texts | days).items()}
    return make_frame(columns | figures, [shapely.Point(-73, -12.5)])


def rows_of(path: Path) -> list[ForeignRow]:
    return [row for batch in open_reading(path, guess_format(path), PE).batches for row in batch.rows]


def test_figures_come_back_from_a_shapefile_under_their_own_names(tmp_path: Path) -> None:
    """`displaced_low` is cut to `displaced_`, which would mean the best figure."""
    (row,) = rows_of(write(frame(), tmp_path / "a.shp").path)
    told = {claim["measure"]: (claim["low"], claim["best"], claim["high"]) for claim in (row.draft or {})["claims"]}
    assert told == {
        measure: (10 * number, 10 * number + 1, 10 * number + 2) for number, measure in enumerate(FIGURE_MEASURES)
    }
    assert (row.external_id, (row.draft or {})["days"]) == ("PE-2012-0001", "2012-03-04")


def test_cut_names_are_those_of_ours_only_where_many_of_them_are_there() -> None:
    cut = list(short_names(FLAT).values())
    assert list(full_names(cut).values()) == list(FLAT)
    assert full_names(["killed_bes", "title"]) == {"killed_bes": "killed_bes", "title": "title"}


def test_a_row_of_hashtags_is_not_a_row_of_data(tmp_path: Path) -> None:
    path = write(frame(), tmp_path / "a.hxl.csv").path
    (row,) = rows_of(path)
    assert (row.external_id, row.faults) == ("PE-2012-0001", ())
    assert any("hashtags" in note for note in open_reading(path, "table", PE).notes)
    killed = next(claim for claim in (row.draft or {})["claims"] if claim["measure"] == "killed")
    assert (killed["low"], killed["best"], killed["high"]) == (0, 1, 2)


def test_a_row_with_one_other_cell_is_data(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titulo,tipo,fecha,departamento\n#1,paro,2012-01-01,Puno\n#b,paro,2012-01-02,Puno\n", "utf-8")
    assert len(rows_of(path)) == 2
