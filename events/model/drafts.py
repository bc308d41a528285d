"""Drafts: what the command line asks for, files hold and importers emit, before it becomes a record.

A draft is a pydantic model that refuses unknown fields and unknown codes. The documents of `willay add --from-file`,
the incidents shipped in `data/` and the state kept in a revision all have the shape of these models. Those of sources,
actors and cases are in `referencedrafts`, that of indicators in `indicatordrafts`.

Each field is declared here and nowhere else: its type, at which disclosure it may be shown, and in what tables, layers,
files, cards and pages it is found (see `fields`). CONTRIBUTING.md says how to add one.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.model.attachments import AttachmentDraft, AttachmentList
from willay.events.model.corrections import Adds, ClaimLabel, ClaimNames, resolved
from willay.events.model.counts import numbers_of
from willay.events.model.draftbase import Draft, draft
from willay.events.model.errors import DayError
from willay.events.model.fields import (
    CARD,
    COLUMN,
    EVERYWHERE,
    LAYERED,
    LINES,
    LISTED,
    OWN,
    ROW,
    Plain,
    Words,
    Written,
    always,
    coarse,
    everywhere,
    exact,
    level,
    never,
)  # fmt: skip
from willay.events.model.fieldtypes import (
    OTHER,
    UNKNOWN_NUMBER,
    Confidence,
    Country,
    DateTerm,
    Group,
    Key,
    Measure,
    Named,
    PartialDay,
    PlaceTerm,
    Role,
    Sensitivity,
    SourceKind,
    Status,
    TextOrTexts,
    Texts,
    at_field,
    is_other,
    is_unknown_number,
)  # fmt: skip
from willay.events.model.indicatordrafts import IndicatorDraft
from willay.events.model.referencedrafts import ActorDraft, CaseDraft, PhaseDraft, SourceDraft
from willay.events.model.values import Count, DaySpan
from willay.geo.translation import tr

__all__ = [
    "MODELS",
    "ActorDraft",
    "AttachmentDraft",
    "Bundle",
    "CaseDraft",
    "ClaimDraft",
    "Draft",
    "IncidentDraft",
    "IndicatorDraft",
    "PartyDraft",
    "PhaseDraft",
    "PlaceDraft",
    "SourceDraft",
    "draft",
]

_NUMBERS: Final = ("low", "best", "high")


class ClaimDraft(Draft):
    """What one source says about one measure for one group.

    In a file the numbers may be written as `count: 25-30` or `count: más de 20` instead of low, best and high.
    `count: "?"` says that the source gives no number: such a claim is stored and shown, and no figure is made of it.

    Attributes:
        measure: What is counted: killed, injured, … With `other`, a note describes it.
        group: Of whom: all, civilians, police, …
        low: The least number that the source gives.
        best: The number that the source gives, or takes for the best one.
        high: The greatest number that the source gives.
        source: The key of the document that says so.
        attributed_to: Whom the document quotes, one text or texts by language; None where it speaks for itself.
        attributed_kind: The kind of that voice; None takes the source's own.
        stated_on: The day it was said; None takes the document's date.
        scope: Which part of the incident is meant (a place, a day, a cause), where it is not all of it. Such a claim
            is stored and shown, and never becomes the figure of the incident.
        zero_is_unknown: The 0 means "none mentioned", as some datasets write it.
        pinned: Why an editor holds this claim above what the policy would choose; None where nobody does.
        label: The name by which other claims of the incident refer to it, such as `c2`.
        supersedes: The earlier claims that it corrects, by number in the list or by label.
        adds: The number counts people in addition to those of the earlier claims of its voice.

    Example:
        >>> from willay.events import ClaimDraft, draft
        >>> claim = draft(ClaimDraft, {"measure": "killed", "count": "25-30", "source": "daily"})
        >>> claim.low, claim.best, claim.high
        (25, None, 30)
    """

    measure: Annotated[Measure, always(), EVERYWHERE]
    group: Annotated[Group, always(), EVERYWHERE] = "all"
    low: Annotated[int | None, always(), EVERYWHERE] = None
    best: Annotated[int | None, always(), EVERYWHERE] = None
    high: Annotated[int | None, always(), EVERYWHERE] = None
    source: Annotated[Key, coarse("source"), EVERYWHERE]
    attributed_to: Annotated[TextOrTexts | None, coarse(), EVERYWHERE] = None
    attributed_kind: Annotated[SourceKind | None, always(), Plain(flat=True, called="kind")] = None
    stated_on: Annotated[PartialDay | None, coarse("codes"), EVERYWHERE] = None
    scope: Annotated[Texts | None, coarse(), LINES, EVERYWHERE] = None
    note: Annotated[Texts | None, coarse(), LINES, EVERYWHERE] = None
    zero_is_unknown: Annotated[bool, always(), LISTED] = False
    pinned: Annotated[Texts | None, coarse(), LINES, EVERYWHERE] = None
    label: Annotated[ClaimLabel | None, always(), LAYERED] = None
    supersedes: Annotated[ClaimNames, always(), LAYERED] = ()
    adds: Annotated[Adds | None, always(), EVERYWHERE] = None

    @model_validator(mode="before")
    @classmethod
    def _expand_count(cls, data: Any) -> Any:  # noqa: ANN401 — raw input of any shape
        if not isinstance(data, dict):
            return data
        written = data.get("count")
        if written is None and any(data.get(name) is not None for name in _NUMBERS):
            return data if "count" not in data else {name: value for name, value in data.items() if name != "count"}
        said = {} if written is None else numbers_of(str(written))
        rest = {name: value for name, value in data.items() if name != "count" and not (said and name in _NUMBERS)}
        numbered = any({**said, **rest}.get(name) is not None for name in _NUMBERS)
        has_words = not said or "note" in said or not str(written).strip()  # "varios" says that there are some
        if not numbered and has_words and not is_other(data.get("measure")):
            how = tr("Give count, or low, best and high. If the source states no number, write count: ?")
            raise ValueError(tr("A claim needs a number. {how}", how=how))
        return {**said, **rest}

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        count = self.count
        if self.measure == OTHER and self.note is None:
            raise ValueError(tr("A claim with the measure 'other' needs a note that describes what was counted."))
        if self.zero_is_unknown and count != Count(0, 0, 0):
            raise ValueError(tr("Only a plain 0 can mean 'none mentioned', but this claim has {count}.", count=count))
        if self.pinned and count.floor is None:
            message = tr("A claim without a number cannot be pinned, because it gives no figure. Remove pinned.")
            raise ValueError(message)
        return self

    @model_serializer(mode="wrap")
    def _document(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        document: dict[str, Any] = plain(self)
        return {**document, "count": UNKNOWN_NUMBER} if self.has_unknown_number else document

    @property
    def has_unknown_number(self) -> bool:
        """Whether the source speaks of people and says no number. A claim with the measure `other` has a note."""
        return is_unknown_number(self.measure, (self.low, self.best, self.high))

    @property
    def count(self) -> Count:
        """The numbers as one value."""
        return Count(self.low, self.best, self.high)


class PlaceDraft(Draft):
    """Where, and how exactly that is known. The first place of an incident is its primary one.

    Attributes:
        name: What it is called.
        precision: How exactly it is known: site, settlement, near, district, …
        lon: Degrees east, EPSG:4326; with `lat`, or neither.
        lat: Degrees north.
        radius_m: How far the true place may lie from the coordinates, metres; None takes the precision's.
        country: ISO 3166-1 alpha-2; None means the incident's.
        admin_code: The finest administrative code known.
        region: `set/key` of a region whose shape is the place, such as `pe-places/vrae`.
        gazetteer_id: Where in a gazetteer it was found.
        coordinate_source: Who says that the place lies there, one text or texts by language.
        sensitivity: How far the exact place may go (codebook: sensitivity); None means public.

    Example:
        >>> from willay.events import PlaceDraft, draft
        >>> bridge = draft(PlaceDraft, {"name": "Bridge", "precision": "site", "lon": -76.5, "lat": -12.0})
        >>> bridge.lon, bridge.lat
        (-76.5, -12.0)
    """

    name: Annotated[Named, coarse(), COLUMN]
    precision: Annotated[PlaceTerm, coarse("codes"), COLUMN]
    lon: Annotated[Annotated[float, Field(ge=-180, le=180)] | None, exact("codes"), COLUMN] = None
    lat: Annotated[Annotated[float, Field(ge=-90, le=90)] | None, exact("codes"), COLUMN] = None
    radius_m: Annotated[Annotated[float, Field(gt=0)] | None, exact("codes"), COLUMN] = None
    country: Annotated[Country | None, always(), Plain(filled=True)] = None
    admin_code: Annotated[str | None, coarse("word"), COLUMN] = None
    region: Annotated[str | None, exact("word"), COLUMN] = None
    gazetteer_id: Annotated[str | None, exact("word")] = None
    coordinate_source: Annotated[TextOrTexts | None, exact()] = None
    sensitivity: Annotated[Sensitivity | None, level(), COLUMN] = None
    note: Annotated[Texts | None, exact(), LINES] = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError(tr("Coordinates need both lon and lat. Give both, or neither."))
        return self


class PartyDraft(Draft):
    """An actor's part in the incident.

    Attributes:
        actor: The actor, by its key or any of its names.
        role: Its part: initiator, target, present, …
    """

    actor: Annotated[Named, coarse("actor")]
    role: Annotated[Role, always()]
    note: Annotated[Texts | None, exact(), LINES] = None


class IncidentDraft(Draft):
    """Something that happened, in a span of days, at one or more places, and who says so.

    Attributes:
        key: A name that stays the same wherever the incident goes; two incidents of a database never share one.
        title: What happened, where and when, in one line.
        summary: What happened, in some sentences.
        type: A type or a sub-type of the codebook; a sub-type implies its type.
        subtype: A sub-type of the type.
        days: When: 2012-05-28, 2012-05-28/2012-05-30, 2012-05 or 2012; None where no source gives a date.
        date_precision: Needed only where the text of `days` does not determine it.
        country: ISO 3166-1 alpha-2; None means the country of the database that it is added to.
        part_of: The key or code of the parent incident. A sum leaves out a part if its parent is in it.
        cases: Keys of the cases it belongs to.
        sources: Documents that speak of the incident; those its claims cite are added by themselves.
        tags: Words by which it is found.
        status: How far its review is; left out, it is a draft.
        confidence: How sure it is that it happened so (codebook: confidence).
        notes: What a careful reader should know: conflicts of dates and names, doubts.
        dataset: The name of the dataset its row came from; None for what was written here.
        dataset_id: What that dataset calls it.
        original: The dataset's own codes by its own names of columns, in addition to their meaning here.
        sensitivity: How far the incident may go (codebook: sensitivity); None means public.
        assigned_to: Who is to review it.
        attachments: Files that belong to it, such as photographs.

    Example:
        >>> from willay.events import IncidentDraft, draft
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03", "country": "PE"})
        >>> march.type, march.status
        ('protest', 'draft')
    """

    key: Annotated[Key | None, exact("word"), everywhere("the incident's own name, where it has one")] = None
    title: Annotated[Texts, coarse(), everywhere("in the frame's language", card=True, page=OWN, hxl="#description")]
    summary: Annotated[Texts | None, exact(), LINES, everywhere("in the frame's language", card=True, page=CARD)] = None
    type: Annotated[str, always(), everywhere("codebook: event types", page=ROW, hxl="#event+type")]
    subtype: Annotated[
        str | None,
        always(),
        everywhere("codebook: event sub-types; missing = not known", page=ROW, hxl="#event+subtype"),
    ] = None
    days: Annotated[str | None, coarse("codes"), Written({"type": ["string", "integer"]})] = None
    date_precision: Annotated[
        DateTerm | None,
        coarse("codes"),
        everywhere(
            "codebook: day = lasted through its days; coarser = somewhere within them",
            page=ROW,
            hxl="#meta+precision+date",
        ),
    ] = None
    country: Annotated[Country | None, always()] = None
    places: Annotated[tuple[PlaceDraft, ...], coarse(once=True)] = ()
    claims: Annotated[tuple[ClaimDraft, ...], AfterValidator(resolved), coarse()] = ()
    parties: Annotated[tuple[PartyDraft, ...], coarse(once=True)] = ()
    sources: Annotated[tuple[Key, ...], coarse("source")] = ()
    cases: Annotated[tuple[Key, ...], exact("case"), everywhere("keys of its cases, separated by '; '", page=OWN)] = ()
    tags: Annotated[tuple[str, ...], exact(), everywhere("separated by '; '", page=CARD)] = ()
    part_of: Annotated[
        str | None, exact("incident"), everywhere("code of the parent incident that it is a part of", page=ROW)
    ] = None
    status: Annotated[Status, always(), everywhere("codebook: status", page=ROW)] = "draft"
    confidence: Annotated[
        Confidence | None,
        exact("codes"),
        everywhere("codebook: confidence", page=CARD, label=Words("Confidence", "Grado de certeza")),
    ] = None
    notes: Annotated[tuple[Texts, ...], exact(), LINES, Plain(table=False, card=True)] = ()
    dataset: Annotated[
        str | None,
        coarse("word"),
        everywhere("dataset that the row was imported from", protects=True, page=(*ROW, *CARD)),
    ] = None
    dataset_id: Annotated[str | None, exact("word")] = None
    original: Annotated[dict[str, str] | None, exact()] = None
    sensitivity: Annotated[Sensitivity | None, level(), COLUMN] = None
    assigned_to: Annotated[str | None, never(), COLUMN] = None
    attachments: Annotated[AttachmentList, never()] = ()

    @model_validator(mode="before")
    @classmethod
    def _name_the_type(cls, data: Any) -> Any:  # noqa: ANN401 — raw input of any shape
        if not isinstance(data, dict) or not isinstance(data.get("type"), str):
            return data
        try:
            kind, sub = codebook().type_of(data["type"])
            if data.get("subtype"):
                kind, sub = codebook().type_of(str(data["subtype"]))
        except UnknownTermError as error:
            raise ValueError(str(error)) from None
        return {**data, "type": kind, "subtype": sub, "days": data.get("days") and str(data["days"])}

    @model_validator(mode="after")
    def _days_agree(self) -> Self:
        try:
            span = self.span
        except DayError as error:
            raise at_field("days", str(error)) from None
        if span is None:
            return self
        known = codebook().date_precision
        most = known[span.precision].facts["max_days"]
        if most and span.length_days > most:
            told = {"days": self.days, "n": span.length_days, "precision": known.spoken(span.precision), "most": most}
            raise at_field("days", tr("{days} is {n} days long; precision {precision!r} allows {most}.", **told))
        return self

    def at_home(self, country: str) -> Self:
        """Return the draft with the countries that it leaves open: its own is this one, a place's is its own."""
        own = self.country or country
        places = tuple(place if place.country else place.model_copy(update={"country": own}) for place in self.places)
        return self.model_copy(update={"country": own, "places": places})

    @property
    def span(self) -> DaySpan | None:
        """The days as a value, or None where they are not known."""
        return DaySpan.parse(self.days, self.date_precision) if self.days else None


MODELS: Final = (
    SourceDraft, ActorDraft, PhaseDraft, CaseDraft, IndicatorDraft, ClaimDraft, PlaceDraft, PartyDraft,
    AttachmentDraft, IncidentDraft,
)  # fmt: skip
"""The models of all documents."""


class Bundle(Draft):
    """The content of one file: any of the five lists.

    Example:
        >>> from willay.events import Bundle, draft
        >>> march = {"title": "March in the square", "type": "protest", "days": "2021-03-07"}
        >>> len(draft(Bundle, {"incidents": [march]}).incidents)
        1
    """

    sources: tuple[SourceDraft, ...] = ()
    actors: tuple[ActorDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    incidents: tuple[IncidentDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()

    def at_home(self, country: str) -> Self:
        """Return the bundle with the countries that its incidents leave open filled in: see `IncidentDraft.at_home`."""
        return self.model_copy(update={"incidents": tuple(incident.at_home(country) for incident in self.incidents)})
