"""Where a database is: a file, or the address of a server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from willay.geo.errors import FileNameError
from willay.geo.translation import tr

_ADDRESS: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):/+(?P<rest>.*)", re.DOTALL)
"""A scheme has two letters or more: C:/ is a drive. Paths have made one slash of several."""

_SERVERS: Final = ("postgres", "postgresql")


def place_of(target: str | Path) -> Path:
    """Return the file of a database, from its path or from an address such as sqlite:///folder/peru.gpkg.

    Raises:
        FileNameError: It is the address of a server; these are not supported yet.
    """
    found = _ADDRESS.fullmatch(str(target))
    scheme = found["scheme"].lower().partition("+")[0] if found else ""
    if scheme in _SERVERS:
        raise FileNameError(
            tr(
                "What begins with {scheme}:// is an address: that of a PostgreSQL server, which is not "
                "supported yet. Give the name of a file, such as peru.gpkg.",
                scheme=scheme,
            )
        )
    if found and scheme == "sqlite" and isinstance(target, str):
        absolute = str(target).partition(":")[2].startswith("////")
        return Path(f"/{found['rest']}" if absolute else found["rest"])
    return Path(target)
