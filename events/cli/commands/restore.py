"""`willay restore`: put a backup in the place of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.idle import refuse_without
from willay.events.cli.options import (
    DEFAULT_DB,
    DbFile,
    existing,
)
from willay.events.cli.output import say
from willay.events.cli.passphrases import ask_passphrase, is_encrypted
from willay.geo.translation import many, tr


def restore(
    file: Annotated[Path, typer.Argument(help="Backup file, plain or encrypted (.age).", callback=existing)],
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

    if not is_encrypted(file):
        refuse_without("FILE.age", {"--identity": identity})
    backup = decrypted(file, identity or ask_passphrase(confirm=False)) if is_encrypted(file) else file
    restored = restore_database(backup, db, force=force)
    say(tr("{db} was restored from the backup: {incidents}.", db=db, incidents=many(restored.incidents, "incident")))
    if restored.kept:
        beside = db.parent.resolve() == restored.path.parent
        names = [str(db.with_name(path.name) if beside else path) for path in restored.kept]
        say(tr("The replaced database was renamed: {names}", names=", ".join(names)))
