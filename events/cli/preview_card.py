"""The card of an incident before it is saved: what was understood, line by line, and what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table

from willay.data.codebook import codebook
from willay.data.countries import country
from willay.data.unit_codes import unit_names
from willay.data.unit_words import precision_label
from willay.events.cli.output import console, shown
from willay.events.cli.questions import in_words
from willay.events.model.day_words import days_with_precision
from willay.events.model.figure_words import full_figure
from willay.events.model.values import local
from willay.geo.coordinates import format_point
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from willay.data.countries import Country
    from willay.events.model.drafts import Bundle, ClaimDraft, IncidentDraft, PlaceDraft, SourceDraft
    from willay.events.model.entry import Citation
    from willay.events.store import Preview


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the card.

    Attributes:
        name: What it is about.
        value: What was understood.
        question: The question that changes it; None belongs to the line before.
    """

    name: str
    value: str
    question: str | None = None


def card_of(
    incident: IncidentDraft,
    preview: Preview,
    bundle: Bundle,
    cited: Sequence[Citation] = (),
    *,
    questions: Sequence[str] | None = None,
    regions: Mapping[tuple[str, str], str] | None = None,
    actors: Mapping[str, str] | None = None,
    known: Callable[[str], Country] = country,
) -> list[Line]:
    """Return the lines of the card: what was understood, and what was computed from it.

    Args:
        incident: The incident.
        preview: What the database makes of it.
        bundle: What it is in.
        cited: The sources that were named.
        questions: The questions of the claims in their order; None leaves out lines of what is not known.
        regions: The names of regions in the language of now, by set and key.
        actors: The names of recorded actors, by key.
        known: Returns what is known of a country.
    """
    lang = language()
    lines = [
        Line(tr("What"), local(incident.title, lang), "title"),
        Line(tr("Type"), _kind(incident), "type"),
        Line(tr("When"), _when(incident), "days"),
        *(Line(tr("Where"), _placed(place, regions or {}, known), "places") for place in preview.places),
        *(
            Line(tr("Who"), f"{_actor(party.actor, bundle, actors or {})} · {_role(party.role)}", "actors")
            for party in incident.parties
        ),
        *_claims(incident, questions, {one.key: _title_of(one) for one in _named(bundle, cited)}),
        *_sources(bundle, cited),
        *_rest(incident),
    ]
    if questions is None:
        return lines
    found = {line.question for line in lines}
    unknown = tr("not known")
    lines += [
        Line(name, value, question)
        for name, value, question in (
            (tr("Where"), unknown, "places"),
            (tr("Who"), unknown, "actors"),
            (tr("Count"), tr("none yet"), "claims"),
            (tr("Source"), tr("none yet"), "source"),
            (tr("Confidence"), tr("not judged"), "confidence"),
            (tr("Sensitivity"), in_words("public", codebook().sensitivity), "sensitivity"),
            (tr("Summary"), tr("no summary"), "summary"),
        )
        if question not in found and not (question == "claims" and questions)
    ]
    return sorted(lines, key=_place_of)


_ORDER: Final = (
    "title",
    "type",
    "days",
    "places",
    "actors",
    "claims",
    "source",
    "confidence",
    "sensitivity",
    "summary",
)


def _place_of(line: Line) -> int:
    """Return where a line belongs: a line without a question with the sources, and every measure with the counts."""
    base = (line.question or "source").partition("#")[0]
    return _ORDER.index(base if base in _ORDER else "claims")


def show_card(lines: Sequence[Line], *, numbered: bool) -> list[str]:
    """Show the card on standard error; return the question of each numbered line."""
    table = Table.grid(padding=(0, 2))
    questions: list[str] = []
    for line in lines:
        if line.question:
            questions.append(line.question)
        number = [shown(f"{len(questions):>2}" if line.question else "", "dim")] if numbered else []
        table.add_row(*number, shown(line.name, "dim"), shown(line.value))
    console(stderr=True).print(table)
    return questions


def _kind(incident: IncidentDraft) -> str:
    return in_words(incident.subtype or incident.type, codebook().types_and_subtypes)


def _when(incident: IncidentDraft) -> str:
    return tr("not known") if incident.span is None else days_with_precision(incident.span)


def _actor(key: str, bundle: Bundle, known: Mapping[str, str]) -> str:
    new = next((one for one in bundle.actors if one.key == key), None)
    if new is None:
        return known.get(key, key)
    kind = codebook().actor_kinds[new.kind].label(language())
    return tr("{name} (new: {kind})", name=local(new.name, language()), kind=kind)


