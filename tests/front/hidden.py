"""What the database of these tests has, and no profile but the record shows."""

from __future__ import annotations

HIDDEN = "A meeting that nobody may know of"
