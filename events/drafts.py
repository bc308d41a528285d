"""Drafts: what the command line asks for, files hold and importers emit, before it becomes a record.

A draft is a pydantic model that refuses unknown fields and unknown codes. The documents of `willay add --from-file`,
the incidents shipped in `data/` and the state kept in a revision all have the shape of these models.
"""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 — pydantic reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from willay.data.codebook import Terms, codebook
from willay.data.errors import UnknownTermError
from willay.events.corrections import Adds, ClaimLabel, ClaimNames, resolved
from willay.events.counts import numbers_of
from willay.events.errors import DraftError, Fault
from willay.events.values import Count, DaySpan, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        message = (
            f"{text[:80]!r} is not a key. Use lower-case letters a–z, digits and single hyphens: curva-del-diablo."
        )
        raise ValueError(message)
    return text


def _local(value: object) -> object:
    """Take a bare text as one whose language is not known."""
    return {"und": value} if isinstance(value, str) else value


def _spoken(texts: dict[str, str]) -> dict[str, str]:
    said = {tag: text.strip() for tag, text in texts.items() if text.strip()}
    if not said:
        message = "The text is empty. Write it, or leave the field out."
        raise ValueError(message)
    return said


def _partial_day(value: object) -> object:
    if value is None:
        return value
    text = str(value)
    parse_day(text)
    return text


def _term(pick: Callable[[], Terms]) -> AfterValidator:
    def known(code: str) -> str:
        terms = pick()
        if code in terms:  # as nearly always: a code, and not one of its labels
            return code
        try:
            return terms.find(code).code
        except UnknownTermError as error:
            raise ValueError(str(error)) from None

    return AfterValidator(known)


Key = Annotated[str, AfterValidator(_key)]
Texts = Annotated[dict[str, str], BeforeValidator(_local), AfterValidator(_spoken)]
PartialDay = Annotated[str, BeforeValidator(_partial_day)]
"""A day, month or year as text, such as `2009-07`: the date of a document is often known no better."""

DateTerm = Annotated[str, _term(lambda: codebook().date_precision)]
PlaceTerm = Annotated[str, _term(lambda: codebook().place_precision)]
Measure = Annotated[str, _term(lambda: codebook().measures)]
Group = Annotated[str, _term(lambda: codebook().groups)]
SourceKind = Annotated[str, _term(lambda: codebook().source_kinds)]
ActorKind = Annotated[str, _term(lambda: codebook().actor_kinds)]
Role = Annotated[str, _term(lambda: codebook().roles)]
Status = Annotated[str, _term(lambda: codebook().statuses)]
Confidence = Annotated[str, _term(lambda: codebook().confidence)]
Sensitivity = Annotated[str, _term(lambda: codebook().sensitivity)]
"""How far something may go; None in a draft means `public`."""


