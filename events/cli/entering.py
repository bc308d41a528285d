"""The command that adds incidents: by flags, by questions on a terminal, or from a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    DbFile,
    Lang,
    Language,
    Reason,
    Yes,
    clock,
    open_store,
    who,
)
from willay.events.cli.talk import many, on_terminal, say

if TYPE_CHECKING:
    from willay.events.drafts import Bundle, IncidentDraft, PlaceDraft
    from willay.events.store import Store


def add(
    title: Annotated[str | None, typer.Option("--title", "-t", help="What happened, in one line.")] = None,
    *,
    kind: Annotated[
        str | None, typer.Option("--type", help="Type or sub-type: ambush, kidnapping, road-block, …")
    ] = None,
    days: Annotated[
        str | None, typer.Option("--day", "--days", help="2012-04-09, 2012-04-09/2012-04-14, 2012-04, 2012.")
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            "--place", help="Name, “Bambamarca, Cajamarca”, lon,lat, UBIGEO code or region:SET/KEY. Repeatable."
        ),
    ] = None,
    precision: Annotated[
        str | None, typer.Option("--place-precision", help="site, settlement, near, district, …")
    ] = None,
    claims: Annotated[list[str] | None, typer.Option("--claim", help="MEASURE[:GROUP]=COUNT. Repeatable.")] = None,
    killed: Annotated[str | None, typer.Option(help="Short for --claim killed=…: 3, 2-4, 30+.")] = None,
    injured: Annotated[str | None, typer.Option(help="Short for --claim injured=…")] = None,
    abducted: Annotated[str | None, typer.Option(help="Short for --claim abducted=…")] = None,
    source: Annotated[
        str | None, typer.Option("--source", "-s", help="Who says so: web address, title, or source key.")
    ] = None,
    source_kind: Annotated[str | None, typer.Option(help="Kind of a new source, such as press, ombudsman.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="Date of a new source.")] = None,
    actors: Annotated[list[str] | None, typer.Option("--actor", help="ACTOR or ACTOR=ROLE. Repeatable.")] = None,
    cases: Annotated[list[str] | None, typer.Option("--case", help="Key of a case. Repeatable.")] = None,
    part_of: Annotated[str | None, typer.Option(help="Code or key of the whole it is a part of.")] = None,
    summary: Annotated[str | None, typer.Option(help="A few sentences.")] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", help="Tag. Repeatable.")] = None,
    status: Annotated[str, typer.Option(help="Record status.")] = "draft",
    country: Annotated[str, typer.Option(help="Country, ISO 3166-1 alpha-2.")] = "PE",
    from_file: Annotated[
        Path | None,
        typer.Option("--from-file", "-F", help="One or many drafts in YAML or JSON; - reads standard input."),
    ] = None,
    gazetteer: Annotated[
        Path | None, typer.Option(envvar="WILLAY_GAZETTEER", help="A bigger gazetteer (CSV) than the shipped one.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be saved, and save nothing.")] = False,
    yes: Yes = False,
    lang: Language = Lang.en,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add an incident: with flags, answering questions, or from a file."""
    with open_store(db) as store:
        if from_file:
            bundle = _from_file(from_file)
        else:
            words = {
                "title": title, "type": kind, "days": days, "places": places, "precision": precision,
                "claims": [*(claims or []), *_shortcuts(killed=killed, injured=injured, abducted=abducted)],
                "source": source, "source_kind": source_kind, "published_on": published, "actors": actors,
                "cases": cases, "part_of": part_of, "summary": summary, "tags": tags, "status": status,
                "country": country,
            }  # fmt: skip
            bundle = _from_words(words, store, gazetteer, lang.value)
        _show_understood(bundle, store, lang.value)
        if dry_run:
            say("Nothing saved (--dry-run).")
            return
        if on_terminal() and not yes and not typer.confirm("Save?", default=True, err=True):
            say("Nothing saved.")
            return
        added = store.add(bundle, author=who(author), reason=reason or "added", recorded_at=clock())
    _tell(added.codes, db)


def _shortcuts(**counts: str | None) -> list[str]:
    return [f"{measure}={count}" for measure, count in counts.items() if count is not None]


def _from_file(path: Path) -> Bundle:
    from willay.events.entry import read_documents

    if str(path) == "-":
        return read_documents(typer.get_text_stream("stdin").read(), "standard input")
    return read_documents(_text_of(path), path.name)


