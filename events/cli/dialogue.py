"""The dialogue of `willay add`: questions in both directions; no answer is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from willay.data.errors import DataError
from willay.events.cli import exit_codes
from willay.events.cli.choosing import NO, YES, BackError, UnreadError, agreed, chosen_term
from willay.events.cli.hints import hint
from willay.events.cli.output import ask, say
from willay.events.cli.questions import (
    BACK,
    HELP,
    KEEP,
    NEEDED,
    NOTHING,
    SAVE,
    SAVE_HOW,
    Question,
    known_by,
    question_about,
    questions_after,
)
from willay.events.model.errors import DraftError, EventsError
from willay.geo.errors import GeoError
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from willay.data.countries import Country
    from willay.events.cli.unfinished import Notebook, Unfinished
    from willay.events.model.errors import Fault


@dataclass(frozen=True, slots=True)
class Told:
    """What one source states, in the words of the person who enters it.

    Attributes:
        source: The source as it was named; None where none was.
        kind: The kind of a new source.
        published: Its date.
        claims: The claims as options give them, `killed:police=3`, each with the name of its question.
    """

    source: str | None
    kind: str | None
    published: str | None
    claims: tuple[tuple[str, str], ...]


class Dialogue:
    """The questions that are left to be asked, and the answers to those that were.

    Args:
        content: What was given and answered before; it is filled as answers come.
        notebook: Where answers are saved.
        read: Finds out what an answer means, by question, where that takes more than reading it: returns plain fields.
            It may ask; `BackError` goes back.
        suggest: Returns what a text may become, by question, each with what it is.
        country: The country of the database, in whose words places are asked for.
    """

    def __init__(
        self,
        content: Unfinished,
        notebook: Notebook,
        read: Mapping[str, Callable[[str], Any]],
        suggest: Mapping[str, Callable[[str], Iterable[tuple[str, str]]]],
        country: Country,
    ) -> None:
        self.content, self.notebook, self._read, self._suggest = content, notebook, read, suggest
        self._country = country
        self._typed: dict[str, list[str]] = {}

    def _questions(self) -> list[Question]:
        return questions_after(self.content, self._country)

    def run(self) -> None:
        """Ask all that was neither given nor answered yet."""
        self._from(0)

    def recall(self) -> None:
        """Show what was answered before."""
        for question in self._questions():
            if answer := self.content.answers.get(question.name):
                say(f"  {question.text().partition(' (')[0]} {_shown(question, answer)}")

    def check_given(self) -> None:
        """Read what was given as options, and ask again what cannot be read, before anything else is asked."""
        for question in self._questions():
            given = self.content.words.get(question.name)
            if isinstance(given, str) and given and self._is_to_be_read(question):
                while not self._can_be_read(question, given):
                    try:
                        self._ask(question)
                        break
                    except BackError:
                        say(f"  {tr(NEEDED)}")

    def _is_to_be_read(self, question: Question) -> bool:
        is_settled = question.name in self.content.answers or question.name in self.content.meanings
        return not is_settled and bool(question.terms or question.check or question.is_read_when_given)

    def back(self) -> None:
        """Ask the last question again, and those before it as long as a person goes back."""
        last = self._usual()[-1]
        self._from(len(self._usual()) - 1, {last.name})

    def change(self, name: str) -> None:
        """Ask one question again, and what follows from the new answer."""
        question = next(one for one in self._questions() if one.name == name)
        try:
            self._ask(question)
        except BackError:
            return
        self.run()

    def again(self, fault: Fault) -> None:
        """Report a fault and repeat its question; a fault without a question repeats the last one."""
        say(f"  {fault.message}")
        claims = [claim for told in self.voices() for claim in told.claims]
        name = question_about(fault, claims)
        question = next((one for one in self._questions() if one.name == name), None)
        if question is None:
            say(f"  ({fault.where or tr('the whole incident')})")
            self.back()
            return
        try:
            self._ask(question)
        except BackError:
            usual = self._usual()
            place = next((n for n, one in enumerate(usual) if one.name == name), len(usual))
            before = max(0, place - 1)
            self._from(before, {usual[before].name, question.name})

    def answered(self) -> dict[str, Any]:
        """Return the options with the answers in their places; those about sources and counts are in `voices`."""
        told = dict(self.content.words)
        for question in self._questions():
            answer = self.content.answers.get(question.name)
            if answer is not None and question.name in _ANSWERED:
                told[question.name] = _parts(answer) if question.is_list else answer or None
        return told

    def voices(self) -> list[Told]:
        """Return what each source states, in the order in which they were named."""
        words, answers = self.content.words, self.content.answers
        found: list[Told] = []
        number = ""
        while not found or answers.get(f"source{number}"):
            is_given = not found and "claims" not in answers
            given = [(text, "claims") for text in words.get("claims") or ()] if is_given else []
            found.append(
                Told(
                    self._either("source", number),
                    self._either("source_kind", number),
                    self._either("published", number),
                    (*given, *self._claims(number)),
                )
            )
            number = f"#{len(found) + 1}"
        return found

    def _either(self, name: str, number: str) -> str | None:
        if number:
            return self.content.answers.get(name + number) or None
        return self.content.answers.get(name, self.content.words.get(name)) or None

    def _claims(self, number: str) -> list[tuple[str, str]]:
        from willay.data.codebook import codebook

        counts = {measure: self.content.answers.get(measure + number) for measure in codebook().measures.codes()}
        found = [(f"{measure}={count}", measure + number) for measure, count in counts.items() if count]
        name = f"claims{number}"
        if answer := self.content.answers.get(name):
            found += [(text, name) for text in self.content.meanings.get(name) or _parts(answer)]
        return found

    def _usual(self) -> list[Question]:
        """Return the usual questions that make sense after the answers so far and are not settled by options."""
        return [
            one
            for one in self._questions()
            if one.is_usual and (one.name in self.content.answers or not known_by(self.content, one.name))
        ]

    def _from(self, at: int, anew: Iterable[str] = ()) -> None:
        """Ask what is not answered from a place on, and some questions once more."""
        waiting = set(anew)
        while True:
            asked = self._usual()
            rest = range(at, len(asked))
            to_ask = [n for n in rest if asked[n].name in waiting or self._is_open(asked[n])]
            if not to_ask:
                return
            at = to_ask[0]
            try:
                self._ask(asked[at])
                waiting.discard(asked[at].name)
                at += 1
            except BackError:
                before = max(0, at - 1)
                waiting |= {asked[at].name, asked[before].name}
                at = before

    def _is_open(self, question: Question) -> bool:
        """Return whether a question was not answered yet, or must be now: a source, once somebody counts."""
        answer = self.content.answers.get(question.name)
        return answer is None or not (answer or question.optional)

    def _ask(self, question: Question) -> None:
        """Ask until the answer can be read, and store it."""
        before = _shown(question, self.content.answers.get(question.name, self._given(question)))
        offered = _shown(question, question.default) if before is None else before
        if question.preface:
            say(question.preface())
        past = self._typed.setdefault(question.base, [])
        while True:
            suggest = self._suggest.get(question.base)
            answer = ask(question.text(), default=offered, suggest=suggest, past=past).strip()
            if answer == BACK:
                raise BackError
            if answer == HELP:
                say(question.explained() or tr("This question has no explanation."))
                continue
            answer = "" if answer == NOTHING and question.optional else answer
            if not answer and not question.optional:
                say(f"  {tr(NEEDED)}")
                continue
            if answer == before and (question.name in self.content.meanings or question.terms):
                answer = self.content.answers.get(question.name, answer)
                break
            try:
                answer = self._meant(question, answer, is_offered=answer == offered)
            except UnreadError as error:
                say(f"  {error}")
                offered = _shown(question, error.offered) or offered
            except (EventsError, DataError, GeoError) as error:
                _say_faults(error)
            else:
                break
        past += [answer] if answer else []
        self.content.answers[question.name] = answer
        self.save()

    def _given(self, question: Question) -> str | None:
        """Return what an option gave for a question, as it may be typed."""
        given = self.content.words.get(question.name)
        return "; ".join(given) if isinstance(given, list) else given

    def _can_be_read(self, question: Question, given: str) -> bool:
        try:
            read = self._meant(question, given)
        except BackError:
            return False
        except (EventsError, DataError, GeoError, UnreadError) as error:
            _say_faults(error)
            return False
        if read != given:
            self.content.words[question.name] = read
        return True

    def _meant(self, question: Question, answer: str, *, is_offered: bool = False) -> str:
        """Return an answer as it is stored, if it can be read; its meaning is stored with it."""
        self.content.meanings.pop(question.name, None)
        if not answer:
            return answer
        if question.terms:
            return chosen_term(answer, question.terms, is_told=not is_offered)
        if question.check:
            question.check(answer)
        if question.base in self._read:
            self.content.meanings[question.name] = self._read[question.base](answer)
        return answer

    def save(self) -> None:
        """Save the answers so far; report once if that is not possible."""
        had_trouble = self.notebook.trouble is not None
        self.notebook.save(self.content)
        if self.notebook.trouble is not None and not had_trouble:
            say(f"  ({tr('Your answers cannot be saved for later: {why}', why=self.notebook.trouble)})")


_ANSWERED = frozenset(
    (
        "title",
        "type",
        "days",
        "places",
        "actors",
        "confidence",
        "sensitivity",
        "cases",
        "tags",
        "part_of",
        "summary",
        "status",
        "country",
    )
)
"""The questions whose answers are options of the incident itself."""


def _shown(question: Question, answer: str | None) -> str | None:
    """Return an answer as it is offered again: a term by its label."""
    if question.terms and answer and answer in question.terms:
        return question.terms[answer].label(language()).partition(":")[0].partition(" (")[0]
    return answer


def _say_faults(error: Exception) -> None:
    """Report what is wrong with an answer; the question says what it is about."""
    for text in [fault.message for fault in error.faults] if isinstance(error, DraftError) else [str(error)]:
        say(f"  {text}")


def _parts(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(";") if part.strip()]


def wants_to_save(lines: Sequence[str]) -> bool | str:
    """Ask whether to save; return the answer, or the name of the question whose line is to be changed.

    Args:
        lines: The name of the question of each line that was shown.

    Raises:
        BackError: They want to change the last answer.
    """
    while True:
        answer = ask(tr(SAVE), default="", show_default=False).strip().casefold()
        if answer == BACK:
            raise BackError
        if not answer or answer in YES:
            return True
        if answer in NO:
            return False
        if answer.isdecimal() and 1 <= int(answer) <= len(lines):
            return lines[int(answer) - 1]
        say(f"  {tr(SAVE_HOW)}")


def offer_to_save(notebook: Notebook, db: Path, *, ask_first: bool = True) -> None:
    """Ask whether to save the answers, and report how to continue; without a terminal they are saved."""
    if not notebook.path.exists():
        return
    try:
        wanted = not ask_first or agreed(tr(KEEP), goes_back=False)
    except typer.Abort:
        wanted = True
    if not wanted:
        notebook.forget()
        say(tr("Your answers were discarded."))
        return
    resume = hint("add", "--resume", db=db)
    say(tr("Your answers were saved in {file}. To continue: {resume}", file=notebook.path, resume=resume))


def stop() -> typer.Exit:
    """Return the exception that ends a command that a person stopped."""
    return typer.Exit(exit_codes.STOPPED)
