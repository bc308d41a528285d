"""`db["bagua-2009"]`: one incident, and who says what of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from willay.data.codebook import codebook
from willay.events.exchange.outgoing.tables import spoken
from willay.events.frame.cards import recorded_claims
from willay.events.frame.columns import details_of
from willay.events.frame.framing import figures_as_stored, figures_of
from willay.events.frame.query import IncidentQuery
from willay.events.front.claims import claim_table
from willay.events.front.figure import Figure, Source
from willay.events.front.filters import moment_of
from willay.events.front.showing import show_table
from willay.events.model.canonical import value_of
from willay.events.model.drafts import PlaceDraft
from willay.events.model.errors import DisclosureWarning, NotFoundError
from willay.events.model.figure_policies import check_policy
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import shapely

    from willay.data.profiles import Profile
    from willay.events.frame.columns import Details
    from willay.events.front.database import Database
    from willay.events.front.filters import Day
    from willay.events.front.words import Measure, PolicyLike

_SHOWN: Final = 10
"""How many columns of claims a notebook is shown."""

_AT_ONCE: Final = 200
"""How many incidents are read at a time."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as it was read, by one disclosure profile and policy; nothing in it changes later.

    Attributes:
        code: Its code, such as PE-2009-0001.
        key: Its key; None where it has none.
        title: Its title, in the language asked for.
        summary: What happened.
        type: Code of the event type.
        subtype: Code of the sub-type.
        first_day: Its first day, inclusive; None where it is undated.
        last_day: Its last day, inclusive.
        place: The name of its primary place.
        geometry: Its primary place (shapely, longitude first, EPSG:4326); None where it has none that can be drawn.
        status: The status of the record.
        policy: The figure policy of `figures`.
        lang: The language of its texts.
        row: All columns of the incident frame, plain values by name.

    Example:
        >>> import willay as wy
        >>> said = wy.claim("injured", "3-5", source=wy.Source(kind="press", publisher="The Daily"))
        >>> with wy.create("nowhere.gpkg", country="PE", author="Ana") as db:
        ...     incident = db[db.add(title="March", type="protest", days="2021", claims=said)]
        >>> incident.claims[["measure", "low", "high", "publisher"]].values.tolist()
        [['injured', 3, 5, 'The Daily']]
        >>> incident.figure("injured", policy="maximum").high
        5
    """

    code: str
    key: str | None
    title: str | None
    summary: str | None
    type: str
    subtype: str | None
    first_day: date | None
    last_day: date | None
    place: str | None
    geometry: shapely.Geometry | None = field(repr=False)
    status: str
    policy: str
    lang: str
    row: Mapping[str, Any] = field(repr=False, compare=False)
    _card: Details = field(repr=False, compare=False)
    _db: Database = field(repr=False, compare=False)
    _profile: Profile | None = field(repr=False, compare=False, default=None)

    @property
    def claims(self) -> pd.DataFrame:
        """Who says what: a row for each claim, in the order of the record.

        The columns: `measure`, `group`, `low`, `best`, `high` (people; missing is unknown, a missing `high` next to a
        `low` has no upper end), `publisher` and `source` (key) of the document, `attributed_to` (whom it quotes),
        `kind` of the voice, `stated_on` (ISO; else the day of the document), `scope`, `note`, `zero_is_unknown`,
        `pinned`, `adds`, `superseded_by` (the `number` of the later claim that corrects it), `source_title`,
        `published_on`, `url`, `number` (from 1).
        """
        return claim_table(self._card, self.lang)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that speak of it, by key."""
        return tuple(self._source(key) for key in self._card["sources"])

    @property
    def places(self) -> pd.DataFrame:
        """Its places, the primary one first; the columns are the fields of a place (lon, lat: degrees)."""
        names = list(PlaceDraft.model_fields)
        rows = [{name: spoken(one.get(name), self.lang) for name in names} for one in self._card["places"]]
        return pd.DataFrame(rows, columns=names)

    @property
    def parties(self) -> pd.DataFrame:
        """Who took part: key, name, role, kind."""
        names = ("key", "name", "role", "kind")
        rows = [{name: spoken(one.get(name), self.lang) for name in names} for one in self._card["parties"]]
        return pd.DataFrame(rows, columns=list(names))

    def figure(self, measure: Measure | str, policy: PolicyLike | None = None) -> Figure | None:
        """Return what is shown for a measure by a policy; None where nobody states a number.

        Args:
            measure: The measure.
            policy: The figure policy; None is that of the incident.

        Raises:
            UnknownTermError: There is no such measure.
            QueryError: There is no such policy.
        """
        code = codebook().measures.find(measure).code
        return self.figures(policy).get(code)

    def figures(self, policy: PolicyLike | None = None) -> dict[str, Figure]:
        """Return the figures of all measures that somebody states a number of, by measure; arguments as `figure`."""
        document = {"claims": recorded_claims(self._card["claims"])}
        if policy is None:
            shown = self._card["figures"].items()
            cells = {f"{measure}_{name}": value for measure, one in shown for name, value in one.items()}
            found = figures_as_stored(document, self._card["sources"], self.policy, cells)
        else:
            found = figures_of(document, self._card["sources"], check_policy(policy))
        return {measure: self._shown(one) for measure, one in found.items()}

    def history(self) -> pd.DataFrame:
        """Return the revisions of the incident, the first one first.

        Returns:
            `number`, `recorded_at` (UTC) and `action`. As the record itself (`profile=None` or `internal`) also
            `author`, `reason` and `changes`, which may name what is confidential: other profiles leave them out, and
            warn of it with `DisclosureWarning`.
        """
        rows = self._db.store.read.history(self.code)
        names = ["number", "recorded_at", "action"]
        if self._profile is None or self._profile.shows_all:
            names += ["author", "reason", "changes"]
        else:
            message = tr(
                "The profile {profile} does not show who changed an incident, why and how. For the record itself: "
                "db.incident({code!r}, profile=None).history()",
                profile=self._profile,
                code=self.code,
            )
            warnings.warn(message, DisclosureWarning, stacklevel=2)
        return pd.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)

    def as_of(self, day: Day) -> Incident:
        """Return the incident as it was known at a moment, or at the end of a day (UTC).

        Raises:
            NotFoundError: It was not recorded then.
        """
        return incident_of(self._db, self.code, as_of=day, policy=self.policy, profile=self._profile, lang=self.lang)

    def __repr__(self) -> str:
        return f"<willay.Incident {self.code}: {self.title}; {self._when}; {self.place or tr('place unknown')}>"

    def _repr_html_(self) -> str:
        rows = [
            (tr("days"), self._when),
            (tr("place"), self.place),
            (tr("type"), self.subtype or self.type),
            (tr("status"), self.status),
            *((measure, str(one).partition(": ")[2]) for measure, one in self.figures().items()),
        ]
        return show_table(f"{self.code} · {self.title}", rows, self.claims.iloc[:, :_SHOWN])

    @property
    def _when(self) -> str:
        if self.first_day is None:
            return tr("undated")
        return str(self.first_day) if self.first_day == self.last_day else f"{self.first_day} – {self.last_day}"

    def _shown(self, found: Any) -> Figure:  # noqa: ANN401 — the model's figure, of the same name
        count, said = found.count, found.attributed_to
        return Figure(
            found.measure, count.low, count.best, count.high, found.policy,
            self._source(found.source) if found.source else None,
            None if said is None else str(spoken(said, self.lang)),
            found.basis, found.voices,
            None if found.reason is None else str(spoken(value_of(found.reason), self.lang)),
        )  # fmt: skip

    def _source(self, key: str) -> Source:
        known = self._card["sources"].get(key, {})
        names = [one.name for one in fields(Source) if one.name not in {"key", "kind"}]
        return Source(
            key, str(known.get("kind", "other")), **{name: spoken(known.get(name), self.lang) for name in names}
        )


