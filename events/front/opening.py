"""`wy.open` and `wy.create`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from willay.data.profiles import DEFAULT
from willay.events.founding import create_database
from willay.events.front.database import Database
from willay.events.model.errors import NotFoundError
from willay.events.store import Store
from willay.events.store.dialects.address import place_of
from willay.events.store.opened import utc_now
from willay.events.store.record.review_rules import TWO_PEOPLE
from willay.geo.inputs import named
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.data.profiles import Profile
    from willay.events.front.words import Lang, Policy
    from willay.events.store.record.review_rules import Rule


def open(  # noqa: A001 — `wy.open`
    path: str | Path,
    *,
    author: str | None = None,
    profile: Profile | str | None = DEFAULT,
    lang: Lang | str | None = None,
) -> Database:
    """Open a database; only a change writes to the file.

    Args:
        path: The file.
        author: Who makes changes, if none is named with them.
        profile: The disclosure profile of what is asked: `public`, `partner`, `internal`, a .toml file; None is the
            record itself, with all that is confidential in it.
        lang: The language of titles and names; None is that of messages, English unless another was set.

    Raises:
        NotFoundError: There is no such file.
        DatabaseError: It is not a willay database, or a newer willay made it.

    Example:
        >>> import willay as wy
        >>> wy.create("nowhere.gpkg", country="KE").close()
        >>> with wy.open("nowhere.gpkg") as db:
        ...     db
        <willay.Database 'nowhere.gpkg': 0 incidents, 0 claims, 0 sources; KE, ranked-source, public (version 2)>
    """
    place = place_of(path)
    if not place.exists():
        raise NotFoundError(
            tr("The database {db} does not exist. Create it: wy.create({db}, country=…).", db=named(place))
        )
    return Database(Store.open(place), author=author, profile=profile, lang=lang or language())


def create(
    path: str | Path,
    *,
    country: str | Sequence[str],
    author: str | None = None,
    policy: Policy | str | None = None,
    review: Rule = TWO_PEOPLE,
    profile: Profile | str | None = DEFAULT,
    lang: Lang | str | None = None,
) -> Database:
    """Make a database in a new file, with the regions that are shipped for its country.

    Args:
        path: The file; it must not exist.
        country: ISO 3166-1 alpha-2, or a name; or several codes, of which the first is the database's: what is recorded
            in it is of this country where nothing else is said.
        author: Who makes changes, if none is named with them.
        policy: The figure policy of the database; None is `ranked-source`.
        review: `two-people`: a second person must approve what one wrote; or `one-person`.
        profile: As for `open`.
        lang: As for `open`.

    Raises:
        RefusedError: The file exists.
        UnknownTermError: There is no such country.
        QueryError: There is no such policy.

    Example:
        >>> import willay as wy
        >>> with wy.create("kenya.gpkg", country="Kenya", author="Ana") as db:
        ...     db.country, len(db), len(db.regions())
        ('KE', 0, 8)
    """
    store = create_database(Path(path), country=country, policy=policy, clock=utc_now, review=review)
    return Database(store, author=author, profile=profile, lang=lang or language())
