"""What was decided: laws, rulings, plans, arrests, agreements, in their order, with what the record says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.maps.profile.blocks import Items, Paragraph, Run, text

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing

_TYPES: Final = ("state-measure", "agreement", "other")
_EMERGENCY: Final = "state-of-emergency"
MOST: Final = 200
"""Maximum number of decisions listed; the latest are."""


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    rows = [
        row for row, cells in enumerate(of.record.rows) if cells["type"] in _TYPES and cells["subtype"] != _EMERGENCY
    ]
    if not rows:
        return (Paragraph(text(of.t("no_decisions"))),)
    left = len(rows) - MOST
    more: list[Block] = [Paragraph(text(of.t("decisions_left_out", n=left)))] if left > 0 else []
    return (*more, Items(tuple(_item(of, row) for row in rows[-MOST:])))


def _item(of: Writing, row: int) -> Text:
    card, cells = of.record.cards[row], of.record.rows[row]
    summary = of.words.local(card.get("summary"))
    keys = dict.fromkeys(claim["source"] for claim in card.get("claims", ()))
    name = of.words.local(card.get("title"))
    is_dated = bool(cells["first_day"]) and cells["first_day"][:4] in name  # titles say what, where and when
    title = Run(f"{name}." if is_dated else f"{of.words.incident_days(cells)}: {name}.", is_strong=True)
    return text(title, f" {summary}" if summary else "", of.references.cite(*(keys or card.get("sources", {}))))