class Draft(BaseModel):
    """Root of the drafts: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class SourceDraft(Draft):
    """A citable document.

    Attributes:
        key: The name that claims cite it by.
        kind: Whose voice it is by default (codebook: source kinds).
        published_on: The day, month or year it is dated.
        licence: SPDX id or a phrase; None where not known.
        reliability: A to F (codebook: reliability); None where nobody has judged it.
        accessed_on: The day somebody read it.
        sensitivity: How far the source may be named (codebook: sensitivity); None means public.
    """

    key: Key
    kind: SourceKind
    publisher: str | None = None
    title: str | None = None
    published_on: PartialDay | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    licence: str | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    accessed_on: date | None = None
    sensitivity: Sensitivity | None = None
    note: Texts | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.publisher or self.title or self.url):
            message = "A source needs at least a publisher, a title or a URL, so that a reader can find it."
            raise ValueError(message)
        if self.url and not re.match(r"https?://\S+$", self.url):
            message = f"{self.url[:80]!r} is not a web address. Write it from http:// or https:// on, without spaces."
            raise ValueError(message)
        return self


class ActorDraft(Draft):
    """An organisation or group, with every name it goes by."""

    key: Key
    name: Texts
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    part_of: Key | None = None
    sensitivity: Sensitivity | None = None
    note: Texts | None = None


class PhaseDraft(Draft):
    """A state or phase of a case from one day on."""

    from_day: PartialDay
    state: Annotated[str, _term(lambda: codebook().case_states)] | None = None
    phase: Annotated[str, _term(lambda: codebook().case_phases)] | None = None
    note: Texts | None = None
    source: Key | None = None


class CaseDraft(Draft):
    """A long-lived conflict that incidents belong to."""

    key: Key
    title: Texts
    type: Annotated[str, _term(lambda: codebook().case_types)]
    summary: Texts | None = None
    from_day: PartialDay | None = None
    until_day: PartialDay | None = None
    phases: tuple[PhaseDraft, ...] = ()
    sources: tuple[Key, ...] = ()


class IndicatorDraft(Draft):
    """One measured variable for an area and a year; conflicting values stand side by side."""

    name: str
    area: str
    year: int | None = None
    value: float
    unit: str
    by: str
    source: Key
    note: Texts | None = None


class ClaimDraft(Draft):
    """What one source says about one measure for one group.

    In a file the numbers may be written as `count: 25-30` or `count: más de 20` instead of low, best and high.

    Attributes:
        source: The key of the document that says so.
        attributed_to: Whom the document quotes; None where it speaks for itself.
        attributed_kind: The kind of that voice; None takes the source's own.
        stated_on: The day it was said; None takes the document's date.
        scope: Which part of the incident is meant (a place, a day, a cause), where it is not all of it. Such a claim
            is kept and shown, and never becomes the figure of the incident.
        zero_is_unknown: The 0 means "none mentioned", as some datasets write it.
        pinned: Why an editor holds this claim above what the policy would choose; None where nobody does.
        label, supersedes, adds: What the claim is to others of the incident: see `corrections`.
    """

    measure: Measure
    group: Group = "all"
    low: int | None = None
    best: int | None = None
    high: int | None = None
    source: Key
    attributed_to: str | None = None
    attributed_kind: SourceKind | None = None
    stated_on: PartialDay | None = None
    scope: Texts | None = None
    note: Texts | None = None
    zero_is_unknown: bool = False
    pinned: Texts | None = None
    label: ClaimLabel | None = None
    supersedes: ClaimNames = ()
    adds: Adds | None = None

    @model_validator(mode="before")
    @classmethod
    def _expand_count(cls, data: Any) -> Any:  # noqa: ANN401 — raw input of any shape
        if not isinstance(data, dict) or "count" not in data:
            return data
        said = numbers_of(str(data["count"]))
        return {**said, **{name: value for name, value in data.items() if name not in {"count", "low", "best", "high"}}}

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        count = self.count
        if count.floor is None and self.measure != "other":
            message = "A claim needs a number: give count, or low, best and high."
            raise ValueError(message)
        if self.measure == "other" and self.note is None:
            message = "A claim of measure 'other' needs a note that says what was counted."
            raise ValueError(message)
        if self.zero_is_unknown and count != Count(0, 0, 0):
            message = f"Only a plain 0 can mean 'none mentioned', and this claim says {count}."
            raise ValueError(message)
        return self

    @property
    def count(self) -> Count:
        """The numbers as one value."""
        return Count(self.low, self.best, self.high)


class PlaceDraft(Draft):
    """Where, and how exactly that is known. The first place of an incident is its primary one.

    Attributes:
        lon: Degrees east, EPSG:4326; with `lat`, or neither.
        lat: Degrees north.
        radius_m: How far the true place may lie from the coordinates, metres; None takes the precision's.
        country: ISO 3166-1 alpha-2.
        admin_code: The finest administrative code known (UBIGEO in Peru).
        region: `set/key` of a region whose shape is the place, such as `pe-conflict-zones/vrae`.
        gazetteer_id: Where in a gazetteer it was found.
        coordinate_source: Who says that the place lies there.
        sensitivity: How far the exact place may go (codebook: sensitivity); None means public.
    """

    name: str = Field(min_length=1)
    precision: PlaceTerm
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    radius_m: Annotated[float, Field(gt=0)] | None = None
    country: str = Field(default="PE", pattern=r"^[A-Z]{2}$")
    admin_code: str | None = None
    region: str | None = None
    gazetteer_id: str | None = None
    coordinate_source: str | None = None
    sensitivity: Sensitivity | None = None
    note: Texts | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            message = "Coordinates need both lon and lat; give both or neither."
            raise ValueError(message)
        return self


class PartyDraft(Draft):
    """An actor's part in the incident; the actor by its key or any of its names."""

    actor: str
    role: Role
    note: Texts | None = None


