"""A dataset that states by which rule it was selected: recorded with it, and with its rows wherever they go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from willay.events.exchange import write_incidents
from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.store import DatasetTerms, Store

if TYPE_CHECKING:
    from pathlib import Path

RULE = {"en": "Those with a source that could be consulted.", "es": "Los que tienen una fuente que se pudo consultar."}


def test_the_rule_of_a_selection_goes_with_its_rows_into_files_and_back(store: Store, tmp_path: Path) -> None:
    row = {"title": "x", "type": "arrest", "days": "2013", "dataset": "survey", "status": "published"}
    store.write.add(draft(Bundle, {"incidents": [row]}), author="ana")
    store.registers.describe_dataset(DatasetTerms("survey", selection=RULE), author="ana", reason="asked the office")
    frame = store.read.select(IncidentQuery(dataset="survey"))
    assert [one["selection"] for one in frame.attrs["datasets"]] == [RULE]
    file = tmp_path / "out.geojson"
    write_incidents(frame, file)
    assert json.loads(file.read_text("utf-8"))["metadata"]["datasets"] == [{"name": "survey", "selection": RULE}]
