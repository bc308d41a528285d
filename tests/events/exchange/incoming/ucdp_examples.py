"""Invented events in the layouts of UCDP GED."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from willay.events.exchange.incoming.ucdp import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVENT = {
    "id": "900001.0",
    "relid": "PER-2012-1-1-1",
    "year": "2012.0",
    "active_year": "True",
    "code_status": "Clear",
    "type_of_violence": "1.0",
    "conflict_new_id": "77.0",
    "conflict_name": "Nowhere: Government",
    "dyad_new_id": "88.0",
    "dyad_name": "Government of Nowhere - The Column",
    "side_a_new_id": "10.0",
    "side_a": "Government of Nowhere",
    "side_b_new_id": "20.0",
    "side_b": "The Column",
    "number_of_sources": "2",
    "source_office": "The Daily;Radio One",
    "source_date": "2012-04-10;2012-04-11",
    "source_headline": "Soldiers killed;Army speaks",
    "source_original": "army spokesman",
    "where_prec": "1.0",
    "where_coordinates": "Kiteni town",
    "where_description": "near the river,\nat night",
    "adm_1": "Cusco",
    "adm_2": "La Convención",
    "latitude": "-12.63",
    "longitude": "-73.04",
    "geom_wkt": "POINT (-73.04 -12.63)",
    "country": "Peru",
    "country_id": "135",
    "region": "Americas",
    "event_clarity": "1",
    "date_prec": "1.0",
    "date_start": "2012-04-09 00:00:00.000",
    "date_end": "2012-04-09 00:00:00.000",
    "deaths_a": "3.0",
    "deaths_b": "1.0",
    "deaths_civilians": "2.0",
    "deaths_unknown": "0.0",
    "best": "6.0",
    "high": "8.0",
    "low": "5.0",
    "gwnoa": "135",
    "gwnob": "",
}
"""One event, its numbers written as programs write them that know only decimals."""

EARLIER_COLUMNS = tuple(
    sorted(
        (
            name
            for name in COLUMNS
            if name not in {"source_office", "source_date", "source_headline", "code_status", "gwnoa", "gwnob", "relid"}
        ),
        reverse=True,
    )
)
"""Forty-two columns in another order, as earlier versions have."""


def event(**changed: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **EVENT, **changed}


def write_events(
    path: Path, events: Sequence[dict[str, str]], columns: Sequence[str] = COLUMNS, *, header: bool = True
) -> Path:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    if header:
        table.writerow(columns)
    table.writerows([row.get(name, "1") for name in columns] for row in events)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path
