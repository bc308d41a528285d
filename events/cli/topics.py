"""What people look up: the codes of each list with their labels, and how days, counts and places are written.

Every list is made of the place where it stands: the codebook, the profiles, the policies, the exit codes. Examples are
read by the program itself, so that none shows what it does not do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.events.cli.exit_codes import MEANINGS
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from willay.data.codebook import Term, Terms


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to look up.

    Attributes:
        names: What it is called; the first in English, the second in Spanish, then others.
        about: What it is, in a sentence or two.
        sections: What it has, each with its heading; without one where it has a single section.
    """

    names: tuple[str, ...]
    about: str
    sections: tuple[tuple[str, Callable[[date], Iterator[tuple[str, str]]]], ...]

    @property
    def name(self) -> str:
        """Its name in the language of now."""
        return self.names[1 if language() == "es" else 0]


def find_topic(asked: str) -> Topic | None:
    """Return the topic that has a name, in either language, whatever its case and accents; None where none has."""
    plain = folded(asked).replace(" ", "-").replace("_", "-")
    return next((topic for topic in TOPICS if plain in map(folded, topic.names)), None)


def _terms(read: Callable[[], Terms]) -> Callable[[date], Iterator[tuple[str, str]]]:
    """Return what yields the codes of a list with their labels, the narrower ones indented under the wider."""

    def rows(_: date) -> Iterator[tuple[str, str]]:
        terms = read()
        return _within(terms, [term for term in terms if term.parent not in terms], 0)

    return rows


def _within(terms: Terms, these: Sequence[Term], depth: int) -> Iterator[tuple[str, str]]:
    for term in these:
        yield f"{'  ' * depth}{term.code}", term.label(language())
        yield from _within(terms, [narrower for narrower in terms if narrower.parent == term.code], depth + 1)


def _types(_: date) -> Iterator[tuple[str, str]]:
    for term in codebook().types:
        yield term.code, term.label(language())
        for narrower in codebook().subtypes:
            if narrower.parent == term.code:
                yield f"  {narrower.code}", narrower.label(language())


_DAYS: Final[Mapping[str, Sequence[str]]] = {
    "en": (
        "2012-04-09", "2012-04-09/2012-04-14", "2012-04", "2012", "9 April 2012", "9/4/2012",
        "9-14 April 2012", "mid-May 2012", "yesterday", "last Monday", "last week",
    ),
    "es": (
        "2012-04-09", "2012-04-09/2012-04-14", "2012-04", "2012", "9 de abril de 2012", "9/4/2012",
        "del 9 al 14 de abril de 2012", "a mediados de mayo de 2012", "ayer", "el lunes", "la semana pasada",
    ),
}  # fmt: skip

_COUNTS: Final[Mapping[str, Sequence[str]]] = {
    "en": ("3", "2-4", "30+", "at least 3", "more than 30", "up to 10", "about 20", "none", "several", "?"),
    "es": ("3", "2-4", "30+", "al menos 3", "más de 30", "hasta 10", "unos 20", "ninguno", "varios", "?"),
}


def _days(today: date) -> Iterator[tuple[str, str]]:
    from willay.data.countries import USUAL
    from willay.events.cli.brief_days import brief_days
    from willay.events.model.said_days import Bearings, read_days

    for text in _DAYS[language()]:
        said = read_days(text, Bearings.of_country(USUAL, today))
        if said is not None:
            precision = codebook().date_precision[said.span.precision].label(language())
            yield text, f"{brief_days(said.span.first, said.span.last)} ({precision})"


def _counts(_: date) -> Iterator[tuple[str, str]]:
    from willay.events.model.counts import read_count
    from willay.events.model.figure_words import full_figure

    for text in _COUNTS[language()]:
        count = read_count(text).count
        yield text, tr("number unknown") if count is None else full_figure(count, language())


_PLACES: Final = (
    ("Kiteni", mark("a name of the list of places (willay places NAME)")),
    ("Bambamarca, Cajamarca", mark("a name that several places have, with the unit that holds it")),
    ("-73.2044,-12.6369", mark("coordinates: longitude, latitude, in degrees")),
    ("12°38'12\"S 73°12'16\"W", mark("coordinates in degrees, minutes and seconds")),
    ("Km 41 @ -76.1,-8.9", mark("a name of your own, with coordinates")),
    ("0809", mark("the code of an administrative unit: known no better than that unit")),
    ("region:pe-places/vrae", mark("a region (willay regions list)")),
)
"""Forms of places, as `read_place` reads them."""

_SOURCES: Final = (
    ("https://…", mark("a web address: a source that is recorded already, or a new one")),
    ("La República", mark("a title or publisher: likewise")),
    ("defensoria-ia-006-2009", mark("the key of a recorded source (willay source list)")),
)
"""How a source is named with --source."""

_POLICIES: Final[Mapping[str, str]] = {
    "ranked-source": mark("the figure of the most reliable kind of source (see willay help sources)"),
    "latest": mark("the figure that was stated last"),
    "minimum": mark("the lowest figure"),
    "maximum": mark("the highest figure"),
    "median": mark("the middle one of the figures"),
}

