"""From documents to the columns of the incident frame: figures by policy, names in a language, what protects a row.

A document is an incident as it is recorded: `id`, `code`, `draft`, with the number and moment of its revision. Nothing
here asks a database or makes a table; `cells` holds many such rows as columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.frame.columns import BY_LANGUAGE, COLUMNS, PLAIN
from willay.events.frame.protection import dataset_documents
from willay.events.model.canonical import canonical
from willay.events.model.errors import MissingPolicyError
from willay.events.model.policy import DEFAULT_POLICY, FIGURE_MEASURES, Claim, Figure, figure
from willay.events.model.values import Count, DaySpan, local
from willay.events.model.voice_names import ALONE, called
from willay.events.model.voices import standing, words
from willay.geo.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.events.frame.columns import Origin
    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document
    from willay.events.model.foreign import DatasetTerms
    from willay.events.model.voice_names import Called

JOINED: Final = "; "


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sources, actors and cases that incidents refer to: their documents by key.

    Of sources, rows of the frame need `kind` and `published_on` only, and cards everything.
    """

    sources: Mapping[str, Document] = field(default_factory=dict)
    actors: Mapping[str, Document] = field(default_factory=dict)
    cases: Mapping[str, Document] = field(default_factory=dict)


def frame_row(
    record: Document, spots: Sequence[Spot], known: Known, *, policy: str = DEFAULT_POLICY, lang: str = "en"
) -> dict[str, Any]:
    """Return the cells of an incident in the incident frame, by column.

    Without `counted`, which depends on the other rows; the terms of its
    dataset and `sensitivity`, which protect it; `details` and `geometry`.

    Args:
        record: The incident's document.
        spots: Where its places are, in their order.
        known: What it refers to.
        policy: The figure policy.
        lang: The language of title, summary and names; the next best where a text lacks it.
    """
    draft = record["draft"]
    cited = cited_sources(draft)
    return {
        "code": record["code"],
        **plain_cells(draft, lang),
        **days_of(draft),
        **primary_cells(draft.get("places", ()), spots),
        **figure_cells(figures_of(draft, known.sources, policy)),
        "actors": actor_names(draft, known.actors, lang),
        **source_cells(cited, known.sources),
        "revision": record.get("revision"),
        "recorded_at": record.get("recorded_at"),
    }


FRAME_ROW: Final = tuple(column.name for column in COLUMNS if not column.apart)
"""The columns that `frame_row` fills, in the order of the frame."""


def plain_cells(draft: Document, lang: str) -> dict[str, Any]:
    """Return the cells of the plain fields of an incident, by column."""
    cells = {name: draft.get(name) for name in _AS_IT_IS}
    for name in BY_LANGUAGE:
        cells[name] = local(draft.get(name), lang) or None
    for name in _LISTS:
        cells[name] = JOINED.join(map(str, draft[name])) if draft.get(name) else None
    return cells


_LISTS: Final = tuple(column.name for column in PLAIN if column.kind == "list")
_AS_IT_IS: Final = tuple(column.name for column in PLAIN if column.kind not in ("list", "texts"))


def days_of(draft: Document) -> dict[str, str | None]:
    """Return `first_day` and `last_day` of an incident, ISO, both inclusive; None where it is undated."""
    if "days" not in draft:
        return {"first_day": None, "last_day": None}
    span = DaySpan.parse(draft["days"], draft.get("date_precision"))
    return {"first_day": str(span.first), "last_day": str(span.last)}


def cited_sources(draft: Document) -> list[str]:
    """Return the keys of the documents that speak of an incident, each once: those listed, then those only cited."""
    return [*dict.fromkeys([*draft.get("sources", ()), *[claim["source"] for claim in draft.get("claims", ())]])]


def source_cells(cited: Sequence[str], sources: Mapping[str, Document]) -> dict[str, Any]:
    """Return the columns of the frame for the documents that speak of an incident, from their keys, each once."""
    return {"source_count": len(cited), "source_kinds": _joined(_kind(sources, key) for key in cited)}


def actor_names(draft: Document, actors: Mapping[str, Document], lang: str) -> str | None:
    """Return the names of an incident's parties in a language, each once, in their order; None where it has none."""
    keys = (party["actor"] for party in draft.get("parties", ()))
    return _joined(local(actors[key]["name"], lang) if key in actors else key for key in keys)


