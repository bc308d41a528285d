"""Commands for copies of a database: backup, restore, release."""

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
    from willay.events.release.build import Release
    from willay.events.store import Store

release_app = typer.Typer(
    cls=with_default("make"),
    help="Releases: fixed publications that can be reproduced exactly. `willay release NAME` makes one.",
)


def backup(
    file: Annotated[
        Path, typer.Argument(help="Backup file to write; a name that ends in .age makes an encrypted backup.")
    ],
    *,
    recipients: Annotated[
        list[str], typer.Option("--to", help="Public key (age1…) of a person who may open the backup. Repeatable.")
    ] = [],  # noqa: B006 — Typer copies it
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Back up the database, also while others are writing to it. The backup is verified after it is written."""
    if _is_encrypted(file):
        means = recipients or _passphrase(confirm=True)
        with open_store(db) as store:
            number = store.file.copy_encrypted(file, means, force=force)
        say(
            f"{file}: {many(number, 'incident')}, encrypted. "
            "Without the secret key or the passphrase nobody can open it, not even you."
        )
        return
    with open_store(db) as store:
        store.file.copy_to(file, force=force)
        mine = store.read.count()
    theirs = _counted(file)
    if theirs != mine:  # somebody wrote in between: the copy is an earlier whole state, and says so
        say("The database was changed during the backup; the backup holds the earlier state.")
    say(f"{file}: {many(theirs['incident'], 'incident')}, {many(theirs['revision'], 'revision')}; verified.")


def _counted(file: Path) -> dict[str, int]:
    with open_store(file) as copy:
        return copy.read.count()


def _is_encrypted(file: Path) -> bool:
    from willay.events.store.files.encryption import ENDING

    return file.suffix.lower() == ENDING


def _passphrase(*, confirm: bool) -> str:
    from willay.events.model.errors import RefusedError

    if not on_terminal():
        raise RefusedError("A passphrase can be entered only on a terminal. Give a public key instead: --to age1….")
    return ask("Passphrase", hide_input=True, confirmation_prompt=confirm)


def restore(
    file: Annotated[Path, typer.Argument(help="Backup file, plain or encrypted (.age).")],
    *,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="File with the secret key of an encrypted backup.")
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Replace an existing database; the replaced database is renamed and stays in the same folder.",
        ),
    ] = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Restore a backup over the database, after verifying it. The replaced database is renamed, not deleted."""
    from willay.events.store.files.encryption import decrypted
    from willay.events.store.restoring import restore_database

    backup = decrypted(file, identity or _passphrase(confirm=False)) if _is_encrypted(file) else file
    restored = restore_database(backup, db, force=force)
    say(f"{db} was restored from the backup: {many(restored.incidents, 'incident')}.")
    if restored.kept:
        beside = db.parent.resolve() == restored.path.parent
        names = [str(db.with_name(path.name) if beside else path) for path in restored.kept]
        say("The replaced database was renamed: " + ", ".join(names))


@release_app.command("make")
def release_make(
    name: Annotated[str, typer.Argument(help="Name of the release, such as peru-2026-1; also the name of its folder.")],
    *,
    into: Annotated[Path, typer.Option("--in", help="Folder in which the release is made.")] = Path(),
    title: Annotated[str | None, typer.Option("--title", help="Title of the release, for citations.")] = None,
    by: Annotated[list[str], typer.Option("--by", help="Publisher. Repeatable.")],
    as_of: AsOf = None,
    profile: ProfileName = "public",
    statuses: Annotated[
        list[str], typer.Option("--status", help="Status of incidents to include (default: published). Repeatable.")
    ] = [],  # noqa: B006 — as above
    formats: Annotated[
        list[str], typer.Option("--format", help="Data format (default: geojson, csv and xlsx). Repeatable.")
    ] = [],  # noqa: B006 — as above
    policy: Policy = None,
    lang: Language = Lang.en,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Write a release: data, map, codebook, terms, citation and checksums. The same database gives identical files."""
    from willay.data.profiles import profile as profile_named
    from willay.events.release.build import make_release
    from willay.events.release.plan import ReleasePlan
    from willay.geo import check_name

    check_name(name, "a release")
    seen = profile_named(profile)
    with open_store(db) as store:
        plan = ReleasePlan(
            name=name, title=title or name, by=tuple(by), as_of=as_of or _now(store), profile=seen.name,
            statuses=tuple(statuses) or ("published",), formats=tuple(formats) or ("geojson", "csv", "xlsx"),
            policy=policy or store.policy, lang=lang.value, record=store.file.head(moment(as_of)),
        )  # fmt: skip
        made = make_release(store, plan, into / name, seen)
    say(f"{made.folder}: {many(len(made.files), 'file')}, profile {seen}.")
    say(f"As known at {plan.as_of}. Digest: {made.digest}")
    say(f"Verify it: {hint('release', 'verify', made.folder, db=db)}")
    say_omissions(made.origin, before=_drawn(made))
    if not made.drawn:
        raise typer.Exit(exits.WANTING)


def _drawn(made: Release) -> str:
    """Report how many incidents of a release are on its map."""
    if not made.drawn:
        return (
            f"{many(made.incidents, 'incident')}, none of them on the map: none has a place that can be drawn. Add "
            f"coordinates, or the code of a department, province or district, and make a release with a different name."
        )
    left = made.incidents - made.drawn
    rest = f"; {left:,} without a place that can be drawn" if left else ""
    return f"{many(made.incidents, 'incident')}, {made.drawn:,} of them on the map{rest}."


def _now(store: Store) -> str:
    """Return the as-of moment of a release: now, not the moment of the latest change.

    The latest change may be that of a restricted incident: when it was recorded is not for everybody.
    """
    return max(clock(), store.read.latest_moment()).isoformat()


@release_app.command("verify")
def release_verify(
    folder: Annotated[Path, typer.Argument(help="Folder of the release.", exists=True, file_okay=False)],
    *,
    db: Annotated[
        Path | None,
        typer.Option("--db", envvar="WILLAY_DB", help="Also rebuild the release from this database, and compare."),
    ] = None,
) -> None:
    """Verify a release: complete, unchanged and, with --db, reproducible."""
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
    say(f"{folder} is complete and unchanged" + (f", and {db} reproduces it byte for byte." if db else "."))
