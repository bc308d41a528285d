"""Founding: a new database of a country or several, with the regions that are shipped for them."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from willay.data import region_sets
from willay.data.countries import countries_named, known_country
from willay.data.shipped_regions import has_regions
from willay.events.model.policy import DEFAULT_POLICY, check_policy
from willay.events.store import RegionSet, Store
from willay.events.store.read.shown import SECRET_BYTES
from willay.events.store.schema.ids import OFFICE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path


def create_database(
    path: Path,
    *,
    country: str | Sequence[str],
    policy: str | None,
    clock: Callable[[], datetime],
    seed: str | None = None,
) -> Store:
    """Make a database with the regions shipped for a country, or for several.

    Args:
        path: The file; it must not exist.
        country: ISO 3166-1 alpha-2, or a name; or several codes, of which the first is the database's: what is
            recorded in it is of this country where nothing else is said.
        policy: The figure policy to store with it; None takes the default.
        clock: The moment of its first revisions.
        seed: Where given, ids are derived from it instead of from chance, so that a build can be repeated.

    Raises:
        RefusedError: The file exists.
        DataError: There is no such country.
    """
    chosen = check_policy(policy or DEFAULT_POLICY)
    codes = countries_named(country) if isinstance(country, str) else tuple(map(known_country, country))
    sets = [
        RegionSet(name=s.name, frame=s.frame, attribution=s.attribution, licence=s.licence)
        for code in codes
        for s in (region_sets(code) if has_regions(code) else ())
    ]
    entropy = _Derived(seed) if seed else os.urandom
    office = hashlib.shake_256(f"office:{seed}".encode()).digest(OFFICE_BYTES) if seed else None
    secret = os.urandom(SECRET_BYTES)  # never what a seed tells: others have the same seed
    return Store.create(
        path,
        country=codes[0],
        policy=chosen,
        region_sets=sets,
        clock=clock,
        entropy=entropy,
        secret=secret,
        office=office,
    )


class _Derived:
    """Bytes that look random and are the same in every build: a hash over the seed and a counter."""

    def __init__(self, seed: str) -> None:
        self.seed, self.drawn = seed, 0

    def __call__(self, size: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.seed}:{self.drawn}".encode()).digest(size)
