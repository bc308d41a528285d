"""`willay edit`: change the fields of an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.change_reports import reason_or_asked, report_change
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    BaseRevision,
    Code,
    DbFile,
    Reason,
    bearings_in,
    open_store,
    seen_revision,
    who,
)
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.model.said_days import Bearings

_EDITABLE = "title, summary, type, days, date_precision, status, confidence, part_of, tags, cases, notes, …"


def edit(
    code: Code,
    changes: Annotated[list[str], typer.Option("--set", help=f"FIELD=VALUE ({_EDITABLE}); VALUE as YAML. Repeatable.")],
    *,
    base: BaseRevision = None,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Change fields of an incident. The earlier state remains in the history."""
    from willay.events.model.entry import read_changes

    with open_store(db) as store:
        fields = _with_days(read_changes(changes), bearings_in(store))
        seen = seen_revision(store, ("incident", code), base)
        why = reason_or_asked(reason, tr("Why this change?"))
        revised = store.write.edit(code, fields, author=who(author), reason=why, base_revision=seen)
    report_change(revised, db)


def _with_days(fields: dict[str, Any], bearings: Bearings) -> dict[str, Any]:
    """Return changes with the days that are written in words as the record writes them; the reading is shown.

    Raises:
        DraftError: They cannot be read, or can be read in two ways.
    """
    from willay.events.cli.prompts import echo_days
    from willay.events.model.entry import days_as_fields
    from willay.events.model.errors import DayError, DraftError, Fault
    from willay.events.model.said_days import is_as_recorded, read_days

    days = fields.get("days")
    if not isinstance(days, str) or not days.strip() or is_as_recorded(days):
        return fields
    try:
        said = read_days(days, bearings)
    except DayError as error:
        raise DraftError((Fault("days", str(error)),)) from None
    echo_days(said)
    return days_as_fields(said) | {name: value for name, value in fields.items() if name != "days"}
