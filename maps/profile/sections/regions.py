"""Regions: incidents and people killed in each unit of the area, and in each place that has no days of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from willay.maps.profile.blocks import Heading, Paragraph, Table, text
from willay.maps.profile.wording import titled

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section."""
    held = defaultdict(list)
    arrays = of.record.areas.arrays
    for row, region in zip(arrays["member_row"].tolist(), arrays["member_region"].tolist(), strict=True):
        held[region].append(row)
    blocks: list[Block] = []
    for each in of.record.areas.sets:
        lasting = [region for region in each["regions"] if "valid_from" not in region]
        known = [(region, held[region["id"]]) for region in lasting if held[region["id"]]]
        if known:
            blocks += _set(of, each, known)
    return tuple(blocks) or (Paragraph(text(of.t("no_regions"))),)


def _set(of: Writing, each: dict[str, Any], known: list[tuple[dict[str, Any], list[int]]]) -> list[Block]:
    words = of.words
    title = titled(words.local(each["name"]))
    known.sort(key=lambda one: (-(of.summed(one[1]).best or 0), -len(one[1]), words.local(one[0]["name"])))
    cells = tuple(_row(of, f"{each['key']}-{region['key']}", region, rows) for region, rows in known)
    rows = sorted({row for _, found in known for row in found})
    apart = np.setdiff1d(of.counted, rows).tolist()
    head = tuple(of.t(key) for key in ("col_region", "col_incidents", "col_killed", "col_unknown"))
    told = of.filled(
        "regions_apart", number=of.counted_as(apart, f"outside-{each['key']}", of.t("sum_apart", set=title))
    )
    return [
        Heading(title),
        Table(title, head, cells, frozenset({1, 2, 3}), is_titled=True),
        *([Paragraph(told)] if apart else []),
    ]


def _row(of: Writing, anchor: str, region: dict[str, Any], rows: list[int]) -> tuple[Text, ...]:
    name = of.words.local(region["name"])
    told = of.t("sum_region", name=name)
    lacking = of.lacking(rows)
    return (
        text(name), of.number_of(rows, anchor, told), of.killed_in(rows, anchor, told),
        of.counted_as(lacking, f"unknown-{anchor}", f"{told} {of.t('sum_unknown')}"),
    )  # fmt: skip