ENVIRONMENT: Final[Mapping[str, str]] = {
    "WILLAY_DB": mark("database file, instead of --db"),
    "WILLAY_AUTHOR": mark("author of changes, instead of --author"),
    "WILLAY_COUNTRIES": mark("folder of the country packs that you installed"),
    "WILLAY_GAZETTEER": mark("list of places (CSV), instead of --gazetteer"),
    "WILLAY_PLUGINS": mark("off: plug-ins of other packages are not used (willay plugins)"),
    "WILLAY_LANG": mark("language of messages, es or en, instead of --lang"),
    "WILLAY_CONFIG": mark("settings file, instead of the one in the user's folder"),
    "LC_ALL, LC_MESSAGES, LANG": mark("language where neither --lang nor WILLAY_LANG is given"),
    "SOURCE_DATE_EPOCH": mark("moment of all changes, in seconds since 1970, so that a build can be repeated"),
}
"""The variables that the program reads, and what they are for."""


def _said(rows: Sequence[tuple[str, str]]) -> Callable[[date], Iterator[tuple[str, str]]]:
    return lambda _: ((text, tr(meaning)) for text, meaning in rows)


def _profiles(_: date) -> Iterator[tuple[str, str]]:
    from willay.data.profiles import NAMES, profile

    for name in NAMES:
        label = str(profile(name).labels[language()])
        yield name, label.partition(": ")[2] or label


def words_of_policies() -> Iterator[tuple[str, str]]:
    """Yield willay's own figure policies: the name, and what is shown by it."""
    from willay.events.model.policy import POLICIES

    for name in POLICIES:
        yield name, tr(_POLICIES.get(name, name))


TOPICS: Final = (
    Topic(
        ("types", "tipos", "type", "tipo", "subtypes", "subtipos"),
        mark("Types of incidents, and the sub-types of each. Type the code, or the label in either language."),
        (("", _types),),
    ),
    Topic(
        ("measures", "medidas", "measure", "medida"),
        mark("What is counted: --claim MEASURE=COUNT. Type the code, or the label in either language."),
        (("", _terms(lambda: codebook().measures)),),
    ),
    Topic(
        ("groups", "grupos", "group", "grupo"),
        mark("Of whom a count is: --claim MEASURE:GROUP=COUNT. A group that is indented is a part of the one above."),
        (("", _terms(lambda: codebook().groups)),),
    ),
    Topic(
        ("days", "días", "dates", "fechas", "day", "día", "fecha"),
        mark("How days are written, and how they are read (here in Peru, the day before the month)."),
        (("", _days),),
    ),
    Topic(
        ("counts", "cifras", "count", "cifra"),
        mark("How a number of people is written, and how it is read. 0 is none; ? is a number that is not known."),
        (("", _counts),),
    ),
    Topic(
        ("places", "lugares", "place", "lugar"),
        mark("How a place is given with --place, and how well it is known."),
        ((mark("Forms"), _said(_PLACES)), (mark("Precision"), _terms(lambda: codebook().place_precision))),
    ),
    Topic(
        ("precision", "precisión", "precisiones"),
        mark("How well days and places are known."),
        (
            (mark("Days"), _terms(lambda: codebook().date_precision)),
            (mark("Places"), _terms(lambda: codebook().place_precision)),
        ),
    ),
    Topic(
        ("sources", "fuentes", "source", "fuente"),
        mark("How a source is named with --source, and the kinds of sources, the most reliable first."),
        ((mark("Forms"), _said(_SOURCES)), (mark("Kinds"), _terms(lambda: codebook().source_kinds))),
    ),
    Topic(
        ("actors", "actores", "actor", "roles", "papeles"),
        mark("Kinds of actors, and the roles that they can have in an incident: --actor ACTOR=ROLE."),
        (
            (mark("Kinds"), _terms(lambda: codebook().actor_kinds)),
            (mark("Roles"), _terms(lambda: codebook().roles)),
        ),
    ),
    Topic(
        ("cases", "casos", "case", "caso"),
        mark("Types of cases, and the phases and states that they go through."),
        (
            (mark("Types"), _terms(lambda: codebook().case_types)),
            (mark("Phases"), _terms(lambda: codebook().case_phases)),
            (mark("States"), _terms(lambda: codebook().case_states)),
        ),
    ),
    Topic(
        ("statuses", "estados", "status", "estado"),
        mark("How far a record is: from a lead to a published incident (willay review)."),
        (("", _terms(lambda: codebook().statuses)),),
    ),
    Topic(
        ("profiles", "perfiles", "profile", "perfil", "sensitivity", "reserva"),
        mark("Disclosure profiles: what leaves the database for whom; and the levels of sensitivity of records."),
        ((mark("Profiles"), _profiles), (mark("Sensitivity"), _terms(lambda: codebook().sensitivity))),
    ),
    Topic(
        ("policies", "reglas", "policy", "regla"),
        mark("Figure policies: which of the figures of several sources is shown."),
        (("", lambda _: words_of_policies()),),
    ),
    Topic(
        ("exit-codes", "códigos-de-salida", "exit-code", "códigos", "salida"),
        mark("Exit codes: what a command returns to the shell or to the program that called it."),
        (("", lambda _: ((str(code), tr(meaning)) for code, meaning in MEANINGS.items())),),
    ),
    Topic(
        ("environment", "entorno", "variables"),
        mark("Environment variables that the program reads. An option on the line comes first."),
        (("", _said(tuple(ENVIRONMENT.items()))),),
    ),
)
"""All topics, in the order of their list."""
