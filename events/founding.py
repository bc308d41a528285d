"""Founding: a new database of a country or several, with the regions that are shipped or that country packs have."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from willay.data import region_sets
from willay.data.countries import countries_named, known_country
from willay.data.shipped_regions import has_regions
from willay.events.model.figure_policies import DEFAULT_POLICY, recordable
from willay.events.model.reasons import INSTALLED
from willay.events.store import RegionSet, Store
from willay.events.store.read.shown import SECRET_BYTES
from willay.events.store.record.review_rules import TWO_PEOPLE
from willay.events.store.record.revisions import INSTALLER
from willay.events.store.schema.ids import OFFICE_BYTES
from willay.geo.digests import file_digest
from willay.geo.writing import check_target

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from willay.data.country_packs.finding import PackFile
    from willay.events.store.record.review_rules import Rule
    from willay.events.store.results import Installed


def create_database(
    path: Path,
    *,
    country: str | Sequence[str],
    policy: str | None,
    clock: Callable[[], datetime],
    seed: str | None = None,
    packs: Sequence[PackFile] = (),
    review: Rule = TWO_PEOPLE,
) -> Store:
    """Make a database with the regions shipped for a country, or for several, or those of country packs.

    Args:
        path: The file; it must not exist.
        country: ISO 3166-1 alpha-2, or a name; or several codes, of which the first is the database's: what is
            recorded in it is of this country where nothing else is said.
        policy: The figure policy to store with it; None takes the default.
        clock: The moment of its first revisions.
        seed: Where given, ids are derived from it instead of from chance, so that a build can be repeated.
        packs: Country packs of these countries: their units are in the place of the shipped ones of the same sets.
        review: Whether a second person must approve what one wrote.

    Raises:
        RefusedError: The file exists.
        DataError: There is no such country.
    """
    chosen = recordable(policy or DEFAULT_POLICY)
    codes = countries_named(country) if isinstance(country, str) else tuple(map(known_country, country))
    own = {one.pack.facts.set_name(level.number) for one in packs for level in one.pack.facts.levels}
    sets = [
        RegionSet(name=s.name, frame=s.frame, attribution=s.attribution, licence=s.licence)
        for code in codes
        for s in (region_sets(code) if has_regions(code) else ())
        if s.name not in own
    ]
    entropy = _Derived(seed) if seed else os.urandom
    office = hashlib.shake_256(f"office:{seed}".encode()).digest(OFFICE_BYTES) if seed else None
    secret = os.urandom(SECRET_BYTES)  # never what a seed tells: others have the same seed
    store = Store.create(
        path,
        country=codes[0],
        policy=chosen,
        region_sets=sets,
        review=review,
        clock=clock,
        entropy=entropy,
        secret=secret,
        office=office,
    )
    try:
        for pack in packs:
            add_pack(store, pack, author=INSTALLER, reason=INSTALLED)
    except BaseException:
        store.close()
        store.path.unlink(missing_ok=True)
        raise
    return store


def add_pack(
    store: Store,
    pack: PackFile,
    *,
    author: str,
    reason: str = "",
    since: date | None = None,
    replace: bool = False,
) -> tuple[Installed, Path]:
    """Add a country pack to a database, and put its file next to the database, which places are read from.

    Args:
        store: The database.
        pack: The pack.
        author: Who adds it.
        reason: Why; "" says from which file.
        since: As for `Store.regions.add_country`.
        replace: Whether another pack of the country may be replaced, in the database and next to it.

    Returns:
        What was added, and where the file is.

    Raises:
        RefusedError: There is no author, or another pack of the country and `replace` is not set.
        FileInTheWayError: Another file of its name is next to the database, and `replace` is not set.
    """
    beside = store.path.parent / pack.name
    check_target(beside, force=replace or (beside.is_file() and file_digest(beside) == pack.sha256))
    done = store.regions.add_country(
        pack.pack, file=pack.name, sha256=pack.sha256, author=author, reason=reason, since=since, replace=replace
    )
    pack.place(beside, replace=replace)
    return done, beside


class _Derived:
    """Bytes that look random and are the same in every build: a hash over the seed and a counter."""

    def __init__(self, seed: str) -> None:
        self.seed, self.drawn = seed, 0

    def __call__(self, size: int) -> bytes:
        self.drawn += 1
        return hashlib.shake_256(f"{self.seed}:{self.drawn}".encode()).digest(size)
