"""The filters of lists, maps and exports: options that become one `IncidentQuery`."""

from __future__ import annotations

import inspect
import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

import typer

from willay.events.cli.config import setting
from willay.events.cli.options import AsOf, clock, open_store, today, who

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from willay.events.frame.query import IncidentQuery

_FILTERS: Final[dict[str, Any]] = {
    "days": Annotated[
        str | None,
        typer.Option(help="Days: 2009, 2009-06, 2009-06-05/2009-06-06, 2012/.., “May 2012”, “last week”."),
    ],
    "first": Annotated[
        str | None, typer.Option("--from", help="First day (inclusive), month or year, also in words: “yesterday”.")
    ],
    "last": Annotated[str | None, typer.Option("--to", help="Last day (inclusive), month or year, also in words.")],
    "regions": Annotated[list[str], typer.Option("--region", help="Region: SET/KEY or KEY. Repeatable.")],
    "bbox": Annotated[str | None, typer.Option(help="Bounding box: west,south,east,north in degrees.")],
    "types": Annotated[list[str], typer.Option("--type", help="Event type or sub-type. Repeatable.")],
    "actors": Annotated[list[str], typer.Option("--actor", help="Actor: key, name or alias. Repeatable.")],
    "measure": Annotated[str | None, typer.Option("--with", help="Only incidents with a claim of this measure.")],
    "minimum": Annotated[
        int | None, typer.Option("--at-least", help="Minimum figure for the measure given by --with.")
    ],
    "sources": Annotated[list[str], typer.Option("--source", help="Source: key or kind. Repeatable.")],
    "statuses": Annotated[list[str], typer.Option("--status", help="Record status. Repeatable.")],
    "cases": Annotated[list[str], typer.Option("--case", help="Case: key. Repeatable.")],
    "tags": Annotated[list[str], typer.Option("--tag", help="Tag. Repeatable.")],
    "dataset": Annotated[str | None, typer.Option("--dataset", help="Only incidents from this dataset.")],
    "without": Annotated[
        list[str], typer.Option("--without", help="Leave out incidents from this dataset. Repeatable.")
    ],
    "text": Annotated[str | None, typer.Option("--text", help="Full-text filter; all words must match.")],
    "changed_since": Annotated[
        str | None,
        typer.Option(help="Only incidents changed since then: 7d, 36h, “yesterday”, “Monday”, 2026-05-01 or a moment."),
    ],
    "changed_by": Annotated[
        str | None, typer.Option(help="Only incidents that this person changed; with --changed-since, since then.")
    ],
    "as_of": AsOf,
}


def with_query(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options, and call it with the `IncidentQuery` they make as `query`."""

    @wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 — option values of several types
        options = {name: given.pop(name) for name in _FILTERS}
        command(query=_query({**options, **_in_plain_terms(options, given.get("db"))}), **given)

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


def _query(options: dict[str, Any]) -> IncidentQuery:
    from willay.events.frame.query import FORMER_WORDS, IncidentQuery

    given = {FORMER_WORDS.get(name, name): value for name, value in options.items() if value not in (None, (), [])}
    return IncidentQuery.parse(**given)


def _in_plain_terms(options: dict[str, Any], db: Path | None) -> dict[str, str]:
    """Return the filters that are written in words, days and `me`, as a query takes them.

    Raises:
        DayError: They cannot be read, or can be read in two ways.
    """
    from willay.events.model.errors import DayError
    from willay.events.model.values import DayInterval

    read = {}
    for name in ("days", "first", "last"):
        text = options[name]
        if not text:
            continue
        try:
            DayInterval.parse(text)
        except DayError:
            from willay.events.model.said_days import Bearings, is_as_recorded, read_days, unreadable

            if is_as_recorded(text.replace("..", "2000")):
                raise
            said = read_days(text, Bearings.of_country(_country_of(db), today()))
            if said is None:
                raise unreadable(text) from None
            ends = {"first": str(said.span.first), "last": str(said.span.last)}
            read[name] = ends.get(name, f"{said.span.first}/{said.span.last}")
    if since := options["changed_since"]:
        read["changed_since"] = since_when(since, _country_of(db)).isoformat()
    if by := options["changed_by"]:
        read["changed_by"] = person(by)
    return read


def since_when(text: str, country: str | None) -> datetime:
    """Return the moment since when something is asked; days begin in the time zone of this computer.

    Raises:
        DayError: It cannot be read, or can be read in two ways.
    """
    from willay.events.model.said_moments import read_since

    return read_since(text, clock().astimezone(), country)


ME: Final = ("me", "yo")
"""What people write to ask for their own changes."""


def person(name: str) -> str:
    """Return a person's name; `me` is the author of now."""
    return who(os.environ.get("WILLAY_AUTHOR") or setting("author")) if name.strip().casefold() in ME else name


def _country_of(db: Path | None) -> str | None:
    if db is None or not db.exists():
        return None
    with open_store(db) as store:
        return store.country
