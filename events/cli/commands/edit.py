"""`willay edit`: change the fields of an incident, with the options of `add` or field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.change_reports import reason_or_asked, report_change, report_source
from willay.events.cli.idle import refuse_idle
from willay.events.cli.options import (
    DEFAULT_DB,
    Abducted,
    Author,
    BaseRevision,
    Code,
    ConfidenceIn,
    DatePrecision,
    DbFile,
    Gazetteer,
    Injured,
    Killed,
    PartOf,
    PlacePrecision,
    Published,
    Reason,
    SourceKind,
    bearings_in,
    claims_given,
    open_store,
    seen_revision,
    who,
)
from willay.events.cli.packs import packs_of
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.cli.entering import Entry
    from willay.events.model.drafts import ClaimDraft, IncidentDraft
    from willay.events.model.entry import Citation
    from willay.events.model.said_days import Bearings
    from willay.events.store import Revised, Store

_EDITABLE = "title, summary, type, days, date_precision, status, confidence, part_of, tags, cases, notes, …"


def edit(
    code: Code,
    changes: Annotated[
        list[str] | None, typer.Option("--set", help=f"FIELD=VALUE ({_EDITABLE}); VALUE as YAML. Repeatable.")
    ] = None,
    *,
    title: Annotated[str | None, typer.Option("--title", "-t", help="Title: the new one.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Event type or sub-type: the new one.")] = None,
    days: Annotated[
        str | None, typer.Option("--day", "--days", help="Date, span of days, month or year: the new one.")
    ] = None,
    date_precision: DatePrecision = None,
    places: Annotated[
        list[str] | None,
        typer.Option("--place", help="Place: name, lon,lat, code of a unit, …, instead of those recorded. Repeatable."),
    ] = None,
    more_places: Annotated[
        list[str] | None, typer.Option("--add-place", help="Place to add to those recorded. Repeatable.")
    ] = None,
    precision: PlacePrecision = None,
    actors: Annotated[
        list[str] | None,
        typer.Option(
            "--actor", help="Actor that took part: ACTOR or ACTOR=ROLE, instead of those recorded. Repeatable."
        ),
    ] = None,
    more_actors: Annotated[
        list[str] | None,
        typer.Option("--add-actor", help="Actor to add to those recorded: ACTOR or ACTOR=ROLE. Repeatable."),
    ] = None,
    cases: Annotated[
        list[str] | None, typer.Option("--case", help="Key of a case, instead of those recorded. Repeatable.")
    ] = None,
    part_of: PartOf = None,
    summary: Annotated[str | None, typer.Option("--summary", help="Summary: the new one.")] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", help="Tag, instead of those recorded. Repeatable.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Status of the record.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Country: ISO 3166-1 alpha-2 code or name; the new one.")
    ] = None,
    sensitivity: Annotated[
        str | None, typer.Option("--sensitivity", help="Who may see it: public, restricted or confidential.")
    ] = None,
    confidence: ConfidenceIn = None,
    claims: Annotated[
        list[str] | None,
        typer.Option("--claim", help="Count: MEASURE[:GROUP]=COUNT by --source, added to those recorded. Repeatable."),
    ] = None,
    killed: Killed = None,
    injured: Injured = None,
    abducted: Abducted = None,
    source: Annotated[
        str | None,
        typer.Option("--source", "-s", help="Source: web address, title or source key; added to those recorded."),
    ] = None,
    source_kind: SourceKind = None,
    published: Published = None,
    gazetteer: Gazetteer = None,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change an incident. The earlier state remains in the history.

    Options replace what is recorded; --add-place, --add-actor, --claim and --source add to it.
    """
    from willay.events.cli.entering import Entry, cite
    from willay.events.model.entry import read_changes

    given: dict[str, Any] = {
        "title": title, "type": kind, "cases": cases, "part_of": part_of, "summary": summary, "tags": tags,
        "status": status, "country": country, "sensitivity": sensitivity, "confidence": confidence,
    }  # fmt: skip
    fields = {name: value for name, value in given.items() if value not in (None, [])}
    refuse_idle({
        "--source": source, "--source-kind": source_kind, "--published": published,
        "--place": places or more_places, "--place-precision": precision,
    })  # fmt: skip
    with open_store(db) as store:
        entry = Entry(store, db, gazetteer, language(), author, reason or "", packs_of(store))
        fields |= read_changes([*(changes or []), *([f"days={days}"] if days else [])])
        fields |= {"date_precision": date_precision} if date_precision else {}
        fields = _with_days(fields, bearings_in(store))
        current = store.read.draft(code).draft
        fields |= _placed(places, more_places, precision, entry, current) | _parties(actors, more_actors, current)
        cited = cite(source, entry, source_kind, published) if source else None
        said = _claims(claims_given(claims, killed=killed, injured=injured, abducted=abducted), cited)
        if cited and cited.key not in current.sources:
            fields["sources"] = [*current.sources, cited.key]
        _check_any(fields, said)
        seen = seen_revision(store, ("incident", code), base)
        why = reason_or_asked(reason, tr("Why this change?"))
        revised = _saved(store, code, fields, (said, cited), author=who(author), reason=why, base_revision=seen)
    if cited and revised.changes:
        report_source(cited)
    report_change(revised, db)


