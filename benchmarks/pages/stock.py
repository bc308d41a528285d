"""The alternatives, each made as its own documentation shows, with the title of an incident as its popup."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
import pandas as pd
from branca.colormap import linear
from folium import plugins
from folium.utilities import JsCode

from benchmarks.made_up import made_up_regions

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

CENTRE = (-9.5, -75.0)
SHIFT_YEARS = 30
"""leaflet-timedimension 1.1.1 sorts moments as texts, and finds one single moment in days on both sides of 2001-09-09;
its days are moved into years where that does no harm."""


def marker_loop(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `Marker` for each incident."""
    page = _map()
    for lat, lon, title in _points(frame):
        folium.Marker([lat, lon], popup=title).add_to(page)
    page.save(path)


def marker_cluster(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `Marker` for each incident, in a `MarkerCluster`."""
    page = _map()
    cluster = plugins.MarkerCluster().add_to(page)
    for lat, lon, title in _points(frame):
        folium.Marker([lat, lon], popup=title).add_to(cluster)
    page.save(path)


def fast_marker_cluster(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `FastMarkerCluster` whose callback gives each marker its title."""
    page = _map()
    callback = "function (row) { return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]); }"
    plugins.FastMarkerCluster(_points(frame), callback=callback).add_to(page)
    page.save(path)


def timestamped_window(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `TimestampedGeoJson` that shows a month."""
    _timestamped(frame, path, "P1M")


def timestamped_cumulative(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `TimestampedGeoJson` that shows all until now."""
    _timestamped(frame, path, None)


def _timestamped(frame: gpd.GeoDataFrame, path: Path, duration: str | None) -> None:
    page = _map()
    rows = _dated(frame)
    days = (rows["first_day"] + pd.DateOffset(years=SHIFT_YEARS)).dt.strftime("%Y-%m-%d")
    style = {"radius": 4, "stroke": False, "fill": True, "fillColor": "#b30000", "fillOpacity": 0.6}
    features = [
        _feature(lon, lat, {"times": [day], "popup": title, "icon": "circle", "iconstyle": style})
        for (lat, lon, title), day in zip(_points(rows), days, strict=True)
    ]
    data = {"type": "FeatureCollection", "features": features}
    options = {
        "period": "P1M",
        "duration": duration,
        "auto_play": False,
        "add_last_point": False,
        "transition_time": 50,
    }
    plugins.TimestampedGeoJson(data, **options).add_to(page)
    page.save(path)


def timeline(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `Timeline` with its slider; an incident shows for a month."""
    page = _map()
    rows = _dated(frame)
    begin, end = rows["first_day"].dt.strftime("%Y-%m-%d"), rows["first_day"] + pd.Timedelta(days=30)
    features = [
        _feature(lon, lat, {"start": first, "end": last, "popup": title})
        for (lat, lon, title), first, last in zip(_points(rows), begin, end.dt.strftime("%Y-%m-%d"), strict=True)
    ]
    layer = plugins.Timeline(
        json.dumps({"type": "FeatureCollection", "features": features}),
        point_to_layer=JsCode("(row, at) => L.circleMarker(at, {radius: 4}).bindPopup(row.properties.popup)"),
    ).add_to(page)
    plugins.TimelineSlider(auto_play=False, enable_keyboard_controls=True).add_timelines(layer).add_to(page)
    page.save(path)


def time_slider_choropleth(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a `TimeSliderChoropleth` of incidents by department and month."""
    page = folium.Map(CENTRE, zoom_start=6, tiles=None)  # its slider finds its regions as SVG only
    rows = _dated(frame)
    regions = made_up_regions()[["name", "geometry"]]
    counts = rows.groupby(["adm1", rows["first_day"].dt.strftime("%Y-%m")]).size()
    months = [str(month) for month in pd.period_range("1980-01", "2025-12", freq="M")]
    colours = linear.YlOrRd_09.scale(0, float(counts.max()))
    known = counts.to_dict()
    styles = {
        number: {
            str(int(pd.Timestamp(month).timestamp())): {"color": colours(known.get((name, month), 0)), "opacity": 0.7}
            for month in months
        }
        for number, name in enumerate(regions["name"])
    }
    plugins.TimeSliderChoropleth(regions.to_json(), styles).add_to(page)
    page.save(path)


def pydeck_page(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a pydeck page with all scripts inside, of points with the title on hover, without a base map."""
    import pydeck  # noqa: PLC0415 — only where it is installed

    points = [{"at": [lon, lat], "title": title} for lat, lon, title in _points(frame)]
    colour, radius = [179, 0, 0, 150], 3
    layer = pydeck.Layer(
        "ScatterplotLayer", points, get_position="at", get_fill_color=colour, radius_min_pixels=radius, pickable=True
    )
    view = pydeck.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=5)
    deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{title}"})
    deck.to_html(str(path), offline=True, open_browser=False, notebook_display=False)


def _map() -> folium.Map:
    """Return stock folium's map, without the tiles that it would fetch and with canvas where a layer can use it.

    Without tiles it has no deepest zoom, and clusters ask for one.
    """
    return folium.Map(CENTRE, zoom_start=6, tiles=None, prefer_canvas=True, maxZoom=18)


def _points(frame: gpd.GeoDataFrame) -> list[list[Any]]:
    rows = frame[~frame.geometry.isna()]
    columns = (rows.geometry.y.tolist(), rows.geometry.x.tolist(), rows["title"].tolist())
    return [list(row) for row in zip(*columns, strict=True)]


def _dated(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows with a day and a place: the others cannot be shown by these plugins."""
    return frame[frame["first_day"].notna() & ~frame.geometry.isna()]


def _feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}
