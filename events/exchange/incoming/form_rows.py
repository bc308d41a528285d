"""The export of our own form (`outgoing.form`) as drafts, complete and without a mapping.

Columns are known by the names of the questions, with or without groups before them, or by their labels in any language
of the form; answers by their codes or labels. Rows of repeats are in the sheets that have their questions. A CSV has no
repeats: a form that was sent with some says so, because its number of them is a calculation of the form.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.exchange.form_questions import (
    COUNTRY,
    COUNTS,
    DOCUMENTS,
    INCIDENT,
    LANGUAGE,
    LANGUAGES,
    MARK,
    PARTIES,
    PLACE,
    PLACES,
    SECTIONS,
    TOLL,
    UNITS,
    how_many,
)
from willay.events.exchange.incoming.batches import Registers, batches, short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError, count, iso_day, number
from willay.events.exchange.incoming.form_columns import id_column, last_part
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.errors import DraftError
from willay.events.model.foreign import DatasetTerms, ForeignRow, Reading, RowFault
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from willay.events.exchange.form_questions import Section
    from willay.events.exchange.incoming.form_tables import Form, FormTable
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.model.foreign import Document

_Read = TypeVar("_Read")

DATASET: Final = "willay-form"
"""The dataset of incidents that came by the form."""

_NUMBERS: Final = ("low", "best", "high")
_POINT: Final = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)(?: -?\d+(?:\.\d+)?)?(?: (\d+(?:\.\d+)?))?")
_UNIT: Final = re.compile(r".*\((?P<code>[^()]+)\)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPANS: Final = {"month": "%Y-%m", "year": "%Y"}
_WEEK: Final = timedelta(days=6)
_LISTS: Final = {
    "dates": "date_precision",
    "places": "place_precision",
}
"""Lists of the form that the codebook calls otherwise."""


def is_own_form(columns: Collection[str]) -> bool:
    """Return whether the columns of an export are those of our own form."""
    return any(last_part(column) == MARK for column in columns)


def read_own_form(table: FormTable, options: ReadingOptions) -> Reading:
    """Return the forms of an export of our own form as drafts.

    Args:
        table: The export.
        options: The dataset is called `willay-form` unless they say otherwise.
    """
    registers = Registers()
    reader = _Reader(table, registers, options)
    rows = (reader.row(at, form) for at, form in enumerate(table.forms(), start=1))
    found = batches(rows, registers, options.batch_rows)
    notes = (tr("willay's own form: all questions are known."), *table.notes)
    return Reading(options.terms(DatasetTerms(DATASET)), table.columns, found, notes)


class _Answers:
    """The answers of a section: by question, each read by its type; what cannot be is a fault."""

    def __init__(self, section: Section, cells: Mapping[str, str], faults: list[RowFault]) -> None:
        self._questions = {one.name: one for one in section.questions}
        self._cells, self._faults = cells, faults

    def text(self, name: str) -> str:
        """Return an answer as it is written."""
        return self._cells.get(name, "")

    def code(self, name: str) -> str | None:
        """Return the code of an answer from a list."""
        text, terms = self.text(name), self._questions[name].list
        if not text:
            return None
        if terms == UNITS:
            match = _UNIT.fullmatch(text)
            return match["code"] if match else text
        try:
            if terms == "types":
                return codebook().types_and_subtypes.find(text).code
            return str(getattr(codebook(), _LISTS.get(terms, terms)).find(text).code)
        except UnknownTermError as error:
            self._faults.append(RowFault.of(name, text, str(error)))
            return None

    def day(self, name: str) -> date | None:
        """Return a day."""
        text = self.text(name)
        found: date | None = self._read(name, lambda _: iso_day((_DAY.match(text) or [text])[0]))
        return found

    def count(self, name: str) -> int | None:
        """Return a number of people."""
        found: int | None = self._read(name, count)
        return found

    def number(self, name: str) -> float | None:
        """Return a number."""
        found: float | None = self._read(name, number)
        return found

    def _read(self, name: str, parse: Callable[[str], _Read]) -> _Read | None:
        try:
            return parse(self.text(name))
        except CellError as error:
            self._faults.append(RowFault.of(name, self.text(name), joined("", (str(error), "."))))
            return None


class _Reader:
    """Makes foreign rows of forms."""

    def __init__(self, table: FormTable, registers: Registers, options: ReadingOptions) -> None:
        self._registers, self._options = registers, options
        self._names = _questions(table.columns, [one for one in SECTIONS if not one.repeats])
        self._id = id_column(table.columns)
        self._sheets = {sheet: _section_of(columns) for sheet, columns in table.repeats.items()}
        self._asked = {
            sheet: _questions(table.repeats[sheet], [section]) for sheet, section in self._sheets.items() if section
        }

    def row(self, at: int, form: Form) -> ForeignRow:
        """Make the row of a form; whatever an answer makes it raise is this row's fault."""
        name = form.cells.get(self._id or "", "").removeprefix("uuid:")
        if not name:
            fault = RowFault.of(self._id or "_uuid", "", tr("expected the id of the form."))
            return ForeignRow(at, "", None, (fault,), raw=form.cells)
        faults: list[RowFault] = []
        try:
            document = self._document(form, faults)
            faults += () if faults else _faults_of(document)
        except Exception as error:  # noqa: BLE001 — no error of one row may end the file
            return ForeignRow(at, name, None, (RowFault.unforeseen("", name, error),), raw=form.cells)
        made = None if faults else document
        return ForeignRow(at, name, made, tuple(faults), tuple(self._flags(form)), form.cells)

    def _flags(self, form: Form) -> Iterator[RowFault]:
        """Yield what the form had and the file has not: repeats, which a CSV leaves out."""
        for section in SECTIONS:
            said = form.cells.get(self._column(how_many(section)), "")
            if section.repeats and said.isdecimal() and (lost := int(said) - len(self._repeated(form, section))) > 0:
                reason = tr(
                    "{n} answers to this group are not in the file: export it as XLSX, and import that.", n=lost
                )
                yield RowFault.of(section.name, said, reason)

    def _column(self, name: str) -> str:
        return next((column for column, question in self._names.items() if question == name), name)

    def _repeated(self, form: Form, section: Section) -> list[dict[str, str]]:
        """Return the answers to a section that is repeated, by question."""
        found = []
        for sheet, names in self._asked.items():
            if self._sheets[sheet] is section:
                rows = form.repeats.get(sheet, ())
                found += [{question: row.get(column, "") for column, question in names.items()} for row in rows]
        return found

    def _document(self, form: Form, faults: list[RowFault]) -> Document:
        cells = {question: form.cells[column] for column, question in self._names.items() if form.cells.get(column)}
        lang = self._options.language or cells.get(LANGUAGE) or "und"
        own = _Answers(INCIDENT, cells, faults)
        document: Document = {
            "title": {lang: own.text("title")},
            "type": own.code("type"),
            "status": self._options.status or "draft",
            **_days(own, faults),
            **_codes(own, confidence="confidence", sensitivity="sensitivity"),
        }
        if country := cells.get(COUNTRY) or self._options.country:
            document["country"] = country
        if summary := own.text("summary"):
            document["summary"] = {lang: summary}
        if notes := own.text("notes"):
            document["notes"] = [{lang: notes}]
        tags = [tag.strip() for tag in own.text("tags").split(";")]
        lists = {
            "tags": [tag for tag in tags if tag],
            "cases": self._cases(own.text("case"), lang),
            "places": self._places(form, cells, (lang, faults)),
            "parties": self._parties(form, lang, faults),
            **self._claims(form, cells, (lang, faults)),
        }
        return document | {name: value for name, value in lists.items() if value}

    def _cases(self, title: str, lang: str) -> list[str]:
        if not title:
            return []
        return [self._registers.case({"key": f"form-{slug(title)}", "title": {lang: title}, "type": "other"})]

    def _places(self, form: Form, cells: Mapping[str, str], means: tuple[str, list[RowFault]]) -> list[Document]:
        each = [(PLACE, "place", cells), *((PLACES, "also", answers) for answers in self._repeated(form, PLACES))]
        found = (_place(_Answers(section, answers, means[1]), before, means[0]) for section, before, answers in each)
        return [place for place in found if place]

    def _parties(self, form: Form, lang: str, faults: list[RowFault]) -> list[Document]:
        found = []
        for answers in self._repeated(form, PARTIES):
            said = _Answers(PARTIES, answers, faults)
            name = said.text("party_name")
            actor = {"name": {lang: name}, "kind": said.code("party_kind") or "organisation"}
            actor |= _codes(said, sensitivity="party_sensitivity")
            key = self._registers.actor({"key": f"form-{slug(name)}", **actor})
            party: Document = {"actor": key, "role": said.code("party_role") or "present"}
            found.append(party | _texts(said, lang, note="party_note"))
        return found

    def _claims(self, form: Form, cells: Mapping[str, str], means: tuple[str, list[RowFault]]) -> dict[str, list[Any]]:
        """Return the claims of a form and the documents that it cites."""
        lang, faults = means
        toll = _Answers(TOLL, cells, faults)
        main = self._source(toll, "source")
        claims: list[Document] = []
        for question in TOLL.questions:
            if question.holds == "claims" and (people := toll.count(question.name)) is not None:
                measure = question.name.removeprefix("all_")
                numbers = dict.fromkeys(_NUMBERS, people)
                claims.append({"measure": measure, **numbers, "source": main or self._form()})
        for answers in self._repeated(form, COUNTS):
            said = _Answers(COUNTS, answers, faults)
            claims.append(self._claim(said, lang, main))
        further = [
            self._source(_Answers(DOCUMENTS, one, faults), "document") for one in self._repeated(form, DOCUMENTS)
        ]
        return {"claims": claims, "sources": [key for key in dict.fromkeys([main, *further]) if key]}

    def _claim(self, said: _Answers, lang: str, main: str | None) -> Document:
        numbers = {name: people for name in _NUMBERS if (people := said.count(f"count_{name}")) is not None}
        claim: Document = {
            "measure": said.code("count_measure"),
            "group": said.code("count_group") or "all",
            "source": self._source(said, "count_source") or main or self._form(),
            **(numbers or {"count": "?"}),
            **_texts(said, lang, scope="count_scope", note="count_note"),
        }
        if quoted := said.text("count_quoted"):
            claim["attributed_to"] = quoted
        if day := said.day("count_day"):
            claim["stated_on"] = str(day)
        return claim

    def _form(self) -> str:
        """Register the form itself as a source."""
        return self._registers.source({"key": "willay-form", "kind": "own-observation", "title": "willay form"})

    def _source(self, said: _Answers, before: str) -> str | None:
        """Register the document that answers name; None where they name none."""
        fields = {name: said.text(f"{before}_{of}") for name, of in _OF_SOURCES.items()}
        document = {name: text for name, text in fields.items() if text}
        if not document:
            return None
        document["kind"] = said.code(f"{before}_kind") or "other"
        if day := said.day(f"{before}_day"):
            document["published_on"] = str(day)
        document |= _codes(said, sensitivity=f"{before}_sensitivity")
        told = document.get("publisher") or document.get("title") or document["url"]
        more = short_hash(" ".join(f"{name}={document[name]}" for name in sorted(document)))
        return self._registers.source({"key": f"form-{slug(told)}-{more}", **document})


