"""Recording: all or nothing is written, by a named author, at a moment after all that is recorded."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from willay.events.store.record.revisions import (
    Author,
    check_author,
    dated_author,
    last_number,
    latest_change,
    warn_of_clock,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.opened import Opened
    from willay.events.store.write.validation import Setting


@contextmanager
def changing(
    opened: Opened, author: str, reason: str, moment: datetime | None, *, needs_reason: bool = True
) -> Iterator[tuple[Connection, Setting, Author]]:
    """Write all or nothing, by an author whom the rules let do it.

    The moment is one from which on nobody else can write, and after all that is recorded.

    Args:
        opened: The database.
        author: Who changes it.
        reason: Why.
        moment: When it is recorded (aware); None takes the clock's moment.
        needs_reason: Whether the change is refused without a reason.

    Raises:
        RefusedError: There is no author or reason.
    """
    setting = opened.setting()
    with authored(opened, author, reason, moment, needs_reason=needs_reason) as (connection, who):
        yield connection, replace(setting, clock=lambda: who.moment), who


@contextmanager
def authored(
    opened: Opened, author: str, reason: str, moment: datetime | None, *, needs_reason: bool = True
) -> Iterator[tuple[Connection, Author]]:
    """Write all or nothing by an author, as `changing` does, without what checking drafts needs to know."""
    with opened.session.writing() as connection:
        latest = latest_change(connection, installed=moment is None)
        with _dated(connection, opened.clock, moment, latest) as now:
            dated = dated_author(author, reason, now, latest, is_stated=moment is not None)
            yield connection, check_author(dated, needs_reason=needs_reason)


@contextmanager
def installing(
    opened: Opened, author: str, reason: str, moment: datetime | None
) -> Iterator[tuple[Connection, Author]]:
    """Write regions, all or nothing; they may be stated to have been installed at any moment (aware).

    Raises:
        RefusedError: There is no author.
    """
    with opened.session.writing() as connection:
        latest = latest_change(connection, installed=True)
        with _dated(connection, opened.clock, moment, latest) as now:
            after = latest if moment is None else None
            dated = dated_author(author, reason, now, after, is_stated=moment is not None)
            yield connection, check_author(dated, needs_reason=False)


@contextmanager
def _dated(
    connection: Connection, clock: Callable[[], datetime], stated: datetime | None, latest: datetime | None
) -> Iterator[datetime]:
    """Read the clock for a change, and warn of it if something was recorded by it."""
    now, before = stated or clock(), last_number(connection)
    yield now
    if stated is None and last_number(connection) > before:
        warn_of_clock(now, latest)
