"""Encryption of copies for transport, in the format age (https://age-encryption.org/v1); from memory to memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.model.errors import DatabaseError, MalformedError, RefusedError
from willay.geo.errors import GeoError
from willay.geo.extras import require
from willay.geo.inputs import input_file, input_text, reason_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ENDING = ".age"
"""The ending of an encrypted copy."""


def encryptor(means: str | Sequence[str]) -> Callable[[bytes], bytes]:
    """Return what encrypts bytes for the holders of keys, or of a passphrase.

    Args:
        means: Public keys (`age1…`), or a passphrase.

    Raises:
        RefusedError: A key is not one.
        MissingExtraError: The library that encrypts is not installed.
    """
    pyrage = require("seal", tr("Encryption"))
    if isinstance(means, str):
        return lambda content: bytes(pyrage.passphrase.encrypt(content, means))
    recipients = [_recipient(pyrage, key) for key in means]
    return lambda content: bytes(pyrage.encrypt(content, recipients))


def decrypted(path: Path, means: str | Path) -> bytes:
    """Return what an encrypted file holds; nothing is written.

    Args:
        path: The encrypted file.
        means: A passphrase, or the file with the secret key.

    Raises:
        RefusedError: The passphrase or key does not open it, or it is damaged.
        DatabaseError: A file cannot be read.
        InputFileError: It is not a file.
    """
    pyrage = require("seal", tr("Encryption"))
    try:
        content = input_file(path).read_bytes()
        if isinstance(means, str):
            return bytes(pyrage.passphrase.decrypt(content, means))
        lines = [line for line in input_text(means).splitlines() if line.startswith("AGE-SECRET-KEY-")]
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(line.strip()) for line in lines]))
    except GeoError:
        raise
    except OSError as error:
        raise DatabaseError(
            tr("{filename} cannot be read: {reason}.", filename=error.filename, reason=reason_of(error))
        ) from None
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise RefusedError(
            tr(
                "{path} cannot be opened: {error}. Check the key or passphrase, and that the file is complete.",
                path=path,
                error=error,
            )
        ) from None


def _recipient(pyrage: Any, key: str) -> Any:  # noqa: ANN401 — a library without types
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise MalformedError(
            tr("{key!r} is not a public key of age. Public keys begin with age1.", key=key[:80])
        ) from None