_OF_SOURCES: Final = {"publisher": "name", "title": "title", "url": "url"}


def _section_of(columns: Collection[str]) -> Section | None:
    """Return the section that a sheet of repeats has the answers of: the one whose questions it has most of."""
    known = {
        section.name: len(_questions(columns, [section], known_only=True)) for section in SECTIONS if section.repeats
    }
    found = [section for section in SECTIONS if known.get(section.name)]
    return max(found, key=lambda one: (known[one.name], -len(one.questions)), default=None)


def _questions(columns: Collection[str], sections: Sequence[Section], *, known_only: bool = False) -> dict[str, str]:
    """Return the question that each column holds the answers to, known by its name, or by its label in a language."""
    called = {one.label_in(lang): one.name for of in sections for one in of.questions for lang in LANGUAGES}
    names = {one.name for of in sections for one in of.questions}
    found = {column: called.get(column.rpartition("/")[2].strip(), last_part(column)) for column in columns}
    return {column: name for column, name in found.items() if name in names or not known_only}


def _codes(said: _Answers, **names: str) -> dict[str, str]:
    return {field: code for field, name in names.items() if (code := said.code(name))}


def _texts(said: _Answers, lang: str, **names: str) -> dict[str, dict[str, str]]:
    return {field: {lang: text} for field, name in names.items() if (text := said.text(name))}


