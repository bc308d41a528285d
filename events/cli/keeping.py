"""Commands that keep a database: backup, restore, release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli import exits
from willay.events.cli.groups import with_default
from willay.events.cli.hints import hint
from willay.events.cli.omissions import say_omissions
from willay.events.cli.options import (
    DEFAULT_DB,
    AsOf,
    DbFile,
    Force,
    Lang,
    Language,
    Policy,
    ProfileName,
    clock,
    moment,
    open_store,
)
from willay.events.cli.talk import ask, many, on_terminal, put, say

if TYPE_CHECKING:
    from willay.events.release.making import Release
    from willay.events.store import Store

release_app = typer.Typer(
    cls=with_default("make"), help="Releases: frozen publications that can be rebuilt. `willay release NAME` makes one."
)


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make; one that ends in .age is encrypted.")],
    *,
    recipients: Annotated[
        list[str], typer.Option("--to", help="Public key (age1…) of somebody who may open it. May be repeated.")
    ] = [],  # noqa: B006 — Typer copies it
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Copy the database while others may be writing to it; the copy is read and checked after it is written."""
    if _is_encrypted(file):
        means = recipients or _passphrase(confirm=True)
        with open_store(db) as store:
            number = store.copy_encrypted(file, means, force=force)
        say(
            f"{file}: {many(number, 'incident')}, encrypted. "
            "Without the key or the words nobody can open it, you included."
        )
        return
    with open_store(db) as store:
        store.copy_to(file, force=force)
        mine = store.count()
    theirs = _counted(file)
    if theirs != mine:  # somebody wrote in between: the copy is an earlier whole state, and says so
        say("The database was changed while it was copied; the copy is as it was before that.")
    say(f"{file}: {many(theirs['incident'], 'incident')}, {many(theirs['revision'], 'revision')}; checked.")


def _counted(file: Path) -> dict[str, int]:
    with open_store(file) as copy:
        return copy.count()


def _is_encrypted(file: Path) -> bool:
    from willay.events.encryption import ENDING

    return file.suffix.lower() == ENDING


def _passphrase(*, confirm: bool) -> str:
    from willay.events.errors import RefusedError

    if not on_terminal():
        raise RefusedError("Nobody can be asked for a passphrase. Name a public key: --to age1….")
    return ask("Passphrase", hide_input=True, confirmation_prompt=confirm)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup, plain or .age.")],
    *,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="File with the secret key of an encrypted backup.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Put it in the place of a database; that one is kept beside it.")
    ] = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Put a backup in the place of the database, after checking it; what was there is kept beside it."""
    from willay.events.encryption import decrypted
    from willay.events.store.restoring import restore_database

    backup = decrypted(file, identity or _passphrase(confirm=False)) if _is_encrypted(file) else file
    restored = restore_database(backup, db, force=force)
    say(f"{db} is the backup now: {many(restored.incidents, 'incident')}.")
    if restored.kept:
        beside = db.parent.resolve() == restored.path.parent
        names = [str(db.with_name(path.name) if beside else path) for path in restored.kept]
        say("What was there is kept: " + ", ".join(names))


@release_app.command("make")
def release_make(
    name: Annotated[str, typer.Argument(help="The release's name, such as peru-2026-1; also its folder.")],
    *,
    into: Annotated[Path, typer.Option("--in", help="The folder to make it in.")] = Path(),
    title: Annotated[str | None, typer.Option("--title", help="Its title, for citations.")] = None,
    by: Annotated[list[str], typer.Option("--by", help="Who publishes it. May be repeated.")],
    as_of: AsOf = None,
    profile: ProfileName = "public",
    statuses: Annotated[list[str], typer.Option("--status", help="Statuses; published if not said.")] = [],  # noqa: B006 — as above
    formats: Annotated[
        list[str], typer.Option("--format", help="Formats of the data; geojson, csv and xlsx if not said.")
    ] = [],  # noqa: B006 — as above
    policy: Policy = None,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write a release: data, map, codebook, terms, citation, checksums; the same again from the same database."""
    from willay.data.profiles import profile as profile_named
    from willay.events.release.making import make_release
    from willay.events.release.plan import ReleasePlan
    from willay.geo import check_name

    check_name(name, "a release")
    seen = profile_named(profile)
    with open_store(db) as store:
        plan = ReleasePlan(
            name=name, title=title or name, by=tuple(by), as_of=as_of or _now(store), profile=seen.name,
            statuses=tuple(statuses) or ("published",), formats=tuple(formats) or ("geojson", "csv", "xlsx"),
            policy=policy or store.policy, lang=lang.value, record=store.head(moment(as_of)),
        )  # fmt: skip
        made = make_release(store, plan, into / name, seen)
    say(f"{made.folder}: {many(len(made.files), 'file')}, profile {seen}.")
    say(f"As known at {plan.as_of}. Digest: {made.digest}")
    say(f"Verify it: {hint('release', 'verify', made.folder, db=db)}")
    say_omissions(made.origin, before=_drawn(made))
    if not made.drawn:
        raise typer.Exit(exits.WANTING)


def _drawn(made: Release) -> str:
    """Say how many incidents of a release are on its map."""
    if not made.drawn:
        return (
            f"{many(made.incidents, 'incident')}, none of them on the map: no place of theirs can be drawn. Give them "
            "coordinates, or the code of their department, province or district, and make a release of another name."
        )
    left = made.incidents - made.drawn
    rest = f"; {left:,} without a place that can be drawn" if left else ""
    return f"{many(made.incidents, 'incident')}, {made.drawn:,} of them on the map{rest}."


def _now(store: Store) -> str:
    """Return the moment whose knowledge a release freezes: now, not that of the latest change.

    The latest change may be that of a restricted incident: when it was recorded is not for everybody.
    """
    return max(clock(), store.latest_moment()).isoformat()


@release_app.command("verify")
def release_verify(
    folder: Annotated[Path, typer.Argument(help="The folder of a release.", exists=True, file_okay=False)],
    *,
    db: Annotated[
        Path | None, typer.Option("--db", envvar="WILLAY_DB", help="Also rebuild it from this database and compare.")
    ] = None,
) -> None:
    """See that a release is whole, and that a database gives the same again, byte for byte."""
    from willay.events.release.verification import verify_files, verify_rebuild

    wrong = verify_files(folder)
    if not wrong and db is not None:
        with open_store(db) as store:
            wrong = verify_rebuild(store, folder)
    for line in wrong:
        put(line)
    if wrong:
        say(f"{folder}: {many(len(wrong), 'difference')}.")
        raise typer.Exit(exits.PROBLEMS)
    say(f"{folder} is whole" + (f", and {db} gives the same, byte for byte." if db else "."))
