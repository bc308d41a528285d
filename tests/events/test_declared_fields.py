"""Fields are declared in their models, and read from there: no module has a list of its own."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003 — pydantic reads the annotations at run time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import pytest
from pydantic import BaseModel

from willay.events.disclosure.declarations import DECLARED
from willay.events.frame.columns import COLUMNS, MADE, PLAIN
from willay.events.frame.framing import plain_cells
from willay.events.model.drafts import MODELS
from willay.events.model.fields import (
    COLUMN,
    EVERYWHERE,
    LINES,
    Plain,
    always,
    coarse,
    column_names,
    exact,
    fields_of,
    flat_names,
    layer_names,
)
from willay.events.model.fieldtypes import Confidence, Texts  # noqa: TC001 — as above

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Inner(BaseModel):
    name: Annotated[str, exact()]


class Made(BaseModel):
    """A model with a field of every kind."""

    text: Annotated[str, exact("word"), EVERYWHERE]
    letter: Annotated[Literal["A", "B"] | None, always(), COLUMN] = None
    code: Annotated[Confidence | None, exact("codes"), Plain(flat=True, called="coded")] = None
    whole: Annotated[int | None, COLUMN] = None
    real: float | None = None
    flag: Annotated[bool, COLUMN] = False
    day: date | None = None
    texts: Annotated[Texts | None, exact(), LINES] = None
    names: Annotated[tuple[str, ...], exact(), COLUMN] = ()
    mapping: dict[str, str] | None = None
    inner: Annotated[tuple[Inner, ...], coarse(once=True)] = ()
    filled: Annotated[str | None, Plain(filled=True)] = None


def test_a_field_is_what_its_annotations_say() -> None:
    fields = fields_of(Made)
    assert {name: field.kind for name, field in fields.items()} == {
        "text": "text", "letter": "text", "code": "text", "whole": "whole", "real": "real", "flag": "flag",
        "day": "day", "texts": "texts", "names": "list", "mapping": "mapping", "inner": "documents", "filled": "text",
    }  # fmt: skip
    assert (fields["code"].codes, fields["inner"].model) == ("confidence", Inner)
    assert [name for name, field in fields.items() if field.has_lines] == ["texts"]
    assert [name for name, field in fields.items() if field.is_filled] == ["text", "flag", "filled"]


def test_a_field_that_says_nothing_is_nowhere_never_shown_and_its_text_can_be_redacted() -> None:
    fields = fields_of(Made)
    assert (fields["mapping"].shown, fields["mapping"].is_column, fields["mapping"].is_flat) == (None, False, False)
    assert [name for name, field in fields.items() if field.holds_text] == [
        "texts", "names", "mapping", "filled",
    ]  # fmt: skip


def test_tables_files_and_layers_have_the_fields_that_say_so_in_order() -> None:
    assert column_names(Made) == ("text", "letter", "code", "whole", "flag", "names", "filled")
    assert flat_names(Made) == ("text", "coded")
    assert layer_names(Made) == ("text",)


def test_a_dataclass_is_read_as_a_model_is() -> None:
    fields = fields_of(_Terms)
    assert {name: (field.kind, field.is_required) for name, field in fields.items()} == {
        "name": ("text", True), "may": ("flag", False),
    }  # fmt: skip


@dataclass
class _Terms:
    name: Annotated[str, always(), COLUMN]
    may: Annotated[bool | None, exact("codes"), COLUMN] = None


def test_every_column_that_is_made_of_fields_is_in_the_frame_behind_its_field() -> None:
    names = [column.name for column in COLUMNS]
    assert [column.name for column in MADE if column.name not in names] == []
    assert len(names) == len(set(names))
    for before, after in (("subtype", "first_day"), ("last_day", "date_precision"), ("part_of", "counted")):
        assert names.index(after) == names.index(before) + 1


def test_every_plain_field_of_the_frame_has_a_cell_and_words_about_it() -> None:
    assert set(plain_cells({"title": {"en": "A title"}}, "en")) == {column.name for column in PLAIN}
    assert [column.name for column in COLUMNS if not column.about] == []


def test_a_field_on_a_card_or_page_has_a_place_or_is_called_something() -> None:
    known = {"title", "summary", "type", "subtype", "date_precision", "cases", "tags", "part_of", "status", "dataset"}
    assert [column.name for column in PLAIN if column.page and not column.label and column.name not in known] == []


def test_what_makes_a_field_coarse_is_named_for_fields_that_there_are() -> None:
    """The functions are in `disclosure.declarations`, by name; a wrong one would be left out without a word."""
    tree = ast.parse((ROOT / "events/disclosure/declarations.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = {
        (call.args[0].id, key.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_of_model" and isinstance(call.args[0], ast.Name)
        for argument in call.args[1:]
        if isinstance(argument, ast.Dict)
        for key in argument.keys
        if isinstance(key, ast.Constant)
    }
    coarsened = {
        (model.__name__, name)
        for model, fields in DECLARED.items()
        for name, field in fields.items()
        if field.coarsen is not None
    }
    assert len(given) >= 20
    assert given == coarsened


MAKERS = ("events/cli/", "events/exchange/incoming/", "events/model/entry.py", "events/model/place_entry.py")
"""What makes documents of options, answers and other people's files: each field has a rule of its own there."""

