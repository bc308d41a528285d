"""What the checks of plug-ins find in incidents that were imported: flags of their rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from willay.events.model.foreign import RowFault
from willay.events.model.incident_checks import Checks
from willay.events.store.record.documents import read_recorded

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Outcome


def with_findings(connection: Connection, outcomes: list[Outcome]) -> list[Outcome]:
    """Return outcomes with what the checks of plug-ins find in the incidents that are new or changed, as flags.

    Args:
        connection: Within the transaction that imported them.
        outcomes: What became of each row.
    """
    checks = Checks.installed()
    codes = sorted({one.code for one in outcomes if one.code and one.ending in {"accepted", "updated"}})
    if not checks or not codes:
        return outcomes
    read = read_recorded(connection, "WHERE code IN :codes", {"codes": codes})
    found = {one.state["code"]: checks.of(one.state["draft"]) for one in read}
    return [
        replace(one, flags=(*one.flags, *(RowFault.of(each.where, "", each.message) for each in found[one.code])))
        if one.code in found and one.ending in {"accepted", "updated"}
        else one
        for one in outcomes
    ]
