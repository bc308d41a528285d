"""The pages of fields: of what is written in drafts, and of the columns of the incident frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.frame.columns import COLUMNS
from willay.events.manual.codebook_page import code_list
from willay.events.manual.markdown import code, page, section, table
from willay.events.model.draft_schema import field_docs
from willay.events.model.drafts import (
    ActorDraft,
    AttachmentDraft,
    CaseDraft,
    ClaimDraft,
    IncidentDraft,
    IndicatorDraft,
    PartyDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)
from willay.events.model.fields import fields_of
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.frame.columns import Column
    from willay.events.model.fields import Declared

DOCUMENTS: Final[Mapping[type[object], str]] = {
    IncidentDraft: mark("An incident"),
    PlaceDraft: mark("A place of an incident"),
    ClaimDraft: mark("A claim of an incident"),
    PartyDraft: mark("A party to an incident"),
    AttachmentDraft: mark("An attached file"),
    SourceDraft: mark("A source"),
    ActorDraft: mark("An actor"),
    CaseDraft: mark("A case"),
    PhaseDraft: mark("A phase of a case"),
    IndicatorDraft: mark("An indicator"),
}
"""The documents whose fields are listed, in the order of the page."""

_KINDS: Final = {
    "text": mark("text"),
    "whole": mark("whole number"),
    "real": mark("number"),
    "flag": mark("true or false"),
    "day": mark("day"),
    "texts": mark("text, or texts by language"),
    "name": mark("text, or texts by language"),
    "list": mark("list"),
    "mapping": mark("texts by name"),
    "documents": mark("list of documents"),
}
"""What values a field has, in words."""

_SHOWN: Final = {
    "always": mark("always"),
    "when exact": mark("where its subject is shown in full"),
    "coarsened": mark("in full with its subject, else coarsely"),
    "never": mark("never"),
}
"""At which disclosure a field is shown, in words."""

_TYPED: Final = {"type": "types", "subtype": "subtypes"}
"""Fields whose codes the model reads together, and their lists."""

UNKNOWN: Final = {
    "str": mark("missing (`None`, `NaN`)"),
    "Int32": "`<NA>`",
    "float64": "`NaN`",
    "datetime64[s]": "`NaT`",
    "bool": mark("never unknown"),
    "boolean": "`<NA>`",
}
"""What is in a column where its value is not known, by its dtype."""


def fields_page() -> str:
    """Return the page of the fields of all documents, in the language of now."""
    about = tr(
        "What a file of drafts can have, field by field. How they are written, with examples, is on the page "
        "[Writing drafts](drafts.md). A field that is not known is left out."
    )
    return page(tr("Fields"), about, *(section(tr(title), _fields(model)) for model, title in DOCUMENTS.items()))


def _fields(model: type[object]) -> str:
    docs = field_docs(model)
    headings = [tr("Field"), tr("Values"), tr("What it is"), tr("Required"), tr("Shown by a profile")]
    rows = [
        (
            code(name),
            code_list(_TYPED[name]) if model is IncidentDraft and name in _TYPED else _values(field),
            tr(docs[name]) if name in docs else "",
            tr("yes") if field.is_required and not _has_value(model, name) else "",
            tr(_SHOWN[field.shown.treatment if field.shown else "never"]),
        )
        for name, field in fields_of(model).items()
    ]
    return table(headings, rows)


def _has_value(model: type[object], name: str) -> bool:
    """Return whether a draft has a value where nobody gives one."""
    fields = getattr(model, "model_fields", {})
    return name in fields and not fields[name].is_required()


def _values(field: Declared) -> str:
    if field.model is not None:
        return f"{tr('list of documents')}: {tr(DOCUMENTS[field.model]).lower()}"
    if field.codes:
        return code_list(field.codes)
    return tr(_KINDS[field.kind])


def columns_page() -> str:
    """Return the page of the columns of the incident frame and of the files made of it, in the language of now."""
    about = tr(
        "The columns of the table that `select` returns and that files have, in their order. The geometry is in "
        "EPSG:4326, longitude first. *Unknown* is what a value is where it is not known; 0 is none. *In the layer*: "
        "GIS programs see it in the layer `incidents` of a database."
    )
    headings = [tr("Column"), tr("Dtype"), tr("What it holds"), tr("Unknown"), tr("In the layer"), "HXL"]
    rows = [_column(column) for column in COLUMNS if _measure(column) is None]
    figures = tr("Each of these measures has four columns: {measures}.", measures=", ".join(map(code, FIGURE_MEASURES)))
    each = [column for column in COLUMNS if _measure(column) == FIGURE_MEASURES[0]]
    return page(
        tr("Columns"),
        about,
        section(tr("Incidents"), table(headings, rows)),
        section(tr("Figures"), figures, table(headings[:4], map(_figure, each))),
    )


def _measure(column: Column) -> str | None:
    named = (measure for measure in FIGURE_MEASURES if column.name.startswith(f"{measure}_"))
    return next(named, None) if column.root == "claims" else None


def _column(column: Column) -> tuple[str, ...]:
    unknown = tr("never unknown") if column.filled else tr(UNKNOWN[column.dtype])
    return (
        code(column.name),
        code(column.dtype),
        f"{tr(column.about)} {code_list(column.codes) if column.codes else ''}".strip(),
        unknown,
        tr("yes") if column.layer else "",
        code(column.hxl),
    )


def _figure(column: Column) -> tuple[str, ...]:
    """Return the row of a column of figures, for whatever measure."""
    measure = str(_measure(column))
    about = column.about.removeprefix(f"{measure}: ")
    name = column.name.removeprefix(measure)
    return (code(f"MEASURE{name}"), code(column.dtype), tr(about), tr(UNKNOWN[column.dtype]))