def incident_of(
    db: Database,
    code: str,
    *,
    as_of: Any,  # noqa: ANN401 — a moment in any form
    policy: PolicyLike | None,
    profile: Profile | None,
    lang: str,
) -> Incident:
    """Return one incident; raises as `Database.incident` does."""
    moment = None if as_of is None else moment_of(as_of)
    stored = db.store.read.draft(code, moment)
    query = IncidentQuery(codes=(stored.code,), statuses=(stored.status,), as_of=moment)
    rule = None if policy is None else check_policy(policy)
    found = [*_read(db, query, policy=rule, profile=profile, lang=lang)]
    if not found:
        raise NotFoundError(
            tr(
                "The profile {profile} does not show {code}. For the record itself: "
                "db.incident({code!r}, profile=None)",
                profile=profile,
                code=code,
            )
        )
    return found[0]


def incidents_of(db: Database, *, profile: Profile | None, lang: str) -> Iterator[Incident]:
    """Yield all incidents that hold and are shown, in the order of `select`."""
    cells, _ = db.store.read.first(None, None, profile=profile)
    codes, statuses = list(cells.of("code")), tuple(dict.fromkeys(cells.of("status")))
    for start in range(0, len(codes), _AT_ONCE):
        query = IncidentQuery(codes=tuple(codes[start : start + _AT_ONCE]), statuses=statuses)
        yield from _read(db, query, policy=None, profile=profile, lang=lang)


def _read(
    db: Database, query: IncidentQuery, *, policy: str | None, profile: Profile | None, lang: str
) -> Iterator[Incident]:
    cells, _ = db.store.read.first(query, policy=policy, details=True, lang=lang, profile=profile)
    for row, shape in zip(cells.rows(), cells.shapes, strict=True):
        first, last = (
            None if row[name] is None else pd.Timestamp(row[name]).date() for name in ("first_day", "last_day")
        )
        yield Incident(
            code=row["code"], key=row["key"], title=row["title"], summary=row["summary"], type=row["type"],
            subtype=row["subtype"], first_day=first, last_day=last, place=row["place_name"], geometry=shape,
            status=row["status"], policy=policy or db.policy, lang=lang,
            row={name: value for name, value in row.items() if name != "details"},
            _card=details_of(row), _db=db, _profile=profile,
        )  # fmt: skip
