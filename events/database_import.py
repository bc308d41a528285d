"""Another database of ours, read for import: its incidents and what they refer to, with nothing left out.

The other file is never changed: it is copied to a temporary folder, and the copy is read; one of an earlier schema is
brought up to date there. What comes in are all incidents, as an export for the own office has them, the sources,
actors and cases, the terms of datasets, indicators, contents of attachments, and those region sets that an incident or
indicator refers to and that are not here. What is here already is never replaced: two incidents are merged as two
exports are, and of entries with one key ours stays.

Settings of the other database, such as its country, policy and rule of review, are its own and stay there.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.exchange.incoming.row_terms import protected
from willay.events.exchange.incoming.willay import MEMBER, reading_of
from willay.events.exchange.outgoing import Registers
from willay.events.exchange.outgoing.needs import Needs
from willay.events.frame.columns import DRAFT, TERMS
from willay.events.frame.query import IncidentQuery
from willay.events.model.attachments import FileRead
from willay.events.model.canonical import value_of
from willay.events.model.drafts import Bundle
from willay.events.model.errors import DatabaseError, DraftError, RefusedError
from willay.events.model.foreign import Batch, DatasetTerms
from willay.events.model.terms import terms_document
from willay.events.store import RegionSet, Store
from willay.events.store.dialects.sqlite.copies import write_copy
from willay.events.store.dialects.sqlite.engine import check_file
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import geopandas as gpd

    from willay.events.frame.cells import IncidentCells
    from willay.events.model.drafts import IndicatorDraft
    from willay.events.model.foreign import Outcome, Reading

_TAKEN: Final = frozenset({"accepted", "updated", "unchanged"})


@dataclass(frozen=True, slots=True)
class Carried:
    """What came in besides incidents.

    Attributes:
        indicators: How many indicators are new here.
        differing: Keys of indicators that are different here; ours stayed.
        contents: How many contents of attachments are new here.
        erased: How many contents were not stored, because they were erased here.
        refused: Why contents could not be stored, each reason once.
    """

    indicators: int = 0
    differing: tuple[str, ...] = ()
    contents: int = 0
    erased: int = 0
    refused: tuple[str, ...] = ()


@contextmanager
def another_database(path: Path, here: Store) -> Iterator[AnotherDatabase]:
    """Open a database for import into another one.

    Args:
        path: The database to be read; not a byte of it is changed.
        here: The database that it is imported into.

    Raises:
        RefusedError: Both are one file.
        DatabaseError: It is not a database of ours, is damaged, or a newer willay made it.
    """
    check_file(path)
    if path.resolve() == here.path.resolve():
        raise RefusedError(
            tr("{path} is the database itself. Give the file of another database to import it.", path=path)
        )
    with tempfile.TemporaryDirectory(prefix="willay-") as folder:
        copy = Path(folder) / "other.gpkg"
        write_copy(path, copy, shared=False)
        try:
            there = Store.open(copy, isolated=True)
        except DatabaseError as error:
            raise DatabaseError(str(error).replace(str(copy), str(path))) from error
        with there:
            yield AnotherDatabase(path, there, here)


class AnotherDatabase:
    """A database that is read for import; see `another_database`.

    Attributes:
        regions: The region sets that were added here, in order.
    """

    def __init__(self, path: Path, there: Store, here: Store) -> None:
        self._path, self._there, self._here = path, there, here
        self.regions: list[str] = []
        sources, actors, cases = there.registers.documents(None)
        registers = Registers.of_documents(sources, actors, cases)
        self._terms = [_terms_of(row) for row in there.registers.datasets().to_dict("records")]
        self._registers = registers.with_datasets(map(terms_document, self._terms))
        self._indicators = there.registers.indicators()
        self._areas = there.regions.select(profile=None)
        self._sets = set(here.regions.select(profile=None)["set"])
        self._codes: dict[str, str] = {}

    def reading(self, *, author: str, reason: str) -> Reading:
        """Return the incidents as a file that is open for import.

        Args:
            author: Who imports, for region sets that are added.
            reason: Why, or from where, likewise.
        """
        about = {
            "as_of": self._there.read.latest_moment().isoformat(),
            "datasets": [terms_document(terms) for terms in self._terms],
        }
        total = sum(len(page) for page in self._pages(drafts=False))
        reading = protected(reading_of(self._features(), about, tr("a willay database, complete")), about)
        return replace(reading, batches=self._with_regions(reading.batches, author, reason), total=total)

    def heard(self, batch: Batch, outcomes: Sequence[Outcome]) -> None:
        """Learn which incident here each incident there is."""
        for row, outcome in zip(batch.rows, outcomes, strict=True):
            if row.identity and outcome.code and outcome.ending in _TAKEN:
                self._codes[row.identity.code] = outcome.code

    def carry_over(self, *, author: str, reason: str) -> Carried:
        """Bring in what no incident carries: further register entries, indicators, contents of attachments.

        Args:
            author: Who imports.
            reason: Why, or from where.
        """
        registers = self._registers
        rest = Batch(
            (),
            sources=tuple(registers.sources.values()),
            actors=tuple(registers.actors.values()),
            cases=tuple(registers.cases.values()),
            datasets=tuple(self._terms),
        )
        self._here.write.import_rows(rest, DatasetTerms("willay"), author=author, reason=reason)
        new, differing = self._new_indicators()
        for area in {one.area for one in new}:
            self._add_set(area, author, reason)
        if new:
            self._here.write.add(Bundle(indicators=tuple(new)), author=author, reason=reason)
        return self._contents(author, reason, Carried(len(new), differing))

    def _pages(self, *, drafts: bool) -> Iterator[IncidentCells]:
        query = IncidentQuery(statuses=codebook().statuses.codes())
        return self._there.read.pages(query, details=False, drafts=drafts, profile=None)

    def _features(self) -> Iterator[dict[str, Any]]:  # Any: JSON
        needs = Needs(self._registers)
        for page in self._pages(drafts=True):
            cells = zip(page.of(DRAFT), *(page.of(name) for name in TERMS), strict=True)
            for text, *terms in cells:
                state = value_of(text)
                whole = {**state, **needs.first_of(state["draft"])}
                yield {"id": state["code"], MEMBER: whole, "properties": dict(zip(TERMS, terms, strict=True))}

    def _with_regions(self, batches: Iterable[Batch], author: str, reason: str) -> Iterator[Batch]:
        for batch in batches:
            drafts = (row.draft for row in batch.rows if row.draft)
            named = {place["region"] for draft in drafts for place in draft.get("places", ()) if place.get("region")}
            for region in sorted(named):
                self._add_set(region, author, reason)
            yield batch

    def _add_set(self, region: str, author: str, reason: str) -> None:
        """Add the set of a region, if the database has none of its name."""
        name, slash, _ = region.partition("/")
        there: gpd.GeoDataFrame = self._areas[self._areas["set"] == name]
        if not slash or there.empty or name in self._sets:
            return
        credits_ = [value for value in there["attribution"] if isinstance(value, str)]
        licences = [value for value in there["licence"] if isinstance(value, str)]
        added = RegionSet(name, there, next(iter(credits_), None), next(iter(licences), None))
        self._here.regions.add(added, author=author, reason=reason)
        self.regions.append(name)
        self._sets.add(name)

    def _new_indicators(self) -> tuple[list[IndicatorDraft], tuple[str, ...]]:
        """Return the indicators that are not here, and the keys of those that are different here."""
        ours = {one.key: one for one in self._here.registers.indicators()}
        new = [one for one in self._indicators if one.key not in ours]
        return new, tuple(str(one.key) for one in self._indicators if one.key in ours and ours[one.key] != one)

    def _contents(self, author: str, reason: str, carried: Carried) -> Carried:
        """Store the contents of attachments that are listed here too, except those that were erased here."""
        stored, erased, refused = 0, 0, dict[str, None]()
        for one in self._there.attachments.list():
            name = self._codes.get(one.name) if one.kind == "incident" else one.name
            here = self._listed(one.kind, name, one.draft.sha256)
            if name is None or here is None or here.is_here or not one.is_here:
                continue
            if here.erased is not None:
                erased += 1
                continue
            _, content = self._there.attachments.content(one.name, one.draft.sha256, kind=one.kind)
            try:
                file = FileRead(here.draft, content)
                added = self._here.attachments.add(name, [file], kind=one.kind, author=author, reason=reason)
                stored += len(added.stored)
            except (RefusedError, DraftError) as error:
                refused[str(error)] = None
        return Carried(carried.indicators, carried.differing, stored, erased, tuple(refused))

    def _listed(self, kind: Any, name: str | None, sha256: str) -> Any:  # noqa: ANN401 — an owner; an attachment or None
        if name is None or (kind == "source" and self._here.registers.source(name) is None):
            return None
        return next((one for one in self._here.attachments.of(name, kind=kind) if one.draft.sha256 == sha256), None)


def _terms_of(row: Mapping[Any, Any]) -> DatasetTerms:
    return DatasetTerms(**{str(name): value for name, value in row.items()})
