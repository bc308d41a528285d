"""What protects rows goes with them: into every format, out of it again, and never gets looser on the way."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pyogrio
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from willay.events.exchange.outgoing import WRITERS
from willay.events.store import Store

sys.path.insert(0, str(Path(__file__).parent.parent / "events" / "exchange" / "incoming"))
from ucdp_examples import event, write_events  # the same invented events

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

EVERY_STATUS = ("--status", "draft", "--status", "in-review", "--status", "published")
ENDINGS = {name: form.suffixes[0] if form.suffixes else f".{name}.csv" for name, form in WRITERS.items()}
FILES = [*((name, ()) for name in WRITERS), *((name, ("--flat",)) for name, form in WRITERS.items() if form.lossless)]
each_file = pytest.mark.parametrize(
    ("name", "words"), FILES, ids=lambda value: value if isinstance(value, str) else "".join(value)
)

ACLED = {
    "event_id_cnty": "PER9001", "event_date": "2021-04-15", "year": "2021", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Police Forces of Nowhere", "assoc_actor_1": "", "inter1": "State forces", "actor2": "The Column",
    "assoc_actor_2": "", "inter2": "Rebel group", "interaction": "State forces-Rebel group", "civilian_targeting": "",
    "iso": "604", "region": "South America", "country": "Peru", "admin1": "Cusco", "admin2": "La Convencion",
    "admin3": "Echarate", "location": "Kiteni", "latitude": "-12.6300", "longitude": "-73.0400", "geo_precision": "1",
    "source": "The Daily", "source_scale": "National", "notes": "On 15 April 2021, invented people fought.",
    "fatalities": "2", "tags": "", "timestamp": "1650000000",
}  # fmt: skip
"""An invented event in the layout of ACLED, whose rows may not be passed on."""


@pytest.fixture
def borrowed(run: Callable[..., Result], tmp_path: Path) -> str:
    """A database with two invented events of ACLED, and one of UCDP, which may be passed on."""
    assert run("init", "borrowed.gpkg").code == 0
    with (tmp_path / "acled.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ACLED)
        table.writeheader()
        table.writerows([ACLED, {**ACLED, "event_id_cnty": "PER9002", "event_date": "2021-04-16"}])
    write_events(tmp_path / "ged.csv", [event()])
    for file in ("acled.csv", "ged.csv"):
        assert run("import", file, "--db", "borrowed.gpkg").code == 0
    return "borrowed.gpkg"


def over(run: Callable[..., Result], file: str, database: str, *words: str) -> None:
    """Import a file into a new database; a row of hashtags may be quarantined."""
    assert run("init", database).code == 0
    done = run("import", file, "--db", database, *words)
    assert done.code in {0, 7}, done.err
    assert not done.out.startswith("0 rows"), done.out


def terms_of(tmp_path: Path, database: str) -> dict[str, tuple[Any, ...]]:
    with Store.open(tmp_path / database) as store:
        rows = store.datasets().to_dict("records")
    return {row["name"]: (row["licence"], row["attribution"], row["may_publish"]) for row in rows}


@each_file
def test_rows_that_may_not_be_passed_on_are_refused_after_a_round_trip_too(
    run: Callable[..., Result], borrowed: str, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    file = f"own{ENDINGS[name]}"
    assert run("export", "leak.csv", "--db", borrowed).code == 5
    made = run("export", file, "--format", name, "--for-own-use", "--profile", "internal", *words, "--db", borrowed)
    assert made.code == 0, made.err
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(tmp_path / file, alone / file)
    for beside in [".shx", ".dbf", ".prj", ".cpg"] if name == "shapefile" else []:
        shutil.copy((tmp_path / file).with_suffix(beside), alone)
    over(run, f"alone/{file}", "copy.gpkg")
    refused = run("export", "leak.csv", *EVERY_STATUS, "--db", "copy.gpkg")
    assert (refused.code, "2 of acled" in refused.err) == (5, True), refused.err
    assert not (tmp_path / "leak.csv").exists()
    assert terms_of(tmp_path, "copy.gpkg")["acled"] == terms_of(tmp_path, borrowed)["acled"]
