"""Commands on a computer whose clock is wrong: what they record is recorded, after all else, and they say so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from moments import MOMENT

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

COMMANDS = {
    "add": ("add", "-y", "--title", "Bloqueo", "--type", "road-block", "--day", "1965-09-03", "--place", "Kiteni"),
    "add a file": ("add", "-y", "-F", "draft.yaml"),
    "edit": ("edit", "bagua-2009", "--set", "tags=[x]", "-m", "x"),
    "claim": ("claim", "add", "bagua-2009", "injured=3", "-s", "Otra nota"),
    "retract": ("retract", "bagua-2009", "-m", "x"),
    "reopen": ("review", "reopen", "bagua-2009", "-m", "x"),
    "rule": ("review", "rule", "one-person", "-m", "x"),
    "source add": ("source", "add", "nota-1", "--source-kind", "press", "--title", "Nota"),
    "source edit": ("source", "edit", "{source}", "--set", "note=x", "-m", "x"),
    "case add": ("case", "add", "caso-1", "--title", "Caso", "--case-type", "socio-environmental"),
    "regions add": ("regions", "add", "areas.geojson", "--region-set", "areas", "--key-field", "key"),
    "import": ("import", "rows.csv", "--dataset", "survey"),
}
CLOCKS = {"1970": "1", "years behind": str(int(MOMENT) - 99_999_999)}


@pytest.fixture
def files(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text("incidents: [{title: Otro, type: arrest, days: 1965-01-01}]", "utf-8")
    (tmp_path / "rows.csv").write_text("id,date,type,title,lon,lat\n1,1965-01-01,arrest,Uno,-73.0,-12.6\n", "utf-8")
    frame = gpd.GeoDataFrame({"key": ["a"]}, geometry=[shapely.box(-73, -13, -72, -12)], crs=4326)
    frame.to_file(tmp_path / "areas.geojson")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_every_command_that_changes_something_works_and_warns(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], clock: str
) -> None:
    with Store.open(peru) as store:
        latest, source = store.read.latest_moment(), min(store.registers.source_keys())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
    told = run(*(word.format(source=source) for word in words))
    assert told.code == 0, told.err
    assert told.err.count("Warning: The clock of this computer shows") == 1
    assert "Check the date of this computer" in told.err
    with Store.open(peru) as store, store._session.reading() as connection:
        rows = connection.exec_driver_sql("SELECT arrived_at FROM change ORDER BY number DESC LIMIT 1")
        assert rows.scalar_one() > latest.isoformat()


def test_one_change_dated_2100_stops_nobody(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    assert run("edit", "bagua-2009", "--set", "tags=[wrong]", "-m", "x").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    told = run("edit", "bagua-2009", "--set", "tags=[right]", "-m", "x")
    assert (told.code, "dated 2100-01-01" in told.err) == (0, True)
    history = json.loads(run("history", "bagua-2009", "--format", "json").out)
    assert [row["recorded_at"][:10] for row in history[-2:]] == ["2100-01-01", "2026-03-20"]  # what the clocks said
    then = json.loads(run("show", "bagua-2009", "--json", "--as-of", "2026-12-31").out)
    assert then["tags"] not in ("wrong", "right")
    assert peru.exists()


@pytest.mark.parametrize("seconds", ["soon", "1e99", "99999999999999999999"])
def test_a_moment_that_cannot_be_read_is_refused_in_words(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    before = peru.read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    told = run("edit", "bagua-2009", "--set", "tags=[x]", "-m", "x")
    assert (told.code, "must be a whole number of seconds since 1970" in told.err) == (5, True)
    assert peru.read_bytes()[100:] == before[100:]
