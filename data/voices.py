"""Names of bodies that documents quote under several names, such as an ombudsman's office in two languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def names_of_bodies() -> Mapping[str, tuple[str, ...]]:
    """Return all names of each body, folded (`str.casefold`) and in their order, by each of its folded names.

    The list is `data/voices/bodies.toml`. No name is that of two bodies.
    """
    listed = tomllib.loads(files(__package__).joinpath("voices", "bodies.toml").read_text("utf-8"))["body"]
    found: dict[str, tuple[str, ...]] = {}
    for body in listed:
        names = tuple(name.casefold() for name in body["names"])
        found |= dict.fromkeys(names, names)
    return MappingProxyType(found)
