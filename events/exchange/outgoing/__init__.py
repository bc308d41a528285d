"""Files out of the record: incidents, as they come, into a file of any format.

A writer takes pages in order, one after the other, so that memory stays flat at any size; it writes next to its
target and renames, never replaces a file without `force`, and gives the same bytes for the same incidents.
"""

from __future__ import annotations

from willay.events.exchange.outgoing.formats import WRITERS, Format, format_of, write
from willay.events.exchange.outgoing.options import Registers, WritingOptions
from willay.events.exchange.outgoing.spreadsheet import neutral, restored
from willay.events.exchange.outgoing.written import Written

__all__ = [
    "WRITERS",
    "Format",
    "Registers",
    "WritingOptions",
    "Written",
    "format_of",
    "neutral",
    "restored",
    "write",
]
