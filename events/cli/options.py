"""Options shared by several commands, each defined once."""

from __future__ import annotations

import inspect
import os
import subprocess
from datetime import UTC, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

import typer

from willay.events.cli.hints import USUAL_DB, hint
from willay.events.cli.output import ask, on_terminal, say
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from willay.events.model.said_days import Bearings
    from willay.events.store import Store

DbFile = Annotated[Path, typer.Option("--db", envvar="WILLAY_DB", help="Database file.", show_default=True)]
DEFAULT_DB: Final = USUAL_DB

Author = Annotated[
    str | None,
    typer.Option("--author", envvar="WILLAY_AUTHOR", help="Author of the change (default: git's user.name)."),
]
Reason = Annotated[str | None, typer.Option("--reason", "-m", help="Reason for the change, recorded in the history.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before saving.")]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]
Code = Annotated[str, typer.Argument(help="Code of the incident, such as PE-2009-0001, or its key.")]
Gazetteer = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer", envvar="WILLAY_GAZETTEER", help="Gazetteer file (CSV) to use instead of the one included."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be saved, without saving.")]
DryImport = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be imported, without changing the database.")
]

Killed = Annotated[
    str | None,
    typer.Option("--killed", help="Short form of --claim killed=COUNT: 3, 2-4, 30+, “at least 3”, ? (number unknown)."),
]
Injured = Annotated[str | None, typer.Option("--injured", help="Short form of --claim injured=COUNT.")]
Abducted = Annotated[str | None, typer.Option("--abducted", help="Short form of --claim abducted=COUNT.")]


def claims_given(claims: list[str] | None, **counts: str | None) -> list[str]:
    """Return the claims that options give, those of `--claim` first and then the short forms, by measure."""
    return [*(claims or []), *(f"{measure}={count}" for measure, count in counts.items() if count is not None)]


DatePrecision = Annotated[
    str | None,
    typer.Option(
        "--date-precision",
        help="How exactly the days are known, if it did not last through all of them: days, week, month, year.",
    ),
]
PlacePrecision = Annotated[
    str | None, typer.Option("--place-precision", help="Precision of the place: site, settlement, near, district, …")
]
PartOf = Annotated[
    str | None, typer.Option("--part-of", help="Code or key of the parent incident, if this is a part of it.")
]
ConfidenceIn = Annotated[str | None, typer.Option("--confidence", help="How sure it is: high, medium or low.")]
SourceKind = Annotated[str | None, typer.Option("--source-kind", help="Kind of source, if it is new, such as press.")]
Published = Annotated[str | None, typer.Option("--published", help="Date of the source, if it is new.")]

BaseRevision = Annotated[
    int | None,
    typer.Option(
        "--base-revision",
        help="Number of the revision that you started from: the change is refused if somebody has "
        "changed the same fields since.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Show the record as it was known at this moment, or at the end of this day (UTC)."),
]
Policy = Annotated[str | None, typer.Option("--policy", help="Figure policy (default: the database's).")]
NewPolicy = Annotated[str | None, typer.Option("--policy", help="Figure policy (default: ranked-source).")]

ProfileName = Annotated[
    str, typer.Option("--profile", help="Disclosure profile: public, partner, internal, or a .toml file.")
]
ForOwnUse = Annotated[
    bool,
    typer.Option(
        "--for-own-use",
        help="Include rows that the terms of their dataset do not allow passing on. "
        "The output is then for your own use only.",
    ),
]


class Lang(StrEnum):
    """Languages of messages, labels and texts."""

    es = "es"
    en = "en"


def _spoken() -> Lang:
    return Lang(language())


