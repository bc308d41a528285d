"""`willay release`: make a publication, and verify one."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli import exit_codes
from willay.events.cli.former_options import renamed
from willay.events.cli.groups import with_default
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.omissions import profile_in_words, say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    AsOf,
    DbFile,
    Language,
    Policy,
    ProfileName,
    clock,
    moment,
    open_store,
)
from willay.events.cli.output import put, say
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.release.build import Release


release_app = App(
    cls=with_default("make"),
    help="Releases: fixed publications that can be reproduced exactly. `willay release NAME` makes one.",
)


@release_app.command("make", cls=renamed({"--by": "--publisher"}))
def release_make(
    name: Annotated[str, typer.Argument(help="Name of the release, such as peru-2026-1; also the name of its folder.")],
    *,
    into: Annotated[Path, typer.Option("--in", help="Folder in which the release is made.")] = Path(),
    title: Annotated[str | None, typer.Option("--title", help="Title of the release, for citations.")] = None,
    by: Annotated[list[str], typer.Option("--publisher", help="Publisher. Repeatable.")],
    as_of: AsOf = None,
    profile: ProfileName = "public",
    statuses: Annotated[
        list[str], typer.Option("--status", help="Status of incidents to include (default: published). Repeatable.")
    ] = [],  # noqa: B006 — as above
    formats: Annotated[
        list[str],
        typer.Option("--format", help="Output format of the data (default: geojson, csv and xlsx). Repeatable."),
    ] = [],  # noqa: B006 — as above
    policy: Policy = None,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write a release: data, map, codebook, terms, citation and checksums. The same database gives identical files."""
    from willay.events.front.releasing import made as make_release

    with open_store(db) as store:
        plan, seen, made = make_release(
            store, name, into, now=clock(), by=by, title=title, as_of=as_of, moment=moment(as_of), profile=profile,
            statuses=statuses, formats=formats, policy=policy, lang=lang.value,
        )  # fmt: skip
    say(
        tr(
            "{folder}: {files}, profile {profile}.",
            folder=made.folder,
            files=many(len(made.files), "file"),
            profile=profile_in_words(seen),
        )
    )
    say(tr("As known at {as_of}. Digest: {digest}", as_of=plan.as_of, digest=made.digest))
    say(tr("Verify it: {see}", see=hint("release", "verify", made.folder, db=db)))
    say_omissions(made.origin, before=_drawn(made))
    if not made.drawn:
        raise typer.Exit(exit_codes.WANTING)


def _drawn(made: Release) -> str:
    """Report how many incidents of a release are on its map."""
    if not made.drawn:
        return tr(
            "{incidents}, none of them on the map: none has a place that can be drawn. Add coordinates, or the code "
            "of an administrative unit, and make a release with a different name.",
            incidents=many(made.incidents, "incident"),
        )
    left = made.incidents - made.drawn
    told = {"incidents": many(made.incidents, "incident"), "drawn": made.drawn}
    if left:
        return tr(
            "{incidents}, {drawn:,} of them on the map; {left:,} without a place that can be drawn.", left=left, **told
        )
    return tr("{incidents}, {drawn:,} of them on the map.", **told)


@release_app.command("verify")
def release_verify(
    folder: Annotated[Path, typer.Argument(help="Folder of the release.")],
    *,
    db: Annotated[
        Path | None,
        typer.Option("--db", envvar="WILLAY_DB", help="Also rebuild the release from this database, and compare."),
    ] = None,
) -> None:
    """Verify a release: complete, unchanged and, with --db, reproducible."""
    from willay.events.front.releasing import differences

    with nullcontext() if db is None else open_store(db) as store:
        wrong = differences(folder, store)
    for line in wrong:
        put(line)
    if wrong:
        say(f"{folder}: {many(len(wrong), 'difference')}.")
        raise typer.Exit(exit_codes.PROBLEMS)
    say(
        tr("{folder} is complete and unchanged, and {db} reproduces it byte for byte.", folder=folder, db=db)
        if db
        else tr("{folder} is complete and unchanged.", folder=folder)
    )
