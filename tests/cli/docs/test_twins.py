"""A page whose twin in the other language was changed later says so, until it is changed as well."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from guide import DOCS

sys.path.insert(0, str(DOCS))

import twins

if TYPE_CHECKING:
    from pathlib import Path

SAME = {"en": "# Title\n\nIt is so.\n", "es": "# Título\n\nEs así.\n"}
PAGE = "how-to/one.md"


@pytest.mark.parametrize("name", twins.pairs())
def test_pages_and_ledger_are_settled(name: str) -> None:
    ledger, texts = json.loads(twins.LEDGER.read_text("utf-8")), twins.read_pair(name)
    assert twins.settled(name, texts, ledger) == (ledger.get(name), texts), "run python docs/twins.py"


def write(folder: Path, lang: str, text: str) -> None:
    (folder / lang / "how-to").mkdir(parents=True, exist_ok=True)
    (folder / lang / PAGE).write_text(text, "utf-8")


def test_a_page_says_so_until_it_is_changed_as_well(tmp_path: Path) -> None:
    ledger = tmp_path / "twins.json"
    for lang, text in SAME.items():
        write(tmp_path, lang, text)
    assert twins.settle(tmp_path, ledger) == []
    write(tmp_path, "en", "# Title\n\nIt is otherwise.\n")
    for _ in range(2):  # it stays there
        assert twins.settle(tmp_path, ledger) == [f"es/{PAGE}"]
    assert twins.read_pair(PAGE, tmp_path)["es"] == f"# Título\n\n{twins.NOTICES['es']}\n\nEs así.\n"
    write(tmp_path, "es", f"# Título\n\n{twins.NOTICES['es']}\n\nEs de otro modo.\n")
    assert twins.settle(tmp_path, ledger) == []
    assert twins.read_pair(PAGE, tmp_path)["es"] == "# Título\n\nEs de otro modo.\n"
    write(tmp_path, "es", SAME["es"])
    assert twins.settle(tmp_path, ledger) == [f"en/{PAGE}"]


def test_code_that_both_have_makes_no_page_late(tmp_path: Path) -> None:
    ledger = tmp_path / "twins.json"
    for lang, text in SAME.items():
        write(tmp_path, lang, text)
    twins.settle(tmp_path, ledger)
    write(tmp_path, "en", f"{SAME['en']}\n```console\n$ willay list\n```\n")
    assert twins.settle(tmp_path, ledger) == []
