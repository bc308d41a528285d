"""The questions of `willay add`: their texts, in one place, and what each answer must be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.countries import known_country
from willay.data.errors import UnknownTermError
from willay.events.cli.place_question import about_where, asked_where
from willay.events.model.counts import read_count
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from willay.data.codebook import Terms
    from willay.data.countries import Country
    from willay.events.cli.unfinished import Unfinished
    from willay.events.model.errors import Fault

INTRODUCTION: Final = mark(
    "Press Enter to skip an optional question or accept the answer shown, - to remove an answer, < to go back one "
    "question, ? for an explanation. Ctrl-C stops; your answers are saved."
)
BACK: Final = "<"
NOTHING: Final = "-"
HELP: Final = "?"
NEEDED: Final = mark("This question needs an answer.")
SAVE: Final = mark("Save? [Y/n, or the number of the line to change]")
SAVE_HOW: Final = mark("Type y to save, n to stop without saving, < to go back, or the number of a line above.")
KEEP: Final = mark("Save your answers, to continue later?")
WHERE_AGAIN: Final = mark("Where? (another name, or NAME @ lon,lat; < = back)")
WHICH_DAYS: Final = mark("Which one? (1–{number}, or another day; < = back)")
WHICH_PLACE: Final = mark("Which one? (1–{number}, or another name; < = back)")
SAME: Final = mark("A source with this title is already recorded: {source}. Is it the same document?")


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        name: The option of `willay add` that it stands for, or the measure that it asks for; of a further source with
            its number, `source#2`.
        text: What is asked, in the language of now.
        explanation: What `?` shows.
        terms: The list of which the answer is one.
        check: Reads an answer; it raises what is wrong with it.
        optional: Whether Enter alone leaves it out.
        default: What Enter alone means, where it means something.
        is_usual: Whether it is asked of everybody; the others only where something is wrong with what was given.
        preface: What is said before it is asked, once.
        is_list: Whether the answer may be several, separated by semicolons.
        is_read_when_given: Whether its meaning is found out first of all where it was given as an option.
    """

    name: str
    text: Callable[[], str]
    explanation: Callable[[], str] = lambda: ""
    terms: Terms | None = None
    check: Callable[[str], object] | None = None
    optional: bool = True
    default: str = ""
    is_usual: bool = True
    is_list: bool = False
    is_read_when_given: bool = False
    preface: Callable[[], str] | None = None

    @property
    def base(self) -> str:
        """The name without the number of a further source."""
        return self.name.partition("#")[0]

    def explained(self) -> str:
        """Return what `?` shows: the explanation, and the list of which the answer is one."""
        listed = listed_terms(self.terms) if self.terms and not self.preface else ""
        if self.terms is codebook().types_and_subtypes:
            listed = listed_types()
        return "\n".join(text for text in (self.explanation(), listed) if text)


def listed_terms(terms: Terms) -> str:
    """Return the terms of a list, numbered, each on a line with its code."""
    return "\n".join(f"  {number:>2}. {in_words(term.code, terms)}" for number, term in enumerate(terms, 1))


def listed_types() -> str:
    """Return the types of incident, each on a line with its sub-types, numbered as `types_and_subtypes` has them."""
    numbers = {code: number for number, code in enumerate(codebook().types_and_subtypes.codes(), 1)}
    lines = []
    for kind in codebook().types:
        subs = [term for term in codebook().subtypes if term.parent == kind.code]
        below = " · ".join(f"{numbers[term.code]}. {term.label(language())}" for term in subs)
        lines.append(f"  {numbers[kind.code]:>2}. {kind.label(language())}: {below}")
    return "\n".join(lines)


def in_words(code: str, terms: Terms) -> str:
    """Return a term as a person chooses it: `Road block (road-block)`, with what it means where the list says so."""
    label, means = terms[code].label(language()), terms[code].facts.get("means")
    if means:
        return f"{code}: {means[language()]}" if language() == "en" else f"{label.partition(':')[0]}: {means['es']}"
    return label if folded(label).partition(":")[0] == code else f"{label} ({code})"


def _title() -> str:
    return tr("What happened? (one line)")


def _about_title() -> str:
    return tr("What, where: “Road block on the bridge of Kiteni”. Without names of persons and without judgement.")


def _type() -> str:
    return tr("Type? (a word or its first letters: block, strike, kidnap; ? = list)")


def _about_type() -> str:
    return tr("The kind of incident. Type its first letters, in Spanish or English, its code, or its number:")


def _days() -> str:
    return tr("When? (9/4/2012, 2012-04-09, 9 April, 21 to 30 May, mid-May, yesterday, Monday; Enter = unknown)")


