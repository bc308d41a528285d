"""Questions on a terminal, and the summary of what was understood before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

from willay.data.codebook import codebook
from willay.data.errors import AmbiguousPlaceError, DataError
from willay.events.cli.dialogue import BackError
from willay.events.cli.output import ask, console, on_terminal, say, shown
from willay.events.cli.questions import BACK, NEEDED, SAME, WHERE_AGAIN, WHICH_DAYS, YES, which_place
from willay.events.model.day_words import days_in_words
from willay.events.model.entry import Citation
from willay.events.model.errors import AmbiguousDaysError, EventsError
from willay.events.model.said_days import SaidDays
from willay.events.model.values import local
from willay.geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.data.gazetteer import PlaceCandidate
    from willay.events.model.drafts import Bundle, ClaimDraft, IncidentDraft, PlaceDraft, SourceDraft
    from willay.events.model.errors import UnclearClaimError
    from willay.events.store import Preview


def ask_what_second_is(error: UnclearClaimError) -> str:
    """Ask whether a second count of a source corrects the first or adds to it; return `corrects` or `adds`."""
    say(f"  {error.facts}")
    answers = {"c": "corrects", "a": "adds"}
    question = f"Does the new count correct claim {error.number} (c), or count additional people (a)?"
    while True:
        answer = ask(question).strip().lower()
        if answer[:1] in answers and answers[answer[:1]].startswith(answer):
            return answers[answer[:1]]
        say("  Type c (corrects) or a (additional people).")


def ask_which_place(
    text: str, read: Callable[[str], PlaceDraft], take: Callable[[PlaceCandidate], PlaceDraft]
) -> PlaceDraft:
    """Read a place, and let a person choose where the name is ambiguous or unknown.

    Args:
        text: What was typed.
        read: Makes a place of a text.
        take: Makes a place of a candidate that the person chose.

    Raises:
        AmbiguousPlaceError: Several places have the name, and there is no terminal to ask.
        UnknownPlaceError: No place has it, and there is no terminal to ask.
        BackError: The person goes back to the question before.
    """
    while True:
        try:
            return read(text)
        except AmbiguousPlaceError as error:
            if not on_terminal():
                raise
            chosen = _choose(error)
            if not isinstance(chosen, str):
                return take(chosen)
            text = chosen
        except (DataError, EventsError, GeoError) as error:
            if not on_terminal():
                raise
            say(f"  {error}")
            text = _answer(WHERE_AGAIN)


def _choose(error: AmbiguousPlaceError) -> PlaceCandidate | str:
    """Return the candidate that a person picks by its number, or another name they type."""
    for number, candidate in enumerate(error.candidates, 1):
        inside = ", ".join(name for name in (candidate.province, candidate.department) if name)
        say(f"  {number}. {candidate.name}, {inside} ({candidate.lon:.4f}, {candidate.lat:.4f})")
    picked = _answer(which_place(len(error.candidates)))
    if picked.isdigit() and 1 <= int(picked) <= len(error.candidates):
        return error.candidates[int(picked) - 1]
    return picked


def ask_which_days(text: str, read: Callable[[str], SaidDays | None]) -> SaidDays | None:
    """Read days, and let a person choose where they can be read in two ways.

    Raises:
        DayError: They cannot be read.
        BackError: The person goes back to the question before.
    """
    while True:
        try:
            return read(text)
        except AmbiguousDaysError as error:
            for number, words in enumerate(error.words, 1):
                say(f"  {number}. {words}")
            text = _answer(WHICH_DAYS.format(len(error.words)))
            if text.isdigit() and 1 <= int(text) <= len(error.words):
                return SaidDays.of(error.readings[int(text) - 1])


def echo_days(said: SaidDays | None) -> None:
    """Show how days were read, and what of them is not recorded."""
    say(f"  = {said.words if said else 'not known'}")
    say_left_out(said)


def say_left_out(said: SaidDays | None) -> None:
    """Report words that say more than the day, which are not recorded."""
    if said and said.left_out:
        say(f"  Only the day is recorded, not “{said.left_out}”. If it matters, write it in the summary.")


def _answer(question: str) -> str:
    """Return the answer to a question that must be answered.

    Raises:
        BackError: The person goes back to the question before.
    """
    while not (answer := ask(question, default="").strip()):
        say(f"  {NEEDED}")
    if answer == BACK:
        raise BackError
    return answer


def ask_whether_same(citation: Citation) -> Citation:
    """Ask whether a recorded source with the same title is the same document.

    Raises:
        BackError: They go back to the question before.
    """
    like = citation.like
    if like is None:
        return citation
    told = ", ".join(part for part in (like.key, like.title, like.published_on) if part)
    answer = ask(SAME.format(told), default="").strip().casefold()
    if answer == BACK:
        raise BackError
    return Citation(like.key, recorded=like) if answer in YES else citation


def understood(
    incident: IncidentDraft, preview: Preview, bundle: Bundle, lang: str, cited: Citation | None = None
) -> None:
    """Show what was understood and what was computed: days, department, zones, claims, source.

    Args:
        incident: The incident.
        preview: What the database makes of it.
        bundle: What it is in.
        lang: Language of labels and texts.
        cited: The source that was named, where one was.
    """
    table = Table.grid(padding=(0, 2))
    span = incident.span
    precision = codebook().date_precision[span.precision].label(lang) if span else ""
    rows = [
        ("What", f"{local(incident.title, lang)} · {incident.subtype or incident.type}"),
        ("When", f"{incident.days} = {days_in_words(span)}, {precision}" if span else "not known"),
        *(("Where", _placed(place)) for place in preview.places),
        *(("Who", f"{party.actor} · {party.role}") for party in incident.parties),
        *(("Claim", f"{c.measure} {_counted(c)} · {c.group} · source: {c.source}") for c in incident.claims),
        *(("New source", _source(s)) for s in bundle.sources),
        *([("Source", f"{_source(cited.recorded)}, already recorded")] if cited and cited.recorded else []),
        *([("", _alike(cited.key, cited.like))] if cited and cited.like else []),
        *([("Goes", codebook().sensitivity[incident.sensitivity].label(lang))] if incident.sensitivity else []),
    ]
    for name, value in rows:
        table.add_row(shown(name, "dim"), shown(value))
    console(stderr=True).print(table)


def _source(source: SourceDraft) -> str:
    dated = f", {source.published_on}" if source.published_on else ""
    return f"{source.key}: {source.title or source.publisher or source.url or ''}{dated} ({source.kind})"


def _alike(key: str, like: SourceDraft) -> str:
    return f"{key} is not {like.key}, which has the same title. To cite that one: --source {like.key}"


def _counted(claim: ClaimDraft) -> str:
    return "number unknown" if claim.has_unknown_number else str(claim.count)


def _placed(place: Any) -> str:  # noqa: ANN401 — the store's PreviewPlace, which is not imported at run time
    inside = ", ".join(name for name in reversed(place.admin) if name)
    zones = "; in " + ", ".join(place.regions) if place.regions else "; in no region of the database"
    return f"{place.name} ({place.precision})" + (f" — {inside}" if inside else "") + zones
