"""Out of a database, into a file, and back: nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from willay.data import incident_documents, region_sets
from willay.events.exchange.incoming import guess_format, open_reading
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import ActorDraft, Bundle, CaseDraft, IncidentDraft, SourceDraft, draft
from willay.events.store import RegionSet, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def peru(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with the incidents that are shipped, whose texts, cases and actors use all that a draft can say."""
    path = tmp_path_factory.mktemp("peru") / "peru.gpkg"
    regions = [RegionSet(name=shipped.name, frame=shipped.frame) for shipped in region_sets("PE")]
    with Store.create(path, country="PE", region_sets=regions, review="one-person") as store:
        store.write.add(BUNDLE, author="ana")
        yield store


def _bundle() -> Bundle:
    parts = [draft(Bundle, file.document, file.name) for file in incident_documents("PE")]
    kept = ("sources", "actors", "cases", "incidents")
    return Bundle(**{name: tuple(row for part in parts for row in getattr(part, name)) for name in kept})


BUNDLE = _bundle()


@pytest.mark.parametrize("name", ["peru.geojson", "peru.geojsonl", "peru.gpkg", "peru.parquet"])
@pytest.mark.parametrize("size", [7, 5_000])
def test_a_database_comes_back_whole_from_its_export(peru: Store, tmp_path: Path, name: str, size: int) -> None:
    registers = Registers.of(peru.registers.sources(), peru.registers.actors(), peru.registers.cases())
    pages = peru.read.pages(details=False, drafts=True, size=size, profile="internal")
    written = write(pages, tmp_path / name, None, WritingOptions(registers=registers))
    batches = list(open_reading(written.path, guess_format(written.path)).batches)
    rows = [row for batch in batches for row in batch.rows]
    assert len(rows) == written.rows == len(BUNDLE.incidents)
    assert all(draft(IncidentDraft, row.draft or {}) == peru.read.draft(row.raw["code"]).draft for row in rows)
    found = {
        register: {entry["key"]: draft(model, entry) for batch in batches for entry in getattr(batch, register)}
        for register, model in (("sources", SourceDraft), ("actors", ActorDraft), ("cases", CaseDraft))
    }
    for register, there in (
        ("sources", peru.registers.sources()),
        ("actors", peru.registers.actors()),
        ("cases", peru.registers.cases()),
    ):
        known = {entry.key: entry for entry in there}
        assert found[register] == {key: known[key] for key in found[register]}
    cited = {key for row in rows for key in (row.draft or {}).get("sources", [])}
    assert cited <= found["sources"].keys()
    named = {party["actor"] for row in rows for party in (row.draft or {}).get("parties", [])}
    assert named <= found["actors"].keys()


OPEN_ENDS = {
    "25": (25, 25, 25),
    "20-25-30": (20, 25, 30),
    "20-30": (20, None, 30),
    "20+": (20, None, None),
    "67-69-?": (67, 69, None),
    "69-69-?": (69, 69, None),
    "0": (0, 0, 0),
    "hasta 15": (0, None, 15),
}
"""Counts of a claim, and what its figure shows: by the rule in docs/en/explanation/figures.md."""


def figures_of(store: Store) -> dict[str, tuple[int | None, ...]]:
    frame = store.read.select(IncidentQuery(), profile=None)
    columns = [
        [None if pd.isna(cell) else int(cell) for cell in frame[f"injured_{end}"]] for end in ("low", "best", "high")
    ]
    return dict(zip(frame["title"], zip(*columns, strict=True), strict=True))


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.geojson", "a.parquet", "a.gpkg"])
@pytest.mark.parametrize("titles", [tuple(OPEN_ENDS), ("20+",), ("67-69-?",), ("hasta 15",)], ids=len)
def test_an_open_end_stays_open_through_a_flat_file_and_back(
    tmp_path: Path, name: str, titles: tuple[str, ...]
) -> None:
    incidents = [
        {
            "title": title,
            "type": "protest",
            "days": f"2012-01-0{number}",
            "places": [{"name": "Puno", "precision": "settlement", "lon": -70.02, "lat": -15.84}],
            "claims": [
                {"measure": "injured", "source": "s", **({"high": 15} if title == "hasta 15" else {"count": title})}
            ],
        }
        for number, title in enumerate(titles, start=1)
    ]
    source = {"key": "s", "kind": "press", "publisher": "P"}
    expected = {title: OPEN_ENDS[title] for title in titles}
    with Store.create(tmp_path / "one.gpkg", country="PE", review="one-person") as one:
        one.write.add(draft(Bundle, {"sources": [source], "incidents": incidents}), author="ana")
        assert figures_of(one) == expected
        written = write(
            one.read.pages(details=False, size=99, profile="internal"), tmp_path / name, None, WritingOptions()
        )
    with Store.create(tmp_path / "other.gpkg", country="PE", review="one-person") as other:
        reading = open_reading(written.path, guess_format(written.path))
        for batch in reading.batches:
            outcomes = other.write.import_rows(batch, reading.terms, author="ana")
            assert {outcome.ending for outcome in outcomes} == {"accepted"}
        assert figures_of(other) == expected
