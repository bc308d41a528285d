"""The form for willay's own drafts: its questions, each with the field of a draft that it holds, and its lists.

Both the form (`outgoing.form`, an XLSForm) and the reader of its export (`incoming.form_rows`) follow from this list.
https://xlsform.org
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.geo.translation import in_language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = {"es": "Español (es)", "en": "English (en)"}
"""The languages of the form, by IETF tag, as XLSForm names them in its headers."""

MARK: Final = "willay_form"
"""The calculation by which an export shows that the form is ours; its value is the version of the questions."""

VERSION: Final = "1"
LANGUAGE: Final = "text_language"
"""The calculation that holds the language in which texts are written."""

COUNTRY: Final = "country"
"""The calculation that holds the country of the form, ISO 3166-1 alpha-2."""

UNITS: Final = "units"
"""The list of the country's first-level units."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes:
        name: Its name in the form, and the last part of its column in an export.
        kind: Its type in XLSForm, such as `text`, `date` or `select_one measures`.
        label: What is asked, in English.
        holds: The field of the draft of its section that it holds.
        required: Whether it must be answered.
        relevant: When it is asked, as an expression of XLSForm; empty where always.
        hint: What else to know, in English.
        long: Whether a text of several lines is expected.
    """

    name: str
    kind: str
    label: str
    holds: str
    required: bool = False
    relevant: str = ""
    hint: str = ""
    long: bool = False

    @property
    def list(self) -> str:
        """The list that its answer is from; empty where it is free."""
        return self.kind.partition(" ")[2]

    def label_in(self, lang: str) -> str:
        """Return what is asked in a language."""
        return _in(lang, self.label)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions, or a group that is repeated.

    Attributes:
        name: Its name in the form.
        label: What it is about, in English.
        questions: Its questions.
        repeats: Whether it can be answered several times.
    """

    name: str
    label: str
    questions: tuple[Question, ...] = field(default=())
    repeats: bool = False

    def label_in(self, lang: str) -> str:
        """Return what it is about in a language."""
        return _in(lang, self.label)


def _in(lang: str, text: str) -> str:
    with in_language(lang):
        return tr(text)


def _place(before: str) -> tuple[Question, ...]:
    """Return the questions of a place, their names with a word before."""
    return (
        Question(f"{before}_name", "text", mark("Place: settlement, road, mine"), "name", required=True),
        Question(f"{before}_precision", "select_one places", mark("How exactly is the place known?"), "precision"),
        Question(f"{before}_unit", f"select_one {UNITS}", mark("Administrative unit"), "admin_code"),
        Question(
            f"{before}_point",
            "geopoint",
            mark("Point on the map"),
            "lon",
            hint=mark("Only of the place itself, not of where you are now."),
        ),
        Question(f"{before}_radius_m", "decimal", mark("Within how many metres of the point?"), "radius_m"),
        Question(f"{before}_sensitivity", "select_one sensitivity", mark("How far may this place go?"), "sensitivity"),
        Question(f"{before}_note", "text", mark("Note on the place"), "note", long=True),
    )


def _document(before: str) -> tuple[Question, ...]:
    """Return the questions of a document, their names with a word before."""
    return (
        Question(f"{before}_name", "text", mark("Source: newspaper, office, witness"), "publisher"),
        Question(f"{before}_kind", "select_one source_kinds", mark("Kind of source"), "kind"),
        Question(f"{before}_title", "text", mark("Title of the document"), "title"),
        Question(f"{before}_url", "text", mark("Web address"), "url"),
        Question(f"{before}_day", "date", mark("Date of the document"), "published_on"),
        Question(f"{before}_sensitivity", "select_one sensitivity", mark("How far may it be named?"), "sensitivity"),
    )


_EMPTY: Final = mark("Leave it empty if it is not known; 0 is none.")
_DATED: Final = "${date_precision} != 'unknown'"

