"""What the store answers with, besides frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.geo.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from willay.events.model.differences import Difference
    from willay.events.model.drafts import IncidentDraft
    from willay.events.model.errors import Fault


ERROR: Final = "error"
NOTE: Final = "note"
"""How much a problem matters: damage, or only worth a look."""

GO_BACK: Final = mark("Go back to a backup, or ask who changed the file by other means than willay.")


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` put into the database; what was there already in the same words is not counted.

    Attributes:
        codes: Codes of the incidents, in the order of the bundle.
        sources: Keys of new sources.
        actors: Keys of new actors.
        cases: Keys of new cases.
        claims: How many claims.
        indicators: How many new indicators.

    Example:
        >>> from willay.events.store import Added
        >>> Added(codes=("PE-2021-0001",)).anything, Added().anything
        (True, False)
    """

    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    claims: int = 0
    indicators: int = 0

    @property
    def anything(self) -> bool:
        """Whether anything was new, and so recorded."""
        return bool(self.codes or self.sources or self.actors or self.cases or self.indicators)


@dataclass(frozen=True, slots=True)
class Installed:
    """What adding a country pack did.

    Attributes:
        sets: Of each region set its name, how many units were added, and how many were ended; empty where the database
            had the pack already.
        rebuilt: How many zones were rebuilt from the pack's districts.
        lacking: Why none were, where the pack has districts; else "".
        same: Codes of former units, each with the code by which it is known from now on.

    Example:
        >>> from willay.events.store.results import Installed
        >>> Installed((("mm-adm1", 15, 14),)).sets[0][2]
        14
    """

    sets: tuple[tuple[str, int, int], ...] = ()
    rebuilt: int = 0
    lacking: str = ""
    same: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revised:
    """What one change made of an incident.

    Attributes:
        code: The incident's code.
        number: The number of the new revision; the old one's where nothing changed.
        changes: What changed, in words; empty where nothing did.
        notes: What a careful person should look at again in what is recorded now.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     store.write.edit(code, {"type": "other"}, author="ben", reason="radio").changes
        ('type: protest → other',)
    """

    code: str
    number: int
    changes: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction took out.

    Attributes:
        name: The code or key of the subject.
        erased: The revisions and fields that had the text; empty if none had it any more.
        edited: What was put in the place of the present state; None if that did not have the text.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     store.write.redact(code, "title.und", instead="Rally", author="ana", reason="a name").erased
        ((5, 'title.und'),)
    """

    name: str
    erased: tuple[tuple[int, str], ...]
    edited: Revised | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An incident as the database holds it.

    Attributes:
        id: UUIDv7, the same wherever the incident goes.
        code: The short code.
        draft: Its content; actors by key, the whole it is a part of by code.
        revision: The number of the revision.
        author: Who recorded it.
        recorded_at: When, UTC.
        reason: Why.
        status: The record's status.
        elsewhere: What other files of ours that were imported call it, where that is another code.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     stored = store.read.draft(code)
        ...     stored.code, stored.status, stored.draft.days
        ('PE-2021-0001', 'draft', '2021-03-07')
    """

    id: str
    code: str
    draft: IncidentDraft
    revision: int
    author: str
    recorded_at: datetime
    reason: str
    status: str
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision of an incident, source, actor, case or region.

    Attributes:
        number: Its number in this database.
        author: Who made it.
        recorded_at: When by the clock of the author, UTC.
        action: What was done: add, edit, claim, retract.
        reason: Why.
        digest: SHA-256 of the previous digest and the new state.
        changes: What it changed, in words.
        arrived_at: When it was known in this database, UTC: after all before it, whatever clocks say.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     [(row.author, row.action) for row in store.read.history(code)]
        [('ana', 'add')]
    """

    number: int
    author: str
    recorded_at: datetime
    action: str
    reason: str
    digest: str
    changes: tuple[str, ...]
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """Two revisions of an incident, side by side.

    Attributes:
        code: The incident's code.
        before: The number of the first.
        after: The number of the second.
        differences: In what they differ; empty where in nothing.
    """

    code: str
    before: int
    after: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RegionHit:
    """A version of a region that holds a place on the incident's days.

    Example:
        >>> from willay.events.store import RegionHit
        >>> str(RegionHit("pe-places", "vrae", "VRAE", 1))
        'VRAE (pe-places/vrae)'
    """

    set_name: str
    key: str
    name: str
    version: int

    def __str__(self) -> str:
        """Return the region as a person reads it: `VRAE (pe-places/vrae)`."""
        return f"{self.name} ({self.set_name}/{self.key})"


@dataclass(frozen=True, slots=True)
class PlacePreview:
    """What the store computes of a place.

    Attributes:
        name: The place's name.
        precision: How exactly it is known (codebook).
        admin: Names of its administrative units, widest first.
        hits: The versions of regions it lies in.
        country: ISO 3166-1 alpha-2; None where it is not known.

    Example:
        >>> from willay.events.store import PlacePreview, RegionHit
        >>> hit = RegionHit("units", "west", "West", 1)
        >>> PlacePreview("Bridge", "site", ("West",), (hit,)).regions
        ('West (units/west)',)
    """

    name: str
    precision: str
    admin: tuple[str, ...]
    hits: tuple[RegionHit, ...]
    country: str | None = None

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions it lies in, as a person reads them."""
        return tuple(str(hit) for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Likely:
    """An incident of the database that may be the same as the one about to be added.

    Attributes:
        code: Its code.
        title: Its title.
        days: Its days, as text.
        distance_m: How far apart the places are, metres; None where that is not known.
        why: Why it may be the same, in words.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> bridge = {"name": "Bridge", "precision": "site", "lon": -76.5, "lat": -12.0}
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03", "places": [bridge]})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     added = store.write.add(Bundle(incidents=(march,)), author="ana")
        ...     [(one.title, one.distance_m) for one in store.write.preview(march).duplicates]
        [('March', 0.0)]
    """

    code: str
    title: str
    days: str
    distance_m: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding an incident would do.

    Attributes:
        places: What is computed of each place.
        warnings: What a careful person should look at again.
        faults: Why it cannot be added; empty where it can.
        duplicates: Incidents that may be the same, the nearest first.

    Example:
        >>> from willay.events import IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03", "sources": ["daily"]})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     [fault.where for fault in store.write.preview(march).faults]
        ['incidents[0].sources[0]']
    """

    places: tuple[PlacePreview, ...]
    warnings: tuple[str, ...]
    faults: tuple[Fault, ...]
    duplicates: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What adding a bundle would do.

    Attributes:
        incidents: What is worked out of each incident, in the order of the bundle.
        faults: Why the bundle cannot be added, for everything in it; empty where it can.
    """

    incidents: tuple[Preview, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the record.

    Attributes:
        revision: The number of the last revision.
        seal: Its seal: SHA-256 over every revision up to it. Noted elsewhere, it shows later that none of them was
            changed or taken away.

    Example:
        >>> from willay.events.store import Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     store.file.holds(store.file.head())
        True
    """

    revision: int
    seal: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a check of the database found.

    Attributes:
        severity: `error` for damage, `note` for what is only worth a look.
        where: The code, key or table.
        message: What is wrong, and what to do.

    Example:
        >>> from willay.events.store import Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     [problem.message for problem in store.file.check() if problem.severity == "error"]
        []
    """

    severity: str
    where: str
    message: str
