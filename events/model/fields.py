"""Fields: what becomes of a field of the record. It is declared where the field is, in `drafts`, and read here.

A field of a model is annotated with its type, with how it may be shown, and with where it is found:

    confidence: Annotated[Confidence | None, exact("codes"), everywhere("codebook: confidence", page=CARD)] = None

- `always`, `exact`, `coarse` and `level` allow it to be shown. **A field without one of them is never shown**
  (`never()` says that this is intended).
- `Plain` gives it a column in the table of its subject, and says where else it is found: in the incident frame and in
  files, in the layers that GIS programs open, on the page, in cards, with which hashtag, and what it is called.

Everything else follows: tables and layers (`store.tables`, `store.dialects.sqlite.geopackage`), the frame
(`frame.columns`), disclosure (`disclosure.declarations`), files (`exchange.outgoing`), cards and pages.
"""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Treatment = Literal["always", "when exact", "coarsened", "never"]
"""When a field is shown: whenever its subject is; where its subject is shown in full; in full with its subject, else
coarsely; never."""

Holds = Literal["text", "word", "codes", "level", "source", "actor", "case", "incident"]
"""What a field holds: text written by people, which is searched for withheld names and can be redacted; a name or
phrase that is searched as well, but that other records may refer to; codes of a list, numbers and days, which are not
searched; a level of sensitivity; or the keys of sources, actors or cases, or the code of an incident."""

Kind = Literal["text", "whole", "real", "flag", "day", "texts", "name", "list", "mapping", "documents"]
"""What values a field has: one text, whole number, number, true or false, day (a `date`); text by language; one text or
texts by language, which a column of a table has as one text; a list of texts or numbers; texts by names that are not
languages; documents of another model."""

Found = Literal["row", "card", "own"]
"""Where on a page a column is found: with each row, where it can be downloaded; in the card alone; with each row in
a form that the page has for it alone."""


class Words(NamedTuple):
    """What a field is called where people read it."""

    en: str
    es: str


@dataclass(frozen=True, slots=True)
class Shown:
    """At which disclosure a field may be shown.

    Attributes:
        treatment: When it is shown.
        holds: What it holds.
        once: For documents: whether equal ones are shown once where they are coarse.
    """

    treatment: Treatment
    holds: Holds = "text"
    once: bool = False


def always(holds: Holds = "codes") -> Shown:
    """Declare a field that is shown whenever its subject is."""
    return Shown("always", holds)


def exact(holds: Holds = "text") -> Shown:
    """Declare a field that is shown only where its subject is shown in full; documents with their fields."""
    return Shown("when exact", holds)


def coarse(holds: Holds = "text", *, once: bool = False) -> Shown:
    """Declare a field that is made coarse: by its function in `disclosure.declarations`; documents by their fields."""
    return Shown("coarsened", holds, once)


def level() -> Shown:
    """Declare a level of sensitivity: what is shown in full though it is marked says so, for whoever gets it."""
    return Shown("when exact", "level")


def never(holds: Holds = "text") -> Shown:
    """Declare a field that is not shown, on purpose."""
    return Shown("never", holds)


@dataclass(frozen=True, slots=True)
class Plain:
    """Where a field is found besides the document: as one column, of its own name.

    Attributes:
        about: What the column holds, for readers of files.
        table: Whether it is a column of the table of its subject.
        filled: Whether it is known of every recorded subject, although a draft may leave it open.
        flat: Whether it is a column of the incident frame and of every file made of it; of a claim or source: of the
            tables of claims and sources in files.
        layer: Whether GIS programs see it in the layer or table of its subject.
        protects: Whether it says on what terms an incident came: see `frame.columns.Column`.
        card: Whether the card of an incident has it as a member.
        page: Where a page has it.
        hxl: Its hashtag.
        label: What it is called on cards; needed where a card or page shows it that has no place for it yet.
        called: Its name in cards and flat tables, where that is another than in the record.
        readable: Of texts by language: whether the table also has them as plain text in one language, which is what
            GIS programs see.
    """

    about: str = ""
    table: bool = True
    filled: bool = False
    flat: bool = False
    layer: bool = False
    protects: bool = False
    card: bool = False
    page: tuple[Found, ...] = ()
    hxl: str = ""
    label: Words | None = None
    called: str = ""
    readable: bool = False


