"""`Ledger`: the file of a database, and its record as a whole."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from sqlalchemy import text

from willay.events.store import audit, changes, registers
from willay.events.store.dialects.sqlite.copies import copy_database, copy_in_memory
from willay.events.store.encryption import encryptor
from willay.events.store.ids import moment_of
from willay.events.store.keyed import latest_keyed
from willay.events.store.revisions import latest_change
from willay.geo import check_target, replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from willay.events.store.results import Head, Problem
    from willay.events.store.session import Session


def utc_now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


class Ledger:
    """A database as a file: what it is kept by, whether it is whole, where its record ends, and copies of it."""

    def __init__(
        self,
        session: Session,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._session = session
        self._clock, self._entropy = clock, entropy

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file and leave it alone; closing twice does nothing."""
        self._session.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._session.path

    def meta(self, key: str) -> str | None:
        """Return what the database says of itself: schema_version, country, policy, created_at, willay_version."""
        return self._session.meta.get(key)

    @property
    def backup(self) -> Path | None:
        """The copy that was made on opening because the file came from an earlier willay, or None."""
        return self._session.backup

    @property
    def country(self) -> str:
        """The country it is about, ISO 3166-1 alpha-2."""
        return self._session.meta["country"]

    @property
    def policy(self) -> str:
        """The figure policy that it is kept by."""
        return self._session.meta["policy"]

    def count(self) -> dict[str, int]:
        """Return how many there are: incident (without the retracted), place, claim, source, actor, case, region, …."""
        with self._session.reading() as connection:
            return registers.counts(connection)

    def check(self, head: str | None = None) -> tuple[Problem, ...]:
        """Examine the file, the chain of digests, the layers and all that is derived; return what is wrong.

        Args:
            head: A seal that `head` returned some time ago and that was noted elsewhere: the record must contain it
                still. Only so a record is found that was cut short, or is an older copy.
        """
        with self._session.reading() as connection:
            problems = audit.examine(connection)
            return problems if head is None else (*problems, *audit.head_problems(connection, head))

    def head(self, as_of: datetime | None = None) -> Head | None:
        """Return the last revision, now or at a moment (aware), with its seal: it stands for the record up to it.

        None where nothing was recorded then, as in a file whose record was deleted.
        """
        with self._session.reading() as connection:
            return audit.head_of(connection, as_of)

    def holds(self, head: Head) -> bool:
        """Say whether the record that had a head is the beginning of this one."""
        with self._session.reading() as connection:
            return audit.holds(connection, head)

    def latest_moment(self) -> datetime:
        """Return the moment (UTC) of the latest change of what is reported, or of the database's making."""
        with self._session.reading() as connection:
            return latest_change(connection) or moment_of(self._session.meta["created_at"])

    def latest_revision(self, kind: str, name: str) -> int:
        """Return the number of the latest revision of an incident, source, actor or case: what an edit is made from.

        Args:
            kind: `incident`, `source`, `actor` or `case`.
            name: Its code or key.

        Raises:
            NotFoundError: There is none of this name.
        """
        with self._session.reading() as connection:
            if kind == "incident":
                return changes.find(connection, name).revision
            return latest_keyed(connection, kind, name)

    def latest_revisions(self, kind: str) -> dict[str, int]:
        """Return the numbers of the latest revisions of all sources, actors or cases, by key."""
        statement = "SELECT subject_id, max(number) FROM revision WHERE subject_kind = :kind GROUP BY subject_id"
        with self._session.reading() as connection:
            return {str(key): int(number) for key, number in connection.execute(text(statement), {"kind": kind})}

    def copy_to(self, target: Path, *, force: bool = False) -> None:
        """Copy the database to another file, whole and verified, while others may be writing to it.

        With `force` a file that is there is replaced.

        Raises:
            RefusedError: The target is there, or is the database itself.
            FileNameError: No file can have the target's name on every system.
            DatabaseError: The copy cannot be written; there is no half copy.
        """
        copy_database(self.path, target, force=force)

    def copy_encrypted(self, target: Path, means: str | Sequence[str], *, force: bool = False) -> int:
        """Copy the database to an encrypted file; nothing of it lies unencrypted on the disk at any moment.

        Args:
            target: The encrypted copy.
            means: Public keys of age (`age1…`) of those who may open it, or a passphrase.
            force: Replace a file that is there; never a database.

        Returns:
            How many incidents the copy holds, without the retracted.

        Raises:
            FileInTheWayError: The target is there.
            RefusedError: A key is not one, or the package that encrypts is not installed.
            DatabaseError: The database is damaged, or does not fit into memory.
        """
        encrypt = encryptor(means)
        check_target(target, force=force)
        copy = copy_in_memory(self.path)
        with replacing_bytes(target, force=force) as out:
            out.write(encrypt(copy.content))
        return copy.incidents
