"""What protects rows is read with them; what is not said or not understood is taken in the stricter way."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.row_terms import protected
from willay.events.exchange.outgoing import WRITERS, WritingOptions, write
from willay.events.frame.columns import TERMS
from willay.events.frame.frame import make_frame
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow, Identity, Reading

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import RowFault

FILE = DatasetTerms("file")
SHEETS = ("csv", "xlsx")


def reading(*cells: dict[str, str], about: dict[str, Any] | None = None, **draft: Any) -> Reading:
    rows = tuple(ForeignRow(n, f"r{n}", {"title": {"en": "x"}, **draft}, raw=raw) for n, raw in enumerate(cells, 1))
    columns = tuple(dict.fromkeys(name for raw in cells for name in raw))
    return Reading(FILE, columns, iter([Batch(rows)]), about=about or {})


def stated(made: Reading) -> dict[str, DatasetTerms]:
    (batch,) = made.batches
    return {terms.name: terms for terms in batch.datasets}


OWN_USE = {"for_own_use_only": True}
LISTED = {"datasets": [{"name": "a", "licence": "X", "may_publish": False}, {"name": "b", "may_publish": True}]}


@pytest.mark.parametrize(
    ("said", "cells", "barred"),
    [
        (OWN_USE, {"dataset": "a"}, {"a"}),
        (OWN_USE, {"code": "1"}, {"file"}),
        (OWN_USE, {"dataset": ""}, {"file"}),
        ({"for_own_use_only": "TRUE"}, {"dataset": "a"}, {"a"}),
        (OWN_USE | LISTED, {"dataset": "a"}, {"a"}),
        (OWN_USE | LISTED, {"dataset": "b"}, set()),  # the file says whose: not this one's
        (OWN_USE | LISTED, {"dataset": ""}, set()),
        (OWN_USE | LISTED, {"code": "1"}, {"file"}),  # the column that tells whose was taken out
        (OWN_USE | {"datasets": [{"name": "b", "may_publish": True}]}, {"dataset": "b"}, {"b"}),
        (OWN_USE | {"datasets": "a"}, {"dataset": "b"}, {"b"}),
        (LISTED, {"dataset": "a"}, {"a"}),
        ({}, {"dataset": "acled"}, {"acled"}),
        ({}, {"dataset": "a", "may_publish": "no"}, {"a"}),
        ({}, {"dataset": "a", "may_publish": "FALSO"}, {"a"}),
        ({}, {"dataset": "a", "may_publish": "perhaps"}, {"a"}),
        ({}, {"dataset": "a", "may_publish": "n/a"}, set()),
        ({}, {"dataset": "a", "may_publish": "yes"}, set()),
        ({}, {"may_publish": "0"}, {"file"}),
    ],
)
def test_whose_rows_may_not_be_passed_on(said: dict[str, Any], cells: dict[str, str], barred: set[str]) -> None:
    made = protected(reading(cells, about=said), said)
    assert {name for name, terms in stated(made).items() if terms.may_publish is False} == barred


def test_a_file_that_says_nothing_is_left_as_it_is() -> None:
    opened = reading({"code": "1"})
    assert protected(opened, {}) is opened


def test_terms_of_row_file_and_dataset_all_hold() -> None:
    said = {"datasets": [{"name": "ucdp-ged", "version": "25.1", "licence": "CC-BY-NC-4.0"}]}
    made = protected(reading({"dataset": "ucdp-ged", "licence": "CC-BY-4.0"}, {"dataset": "mine"}, about=said), said)
    (batch,) = made.batches
    assert [row.dataset for row in batch.rows] == ["ucdp-ged", "mine"]
    terms = {one.name: one for one in batch.datasets}
    assert terms["ucdp-ged"].licence == "CC-BY-4.0 AND CC-BY-NC-4.0"
    assert terms["ucdp-ged"].version == "25.1"
    assert "Uppsala" in str(terms["ucdp-ged"].attribution)
    assert terms["mine"] == DatasetTerms("mine")


@pytest.mark.parametrize(
    ("cell", "draft", "expected"),
    [
        ("confidential", {}, "confidential"),
        ("Confidential", {}, "confidential"),
        ("restricted", {"sensitivity": "confidential"}, "confidential"),
        ("confidential", {"sensitivity": "restricted"}, "confidential"),
        ("restricted", {"places": [{"name": "A", "sensitivity": "restricted"}]}, None),  # its place tells it already
        ("confidential", {"places": [{"name": "A", "sensitivity": "restricted"}]}, "confidential"),
        ("public", {}, None),
        ("", {"sensitivity": "restricted"}, "restricted"),
    ],
)
def test_a_row_is_at_least_as_sensitive_as_its_cell_says(
    cell: str, draft: dict[str, Any], expected: str | None
) -> None:
    (batch,) = protected(reading({"sensitivity": cell}, **draft), {}).batches
    assert (batch.rows[0].draft or {}).get("sensitivity") == expected


def test_a_level_that_is_none_is_a_fault_of_the_row() -> None:
    (batch,) = protected(reading({"Sensibilidad": "a bit"}), {}).batches
    faults: tuple[RowFault, ...] = batch.rows[0].faults
    assert [(fault.field, fault.value) for fault in faults] == [("Sensibilidad", "a bit")]


def test_a_source_or_actor_of_an_earlier_batch_tells_its_level() -> None:
    source = {"key": "mute", "kind": "party", "sensitivity": "confidential"}
    first = Batch((ForeignRow(1, "r1", {}, raw={}),), sources=(source,))
    later = Batch((ForeignRow(2, "r2", {"sources": ["mute"]}, raw={"sensitivity": "confidential"}),))
    opened = Reading(FILE, ("sensitivity",), iter([first, later]))
    _, told = protected(opened, {}).batches
    assert told.rows[0].draft == {"sources": ["mute"]}


def test_a_whole_incident_names_its_dataset_in_its_draft() -> None:
    opened = reading({"dataset": "other", "may_publish": "no"}, dataset="acled")
    (batch,) = opened.batches
    rows = (replace(batch.rows[0], identity=Identity("id", "PE-1")), batch.rows[0])
    made = protected(replace(opened, batches=iter([replace(batch, rows=rows)])), {})
    (told,) = made.batches
    assert [row.dataset for row in told.rows] == [None, "acled"]
    assert {terms.name for terms in told.datasets} == {"acled"}


def frame_of_old(rows: int = 2) -> Any:
    columns = {
        "code": [f"PE-{n}" for n in range(rows)],
        "title": [f"T{n}" for n in range(rows)],
        "type": ["riot"] * rows,
        "dataset": ["borrowed"] * rows,
        "licence": ["Ask first"] * rows,
    }
    return make_frame(columns, [shapely.Point(-73, -12)] * rows)


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in {"acled", "ucdp"}])
def test_a_file_for_own_use_that_does_not_say_whose_bars_every_dataset_in_it(tmp_path: Path, name: str) -> None:
    """As the files of earlier versions are, which stated no terms by dataset."""
    path = tmp_path / f"own{WRITERS[name].suffixes[0]}"
    write(frame_of_old(), path, name, WritingOptions(own_use=True, metadata={"datasets": []}))
    made = open_reading(path, guess_format(path))
    barred = {terms.name for batch in made.batches for terms in batch.datasets if terms.may_publish is False}
    assert barred == {"borrowed"}


@pytest.mark.parametrize("name", SHEETS)
def test_a_mapping_that_ignores_what_protects_a_row_does_not_free_it(tmp_path: Path, name: str) -> None:
    frame = frame_of_old().assign(may_publish=False, sensitivity="confidential")
    path = write(frame, tmp_path / f"a.{name}", None, WritingOptions(own_use=True)).path
    (tmp_path / f"{path.name}.about.json").unlink(missing_ok=True)
    ignored = ReadingOptions(assign=dict.fromkeys(TERMS, "ignore"))
    batches = list(open_reading(path, "table", ignored).batches)
    assert [terms.may_publish for batch in batches for terms in batch.datasets] == [False]
    rows = [row for batch in batches for row in batch.rows]
    assert [(row.dataset, (row.draft or {}).get("sensitivity")) for row in rows] == [("borrowed", "confidential")] * 2


def test_a_mapping_may_name_columns_that_no_list_knows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("hecho,tipo,fecha,de quien,reservado\nX,paro,2012-01-01,borrowed,confidential\n", "utf-8")
    mapped = ReadingOptions(
        assign={"de quien": "dataset", "reservado": "sensitivity", "default.sensitivity": "restricted"}
    )
    (batch,) = open_reading(path, "table", mapped).batches
    assert [(row.dataset, row.draft and row.draft["sensitivity"]) for row in batch.rows] == [
        ("borrowed", "confidential")
    ]


def test_a_page_of_ours_that_was_downloaded_is_no_export_that_comes_back_whole(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": None, "properties": {"code": "A", "title": "x", "type": "riot"}}
    page = {"type": "FeatureCollection", "metadata": OWN_USE, "willay": {"title": "x"}, "features": [feature]}
    path = tmp_path / "page.geojson"
    path.write_text(json.dumps(page))
    assert guess_format(path) == "gis"
    (batch,) = open_reading(path, "gis").batches
    assert [terms.may_publish for terms in batch.datasets] == [False]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '"x"',
        '{"datasets": {"name": "a"}}',
        '{"datasets": [3, null, {"name": {}}]}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_companion_of_anybodys_making_stops_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titulo,tipo,fecha\nX,paro,2012-01-01\n", "utf-8")
    (tmp_path / "a.csv.about.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    (batch,) = open_reading(path, "table").batches
    assert len(batch.rows) == 1


def test_a_licence_in_a_table_that_tells_of_no_dataset_is_somebody_elses_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("titulo,tipo,fecha,Licencia\nX,paro,2012-01-01,MINA-77\nY,paro,2012-01-02,MINA-78\n", "utf-8")
    (batch,) = open_reading(path, "table").batches
    assert [(row.draft or {})["original"] for row in batch.rows] == [{"Licencia": "MINA-77"}, {"Licencia": "MINA-78"}]
    assert batch.datasets == ()
    told = path.read_text("utf-8").replace("fecha,", "fecha,Conjunto de datos,").replace("01-01,", "01-01,a,")
    path.write_text(told.replace("01-02,", "01-02,a,"), "utf-8")
    (batch,) = open_reading(path, "table").batches
    assert [(terms.name, terms.licence) for terms in batch.datasets] == [("a", "MINA-77 AND MINA-78")]


@pytest.mark.parametrize("broken", [{"places": "x"}, {"places": [3]}, {"claims": [None]}, {"sensitivity": "secret"}])
def test_a_whole_incident_that_somebody_has_broken_is_a_fault_of_its_row(broken: dict[str, Any]) -> None:
    (batch,) = protected(reading({"sensitivity": "restricted"}, **broken), {}).batches
    assert [fault.field for fault in batch.rows[0].faults] == ["sensitivity"]
