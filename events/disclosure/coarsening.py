"""What fields become where their subject may be shown coarsely only: an area, a month, a kind, a number.

Each function takes a document in full and what is known around it, and returns the coarse value of one field, or None.
`fields` says which field is coarsened by which.
"""

from __future__ import annotations

import base64
import hmac
import uuid
from calendar import monthrange
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from willay.data.codebook import codebook
from willay.events.model.draftbase import WITHHELD
from willay.events.model.values import DaySpan
from willay.events.model.voice_names import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import shapely

    from willay.events.model.canonical import Document

NOT_SHOWN: Final = {"en": "Text withheld", "es": "Texto reservado"}
"""Shown in place of a withheld text, in a field that must not be empty."""

PUBLIC: Final = "public"
"""The level of a document that states none."""

AREA: Final = "area"
"""The member of a place's document that holds its `Area`; it is not a field, and so it is never shown."""

_MONTH: Final = len("2012-06")
_ID_BYTES: Final = 16
_CODE_LETTERS: Final = 10
"""50 bits: among 100,000 incidents, two have the same code with a chance of 4 in a million."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a coarsened place becomes.

    Attributes:
        name: Its name.
        precision: A place precision of the codebook.
        admin_code: Its administrative code, where it has one.
        units: Names of the first, second and third-level unit; None where they are not shown.
        shape: Its outline, EPSG:4326, or None.
    """

    name: str
    precision: str
    admin_code: str | None = None
    units: tuple[str | None, str | None, str | None] = (None, None, None)
    shape: shapely.Geometry | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a document.

    Attributes:
        sources: What sources are called instead of their keys; those not in it keep theirs.
        actors: The same of actors.
        cases: The same of cases.
        incidents: The same of incidents by code; None is not named at all.
        voices: By each name of a person or body that documents quote, what stands for it, by language.
        dates: When sources were published, by their own key.
        credited: Datasets whose terms must be stated with every row.
        secret: The key of ids and codes that stand for others.
        is_whole: Whether fields that are never shown are shown: for this office.
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    incidents: Mapping[str, str | None] = field(default_factory=dict)
    voices: Mapping[str, dict[str, str]] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    credited: frozenset[str] = frozenset()
    secret: bytes = b""
    is_whole: bool = False


Coarsening: TypeAlias = "Callable[[Document, Around], Any]"  # Any: JSON


def keyed_id(document: Document, around: Around) -> str:
    """Return an id (UUID, version 8) that holds no moment and is always the same for the same incident."""
    value = int.from_bytes(_keyed("id", document, around))
    value = value & ~(0xF << 76) | 0x8 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def keyed_code(document: Document, around: Around) -> str:
    """Return a code with the country and year of the incident's own, and letters in the place of its number."""
    letters = base64.b32encode(_keyed("code", document, around)).decode()
    stem = str(document["code"]).rpartition("-")[0]
    return f"{stem}-R{letters[:_CODE_LETTERS]}"


def _keyed(use: str, document: Document, around: Around) -> bytes:
    return hmac.digest(around.secret, f"{use}:{document['id']}".encode(), "sha256")[:_ID_BYTES]


def recorded_month(document: Document, _: Around) -> str | None:
    """Return the month in which an incident was recorded."""
    moment = document.get("recorded_at")
    return None if moment is None else str(moment)[:_MONTH]


def kind_and_area(document: Document, _: Around) -> dict[str, str]:
    """Return a title that says what happened, by its type, and in which area."""
    book = codebook()
    sub = document.get("subtype")
    kind = book.subtypes[sub] if sub else book.types[document["type"]]
    where = "".join(f", {place[AREA].name}" for place in document.get("places", ())[:1])
    return {lang: f"{kind.label(lang)}{where}" for lang in ("en", "es")}


def months(document: Document, _: Around) -> str | None:
    """Return the months that an incident's days lie in, as text."""
    span = _months(document)
    return None if span is None else str(span)


def months_precision(document: Document, _: Around) -> str | None:
    """Return how exactly `months` says when it was."""
    span = _months(document)
    return None if span is None else span.precision


