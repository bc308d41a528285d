"""Commands that keep a database: backup, restore, release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from willay.events.cli import exits
from willay.events.cli.groups import with_default
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
    open_store,
)
from willay.events.cli.talk import many, say

if TYPE_CHECKING:
    from willay.events.store import Store

SEALED = ".age"
"""The ending of a sealed copy: encrypted for those who have the key."""

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
    if file.suffix.lower() == SEALED:
        _sealed_backup(db, file, recipients, force=force)
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


def _sealed_backup(db: Path, file: Path, recipients: list[str], *, force: bool) -> None:
    import tempfile

    from willay.events.cli.sealing import seal

    with open_store(db) as store, tempfile.TemporaryDirectory(prefix=".willay-", dir=file.parent) as folder:
        plain = Path(folder) / "copy.gpkg"
        store.copy_to(plain)
        number = _counted(plain)["incident"]
        seal(plain, file, recipients or _passphrase(confirm=True), force=force)
    say(
        f"{file}: {many(number, 'incident')}, encrypted. Without the key or the words nobody can open it, you included."
    )


def _passphrase(*, confirm: bool) -> str:
    from willay.events.cli.talk import on_terminal
    from willay.events.errors import RefusedError

    if not on_terminal():
        raise RefusedError("Nobody can be asked for a passphrase. Name a public key: --to age1….")
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


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
    import tempfile

    from willay.events.cli.sealing import unseal
    from willay.events.store.copies import restore_database

    with tempfile.TemporaryDirectory(prefix="willay-") as folder:
        plain = file
        if file.suffix.lower() == SEALED:
            plain = Path(folder) / "backup.gpkg"
            unseal(file, plain, identity or _passphrase(confirm=False))
        with open_store(plain) as store:
            wrong = [problem for problem in store.check() if problem.severity == "error"]
            number = store.count()["incident"]
        if wrong:
            say(f"{file} is damaged: {wrong[0].where}: {wrong[0].message}")
            raise typer.Exit(exits.PROBLEMS)
        kept = restore_database(plain, db, force=force)
    say(f"{db} is the backup now: {many(number, 'incident')}." + (f" What was there: {kept}" if kept else ""))


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
    from willay.events.cli.releasing import ReleasePlan, make_release

    seen = profile_named(profile)
    with open_store(db) as store:
        plan = ReleasePlan(
            name=name, title=title or name, by=tuple(by), as_of=as_of or _now(store), profile=seen.name,
            statuses=tuple(statuses) or ("published",), formats=tuple(formats) or ("geojson", "csv", "xlsx"),
            policy=policy or store.policy, lang=lang.value,
        )  # fmt: skip
        made = make_release(store, plan, into / name, seen)
    say(f"{made.folder}: {many(made.incidents, 'incident')}, {many(len(made.files), 'file')}, profile {seen}.")
    say(f"As known at {plan.as_of}. Digest: {made.digest}")
    say(f"Verify it: willay release verify {made.folder} --db {db}")
    say_omissions(made.origin)


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
    from willay.events.cli.releasing import verify_files, verify_rebuild

    wrong = verify_files(folder)
    if not wrong and db is not None:
        with open_store(db) as store:
            wrong = verify_rebuild(store, folder)
    for line in wrong:
        typer.echo(line)
    if wrong:
        say(f"{folder}: {many(len(wrong), 'difference')}.")
        raise typer.Exit(exits.PROBLEMS)
    say(f"{folder} is whole" + (f", and {db} gives the same, byte for byte." if db else "."))
