"""Names of things: UUIDv7 for machines, codes such as PE-2009-0001 for people, moments as text."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Final

RANDOM_BYTES: Final = 10
_UNDATED: Final = "0000"

OFFICE_BYTES: Final = 16


def uuid7(moment: datetime, random_bytes: bytes) -> str:
    """Make a UUID of version 7 (RFC 9562, 5.7): milliseconds since 1970, then random bits.

    Args:
        moment: Aware.
        random_bytes: `RANDOM_BYTES` bytes, of which 74 bits are used.
    """
    milliseconds = int(moment.timestamp() * 1000)
    value = milliseconds << 80 | int.from_bytes(random_bytes, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def office_id(random_bytes: bytes) -> str:
    """Make the id of an office: `OFFICE_BYTES` bytes in base32 (RFC 4648, 6), small letters, 26 of them."""
    return base64.b32encode(random_bytes).decode().rstrip("=").lower()


def code_stem(country: str, first_day: str | None) -> str:
    """Return the beginning of an incident's code: its country and the year of its first day, 0000 if undated."""
    return f"{country}-{first_day[:4] if first_day else _UNDATED}-"


def numbered_code(stem: str, number: int) -> str:
    """Return a code: four digits, more from 10,000 on."""
    return f"{stem}{number:04d}"


def moment_text(moment: datetime) -> str:
    """Write a moment (aware) as ISO 8601 in UTC with microseconds, so that texts sort as moments do."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment_of(text: str) -> datetime:
    """Read a moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)
