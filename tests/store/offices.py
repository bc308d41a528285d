"""Offices that begin with copies of one file, and exchange what they write by export and import."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store_examples import START, Counted, Ticking

from willay.data.profiles import profile
from willay.events.exchange.incoming.willay import read_willay
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.model.drafts import Bundle, ClaimDraft, draft
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.model.foreign import Batch, Outcome


SUMMARY = {"es": "Como se supo primero."}


@dataclass
class Office:
    """A copy of the database, and who writes in it."""

    name: str
    store: Store
    folder: Path

    def edit(self, code: str = "bridge", **changed: Any) -> None:
        self.store.write.edit(code, changed, author=self.name, reason="x")

    def claim(self, best: int, measure: str = "injured", source: str = "daily") -> None:
        said = ClaimDraft(measure=measure, group="police", best=best, low=best, high=best, source=source)
        self.store.write.add_claims("bridge", [said], author=self.name, reason="heard")

    def add(self, title: str, **more: Any) -> str:
        new = {"title": title, "type": "arrest", "days": "2012-05-28", **more}
        return self.store.write.add(draft(Bundle, {"incidents": [new]}), author=self.name).codes[0]

    def send(self, seen_by: str = "internal") -> Path:
        """Export everything, as `willay export x.ndjson` does."""
        path = self.folder / f"{self.name}-{len([*self.folder.iterdir()])}.ndjson"
        seen = profile(seen_by)
        registers = Registers.of(*self.store.registers.shown(seen))
        pages = self.store.read.pages(profile=seen, details=False, drafts=True)
        write(pages, path, "ndjson", WritingOptions(registers=registers))
        return path

    def receive(self, path: Path, change: Callable[[Batch], Batch] = lambda batch: batch) -> list[Outcome]:
        reading = read_willay(path)
        done = [
            outcome
            for batch in reading.batches
            for outcome in self.store.write.import_rows(
                change(batch), reading.terms, author=self.name, reason="from the other"
            )
        ]
        assert [one for one in done if one.ending == "quarantined"] == []
        return done

    def draft(self, code: str = "bridge") -> dict[str, Any]:
        return self.store.read.draft(code).draft.model_dump(mode="json", exclude_none=True)

    def state(self) -> dict[str, Any]:
        """Everything that is recorded of incidents, by id."""
        every = self.store.read.select(details=False, profile=None)["code"].tolist()
        stored = [self.store.read.draft(code) for code in every]
        return {one.id: (one.code, one.revision, one.draft) for one in stored}


class Marked(Counted):
    """Bytes that are the same in each run, and other ones in each office."""

    def __init__(self, mark: int) -> None:
        super().__init__()
        self.mark = mark

    def __call__(self, size: int) -> bytes:
        return super().__call__(size)[:-1] + bytes([self.mark])


def copies(first: Path, folder: Path, *names: str) -> list[Office]:
    made = []
    for number, name in enumerate(names, start=1):
        copy = shutil.copy(first, folder / f"{name}.gpkg")
        store = Store.open(copy, clock=Ticking(START + timedelta(days=1)), entropy=Marked(number))
        files = folder / name
        files.mkdir()
        made.append(Office(name, store, files))
    return made


def exchange(one: Office, other: Office) -> tuple[list[Outcome], list[Outcome]]:
    """Both export, then both import: what the other had before it knew of ours."""
    mine, theirs = one.send(), other.send()
    return one.receive(theirs), other.receive(mine)


def flags(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(flag.field, flag.reason.split(".")[0].split(";")[0]) for one in outcomes for flag in one.flags]


def endings(outcomes: list[Outcome]) -> set[str]:
    return {one.ending for one in outcomes}


def without_history(batch: Batch) -> Batch:
    """As willay exported before: no digests, nothing of writers."""
    rows = [
        replace(row, identity=replace(row.identity, digests=(), seen=(), writers=(), redacted=()))
        for row in batch.rows
        if row.identity
    ]
    return replace(batch, rows=tuple(rows))
