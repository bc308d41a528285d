"""Reading any GIS file that OGR knows, as EPSG:4326.

`read_layer` reads a whole layer as a frame (pyogrio), `iter_features` one feature at a time in constant
memory (fiona). Both look into a zip file before they open it, and neither guesses a CRS.
"""

from __future__ import annotations

import difflib
import os
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
import pyogrio
import pyproj
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from willay.geo.archives import check_archive
from willay.geo.errors import (
    CoordinateError,
    GeoFileReadError,
    GeometryTypeError,
    LayerError,
    MissingCRSError,
    shown,
)
from willay.geo.features import Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

GeometryKind = Literal["point", "line", "polygon"]
_KIND_DIMENSIONS: Final = {"point": 0, "line": 1, "polygon": 2}
_ROWS_NAMED = 5