def _joined(names: Iterable[str]) -> str | None:
    found = dict.fromkeys(names)
    return JOINED.join(found) if found else None


def _kind(sources: Mapping[str, Document], key: str) -> str:
    return str(sources[key]["kind"]) if key in sources else ""


def primary_cells(places: Sequence[Document], spots: Sequence[Spot]) -> dict[str, Any]:
    """Return the columns of the frame for the places of an incident, of which the first is the primary one."""
    place = places[0] if places else {}
    first, second, third = spots[0].units if spots else (None, None, None)
    return {
        "place_name": place.get("name"),
        "place_precision": place.get("precision"),
        "radius_m": _radius_m(place),
        "country": place.get("country"),
        "admin_code": place.get("admin_code"),
        "adm1": first,
        "adm2": second,
        "adm3": third,
        "region": place.get("region"),
        "place_count": len(places),
    }


def _radius_m(place: Document) -> float | None:
    """Return how far a place may lie from its point: as it states, or as is usual for its precision."""
    if (stated := place.get("radius_m")) is not None:
        return float(stated)
    usual = codebook().place_precision[place["precision"]].facts.get("radius_m") if "lon" in place else None
    return None if usual is None else float(usual)


def figure_cells(figures: Mapping[str, Figure]) -> dict[str, Any]:
    """Return the columns of the frame for the figures of an incident, by measure."""
    cells: dict[str, Any] = dict.fromkeys(_FIGURE_NAMES)
    for measure, found in figures.items():
        if measure in FIGURE_MEASURES:
            cells[f"{measure}_low"], cells[f"{measure}_best"] = found.count.low, found.count.best
            cells[f"{measure}_high"], cells[f"{measure}_source"] = found.count.high, found.source
    return cells


_FIGURE_NAMES: Final = tuple(
    f"{measure}_{name}" for measure in FIGURE_MEASURES for name in ("low", "best", "high", "source")
)


def figures_of(draft: Document, sources: Mapping[str, Document], policy: str = DEFAULT_POLICY) -> dict[str, Figure]:
    """Derive the figures of an incident by measure; a measure without a usable claim is absent.

    Args:
        draft: The incident's draft.
        sources: Kind and day (`published_on`) of the documents that its claims cite, by key.
        policy: The figure policy.
    """
    by_measure: dict[str, list[tuple[int, Document]]] = {}
    for place, claim in enumerate(draft.get("claims", ())):
        by_measure.setdefault(claim["measure"], []).append((place, claim))
    voices = [claim["attributed_to"] for claim in draft.get("claims", ()) if "attributed_to" in claim]
    names = called(voices) if len(voices) > 1 else ALONE
    found = {measure: _figure(claims, sources, policy, names) for measure, claims in by_measure.items()}
    return {measure: shown for measure, shown in found.items() if shown is not None}


def figures_as_stored(
    draft: Document, sources: Mapping[str, Document], policy: str, cells: Mapping[str, Any]
) -> dict[str, Figure]:
    """Return the figures of an incident as its row has them, where a policy would be needed that cannot be had.

    Those that every policy gives alike are derived. The others have no basis, and name no voice but their document;
    measures without columns are absent.

    Args:
        draft: The incident's draft.
        sources: As for `figures_of`.
        policy: The figure policy, by its reference.
        cells: The row of the incident, as `figure_cells` made it.
    """
    found: dict[str, Figure] = {}
    for measure in dict.fromkeys(claim["measure"] for claim in draft.get("claims", ())):
        claims = [claim for claim in draft["claims"] if claim["measure"] == measure]
        try:
            found |= figures_of({"claims": claims}, sources, policy)
        except (MissingPolicyError, PluginError):
            low, best, high, source = (cells.get(f"{measure}_{name}") for name in ("low", "best", "high", "source"))
            if low is not None or best is not None or high is not None:
                told = words(standing([_claim(place, claim, sources) for place, claim in enumerate(claims)]))
                found[measure] = Figure(measure, Count(low, best, high), source, None, "", policy, len(told))
    return found


