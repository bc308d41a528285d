"""What GTD counts: the dead and wounded with perpetrators among them, and the block of hostages with its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.model.foreign import RowFault
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.foreign import Document

_SUMS: Final = (("killed", "nkill", "nkillter"), ("injured", "nwound", "nwoundte"))
_SOURCE: Final = "gtd"


def claims_of(counts: Mapping[str, int | None], outcome: str | None) -> tuple[list[Document], list[RowFault]]:
    """Return the claims of a row, and what is remarkable about its numbers.

    The total counts everybody, the perpetrators are a claim of their own. Of a hostage-taking the number held is a
    claim; those released, and those whose outcome holds for all of them, are others.

    Args:
        counts: The cells `nkill`, `nkillter`, `nwound`, `nwoundte`, `ishostkid`, `nhostkid`, `nreleased`; None where
            unknown or missing.
        outcome: The measure that the outcome is, where it is one.
    """
    claims: list[Document] = []
    flags: list[RowFault] = []
    for measure, total, perpetrators in _SUMS:
        everybody, armed = counts[total], counts[perpetrators]
        for column, number in ((total, everybody), (perpetrators, armed)):
            if number is not None and number < 0:
                flags.append(RowFault.of(column, str(number), tr("a negative number of people; stored as text only.")))
        if everybody is not None and everybody >= 0:
            claims.append(_claim(measure, "all", everybody))
        if armed is not None and armed > 0:
            claims.append(_claim(measure, "armed-group", armed))
            if everybody is not None and armed > everybody:
                flags.append(
                    RowFault.of(
                        perpetrators, str(armed), tr("more than the total in {total}; both are stored.", total=total)
                    )
                )
    return claims + _hostages(counts, outcome), flags


def _hostages(counts: Mapping[str, int | None], outcome: str | None) -> list[Document]:
    held, released = counts["nhostkid"], counts["nreleased"]
    if counts["ishostkid"] != 1:
        return []
    claims = [_claim("abducted", "all", held)] if held is not None and held > 0 else []
    if released is not None and released >= 0:
        claims.append(_claim("released", "all", released))
    elif outcome is not None and held is not None and held > 0:
        claims.append(_claim(outcome, "all", held))
    return claims


def _claim(measure: str, group: str, number: int) -> Document:
    return {"measure": measure, "group": group, "low": number, "best": number, "high": number, "source": _SOURCE}
