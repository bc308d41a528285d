"""Incidents as files for GIS programs: KML, GeoPackage, FlatGeobuf, Shapefile and GeoParquet.

Geometry is that of the primary place, EPSG:4326, longitude first, 7 decimals; none where an incident is unplaced. The
attributes are the flat columns of the frame. A module is loaded when its format is first written.
"""

from __future__ import annotations
