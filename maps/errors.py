"""Errors of the pages.

MapsError
├── SpecError (ValueError): a page that cannot be made as asked for
├── TableError (ValueError): regions or a base map that lack what a page needs
├── PrintError (RuntimeError): a document that no browser prints
└── ScriptError (ValueError): a script of the page that cannot be put together
"""

from __future__ import annotations

from willay.geo.roots import Error


class MapsError(Error):
    """Root of the errors that `willay.maps` raises on purpose.

    Example:
        >>> from willay.maps import MapsError, PageSpec
        >>> try:
        ...     PageSpec(kind="globe")
        ... except MapsError as error:
        ...     print(type(error).__name__)
        SpecError
    """


class SpecError(MapsError, ValueError):
    """A page that cannot be made as asked for; the message names the choices.

    Example:
        >>> from willay.maps import PageSpec
        >>> PageSpec(kind="globe")
        Traceback (most recent call last):
            ...
        willay.maps.errors.SpecError: kind is 'globe'. Choose one of: choropleth, timeline, atlas.
    """


class TableError(MapsError, ValueError):
    """A table of regions, or of the base map, that lacks what a page needs.

    Example:
        >>> import geopandas, shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import PageSpec, TableError, render
        >>> places = geopandas.GeoDataFrame({"name": ["West"]}, geometry=[shapely.box(-77, -13, -76, -11)], crs=4326)
        >>> marches = make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(-76.5, -12)])
        >>> try:
        ...     render(marches, PageSpec(kind="choropleth"), places)
        ... except TableError as error:
        ...     "set" in str(error)
        True
    """


class ScriptError(MapsError, ValueError):
    """A script of the page that imports what is not there, or a name that two scripts claim.

    Example:
        >>> from willay.maps import MapsError, ScriptError
        >>> issubclass(ScriptError, MapsError)
        True
    """


class PrintError(MapsError, RuntimeError):
    """A document could not be printed; the message states what to do.

    Example:
        >>> from willay.maps import MapsError, PrintError
        >>> issubclass(PrintError, MapsError)
        True
    """
