"""The ten commonest tasks in sixty lines, as a person writes them one after the other, over what is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

import willay as wy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = [
    pytest.mark.filterwarnings("ignore:The profile public .* leaves out"),
    pytest.mark.filterwarnings("ignore:These include .* that are restricted or confidential"),
]


def monitor_files() -> None:
    """Write two monthly tables of a monitor's own."""
    cells = {"Hecho": "Bloqueo de vía", "lat": -13.5, "lon": -72.0, "deaths_police": 0, "deaths_media": 1}
    for name, day in (("enero.xlsx", "2013-01-14"), ("febrero.xlsx", "2013-02-10")):
        pd.DataFrame([cells | {"Fecha": day}]).to_excel(name, index=False)


def halves() -> gpd.GeoDataFrame:
    """Areas of a table that willay knows nothing of."""
    shapes = [shapely.box(34, -5, 37, 5), shapely.box(37, -5, 42, 5)]
    return gpd.GeoDataFrame({"COUNTY": ["w", "e"], "COUNTY_NAM": ["West", "East"]}, geometry=shapes, crs=4326)


def test_the_sixty_lines(path: Path) -> None:  # noqa: PLR0915 — sixty lines
    monitor_files()
    counties, folium_map = halves(), folium.Map()

    # 1 open, look
    db = wy.open("peru.gpkg", author="Ana")
    assert repr(db).startswith("<willay.Database 'peru.gpkg': 41 incidents, 184 claims, ")

    # 2 ask: the words of the command line; text, list, date, Timestamp, tuple, geometry are all read
    frame = db.select(type="protest", days="2009/2012")
    assert set(frame["type"]) == {"protest"}
    assert len(db.select(days="2009/2012", region="vrae")) > 0
    assert db.select(since="2009-06", until="2009", bbox=(-79, -7, -77, -4), killed=">30", lang="es")["code"].size == 1
    query = wy.Query(actor="pnp")
    assert len(db.select(query, case="conga")) <= len(db.select(case="conga"))
    assert len(db.select(query & wy.Query(days=2012))) == len(db.select(query, days=2012)) > 0

    # 3 one incident and who says what
    bagua = db["bagua-2009"]
    assert "PE-2009-0002" in db
    assert len(db) == len([*db])
    assert {"measure", "group", "low", "best", "high", "publisher", "kind", "stated_on"} <= set(bagua.claims.columns)
    killed, latest = bagua.figure("killed"), bagua.figure("killed", policy="latest")
    assert killed is not None
    assert latest is not None
    assert latest.source is not None
    assert latest.source.publisher
    with pytest.warns(wy.DisclosureWarning, match="does not show who changed"):
        assert len(bagua.history()) == 2
    assert bagua.as_of("2026-12-31").title == bagua.title

    # 4 all claims, figures by policy
    claims = db.claims(type="protest", measure="killed")
    assert set(claims["measure"]) == {"killed"}
    table = db.figures("killed", by="department", policy=["minimum", "ranked-source", "maximum"])
    sums = table.groupby("policy")["best"].sum()
    assert sums["minimum"] <= sums["ranked-source"] <= sums["maximum"]

    def first(voices: Sequence[wy.Voice]) -> wy.Voice:
        return min(voices, key=lambda voice: voice.position)

    own = db.select(policy=first)
    assert len(own) == len(db)
    assert own.attrs["policy"] == "own:first"

    # 5 maps: one object, the ending decides; it shows itself in a notebook
    m = wy.choropleth(frame, db.regions("pe-departments"), measure="killed", title="Muertes", lang="es")
    assert "<iframe" in m._repr_html_()
    assert [m.save("muertes.html").name, m.save("muertes.pdf", size="a4", by="year").name] == [
        "muertes.html", "muertes.pdf",
    ]  # fmt: skip
    assert wy.atlas(frame).page.rows == wy.timeline(frame).page.rows == len(frame)
    wy.PointLayer(frame).add_to(folium_map)
    assert "willay" in folium_map.get_root().render()

    # 6 one's own table
    said = {"Hecho": "type", "deaths_police": "killed @police", "deaths_media": "killed @outlet"}
    report = db.import_file("enero.xlsx", map=said, dataset="monitor")
    assert report.rows.query("ending == 'quarantined'").empty
    assert report.mapping is not None
    report.mapping.save("monitor.mapping.toml")
    assert db.import_file("febrero.xlsx", map="monitor.mapping.toml", dataset="monitor", dry_run=True).is_dry_run

    # 7 areas: any GeoDataFrame
    with wy.create("ke.gpkg", country="KE", author="Ana") as kenya:
        kenya.add_regions(counties, set="ke-counties", key="COUNTY", name="COUNTY_NAM", licence="CC-BY-4.0")
        kenya.add(title="March", type="protest", days="2021-03-07", place=(36.8, -1.3))
        theirs = kenya.select(status="draft", region="West")
        assert theirs["country"].tolist() == ["KE"]
        assert wy.choropleth(theirs, counties, key="COUNTY", measure="incidents").save("k.html").is_file()

    # 8 write: one incident, many, all or nothing
    bloqueo = {"title": "Bloqueo", "type": "road-block", "days": "2012-05-28", "place": "Espinar, Cusco"}
    code = db.add(**bloqueo, claims=[wy.claim("injured", 3, source="https://example.org/nota")])
    with db.changes(reason="court ruling of 2014") as change:
        change.edit("bagua-2009", confidence="high")
        court = wy.Source(kind="court", publisher="Corte")
        change.add_claim("bagua-2009", wy.claim("killed", "33", group="all", source=court))
    assert len(db["bagua-2009"].claims) == len(bagua.claims) + 1
    assert code in db.preview(**bloqueo).duplicates["code"].tolist()

    # 9 review, release
    submitted = db.submit(db.select(status="draft"), to="Beto")
    assert set(db.approve(submitted["code"], author="Beto")["code"]) == {code, *report.rows["code"]}
    release = wy.release("peru-2026-1", db, by="Oficina")
    assert release.verify() == ()

    # 10 take out
    assert wy.write(frame, "peru.parquet").rows == len(frame)
    assert wy.write(db, "all.geojson").rows == len(db)
    assert len(db.select(profile=None)) == len(db) + 1

    with pytest.raises(wy.QueryError, match=r"^Unknown filter 'regoin'\. Did you mean 'region'\?$") as raised:
        db.select(regoin="vrae")
    assert isinstance(raised.value, wy.Error)
    db.close()
    assert path.is_file()