class Style(StrEnum):
    """Output formats of a list."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"
    ndjson = "ndjson"


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[
    Lang,
    typer.Option(
        "--lang",
        help="Language of messages, labels and texts (default: WILLAY_LANG, LC_ALL or LANG).",
        default_factory=_spoken,
        show_default=False,
    ),
]
"""The language of everything that is shown or written; `main` takes it anywhere on the line, for every command."""
Wide = Annotated[bool, typer.Option("--wide", help="On a terminal: show all columns, in lines of any length.")]
Format = Annotated[Style, typer.Option("--format", "-f", help="Output format.")]


def with_options(options: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command some options, each None unless given, and call it with their values by name as `options`."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**given: Any) -> None:  # noqa: ANN401 — option values of several types
            command(options={name: given.pop(name) for name in options}, **given)

        hints = get_type_hints(command, include_extras=True, localns={"IncidentQuery": object})
        own = [p for p in inspect.signature(command).parameters.values() if p.name != "options"]
        first = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
        more = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
            for name, hint in options.items()
        ]
        run.__signature__ = inspect.Signature([*first, *more])  # type: ignore[attr-defined]  # Typer reads it
        run.__annotations__ = {p.name: p.annotation for p in [*first, *more]}
        del run.__wrapped__  # else inspect would look past the signature above
        return run

    return decorate


def existing(path: Path | None) -> Path | None:
    """Return the path of a file or folder that is read; raises InputFileError as `input_file` does."""
    from willay.geo.inputs import input_file

    return path and input_file(path, folder=True)


def seen_revision(store: Store, subject: tuple[str, str], base: int | None) -> int:
    """Return the revision that a change starts from: the one given, else the latest, which is the one on the screen.

    Args:
        store: The database.
        subject: What is changed: its kind (`incident`, `source`, …), and its code or key.
        base: The option `--base-revision`.
    """
    return store.read.latest_revision(*subject) if base is None else base


def open_store(db: Path) -> Store:
    """Open the database; if there is none, the error says how to create one.

    Raises:
        NotFoundError: There is no such file.
        FileNameError: There is none, and it is an address or a name that no file can have.
    """
    from willay.events.model.errors import NotFoundError
    from willay.events.store import Store
    from willay.events.store.dialects.address import place_of
    from willay.events.store.dialects.sqlite.copies import verify
    from willay.events.store.files.replacement import complete_replacement
    from willay.geo import check_file_name
    from willay.geo.inputs import named

    place_of(db)
    if complete_replacement(db.resolve(), verify):
        say(
            tr(
                "{db}: an earlier command was interrupted while it replaced this file; the file has been recovered.",
                db=db,
            )
        )
    if not db.exists():
        check_file_name(db)
        raise NotFoundError(
            tr(
                "The database {db} does not exist. Create it: {init}. Try the Peru demo: {demo}. Use another file: "
                "--db FILE, or set WILLAY_DB.",
                db=named(db),
                init=hint("init", db),
                demo=hint("demo"),
            )
        )
    store = Store.open(db, clock=clock)
    if store.file.backup is not None:
        say(
            tr(
                "{db} was made by an earlier version of willay and has been upgraded. Copy of the earlier file: "
                "{backup}",
                db=db,
                backup=store.file.backup,
            )
        )
    return store


def today() -> date:
    """Return the day it is here: by `clock`, in the time zone of this computer."""
    return clock().astimezone().date()


def bearings_in(store: Store) -> Bearings:
    """Return how the days that are typed for a database are read: in the order of its country, as said today."""
    from willay.events.model.said_days import Bearings

    return Bearings.of_country(store.country, today())


def clock() -> datetime:
    """Return the moment to record: SOURCE_DATE_EPOCH where set, so that a build can be repeated, else now (UTC).

    Raises:
        RefusedError: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    from willay.events.model.errors import RefusedError

    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        message = tr(
            "SOURCE_DATE_EPOCH is {fixed!r}, but must be a whole number of seconds since 1970. Correct it, or unset "
            "it.",
            fixed=fixed[:80],
        )
        raise RefusedError(message) from None


def moment(as_of: str | None) -> datetime | None:
    """Return the moment given by `--as-of`, or None if it is not given.

    Raises:
        QueryError: The text is not a moment.
    """
    from willay.events.frame.query import parse_moment

    return parse_moment(as_of) if as_of else None


def who(author: str | None) -> str:
    """Return who makes the change: the option, git's user.name, or the answer to a question.

    Raises:
        RefusedError: No author is given, and there is no terminal to ask for one.
    """
    from willay.events.model.errors import RefusedError
    from willay.events.store.record.revisions import INSTALLER

    name = author or _git_user()
    if not name and on_terminal():
        name = ask(tr("Who makes this change? (your name, recorded in the history)"))
    if not name:
        raise RefusedError(tr("An author is required for a change. Add --author NAME, or set WILLAY_AUTHOR."))
    if name.strip().casefold() == INSTALLER:
        raise RefusedError(
            tr("'willay' is reserved for what the program itself records. Give your own name: --author NAME.")
        )
    return name


def _git_user() -> str:
    try:
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 — git is where the PATH says
            capture_output=True, text=True, check=False, timeout=5,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip()
