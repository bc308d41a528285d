"""`willay add`: record an incident, from options, from answers to questions, or from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from willay.events.cli.entering import Entry, Voice, cite, composed, given_days, show_understood
from willay.events.cli.idle import NEEDED_BY, refuse_idle, refuse_with
from willay.events.cli.options import (
    DEFAULT_DB,
    Abducted,
    Author,
    ConfidenceIn,
    DatePrecision,
    DbFile,
    DryRun,
    Gazetteer,
    Injured,
    Killed,
    Language,
    PartOf,
    PlacePrecision,
    Published,
    Reason,
    SourceKind,
    Yes,
    bearings_in,
    claims_given,
    open_store,
)
from willay.events.cli.output import on_terminal, say, typed_text
from willay.events.cli.packs import packs_of
from willay.events.model.reasons import ADDED, recorded_reason
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.model.drafts import Bundle


def add(
    title: Annotated[str | None, typer.Option("--title", "-t", help="Title: what happened, in one line.")] = None,
    *,
    kind: Annotated[
        str | None, typer.Option("--type", help="Event type or sub-type: ambush, kidnapping, road-block, …")
    ] = None,
    days: Annotated[
        str | None,
        typer.Option(
            "--day",
            "--days",
            help="Date, span of days, month or year: 2012-04-09, 9/4/2012, 2012-04-09/2012-04-14, 2012-04, 2012, “9 "
            "April”, “mid-May”, “yesterday”, “Monday”.",
        ),
    ] = None,
    date_precision: DatePrecision = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            "--place",
            help="Place: name (“Bambamarca, Cajamarca”), lon,lat, code of a unit, region:SET/KEY. Repeatable.",
        ),
    ] = None,
    precision: PlacePrecision = None,
    claims: Annotated[
        list[str] | None, typer.Option("--claim", help="Count: MEASURE[:GROUP]=COUNT. Repeatable.")
    ] = None,
    killed: Killed = None,
    injured: Injured = None,
    abducted: Abducted = None,
    source: Annotated[
        str | None, typer.Option("--source", "-s", help="Source: web address, title or source key.")
    ] = None,
    source_kind: SourceKind = None,
    published: Published = None,
    actors: Annotated[
        list[str] | None,
        typer.Option("--actor", help="Actor that took part: ACTOR or ACTOR=ROLE. Repeatable."),
    ] = None,
    cases: Annotated[
        list[str] | None, typer.Option("--case", help="Key of a case to which the incident belongs. Repeatable.")
    ] = None,
    part_of: PartOf = None,
    summary: Annotated[str | None, typer.Option(help="Summary: what happened, in a few sentences.")] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", help="Tag. Repeatable.")] = None,
    status: Annotated[str, typer.Option(help="Record status.")] = "draft",
    country: Annotated[
        str | None, typer.Option(help="Country: ISO 3166-1 alpha-2 code or name (default: the database's).")
    ] = None,
    sensitivity: Annotated[
        str | None, typer.Option("--sensitivity", help="Who may see it: public (default), restricted or confidential.")
    ] = None,
    confidence: ConfidenceIn = None,
    from_file: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-file", "-F", help="Drafts in YAML or JSON; - reads standard input. Several files are read together."
        ),
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="On a terminal: also ask the usual questions that the options leave open.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue the latest unfinished incident, on a terminal.")
    ] = False,
    gazetteer: Gazetteer = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    lang: Language,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add an incident: with options, by answering questions, or from a file."""
    words: dict[str, Any] = {
        "title": title, "type": kind, "days": days, "date_precision": date_precision,
        "places": places, "precision": precision,
        "claims": claims_given(claims, killed=killed, injured=injured, abducted=abducted),
        "source": source, "source_kind": source_kind, "published": published, "actors": actors, "cases": cases,
        "part_of": part_of, "summary": summary, "tags": tags, "status": status, "country": country,
        "sensitivity": sensitivity, "confidence": confidence,
    }  # fmt: skip
    with open_store(db) as store:
        entry = Entry(store, db, gazetteer, lang.value, author, reason or recorded_reason(ADDED), packs_of(store))
        if from_file:
            refuse_with("--from-file", _options(words))
            _enter_files(from_file, entry, dry_run=dry_run, ask=on_terminal() and not yes)
        elif resume or ask or (on_terminal() and not (yes and title and kind)):
            from willay.events.cli.conversing import converse, latest_unfinished

            file = latest_unfinished(db) if resume else None
            converse(words, entry, resume=file, dry_run=dry_run, ask=not yes, ask_rest=ask)
        else:
            told = _complete(words)
            cited = cite(told["source"], entry, told["source_kind"], told["published"]) if told["source"] else None
            voices = [Voice(cited, told["claims"])]
            bundle = composed(told | given_days(told, entry), entry, voices=voices)
            show_understood(bundle, entry, [cited] if cited else [])
            _finish(bundle, entry, dry_run=dry_run, ask=False)


def _finish(bundle: Bundle, entry: Entry, *, dry_run: bool, ask: bool) -> None:
    from willay.events.cli.choosing import agreed

    if dry_run:
        say(tr("Nothing saved (--dry-run)."))
    elif ask and not agreed(tr("Save?"), goes_back=False):
        say(tr("Nothing saved."))
    else:
        entry.save(bundle)


def _enter_files(paths: list[Path], entry: Entry, *, dry_run: bool, ask: bool) -> None:
    """Add the contents of files, all or nothing; a fault names its file.

    Raises:
        DraftError: Something is not a valid draft, or does not fit the database.
        InputFileError: A file cannot be read.
    """
    from willay.events.model.entry import in_files, joined, read_documents
    from willay.events.model.errors import DraftError
    from willay.events.model.said_days import Bearings
    from willay.geo.inputs import input_text

    named = [
        (tr("standard input"), typed_text()) if str(path) == "-" else (path.name, input_text(path)) for path in paths
    ]
    undated = Bearings(bearings_in(entry.store).style)  # nobody knows on which day a file says "ayer"
    parts = [(name, read_documents(text, name, undated)) for name, text in named]
    bundle = joined(parts)
    try:
        show_understood(bundle, entry)
        _finish(bundle, entry, dry_run=dry_run, ask=ask)
    except DraftError as error:
        raise DraftError(in_files(error.faults, parts)) from None


def _complete(words: dict[str, Any]) -> dict[str, Any]:
    """Return the options if they suffice to make an incident without questions.

    Raises:
        DraftError: A title or a type is missing.
        RefusedError: Some option would have no effect.
    """
    from willay.events.model.errors import DraftError

    given = _options(words)
    missing = [name for name in ("--title", "--type") if name not in given]
    if missing:
        told = tr(
            "Give {options}, or run this command on a terminal, where willay asks for what is missing.",
            options=tr(" and ").join(missing),
        )
        raise DraftError.at("add", told)
    refuse_idle(given, {**NEEDED_BY, "--day": ("--date-precision",)})
    return words


def _options(words: dict[str, Any]) -> dict[str, Any]:
    """Return what was given, by the option that it was given with; a default was not."""
    unusual = {"days": "--day", "places": "--place", "precision": "--place-precision", "claims": "--claim"}
    unusual |= {"actors": "--actor", "cases": "--case", "tags": "--tag"}
    given = {name: value for name, value in words.items() if value and value != _DEFAULTS.get(name)}
    return {unusual.get(name, f"--{name.replace('_', '-')}"): value for name, value in given.items()}


_DEFAULTS: Final = {"status": "draft"}