def _days(said: _Answers, faults: list[RowFault]) -> dict[str, str]:
    """Return days and their precision."""
    precision, first, last = said.code("date_precision"), said.day("first_day"), said.day("last_day")
    if first is None or precision == "unknown":
        return {}
    last = last or first
    if last < first:
        faults.append(RowFault.of("last_day", f"{first}, {last}", tr("the last day is before the first.")))
        return {}
    if precision in _SPANS and f"{first:{_SPANS[precision]}}" == f"{last:{_SPANS[precision]}}":
        return {"days": f"{first:{_SPANS[precision]}}", "date_precision": precision}
    if precision == "week" and first == last:
        first -= timedelta(days=first.weekday())
        last = first + _WEEK
    return {"days": str(first) if first == last else f"{first}/{last}", "date_precision": precision or "day"}


def _place(said: _Answers, before: str, lang: str) -> Document:
    """Return a place; blank where nothing is said of one."""
    point = _POINT.fullmatch(said.text(f"{before}_point"))
    name, unit = said.text(f"{before}_name"), said.code(f"{before}_unit")
    if not (name or unit or point):
        return {}
    place: Document = {
        "name": name or said.text(f"{before}_unit") or said.text(f"{before}_point"),
        "precision": said.code(f"{before}_precision") or ("near" if point else "unknown"),
        **({"admin_code": unit} if unit else {}),
        **_codes(said, sensitivity=f"{before}_sensitivity"),
        **_texts(said, lang, note=f"{before}_note"),
    }
    radius = said.number(f"{before}_radius_m")
    if point:
        place |= {"lat": float(point[1]), "lon": float(point[2])}
        radius = radius or (float(point[3]) if point[3] else None)
    return place | ({"radius_m": radius} if radius else {})


def _faults_of(document: Document) -> list[RowFault]:
    try:
        draft(IncidentDraft, document)
    except DraftError as error:
        return [RowFault.of(fault.where, "", fault.message) for fault in error.faults]
    return []
