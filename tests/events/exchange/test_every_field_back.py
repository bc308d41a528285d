"""Out of a database into each format, and back: every field comes back, or the report of the file names it.

The fields are those of the models, each filled with a word of its own (`markers`), so that a new field is tried in all
formats, and a format that loses it without saying so fails.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from markers import Marks
from terms_examples import EVERYTHING, FILES, IDS, exported, new_store, taken_in

from willay.data.profiles import profile
from willay.events.exchange.outgoing import WRITERS, WritingOptions, write
from willay.events.exchange.outgoing.left_out import PARTS, in_few_words, left_out, paths
from willay.events.model.drafts import ActorDraft, Bundle, CaseDraft, IncidentDraft, SourceDraft, draft
from willay.events.model.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.exchange.outgoing import Written
    from willay.events.store import Store

LANGUAGES = {"es", "en", "und"}
OF_REGISTERS = {"sources": SourceDraft, "actors": ActorDraft, "cases": CaseDraft}
NOT_FILLED = {
    "part_of", "dataset", "dataset_id", "assigned_to", "attachments", "sources.attachments", "sources.licence",
    "actors.part_of", "places.region", "claims.scope", "claims.label", "claims.supersedes", "claims.adds",
    "claims.zero_is_unknown", "cases.phases.sources",
}  # fmt: skip
"""Fields that this test leaves blank: they refer to other incidents or files, or would take the figure away."""


def bundle() -> Bundle:
    """One incident in which every field says something of its own, with the source, actor and case that it names."""
    marks = Marks("zz")
    source = marks.filled(SourceDraft, attachments=None, sensitivity="restricted")
    actor = marks.filled(ActorDraft, kind="rebel-group", sensitivity="restricted")
    case = marks.filled(CaseDraft, sources=[source["key"]])
    case["phases"][0]["source"] = source["key"]
    blank = dict.fromkeys(("dataset", "dataset_id", "part_of", "attachments", "assigned_to"))
    incident = marks.filled(
        IncidentDraft, sources=[source["key"]], cases=[case["key"]], sensitivity="confidential", **blank
    )
    incident["places"][0]["sensitivity"] = "restricted"
    incident["claims"][0] |= {"source": source["key"]}
    del incident["claims"][0]["scope"]
    incident["parties"][0]["actor"] = actor["key"]
    lists = {"sources": [source], "actors": [actor], "cases": [case], "incidents": [incident]}
    return draft(Bundle, lists)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("full") / "full.gpkg") as store:
        store.write.add(bundle(), author="ana")
        yield store


def leaves(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value of a document with its path; of a text by language the path has no language."""
    if isinstance(document, dict):
        for name, value in document.items():
            inner = path if name in LANGUAGES or path == "original" else f"{path}.{name}".lstrip(".")
            yield from leaves(value, inner)
    elif isinstance(document, (list, tuple)):
        for value in document:
            yield from leaves(value, path)
    elif document is not None:
        yield path, str(document)


def values(store: Store) -> dict[str, set[str]]:
    """Return what each field of the record says."""
    found: dict[str, set[str]] = {}
    codes = [code for page in store.read.pages(EVERYTHING, profile=None, details=False) for code in page.of("code")]
    documents: list[tuple[str, Any]] = [("", store.read.draft(code).draft) for code in codes]
    documents += [(part, one) for part in OF_REGISTERS for one in getattr(store.registers, part)()]
    for part, document in documents:
        for path, value in leaves(document.model_dump(mode="json", exclude_defaults=True, exclude_none=True), part):
            found.setdefault(path, set()).add(value)
    return found


def lost(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    return [path for path, said in before.items() if not said & after.get(path, set())]


def test_every_field_is_filled(full: Store) -> None:
    assert {*paths()} - {*values(full)} - NOT_FILLED == {"claims.group", "country"} - {*values(full)}


@pytest.mark.parametrize(("name", "flat"), FILES, ids=IDS)
def test_every_field_comes_back_or_is_named(full: Store, tmp_path: Path, name: str, *, flat: bool) -> None:
    path = exported(full, tmp_path / "x", name, flat=flat)
    with new_store(tmp_path / "copy.gpkg") as copy:
        outcomes = taken_in(copy, path)
        assert [outcome.ending for outcome in outcomes] == ["accepted"]
        missing = lost(values(full), values(copy))
    named = () if WRITERS[name].lossless and not flat else left_out(name)
    assert [field for field in missing if field not in named] == []


@pytest.mark.parametrize("name", [name for name, form in WRITERS.items() if not form.lossless])
def test_nothing_is_named_that_comes_back(full: Store, tmp_path: Path, name: str) -> None:
    path = exported(full, tmp_path / "x", name)
    with new_store(tmp_path / "copy.gpkg") as copy:
        taken_in(copy, path)
        missing = lost(values(full), values(copy))
    filled = {*values(full)}
    told = [field for field in left_out(name) if field in filled and field not in missing]
    assert told == [], " ".join(told)


def written(store: Store, folder: Path, name: str, **reads: bool) -> Written:
    form = WRITERS[name]
    suffix = form.suffixes[0] if form.suffixes else ".csv"
    pages = store.read.pages(EVERYTHING, profile=profile("internal"), **{**form.reads(), **reads})
    return write(pages, folder / f"a{suffix}", name, WritingOptions(own_use=True))


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_answers_with_the_fields_that_it_leaves_out(full: Store, tmp_path: Path, name: str) -> None:
    assert written(full, tmp_path, name).left_out == (() if WRITERS[name].lossless else left_out(name))


def test_a_lossless_format_that_is_written_flat_is_flat(full: Store, tmp_path: Path) -> None:
    assert written(full, tmp_path, "geojson", drafts=False).left_out == left_out("geojson")


def test_fields_are_named_shortly() -> None:
    whole = [path for path in paths() if path.startswith("sources.")]
    assert in_few_words([*whole, "notes", "claims.note"]) == "notes, claims.note, sources.*"


def test_paths_are_those_of_the_models() -> None:
    assert {"title", "places.lon", "claims.note", "sources.url", "cases.phases.from_day"} <= {*paths()}
    assert len({*paths()}) == sum(
        len([name for name in fields_of(model) if name not in ("places", "claims", "parties", "phases")])
        for model in PARTS.values()
    )
