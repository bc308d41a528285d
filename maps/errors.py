"""Errors of the pages.

MapsError
├── SpecError (ValueError): a page that cannot be made as asked for
├── TableError (ValueError): regions or a base map that lack what a page needs
└── ScriptError (ValueError): a script of the page that cannot be put together
"""

from __future__ import annotations


class MapsError(Exception):
    """Root of the errors that `willay.maps` raises on purpose."""


class SpecError(MapsError, ValueError):
    """A page that cannot be made as asked for; the message names the choices."""


class TableError(MapsError, ValueError):
    """A table of regions, or of the base map, that lacks what a page needs."""


class ScriptError(MapsError, ValueError):
    """A script of the page that imports what is not there, or a name that two scripts claim."""
