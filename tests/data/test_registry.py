from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from willay.data.errors import UnknownTermError
from willay.data.registry import DatasetEntry, attributions, dataset, datasets, packs, provenance_markdown, verify

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "data"
SHIPPED = (
    "admin",
    "boundaries",
    "codebook",
    "country_codes",
    "crosswalks",
    "gazetteer",
    "headers",
    "incidents",
    "populations",
    "profiles",
    "voices",
    "world",
    "zones",
)
LICENCES = {
    "Apache-2.0",
    "CC-BY-3.0-IGO",
    "CC-BY-4.0",
    "CC-BY-4.0 AND LicenseRef-public-domain",
    "CC-BY-SA-4.0",
    "MIT",
    "MPL-2.0",
    "LicenseRef-public-domain",
}
"""Each lets the file be passed on; share-alike holds for that file alone, which says so."""


def row_count(file: Path) -> int:
    spec = importlib.util.spec_from_file_location("register", DATA / "sources" / "register.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    counted: int = module.row_count(file)
    return counted


@pytest.mark.parametrize("entry", datasets(), ids=lambda entry: entry.name)
def test_every_entry_says_what_it_is_and_under_which_terms(entry: DatasetEntry) -> None:
    assert (DATA / entry.path).is_file()
    assert entry.licence in LICENCES
    assert entry.attribution
    assert entry.source
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.retrieved)
    assert entry.made_by == "hand" or (ROOT / entry.made_by).is_file()
    assert entry.rows == row_count(DATA / entry.path)


def test_the_files_are_those_registered() -> None:
    assert verify() == ()


def test_every_shipped_file_is_registered() -> None:
    found = {path.relative_to(DATA).as_posix() for top in SHIPPED for path in (DATA / top).rglob("*") if path.is_file()}
    assert found == {entry.path for entry in datasets()} | set(packs())


def test_names_and_paths_are_unique() -> None:
    assert len({entry.name for entry in datasets()}) == len({entry.path for entry in datasets()}) == len(datasets())


def test_provenance_is_written_from_the_registry() -> None:
    assert (DATA / "PROVENANCE.md").read_text("utf-8") == provenance_markdown(), (
        "run make data, or build.py --registry-only"
    )


def test_an_unknown_dataset_is_refused_and_credits_are_given_once() -> None:
    with pytest.raises(UnknownTermError, match="willay includes no dataset 'gadm'"):
        dataset("gadm")
    assert attributions(["peru", "neighbours"]) == ("Made with Natural Earth",)
