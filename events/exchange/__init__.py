"""Files out of and into the record. Formats know the incident frame, never the store."""

from __future__ import annotations

from willay.events.exchange.geojson import geojson_text, write_incidents

__all__ = ["geojson_text", "write_incidents"]
