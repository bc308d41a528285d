"""How QGIS is to draw incidents: a style (QML) with a colour for each type, as a table that QGIS looks for.

QGIS takes the default style of a layer from the table `layer_styles` of the same GeoPackage. The style is one for
points; QGIS leaves it aside for areas, whose look it chooses itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

import pyarrow as pa

from willay.data.codebook import codebook
from willay.events.exchange.outgoing.gis.colours import OTHER, type_colours

VERSION: Final = "3.28"
"""The QGIS version of these styles; later versions can read them."""

_POINTS: Final = "0"  # QGIS's number for them
_WRITTEN_AT: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed day, so that the same incidents give the same bytes
_LOOK: Final = {"name": "circle", "size": "3", "size_unit": "MM", "outline_color": "255,255,255,255"}


def style(lang: str) -> str:
    """Return the style as QML, labels in a language; a type that the codebook lacks looks like "other"."""
    root = ET.Element("qgis", version=VERSION, styleCategories="Symbology")
    renderer = ET.SubElement(root, "renderer-v2", type="categorizedSymbol", attr="type", symbollevels="0")
    categories, symbols = ET.SubElement(renderer, "categories"), ET.SubElement(renderer, "symbols")
    colours = type_colours()
    looks = [(term.code, term.label(lang), colours[term.code]) for term in codebook().types]
    for number, (value, label, colour) in enumerate([*looks, ("", "", colours[OTHER])]):  # "" is any other value
        name = str(number)
        ET.SubElement(categories, "category", symbol=name, value=value, label=label, render="true", type="string")
        symbol = ET.SubElement(symbols, "symbol", name=name, type="marker", alpha="1")
        marker = ET.SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1"})
        look = ET.SubElement(marker, "Option", type="Map")
        for key, said in {"color": _rgba(colour), **_LOOK}.items():
            ET.SubElement(look, "Option", type="QString", name=key, value=said)
    ET.SubElement(root, "layerGeometryType").text = _POINTS
    ET.indent(root)
    return ET.tostring(root, encoding="unicode")


def style_table(layer: str, geometry: str, lang: str) -> pa.Table:
    """Return the table `layer_styles`, with the style of one layer as its default.

    Args:
        layer: The layer's name.
        geometry: The name of its column of geometries.
        lang: The language of the labels.
    """
    row = {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": geometry,
        "styleName": "willay",
        "styleQML": style(lang),
        "styleSLD": "",
        "useAsDefault": True,
        "description": "Incidents by type",
        "owner": "",
        "ui": None,
        "update_time": _WRITTEN_AT,
    }
    types = {"useAsDefault": pa.bool_(), "update_time": pa.timestamp("ms", tz="UTC")}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in row])
    return pa.Table.from_pylist([row], schema=schema)


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
