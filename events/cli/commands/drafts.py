"""`willay drafts`: incidents that somebody began to enter and did not save."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.groups import with_default
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    DbFile,
    DryRun,
    Format,
    Gazetteer,
    Language,
    Reason,
    Style,
    Wide,
    Yes,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.packs import packs_of
from willay.events.model.reasons import ADDED, recorded_reason
from willay.geo.translation import language, many, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

drafts_app = App(
    help="Drafts: incidents that were begun on a terminal and not saved yet. The files are next to the database.",
    cls=with_default("list"),
)

Number = Annotated[int | None, typer.Argument(min=1, help="Number of the draft. Default: the latest.")]


@drafts_app.command("list")
def drafts_list(*, style: Format = Style.table, wide: Wide = False, db: DbFile = DEFAULT_DB) -> None:
    """List the incidents that were begun and not saved, the latest last."""
    from willay.events.cli.unfinished import unfinished_files

    rows = [_row(path) for path in unfinished_files(db)]
    columns = {
        "number": ListColumn("No", least=2),
        "title": ListColumn("What", least=12),
        "type": ListColumn("Type", 1, label=_type_in_words),
        "days": ListColumn("When", 2),
        "changed": ListColumn("Last answer", 3),
        "file": ListColumn("File", 4),
    }
    put_rows(rows, columns, style.value, wide=wide)
    say(many(len(rows), "unfinished incident"))
    if rows:
        say(tr("To continue with the latest: {resume}", resume=hint("drafts", "resume", db=db)))


def _type_in_words(answer: str) -> str:
    """Return the label of a type, or what was given for one that was not read yet."""
    from willay.data.codebook import codebook

    terms = codebook().types_and_subtypes
    return terms[answer].label(language()) if answer in terms else answer


def _row(path: Path) -> dict[str, Any]:
    from willay.events.cli.unfinished import number_of, read_unfinished
    from willay.events.model.errors import EventsError
    from willay.geo.errors import GeoError

    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    row: dict[str, Any] = {"number": number_of(path), "changed": f"{changed:%Y-%m-%d %H:%M}", "file": path.name}
    try:
        content = read_unfinished(path)
    except (EventsError, GeoError) as error:
        return row | {"title": f"({error})", "type": None, "days": None}
    told = {**content.words, **content.answers}
    return row | {name: told.get(name) for name in ("title", "type", "days")}


@drafts_app.command("resume")
def drafts_resume(
    number: Number = None,
    *,
    gazetteer: Gazetteer = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: Language,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Continue an incident that was begun and not saved, on a terminal."""
    from willay.events.cli.conversing import converse, latest_unfinished
    from willay.events.cli.entering import Entry

    file = latest_unfinished(db) if number is None else _file(number, db)
    with open_store(db) as store:
        entry = Entry(store, db, gazetteer, lang.value, author, reason or recorded_reason(ADDED), packs_of(store))
        words: dict[str, Any] = {"precision": None, "country": None, "status": "draft"}
        converse(words, entry, resume=file, dry_run=dry_run, ask=not yes)


@drafts_app.command("discard")
def drafts_discard(
    numbers: Annotated[list[int], typer.Argument(min=1, help="Numbers of the drafts, as willay drafts lists them.")],
    *,
    yes: Yes = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Delete answers that were saved for later. They are not in the history; this cannot be undone."""
    from willay.events.cli.choosing import agreed
    from willay.events.cli.output import on_terminal

    files = [_file(number, db) for number in numbers]
    if on_terminal() and not yes and not agreed(_question(files), default=False, goes_back=False):
        say(tr("Nothing was discarded."))
        return
    for file in files:
        file.unlink(missing_ok=True)
        say(tr("Discarded: {file}", file=file.name))


def _question(files: Sequence[Path]) -> str:
    named = ", ".join(str(_row(file)["title"] or file.name) for file in files)
    return tr("Discard what was entered ({drafts})?", drafts=named)


def _file(number: int, db: Path) -> Path:
    """Return the file of a draft.

    Raises:
        NotFoundError: There is none of this number.
    """
    from willay.events.cli.unfinished import number_of, unfinished_files
    from willay.events.model.errors import NotFoundError

    found = {number_of(path): path for path in unfinished_files(db)}
    if number not in found:
        raise NotFoundError(
            tr(
                "Unknown unfinished incident {number}. To list them: {list}",
                number=number,
                list=hint("drafts", db=db),
            )
        )
    return found[number]
