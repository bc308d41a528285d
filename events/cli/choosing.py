"""Answers that are one of a list, and answers yes or no, understood in Spanish and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

from willay.events.cli.output import ask, say
from willay.events.cli.questions import BACK, NEEDED, in_words
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from willay.data.codebook import Terms

YES: Final = frozenset({"y", "yes", "s", "si", "sí"})
NO: Final = frozenset({"n", "no"})
_WHICH: Final = mark("Which one? (1–{number}, or other letters; < = back)")


class BackError(typer.Abort):
    """A person wants to go back to the question before; where there is none, they stop."""


class UnreadError(Exception):
    """An answer that is none of a list; the message says so.

    Attributes:
        offered: The answer that was probably meant, or None.
    """

    def __init__(self, message: str, offered: str | None = None) -> None:
        super().__init__(message)
        self.offered = offered


def answered(question: str) -> str:
    """Return the answer to a question that must be answered.

    Raises:
        BackError: The person goes back to the question before.
    """
    while not (answer := ask(question, default="").strip()):
        say(f"  {tr(NEEDED)}")
    if answer == BACK:
        raise BackError
    return answer


def agreed(question: str, *, default: bool = True, goes_back: bool = True) -> bool:
    """Ask for yes or no; Enter alone means the default.

    Args:
        question: What is asked.
        default: What Enter means.
        goes_back: Whether there is a question before, to which a person may go back.

    Raises:
        BackError: The person goes back to the question before.
    """
    choices = tr("[Y/n]") if default else tr("[y/N]")
    while True:
        answer = ask(f"{question} {choices}", default="").strip().casefold()
        if answer == BACK and goes_back:
            raise BackError
        if not answer:
            return default
        if answer in YES | NO:
            return answer in YES
        say(f"  {tr('Type y or n.')}")


def chosen_term(answer: str, terms: Terms, *, is_told: bool = True) -> str:
    """Return the code of the term that a person means: by its number, code, label, or first letters.

    Args:
        answer: What was typed.
        terms: The list.
        is_told: Whether the term is shown, where it is not typed as it is stored.

    Raises:
        UnreadError: It is none of the list.
        BackError: Several are meant, and the person goes back.
    """
    codes = terms.codes()
    if answer.isdecimal() and 1 <= int(answer) <= len(codes):
        code = codes[int(answer) - 1]
    else:
        code = chosen(
            answer,
            lambda text: [term.code for term in terms.meant_by(text)],
            lambda code: in_words(code, terms),
            terms.nearest,
        )
    if is_told and code != answer:
        say(f"  → {in_words(code, terms)}")
    return code


def chosen(
    answer: str,
    meant: Callable[[str], Sequence[str]],
    words: Callable[[str], str],
    nearest: Callable[[str], str | None] = lambda _: None,
) -> str:
    """Return the one that a person means of those that an answer may mean; where there are several, they choose.

    Args:
        answer: What was typed.
        meant: Returns what a text may mean.
        words: Returns one of these as it is shown.
        nearest: Returns what a text that means nothing is most like.

    Raises:
        UnreadError: It means nothing.
        BackError: Several are meant, and the person goes back.
    """
    while len(found := meant(answer)) > 1:
        for number, one in enumerate(found, 1):
            say(f"  {number:>2}. {words(one)}")
        answer = answered(tr(_WHICH, number=len(found)))
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return found[int(answer) - 1]
    if not found:
        near = nearest(answer)
        if near:
            raise UnreadError(tr("Unknown: {answer!r}. Did you mean {near}?", answer=answer, near=words(near)), near)
        raise UnreadError(tr("Unknown: {answer!r}. Type other letters, or ? for the list.", answer=answer))
    return found[0]
