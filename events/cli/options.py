"""Options that several commands share, each defined once."""

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
from willay.events.cli.talk import ask, on_terminal, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.query import IncidentQuery
    from willay.events.store import Store

DbFile = Annotated[Path, typer.Option("--db", envvar="WILLAY_DB", help="The database file.", show_default=True)]
DEFAULT_DB: Final = USUAL_DB

Author = Annotated[
    str | None,
    typer.Option("--author", envvar="WILLAY_AUTHOR", help="Who makes the change; else git's user.name."),
]
Reason = Annotated[str | None, typer.Option("--reason", "-m", help="Why, in a few words; it stays in the history.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before saving.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]
Code = Annotated[str, typer.Argument(help="The incident's code, such as PE-2009-0001, or its key.")]
BaseRevision = Annotated[
    int | None,
    typer.Option(
        "--base-revision", help="Number of the revision you looked at: refused if somebody has changed the same since."
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="The record as it was known at the end of that day (UTC), or moment.")
]
Policy = Annotated[str | None, typer.Option("--policy", help="How figures are chosen; else the database's own rule.")]

ProfileName = Annotated[
    str, typer.Option("--profile", help="Whom it is for: public, partner, internal, or a profile's .toml file.")
]
ForOwnUse = Annotated[
    bool, typer.Option("--for-own-use", help="Also rows that their dataset's terms do not let you pass on.")
]


class Lang(StrEnum):
    """Languages of labels and texts."""

    es = "es"
    en = "en"


class Style(StrEnum):
    """Ways to write a list."""

    table = "table"
    json = "json"
    csv = "csv"


AsJson = Annotated[bool, typer.Option("--json", help="Write it as JSON.")]
Language = Annotated[Lang, typer.Option("--lang", envvar="WILLAY_LANG", help="Language of labels and texts.")]
Wide = Annotated[bool, typer.Option("--wide", help="On a terminal: all columns, in lines of any length.")]
Format = Annotated[Style, typer.Option("--format", "-f", help="How to write the list.")]

_FILTERS: Final[dict[str, Any]] = {
    "days": Annotated[str | None, typer.Option(help="Days: 2009, 2009-06, 2009-06-05/2009-06-06, 2012/.. ")],
    "first": Annotated[str | None, typer.Option("--from", help="First day.")],
    "last": Annotated[str | None, typer.Option("--to", help="Last day, inclusive.")],
    "regions": Annotated[list[str], typer.Option("--region", help="Region: set/key or key. May be repeated.")],
    "bbox": Annotated[str | None, typer.Option(help="Box: west,south,east,north in degrees.")],
    "types": Annotated[list[str], typer.Option("--type", help="Type or sub-type. May be repeated.")],
    "actors": Annotated[list[str], typer.Option("--actor", help="Actor: key, name or alias. May be repeated.")],
    "measure": Annotated[str | None, typer.Option("--with", help="Only incidents with a claim of this measure.")],
    "minimum": Annotated[int | None, typer.Option("--at-least", help="With --with: figure of at least this.")],
    "sources": Annotated[list[str], typer.Option("--source", help="Source: key or kind. May be repeated.")],
    "statuses": Annotated[list[str], typer.Option("--status", help="Record status. May be repeated.")],
    "cases": Annotated[list[str], typer.Option("--case", help="Case key. May be repeated.")],
    "tags": Annotated[list[str], typer.Option("--tag", help="Tag. May be repeated.")],
    "dataset": Annotated[str | None, typer.Option("--dataset", help="Only incidents of this dataset.")],
    "without": Annotated[list[str], typer.Option("--without", help="Not those of this dataset. May be repeated.")],
    "text": Annotated[str | None, typer.Option("--text", help="Words that all occur in the incident.")],
    "as_of": AsOf,
}


def with_query(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options, and call it with the `IncidentQuery` they make as `query`."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 — option values of several types
        command(query=_query({name: given.pop(name) for name in _FILTERS}), **given)

    hints = get_type_hints(command, include_extras=True, localns={"IncidentQuery": object})
    own = [p for p in inspect.signature(command).parameters.values() if p.name != "query"]
    shared = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=() if "list" in str(hint) else None, annotation=hint
        )
        for name, hint in _FILTERS.items()
    ]
    typed = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
    run.__signature__ = inspect.Signature([*typed, *shared])  # type: ignore[attr-defined]  # Typer reads it
    run.__annotations__ = {p.name: p.annotation for p in [*typed, *shared]}
    del run.__wrapped__  # else inspect would look past the signature above
    return run


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


def _query(options: dict[str, Any]) -> IncidentQuery:
    from willay.events.query import IncidentQuery

    return IncidentQuery.parse(**{name: value for name, value in options.items() if value not in (None, (), [])})


def open_store(db: Path) -> Store:
    """Open the database, or say how to make one.

    Raises:
        NotFoundError: There is no such file.
        FileNameError: There is none, and it is an address or a name that no file can have.
    """
    from willay.events.errors import NotFoundError
    from willay.events.store import Store
    from willay.events.store.copies import verify
    from willay.events.store.replacement import complete_replacement
    from willay.geo import check_file_name
    from willay.geo.inputs import named

    if complete_replacement(db.resolve(), verify):
        say(f"{db}: a command that was to put a file in its place was interrupted; that is settled now.")
    if not db.exists():
        check_file_name(db)
        raise NotFoundError(
            f"There is no database {named(db)}. Make one: {hint('init', db)}. See Peru first: {hint('demo')}. "
            "Another file: --db FILE, or set WILLAY_DB."
        )
    store = Store.open(db, clock=clock)
    if store.backup is not None:
        say(f"{db} came from an earlier willay and was brought up to date; as it was before: {store.backup}")
    return store


def clock() -> datetime:
    """Return the moment to record: SOURCE_DATE_EPOCH where set, so that a build can be repeated, else now (UTC).

    Raises:
        RefusedError: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    from willay.events.errors import RefusedError

    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {fixed[:80]!r}, not a number of seconds since 1970. Correct it, or unset it."
        raise RefusedError(message) from None


def moment(as_of: str | None) -> datetime | None:
    """Return the moment that `--as-of` means, or None where it is not given.

    Raises:
        QueryError: It is no moment.
    """
    from willay.events.query import parse_moment

    return parse_moment(as_of) if as_of else None


def who(author: str | None) -> str:
    """Return who makes the change: the option, git's user.name, or the answer to a question.

    Raises:
        RefusedError: Nobody can be asked, and none was named.
    """
    from willay.events.errors import RefusedError
    from willay.events.store.revisions import INSTALLER

    name = author or _git_user()
    if not name and on_terminal():
        name = ask("Who makes this change? (your name, kept in the history)")
    if not name:
        raise RefusedError("A change needs an author. Name one: --author NAME, or set WILLAY_AUTHOR.")
    if name.strip().casefold() == INSTALLER:
        raise RefusedError("'willay' signs what the program itself records. Give your own name: --author NAME.")
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