INCIDENT: Final = Section(
    "incident",
    mark("What happened"),
    (
        Question("title", "text", mark("What happened, where and when, in one line"), "title", required=True),
        Question("summary", "text", mark("What happened, in some sentences"), "summary", long=True),
        Question("type", "select_one types", mark("Type of incident"), "type", required=True),
        Question("date_precision", "select_one dates", mark("How exactly is the date known?"), "date_precision"),
        Question(
            "first_day",
            "date",
            mark("First day"),
            "days",
            relevant=_DATED,
            hint=mark("If only the month or the year is known, choose any day of it."),
        ),
        Question("last_day", "date", mark("Last day, if it lasted longer"), "days", relevant=_DATED),
        Question("confidence", "select_one confidence", mark("How sure is it that it happened so?"), "confidence"),
        Question("case", "text", mark("Case or conflict that it belongs to"), "cases"),
        Question("tags", "text", mark("Tags, separated by semicolons"), "tags"),
        Question("notes", "text", mark("What a careful reader should know"), "notes", long=True),
        Question("sensitivity", "select_one sensitivity", mark("How far may this incident go?"), "sensitivity"),
    ),
)
PLACE: Final = Section("place", mark("Where it happened"), _place("place"))
PLACES: Final = Section("places", mark("Further places"), _place("also"), repeats=True)
TOLL: Final = Section(
    "toll",
    mark("People affected, by the main source"),
    (
        *(
            Question(f"all_{measure}", "integer", label, "claims", hint=_EMPTY)
            for measure, label in (
                ("killed", mark("People killed")),
                ("injured", mark("People injured")),
                ("detained", mark("People detained")),
                ("missing", mark("People missing")),
            )
        ),
        *_document("source"),
    ),
)
COUNTS: Final = Section(
    "counts",
    mark("Counts by other sources, groups or measures"),
    (
        Question("count_measure", "select_one measures", mark("What the number is of"), "measure", required=True),
        Question("count_group", "select_one groups", mark("Of whom"), "group"),
        Question("count_low", "integer", mark("At least"), "low"),
        Question("count_best", "integer", mark("Number"), "best"),
        Question("count_high", "integer", mark("At most"), "high"),
        *_document("count_source"),
        Question("count_quoted", "text", mark("Whom does the source quote?"), "attributed_to"),
        Question("count_day", "date", mark("Day of the statement"), "stated_on"),
        Question("count_scope", "text", mark("Which part of the incident, if not all of it"), "scope"),
        Question("count_note", "text", mark("Note on the count"), "note", long=True),
    ),
    repeats=True,
)
PARTIES: Final = Section(
    "parties",
    mark("Who took part"),
    (
        Question("party_name", "text", mark("Name of the actor"), "name", required=True),
        Question("party_kind", "select_one actor_kinds", mark("Kind of actor"), "kind"),
        Question("party_role", "select_one roles", mark("Part in the incident"), "role"),
        Question("party_sensitivity", "select_one sensitivity", mark("How far may it be named?"), "sensitivity"),
        Question("party_note", "text", mark("Note on its part"), "note", long=True),
    ),
    repeats=True,
)
DOCUMENTS: Final = Section("documents", mark("Further documents"), _document("document"), repeats=True)

SECTIONS: Final = (INCIDENT, PLACE, PLACES, TOLL, COUNTS, PARTIES, DOCUMENTS)
"""The sections in their order."""


def how_many(section: Section) -> str:
    """Return the name of the calculation that holds how often a section was answered, in exports without repeats."""
    return f"n_{section.name}"


def lists() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the lists of answers but those of units: the label by language, by code, by list."""
    book = codebook()
    terms = {
        "types": (*book.types, *book.subtypes),
        "dates": tuple(book.date_precision),
        "places": tuple(book.place_precision),
        "confidence": tuple(book.confidence),
        "sensitivity": tuple(book.sensitivity),
        "source_kinds": tuple(book.source_kinds),
        "measures": tuple(book.measures),
        "groups": tuple(book.groups),
        "actor_kinds": tuple(book.actor_kinds),
        "roles": tuple(book.roles),
    }
    return {name: {one.code: {lang: one.label(lang) for lang in LANGUAGES} for one in of} for name, of in terms.items()}


def unit_label(code: str, name: str) -> str:
    """Return the label of a unit, which its code can be read from: `Cusco (08)`."""
    return f"{name} ({code})"
