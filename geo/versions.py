"""The versions of the libraries under the libraries: GDAL, PROJ and GEOS."""

from __future__ import annotations

import fiona
import pyogrio
import pyproj
import shapely


def library_versions() -> dict[str, str]:
    """Return the versions of GDAL, once for each library that brings its own, and of PROJ and GEOS.

    Example:
        >>> from willay.geo.versions import library_versions
        >>> [*library_versions()]
        ['GDAL (fiona)', 'GDAL (pyogrio)', 'PROJ', 'GEOS']
    """
    return {
        "GDAL (fiona)": str(fiona.__gdal_version__),
        "GDAL (pyogrio)": str(pyogrio.__gdal_version_string__),
        "PROJ": str(pyproj.proj_version_str),
        "GEOS": str(shapely.geos_version_string),
    }
