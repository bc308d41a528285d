from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.gdelt import COLUMNS, LAYOUTS
from willay.events.model.drafts import ActorDraft, IncidentDraft, SourceDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.events.model.foreign import Batch, ForeignRow

EVENT = {
    "GLOBALEVENTID": "900001", "SQLDATE": "20120409", "Actor1Name": "PROTESTER", "Actor2Name": "POLICE",
    "EventCode": "0144", "EventBaseCode": "144", "EventRootCode": "14", "QuadClass": "3", "NumMentions": "10",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Kiteni, Cusco, Peru", "ActionGeo_CountryCode": "PE",
    "ActionGeo_Lat": "-12.6", "ActionGeo_Long": "-73.0", "DATEADDED": "20120410120000",
    "SOURCEURL": "https://example.org/news",
}  # fmt: skip


def event(**changed: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **EVENT, **changed}


def write(path: Path, events: Sequence[dict[str, str]]) -> Path:
    path.write_text("".join("\t".join(row[name] for name in COLUMNS) + "\n" for row in events), "utf-8")
    return path


def read(path: Path, **options: str) -> list[Batch]:
    return list(open_reading(path, "gdelt", ReadingOptions(**options)).batches)  # type: ignore[arg-type]  # texts only


def only(path: Path, **changed: str) -> ForeignRow:
    return read(write(path / "x.CSV", [event(**changed)]))[0].rows[0]


def test_there_are_61_columns() -> None:
    assert (len(COLUMNS), len(set(COLUMNS))) == (61, 61)


def test_a_row_becomes_a_lead_and_never_more(tmp_path: Path) -> None:
    path = write(tmp_path / "20120410.export.CSV", [event()])
    assert guess_format(path) == "gdelt"
    (batch,) = read(path, status="published")
    draft = IncidentDraft.model_validate(batch.rows[0].draft)
    assert (draft.status, draft.subtype, draft.days, draft.claims) == ("lead", "road-block", "2012-04-09", ())
    assert (draft.places[0].precision, draft.places[0].country, draft.places[0].lon) == ("near", "PE", -73.0)
    assert [ActorDraft.model_validate(entry).name["en"] for entry in batch.actors] == ["Protester", "Police"]
    assert [SourceDraft.model_validate(entry).url for entry in batch.sources] == ["https://example.org/news"]
    assert draft.original is not None
    assert draft.original["EventCode"] == "0144"


def test_a_zip_with_one_member_is_read(tmp_path: Path) -> None:
    write(tmp_path / "x.CSV", [event()])
    with zipfile.ZipFile(tmp_path / "x.CSV.zip", "w") as archive:
        archive.write(tmp_path / "x.CSV", "x.CSV")
    assert read(tmp_path / "x.CSV.zip")[0].rows[0].external_id == "900001"


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (("193", "193", "19"), "armed-clash"),
        (("1411", "141", "14"), "protest"),
        (("171", "171", "17"), "state-measure"),
    ],
)
def test_a_code_is_understood_by_itself_its_base_or_its_root(
    tmp_path: Path, codes: tuple[str, str, str], kind: str
) -> None:
    row = only(tmp_path, EventCode=codes[0], EventBaseCode=codes[1], EventRootCode=codes[2])
    assert IncidentDraft.model_validate(row.draft).type == kind


def test_what_is_no_incident_is_a_flagged_lead(tmp_path: Path) -> None:
    row = only(tmp_path, EventCode="042", EventBaseCode="042", EventRootCode="04")
    assert row.draft is not None
    assert (row.draft["type"], row.draft["status"], [flag.field for flag in row.flags]) == (
        "other-event", "lead", ["EventCode"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"), [("SQLDATE", "20121340"), ("GLOBALEVENTID", ""), ("ActionGeo_Long", "east")]
)
def test_a_cell_that_cannot_be_is_a_fault(tmp_path: Path, column: str, value: str) -> None:
    row = only(tmp_path, **{column: value})
    assert (row.draft, [fault.field for fault in row.faults]) == (None, [column])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\tb\n", "utf-8")
    with pytest.raises(RefusedError, match="GDELT events have 61 or 58 or 57"):
        read(tmp_path / "x.csv")


@pytest.mark.parametrize("number", [57, 58])
def test_gdelt_1_is_found_and_read(tmp_path: Path, number: int) -> None:
    """58 columns, and 57 before April 2013, by the data format codebook of GDELT 1.0."""
    path = tmp_path / "20120410.export.CSV"
    path.write_text("\t".join(event()[name] for name in LAYOUTS[number]) + "\n", "utf-8")
    assert guess_format(path) == "gdelt"
    (batch,) = read(path)
    draft = IncidentDraft.model_validate(batch.rows[0].draft)
    assert (draft.status, draft.days, draft.places[0].country, draft.places[0].lat) == (
        "lead", "2012-04-09", "PE", -12.6,
    )  # fmt: skip
    assert len(batch.sources) == (number == 58)


def test_a_country_is_read_by_its_code_of_fips(tmp_path: Path) -> None:
    row = only(tmp_path, ActionGeo_CountryCode="CI", ActionGeo_FullName="Arica, Tarapaca, Somewhere")
    assert row.draft is not None
    assert (row.draft["country"], row.flags) == ("CL", ())


def test_tabs_alone_are_not_gdelt(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("\t".join(f"name {n}" for n in range(58)) + "\n", "utf-8")
    assert guess_format(tmp_path / "x.csv") == "table"


CELL = st.one_of(
    st.text(st.characters(blacklist_characters='\t\n\r"', blacklist_categories=["Cs"]), max_size=6),
    st.sampled_from(["14", "20120409", "1", "-12"]),
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=3))
def test_any_cells_give_one_row_each(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "any.CSV"
    path.write_text("".join("\t".join(["x", *row[1:]]) + "\n" for row in rows), "utf-8", newline="")
    found = [row for batch in read(path) for row in batch.rows]
    assert len(found) == len(rows)
    for row in found:
        if row.draft is not None:
            IncidentDraft.model_validate(row.draft)
