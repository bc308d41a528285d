"""The questions of `willay add`: their texts, in one place, and what each answer must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.data.countries import known_country
from willay.events.model.counts import read_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from willay.events.model.errors import Fault

INTRODUCTION: Final = (
    "Press Enter to skip an optional question or accept the answer shown, - to remove an answer, < to go back one "
    "question. Ctrl-C stops; your answers are saved."
)
BACK: Final = "<"
NOTHING: Final = "-"
NEEDED: Final = "This question needs an answer."
SAVE: Final = "Save? [Y/n, or < to change an answer]"
SAVE_HOW: Final = "Type y to save, n to stop without saving, or < to change an answer."
KEEP: Final = "Save your answers, to continue later?"
WHERE_AGAIN: Final = "Where? (another name, or NAME @ lon,lat; < = back)"
WHICH_DAYS: Final = "Which one? (1–{}, or another day; < = back)"
_WHICH: Final = "Which one? (1–{}, or another name; < = back)"
SAME: Final = "A source with this title is already recorded: {}. Is it the same document? (y, n; Enter = no)"
YES: Final = frozenset({"y", "yes", "s", "si", "sí"})
NO: Final = frozenset({"n", "no"})
MEASURES: Final = ("killed", "injured")
"""The measures that are asked for, each by a question of its name."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        name: The option of `willay add` that it stands for, or the measure that it asks for.
        text: What is asked, given the language of labels.
        check: Reads an answer; it raises what is wrong with it.
        optional: Whether Enter alone leaves it out.
        default: What Enter alone means, where it means something.
        is_usual: Whether it is asked of everybody; the others only where something is wrong with what was given.
        preface: What is said before it is asked, once.
        is_list: Whether the answer may be several, separated by semicolons.
        is_read_when_given: Whether its meaning is found out first of all where it was given as an option.
        fits: Whether it makes sense after the answers before.
    """

    name: str
    text: Callable[[str], str]
    check: Callable[[str], object] | None = None
    optional: bool = True
    default: str = ""
    is_usual: bool = True
    is_list: bool = False
    is_read_when_given: bool = False
    preface: Callable[[], str] | None = None
    fits: Callable[[Mapping[str, Any]], bool] = lambda _: True


def _codes(terms: str) -> str:
    return ", ".join(term.code for term in getattr(codebook(), terms))


def _counted(measure: str) -> Question:
    def text(lang: str) -> str:
        label = codebook().measures[measure].label(lang)
        return f"How many {label}? (3, 2-4, 30+, al menos 3, varios, ? = number unknown; Enter = not stated)"

    def check(answer: str) -> None:
        read_count(answer, measure=measure)

    return Question(measure, text, check, fits=lambda told: not told.get("claims"))


def _has_claims(told: Mapping[str, Any]) -> bool:
    return bool(told.get("claims")) or any(told.get(measure) for measure in MEASURES)


QUESTIONS: Final = (
    Question("title", lambda _: "What happened? (one line)", optional=False),
    Question(
        "type",
        lambda _: "Type",
        codebook().type_of,
        optional=False,
        preface=lambda: f"Types: {_codes('subtypes')}",
    ),
    Question(
        "days",
        lambda _: (
            "When? (9/4/2012, 2012-04-09, 9 de abril, del 21 al 30 de mayo, a mediados de mayo, ayer, el lunes; Enter "
            "= unknown)"
        ),
        is_read_when_given=True,
    ),
    Question("places", lambda _: "Where? (name, “name, department”, or lon,lat; Enter = unknown)"),
    *(_counted(measure) for measure in MEASURES),
    Question(
        "source", lambda _: "What is the source? (web address, title, or source key)", optional=False, fits=_has_claims
    ),
    Question(
        "source_kind",
        lambda _: f"What kind of source? ({_codes('source_kinds')})",
        codebook().source_kinds.find,
        default="press",
        fits=lambda told: bool(told.get("source")) and not told["source"].islower(),
    ),
    Question(
        "sensitivity",
        lambda _: f"How sensitive is it? (sensitivity: {_codes('sensitivity')}; Enter = public)",
        codebook().sensitivity.find,
    ),
    Question(
        "claims", lambda _: "What is counted? (MEASURE[:GROUP]=COUNT; several with ;)", is_usual=False, is_list=True
    ),
    Question("published", lambda _: "What is the date of the source? (2012-05-29, 2012-05, 2012)", is_usual=False),
    Question("actors", lambda _: "Who took part? (ACTOR or ACTOR=ROLE; several with ;)", is_usual=False, is_list=True),
    Question("cases", lambda _: "Which cases? (keys; several with ;)", is_usual=False, is_list=True),
    Question("tags", lambda _: "Which tags? (several with ;)", is_usual=False, is_list=True),
    Question("part_of", lambda _: "Is it a part of another incident? (code or key of the parent)", is_usual=False),
    Question("summary", lambda _: "What happened, in a few sentences?", is_usual=False),
    Question(
        "status",
        lambda _: f"Status ({_codes('statuses')})",
        codebook().statuses.find,
        is_usual=False,
    ),
    Question("country", lambda _: "Which country? (two letters or a name)", known_country, is_usual=False),
)

_BY_FIELD: Final = {
    "title": "title", "summary": "summary", "type": "type", "subtype": "type", "days": "days",
    "date_precision": "days", "places": "places", "place": "places", "parties": "actors", "cases": "cases",
    "part_of": "part_of", "tags": "tags", "status": "status", "country": "country", "sensitivity": "sensitivity",
    "source": "source", "sources": "source", "key": "source",
}  # fmt: skip
"""The question about a field of a draft."""


def question_about(fault: Fault, claims: list[str], own: list[str]) -> str | None:
    """Return the name of the question whose answer a fault is about, or None.

    Args:
        fault: What is wrong; its path begins with a field, or with `incidents[0]` and a field.
        claims: The claims in their order, as texts.
        own: Those of them that were given as options; the others are answers about a measure.
    """
    path = fault.where.removeprefix("incidents[0]").lstrip(".")
    field, _, rest = path.partition("[") if "[" in path.partition(".")[0] else path.partition(".")
    field = field.split(":")[0]
    if field == "source" and "published_on" in fault.where:
        return "published"
    if field == "source" and "kind" in fault.where:
        return "source_kind"
    if field not in {"claims", "claim"}:
        return _BY_FIELD.get(field)
    if not rest or "source" in rest:
        return "source"
    number, _, _ = rest.partition("]")
    said = claims[int(number)] if number.isdecimal() and int(number) < len(claims) else (claims or [""])[0]
    return "claims" if said in own else said.partition("=")[0]


def which_place(number: int) -> str:
    """Return the question after an ambiguous name."""
    return _WHICH.format(number)
