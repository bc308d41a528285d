"""`willay claim`: add what a source states to an incident, or withdraw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.change_reports import reason_or_asked, report_change, report_source, unchanged
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    Code,
    DbFile,
    Published,
    Reason,
    SourceKind,
    bearings_in,
    open_store,
    seen_revision,
    who,
)
from willay.events.cli.output import say
from willay.events.model.reasons import CLAIMED, recorded_reason
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.model.drafts import ClaimDraft
    from willay.events.model.said_days import Bearings
    from willay.events.store import Revised


claim_app = App(help="Claims: what one source states (for example, how many people were killed).", no_args_is_help=True)


@claim_app.command("add")
def claim_add(
    code: Code,
    claims: Annotated[
        list[str], typer.Argument(help="MEASURE[:GROUP]=COUNT, such as killed=3 or abducted:workers=25-30.")
    ],
    *,
    source: Annotated[str, typer.Option("--source", "-s", help="Source: web address, title or source key.")],
    kind: SourceKind = None,
    published: Published = None,
    said_by: Annotated[
        list[str] | None,
        typer.Option(
            "--said-by",
            help="Person or body that the source quotes. Repeatable, once a language: 'es:Defensoría del Pueblo'.",
        ),
    ] = None,
    said_by_kind: Annotated[str | None, typer.Option("--said-by-kind", help="Kind of person or body quoted.")] = None,
    stated: Annotated[str | None, typer.Option("--stated", help="Day on which the count was stated.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Note on the number, for readers.")] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", help="Part of the incident to which the count applies.")
    ] = None,
    pin: Annotated[
        str | None, typer.Option("--pin", help="Pin this claim: use it as the figure, for the reason given.")
    ] = None,
    supersedes: Annotated[
        list[int] | None,
        typer.Option(
            help="Number of an earlier claim of the same source that this one corrects (see willay show). Repeatable."
        ),
    ] = None,
    adds: Annotated[
        bool,
        typer.Option("--adds", help="The claim counts additional people: add it to the earlier count of this source."),
    ] = False,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Add a claim by a source to an incident. The claims of other sources do not change."""
    from willay.events.cli.prompts import saved_claims
    from willay.events.model.drafts import ClaimDraft, draft
    from willay.events.model.entry import read_claim, read_source, read_voice

    extra: dict[str, object] = {
        "attributed_to": read_voice(said_by or ()),
        "attributed_kind": said_by_kind,
        "scope": scope,
    }
    extra |= {"pinned": pin, "supersedes": supersedes, "adds": adds or None}
    with open_store(db) as store:
        found = bearings_in(store)
        dated = _day(published, "source.published_on", found)
        cited = read_source(source, store.registers.source, kind=kind, published_on=dated)
        extra["stated_on"] = _day(stated, "claim.stated_on", found)
        given = {name: value for name, value in extra.items() if value is not None}
        said = [draft(ClaimDraft, _noted(read_claim(text, cited.key), note) | given, "claim") for text in claims]
        sources = [cited.new] if cited.new else []
        name, why = who(author), reason or recorded_reason(CLAIMED, source=cited.key)

        def save(claims: list[ClaimDraft]) -> Revised:
            return store.write.add_claims(code, claims, sources, author=name, reason=why, base_revision=base)

        revised = saved_claims(save, said)
    if not revised.changes:
        say(unchanged(revised))
        return
    report_source(cited)
    added, see = many(len(said), "claim"), hint("show", revised.code, db=db)
    say(
        tr(
            "{code}: added {added} by {source}; revision {number}. See: {see}",
            code=revised.code,
            added=added,
            source=cited.key,
            number=revised.number,
            see=see,
        )
    )


def _day(text: str | None, where: str, bearings: Bearings) -> str | None:
    """Return the day of an option as the record writes it.

    Raises:
        DraftError: It cannot be read, or can be read in two ways.
    """
    from willay.events.model.entry import fault_at, read_partial_day

    with fault_at(where):
        return read_partial_day(text, bearings) if text else text


def _noted(claim: dict[str, Any], note: str | None) -> dict[str, Any]:
    """Return a claim with a note, after the words of its count where they are a note already."""
    words = [text for text in (claim.get("note"), note) if text]
    return claim | ({"note": "; ".join(words)} if words else {})


@claim_app.command("withdraw")
def claim_withdraw(
    code: Code,
    number: Annotated[int, typer.Argument(min=1, help="Number of the claim, as willay show lists it.")],
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Withdraw a claim from an incident, such as one entered by mistake. It remains in the history."""
    with open_store(db) as store:
        seen = seen_revision(store, ("incident", code), base)
        why = reason_or_asked(reason, tr("Why is this claim being withdrawn?"))
        revised = store.write.withdraw_claim(code, number, author=who(author), reason=why, base_revision=seen)
    say(tr("Claim {number} of {code} withdrawn.", number=number, code=revised.code))
    report_change(revised, db)
