"""What is recorded and written is the same in every language; what a person is told is in theirs."""

from __future__ import annotations

import csv
import json
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from language_examples import contents, fresh, imports_of, new_store, plan_of
from store_examples import DOCUMENT, SURVEY, fill

from willay.events.exchange.outgoing import WRITERS, WritingOptions, write
from willay.events.model.drafts import Bundle
from willay.events.model.reasons import DELETED, REASONS, reason_in_words, recorded_reason
from willay.events.release.build import make_release
from willay.events.store import Store
from willay.geo.translation import LANGUAGES, in_language, tr

if TYPE_CHECKING:
    from pathlib import Path


def test_imports_record_and_write_the_same_in_every_language(tmp_path: Path) -> None:
    shown = {}
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        with in_language(lang):
            shown[lang] = imports_of(tmp_path / lang)
    assert contents(tmp_path / "es" / "w.gpkg") == contents(tmp_path / "en" / "w.gpkg")
    files = sorted(path.name for path in (tmp_path / "en").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "es").iterdir())
    for name in files:
        ours, theirs = (tmp_path / lang / name for lang in LANGUAGES)
        if name.endswith(".quarantine.csv"):
            assert without_reasons(ours) == without_reasons(theirs)
        else:
            assert ours.read_bytes() == theirs.read_bytes(), name
    assert len(shown["en"]) == len(shown["es"])
    assert not set(shown["en"]) & set(shown["es"])


def without_reasons(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of rows to be corrected, but for what is said to the person who corrects them."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if name != "willay_reason"} for row in csv.DictReader(file)]


def test_a_person_who_corrects_rows_reads_their_faults_in_their_language(tmp_path: Path) -> None:
    with in_language("es"):
        imports_of(tmp_path)
    with (tmp_path / "hechos.quarantine.csv").open(encoding="utf-8", newline="") as file:
        reasons = {row["willay_value"]: row["willay_reason"] for row in csv.DictReader(file)}
    assert reasons["zzz"].startswith("no existe este tipo de incidente.")
    report = json.loads((tmp_path / "hechos.import.json").read_text("utf-8"))
    assert any(one["reason"].startswith("unknown event type.") for one in report["faults"])


def changed(folder: Path) -> None:
    """Make every kind of change to a new database."""
    with new_store(folder / "w.gpkg") as store:
        fill(store)
        store.write.edit("bridge", {"title": {"es": "Otro"}}, author="ana", reason="better")
        store.write.revert("bridge", 16, author="ana", reason="worse")
        store.write.redact("bridge", "notes", author="ana", reason="a name", instead="Days differ.")
        store.write.withdraw_claim("whole-east", 1, author="ana", reason="x") if claims(store, "whole-east") else None
        store.write.retract("undated", author="ana", reason="never was")
        store.attachments.remove("daily", ["clip.txt"], kind="source", author="ana", reason="twice")
        store.registers.describe_dataset(SURVEY, author="ana", reason="")
        store.file.copy_to(folder / "copy.gpkg")


def claims(store: Store, code: str) -> int:
    return len(store.read.draft(code).draft.claims)


def test_changes_are_recorded_in_the_same_words_in_every_language(tmp_path: Path) -> None:
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        with in_language(lang):
            changed(tmp_path / lang)
    for name in ("w.gpkg", "copy.gpkg"):
        assert contents(tmp_path / "es" / name) == contents(tmp_path / "en" / name)


def test_exports_and_releases_are_the_same_files_in_every_language(tmp_path: Path) -> None:
    with new_store(tmp_path / "w.gpkg", review="one-person") as store:
        store.write.add(Bundle.model_validate(DOCUMENT), author="ana")
        for lang in LANGUAGES:
            (tmp_path / lang).mkdir()
            with in_language(lang):
                for name in WRITERS:
                    file = tmp_path / lang / name / f"out{next(iter(WRITERS[name].suffixes), '.csv')}"
                    file.parent.mkdir()
                    pages = store.read.pages(profile="internal", **WRITERS[name].reads())
                    write(pages, file, name, WritingOptions(own_use=True))
                make_release(store, plan_of(store), tmp_path / lang / "r1")
    ours = files_in(tmp_path / "en")
    assert [name for name, content in files_in(tmp_path / "es").items() if content != ours[name]] == []


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_reasons_that_the_program_recorded_are_in_the_language_of_who_reads_them(tmp_path: Path) -> None:
    imports_of(fresh(tmp_path / "en"))
    with Store.open(tmp_path / "en" / "w.gpkg") as store:
        recorded = {row.reason for row in store.read.history("PE-2012-0004")}
    assert DELETED in recorded
    with in_language("es"):
        assert reason_in_words("a file; retained ours: title") == "a file; se conservó lo nuestro: title"
        assert reason_in_words(DELETED) == "eliminado por el conjunto de datos"
        assert reason_in_words("un vecino") == "un vecino"


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_recorded_in_english_and_found_again(reason: str) -> None:
    values = {name: f"a {name}; b" for _, name, _, _ in Formatter().parse(reason) if name}
    with in_language("es"):
        recorded = recorded_reason(reason, **values)
        assert recorded == reason.format(**values)
        assert reason_in_words(recorded) == tr(reason, **values)
