"""`wy.Database`: what can be asked of a database in the words of the command line; `writing` has the other half."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, Unpack

from willay.data.profiles import DEFAULT, as_profile
from willay.events.front import claims, figures, registers
from willay.events.front.disclosure import warn_of_disclosure
from willay.events.front.incident import Incident, incident_of, incidents_of
from willay.events.front.selecting import combined, profile_asked, selected
from willay.events.front.showing import show_table
from willay.events.front.writing import Writing
from willay.events.model.errors import NotFoundError
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    import geopandas as gpd
    import pandas as pd

    from willay.data.profiles import Profile
    from willay.events.frame.query import IncidentQuery
    from willay.events.front.filters import Day, Filters
    from willay.events.front.query import Query
    from willay.events.front.words import Lang, Measure, PolicyLike, ProfileLike
    from willay.events.store import Store

_KEYS: Final = 2_000
"""How many codes an editor is offered for `db["…`."""


class Database(Writing):
    """A database of incidents: ask it with the words of the command line; frames and frozen values come back.

    Open one with `wy.open`, make one with `wy.create`; close it, or use it in a `with` block. Everything that is asked
    is shown as its disclosure profile allows, `public` if no other is named; `profile=None` is the record itself.

    `len(db)`, `code in db`, `db[code]` and `for incident in db` are about the incidents that hold now and that the
    profile shows; `db[code]` finds those of any status.

    Attributes:
        store: The library's own store, for all that is not here: `store.read`, `store.write`, `store.review`, ….
        author: Who makes changes, if none is named with them.
        profile: The disclosure profile of what is asked; None is the record itself.
        lang: The language of titles and names.

    Example:
        >>> import willay as wy
        >>> with wy.create("nowhere.gpkg", country="PE", review="one-person", author="Ana") as db:
        ...     code = db.add(title="March", type="protest", status="published", days="2021")
        ...     len(db), code in db, db[code].title, [incident.code for incident in db]
        (1, True, 'March', ['PE-2021-0001'])
    """

    def __init__(
        self,
        store: Store,
        *,
        author: str | None = None,
        profile: Profile | str | None = DEFAULT,
        lang: Lang | str = "en",
    ) -> None:
        self.store, self.author, self.profile, self.lang = store, author, as_profile(profile), lang

    def __enter__(self) -> Self:
        """Return the database itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, and leave it alone, without journals next to it; closing twice does nothing."""
        self.store.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self.store.path

    @property
    def country(self) -> str:
        """The country it is about, ISO 3166-1 alpha-2."""
        return self.store.country

    @property
    def policy(self) -> str:
        """The figure policy of the database."""
        return self.store.policy

    def select(
        self,
        query: Query | IncidentQuery | None = None,
        *,
        policy: PolicyLike | None = None,
        profile: ProfileLike = ...,
        lang: Lang | str | None = None,
        details: bool = True,
        **filters: Unpack[Filters],
    ) -> gpd.GeoDataFrame:
        """Return the incidents that answer a question, as an incident frame.

        Warns with `DisclosureWarning` where the profile left incidents out, and where sensitive ones are shown as they
        are recorded (`profile=None`).

        Args:
            query: A question made before; filters narrow it.
            policy: The figure policy; None is the database's own.
            profile: The disclosure profile; None is the record itself.
            lang: The language of titles and names.
            details: Whether to fill the column `details`, the most costly one, from which pages make their cards.
            **filters: Which incidents; see `wy.Query`.

        Returns:
            A GeoDataFrame (EPSG:4326) in order of first day, undated last, and code; a row for each incident, at its
            primary place. The columns are those of `willay.events.frame.columns`, and `frame_origin`.

        Raises:
            QueryError: A filter is unknown or cannot be read, or there is no such policy.
            NotFoundError: A filter names something that the database does not have.
        """
        asked = combined(query, dict(filters))
        seen, words = self._seen(profile), lang or self.lang
        frame = selected(self.store, asked, policy=policy, profile=seen, lang=words, details=details)
        warn_of_disclosure(frame.attrs, frame["sensitivity"], stacklevel=2)
        return frame

    def incident(
        self,
        code: str,
        *,
        as_of: Day | None = None,
        policy: PolicyLike | None = None,
        profile: ProfileLike = ...,
        lang: Lang | str | None = None,
    ) -> Incident:
        """Return one incident, of any status; `db[code]` is short for this.

        Args:
            code: Its code or key.
            as_of: As known at this moment, or at the end of this day (UTC).
            policy: The figure policy; None is the database's own.
            profile: The disclosure profile; None is the record itself.
            lang: The language of its texts.

        Raises:
            NotFoundError: There is none, or was none then, or the profile does not show it.
        """
        return incident_of(self, code, as_of=as_of, policy=policy, profile=self._seen(profile), lang=lang or self.lang)

    def claims(
        self,
        query: Query | IncidentQuery | None = None,
        *,
        measure: Measure | str | None = None,
        profile: ProfileLike = ...,
        lang: Lang | str | None = None,
        **filters: Unpack[Filters],
    ) -> pd.DataFrame:
        """Return who says what of the incidents that answer a question: a row for each claim.

        Args:
            query: A question made before; filters narrow it.
            measure: Only claims of this measure.
            profile: The disclosure profile; None is the record itself.
            lang: The language of titles and notes.
            **filters: Which incidents; see `wy.Query`.

        Returns:
            The columns of `Incident.claims`, after `code`, `title` and `first_day` of the incident.

        Raises as `select` does.
        """
        asked = combined(query, dict(filters))
        table, origin, levels = claims.claims_of(
            self.store, asked, measure=measure, profile=self._seen(profile), lang=lang or self.lang
        )
        warn_of_disclosure(origin, levels, stacklevel=2)
        return table

    def figures(
        self,
        measure: Measure | str | Sequence[str] = "killed",
        *,
        by: str | gpd.GeoDataFrame | None = None,
        policy: PolicyLike | Sequence[PolicyLike] | None = None,
        query: Query | IncidentQuery | None = None,
        profile: ProfileLike = ...,
        lang: Lang | str | None = None,
        **filters: Unpack[Filters],
    ) -> gpd.GeoDataFrame:
        """Return sums of a figure by region, for one figure policy or several.

        Args:
            measure: A measure, or several.
            by: A region set, such as `ke-adm1`; the word for its units, such as `province`; or a frame of regions as
                `regions` returns it. None takes the country's first-level units.
            policy: A figure policy, or several; None is the database's own.
            query: A question made before; filters narrow it.
            profile: The disclosure profile; None is the record itself.
            lang: The language of names.
            **filters: Which incidents; see `wy.Query`.

        Returns:
            A GeoDataFrame (EPSG:4326), a row for each policy, measure and region, in that order: `policy`, `measure`,
            `set`, `key`, `name`, `admin_code`, `incidents` (how many the region holds, parts not counted), `low`,
            `best`, `high` (missing: no figure is known; a missing `high` next to a `low`: no upper end), `known`,
            `open`, `unknown` (incidents with a figure, with one without upper end, and without one), `people`,
            `per_100k`, `guard` (why the rate says little), `geometry`.

        Raises:
            NotFoundError: There is no such region set.
            QueryError: As for `select`.
        """
        asked, words, seen = combined(query, dict(filters)), lang or self.lang, self._seen(profile)
        regions = by if hasattr(by, "geometry") else figures.regions_named(self.store, by, words, seen)
        table, origin, levels = figures.figures_of(
            self.store, asked, regions, measures=measure, policies=policy, profile=seen, lang=words
        )
        warn_of_disclosure(origin, levels, stacklevel=2)
        return table

    def regions(
        self,
        set: str | None = None,  # noqa: A002 — the word of the command line and of the column
        *,
        on: Day | None = None,
        as_of: Day | None = None,
        lang: Lang | str | None = None,
    ) -> gpd.GeoDataFrame:
        """Return the regions of the database, version by version.

        Args:
            set: Only those of this set, such as `ke-adm1`, or of the units of this word, such as `province`.
            on: Only those valid on this day.
            as_of: As known at this moment, or at the end of this day (UTC).
            lang: The language of names.

        Returns:
            A GeoDataFrame (EPSG:4326) with `set`, `key`, `name`, `valid_from` (inclusive), `valid_until` (exclusive)
            and what else is known of each.

        Raises:
            NotFoundError: There is no such set.
        """
        return figures.regions_of(self.store, set, on=on, as_of=as_of, lang=lang or self.lang, profile=self.profile)

    def sources(self, *, as_of: Day | None = None) -> pd.DataFrame:
        """Return the sources that shown incidents cite, by key: kind, publisher, title, published_on, url, ….

        Args:
            as_of: As known at this moment, or at the end of this day (UTC).
        """
        return registers.register(self.store, "source", as_of=as_of, profile=self.profile, lang=self.lang)

    def actors(self, *, as_of: Day | None = None) -> pd.DataFrame:
        """Return the actors that shown incidents name, by key: name, kind, part_of, aliases, …; as for `sources`."""
        return registers.register(self.store, "actor", as_of=as_of, profile=self.profile, lang=self.lang)

    def cases(self, *, as_of: Day | None = None) -> pd.DataFrame:
        """Return the cases that shown incidents belong to, by key: title, type, state, …; as for `sources`."""
        return registers.register(self.store, "case", as_of=as_of, profile=self.profile, lang=self.lang)

    def datasets(self) -> pd.DataFrame:
        """Return the datasets that incidents come from: name, version, licence, attribution, may_publish."""
        return self.store.registers.datasets(self.profile)

    def terms(self) -> pd.DataFrame:
        """Return the terms that the database knows besides willay's vocabulary: kind, name, parent."""
        return registers.own_terms(self.store)

    def __len__(self) -> int:
        """Return how many incidents hold now and are shown: the rows of `select()`."""
        return self.store.read.first(None, 1, profile=self.profile)[1]

    def __bool__(self) -> bool:
        """A database is true, also where nothing is in it."""
        return True

    def __contains__(self, code: object) -> bool:
        """Return whether there is an incident with this code or key, of any status, that the profile shows."""
        if not isinstance(code, str):
            return False
        try:
            self.incident(code)
        except NotFoundError:
            return False
        return True

    def __getitem__(self, code: str) -> Incident:
        """Return the incident with a code or key; raises as `incident` does."""
        return self.incident(code)

    def __iter__(self) -> Iterator[Incident]:
        """Yield the incidents of `select()` in their order, some hundred read at a time."""
        return incidents_of(self, profile=self.profile, lang=self.lang)

    def __repr__(self) -> str:
        rules = f"{self.country}, {self.policy}, {self._profiled}"
        return f"<willay.Database {self.path.name!r}: {self._counted}; {rules}>"

    def _repr_html_(self) -> str:
        rows = [
            (tr("recorded"), self._counted),
            (tr("country"), self.country),
            (tr("figure policy"), self.policy),
            (tr("disclosure profile"), self._profiled),
            (tr("file"), str(self.path)),
        ]
        return show_table(self.path.name, rows)

    def _ipython_key_completions_(self) -> list[str]:
        cells, _ = self.store.read.first(None, _KEYS, profile=self.profile)
        return [str(name) for name in (*cells.of("key"), *cells.of("code")) if name]

    @property
    def _counted(self) -> str:
        counts = self.store.read.count()
        return ", ".join(many(counts[noun], noun) for noun in ("incident", "claim", "source"))

    @property
    def _profiled(self) -> str:
        return tr("the record itself") if self.profile is None else str(self.profile)

    def _seen(self, profile: ProfileLike) -> Profile | None:
        return profile_asked(profile, self.profile)
