"""Questions on a terminal that an answer may lead to: which place, which days, which source, what a count means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.errors import AmbiguousPlaceError, DataError
from willay.events.cli.choosing import agreed, answered
from willay.events.cli.output import ask, on_terminal, say
from willay.events.cli.questions import SAME, WHERE_AGAIN, WHICH_DAYS, WHICH_PLACE
from willay.events.model.drafts import ClaimDraft, draft
from willay.events.model.entry import Citation, read_claim, read_said_claim
from willay.events.model.errors import AmbiguousDaysError, EventsError, UnclearClaimError
from willay.events.model.place_words import SeveralPlacesError, choice_words
from willay.events.model.said_days import SaidDays
from willay.geo.coordinates import format_dms
from willay.geo.errors import GeoError, SwappedCoordinatesError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from willay.data.gazetteer import PlaceCandidate
    from willay.events.model.drafts import PlaceDraft
    from willay.events.model.place_words import InUnit
    from willay.events.store import Revised


def ask_what_second_is(error: UnclearClaimError) -> str:
    """Ask whether a second count of a source corrects the first or adds to it; return `corrects` or `adds`."""
    say(f"  {error.facts}")
    answers = {"c": "corrects", "a": "adds"}
    question = tr("Does the new count correct claim {number} (c), or count additional people (a)?", number=error.number)
    words = {"corrects": ("corrects", "corrige"), "adds": ("adds", "agrega", "adicionales")}
    while True:
        answer = ask(question).strip().lower()
        if answer[:1] in answers and any(word.startswith(answer) for word in words[answers[answer[:1]]]):
            return answers[answer[:1]]
        say(f"  {tr('Type c (corrects) or a (additional people).')}")


def saved_claims(save: Callable[[list[ClaimDraft]], Revised], claims: list[ClaimDraft]) -> Revised:
    """Save claims; ask whether a second count by the same source corrects the first or adds to it.

    Raises:
        UnclearClaimError: There is no terminal to ask.
    """
    while True:
        try:
            return save(claims)
        except UnclearClaimError as error:
            if not on_terminal():
                raise
            update = {"supersedes": (error.number,)} if ask_what_second_is(error) == "corrects" else {"adds": True}
            claims = [
                claim.model_copy(update=update) if place == error.place else claim for place, claim in enumerate(claims)
            ]


def ask_which_place(
    text: str,
    read: Callable[[str], PlaceDraft],
    take: Callable[[Any], PlaceDraft],
    doubts: Callable[[PlaceDraft], list[str]] | None = None,
) -> PlaceDraft:
    """Read a place, and let a person choose where the name is ambiguous or unknown.

    Args:
        text: What was typed.
        read: Makes a place of a text.
        take: Makes a place of a candidate that the person chose.
        doubts: Returns what a person should look at again in a place; None asks about nothing.

    Raises:
        AmbiguousPlaceError: Several places have the name, and there is no terminal to ask.
        UnknownPlaceError: No place has it, and there is no terminal to ask, or doubts are asked about: then whoever
            called asks again.
        BackError: The person goes back to the question before.
    """
    found: PlaceDraft | str = text
    while isinstance(found, str):
        text = found
        try:
            found = _kept(read(text), doubts)
        except AmbiguousPlaceError as error:
            if not on_terminal():
                raise
            chosen = _choose(error)
            found = chosen if isinstance(chosen, str) else take(chosen)
        except SwappedCoordinatesError as error:
            if doubts is None or not on_terminal():
                raise
            found = _turned(error)
        except (DataError, EventsError, GeoError) as error:
            if doubts is not None or not on_terminal():
                raise  # whoever asked asks again
            say(f"  {error}")
            found = answered(tr(WHERE_AGAIN))
    return found


def _kept(place: PlaceDraft, doubts: Callable[[PlaceDraft], list[str]] | None) -> PlaceDraft | str:
    """Return a place, or what a person types instead where there is a doubt about it."""
    found = doubts(place) if doubts else []
    for doubt in found:
        say(f"  {doubt}")
    if not found or agreed(tr("Keep it as it is?"), default=False):
        return place
    return answered(tr(WHERE_AGAIN))


def _turned(error: SwappedCoordinatesError) -> str:
    """Return turned coordinates in their order, if a person says that they are meant.

    Raises:
        SwappedCoordinatesError: They are not.
    """
    point = format_dms(error.likely)
    if agreed(tr("Read as latitude, longitude: {point}. Is that right?", point=point)):
        return error.suggestion
    raise error


def _choose(error: AmbiguousPlaceError) -> PlaceCandidate | InUnit | str:
    """Return the candidate that a person picks by its number, or another name they type."""
    choices: Sequence[PlaceCandidate | InUnit] = (
        error.choices if isinstance(error, SeveralPlacesError) else error.candidates
    )
    if len(choices) == 1:
        if agreed(tr("{place}. Is that right?", place=choice_words(choices[0]))):
            return choices[0]
        return answered(tr(WHERE_AGAIN))
    for number, choice in enumerate(choices, 1):
        say(f"  {number}. {choice_words(choice)}")
    picked = answered(tr(WHICH_PLACE, number=len(choices)))
    if picked.isdigit() and 1 <= int(picked) <= len(choices):
        return choices[int(picked) - 1]
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
            text = answered(tr(WHICH_DAYS, number=len(error.words)))
            if text.isdigit() and 1 <= int(text) <= len(error.words):
                return SaidDays.of(error.readings[int(text) - 1])


def echo_days(said: SaidDays | None) -> None:
    """Show how days were read, and what of them is not recorded."""
    say(f"  = {said.words if said else tr('not known')}")
    say_left_out(said)


def ask_whether_all(said: SaidDays | None) -> SaidDays | None:
    """Ask whether an incident lasted through all days of a span; if not, return the days it happened somewhere in.

    Raises:
        BackError: They go back to the question before.
    """
    if said is None or said.span.precision != "day" or said.span.first == said.span.last:
        return said
    if agreed(tr("Did it last all these days?")):
        return said
    within = said.within()
    echo_days(within)
    return within


def say_left_out(said: SaidDays | None) -> None:
    """Report words that say more than the day, which are not recorded."""
    if said and said.left_out:
        words = said.left_out
        say(f"  {tr('Only the day is recorded, not “{words}”. If it matters, write it in the summary.', words=words)}")


def ask_whether_same(citation: Citation) -> Citation:
    """Ask whether a recorded source with the same title is the same document.

    Raises:
        BackError: They go back to the question before.
    """
    like = citation.like
    if like is None:
        return citation
    told = ", ".join(part for part in (like.key, like.title, like.published_on) if part)
    same = agreed(tr(SAME, source=told), default=False)
    return Citation(like.key, recorded=like) if same else citation


def read_counts(text: str) -> list[str]:
    """Return the counts of a text as options give them, `injured:police=3`; several are separated by semicolons.

    Raises:
        DraftError: One cannot be read.
    """
    found = []
    for part in (part.strip() for part in text.split(";")):
        if part:
            claim = read_said_claim(part)
            draft(ClaimDraft, read_claim(claim, "source"), "claims")
            found.append(claim)
    return found