def _figure(
    claims: Sequence[tuple[int, Document]], sources: Mapping[str, Document], policy: str, names: Called
) -> Figure | None:
    """Derive the figure of one measure; most have a single claim, or one voice with one total, which no policy needs.

    The claims of such a voice are those of one document that quotes nobody, at one time (rule 2 of `policy`).
    """
    if any("supersedes" in claim or claim.get("adds") for _, claim in claims):
        return figure([_claim(place, claim, sources) for place, claim in claims], policy, names)
    usable = [(place, claim) for place, claim in claims if "scope" not in claim and _has_number(claim)]
    if not usable:
        return None
    if not any("pinned" in claim for _, claim in usable):
        if len(usable) == 1:
            return _plain_figure(usable[0][1], policy)
        first = usable[0][1]
        totals = [claim for _, claim in usable if claim["group"] == "all"]
        if len(totals) == 1 and all(_is_of_voice(claim, first) for _, claim in usable):
            return _plain_figure(totals[0], policy)
    return figure([_claim(place, claim, sources) for place, claim in usable], policy, names)


def _has_number(claim: Document) -> bool:
    return "best" in claim or "low" in claim or "high" in claim


def _is_of_voice(claim: Document, first: Document) -> bool:
    """Return whether a claim states numbers, none of them open, in the document and at the time of another one."""
    return (
        claim["source"] == first["source"]
        and claim.get("stated_on") == first.get("stated_on")
        and "attributed_to" not in claim
        and not ("low" in claim and "high" not in claim)
    )


def _plain_figure(claim: Document, policy: str) -> Figure:
    """Return the figure where a single claim speaks."""
    low, high = claim.get("low"), claim.get("high")
    best = None if claim.get("zero_is_unknown") else claim.get("best")
    is_open = low is not None and high is None
    said = best is not None or is_open
    least = next((number for number in (low, best) if number is not None), 0)  # "up to 15" names no least
    return Figure(
        claim["measure"],
        Count(least, best, None if is_open else best if high is None else high),  # "30+" names no most
        claim["source"] if said else None,
        claim.get("attributed_to") if said else None,
        "group" if said and claim["group"] != "all" else "total",
        policy,
        1,
    )


def _claim(place: int, claim: Document, sources: Mapping[str, Document]) -> Claim:
    """Return a claim with the kind and day of its voice, which are the document's where it has none of its own."""
    document = sources.get(claim["source"], {})
    return Claim(
        measure=claim["measure"],
        group=claim["group"],
        count=Count(claim.get("low"), claim.get("best"), claim.get("high")),
        source=claim["source"],
        attributed_to=claim.get("attributed_to"),
        kind=claim.get("attributed_kind") or document.get("kind") or "other",
        stated_on=claim.get("stated_on") or document.get("published_on") or "",
        scoped="scope" in claim,
        zero_is_unknown=bool(claim.get("zero_is_unknown")),
        pinned=canonical(claim["pinned"]) if "pinned" in claim else None,
        position=place,
        label=claim.get("label"),
        supersedes=tuple(claim.get("supersedes", ())),
        adds=bool(claim.get("adds")),
    )


def credited(names: Iterable[str | None], datasets: Sequence[DatasetTerms]) -> Origin:
    """Return the credits that some datasets ask for, each once, in order, and their terms."""
    found: Origin = {}
    wanted = {*names}
    if credits_ := sorted({one.attribution for one in datasets if one.name in wanted and one.attribution}):
        found["attributions"] = credits_
    if listed := dataset_documents(wanted, datasets):
        found["datasets"] = listed
    return found


def counted(parts: Mapping[str, str | None], wholes: Mapping[str, str]) -> dict[str, bool]:
    """Say for incidents whether a sum may count them: none of the wholes above an incident is among them.

    Args:
        parts: The code of the whole of each, or None, by code.
        wholes: The whole of each part, also of incidents that are not among them.
    """
    up = {**wholes, **{code: whole for code, whole in parts.items() if whole is not None}}

    def is_counted(code: str) -> bool:
        seen, whole = {code}, up.get(code)
        while whole is not None and whole not in seen:
            if whole in parts:
                return False
            seen.add(whole)
            whole = up.get(whole)
        return True

    return {code: code not in up or is_counted(code) for code in parts}
