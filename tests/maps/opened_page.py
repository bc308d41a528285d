"""A page in the browser, as tests look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Opened:
    """A page in the browser, and all that it said or asked for."""

    page: Any  # Any: playwright's page
    path: Path
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return " ".join(self.page.inner_text(selector).split())
