"""Disclosure: a document of the record as a profile lets it leave the database, or None.

Everything that leaves, page, picture, file or release, is made of documents that went through `disclose`, so that all
say the same. From most to least sensitive:

- An incident at a level that the profile leaves out is not there, nor one that is younger than the profile's delay.
- One that it coarsens says where (a unit, or as the profile says), in which month, what kind of thing happened to
  how many by what kinds of sources and parties, and nothing that leads further; see `fields`.
- An incident with a place that is coarsened, or whose texts name something withheld, is coarsened in the same way: a
  title would give away what the map hides.
- Any other is shown in full; what it refers to and is withheld keeps a kind and a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from willay.events.disclosure.coarsening import AREA, Around
from willay.events.disclosure.declarations import INCIDENT, PLACE, RECORD
from willay.events.disclosure.names import Names
from willay.events.disclosure.showing import coarse, exact, references, texts
from willay.events.model.draftbase import WITHHELD
from willay.events.model.terms import stricter
from willay.events.model.values import DaySpan
from willay.events.model.voice_names import called, voice_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from willay.data.profiles import Profile
    from willay.events.disclosure.areas import Areas
    from willay.events.disclosure.coarsening import Area
    from willay.events.disclosure.declarations import Fields
    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document

Treatment = Literal["show", "coarsen", "leave out"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides how documents are shown.

    Attributes:
        profile: What becomes of what is sensitive.
        areas: Returns what coarsened places become; asked only where one is coarsened.
        today: The day from which the profile's delay counts back.
        names: Names that no text may have.
        around: What withheld sources, actors, cases and incidents are called instead.
        levels: How sensitive incidents of the past are today, by id: what was less so then is treated as it is today.
        place_levels: How sensitive the most sensitive place of an incident of the past is today, by the incident's id.
    """

    profile: Profile
    areas: Callable[[], Areas]
    today: date
    names: Names = field(default_factory=Names)
    around: Around = field(default_factory=Around)
    levels: Mapping[str, str] = field(default_factory=dict)
    place_levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cited:
    """What is known of the sources and actors that an incident refers to.

    Attributes:
        sources: Kind of sources, and when they were published or None, by key.
        actors: Kind of actors by key.
    """

    sources: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as it may be shown.

    Attributes:
        record: Its document: id, code, revision, recorded_at, draft; what is not shown is absent.
        is_coarse: Whether it is shown coarsely.
        areas: Where it is coarse, the areas that its places became, in their order.
        sources: Where it is coarse, the documents that stand for its sources, by key.
        actors: The same of its parties.
    """

    record: dict[str, Any]  # Any: JSON
    is_coarse: bool = False
    areas: tuple[Area, ...] = ()
    sources: Mapping[str, Document] = field(default_factory=dict)
    actors: Mapping[str, Document] = field(default_factory=dict)


def disclose(record: Document, spots: Sequence[Spot], cited: Cited, rules: Rules) -> Shown | None:
    """Return an incident as it may be shown, or None.

    Args:
        record: Its document: id, code, revision, recorded_at, draft.
        spots: Where its places are, in their order.
        cited: What it refers to.
        rules: What decides.
    """
    treatment = treatment_of(record, rules)
    if treatment == "leave out":
        return None
    if treatment == "show":
        return Shown(exact(as_strict_as_today(record, rules), RECORD, rules.around))
    return _coarse(record, spots, cited, rules)


def treatment_of(record: Document, rules: Rules) -> Treatment:
    """Return what becomes of an incident."""
    profile, draft = rules.profile, record["draft"]
    level = stricter(draft.get("sensitivity"), rules.levels.get(record["id"]))
    done = profile.treatment("incident", level)
    if done == "leave out" or _is_too_young(draft, rules):
        return "leave out"
    places = [rules.place_levels.get(record["id"]), *(place.get("sensitivity") for place in draft.get("places", ()))]
    hides_a_place = any(profile.treatment("place", level) == "coarsen" for level in places)
    return "coarsen" if done == "coarsen" or hides_a_place or names_withheld(draft, INCIDENT, rules.names) else "show"


def as_strict_as_today(record: Document, rules: Rules) -> dict[str, Any]:
    """Return an incident with the levels that it and its places have today, where these are stricter."""
    draft = {**record["draft"], **_level(record["draft"], rules.levels.get(record["id"]))}
    today = rules.place_levels.get(record["id"])
    if today is not None and "places" in draft:
        draft["places"] = [{**place, **_level(place, today)} for place in draft["places"]]
    return {**record, "draft": draft}


def _level(document: Document, today: str | None) -> dict[str, str]:
    level = stricter(document.get("sensitivity"), today)
    return {} if level is None else {"sensitivity": level}


def _is_too_young(draft: Document, rules: Rules) -> bool:
    if not rules.profile.delay_days or not draft.get("days"):
        return False
    last = DaySpan.parse(draft["days"], draft.get("date_precision")).last
    return last > rules.today - timedelta(days=rules.profile.delay_days)


def names_withheld(document: Document, fields: Fields, names: Names) -> bool:
    """Return whether a document, or one within it, names something that is withheld."""
    return bool(names) and any(names.found_in(text) for text in texts(document, fields))


def _coarse(record: Document, spots: Sequence[Spot], cited: Cited, rules: Rules) -> Shown:
    draft = record["draft"]
    places = [
        {**place, AREA: rules.areas().around(place, spot, rules.names)}
        for place, spot in zip(draft.get("places", ()), spots, strict=True)
    ]
    around, sources, actors = _stand_ins(draft, cited, rules)
    made = coarse({**record, "draft": {**draft, "places": places}}, RECORD, around)
    each = [coarse(place, PLACE, around) for place in places]
    areas = tuple(place[AREA] for number, place in enumerate(places) if each[number] not in each[:number])
    return Shown(made, is_coarse=True, areas=areas, sources=sources, actors=actors)


def _stand_ins(draft: Document, cited: Cited, rules: Rules) -> tuple[Around, dict[str, Document], dict[str, Document]]:
    """Return what sources and parties of a coarse incident are called, and the documents that stand for them."""
    sources: dict[str, str] = {}
    actors: dict[str, str] = {}
    documents: dict[str, Document] = {}
    parties: dict[str, Document] = {}
    for what, key in references(draft, INCIDENT):
        if what == "source" and key not in sources:
            kind = cited.sources[key][0]
            sources[key] = name = f"withheld-document-{len(sources) + 1}-{kind}"
            documents[name] = {"key": name, "kind": kind, "publisher": WITHHELD["en"]}
        elif what == "actor":
            kind = cited.actors[key]
            actors[key] = name = f"withheld-{kind}"
            parties[name] = {"key": name, "kind": kind, "name": WITHHELD}
    dates = {key: day for key, (_, day) in cited.sources.items() if key in sources and day is not None}
    voices = _voices(draft)
    around = replace(rules.around, sources=sources, actors=actors, voices=voices, dates=dates)
    return around, documents, parties


def _voices(draft: Document) -> dict[str, dict[str, str]]:
    """Return what stands for those whom a document quotes, by all their names: the figures are chosen by voice."""
    said = [claim["attributed_to"] for claim in draft.get("claims", ()) if claim.get("attributed_to")]
    names = called(said)
    numbers = {key: number for number, key in enumerate(dict.fromkeys(voice_key(one, names) for one in said), 1)}
    return {name: _withheld(numbers[key]) for name, key in names.items()}


def _withheld(number: int) -> dict[str, str]:
    return WITHHELD if number == 1 else {lang: f"{name} {number}" for lang, name in WITHHELD.items()}
