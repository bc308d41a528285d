"""The root of all errors that willay raises on purpose."""

from __future__ import annotations


class Error(Exception):
    """Root of all errors of willay; below it are the roots of its packages.

    ```
    Error
    ├── GeoError: coordinates, geometry and files (`willay.geo.errors`)
    ├── DataError: what willay ships (`willay.data.errors`)
    ├── EventsError: the record and what is asked of it (`willay.events.model.errors`)
    └── MapsError: pages and pictures (`willay.maps.errors`)
    ```

    Example:
        >>> import willay as wy
        >>> try:
        ...     wy.Query(regoin="vrae")
        ... except wy.Error as error:
        ...     print(error)
        Unknown filter 'regoin'. Did you mean 'region'?
    """