class IncidentDraft(Draft):
    """Something that happened, in a span of days, at one or more places, and who says so.

    Attributes:
        key: A name that stays the same wherever the incident goes; two incidents of a database never share one.
        type: A type or a sub-type of the codebook; a sub-type implies its type.
        days: When, as `DaySpan.parse` reads it; None where no source gives a date.
        date_precision: Needed only where the text of `days` does not tell.
        part_of: The key or code of the whole that this incident is a part of. In any sum a part is left out when its
            whole is in it, so that nobody is counted twice.
        cases: Keys of the cases it belongs to.
        sources: Documents that speak of the incident; those its claims cite are added by themselves.
        notes: What a careful reader should know: conflicts of dates and names, doubts.
        dataset: The name of the dataset its row came from; None for what was written here.
        dataset_id: What that dataset calls it.
        original: The dataset's own codes by its own names of columns, beside what we made of them.
        sensitivity: How far the incident may go (codebook: sensitivity); None means public.
        assigned_to: Who is to review it.
    """

    key: Key | None = None
    title: Texts
    summary: Texts | None = None
    type: str
    subtype: str | None = None
    days: str | None = None
    date_precision: DateTerm | None = None
    country: str = Field(default="PE", pattern=r"^[A-Z]{2}$")
    places: tuple[PlaceDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    claims: Annotated[tuple[ClaimDraft, ...], AfterValidator(resolved)] = ()
    sources: tuple[Key, ...] = ()
    cases: tuple[Key, ...] = ()
    part_of: str | None = None
    tags: tuple[str, ...] = ()
    status: Status = "draft"
    confidence: Confidence | None = None
    notes: tuple[Texts, ...] = ()
    dataset: str | None = None
    dataset_id: str | None = None
    original: dict[str, str] | None = None
    sensitivity: Sensitivity | None = None
    assigned_to: str | None = None

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
        span = self.span
        if span is None:
            return self
        allowed = codebook().date_precision[span.precision].facts["max_days"]
        if allowed and span.length_days > allowed:
            message = (
                f"days: {self.days} is {span.length_days} days long; precision {span.precision!r} allows {allowed}."
            )
            raise ValueError(message)
        return self

    @property
    def span(self) -> DaySpan | None:
        """The days as a value, or None where they are not known."""
        return DaySpan.parse(self.days, self.date_precision) if self.days else None


class Bundle(Draft):
    """The content of one file: any of the five lists."""

    sources: tuple[SourceDraft, ...] = ()
    actors: tuple[ActorDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    incidents: tuple[IncidentDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()


AnyDraft = TypeVar("AnyDraft", bound=Draft)


def draft(model: type[AnyDraft], document: Mapping[str, Any], where: str = "") -> AnyDraft:
    """Make a draft from a plain document, as YAML or JSON gives it.

    Args:
        model: The kind of draft.
        document: The fields.
        where: File and record, for the messages.

    Raises:
        DraftError: The document does not fit; the error lists every fault with its field.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise DraftError(tuple(_fault(problem, where) for problem in error.errors())) from None


def _fault(problem: Mapping[str, Any], where: str) -> Fault:
    path = ""
    for step in problem["loc"]:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    usual = {"extra_forbidden": "No such field. Check its spelling.", "missing": "This field is needed."}
    message = usual.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    return Fault(": ".join(part for part in (where, path) if part), message)
