"""Passphrases of encrypted backups: whether a file needs one, and asking for it."""

from __future__ import annotations

from pathlib import Path

from willay.events.cli.output import ask, on_terminal
from willay.geo.translation import tr


def is_encrypted(file: Path) -> bool:
    """Return whether the name of a file is that of an encrypted backup."""
    from willay.events.store.files.encryption import ENDING

    return file.suffix.lower() == ENDING


def ask_passphrase(*, confirm: bool) -> str:
    """Ask for a passphrase, twice if it is to be confirmed.

    Raises:
        RefusedError: There is no terminal to ask.
    """
    from willay.events.model.errors import RefusedError

    if not on_terminal():
        raise RefusedError(
            tr("A passphrase can be entered only on a terminal. Give a public key instead: --recipient age1….")
        )
    return ask(tr("Passphrase"), hide_input=True, confirmation_prompt=confirm)