COLUMN: Final = Plain()
"""A column of its table, and nowhere else."""

LISTED: Final = Plain(flat=True)
"""A column of its table, and of the tables in files."""

LAYERED: Final = Plain(layer=True)
"""A column of its table, which GIS programs see."""

EVERYWHERE: Final = Plain(flat=True, layer=True)
"""A column of its table and of those in files, which GIS programs see."""

READABLE: Final = Plain(flat=True, layer=True, readable=True)
"""The same of texts by language, which GIS programs see in Spanish, or in the language that they have."""

ROW: Final[tuple[Found, ...]] = ("row",)
CARD: Final[tuple[Found, ...]] = ("card",)
OWN: Final[tuple[Found, ...]] = ("own",)


def everywhere(
    about: str,
    *,
    protects: bool = False,
    card: bool = False,
    page: tuple[Found, ...] = (),
    hxl: str = "",
    label: Words | None = None,
) -> Plain:
    """Return a column of the table, the frame, files and the layer; parameters as for `Plain`."""
    return Plain(about, flat=True, layer=True, protects=protects, card=card, page=page, hxl=hxl, label=label)


class ByLanguage:
    """Marks texts by language among other mappings."""


class OneOrByLanguage:
    """Marks what is one text or texts by language."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Marks a field whose texts may have several lines, with tabs; every other is one line."""


