"""Finding the one layer to read in a GIS file, a folder or a zip archive, before anything is read."""

from __future__ import annotations

import difflib
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS
from pyproj.exceptions import CRSError

from willay.geo.archives import check_archive
from willay.geo.errors import GeoFileReadError, LayerError, MissingCRSError, MissingFileError, shown
from willay.geo.inputs import input_file
from willay.geo.translation import tr

_GIS_SUFFIXES: Final = frozenset(
    {
        ".shp",
        ".gpkg",
        ".geojson",
        ".json",
        ".topojson",
        ".kml",
        ".gml",
        ".tab",
        ".mif",
        ".fgb",
        ".gpx",
        ".dxf",
    }
)

# OGR knows these files by how they begin, whatever they are called.
_POINTERS: Final = (
    b"<OGRVRTDataSource",
    b"<OGRWFSDataSource",
    b"WFS_Capabilities",
    b"<OGRCSWDataSource",
    b"gdal_streamed_alg",
)
_SNIFFED_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class LayerSource:
    """One layer of one file, as OGR opens it.

    Attributes:
        shown_path: The path as it was given, for messages.
        ogr_path: The path as OGR takes it, which may lead into an archive.
        layer: The layer's name.
        crs: The reference system that the file states, or None.
    """

    shown_path: str
    ogr_path: str
    layer: str
    crs: str | None

    def crs_to_read(self, stated: str | None) -> CRS:
        """The file's CRS, or the stated one if the file has none.

        Raises:
            MissingCRSError: Neither the file nor the caller says, or what is given is not a CRS.
        """
        text = self.crs or stated
        if text is None:
            raise MissingCRSError(
                tr(
                    "{shown_path}: layer {layer} does not state the CRS of its coordinates. Specify the CRS: EPSG:4326 "
                    "for longitude and latitude, EPSG:32718 for UTM zone 18 south; ask the author of the file. (A "
                    "shapefile lacks a CRS when its .prj was not copied along.)",
                    shown_path=self.shown_path,
                    layer=shown(self.layer),
                )
            )
        try:
            return CRS.from_user_input(text)
        except CRSError as problem:
            raise MissingCRSError(
                tr(
                    "{shown_path}: expected a CRS such as EPSG:4326; {text} is unknown to PROJ.",
                    shown_path=self.shown_path,
                    text=shown(text),
                )
            ) from problem


def layer_names(path: str | Path) -> tuple[str, ...]:
    """The names of the layers with geometry in a GIS file, in the file's order.

    Raises:
        GeoFileReadError: The file is missing or is not a GIS file; ArchiveError if it is an unsafe archive.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import layer_names
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> frame.to_file("bridges.gpkg", layer="bridges")
        >>> layer_names("bridges.gpkg")
        ('bridges',)
    """
    return _spatial_layers(path, _ogr_path(Path(path)))


def find_layer(path: str | Path, layer: str | None = None) -> LayerSource:
    """Find the layer to read.

    Args:
        path: A file or folder that OGR reads; a zip archive is checked first and looked into.
        layer: Its name; None means the only one there is.

    Raises:
        GeoFileReadError: The file is missing or is not a GIS file; ArchiveError if it is an unsafe archive.
        LayerError: There is no layer, not this one, or there are several to choose from.
    """
    ogr_path = _ogr_path(Path(path))
    names = _spatial_layers(path, ogr_path)
    chosen = _choose(path, names, layer)
    info = _asked(path, pyogrio.read_info, ogr_path, layer=chosen)
    return LayerSource(str(path), ogr_path, chosen, info["crs"])


def layer_metadata(path: str | Path, layer: str | None = None) -> dict[str, str]:
    """What a layer states about itself, by key, as GDAL's metadata of the layer; empty where it says nothing.

    Raises:
        GeoFileReadError, LayerError: As `find_layer`.
    """
    source = find_layer(path, layer)
    info = _asked(path, pyogrio.read_info, source.ogr_path, layer=source.layer)
    return {str(name): str(value) for name, value in (info["layer_metadata"] or {}).items()}


