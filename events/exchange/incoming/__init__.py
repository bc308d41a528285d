"""Files into the record: one reader for each format, all giving the same foreign rows."""

from __future__ import annotations

from willay.events.exchange.incoming.formats import FORMATS, guess_format, open_reading
from willay.events.exchange.incoming.options import ReadingOptions

__all__ = ["FORMATS", "ReadingOptions", "guess_format", "open_reading"]
