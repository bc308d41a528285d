"""Keep account of which pages say the same in both languages, and have a page say so whose twin was changed later.

Usage: python docs/twins.py, after a page was changed. Where both pages of a pair were changed since they last said the
same, they are taken to do so again. Where one was, the other gets a line below its title, until it is changed as well.
docs/twins.json has what each pair looked like when it last said the same; pages that the program makes are not in it.
"""

from __future__ import annotations

import json
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from willay.events.cli.reference import PAGES

DOCS: Final = Path(__file__).parent
LEDGER: Final = DOCS / "twins.json"
LANGUAGES: Final = ("en", "es")
NOTICES: Final = {
    "en": "> The Spanish page was changed later than this one, which may lack something.",
    "es": "> La página en inglés se cambió después de esta, a la que le puede faltar algo.",
}
_FENCE: Final = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_TITLE: Final = re.compile(r"^# .*$", re.MULTILINE)

Ledger = dict[str, dict[str, str]]


def pairs(docs: Path = DOCS) -> list[str]:
    """Return the names of the pages that both trees have and people write."""
    made = {f"reference/{name}.md" for name in PAGES}
    trees = ({file.relative_to(docs / lang).as_posix() for file in (docs / lang).rglob("*.md")} for lang in LANGUAGES)
    return sorted(set.intersection(*trees) - made)


def digest(text: str, lang: str) -> str:
    """Return what a page looks like, its code and the notice apart: code is the same in both, which a test holds."""
    words = " ".join(_FENCE.sub("", text.replace(NOTICES[lang], "")).split())
    return sha256(words.encode()).hexdigest()[:16]


def noticed(text: str, lang: str, *, is_behind: bool) -> str:
    """Return a page with the notice below its title, or without."""
    plain = text.replace(f"{NOTICES[lang]}\n\n", "")
    if not is_behind:
        return plain
    return _TITLE.sub(lambda title: f"{title[0]}\n\n{NOTICES[lang]}", plain, count=1)


def settled(name: str, texts: dict[str, str], ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the ledger is to have of a pair, and its pages as they are to be, by language."""
    now = {lang: digest(texts[lang], lang) for lang in LANGUAGES}
    was = ledger.get(name, now)
    changed = {lang for lang in LANGUAGES if now[lang] != was[lang]}
    behind = set(LANGUAGES) - changed if len(changed) == 1 else set()
    pages = {lang: noticed(texts[lang], lang, is_behind=lang in behind) for lang in LANGUAGES}
    return (was if behind else now), pages


def read_pair(name: str, docs: Path = DOCS) -> dict[str, str]:
    """Return the two pages of a name, by language."""
    return {lang: (docs / lang / name).read_text("utf-8") for lang in LANGUAGES}


def settle(docs: Path = DOCS, ledger: Path = LEDGER) -> list[str]:
    """Bring notices and ledger up to the pages; return the pages that are behind, as `LANG/NAME`."""
    known: Ledger = json.loads(ledger.read_text("utf-8")) if ledger.exists() else {}
    kept, late = {}, []
    for name in pairs(docs):
        kept[name], pages = settled(name, read_pair(name, docs), known)
        for lang, text in pages.items():
            (docs / lang / name).write_text(text, "utf-8")
            late += [f"{lang}/{name}"] if NOTICES[lang] in text else []
    ledger.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    return late


if __name__ == "__main__":
    sys.stdout.write("".join(f"{name} is behind its twin, and says so\n" for name in settle()))
