"""The sums of finished partitions, on disk: they are added up from there, and a stopped run goes on with them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from willay.events.aggregate.summing import ACCOUNT, require_parquet
from willay.geo.writing import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from willay.events.aggregate.partitions import Partition


class Partial(NamedTuple):
    """The sums of one partition, as files.

    Attributes:
        cells: A Parquet file of cells, with the partition's account in its metadata.
        tiles: A Parquet file of density cells; of none where none were asked for.
    """

    cells: Path
    tiles: Path

    def account(self) -> dict[str, int]:
        """Return where the partition's rows went."""
        metadata = require_parquet().read_schema(self.cells).metadata
        found: dict[str, int] = json.loads(metadata[ACCOUNT])
        return found


class Kept:
    """The folder of finished partitions.

    Args:
        folder: Where it is; made when the first partition is finished.
        digest: What sums depend on besides the rows: the question, the regions, and the version of willay.
    """

    def __init__(self, folder: Path, digest: str) -> None:
        self._folder, self._digest = folder, digest

    def _partial(self, part: Partition) -> Partial:
        file = part.file
        named = f"{self._digest} {file.size} {file.sha256} {part.groups} {part.span or ''} {file.values}"
        stem = sha256(named.encode()).hexdigest()[:40]
        return Partial(self._folder / f"{stem}.cells.parquet", self._folder / f"{stem}.tiles.parquet")

    def finished(self, parts: Iterable[Partition]) -> dict[Partition, Partial]:
        """Return the sums of the partitions that are finished, in the order given."""
        every = {part: self._partial(part) for part in parts}
        return {part: one for part, one in every.items() if one.cells.is_file() and one.tiles.is_file()}

    def put(self, part: Partition, cells: bytes, tiles: bytes) -> Partial:
        """Keep the sums of a partition; the cells, by which it counts as finished, are written last."""
        self._folder.mkdir(parents=True, exist_ok=True)
        found = self._partial(part)
        for path, data in ((found.tiles, tiles), (found.cells, cells)):
            with replacing_bytes(path, force=True) as file:
                file.write(data)
        return found