def _about_days() -> str:
    return tr(
        "The day or days on which it happened, as exactly as the source knows them: a month (2012-05) or a year is an "
        "answer too. Days are written first: 9/4/2012 is 9 April."
    )


def _source() -> str:
    return tr("What is the source? (web address, title, or source key)")


def _source_if_any() -> str:
    return tr("What is the source? (web address, title, or source key; Enter = none yet)")


def _about_source() -> str:
    return tr(
        "Whose statement it is: the address of the page, the title of the document, “Radio Quillabamba, 7 a. m.”, "
        "“phone call of a teacher”. A name that must not be known does not belong here. Two calls are two sources."
    )


def _another_source() -> str:
    return tr("Another source? (web address, title, or source key; Enter = no)")


def _kind() -> str:
    return tr("What kind of source? (press, radio, witness, ombudsman…; ? = list)")


def _about_kind() -> str:
    return tr("The kind of source decides whose number is shown first. One of:")


def _published() -> str:
    return tr("Of what date is it? (2012-05-29, yesterday; Enter = unknown)")


def _about_published() -> str:
    return tr("The day, month or year of the document, broadcast or call.")


def _claims() -> str:
    return tr("Another count? (such as “3 police injured” or injured:police=3; several with ;  Enter = no)")


def _about_claims() -> str:
    measures = ", ".join(term.label(language()) for term in codebook().measures if "ask" in term.facts)
    groups = ", ".join(term.label(language()) for term in codebook().groups)
    return tr("A number, of whom, and what: {measures}. Of: {groups}.", measures=measures, groups=groups)


def _actors() -> str:
    return tr("Who took part? (organisation or group; several with ;  Enter = not known)")


def _about_actors() -> str:
    return tr(
        "An organisation or group by its name or first letters: police, army, a ronda, a company. Not persons. What "
        "part it took is asked next; ACTOR=ROLE gives both."
    )


def _confidence() -> str:
    return tr("How sure is it? (confidence; a number of the list, or its first letters; Enter = not judged)")


def _about_confidence() -> str:
    return tr("How sure you are that it happened, and happened so: the sources decide, not the feeling.")


def _sensitivity() -> str:
    return tr("How sensitive is it? (sensitivity; a number of the list; Enter = public)")


def _about_sensitivity() -> str:
    return tr("Whether somebody could be harmed if it were known. If in doubt, take the stricter one.")


def _status() -> str:
    return tr("Status? (? = list)")


_HEAD: Final = (
    Question("title", _title, _about_title, optional=False),
    Question("type", _type, _about_type, terms=codebook().types_and_subtypes, optional=False),
    Question("days", _days, _about_days, is_read_when_given=True),
)
_TAIL: Final = (
    Question("actors", _actors, _about_actors, is_list=True),
    Question(
        "confidence",
        _confidence,
        _about_confidence,
        terms=codebook().confidence,
        preface=lambda: listed_terms(codebook().confidence),
    ),
    Question(
        "sensitivity",
        _sensitivity,
        _about_sensitivity,
        terms=codebook().sensitivity,
        preface=lambda: listed_terms(codebook().sensitivity),
    ),
)
_RARE: Final = (
    Question("cases", lambda: tr("Which cases? (keys; several with ;)"), is_usual=False, is_list=True),
    Question("tags", lambda: tr("Which tags? (several with ;)"), is_usual=False, is_list=True),
    Question("part_of", lambda: tr("Is it a part of another incident? (code or key of the parent)"), is_usual=False),
    Question("summary", lambda: tr("What happened, in a few sentences?"), is_usual=False),
    Question("status", _status, terms=codebook().statuses, is_usual=False),
    Question("country", lambda: tr("Which country? (two letters or a name)"), check=known_country, is_usual=False),
)


def questions_after(content: Unfinished, country: Country) -> list[Question]:
    """Return all questions in their order, as they follow from what was given and answered so far.

    What is counted follows from the type; each source that is named is asked for its kind, its date and, from the
    second on, its own counts.

    Args:
        content: What was given and answered.
        country: The country of the database, in whose words places are asked for.
    """
    known = {**content.words, **content.answers}
    counted = [*_counted(known.get("type"))]
    has_claims = bool(known.get("claims")) or any(known.get(one.name) for one in counted)
    first = Question("source", _source if has_claims else _source_if_any, _about_source, optional=not has_claims)
    where = Question("places", lambda: asked_where(country), lambda: about_where(country))
    found = [*_HEAD, where, *counted, _more(""), first, *_about_the_source("", content)]
    number = 1
    while known.get("source" if number == 1 else f"source#{number}"):
        number += 1
        further = f"#{number}"
        found.append(Question(f"source{further}", _another_source, _about_source))
        if name := known.get(f"source{further}"):
            found += _about_the_source(further, content)
            said = [*_counted(known.get("type"), further), _more(further)]
            found += [_prefaced(said[0], name), *said[1:]]
    return [*found, *_TAIL, *_RARE]