LINES: Final = Lines()


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Says how a value may be written in a file of drafts, where that is more than its type says.

    Attributes:
        schema: A part of a JSON Schema, without null.
    """

    schema: Mapping[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Codes:
    """Names the list of the codebook that a value is a code of."""

    name: str


@dataclass(frozen=True, slots=True)
class Declared:
    """A field as it is declared.

    Attributes:
        name: Its name in documents.
        kind: What values it has.
        is_required: Whether a draft must have it, or has a value where nobody gives one.
        shown: At which disclosure it may be shown; None is never.
        plain: Where it is found besides the document; None is nowhere.
        codes: The list of the codebook that its values are codes of; empty where they are not.
        model: The model of the documents that it holds.
        has_lines: Whether its texts may have several lines.
        written: How it may be written in a file, as a part of a JSON Schema; None is as its type says.
    """

    name: str
    kind: Kind
    is_required: bool
    shown: Shown | None
    plain: Plain | None
    codes: str
    model: type[BaseModel] | None
    has_lines: bool
    written: Mapping[str, Any] | None = None

    @property
    def is_column(self) -> bool:
        """Whether it is a column of the table of its subject."""
        return self.plain is not None and self.plain.table

    @property
    def is_nested(self) -> bool:
        """Whether its values are lists or objects, which are JSON text in a column of a table."""
        return self.kind in ("texts", "list", "mapping", "documents")

    @property
    def is_filled(self) -> bool:
        """Whether its column always has a value."""
        return (self.plain is not None and self.plain.filled) or (
            self.is_required and self.kind not in ("list", "documents")
        )

    @property
    def is_flat(self) -> bool:
        """Whether it is a column of the incident frame, or of the tables of claims or sources in files."""
        return self.plain is not None and self.plain.flat

    @property
    def is_layered(self) -> bool:
        """Whether GIS programs see it."""
        return self.plain is not None and self.plain.layer

    @property
    def is_readable(self) -> bool:
        """Whether its table also has its texts in one language, in the column `readable_column`."""
        return self.plain is not None and self.plain.readable

    @property
    def readable_column(self) -> str:
        """The column of its table with its texts in one language."""
        return f"{self.name}_plain"

    @property
    def in_cards(self) -> bool:
        """Whether the card of an incident has it as a member."""
        return self.plain is not None and self.plain.card

    @property
    def holds_text(self) -> bool:
        """Whether people write text in it; so is a field that says nothing of what it holds."""
        return self.kind in _OF_TEXT and (self.shown is None or self.shown.holds == "text")

    @property
    def called(self) -> str:
        """Its name in cards and flat tables."""
        return (self.plain and self.plain.called) or self.name


_OF_TEXT: Final = frozenset({"text", "texts", "name", "list", "mapping"})
_KINDS: Final[Mapping[Any, Kind]] = {str: "text", int: "whole", float: "real", bool: "flag", date: "day"}


def fields_of(model: type[object]) -> Mapping[str, Declared]:
    """Return the fields of a model, or of a dataclass, by name, in their order."""
    return _fields(model)  # type: ignore[arg-type]  # mypy takes the hash of a class for that of its instances


@cache
def _fields(model: type[object]) -> Mapping[str, Declared]:
    return {name: _declared(name, *parts) for name, *parts in _annotated(model)}


def _annotated(model: type[object]) -> Iterator[tuple[str, Any, list[Any], bool]]:
    """Yield name, type, annotations and whether it has a value for each field."""
    if issubclass(model, BaseModel):
        for name, info in model.model_fields.items():
            yield name, info.annotation, [*info.metadata], info.default is not None
    elif is_dataclass(model):
        hints = get_type_hints(model, include_extras=True)
        for one in dataclass_fields(model):
            yield one.name, hints[one.name], [], one.default is not None


def _declared(name: str, annotation: Any, stated: list[Any], is_required: bool) -> Declared:  # noqa: ANN401, FBT001 — a type
    marks = [*stated, *_marks(annotation)]
    plain = _of_type(marks, Plain)
    codes, written = _of_type(marks, Codes), _of_type(marks, Written)
    kind, model = _kind(_bare(annotation), marks)
    return Declared(
        name, kind, is_required, _of_type(marks, Shown), plain, codes.name if codes else "", model,
        _of_type(marks, Lines) is not None, written.schema if written else None,
    )  # fmt: skip


_Mark = TypeVar("_Mark")


def _of_type(marks: list[Any], kind: type[_Mark]) -> _Mark | None:
    return next((mark for mark in marks if isinstance(mark, kind)), None)


def _marks(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 — a type
    """Yield what a type is annotated with, at any depth but in the types of a list."""
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
        yield from _marks(annotation.__origin__)
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _marks(part)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 — a type
    """Return a type without what it is annotated with, and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(annotation.__origin__)
    if get_origin(annotation) in (Union, UnionType):
        return _bare(next(part for part in get_args(annotation) if part is not NoneType))
    return annotation


def _kind(bare: Any, marks: list[Any]) -> tuple[Kind, type[BaseModel] | None]:  # noqa: ANN401 — a type
    """Return what values a type has, and the model where these are documents."""
    if any(isinstance(mark, OneOrByLanguage) for mark in marks):
        return "name", None
    if get_origin(bare) is tuple:
        inner = _bare(get_args(bare)[0])
        return ("documents", inner) if isinstance(inner, type) and issubclass(inner, BaseModel) else ("list", None)
    if get_origin(bare) is dict:
        return ("texts" if any(isinstance(mark, ByLanguage) for mark in marks) else "mapping"), None
    if get_origin(bare) is Literal:
        return "text", None
    return _KINDS[bare], None


def flat_names(model: type[object]) -> tuple[str, ...]:
    """Return the names that the fields of a subject have in tables of files, in order."""
    return tuple(field.called for field in fields_of(model).values() if field.is_flat)


def column_names(model: type[object]) -> tuple[str, ...]:
    """Return the fields of a subject that are columns of its table, in order."""
    return tuple(name for name, field in fields_of(model).items() if field.is_column)


def layer_names(model: type[object]) -> tuple[str, ...]:
    """Return the fields of a subject that GIS programs see, in order."""
    return tuple(name for name, field in fields_of(model).items() if field.is_layered)