def _months(document: Document) -> DaySpan | None:
    if not document.get("days"):
        return None
    span = DaySpan.parse(document["days"], document.get("date_precision"))
    last = span.last.replace(day=monthrange(span.last.year, span.last.month)[1])
    same = (span.first.year, span.first.month) == (last.year, last.month)
    return DaySpan(span.first.replace(day=1), last, "month" if same else "period")


def area_name(place: Document, _: Around) -> str:
    """Return the name of the area that a place becomes."""
    return str(place[AREA].name)


def area_precision(place: Document, _: Around) -> str:
    """Return the precision of the place that this area stands for."""
    return str(place[AREA].precision)


def area_code(place: Document, _: Around) -> str | None:
    """Return the administrative code of that area."""
    code: str | None = place[AREA].admin_code
    return code


def credited_dataset(document: Document, around: Around) -> str | None:
    """Return the dataset, if its terms must be stated; a name without terms may be that of somebody's file."""
    name = document.get("dataset")
    return name if name in around.credited else None


def own_source(document: Document, around: Around) -> str:
    """Return the replacement for the key of a source."""
    return around.sources[document["key"]]


def own_actor(document: Document, around: Around) -> str:
    """Return the replacement for the key of an actor."""
    return around.actors[document["key"]]


def own_case(document: Document, around: Around) -> str:
    """Return the replacement for the key of a case."""
    return around.cases[document["key"]]


def cited_source(document: Document, around: Around) -> str | None:
    """Return the replacement for the key of the source that a claim cites."""
    key = document.get("source")
    return None if key is None else around.sources[key]


def cited_sources(document: Document, around: Around) -> list[str]:
    """Return the replacement for the key of the sources of an incident."""
    return [around.sources[key] for key in document.get("sources", ())]


def party_actor(party: Document, around: Around) -> str:
    """Return the replacement for the key of the actor of a party."""
    return around.actors[party["actor"]]


def voice(claim: Document, around: Around) -> dict[str, str] | None:
    """Return what stands for whom a document quotes, so that different persons stay different."""
    name = claim.get("attributed_to")
    return None if name is None else around.voices.get(names_of(name)[0], WITHHELD)


def phase_month(phase: Document, _: Around) -> str:
    """Return the month from which a phase lasts."""
    return str(phase["from_day"])[:_MONTH]


def phase_last_month(phase: Document, _: Around) -> str | None:
    """Return the month until which a phase lasts, if it ends."""
    return str(phase["until_day"])[:_MONTH] if phase.get("until_day") else None


def phase_source(phase: Document, around: Around) -> str | None:
    """Return the replacement for the key of the source that a phase cites, if that is withheld."""
    return around.sources.get(phase.get("source", ""))


def phase_sources(phase: Document, around: Around) -> list[str]:
    """Return the replacements for the keys of those further sources of a phase that are withheld."""
    return [around.sources[key] for key in phase.get("sources", ()) if key in around.sources]


def stated_month(claim: Document, around: Around) -> str | None:
    """Return the month in which something was said; without one that of its document."""
    day = claim.get("stated_on") or around.dates.get(claim["source"])
    return None if day is None else str(day)[:_MONTH]


def other_count(claim: Document, _: Around) -> dict[str, str] | None:
    """Return what stands for the note that says what was counted, without which a claim of `other` says nothing."""
    return NOT_SHOWN if claim["measure"] == "other" else None


def there_is_a_scope(claim: Document, _: Around) -> dict[str, str] | None:
    """Return that a claim is about a part of the incident, so that it does not become the figure of all of it."""
    return NOT_SHOWN if claim.get("scope") else None


def there_is_a_pin(claim: Document, _: Around) -> dict[str, str] | None:
    """Return that an editor holds this claim above others, without why."""
    return NOT_SHOWN if claim.get("pinned") else None


def withheld_name(_: Document, __: Around) -> dict[str, str]:
    """Return what stands where a name by language was."""
    return WITHHELD


def withheld_publisher(_: Document, __: Around) -> str:
    """Return what stands where a publisher was: a source needs one, a title or an address."""
    return WITHHELD["en"]
