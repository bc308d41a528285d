"""Write the pages of docs/*/reference that are made of the program itself, in both languages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from willay.events.cli.reference import PAGES, made_page
from willay.geo.translation import LANGUAGES

DOCS: Final = Path(__file__).parent


def target(name: str, lang: str) -> Path:
    """Return the file of a page in a language."""
    return DOCS / lang / "reference" / f"{name}.md"


if __name__ == "__main__":
    for language in LANGUAGES:
        for page in PAGES:
            target(page, language).write_text(made_page(page, language), "utf-8")
    sys.stdout.write(f"{len(PAGES)} pages of the reference written in {', '.join(LANGUAGES)}\n")
