"""Substitutes: documents that stand in an answer in the place of what is recorded now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from willay.events.store.record.rows import located_places, spots_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document


@dataclass(frozen=True, slots=True)
class Substitute:
    """What is shown in the place of an incident as it is recorded now.

    Attributes:
        fid: The number of its row.
        record: Its document: id, code, revision, recorded_at, draft; of a coarse one what may be shown.
        spots: Where its places are.
        sources: The documents that stand for its sources where it is coarse, by key.
        actors: The same of its parties.
    """

    fid: int
    record: Document
    spots: Sequence[Spot]
    sources: Mapping[str, Document] = field(default_factory=dict)
    actors: Mapping[str, Document] = field(default_factory=dict)


def substituted(records: Sequence[tuple[int, Document]], regions: gpd.GeoDataFrame) -> list[Substitute]:
    """Return incidents with all that is known of them, in their order.

    Args:
        records: The numbers of their rows, and their documents.
        regions: All versions of regions, as they were known.
    """
    located = located_places([record["draft"] for _, record in records], regions)
    return [Substitute(fid, record, spots_of(places)) for (fid, record), places in zip(records, located, strict=True)]
