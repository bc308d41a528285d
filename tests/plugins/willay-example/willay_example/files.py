"""A country pack and a disclosure profile: files of the package."""

from __future__ import annotations

from pathlib import Path

PACK = Path(__file__).with_name("mm.pack")
PROFILE = Path(__file__).with_name("ministry.toml")