def _role(code: str) -> str:
    return codebook().roles[code].label(language())


def _named(bundle: Bundle, cited: Sequence[Citation]) -> Iterator[SourceDraft]:
    yield from bundle.sources
    yield from (one.recorded for one in cited if one.recorded)


def _title_of(source: SourceDraft) -> str:
    return source.title or source.publisher or source.key


def _claims(incident: IncidentDraft, questions: Sequence[str] | None, titles: Mapping[str, str]) -> Iterator[Line]:
    for number, claim in enumerate(incident.claims):
        question = questions[number] if questions and number < len(questions) else "claims"
        yield Line(tr("Count"), _claim(claim, titles.get(claim.source, claim.source)), question)


def _claim(claim: ClaimDraft, source: str) -> str:
    book = codebook()
    told = {
        "measure": book.measures[claim.measure].label(language()),
        "count": tr("number unknown") if claim.has_unknown_number else full_figure(claim.count, language()),
        "group": book.groups[claim.group].label(language()),
        "source": source,
    }
    return tr("{measure} {count} · {group} · source: {source}", **told)


def _sources(bundle: Bundle, cited: Sequence[Citation]) -> Iterator[Line]:
    named = [one.key for one in cited]
    for source in bundle.sources:
        yield Line(tr("New source"), source_in_words(source), _question_of(source.key, named))
    for number, one in enumerate(cited, 1):
        if one.recorded and one.recorded.key not in {source.key for source in bundle.sources}:
            value = tr("{source}, already recorded", source=source_in_words(one.recorded))
            yield Line(tr("Source"), value, "source" if number == 1 else f"source#{number}")
        if one.like:
            key, like = one.key, one.like.key
            value = tr(
                "{key} is not {like}, which has the same title. To cite that one: --source {like}", key=key, like=like
            )
            yield Line("", value)


def _question_of(key: str, named: Sequence[str]) -> str:
    number = named.index(key) + 1 if key in named else 1
    return "source" if number == 1 else f"source#{number}"


def _rest(incident: IncidentDraft) -> Iterator[Line]:
    book, lang = codebook(), language()
    if incident.confidence:
        yield Line(tr("Confidence"), book.confidence[incident.confidence].label(lang), "confidence")
    if incident.sensitivity:
        yield Line(tr("Sensitivity"), book.sensitivity[incident.sensitivity].label(lang), "sensitivity")
    if incident.summary:
        yield Line(tr("Summary"), local(incident.summary, lang), "summary")


def source_in_words(source: SourceDraft) -> str:
    """Return a source with its key, its date and its kind."""
    dated = f", {source.published_on}" if source.published_on else ""
    kind = in_words(source.kind, codebook().source_kinds)
    return f"{source.key}: {source.title or source.publisher or source.url or ''}{dated} ({kind.partition(' (')[0]})"


def _placed(place: Any, names: Mapping[tuple[str, str], str], known: Callable[[str], Country]) -> str:  # noqa: ANN401 — the store's PreviewPlace, which is not imported at run time
    inside = ", ".join(name for name in reversed(place.admin) if name and name != place.name)
    told = {
        "name": place.name,
        "precision": precision_label(place.precision, known(place.country), language()),
        "inside": f" — {inside}" if inside else "",
        "regions": ", ".join(
            dict.fromkeys(
                name
                for region in place.hits
                if (name := names.get((region.set_name, region.key), region.name)) not in place.admin
            )
        ),
    }
    if told["regions"]:
        return tr("{name} ({precision}){inside}; in {regions}", **told)
    if place.hits:
        return tr("{name} ({precision}){inside}", **told)
    return tr("{name} ({precision}){inside}; in no region of the database", **told)


def place_in_words(place: PlaceDraft, known: Callable[[str], Country] = country) -> str:
    """Return a place as it was read: its name, precision and unit, and its point."""
    precision = precision_label(place.precision, known(place.country) if place.country else None, language())
    names = [name for name in unit_names(place.country or "", place.admin_code or "") if name != place.name]
    within = f"± {place.radius_m / 1000:g} km" if place.radius_m else ""
    at = f"({format_point((place.lon, place.lat), 4)})" if place.lon is not None and place.lat is not None else ""
    inside = ", ".join(reversed(names))
    return " · ".join(part for part in (place.name, inside, within or precision, at) if part)
