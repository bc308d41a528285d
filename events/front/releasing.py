"""`wy.release`: a publication in a folder of its own, which the same database gives again byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from willay.data.profiles import DEFAULT, as_profile
from willay.events.front.filters import moment_of, texts_of
from willay.events.front.showing import show_table
from willay.events.model.errors import RefusedError
from willay.events.release.build import make_release
from willay.events.release.plan import ReleasePlan
from willay.events.release.verification import verify_files, verify_rebuild
from willay.events.store.opened import utc_now
from willay.geo import check_name
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from willay.data.profiles import Profile
    from willay.events.front.database import Database
    from willay.events.front.filters import Day, Words
    from willay.events.front.words import Lang, Policy, ProfileName
    from willay.events.release.build import Release as MadeRelease
    from willay.events.store import Store

FORMATS: Final = ("geojson", "csv", "xlsx")
STATUSES: Final = ("published",)


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was made.

    Attributes:
        name: Its name, also that of its folder.
        folder: Where it is.
        files: Its files, by their names below the folder.
        incidents: How many incidents it holds.
        drawn: How many of them are on its map.
        digest: SHA-256 of its list of checksums: the one number that stands for all of it.
        as_of: The moment whose knowledge it freezes.
        profile: The disclosure profile.

    Example:
        >>> import willay as wy
        >>> with wy.create("ours.gpkg", country="PE", review="one-person", author="Ana") as db:
        ...     march = {"title": "March", "type": "protest", "days": 2021, "status": "published"}
        ...     code = db.add(**march, place=(-76.5, -12.0))
        ...     made = wy.release("ours-2021", db, by="Office", formats="csv")
        ...     made.incidents, made.drawn, made.verify()
        (1, 1, ())
    """

    name: str
    folder: Path
    files: tuple[str, ...] = field(repr=False)
    incidents: int
    drawn: int
    digest: str
    as_of: str
    profile: str
    _db: Database = field(repr=False, compare=False)

    def verify(self) -> tuple[str, ...]:
        """Return what differs from what was released, a line each: empty where nothing does.

        The files are compared with their checksums, and then with those that the database gives now.
        """
        return tuple(differences(self.folder, self._db.store))

    def _repr_html_(self) -> str:
        rows = [
            (tr("file"), str(self.folder)),
            (tr("recorded"), many(self.incidents, "incident")),
            (tr("disclosure profile"), self.profile),
            ("SHA-256", self.digest),
        ]
        return show_table(self.name, rows)


def release(
    name: str,
    db: Database,
    *,
    by: Words,
    folder: str | Path = ".",
    title: str | None = None,
    as_of: Day | None = None,
    profile: Profile | ProfileName | str = DEFAULT,
    status: Words = STATUSES,
    formats: Words = FORMATS,
    policy: Policy | str | None = None,
    lang: Lang | str | None = None,
) -> Release:
    """Write a release: data, map, codebook, terms, citation and checksums, in a new folder of its name.

    Args:
        name: Its name, such as `peru-2026-1`.
        db: The database.
        by: Who publishes it, one or several.
        folder: The folder in which that of the release is made.
        title: Its title, for citations; None is the name.
        as_of: The day (its end, UTC) or moment whose knowledge it freezes; None is now.
        profile: The disclosure profile.
        status: Of which statuses.
        formats: In which formats the data are, such as `geojson`.
        policy: The figure policy; None is that of the database.
        lang: The language of its texts; None is that of the database.

    Raises:
        FileNameError: The name cannot be that of a folder on every system.
        RefusedError: The folder is there, a format is not known, nothing is to be released, or rows may not be passed
            on.

    Example:
        >>> import willay as wy
        >>> with wy.create("ours.gpkg", country="PE", review="one-person", author="Ana") as db:
        ...     code = db.add(title="March", type="protest", days=2021, status="published")
        ...     wy.release("march", db, by=["Ana", "Beto"], formats="csv").folder.name
        'march'
    """
    moment = None if as_of is None else moment_of(as_of)
    plan, seen, done = made(
        db.store, name, Path(folder), now=utc_now(), by=texts_of(by), title=title,
        as_of=None if moment is None else moment.isoformat(), moment=moment, profile=profile,
        statuses=texts_of(status), formats=texts_of(formats), policy=policy, lang=lang or db.lang,
    )  # fmt: skip
    return Release(
        name, done.folder, done.files, done.incidents, done.drawn, done.digest, plan.as_of, str(seen), db
    )  # fmt: skip


def made(
    store: Store,
    name: str,
    into: Path,
    *,
    now: datetime,
    by: Sequence[str],
    title: str | None = None,
    as_of: str | None = None,
    moment: datetime | None = None,
    profile: Profile | str = DEFAULT,
    statuses: Sequence[str] = (),
    formats: Sequence[str] = (),
    policy: str | None = None,
    lang: str = "en",
) -> tuple[ReleasePlan, Profile, MadeRelease]:
    """Make a release, for the command `release make` and `wy.release` alike; raises as `release` does.

    Args:
        store: The database.
        name: The release's name.
        into: The folder in which its own is made.
        now: The present moment (aware).
        by: Who publishes it.
        title: Its title; None is the name.
        as_of: The day or moment whose knowledge it freezes, as it is to be stated; None is now, not the moment of the
            latest change: that may be one of a restricted incident, and when it was recorded is not for everybody.
        moment: The same as a moment (aware).
        profile: The disclosure profile.
        statuses: Of which statuses; without any, `published`.
        formats: In which formats; without any, GeoJSON, CSV and XLSX.
        policy: The figure policy; None is the database's own.
        lang: The language of its texts.
    """
    check_name(name, tr("a release"))
    seen = as_profile(profile)
    if seen is None:
        raise RefusedError(tr("A release needs a disclosure profile: public, partner, internal, or a .toml file."))
    plan = ReleasePlan(
        name=name, title=title or name, by=tuple(by), profile=seen.name,
        as_of=as_of or max(now, store.read.latest_moment()).isoformat(),
        statuses=tuple(statuses) or STATUSES, formats=tuple(formats) or FORMATS,
        policy=policy or store.policy, lang=lang, record=store.file.head(moment),
    )  # fmt: skip
    return plan, seen, make_release(store, plan, into / name, seen)


def differences(folder: Path, store: Store | None = None) -> list[str]:
    """Return what differs from what was released, a line each, for `release verify` and `Release.verify` alike.

    Args:
        folder: The folder of the release.
        store: A database, which must give the same files again; None compares the files with their checksums only.

    Raises:
        NotFoundError: It is not a release.
    """
    return verify_files(folder) or ([] if store is None else verify_rebuild(store, folder))
