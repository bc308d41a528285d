"""The command that adds incidents: by flags, by questions on a terminal, or from a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.hints import hint
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    DbFile,
    Lang,
    Language,
    Reason,
    Yes,
    open_store,
    who,
)
from willay.events.cli.talk import agrees, many, on_terminal, put, say, typed_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.drafts import Bundle, IncidentDraft, PlaceDraft
    from willay.events.model.entry import Citation
    from willay.events.store import Store
    from willay.events.store.results import Added


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
            help="Date, span of days, month or year: 2012-04-09, 2012-04-09/2012-04-14, 2012-04, 2012.",
        ),
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            "--place", help="Place: name (“Bambamarca, Cajamarca”), lon,lat, UBIGEO code or region:SET/KEY. Repeatable."
        ),
    ] = None,
    precision: Annotated[
        str | None,
        typer.Option(
            "--place-precision",
            help="Precision of the place: site, settlement, near, district, …",
        ),
    ] = None,
    claims: Annotated[
        list[str] | None, typer.Option("--claim", help="Count: MEASURE[:GROUP]=COUNT. Repeatable.")
    ] = None,
    killed: Annotated[
        str | None, typer.Option(help="Short form of --claim killed=COUNT: 3, 2-4, 30+, ? (number unknown).")
    ] = None,
    injured: Annotated[str | None, typer.Option(help="Short form of --claim injured=COUNT.")] = None,
    abducted: Annotated[str | None, typer.Option(help="Short form of --claim abducted=COUNT.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", "-s", help="Source: web address, title or source key.")
    ] = None,
    source_kind: Annotated[
        str | None, typer.Option(help="Kind of source, if it is new, such as press or ombudsman.")
    ] = None,
    published: Annotated[str | None, typer.Option("--published", help="Date of the source, if it is new.")] = None,
    actors: Annotated[
        list[str] | None,
        typer.Option("--actor", help="Actor that took part: ACTOR or ACTOR=ROLE. Repeatable."),
    ] = None,
    cases: Annotated[
        list[str] | None, typer.Option("--case", help="Key of a case to which the incident belongs. Repeatable.")
    ] = None,
    part_of: Annotated[
        str | None, typer.Option(help="Code or key of the parent incident, if this is a part of it.")
    ] = None,
    summary: Annotated[str | None, typer.Option(help="Summary: what happened, in a few sentences.")] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", help="Tag. Repeatable.")] = None,
    status: Annotated[str, typer.Option(help="Record status.")] = "draft",
    country: Annotated[
        str | None, typer.Option(help="Country: ISO 3166-1 alpha-2 code or name (default: the database's).")
    ] = None,
    sensitivity: Annotated[
        str | None, typer.Option("--sensitivity", help="Who may see it: public (default), restricted or confidential.")
    ] = None,
    from_file: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-file", "-F", help="Drafts in YAML or JSON; - reads standard input. Several files are read together."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue the latest unfinished incident, on a terminal.")
    ] = False,
    gazetteer: Annotated[
        Path | None,
        typer.Option(envvar="WILLAY_GAZETTEER", help="Gazetteer file (CSV) to use instead of the one included."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be saved, without saving.")] = False,
    yes: Yes = False,
    lang: Language = Lang.en,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add an incident: with options, by answering questions, or from a file."""
    words: dict[str, Any] = {
        "title": title, "type": kind, "days": days, "places": places, "precision": precision,
        "claims": [*(claims or []), *_shortcuts(killed=killed, injured=injured, abducted=abducted)],
        "source": source, "source_kind": source_kind, "published": published, "actors": actors, "cases": cases,
        "part_of": part_of, "summary": summary, "tags": tags, "status": status, "country": country,
        "sensitivity": sensitivity,
    }  # fmt: skip
    with open_store(db) as store:
        entry = Entry(store, db, gazetteer, lang.value, author, reason or "added")
        if from_file:
            _enter_files(from_file, entry, dry_run=dry_run, ask=on_terminal() and not yes)
        elif resume or (on_terminal() and not (yes and title and kind)):
            from willay.events.cli.conversing import converse

            converse(words, entry, resume=resume, dry_run=dry_run, ask=not yes)
        else:
            told = _complete(words)
            cited = cite(told, entry) if told["source"] else None
            bundle = composed(told, entry, cited=cited)
            show_understood(bundle, entry, cited)
            _finish(bundle, entry, dry_run=dry_run, ask=False)


STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Entry:
    """The database and the person for whom incidents are entered.

    Attributes:
        store: The open database.
        db: Its file, as it was named.
        gazetteer: The file of another gazetteer, or None.
        lang: Language of labels.
        author: Who it is, as far as they were named.
        reason: Why.
    """

    store: Store
    db: Path
    gazetteer: Path | None
    lang: str
    author: str | None
    reason: str

    def save(self, bundle: Bundle) -> None:
        """Save a bundle, and report what was saved.

        Raises:
            DraftError: Something does not fit the database.
            RefusedError: No author is given, and there is no terminal to ask for one.
        """
        report_added(self.store.write.add(bundle, author=who(self.author), reason=self.reason), self.db)


def _finish(bundle: Bundle, entry: Entry, *, dry_run: bool, ask: bool) -> None:
    if dry_run:
        say("Nothing saved (--dry-run).")
    elif ask and not agrees("Save?"):
        say("Nothing saved.")
    else:
        entry.save(bundle)


def _shortcuts(**counts: str | None) -> list[str]:
    return [f"{measure}={count}" for measure, count in counts.items() if count is not None]


def _enter_files(paths: list[Path], entry: Entry, *, dry_run: bool, ask: bool) -> None:
    """Add the contents of files, all or nothing; a fault names its file.

    Raises:
        DraftError: Something is not a valid draft, or does not fit the database.
        InputFileError: A file cannot be read.
    """
    from willay.events.model.entry import in_files, joined, read_documents
    from willay.events.model.errors import DraftError
    from willay.geo.inputs import input_text

    named = [(STDIN, typed_text()) if str(path) == "-" else (path.name, input_text(path)) for path in paths]
    parts = [(name, read_documents(text, name)) for name, text in named]
    bundle = joined(parts)
    try:
        show_understood(bundle, entry)
        _finish(bundle, entry, dry_run=dry_run, ask=ask)
    except DraftError as error:
        raise DraftError(in_files(error.faults, parts)) from None


def composed(
    told: dict[str, Any], entry: Entry, placed: list[dict[str, Any]] | None = None, cited: Citation | None = None
) -> Bundle:
    """Make a bundle of one incident from the options of the command and the answers.

    Args:
        told: The values, by option.
        entry: Where it is entered.
        placed: The places where they are settled already, as plain fields; None reads them from the words.
        cited: The source that was named, or None.

    Raises:
        DraftError: Something does not make a draft.
        DataError, GeoError: A place cannot be found or read.
    """
    from willay.events.model.entry import compose, read_party

    own = _country(told, entry)
    places = [settle(place, told, entry).model_dump(exclude_none=True) for place in told["places"] or []]
    names = ("title", "type", "days", "cases", "part_of", "summary", "tags", "status", "sensitivity")
    fields = {name: told[name] for name in names} | {"country": own}
    fields |= {"places": places if placed is None else placed}
    fields |= {"parties": [read_party(text) for text in told["actors"] or []]}
    return compose(fields, told["claims"], [cited.new] if cited and cited.new else [], cited.key if cited else None)


def _country(told: dict[str, Any], entry: Entry) -> str:
    """Return the country of the incident: the one named, else the database's own.

    Raises:
        DraftError: The country is unknown.
    """
    from willay.data.countries import known_country
    from willay.data.errors import UnknownTermError
    from willay.events.model.errors import DraftError, Fault

    try:
        return known_country(told["country"] or entry.store.country)
    except UnknownTermError as error:
        raise DraftError((Fault("country", str(error)),)) from None