def _saved(
    store: Store,
    code: str,
    fields: Mapping[str, Any],
    said: tuple[list[ClaimDraft], Citation | None],
    **change: Any,  # noqa: ANN401 — of `store.write.edit`
) -> Revised:
    """Save changed fields, and claims with the source that they may be the first to need, as one revision.

    Args:
        store: The database.
        code: The incident.
        fields: What changes.
        said: The claims to add, and their source.
        change: Who changes it, why, and from which revision.
    """
    from willay.events.cli.prompts import saved_claims

    claims, cited = said
    new = [cited.new] if cited and cited.new else []
    if not claims and not new:
        return store.write.edit(code, fields, **change)
    return saved_claims(lambda kept: store.write.add_claims(code, kept, new, changed=fields, **change), claims)


def _check_any(fields: Mapping[str, Any], claims: list[ClaimDraft]) -> None:
    """Check that something is to be changed.

    Raises:
        DraftError: Nothing is.
    """
    from willay.events.model.errors import DraftError

    if not fields and not claims:
        how = tr("Nothing to change. Give an option, for example: --day 2012-04-09, --place “Kiteni, Cusco”.")
        raise DraftError.at("edit", how)


def _placed(
    places: list[str] | None, more: list[str] | None, precision: str | None, entry: Entry, current: IncidentDraft
) -> dict[str, Any]:
    from willay.events.cli.entering import settle
    from willay.events.cli.output import on_terminal

    if not places and not more:
        return {}
    told = {"country": current.country, "precision": precision}
    given = [settle(text, told, entry, asks=on_terminal()) for text in [*(places or []), *(more or [])]]
    recorded = [] if places else list(current.places)
    return {"places": [place.model_dump(exclude_none=True) for place in (*recorded, *given)]}


def _parties(actors: list[str] | None, more: list[str] | None, current: IncidentDraft) -> dict[str, Any]:
    from willay.events.model.entry import read_party

    if not actors and not more:
        return {}
    recorded = [] if actors else [party.model_dump(exclude_none=True) for party in current.parties]
    return {"parties": [*recorded, *(read_party(text) for text in [*(actors or []), *(more or [])])]}


def _claims(texts: list[str] | None, cited: Citation | None) -> list[ClaimDraft]:
    """Return the claims of the source that is named.

    Raises:
        DraftError: No source is, or a claim cannot be read.
    """
    from willay.events.model.drafts import ClaimDraft, draft
    from willay.events.model.entry import read_claim, without_source

    if texts and cited is None:
        raise without_source(texts[0])
    return [draft(ClaimDraft, read_claim(text, cited.key), "claim") for text in texts or [] if cited]


def _with_days(fields: dict[str, Any], bearings: Bearings) -> dict[str, Any]:
    """Return changes with the days that are written in words as the record writes them; the reading is shown.

    Raises:
        DraftError: They cannot be read, or can be read in two ways.
    """
    from willay.events.cli.prompts import echo_days
    from willay.events.model.entry import days_as_fields, fault_at
    from willay.events.model.said_days import is_as_recorded, read_days

    days = fields.get("days")
    if not isinstance(days, str) or not days.strip() or is_as_recorded(days):
        return fields
    with fault_at("days"):
        said = read_days(days, bearings)
    echo_days(said)
    return days_as_fields(said) | {name: value for name, value in fields.items() if name != "days"}
