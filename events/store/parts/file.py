"""`store.file`: whether the file is whole, where its record ends, and copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.collecting import seldom_collected
from willay.events.store.dialects.sqlite.copies import copy_database, copy_in_memory
from willay.geo import check_target, replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from willay.events.store.opened import Opened
    from willay.events.store.results import Head, Problem


class DatabaseFile:
    """The file of a database and its record as a whole; it is `store.file`.

    Example:
        >>> from pathlib import Path
        >>> from willay.events.store import Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     store.file.copy_to(Path("copy.gpkg"))
        ...     store.file.check()
        ()
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @property
    def backup(self) -> Path | None:
        """The copy that was made on opening because the file came from an earlier willay, or None."""
        return self._opened.session.backup

    def meta(self, key: str) -> str | None:
        """Return what the database says of itself: schema_version, country, policy, created_at, willay_version."""
        return self._opened.session.meta.get(key)

    def set_policy(self, policy: str, *, author: str, reason: str, recorded_at: datetime | None = None) -> bool:
        """Keep the database by another figure policy: it is recorded, and all figures are derived again.

        Args:
            policy: Its name, or that of a plug-in's; see `figure_policies.check_policy`.
            author: Who decides it.
            reason: Why.
            recorded_at: As for `write.add`.

        Returns:
            Whether another policy held before; where it did not, nothing is recorded.

        Raises:
            QueryError: There is no such policy.
            MissingPolicyError: It belongs to a package that is not installed, or not in this version.
            RefusedError: There is no author or reason.
        """
        from willay.events.model.figure_policies import recordable
        from willay.events.store.record.derived import derive_again
        from willay.events.store.record.region_sets import read_regions
        from willay.events.store.record.settings import change_setting
        from willay.events.store.recording import authored
        from willay.events.store.schema.versions import read_meta

        asked, session = recordable(policy), self._opened.session
        with authored(self._opened, author, reason, recorded_at) as (connection, who):
            held = str(read_meta(connection, session.path)["policy"])
            if held != asked:
                change_setting(connection, "policy", asked, who)
                derive_again(connection, read_regions(connection), asked)
        session.meta["policy"] = asked
        return held != asked

    def check(self, head: str | None = None, *, processes: int = 1) -> tuple[Problem, ...]:
        """Examine the file, the chain of digests, the layers and all that is derived; return what is wrong.

        Args:
            head: A seal that `head` returned some time ago and that was noted elsewhere: the record must contain it
                still. Only so a record is found that was cut short, or is an older copy.
            processes: With 2, a second process of Python examines a part of many incidents at the same time, which
                needs its memory once more and nearly halves the time.
        """
        from willay.events.store.audit import beside, check

        session = self._opened.session
        with seldom_collected(), session.reading() as connection:
            with beside.begun(connection, session.path, processes) as second:
                problems = check.examine(connection, second)
            return problems if head is None else (*problems, *check.head_problems(connection, head))

    def head(self, as_of: datetime | None = None) -> Head | None:
        """Return the last revision, now or at a moment (aware), with its seal: it stands for the record up to it.

        None where nothing was recorded then, as in a file whose record was deleted.
        """
        from willay.events.store.audit import check

        with self._opened.session.reading() as connection:
            return check.head_of(connection, as_of)

    def holds(self, head: Head) -> bool:
        """Return whether the record that had a head is the beginning of this one."""
        from willay.events.store.audit import check

        with self._opened.session.reading() as connection:
            return check.holds(connection, head)

    def copy_to(self, target: Path, *, force: bool = False) -> None:
        """Copy the database to another file, whole and verified, while others may be writing to it.

        With `force` a file that is there is replaced.

        Raises:
            RefusedError: The target is there, or is the database itself.
            FileNameError: No file can have the target's name on every system.
            DatabaseError: The copy cannot be written; there is no half copy.
        """
        copy_database(self._opened.session.path, target, force=force)

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
        from willay.events.store.files.encryption import encryptor

        encrypt = encryptor(means)
        check_target(target, force=force)
        copy = copy_in_memory(self._opened.session.path)
        with replacing_bytes(target, force=force) as out:
            out.write(encrypt(copy.content))
        return copy.incidents
