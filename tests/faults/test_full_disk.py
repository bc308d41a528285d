"""A full disk: each command that writes a file fails with one sentence, and leaves nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import full_disk
import pyrage
import pytest
import worker

from willay.events.exchange.outgoing import WRITERS
from willay.events.founding import create_database
from willay.events.model.drafts import Bundle, draft
from willay.events.store.opened import utc_now

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = pyrage.x25519.Identity.generate()
KEY = str(IDENTITY.to_public())
COMMANDS = {
    **{
        f"export {form.name}{suffix}": ["export", f"x{suffix}", "--format", form.name, "--status", "draft"]
        for form in WRITERS.values()
        for suffix in form.suffixes[-1:] or (".csv",)
    },
    "regions": ["regions", "export", "x.gpkg"],
    "page": ["map", "atlas", "x.html", "--status", "draft"],
    **{
        f"picture {end}": ["map", "choropleth", f"x.{end}", "--status", "draft", "--dpi", "60", "--size", "a5"]
        for end in ("png", "svg", "pdf")
    },
    "backup": ["backup", "x.gpkg"],
    "encrypted backup": ["backup", "x.gpkg.age", "--recipient", KEY],
    "restore": ["restore", "DATABASE", "--db", "x.gpkg"],
    "restore what was encrypted": ["restore", "ENCRYPTED", "--identity", "IDENTITY", "--db", "x.gpkg"],
    "release": ["release", "make", "x", "--publisher", "x", "--status", "draft", "--format", "xlsx"],
}


@pytest.fixture(scope="module")
def endings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What became of each command, run by one process that loads the libraries once."""
    path: Path = tmp_path_factory.mktemp("full") / "w.gpkg"
    with create_database(path, country="PE", policy=None, clock=utc_now) as store:
        rows = [worker.incident(number, key=f"i-{number}") for number in range(60)]
        store.write.add(draft(Bundle, {"sources": [worker.SOURCE], "incidents": rows}), author="setup")
        store.file.copy_encrypted(path.with_name("c.age"), [KEY])
    path.with_name("key").write_text(str(IDENTITY))
    files = {"DATABASE": path, "ENCRYPTED": path.with_name("c.age"), "IDENTITY": path.with_name("key")}
    commands = [[str(files.get(word, word)) for word in words] for words in COMMANDS.values()]
    given = [words if "--db" in words else [*words, "--db", str(path)] for words in commands]
    ran = subprocess.run(
        [sys.executable, full_disk.__file__], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return dict(zip(COMMANDS, json.loads(ran.stdout), strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_told_in_one_sentence_and_nothing_is_left(endings: dict[str, list[Any]], name: str) -> None:
    whole, *parts = endings[name]
    assert whole == 0
    assert len(parts) == len(full_disk.SHARES)
    for code, text, left in parts:
        assert code == 6, text
        lines = [line for line in text.splitlines() if not line.startswith("x.")]
        assert len(lines) == 1, text
        assert lines[0].startswith("willay: ")
        assert re.search("Check the (folder and the )?disk", lines[0])
        assert left == []
