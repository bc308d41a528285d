"""`willay backup`: copy the database, encrypted if asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.idle import refuse_without
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    Force,
    open_store,
)
from willay.events.cli.output import say
from willay.events.cli.passphrases import ask_passphrase, is_encrypted
from willay.geo.translation import many, tr


def backup(
    file: Annotated[
        Path, typer.Argument(help="Backup file to write; a name that ends in .age makes an encrypted backup.")
    ],
    *,
    recipients: Annotated[
        list[str],
        typer.Option("--recipient", help="Public key (age1…) of a person who may open the backup. Repeatable."),
    ] = [],  # noqa: B006 — Typer copies it
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Back up the database, also while others are writing to it. The backup is verified after it is written."""
    if is_encrypted(file):
        means = recipients or ask_passphrase(confirm=True)
        with open_store(db) as store:
            number = store.file.copy_encrypted(file, means, force=force)
        say(
            tr(
                "{file}: {incidents}, encrypted. "
                "Without the secret key or the passphrase nobody can open it, not even you.",
                file=file,
                incidents=many(number, "incident"),
            )
        )
        return
    refuse_without("FILE.age", {"--recipient": recipients})
    with open_store(db) as store:
        store.file.copy_to(file, force=force)
        mine = store.read.count()
    theirs = _counted(file)
    if theirs != mine:  # somebody wrote in between: the copy is an earlier whole state, and says so
        say(tr("The database was changed during the backup; the backup holds the earlier state."))
    say(
        tr(
            "{file}: {incidents}, {revisions}; verified.",
            file=file,
            incidents=many(theirs["incident"], "incident"),
            revisions=many(theirs["revision"], "revision"),
        )
    )


def _counted(file: Path) -> dict[str, int]:
    with open_store(file) as copy:
        return copy.read.count()