LISTS = {
    "events/disclosure/declarations.py": "what makes a field coarse is a function of its own; held to the models above",
    "events/disclosure/register_entries.py": "what names a source in a text, by which it is searched for",
    "events/aggregate/partitions.py": "how the columns of other people's files are called",
    "events/aggregate/question.py": "what a column of such a file can be",
    "events/exchange/attached_files.py": "what is found out of a file that is attached",
    "events/exchange/outgoing/left_out.py": "what the layouts of other datasets keep, whose columns are theirs",
    "events/frame/cards.py": "what a figure has of the claim that it comes from",
    "events/frame/columns.py": "the members of a card, for mypy",
    "events/frame/frame.py": "what a further place of an incident is in the columns of the primary one",
    "events/frame/framing.py": "what is made of the primary place, and of claims",
    "events/frame/units.py": "what decides in which units a place lies",
    "events/front/stating.py": "what a claim is stated by in Python, in the words of keywords",
    "events/manual/error_topics.py": "the names of lists of codes, some of them those of fields",
    "events/model/differences.py": "by what two claims are the same one",
    "events/store/record/region_sets.py": "fields of a region, which are not declared",
    "events/store/read/stored.py": "what a figure has",
    "events/frame/query.py": "what a question narrows by, in the words of people",
    "events/store/write/three_way.py": "by what two claims are the same one",
    "maps/summed_columns.py": "what rows of sums have in common, as columns of a frame",
}
"""Modules with four names of fields or more in one place, and why."""

NAMED = {
    "accessed_on": {"events/frame/cards.py"},
    "assigned_to": {"events/cli/commands/review.py", "events/store/parts/review.py"},
    "attributed_kind": {
        "events/cli/commands/claim.py",
        "events/frame/framing.py",
        "events/front/stating.py",  # a keyword
        "events/store/write/three_way.py",
    },
    "confidence": {
        # it is asked for, given as an option and shown before it is saved
        "events/cli/commands/add.py",
        "events/cli/commands/edit.py",
        "events/cli/dialogue.py",
        "events/cli/entering.py",
        "events/cli/preview_card.py",
        "events/cli/questions.py",
        "events/cli/suggestions.py",
        "events/exchange/form_questions.py",
        "events/exchange/incoming/form_rows.py",
        "events/front/changing.py",  # an example
        "events/manual/error_topics.py",  # the list of that name
        "events/exchange/incoming/table/drafting.py",
        "events/exchange/incoming/table/fitting.py",
        "events/manual/codebook_page.py",  # the list of that name
        "events/exchange/incoming/table/guess.py",
        # the list of the codebook of this name
        "events/model/fieldtypes.py",
        "events/release/description.py",
        "maps/messages.py",
    },
    "dataset_id": {
        "events/model/conflicts.py",
        "events/store/record/memory.py",
        "events/store/write/deciding.py",
        "events/store/write/updating.py",
    },
    "gazetteer_id": {"events/model/place_entry.py"},
}
"""Where some plain fields are named in a text of the code: where something is done with this very field."""


PACKING = "events/store/schema/packing.py"
"""Its dictionary has names of fields as bytes, which stay what they are whatever the fields become."""


def sources() -> Iterator[tuple[str, str]]:
    for top in ("events", "maps"):
        for path in sorted((ROOT / top).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in {".py", ".js"} and "migrations" not in path.parts and name != PACKING:
                yield name, path.read_text("utf-8")


def texts_in(node: ast.AST) -> set[str]:
    """The texts of a list in code, or the names of a dictionary."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else getattr(node, "keys", [])
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_no_module_has_a_list_of_fields_of_its_own() -> None:
    found = {
        name
        for name, text in sources()
        if name.endswith(".py") and not name.startswith(MAKERS)
        for node in ast.walk(ast.parse(text))
        for model in MODELS
        if len(texts_in(node) & model.model_fields.keys()) >= 4
    }
    assert found == LISTS.keys()


@pytest.mark.parametrize("field", NAMED)
def test_a_plain_field_is_named_where_something_is_done_with_it_and_nowhere_else(field: str) -> None:
    assert any(field in model.model_fields for model in MODELS)
    named = re.compile(rf"[\"'`]{field}[\"'`]")
    assert {name for name, text in sources() if named.search(text)} == NAMED[field]
