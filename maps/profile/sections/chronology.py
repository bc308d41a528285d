"""Chronology: every incident with its day, place and deaths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.maps.profile.blocks import Paragraph, Table, text

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing

MOST: Final = 400
"""Maximum number of incidents listed; of more, those with the most deaths are."""


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    rows = list(range(len(of.record.rows)))
    if not rows:
        return (Paragraph(text(of.t("no_incidents"))),)
    blocks: list[Block] = []
    if len(rows) > MOST:
        blocks.append(Paragraph(text(of.t("chronology_left_out", n=len(rows) - MOST, most=MOST))))
        rows = sorted(sorted(rows, key=lambda row: (-of.record.facts[row].size, row))[:MOST])
    head = tuple(of.t(key) for key in ("col_when", "col_what", "col_place", "col_killed"))
    return (*blocks, Table(of.t("table_chronology"), head, tuple(_row(of, row) for row in rows), frozenset({3})))


def _row(of: Writing, row: int) -> tuple[Text, ...]:
    cells = of.record.rows[row]
    place = ", ".join(dict.fromkeys(name for name in (cells["place_name"], cells["adm1"]) if name))
    part = "" if cells["counted"] else f" ({of.t('is_part')})"
    what = text(of.references.incident(row), part)
    return (text(of.words.incident_days(cells)), what, text(place or "–"), of.references.figure(row))
