"""`willay show`: one incident, with everything that is recorded of it."""

from __future__ import annotations

from willay.events.cli.omissions import profile_in_words
from willay.events.cli.options import (
    DEFAULT_DB,
    AsJson,
    AsOf,
    Code,
    DbFile,
    Language,
    Policy,
    moment,
    open_store,
)
from willay.events.cli.output import console, put_json, say
from willay.events.cli.outward import SeenBy, seen_by
from willay.geo.translation import tr


def show(
    code: Code,
    *,
    as_of: AsOf = None,
    policy: Policy = None,
    profile: SeenBy = None,
    json_: AsJson = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Show an incident with its claims, figures and sources."""
    from willay.events.cli.attachment_rows import attachment_row
    from willay.events.cli.card import card
    from willay.events.frame.columns import details_of
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.errors import RefusedError

    seen = seen_by(profile, "json" if json_ else "table")
    with open_store(db) as store:
        stored = store.read.draft(code, as_of=moment(as_of))
        statuses = (stored.draft.status,)
        query = IncidentQuery(codes=(stored.code,), statuses=statuses, as_of=moment(as_of))
        cells, _ = store.read.first(query, policy=policy, lang=lang.value, details=True, profile=seen)
        files = store.attachments.of(code, as_of=moment(as_of)) if seen.shows_all else ()
        others = (
            [other for other in store.read.called_elsewhere(code) if other != stored.code] if seen.shows_all else []
        )
    if not len(cells):
        raise RefusedError(
            tr(
                "{code} is not shown under its code in the profile {profile}. To see the record itself: --profile "
                "internal. To see what may be passed on: willay list --profile {name}",
                code=stored.code,
                profile=profile_in_words(seen),
                name=seen.name,
            )
        )
    (row,) = cells.rows()
    if stored.elsewhere and seen.shows_all:
        say(tr("Code in a file of another office: {elsewhere}.", elsewhere=", ".join(stored.elsewhere)))
    if others:
        say(
            tr(
                "The incident with code {code} in a file of another office is {others} here.",
                code=code,
                others=", ".join(others),
            )
        )
    if json_:
        listed = {"attachments": [attachment_row(one) for one in files]} if files else {}
        put_json({**row, "details": details_of(row), **listed})
    else:
        console().print(card(row, lang.value, cells.origin, files))