def settle(text: str, told: dict[str, Any], entry: Entry) -> PlaceDraft:
    """Make a place of a text; where it is ambiguous or unknown, a person on a terminal is asked."""
    from willay.data.boundaries import country_box
    from willay.data.gazetteer import Gazetteer
    from willay.events.cli.asking import ask_which_place
    from willay.events.model.entry import found_place, read_place

    own = _country(told, entry)
    names, box = Gazetteer.of_country(own, entry.gazetteer), country_box(own)
    known = {"country": own, "precision": told["precision"]}
    return ask_which_place(
        text,
        read=lambda asked: read_place(asked, gazetteer=names, box=box, **known),
        take=lambda candidate: found_place(candidate, **known),
    )


def cite(told: dict[str, Any], entry: Entry) -> Citation:
    """Return the source that a text names, recorded or new."""
    from willay.events.model.entry import read_source

    return read_source(
        told["source"], entry.store.registers.source, kind=told["source_kind"], published_on=told["published"]
    )


def _complete(words: dict[str, Any]) -> dict[str, Any]:
    """Return the options if they suffice to make an incident without questions.

    Raises:
        DraftError: A title or a type is missing.
    """
    from willay.events.model.errors import DraftError, Fault

    missing = [f"--{name}" for name in ("title", "type") if not words[name]]
    if missing:
        told = (
            f"Give {' and '.join(missing)}, or run this command on a terminal, where willay asks for what is missing."
        )
        raise DraftError((Fault("add", told),))
    return words


def show_understood(bundle: Bundle, entry: Entry, cited: Citation | None = None) -> None:
    """Show what was understood and computed, warnings, and possible duplicates.

    Raises:
        DraftError: Something does not fit the database.
    """
    from willay.events.cli.asking import understood
    from willay.events.model.errors import DraftError

    preview = entry.store.write.preview_bundle(bundle)
    if parts := in_words({name: len(rows) for name, rows in bundle if name != "incidents"}):
        say(f"{'With' if bundle.incidents else 'Read:'} {parts}.")
    several = len(bundle.incidents) > 1
    if several:
        say(f"{many(len(bundle.incidents), 'incident')} read.")
    for incident, seen in zip(bundle.incidents, preview.incidents, strict=True):
        if not several:
            understood(incident, seen, bundle, entry.lang, cited)
        about = f"“{local_title(incident, entry.lang)}”: " if several else ""
        for warning in seen.warnings:
            say(f"Note: {about}{warning}")
    if preview.faults:
        raise DraftError(preview.faults)
    for seen in preview.incidents:
        for likely in seen.duplicates:
            say(f"Possible duplicate of {likely.code} {likely.days} “{likely.title}” ({likely.why}).")


def local_title(incident: IncidentDraft, lang: str) -> str:
    """Return an incident's title in a language."""
    from willay.events.model.values import local

    return local(incident.title, lang)


def in_words(numbers: Mapping[str, int]) -> str:
    """Return "1 source, 3 actors" of the numbers by the names of a bundle's lists; nothing for none."""
    return ", ".join(many(number, name.removesuffix("s")) for name, number in numbers.items() if number)


def report_added(added: Added, db: Path) -> None:
    """Report what was saved, and what to do next; codes go to standard output, one per line, for scripts."""
    codes = added.codes
    beside = {
        "sources": len(added.sources), "actors": len(added.actors), "cases": len(added.cases),
        "indicators": added.indicators,
    }  # fmt: skip
    if len(codes) == 1:
        say(f"Saved as {codes[0]}.")
        say(f"  See it:   {hint('show', codes[0], db=db)}")
        shown = ("map", "atlas", "map.html", "--status", "draft", "--status", "published")
        say(f"  Map it:   {hint(*shown, db=db)}")
        say("Maps, exports and releases include only published incidents, unless --status selects others.")
    elif parts := in_words({"incidents": len(codes), **beside}):
        say(f"Saved: {parts}" + (f"; {codes[0]} to {codes[-1]}." if codes else "."))
    else:
        say("No changes; nothing was recorded: the database already has all of this, in the same words.")
    if not sys.stdout.isatty():  # for scripts: a person has read the codes above
        for code in codes:
            put(code)
