"""Sealing: a copy of a database encrypted for transport, in the format age (https://age-encryption.org/v1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.errors import DatabaseError, RefusedError
from willay.geo import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def seal(plain: Path, target: Path, means: str | Sequence[str], *, force: bool = False) -> None:
    """Encrypt a file for the holders of keys, or of a passphrase.

    Args:
        plain: The file; it is read as a whole.
        target: The encrypted copy.
        means: Public keys (`age1…`), or a passphrase.
        force: Replace a file that is there.

    Raises:
        RefusedError: A key is none, or the library that encrypts is not installed.
        FileInTheWayError: The target is there.
    """
    pyrage = _library()
    content = plain.read_bytes()
    if isinstance(means, str):
        sealed = pyrage.passphrase.encrypt(content, means)
    else:
        sealed = pyrage.encrypt(content, [_recipient(pyrage, key) for key in means])
    with replacing_bytes(target, force=force) as out:
        out.write(sealed)


def unseal(sealed: Path, target: Path, means: str | Path) -> None:
    """Decrypt a file with a passphrase, or with the secret key in a file.

    Raises:
        RefusedError: The passphrase or key does not open it, or it is damaged.
        DatabaseError: A file cannot be read.
    """
    pyrage = _library()
    try:
        content = sealed.read_bytes()
        if isinstance(means, str):
            plain = pyrage.passphrase.decrypt(content, means)
        else:
            lines = [line for line in means.read_text("utf-8").splitlines() if line.startswith("AGE-SECRET-KEY-")]
            plain = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(line.strip()) for line in lines])
    except OSError as error:
        raise DatabaseError(f"{error.filename} cannot be read: {error.strerror}.") from None
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError) as error:
        raise RefusedError(
            f"{sealed} cannot be opened: {error}. Is it the right key or passphrase, and whole?"
        ) from None
    target.write_bytes(plain)


def _recipient(pyrage: Any, key: str) -> Any:  # noqa: ANN401 — a library without types
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise RefusedError(f"{key[:80]!r} is no public key of age; one begins with age1.") from None


def _library() -> Any:  # noqa: ANN401 — as above
    try:
        import pyrage
    except ImportError:
        raise RefusedError("To encrypt, install the package pyrage: pip install 'willay[seal]'.") from None
    return pyrage