def _prefaced(question: Question, source: str) -> Question:
    return replace(question, preface=lambda: tr("Now what {source!r} states:", source=source))


def _counted(kind: str | None, number: str = "") -> list[Question]:
    """Return the questions about the counts that a type asks for."""
    try:
        measures = codebook().asked_of(kind) if kind else ()
    except UnknownTermError:
        measures = ()
    return [_of_measure(measure, number, is_first=place == 0) for place, measure in enumerate(measures)]


def _of_measure(measure: str, number: str, *, is_first: bool) -> Question:
    asked = codebook().measures[measure].facts["ask"]

    def text() -> str:
        how = (
            tr("(3, 2-4, more than 30, several; 0 = none; Enter = the source does not state it)")
            if is_first
            else tr("(0 = none; Enter = the source does not state it)")
        )
        return f"{asked[language()]} {how}"

    def about() -> str:
        return tr(
            "The number that the source gives: 3; 2-4; at least 3; more than 30; “several” where it gives no number. 0 "
            "means that by the source there were none; Enter, that the source does not mention it."
        )

    return Question(measure + number, text, about, check=lambda answer: read_count(answer, measure=measure))


def _more(number: str) -> Question:
    return Question(f"claims{number}", _claims, _about_claims, is_list=True)


def _about_the_source(number: str, content: Unfinished) -> list[Question]:
    """Return the questions about a source that was named and is not recorded yet."""
    name = content.answers.get(f"source{number}") or (content.words.get("source") if not number else None)
    if not name or content.meanings.get(f"source{number}", {}).get("key"):
        return []
    usual = kind_of_title(name)
    kinds = codebook().source_kinds
    kind = content.answers.get(f"source_kind{number}") or (content.words.get("source_kind") if not number else None)
    asked = [Question(f"source_kind{number}", _kind, _about_kind, terms=kinds, default=usual)]
    if kinds[str(kind) if kind in kinds else usual].facts.get("dated", True):
        asked.append(Question(f"published{number}", _published, _about_published))
    return asked


def kind_of_title(title: str) -> str:
    """Return the kind of source that a title speaks of (`Radio Quillabamba`, `Llamada de un docente`), else press."""
    words = folded(title)
    for term in codebook().source_kinds:
        names = (*(label.partition("(")[0] for label in term.labels.values()), *term.words)
        if any(_is_within(folded(name), words) for name in names):
            return term.code
    return "press"


def _is_within(name: str, text: str) -> bool:
    return f" {name.strip()} " in f" {' '.join(part.strip('.,:;()«»“”') for part in text.split())} "


def question_about(fault: Fault, claims: Sequence[tuple[str, str]]) -> str | None:
    """Return the name of the question whose answer a fault is about, or None.

    Args:
        fault: What is wrong; its path begins with a field, or with `incidents[0]` and a field.
        claims: The claims in their order, each with the name of its question.
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
    place = int(number) if number.isdecimal() and int(number) < len(claims) else 0
    return claims[place][1] if claims else "claims"


_BY_FIELD: Final[Mapping[str, str]] = {
    "title": "title", "summary": "summary", "type": "type", "subtype": "type", "days": "days",
    "date_precision": "days", "places": "places", "place": "places", "parties": "actors", "cases": "cases",
    "part_of": "part_of", "tags": "tags", "status": "status", "country": "country", "sensitivity": "sensitivity",
    "source": "source", "sources": "source", "key": "source", "confidence": "confidence", "actors": "actors",
}  # fmt: skip
"""The question about a field of a draft."""


def measure_of(claim: str) -> str:
    """Return the measure of a claim as an option gives it, `killed:police=3`, by its code where the codebook has it."""
    word = claim.partition("=")[0].partition(":")[0]
    try:
        return codebook().measures.find(word).code
    except UnknownTermError:
        return word


def known_by(content: Unfinished, name: str) -> Any:  # noqa: ANN401 — what options hold: texts and lists
    """Return what an option gave for a question; for a measure, whether one of the claims given counts it."""
    if name in codebook().measures:
        return any(measure_of(claim) == name for claim in content.words.get("claims") or ())
    return content.words.get(name) if "#" not in name else None
