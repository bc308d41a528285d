"""The form for willay's own drafts as an XLSForm, which KoboToolbox, ODK and SurveyCTO open.

Sheets `survey`, `choices` and `settings`; labels in Spanish and English. The same country gives the same bytes.
https://xlsform.org/en/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.form_questions import (
    COUNTRY,
    LANGUAGE,
    LANGUAGES,
    MARK,
    SECTIONS,
    UNITS,
    VERSION,
    how_many,
    lists,
    unit_label,
)
from willay.events.exchange.outgoing.xlsx import CREATED
from willay.geo import replacing_bytes
from willay.geo.translation import in_language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.form_questions import Question, Section

FORM_ID: Final = "willay_incident"
_TITLE: Final = mark("Incident")
_HELP: Final = mark("Fill in what you know. What is not known stays empty.")
_LABELS: Final = tuple(f"label::{name}" for name in LANGUAGES.values())
_HINTS: Final = tuple(f"hint::{name}" for name in LANGUAGES.values())
SURVEY: Final = ("type", "name", *_LABELS, *_HINTS, "required", "relevant", "appearance", "calculation")
CHOICES: Final = ("list_name", "name", *_LABELS)


def write_form(
    path: Path, country: str, units: Mapping[str, Mapping[str, str]], *, lang: str = "es", force: bool = False
) -> None:
    """Write the form of a country.

    Args:
        path: The workbook.
        country: ISO 3166-1 alpha-2.
        units: The names of its first-level units by language, by code; without any, the question is left out.
        lang: The language that the form opens in, and that its texts are written in.
        force: Whether a file that is there may be replaced.

    Raises:
        FileInTheWayError: The file is there, and `force` was not given.
        GeoFileWriteError: It cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 — only for workbooks

    sheets: dict[str, list[tuple[Any, ...]]] = {
        "survey": [SURVEY, *_survey(country, lang, has_units=bool(units))],
        "choices": [CHOICES, *_choices(units)],
        "settings": [
            ("form_title", "form_id", "version", "default_language"),
            (_title(country, lang), FORM_ID, f"{VERSION}.{country}", LANGUAGES[lang]),
        ],
    }
    with replacing_bytes(path, force=force) as file, xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "comments": "Written by willay."})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell)


def _title(country: str, lang: str) -> str:
    with in_language(lang):
        return f"{tr(_TITLE)} ({country})"


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in SURVEY)


def _spoken(column: str, text: str) -> dict[str, str]:
    """Return a text of ours in all languages, by the columns that they have."""
    found = {}
    for lang, name in LANGUAGES.items():
        with in_language(lang):
            found[f"{column}::{name}"] = tr(text)
    return found


def _survey(country: str, lang: str, *, has_units: bool) -> Iterator[tuple[str, ...]]:
    for kind in ("start", "end"):
        yield _row(type=kind, name=kind)
    for name, value in ((MARK, VERSION), (COUNTRY, country), (LANGUAGE, lang)):
        yield _row(type="calculate", name=name, calculation=f"'{value}'")
    yield _row(type="note", name="help", **_spoken("label", _HELP))
    for section in SECTIONS:
        yield from _section(section, has_units=has_units)
    for section in SECTIONS:
        if section.repeats:
            counted = f"count(${{{section.name}}})"
            yield _row(type="calculate", name=how_many(section), calculation=counted)


def _section(section: Section, *, has_units: bool) -> Iterator[tuple[str, ...]]:
    kind = "repeat" if section.repeats else "group"
    yield _row(type=f"begin_{kind}", name=section.name, **_spoken("label", section.label))
    for question in section.questions:
        if question.list != UNITS or has_units:
            yield _question(question)
    yield _row(type=f"end_{kind}")


def _question(question: Question) -> tuple[str, ...]:
    return _row(
        type=question.kind,
        name=question.name,
        required="yes" if question.required else "",
        relevant=question.relevant,
        appearance="multiline" if question.long else "minimal" if question.list else "",
        **_spoken("label", question.label),
        **(_spoken("hint", question.hint) if question.hint else {}),
    )


def _choices(units: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    for name, terms in lists().items():
        for code, labels in terms.items():
            yield (name, code, *(labels[lang] for lang in LANGUAGES))
    for code, names in units.items():
        known = next(iter(names.values()), code)
        yield (UNITS, code, *(unit_label(code, names.get(lang) or known) for lang in LANGUAGES))