def _text_of(path: Path) -> str:
    """Return the text of a file.

    Raises:
        DraftError: It is not UTF-8.
        NotFoundError: There is no such file.
    """
    from willay.events.errors import DraftError, Fault, NotFoundError

    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        told = "This is not UTF-8 text. Save it as UTF-8 and try again."
        raise DraftError((Fault(path.name, told),)) from None
    except FileNotFoundError:
        raise NotFoundError(f"There is no file {str(path)[-80:]!r}. Check the name and the folder.") from None


def _from_words(words: dict[str, Any], store: Store, gazetteer: Path | None, lang: str) -> Bundle:
    from willay.data.boundaries import country_box
    from willay.data.gazetteer import Gazetteer
    from willay.events.cli.asking import ask_for_missing, ask_which_place
    from willay.events.entry import compose, found_place, read_party, read_place, read_source

    names, box = Gazetteer.load(gazetteer), country_box(words["country"])
    known = {"country": words["country"], "precision": words["precision"]}

    def settle(text: str) -> PlaceDraft:
        return ask_which_place(
            text,
            read=lambda asked: read_place(asked, gazetteer=names, box=box, **known),
            take=lambda candidate: found_place(candidate, **known),
        )

    told = ask_for_missing(words, lang, settle) if on_terminal() else _complete(words)
    places = [settle(place) if isinstance(place, str) else place for place in told["places"] or []]
    key, new = (None, None)
    if told["source"]:
        key, new = read_source(
            told["source"], store.source_keys(), kind=told["source_kind"], published_on=told["published_on"]
        )
    fields = {
        name: told[name]
        for name in ("title", "type", "days", "cases", "part_of", "summary", "tags", "status", "country")
    }
    fields |= {"places": [place.model_dump(exclude_none=True) for place in places]}
    fields |= {"parties": [read_party(text) for text in told["actors"] or []]}
    return compose(fields, told["claims"], [new] if new else [], key)


def _complete(words: dict[str, Any]) -> dict[str, Any]:
    """Return the words where they are enough to make an incident without asking.

    Raises:
        DraftError: A title or a type is missing.
    """
    from willay.events.errors import DraftError, Fault

    missing = [f"--{name}" for name in ("title", "type") if not words[name]]
    if missing:
        told = f"Give {' and '.join(missing)}, or run this on a terminal, where willay asks for what is missing."
        raise DraftError((Fault("add", told),))
    return words


def _show_understood(bundle: Bundle, store: Store, lang: str) -> None:
    from willay.events.cli.asking import understood

    others = [f"{len(rows)} {name}" for name, rows in bundle if rows and name != "incidents"]
    if others and len(bundle.incidents) != 1:
        say("With " + ", ".join(others) + ".")
    if len(bundle.incidents) == 1:
        _warn(bundle.incidents[0], store, bundle, lang, understood)
    elif bundle.incidents:
        say(f"{many(len(bundle.incidents), 'incident')} read.")
        for incident in bundle.incidents:
            _warn(incident, store, bundle, lang, None)


def _warn(incident: IncidentDraft, store: Store, bundle: Bundle, lang: str, show: Any) -> None:  # noqa: ANN401 — the function that shows, or None
    from willay.events.errors import DraftError

    preview = store.preview(incident, bundle.sources)
    if show is not None:
        show(incident, preview, bundle, lang)
    for warning in preview.warnings:
        say(f"Note: {warning}")
    if preview.faults:
        raise DraftError(preview.faults)
    for likely in preview.duplicates:
        say(f"Perhaps it is there already: {likely.code} {likely.days} “{likely.title}” ({likely.why}).")


def _tell(codes: tuple[str, ...], db: Path) -> None:
    if len(codes) == 1:
        option = "" if db == DEFAULT_DB else f" --db {db}"
        say(f"Saved as {codes[0]}.")
        say(f"  See it:   willay show {codes[0]}{option}")
        say(f"  Map it:   willay map atlas map.html --status draft --status published{option}")
        say("Maps, exports and releases show what is published, unless --status asks for more.")
    else:
        say(f"Saved: {many(len(codes), 'incident')}" + (f", {codes[0]} to {codes[-1]}." if codes else "."))
    if not sys.stdout.isatty():  # for scripts: a person has read the codes above
        for code in codes:
            typer.echo(code)
