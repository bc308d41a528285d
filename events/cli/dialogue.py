"""The dialogue of `willay add`: questions in both directions; no answer is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from willay.data.errors import DataError, UnknownTermError
from willay.events.cli import exit_codes
from willay.events.cli.hints import hint
from willay.events.cli.output import agrees, ask, say
from willay.events.cli.questions import (
    BACK,
    KEEP,
    MEASURES,
    NEEDED,
    NO,
    NOTHING,
    QUESTIONS,
    SAVE,
    SAVE_HOW,
    YES,
    Question,
    question_about,
)
from willay.events.model.errors import EventsError
from willay.geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from willay.events.cli.unfinished import Notebook, Unfinished
    from willay.events.model.errors import Fault


class BackError(Exception):
    """A person wants to go back to the question before."""


class Dialogue:
    """The questions that are left to be asked, and the answers to those that were.

    Args:
        content: What was given and answered before; it is filled as answers come.
        notebook: Where answers are saved.
        lang: Language of labels.
        read: Finds out what an answer means, by question, where that takes more than reading it: returns plain fields.
            It may ask; `BackError` goes back.
    """

    def __init__(
        self, content: Unfinished, notebook: Notebook, lang: str, read: Mapping[str, Callable[[str], Any]]
    ) -> None:
        self.content, self.notebook, self._lang, self._read = content, notebook, lang, read

    def run(self) -> None:
        """Ask all that was neither given nor answered yet."""
        asked = self._usual()
        at = next((place for place, one in enumerate(asked) if one.name not in self.content.answers), len(asked))
        self._from(at)

    def check_given(self) -> None:
        """Read what was given as options, and ask again what cannot be read, before anything else is asked."""
        for question in QUESTIONS:
            given = self.content.words.get(question.name)
            if isinstance(given, str) and given and self._is_to_be_read(question):
                while not self._can_be_read(question, given):
                    try:
                        self._ask(question)
                        break
                    except BackError:
                        say(f"  {NEEDED}")

    def _is_to_be_read(self, question: Question) -> bool:
        is_settled = question.name in self.content.answers or question.name in self.content.meanings
        return not is_settled and bool(question.check or question.is_read_when_given)

    def back(self) -> None:
        """Ask the last question again, and those before it as long as a person goes back."""
        self._from(len(self._usual()) - 1)

    def again(self, fault: Fault) -> None:
        """Report a fault and repeat its question; a fault without a question repeats the last one."""
        say(f"  {fault.message}")
        own = self.content.words.get("claims") or []
        name = question_about(fault, self.answered()["claims"], own)
        question = next((one for one in QUESTIONS if one.name == name), None)
        if question is None:
            say(f"  ({fault.where or 'the whole incident'})")
            self.back()
            return
        try:
            self._ask(question)
        except BackError:
            usual = self._usual()
            place = next((n for n, one in enumerate(usual) if one.name == name), len(usual))
            self._from(max(0, place - 1))

    def answered(self) -> dict[str, Any]:
        """Return the options with the answers in their places; claims are those given and those answered."""
        told = dict(self.content.words)
        for question in QUESTIONS:
            answer = self.content.answers.get(question.name)
            if answer is None or question.name in MEASURES:
                continue
            parts = [part.strip() for part in answer.split(";") if part.strip()]
            told[question.name] = parts if question.is_list else answer or None
        counted = {measure: self.content.answers.get(measure) for measure in MEASURES}
        claims = [*(told.get("claims") or []), *(f"{measure}={count}" for measure, count in counted.items() if count)]
        return told | {"claims": claims}

    def _usual(self) -> list[Question]:
        """Return the usual questions that make sense after the answers so far and are not settled by options."""
        known = {**self.content.words, **self.content.answers}
        return [
            one
            for one in QUESTIONS
            if one.is_usual
            and one.fits(known)
            and (not self.content.words.get(one.name) or one.name in self.content.answers)
        ]

    def _from(self, at: int) -> None:
        while True:
            asked = self._usual()
            if at >= len(asked):
                return
            try:
                self._ask(asked[at])
                at += 1
            except BackError:
                at = max(0, at - 1)

    def _ask(self, question: Question) -> None:
        """Ask until the answer can be read, and store it."""
        before = self.content.answers.get(question.name)
        text = question.text(self._lang)
        if question.preface:
            say(question.preface())
        while True:
            answer = ask(text, default=question.default if before is None else before).strip()
            if answer == BACK:
                raise BackError
            answer = "" if answer == NOTHING and question.optional else answer
            if not answer and not question.optional:
                say(f"  {NEEDED}")
                continue
            if (answer == before and question.name in self.content.meanings) or self._means(question, answer):
                break
        self.content.answers[question.name] = answer
        self.save()

    def _can_be_read(self, question: Question, answer: str) -> bool:
        if question.is_read_when_given:
            return self._means(question, answer)
        return _reads(lambda: question.check(answer) if question.check else None)

    def _means(self, question: Question, answer: str) -> bool:
        """Return whether an answer can be read; its meaning is stored with it."""
        self.content.meanings.pop(question.name, None)
        if not answer:
            return True

        def read() -> None:
            if question.check:
                question.check(answer)
            if question.name in self._read:
                self.content.meanings[question.name] = self._read[question.name](answer)

        return _reads(read)

    def save(self) -> None:
        """Save the answers so far; report once if that is not possible."""
        had_trouble = self.notebook.trouble is not None
        self.notebook.save(self.content)
        if self.notebook.trouble is not None and not had_trouble:
            say(f"  (Your answers cannot be saved for later: {self.notebook.trouble})")


def _reads(read: Callable[[], object]) -> bool:
    """Return whether a text can be read; if not, report what is wrong with it."""
    try:
        read()
    except UnknownTermError as error:
        say(
            f"  Unknown {error.term}." + (f" Did you mean {error.nearest}?" if error.nearest else f" {error.how or ''}")
        )
        return False
    except (EventsError, DataError, GeoError) as error:
        say(f"  {error}")
        return False
    return True


def wants_to_save() -> bool:
    """Ask whether to save; return the answer.

    Raises:
        BackError: They want to change an answer.
    """
    while True:
        answer = ask(SAVE, default="y", show_default=False).strip().casefold()
        if answer == BACK:
            raise BackError
        if answer in YES:
            return True
        if answer in NO:
            return False
        say(f"  {SAVE_HOW}")


def offer_to_save(notebook: Notebook, db: Path, *, ask_first: bool = True) -> None:
    """Ask whether to save the answers, and report how to continue; without a terminal they are saved."""
    if not notebook.path.exists():
        return
    try:
        wanted = not ask_first or agrees(KEEP)
    except typer.Abort:
        wanted = True
    if not wanted:
        notebook.forget()
        say("Your answers were discarded.")
        return
    say(f"Your answers were saved in {notebook.path}. To continue: {hint('add', '--resume', db=db)}")


def stop() -> typer.Exit:
    """Return the exception that ends a command that a person stopped."""
    return typer.Exit(exit_codes.STOPPED)
