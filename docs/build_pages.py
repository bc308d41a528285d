"""Build the pages of both languages with Sphinx, without a warning, and check what they link to and load.

Usage: python docs/build_pages.py [FOLDER]; the default is build/docs. The pages open from a disk: nothing is loaded
from the network.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assembling import DOCS, LANGUAGES, ROOT, assemble
from built_links import faults


def build(target: Path) -> None:
    """Build all pages into a folder, a folder for each language.

    Raises:
        SystemExit: Sphinx warns, or a link leads nowhere, or a page loads something from elsewhere.
    """
    for lang in LANGUAGES:
        source = target / "source" / lang
        assemble(lang, source)
        options = ["-W", "--keep-going", "-q", "-E", "-b", "html", "-c", str(DOCS), "-D", f"language={lang}"]
        words = [sys.executable, "-m", "sphinx", *options, "-d", str(target / "trees" / lang)]
        done = subprocess.run([*words, str(source), str(target / lang)], check=False)  # noqa: S603 — our own words
        if done.returncode:
            sys.exit(done.returncode)
    found = faults(target, LANGUAGES)
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"
    build(folder)
    print(f"{folder}/en/index.html and {folder}/es/index.html written")  # noqa: T201 — a script that says what it did
