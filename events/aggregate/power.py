"""How much of a machine, or of several, may be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

USUAL_MEMORY: Final = 2_000_000_000
"""How many bytes the whole may take, unless asked otherwise."""

_LEAST_MEGABYTES: Final = 64
_SHARE: Final = 4
"""DuckDB may take a quarter of a worker's memory; rows, outlines and Python take the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """Where partitions are summed, and with how much memory.

    Attributes:
        workers: Processes on this machine; 1 is this process.
        scheduler: The address of a Dask scheduler (`tcp://…`), whose workers see the sources under the same paths; its
            workers are used instead.
        memory_bytes: What all workers on this machine may take together, about.

    Example:
        >>> from willay.events.aggregate import Power
        >>> Power(workers=2).memory_bytes
        2000000000
    """

    workers: int = 1
    scheduler: str | None = None
    memory_bytes: int = USUAL_MEMORY

    @property
    def is_here(self) -> bool:
        """Whether this process does it."""
        return self.scheduler is None and self.workers <= 1

    def each_bytes(self) -> int:
        """Return the memory of one worker."""
        return self.memory_bytes // max(self.workers, 1)


def engine_settings(memory_bytes: int, threads: int | None = None) -> dict[str, Any]:
    """Return the settings of DuckDB in a process that may take so much memory; beyond its share it uses the disk."""
    megabytes = max(memory_bytes // _SHARE >> 20, _LEAST_MEGABYTES)
    return {"memory_limit": f"{megabytes}MB"} | ({} if threads is None else {"threads": threads})
