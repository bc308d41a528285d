"""The front door: the commonest tasks, line by line, as a person writes them."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

import willay as wy
from willay.data import DataError
from willay.events import Bundle, ClaimDraft, EventsError, IncidentDraft, SourceDraft, draft
from willay.geo import GeoError
from willay.maps import MapsError

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.filterwarnings("ignore:The profile public .* leaves out")


def test_importing_it_loads_no_library() -> None:
    heavy = ("pandas", "numpy", "geopandas", "shapely", "sqlalchemy", "pydantic", "folium")
    script = f"import sys, willay as wy; assert len(dir(wy)) > 30; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_reading_half_line_by_line(path: Path) -> None:
    # 1 open, look
    db = wy.open("peru.gpkg", author="Ana")
    assert repr(db).startswith("<willay.Database 'peru.gpkg': 41 incidents, 184 claims, ")
    # 2 ask: the words of the command line; text, list, date, Timestamp, tuple, geometry are all read
    frame = db.select(type="protest", days="2009/2012")
    assert set(frame["type"]) == {"protest"}
    frame = db.select(since="2009-06", until="2009", bbox=(-79, -7, -77, -4), killed=">30", lang="es")
    assert frame["code"].tolist() == ["PE-2009-0002"]
    query = wy.Query(actor="pnp")
    narrower = query & wy.Query(days=2012)
    assert 0 < len(db.select(narrower)) < len(db.select(query))
    assert len(db.select(query, days=2012)) == len(db.select(narrower))
    # 3 one incident and who says what
    bagua = db["bagua-2009"]
    assert "PE-2009-0002" in db
    assert len(db) == len(db.select()) == len([*db])
    assert list(bagua.claims.columns[:9]) == [
        "measure", "group", "low", "best", "high", "publisher", "source", "attributed_to", "kind",
    ]  # fmt: skip
    assert (bagua.figure("killed").best, bagua.figure("killed", policy="latest").best) == (33, 54)
    assert bagua.figure("killed").source.publisher == "Defensoría del Pueblo"
    with pytest.warns(wy.DisclosureWarning, match="does not show who changed"):
        assert bagua.history()["action"].tolist() == ["add", "edit"]
    assert bagua.as_of("2026-12-31").row["confidence"] == "medium"
    # 4 all claims, figures by policy
    claims = db.claims(type="riot", measure="killed")
    assert set(claims["measure"]) == {"killed"}
    table = db.figures("killed", by="department", policy=["minimum", "ranked-source", "maximum"])
    assert isinstance(table, gpd.GeoDataFrame)
    sums = table.groupby("policy")["best"].sum()
    assert sums["minimum"] < sums["ranked-source"] < sums["maximum"]
    # 5 maps: one object, the ending decides; it shows itself in a notebook
    deaths = wy.choropleth(frame, db.regions("pe-departments"), measure="killed", title="Muertes", lang="es")
    assert deaths.save("muertes.html").stat().st_size > 10**5
    assert deaths.save("muertes.pdf", size="a4", by="year").read_bytes()[:5] == b"%PDF-"
    assert "<iframe" in deaths._repr_html_()
    assert wy.atlas(frame).save("atlas.html").is_file()
    assert wy.timeline(frame).save("timeline.svg").is_file()
    # 7 areas: any GeoDataFrame, also without a database
    halves = [shapely.box(-82, -19, -75, 1), shapely.box(-75, -19, -68, 1)]
    counties = gpd.GeoDataFrame({"COUNTY": ["W", "E"]}, geometry=halves, crs=4326).to_crs(32718)
    assert wy.choropleth(frame, counties, key="COUNTY", measure="killed").save("counties.html").is_file()
    # 10 take out
    assert wy.write(frame, "peru.geojson").rows == 1
    assert wy.write(db, "all.geojson").rows == len(db)
    with pytest.warns(wy.DisclosureWarning, match="2 incidents that are restricted or confidential"):
        assert len(db.select(profile=None)) == len(db) + 1
    # errors speak Python, and have one root
    with pytest.raises(wy.QueryError, match=r"^Unknown filter 'regoin'\. Did you mean 'region'\?$"):
        db.select(regoin="vrae")
    with pytest.raises(wy.Error):
        db.select(region="nowhere")
    db.close()
    assert path.is_file()


def test_every_error_of_the_packages_has_one_root() -> None:
    for root in (DataError, EventsError, GeoError, MapsError):
        assert root.__mro__[1] is wy.Error
    assert wy.Error.__mro__[1] is Exception


def test_a_database_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(wy.NotFoundError, match=r"nothing\.gpkg' does not exist\. Create it: wy\.create\("):
        wy.open(tmp_path / "nothing.gpkg")


def test_every_public_name_has_an_example() -> None:
    """`tests/test_examples.py` runs them."""
    for name in wy.__all__:
        one = getattr(wy, name)
        assert ">>>" in str(inspect.getdoc(one)), name
        assert doctest.DocTestFinder(recurse=False).find(one, name), name


def test_the_example_of_the_package_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert doctest.testmod(wy).failed == 0


def test_what_shows_itself_in_a_notebook_escapes(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    source = draft(SourceDraft, {"key": "note", "kind": "press", "publisher": evil})
    claim = draft(ClaimDraft, {"measure": "killed", "count": "3", "source": "note"})
    march = draft(IncidentDraft, {"title": evil, "type": "protest", "days": "2021"})
    with wy.create(tmp_path / "evil.gpkg", country="PE") as db:
        march = march.model_copy(update={"claims": (claim,)})
        (code,) = db.store.write.add(Bundle(incidents=(march,), sources=(source,)), author="ana").codes
        shown = [db[code]._repr_html_(), wy.Query(text=evil)._repr_html_(), db._repr_html_()]
        assert db._ipython_key_completions_() == []  # not published
    assert "&lt;script&gt;" in shown[0]
    assert "&lt;script&gt;" in shown[1]
    assert not any("<script>" in text for text in shown)


def test_an_editor_completes_codes_and_keys(db: wy.Database) -> None:
    offered = db._ipython_key_completions_()
    assert {"bagua-2009", "PE-2009-0002"} <= set(offered)
    assert len(offered) == len(set(offered))
