"""Voices by language in a database: its files of before, its columns, its past, what leaves it and what comes back."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from store_examples import Counted, Ticking

from willay.data.profiles import profile
from willay.events.exchange.incoming.willay import read_willay
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.frame.query import IncidentQuery
from willay.events.model.draftbase import REDACTED
from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.model.errors import DatabaseError
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAIN = "Ombudsman's Office (Defensoría del Pueblo)"
OMBUDSMAN = {"es": "Defensoría del Pueblo", "en": PLAIN}
MAYOR = {"es": "Alcalde de Yauri", "en": "Mayor of Yauri"}


def bundle(*voices: Any, **fields: Any) -> Bundle:
    said = [
        {"measure": "killed", "count": str(number), "source": "daily", "attributed_to": voice}
        for number, voice in enumerate(voices, start=1)
    ]
    incident = {"key": "yauri", "title": "Strike", "type": "protest", "days": "2012-05-28", "status": "published"}
    sources = [{"key": "daily", "kind": "press", "publisher": "The Daily"}]
    return draft(Bundle, {"sources": sources, "incidents": [{**incident, "claims": said, **fields}]})


def revisions(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT number, document, digest, masked_digest FROM revision ORDER BY number").fetchall()


def as_of_before(path: Path) -> None:
    """Make a file one of before: its voices were plain texts, and each name was a voice."""
    with closing(sqlite3.connect(path)) as file, file:
        (fields,) = file.execute("SELECT value FROM meta WHERE key = 'fields'").fetchone()
        kept = " ".join(name for name in fields.split() if "+" not in name)
        file.execute("UPDATE meta SET value = ? WHERE key = 'fields'", [kept])
        file.execute("UPDATE incident SET killed_low = 1 WHERE killed_low = 2")


def test_a_file_of_before_keeps_every_byte_of_its_record_and_derives_its_figures_again(
    make_store: Callable[..., Store],
) -> None:
    store = make_store(filled=bundle("Defensoría del Pueblo", PLAIN))
    path = store.path
    assert store.read.select()["killed_low"].tolist() == [2]  # one voice, whose last word it is
    store.close()
    as_of_before(path)
    before = revisions(path)
    with Store.open(path) as later:
        assert revisions(path) == before
        assert later.read.select()["killed_low"].tolist() == [2]
        assert later.file.check() == ()
        later.write.edit("yauri", {"tags": ["x"]}, author="ana", reason="x")
        (one,) = later.read.select()["details"]
        assert [claim["attributed_to"] for claim in json.loads(one)["claims"]] == ["Defensoría del Pueblo", PLAIN]
    assert [row[2:] for row in revisions(path)[: len(before)]] == [row[2:] for row in before]


def test_a_version_of_before_refuses_a_file_that_may_have_voices_by_language(
    make_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(filled=bundle(OMBUDSMAN))
    store.close()
    known = "willay.events.store.schema.versions.FIELDS"
    with closing(sqlite3.connect(store.path)) as file:
        (fields,) = file.execute("SELECT value FROM meta WHERE key = 'fields'").fetchone()
    monkeypatch.setattr(known, " ".join(name for name in fields.split() if "+" not in name))
    with pytest.raises(DatabaseError, match="made by a newer willay"):
        Store.open(store.path)


def test_the_table_of_claims_and_its_view_have_a_voice_as_one_text(make_store: Callable[..., Store]) -> None:
    store = make_store(filled=bundle(OMBUDSMAN, "The mayor", {"en": "A witness"}))
    store.close()
    with closing(sqlite3.connect(store.path)) as file:
        for table in ("claim", "claims"):
            rows = file.execute(f"SELECT attributed_to FROM {table}").fetchall()  # noqa: S608 — names of ours
            assert [name for (name,) in rows] == ["Defensoría del Pueblo", "The mayor", "A witness"]


def test_a_translation_is_an_edit_like_any_other_and_the_past_has_the_text_of_then(
    make_store: Callable[..., Store], clock: Ticking
) -> None:
    store = make_store(filled=bundle(MAYOR["en"]))
    then = clock.now
    said = store.read.draft("yauri").draft.claims[0]
    store.write.edit("yauri", {"claims": [said.model_copy(update={"attributed_to": MAYOR})]}, author="a", reason="x")

    def voice(**asked: Any) -> Any:
        (card,) = store.read.select(IncidentQuery(**asked))["details"]
        return json.loads(card)["claims"][0]["attributed_to"]

    assert voice() == MAYOR
    assert voice(as_of=then) == MAYOR["en"]
    store.write.revert("yauri", store.read.history("yauri")[0].number, author="a", reason="x")
    assert voice() == MAYOR["en"]


def test_a_new_count_of_a_body_in_another_language_is_its_last_word(make_store: Callable[..., Store]) -> None:
    store = make_store(filled=bundle(OMBUDSMAN["es"]))
    count = {"measure": "killed", "count": "9", "source": "daily", "attributed_to": PLAIN, "stated_on": "2012-06-01"}
    store.write.add_claims("yauri", [draft(ClaimDraft, {**count, "supersedes": 1})], author="a", reason="x")
    assert store.read.select()[["killed_low", "killed_high"]].to_numpy().tolist() == [[9, 9]]


def test_a_voice_is_erased_in_each_language(make_store: Callable[..., Store]) -> None:
    store = make_store(filled=bundle(MAYOR))
    for lang, instead in (("es", "Un funcionario"), ("en", "An official")):
        store.write.redact("yauri", f"claims[0].attributed_to.{lang}", author="ana", reason="a name", instead=instead)
    (card,) = store.read.select()["details"]
    assert json.loads(card)["claims"][0]["attributed_to"] == {"es": "Un funcionario", "en": "An official"}
    store.close()
    with closing(sqlite3.connect(store.path)) as file:
        kept = [text for (text,) in file.execute("SELECT document FROM revision") if text and "Strike" in text]
    assert kept
    assert not any("Yauri" in text for text in kept)
    assert REDACTED in kept[0]


def exported(store: Store, path: Path, seen_by: str = "internal", **options: Any) -> Path:
    seen = profile(seen_by)
    registers = Registers.of(*store.registers.shown(seen))
    is_table = path.suffix == ".csv"
    pages = store.read.pages(profile=seen, details=is_table, drafts=not is_table)
    write(pages, path, path.suffix[1:], WritingOptions(registers=registers, **options))
    return path


def test_a_table_has_a_voice_in_its_language_and_a_file_of_everything_has_both(
    make_store: Callable[..., Store], tmp_path: Path
) -> None:
    store = make_store(filled=bundle(OMBUDSMAN, "The mayor"))
    for lang in ("es", "en"):
        exported(store, tmp_path / f"{lang}.csv", lang=lang, tables=True)
        with (tmp_path / f"{lang}.claims.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["attributed_to"] for row in csv.DictReader(file)] == [OMBUDSMAN[lang], "The mayor"]
    with Store.create(tmp_path / "other.gpkg", country="PE", clock=Ticking(), entropy=Counted()) as other:
        reading = read_willay(exported(store, tmp_path / "all.geojson"))
        for batch in reading.batches:
            other.write.import_rows(batch, reading.terms, author="b", reason="x")
        assert [claim.attributed_to for claim in other.read.draft("yauri").draft.claims] == [OMBUDSMAN, "The mayor"]


def test_withheld_voices_stay_apart_and_are_called_so_in_both_languages(make_store: Callable[..., Store]) -> None:
    store = make_store(filled=bundle(MAYOR, "The bishop", MAYOR["en"], sensitivity="restricted"))
    (card,) = store.read.select(profile=profile("public"))["details"]
    first = {"en": "Name withheld", "es": "Nombre reservado"}
    second = {lang: f"{name} 2" for lang, name in first.items()}
    assert [claim["attributed_to"] for claim in json.loads(card)["claims"]] == [first, second, first]


def test_a_withheld_publisher_is_called_so_in_both_languages_on_a_card(make_store: Callable[..., Store]) -> None:
    made = bundle(MAYOR, sensitivity="restricted")
    quiet = made.sources[0].model_copy(update={"sensitivity": "confidential"})
    store = make_store(filled=made.model_copy(update={"sources": (quiet,)}))
    (card,) = store.read.select(profile=profile("public"))["details"]
    ((_, source),) = json.loads(card)["sources"].items()
    assert source["publisher"] == {"en": "Name withheld", "es": "Nombre reservado"}
