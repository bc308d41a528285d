"""A source that gives no number: kept and shown as such, in no figure, and the same after every way out and back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from willay.events.exchange.incoming import open_reading
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.exchange.outgoing.formats import WRITERS
from willay.events.frame.frame import details_of
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, ClaimDraft, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.store import Store

DOCUMENT: dict[str, Any] = {
    "sources": [{"key": "radio", "kind": "press", "publisher": "Radio"}],
    "actors": [
        {"key": "army", "name": "Ejército", "kind": "state-forces"},
        {"key": "column", "name": "La Columna", "kind": "rebel-group"},
    ],
    "incidents": [
        {
            "key": "hurt", "title": "Choque", "type": "battle", "days": "2012-05-01",
            "parties": [{"actor": "army", "role": "side-a"}, {"actor": "column", "role": "side-b"}],
            "places": [{"name": "Kiteni", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
            "claims": [
                {"measure": "injured", "count": "?", "source": "radio"},
                {"measure": "killed", "count": 2, "source": "radio"},
                {"measure": "injured", "group": "police", "count": "?", "source": "radio", "attributed_to": "One"},
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def hurt(make_store: Callable[..., Store]) -> Store:
    filled = make_store("hurt.gpkg")
    filled.write.add(draft(Bundle, DOCUMENT), author="ana")
    return filled


def test_the_claims_are_kept_and_no_figure_is_made_of_them(hurt: Store) -> None:
    claims = hurt.read.draft("hurt").draft.claims
    assert claims == draft(Bundle, DOCUMENT).incidents[0].claims
    frame = hurt.read.select(profile=None)
    assert frame["injured_best"].isna().all()
    assert frame["killed_best"].tolist() == [2]
    details = details_of(frame.iloc[0])
    assert set(details["figures"]) == {"killed"}
    assert [claim["measure"] for claim in details["claims"]] == ["injured", "killed", "injured"]
    assert hurt.file.check() == ()


def test_the_recorded_document_says_that_the_number_is_unknown_and_is_rebuilt_to_the_byte(hurt: Store) -> None:
    revision = hurt.read.history("hurt")[0]
    hurt.write.edit("hurt", {"title": "Other"}, author="ana", reason="x")
    assert hurt.file.check() == (), "the digest is that of the document made of the rows again"
    hurt.write.revert("hurt", revision.number, author="ana", reason="x")
    assert hurt.read.draft("hurt").draft.claims[0].has_unknown_number
    told = hurt.read.diff("hurt", revision.number)
    assert told.differences == ()


def test_a_number_that_becomes_known_is_told_as_a_change(hurt: Store) -> None:
    claims = [claim.model_dump(mode="json", exclude_none=True) for claim in hurt.read.draft("hurt").draft.claims]
    claims[0] = {**claims[0], "count": "4"}
    hurt.write.edit("hurt", {"claims": claims}, author="ana", reason="x")
    (change,) = hurt.read.diff("hurt").differences
    assert (change.before, change.after) == ("injured: –, by radio", "injured: 4, by radio")
    assert hurt.read.select(profile=None)["injured_best"].tolist() == [4]


def test_a_claim_without_a_number_may_be_added_beside_others(hurt: Store) -> None:
    more = draft(ClaimDraft, {"measure": "missing", "count": "?", "source": "radio"})
    hurt.write.add_claims("hurt", [more], author="ana", reason="x")
    assert hurt.read.select(IncidentQuery(measure="missing"), profile=None)["code"].tolist() == ["PE-2012-0001"]
    assert hurt.read.select(IncidentQuery(measure="missing", minimum=0), profile=None)["code"].tolist() == []


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_can_be_written(hurt: Store, tmp_path: Path, name: str) -> None:
    form = WRITERS[name]
    target = tmp_path / f"x{form.suffixes[0] if form.suffixes else '.csv'}"
    pages = hurt.read.pages(**form.reads(tables=True), profile="internal")
    write(pages, target, name, WritingOptions(tables=True))
    assert target.exists() or list(tmp_path.iterdir())


def test_the_lossless_export_comes_back_the_same(hurt: Store, make_store: Callable[..., Store], tmp_path: Path) -> None:
    form = WRITERS["geojson"]
    options = WritingOptions(registers=Registers.of(*hurt.registers.shown(profile=None)))
    write(hurt.read.pages(**form.reads(), profile="internal"), tmp_path / "x.geojson", "geojson", options)
    other = make_store("other.gpkg")
    reading = open_reading(tmp_path / "x.geojson", "willay")
    for batch in reading.batches:
        assert [outcome.ending for outcome in other.write.import_rows(batch, reading.terms, author="ana")] == [
            "accepted"
        ]
    assert other.read.draft("hurt").draft == hurt.read.draft("hurt").draft


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_shapes_of_other_datasets_count_only_the_dead_of_whom_there_is_a_number(hurt: Store, tmp_path: Path) -> None:
    for name, deaths in (("acled", "fatalities"), ("ucdp", "best")):
        form = WRITERS[name]
        write(hurt.read.pages(**form.reads(), profile="internal"), tmp_path / f"{name}.csv", name, WritingOptions())
        assert [row[deaths] for row in table(tmp_path / f"{name}.csv")] == ["2"], name


def test_a_table_of_claims_has_the_claim_without_a_number(hurt: Store, tmp_path: Path) -> None:
    write(
        hurt.read.pages(**WRITERS["csv"].reads(tables=True), profile="internal"),
        tmp_path / "x.csv",
        "csv",
        WritingOptions(tables=True),
    )
    assert [(row["measure"], row["low"], row["best"], row["high"]) for row in table(tmp_path / "x.claims.csv")] == [
        ("injured", "", "", ""), ("killed", "2", "2", "2"), ("injured", "", "", ""),
    ]  # fmt: skip


def test_a_document_without_any_number_and_without_saying_so_is_refused() -> None:
    broken = json.loads(json.dumps(DOCUMENT))
    del broken["incidents"][0]["claims"][0]["count"]
    with pytest.raises(ValueError, match=r"incidents\[0\]\.claims\[0\]: A claim needs a number"):
        draft(Bundle, broken)
