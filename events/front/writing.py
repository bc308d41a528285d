"""The writing half of `wy.Database`: incidents are added and changed, with an author and a reason."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Unpack

from willay.events.front import changing
from willay.events.front.authors import named_author
from willay.events.front.entering import NewIncident, read_incident
from willay.events.front.imported import import_into
from willay.events.front.own_terms import add_term
from willay.events.front.previewing import preview_of
from willay.events.front.regions import add_areas
from willay.events.front.reviewing import assigned, stepped
from willay.events.model.errors import EventsWarning
from willay.events.model.reasons import ADDED, recorded_reason
from willay.events.store.opened import utc_now

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from willay.events.front.entering import IncidentFields
    from willay.events.front.imported import ImportReport, Mapped, ReadAs
    from willay.events.front.previewing import Preview
    from willay.events.front.reviewing import Chosen
    from willay.events.front.stating import Claim
    from willay.events.store import Revised, Store


class Writing:
    """What a database is given; `wy.Database` has it, and is described there.

    Attributes:
        store: The library's own store.
        author: Who makes changes, if none is named with them.
        lang: The language of titles and names.
    """

    store: Store
    author: str | None
    lang: str

    def add(self, *, author: str | None = None, reason: str | None = None, **fields: Unpack[NewIncident]) -> str:
        """Add an incident, with the sources that it is the first to cite, and return its code.

        Nothing is asked and no likely duplicate is looked for: see `preview`.

        Args:
            author: Who adds it; None is that of the database.
            reason: Why, or from where.
            **fields: See `IncidentFields` and `NewIncident`; a title and a type are needed.

        Raises:
            DraftError: A field is unknown or cannot be read, or the incident does not fit the database; every fault
                is listed.
            RefusedError: There is no author.
            DataError, GeoError: A place cannot be found, or is ambiguous; its coordinates cannot be read.

        Example:
            >>> import willay as wy
            >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
            ...     code = db.add(
            ...         title="Bloqueo", type="road-block", days="2012-05-28", place="Espinar, Cusco",
            ...         claims=[wy.claim("injured", 3, source="https://example.org/nota")],
            ...     )
            ...     db[code].figure("injured").best
            3
        """
        bundle = read_incident(self.store, dict(fields), utc_now().astimezone().date())
        why = reason or recorded_reason(ADDED)
        return self.store.write.add(bundle, author=self._who(author), reason=why).codes[0]

    def preview(self, **fields: Unpack[NewIncident]) -> Preview:
        """Return what `add` would make of the same words: places, regions, faults, likely duplicates.

        Nothing is recorded. Raises as `add` does where a value cannot be read.
        """
        bundle = read_incident(self.store, dict(fields), utc_now().astimezone().date())
        seen = self.store.write.preview(bundle.incidents[0], bundle.sources)
        return preview_of(bundle, seen, self.__contains__, self.lang)

    def changes(self, *, reason: str, author: str | None = None) -> changing.Changes:
        """Return what collects changes in a `with` block, and makes them at its end: all of them, or none.

        Args:
            reason: Why.
            author: Who makes them; None is that of the database.

        Raises:
            RefusedError: There is no author or reason.
        """
        return changing.Changes(self.store, author or self.author, reason)

    def edit(self, code: str, *, reason: str, author: str | None = None, **fields: Unpack[IncidentFields]) -> Revised:
        """Change fields of one incident; `changes` changes several, or fields and claims, at once.

        Args:
            code: Its code or key.
            reason: Why.
            author: Who changes it; None is that of the database.
            **fields: See `IncidentFields`; None takes a value away.

        Raises as `Changes.edit` and the end of its block do.
        """
        return changing.edited(self.store, code, fields, author or self.author, reason)

    def add_claim(self, code: str, *claims: Claim, reason: str, author: str | None = None) -> Revised:
        """Add claims to one incident, with the sources that they are the first to cite.

        Args:
            code: Its code or key.
            *claims: `wy.claim(…)`, each with its source.
            reason: Why, or from where.
            author: Who adds them; None is that of the database.

        Raises:
            UnclearClaimError: A claim is a second count of one source about the same people, and neither supersedes
                nor adds to the first.
            EventsError: As `Changes.add_claim` and the end of its block raise.
        """
        return changing.claimed(self.store, code, claims, author or self.author, reason)

    def retract(self, code: str, *, reason: str, author: str | None = None) -> Revised:
        """Take an incident out of every answer but its history.

        Raises:
            NotFoundError: There is no such incident.
            RefusedError: There is no author or reason.
        """
        return self.store.write.retract(code, author=self._who(author), reason=reason)

    def submit(
        self, what: Chosen, *, to: str | None = None, comment: str = "", author: str | None = None
    ) -> pd.DataFrame:
        """Submit drafts or leads for review: all of them or none.

        Args:
            what: A code or several; a frame, as `select` returns it; or a `wy.Query`, which without a status asks for
                leads and drafts.
            to: Who should review them next.
            comment: What the others should know, recorded in the history.
            author: Who submits them; None is that of the database.

        Returns:
            A row for each incident: code, number of the revision, changes in words.

        Raises:
            NotFoundError: There is no such incident, or nothing answers the question.
            ConflictError: An incident is not where the step begins.
            RefusedError: There is no author, or a frame has the codes that a disclosure profile shows.

        Example:
            >>> import willay as wy
            >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
            ...     for day in ("2021-03-07", "2021-03-08"):
            ...         code = db.add(title="March", type="protest", days=day)
            ...     submitted = db.submit(wy.Query(type="protest"), to="Beto")
            ...     db.approve(submitted, author="Beto")["changes"].str.contains("published").tolist()
            [True, True]
        """
        return stepped(self.store, what, "submit", author=self._who(author), comment=comment, to=to)

    def accept(
        self, what: Chosen, *, to: str | None = None, comment: str = "", author: str | None = None
    ) -> pd.DataFrame:
        """Accept leads as drafts; as `submit`."""
        return stepped(self.store, what, "accept", author=self._who(author), comment=comment, to=to)

    def approve(self, what: Chosen, *, comment: str = "", author: str | None = None) -> pd.DataFrame:
        """Publish incidents in review; as `submit`. Under the rule of two people nobody approves their own changes."""
        return stepped(self.store, what, "approve", author=self._who(author), comment=comment)

    def send_back(
        self, what: Chosen, *, comment: str, to: str | None = None, author: str | None = None
    ) -> pd.DataFrame:
        """Return incidents in review to who wrote them, with a comment; as `submit`."""
        return stepped(self.store, what, "return", author=self._who(author), comment=comment, to=to)

    def reopen(self, what: Chosen, *, comment: str, to: str | None = None, author: str | None = None) -> pd.DataFrame:
        """Review published or retracted incidents again, with a comment; as `submit`."""
        return stepped(self.store, what, "reopen", author=self._who(author), comment=comment, to=to)

    def assign(self, what: Chosen, to: str | None, *, comment: str = "", author: str | None = None) -> pd.DataFrame:
        """Ask somebody to look at incidents; None asks nobody; as `submit`."""
        return assigned(self.store, what, to, author=self._who(author), comment=comment)

    def import_file(
        self,
        file: str | Path | pd.DataFrame,
        *,
        map: Mapped | None = None,  # noqa: A002 — the word of the command line
        dry_run: bool = False,
        reason: str | None = None,
        author: str | None = None,
        **read_as: Unpack[ReadAs],
    ) -> ImportReport:
        """Import a file of another system, a table of one's own, or a frame, and return what became of each row.

        A row that cannot be imported is put aside and hinders no other; grave findings, such as rows without a place
        that can be drawn, are warned of with `EventsWarning`. Nothing is written next to the file.

        Args:
            file: UCDP GED, ACLED, GTD, GDELT, KoboToolbox, any table or GIS file, another database; or a DataFrame or
                GeoDataFrame.
            map: What the columns of a table hold: `{"Hecho": "type", "deaths_police": "killed @police"}` (a count,
                and who says so), with settings (`"dates": "day-first"`), defaults (`"default.type": "protest"`) and
                words (`"types": {"Paro": "strike"}`); or a mapping that was saved, a path or `report.mapping`. What is
                not said is detected from names and cells, and asked for where it could mean two things.
            dry_run: Leave the database as it is.
            reason: Why, or from where.
            author: Who imports; None is that of the database.
            **read_as: See `ReadAs`.

        Raises:
            UnsettledError: A table of which something must be said first; `error.mapping` is what is known.
            RefusedError: It cannot be read, its format cannot be detected, or there is no author.
            InputFileError: There is no such file.

        Example:
            >>> import pandas
            >>> import willay as wy
            >>> table = pandas.DataFrame(
            ...     {"Hecho": ["strike"], "Fecha": ["5/2012"], "lat": -14.8, "lon": -71.4, "police": 3, "press": 5}
            ... )
            >>> said = {"Hecho": "type", "police": "killed @police", "press": "killed @press"}
            >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
            ...     code = db.import_file(table, map=said, dataset="monitor").rows["code"][0]
            ...     db[code].claims[["best", "publisher"]].to_numpy().tolist()
            [[3, 'police'], [5, 'press']]
        """
        return import_into(self.store, file, map, read_as, author=self._who(author), reason=reason, dry_run=dry_run)

    def add_regions(
        self,
        areas: gpd.GeoDataFrame | str | Path,
        *,
        set: str,  # noqa: A002 — the word of the column
        key: str,
        name: str | None = None,
        admin: str | None = None,
        licence: str | None = None,
        attribution: str | None = None,
        reason: str | None = None,
        author: str | None = None,
    ) -> int:
        """Add a region set, or further versions of its areas, and return how many regions were added.

        Args:
            areas: Polygons with a CRS, or a GIS file of them; outlines that are not valid are repaired, with a
                warning.
            set: The name of the set, such as `ke-counties`.
            key: The column with the key or code of each.
            name: The column with their names; None takes the key.
            admin: The column with the administrative code.
            licence: SPDX identifier or text.
            attribution: Who must be credited.
            reason: Why, or from where.
            author: Who adds them; None is that of the database.

        Raises:
            DraftError: A column is missing, two areas have one key, or one has no polygon.
            MissingCRSError: They have no CRS.
            ConflictError: A version is there already.
            RefusedError: There is no author.

        Example:
            >>> import geopandas, shapely
            >>> import willay as wy
            >>> halves = [shapely.box(34, -5, 36, 1), shapely.box(36, -5, 40, 1)]
            >>> counties = geopandas.GeoDataFrame({"COUNTY": ["West", "East"]}, geometry=halves, crs=4326)
            >>> with wy.create("kenya.gpkg", country="KE", author="Ana") as db:
            ...     db.add_regions(counties, set="ke-halves", key="COUNTY", licence="CC0-1.0")
            ...     sorted(db.regions("ke-halves")["key"])
            2
            ['east', 'west']
        """
        words = {"name": name, "admin_code": admin, "licence": licence, "attribution": attribution}
        added, notes = add_areas(self.store, areas, (set, key), words, author=self._who(author), reason=reason)
        for note in notes:
            warnings.warn(note, EventsWarning, stacklevel=2)
        return added

    def add_term(
        self, kind: str, name: str, *, parent: str, reason: str | None = None, author: str | None = None
    ) -> bool:
        """Record a term of your own: what a heading of your tables means. Imports into this database then know it.

        Args:
            kind: `heading`.
            name: The heading of the column, such as `Hecho`; capitals, accents and marks do not matter.
            parent: The field that the column holds, such as `type` or `killed/police`.
            reason: Why.
            author: Who decides it; None is that of the database.

        Returns:
            Whether it was not known in these words before.

        Raises:
            RefusedError: There is no such kind or field, or no author.
        """
        return add_term(self.store, kind, name, parent, author=self._who(author), reason=reason or "")

    def _who(self, author: str | None) -> str:
        return named_author(author or self.author)

    def __contains__(self, code: object) -> bool:
        """Return whether there is an incident with this code or key; `wy.Database` says which are shown."""
        raise NotImplementedError
