"""A session: one file, open, with the connection that everything goes through, until it is closed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.model.program import program_version
from willay.events.store.dialects.sqlite.copies import verify
from willay.events.store.dialects.sqlite.engine import (
    check_file,
    clear_errors,
    leave_alone,
    make_engine,
    reading,
    require_file,
    rewrite,
    writing,
)
from willay.events.store.files.replacement import complete_replacement
from willay.events.store.schema.ids import moment_of
from willay.events.store.schema.versions import add_fields, create_schema, is_up_to_date, read_meta
from willay.geo import check_file_name
from willay.geo.inputs import reason_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine


class Session:
    """An open database file.

    Attributes:
        path: The file.
        meta: What the database says of itself.
        backup: The copy that was made because the file had an earlier schema and was brought up to date, or None.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meta: dict[str, str] = {}
        self.backup: Path | None = None
        self._engine: Engine = make_engine(path)
        with clear_errors(path):
            self._connection: Connection = self._engine.connect()

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, str], office: str) -> Self:
        """Make a database in a new file.

        Args:
            path: The file.
            meta: What the database says of itself.
            office: The id of the office that it belongs to.

        Raises:
            FileNameError: No file can have this name on every system, or it is an address.
            RefusedError: There is such a file.
            DatabaseError: The file cannot be made.
        """
        from willay.events.store.record.revisions import INSTALLER, Author, seal_change
        from willay.events.store.record.settings import record_settings

        _claim_file(path)
        session = None
        try:
            session = cls(path)
            with writing(session._connection, path, log=False) as connection:
                create_schema(connection, meta, office)
                record_settings(connection, meta, Author(INSTALLER, moment_of(meta["created_at"]), "installed"))
                seal_change(connection)
            with session.reading() as connection:
                session.meta = read_meta(connection, path)
        except BaseException:
            if session is not None:
                session.close()
            path.unlink(missing_ok=True)
            raise
        return session

    @classmethod
    def open(cls, path: Path, *, isolated: bool = False) -> Self:
        """Open a database; one with an earlier schema is copied and brought up to date first.

        Args:
            path: The file.
            isolated: Do nothing to other files; see `Store.open`.

        Raises:
            DatabaseError: There is no such file, or it is not a willay database, or a newer willay made it, or it
                must be brought up to date and cannot be written.
        """
        if not isolated:
            complete_replacement(path.resolve(), verify)
        check_file(path)
        session = cls(path)
        try:
            with session.reading() as connection:
                session.meta = read_meta(connection, path)
            if not is_up_to_date(session.meta):
                session._bring_up_to_date(copy_first=not isolated)
        except BaseException:
            session.close()
            raise
        return session

    def _bring_up_to_date(self, *, copy_first: bool) -> None:
        """Copy the file, then upgrade it in one transaction, unless another process has done so meanwhile."""
        from willay.events.store.migrations import WRITTEN_SINCE, back_up, upgrade
        from willay.events.store.record.derived import derive_again
        from willay.events.store.record.region_sets import read_regions

        if copy_first:
            self.backup = back_up(self.path, int(self.meta["schema_version"]))
        with self.writing() as connection:
            had = int(read_meta(connection, self.path)["schema_version"])
            upgrade(connection, had, program_version())
            has_more = add_fields(connection)
            self.meta = read_meta(connection, self.path)
            if had < WRITTEN_SINCE or has_more:
                derive_again(connection, read_regions(connection), self.meta["policy"])

    def close(self) -> None:
        """Close the file and leave it alone; closing twice does nothing."""
        if self._connection.closed:
            return
        try:
            with clear_errors(self.path):
                leave_alone(self._connection)
        finally:
            self._connection.close()
            self._engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        """Read one state of the database, whatever others write meanwhile."""
        return reading(self._open(), self.path)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all or nothing, as one act: what is recorded is one change, which is sealed at the end."""
        with writing(self._open(), self.path) as connection:
            yield connection
            from willay.events.store.record.revisions import seal_change

            seal_change(connection)

    def rewrite(self) -> None:
        """Write the file again without its free pages and without a log, so that nothing deleted is left in it.

        Raises:
            DatabaseError: Another program is using the file.
        """
        rewrite(self._open(), self.path)

    def _open(self) -> Connection:
        if self._connection.closed:
            raise DatabaseError(tr("The store of {path} is closed. Open it again: Store.open(path).", path=self.path))
        return self._connection


def _claim_file(path: Path) -> None:
    """Make an empty file where there is none, so that nothing is ever written over.

    Raises:
        FileNameError: No file can have this name on every system, or it is an address.
        RefusedError: There is a file.
        DatabaseError: It cannot be made.
    """
    check_file_name(path)
    complete_replacement(path.resolve(), verify)
    require_file(path)
    try:
        path.open("xb").close()
    except FileExistsError:
        message = tr("The file {path} already exists. Choose a different name, or move the file away first.", path=path)
        raise RefusedError(message) from None
    except OSError as error:
        message = tr(
            "{path} cannot be made: {reason}. Check the folder and its rights.", path=path, reason=reason_of(error)
        )
        raise DatabaseError(message) from error