def _choose(path: str | Path, names: tuple[str, ...], layer: str | None) -> str:
    listed = ", ".join(names)
    if not names:
        raise LayerError(tr("{path}: the file has no layer with geometry. Check the file.", path=path), names)
    if layer is None and len(names) > 1:
        raise LayerError(
            tr(
                "{path}: there are {n} layers; specify which to read: {listed}.", path=path, n=len(names), listed=listed
            ),
            names,
        )
    if layer is not None and layer not in names:
        near = difflib.get_close_matches(layer, names, n=1)
        hint = " " + tr("Did you mean {near!r}?", near=near[0]) if near else ""
        raise LayerError(
            tr(
                "{path}: unknown layer {layer}.{hint} Layers of the file: {listed}.",
                path=path,
                layer=shown(layer),
                hint=hint,
                listed=listed,
            ),
            names,
        )
    return layer or names[0]


def _spatial_layers(path: str | Path, ogr_path: str) -> tuple[str, ...]:
    rows = _asked(path, pyogrio.list_layers, ogr_path)
    return tuple(str(name) for name, geometry_type in rows if geometry_type is not None)


def _asked(path: str | Path, question: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  (pyogrio has no types)
    """What pyogrio answers, its errors made ours and its warnings (heard again on reading) left out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return question(*args, **options)
    except (DataSourceError, DataLayerError, UnicodeDecodeError, RuntimeError) as problem:
        raise GeoFileReadError(
            tr(
                "{path}: expected a GIS file (GeoPackage, GeoJSON, shapefile, KML …); it cannot be read "
                "({problem}). Check that the file is complete, and that it is the right file.",
                path=path,
                problem=str(problem)[:200],
            )
        ) from problem


def _ogr_path(path: Path) -> str:
    if not path.exists():
        raise MissingFileError(tr("{path}: the file does not exist. Check the name and the folder.", path=path))
    if input_file(path, folder=True).is_dir():
        return str(path.absolute())
    if not zipfile.is_zipfile(path):
        _require_self_contained(path)
        return str(path.absolute())
    members = check_archive(path)
    if path.suffix.lower() not in {".zip", ".kmz"}:  # .xlsx and its like are read as they are
        return str(path.absolute())
    inside = _inside(path, members)
    return f"/vsizip/{path.absolute()}" + (f"/{inside}" if inside else "")


def _inside(path: Path, members: tuple[str, ...]) -> str:
    """The file in the archive to open, or the folder if there are several shapefiles in one."""
    found = _gis_members(members)
    folders = {str(PurePosixPath(name).parent) for name in found}
    if len(found) == 1:
        if found[0] in members:  # a .gdb is a folder
            _require_self_contained(path, found[0])
        return found[0]
    if found and len(folders) == 1 and all(name.lower().endswith(".shp") for name in found):
        return folders.pop().removeprefix(".")
    names = tuple(found or members)
    told = {"path": path, "names": ", ".join(names)[:200]}
    if found:
        raise LayerError(
            tr(
                "{path}: there are several GIS files in this archive ({names}). Unpack it and give the one to read.",
                **told,
            ),
            names,
        )
    raise LayerError(
        tr("{path}: there is no GIS file in this archive ({names}). Unpack it and give the file to read.", **told),
        names,
    )


def _require_self_contained(path: Path, member: str | None = None) -> None:
    """Refuse what OGR would follow to other files or to the network."""
    try:
        start = _start(path, member)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError) as problem:  # RuntimeError: a password
        raise GeoFileReadError(
            tr(
                "{path}: cannot be read ({problem}). Check that the file is complete and that you have permission to "
                "read it.",
                path=path,
                problem=problem,
            )
        ) from problem
    for marker in _POINTERS:
        if marker in start:
            raise GeoFileReadError(
                tr(
                    "{path}: expected a file that contains the data; this one refers to other files ({marker}). "
                    "Export the layer to a GeoPackage and read that.",
                    path=path,
                    marker=marker.decode(),
                )
            )


def _start(path: Path, member: str | None) -> bytes:
    if member is None:
        with path.open("rb") as file:
            return file.read(_SNIFFED_BYTES)
    with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
        return packed.read(_SNIFFED_BYTES)


def _gis_members(members: tuple[str, ...]) -> list[str]:
    databases = {name[: name.lower().index(".gdb/") + 4] for name in members if ".gdb/" in name.lower()}
    files = [name for name in members if PurePosixPath(name).suffix.lower() in _GIS_SUFFIXES]
    loose = [name for name in files if not any(name.startswith(f"{database}/") for database in databases)]
    loose = [name for name in loose if "__MACOSX" not in name]
    telling = [name for name in loose if not name.lower().endswith(".json")]  # .json may be a description
    return sorted(databases) + (telling or ([] if databases else loose))
