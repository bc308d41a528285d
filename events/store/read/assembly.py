"""Making columns of the incident frame: of stored rows, and of the documents that stand in the place of others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.events.frame.cards import CardWriter, card
from willay.events.frame.columns import BY_LANGUAGE
from willay.events.frame.framing import (
    FRAME_ROW,
    Known,
    actor_names,
    figure_cells,
    figures_of,
    frame_row,
)
from willay.events.frame.units import DECIDING
from willay.events.model.canonical import canonical, value_of
from willay.events.model.figure_policies import is_available
from willay.events.model.terms import strictest_of
from willay.events.model.values import local
from willay.events.store.read.matching import has_words, in_places
from willay.events.store.record.documents import IN_DRAFTS, state_of, texts_in
from willay.events.store.record.rows import LANGUAGE
from willay.events.store.schema.packing import unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document
    from willay.events.store.read.answers import Regions
    from willay.events.store.read.filters import Filter
    from willay.events.store.read.references import References
    from willay.events.store.read.stored import StoredPage, StoredRows
    from willay.events.store.read.substitutes import Substitute


@dataclass(frozen=True, slots=True)
class Made:
    """Some incidents as columns.

    Attributes:
        columns: Those that `frame_row` fills, and `details`; columns in which nothing is known may be absent.
        shapes: The primary places, geometries or None.
        states: Their states as canonical JSON, where these were read.
        levels: How sensitive each is, where that follows from its document; else empty.
    """

    columns: Mapping[str, Sequence[Any]]
    shapes: NDArray[np.object_]
    states: Sequence[str] = ()
    levels: Sequence[str | None] = ()

    @property
    def codes(self) -> Sequence[str]:
        """Their codes."""
        return self.columns["code"]


class Maker:
    """Makes columns of the incidents that answer a query.

    Args:
        asked: The query.
        references: What incidents refer to.
        regions: Returns all versions of regions.
        lang: The language of texts.
        details: Whether cards are made.
        drafts: Whether documents are wanted.
        as_shown: Returns the state of an incident, of its text, as it may be shown.
    """

    def __init__(
        self,
        asked: Filter,
        references: References,
        regions: Regions,
        lang: str,
        *,
        details: bool,
        drafts: bool,
        as_shown: Callable[[str], str],
    ) -> None:
        self._asked, self._references, self._regions, self._lang = asked, references, regions, lang
        self._details, self._drafts, self._as_shown = details, drafts, as_shown
        # Documents alone refer to sources and actors by their keys.
        self._needs_known = bool(details or asked.query.text or asked.reckons or not asked.is_own_policy)
        self._cards = CardWriter(asked.policy)
        self._derives = is_available(asked.policy)
        self.needs_documents = drafts or self._needs_known

    def of_stored(self, page: StoredPage, stored: StoredRows) -> Made:
        """Return the incidents of a page of stored rows that answer."""
        columns: dict[str, Sequence[Any]] = dict(page.columns)
        states = self._states(page)
        drafts = [value_of(state)["draft"] for state in states] if self._needs_known else []
        known = self._known(drafts)
        if not self._asked.is_own_policy:
            cells = [figure_cells(figures_of(draft, known.sources, self._asked.policy)) for draft in drafts]
            columns |= _columns(cells, figure_cells({}))
        keep = np.ones(len(page), dtype=bool)
        if self._asked.reckons:
            keep &= [self._asked.is_enough(draft, known.sources) for draft in drafts]
        keep &= self._is_there(columns, page.shapes, drafts, known.actors, keep)
        if not keep.any():
            return Made(dict.fromkeys(columns, ()), page.shapes[keep])
        columns |= self._translated(page, columns, drafts or _titles(page, states), stored)
        if self._details:
            spots = stored.spots(page.fids)
            each = zip(page.fids, drafts, keep, strict=True)
            columns["details"] = [
                self._cards.of(draft, spots.get(fid, []), known, self._stored_row(columns, place)) if is_kept else None
                for place, (fid, draft, is_kept) in enumerate(each)
            ]
        if not keep.all():
            columns = {name: [*compress(column, keep)] for name, column in columns.items()}
            states = [*compress(states, keep)]
        return Made(columns, page.shapes[keep], states)

    def _stored_row(self, columns: Mapping[str, Sequence[Any]], place: int) -> dict[str, Any] | None:
        """Return the figures of a stored row where they cannot be derived; None where they can."""
        if self._derives:
            return None
        return {name: columns[name][place] for name in figure_cells({}) if name in columns}

    def matching(self, instead: Sequence[Substitute]) -> list[Substitute]:
        """Return those that answer the query."""
        if not instead:
            return []
        known = self._known_of(instead)
        rows = [self._row(one, known) for one in instead]
        drafts = [one.record["draft"] for one in instead]
        keep = np.array(
            [self._asked.holds_for(row, draft, known.sources) for row, draft in zip(rows, drafts, strict=True)]
        )
        columns = _columns(rows, FRAME_ROW)
        keep &= self._is_there(columns, _shapes(instead), drafts, known.actors, keep)
        return [*compress(instead, keep)]

    def of_substitutes(self, instead: Sequence[Substitute]) -> Made:
        """Return documents that stand in the place of others; all of them, see `matching`."""
        known = self._known_of(instead)
        columns = _columns([self._row(one, known) for one in instead], FRAME_ROW)
        if self._details:
            columns["details"] = [self._card(one.record["draft"], one.spots, known) for one in instead]
        named = {**known.sources, **known.actors}
        levels = {key: one["sensitivity"] for key, one in named.items() if one.get("sensitivity")}
        strictest = [strictest_of(one.record["draft"], levels) for one in instead]
        states = [canonical(state_of(one.record)) for one in instead] if self._drafts else ()
        return Made(columns, _shapes(instead), states, strictest)

    def _states(self, page: StoredPage) -> list[str]:
        """Return the states of a page as they may be shown, where they are needed."""
        if not self.needs_documents:
            return []
        return [self._as_shown(unpack(packed)) for packed in page.packed if packed is not None]

    def _known(self, drafts: Sequence[Document]) -> Known:
        if not drafts:
            return Known()
        cited = {key for draft in drafts for key in draft.get("sources", ())}
        cited |= {claim["source"] for draft in drafts for claim in draft.get("claims", ())}
        return self._references.known(cited)

    def _known_of(self, instead: Sequence[Substitute]) -> Known:
        """Return what substitutes refer to, with what stands for it where they are coarse."""
        known = self._known([one.record["draft"] for one in instead])
        sources = {key: source for one in instead for key, source in one.sources.items()}
        actors = {key: actor for one in instead for key, actor in one.actors.items()}
        return Known({**known.sources, **sources}, {**known.actors, **actors}, known.cases)

    def _row(self, one: Substitute, known: Known) -> dict[str, Any]:
        return frame_row(one.record, one.spots, known, policy=self._asked.policy, lang=self._lang)

    def _card(self, draft: Document, spots: Sequence[Spot], known: Known) -> str:
        return card(draft, spots, known, figures_of(draft, known.sources, self._asked.policy))

    def _is_there(
        self,
        columns: Mapping[str, Sequence[Any]],
        shapes: NDArray[np.object_],
        drafts: Sequence[Document],
        actors: Mapping[str, Document],
        keep: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """Say of each incident that has passed so far whether it has the words asked for, and lies where is asked."""
        query, found = self._asked.query, keep.copy()
        if query.text:
            asked = query.text
            found[found] = [has_words(draft, actors, asked) for draft in compress(drafts, found)]
        if query.bbox is not None or query.regions:
            some = {name: [*compress(columns[name], found)] for name in _WHERE}
            found[found] = in_places(some, shapes[found], query, self._regions())
        return found

    def _translated(
        self,
        page: StoredPage,
        columns: Mapping[str, Sequence[Any]],
        drafts: Iterable[Document],
        stored: StoredRows,
    ) -> dict[str, Sequence[Any]]:
        """Return the columns of texts in the language asked for, in the place of those that are stored."""
        if self._lang == LANGUAGE:
            return {}
        made = {name: [*columns[name]] for name in BY_LANGUAGE}
        for place, draft in enumerate(drafts):
            for name, column in made.items():
                if len(draft.get(name, ())) > 1:
                    column[place] = local(draft[name], self._lang) or None
        if not self._renamed:
            return {**made}
        parties = stored.parties(page.fids)
        actors, lang = self._references.actors, self._lang
        names = [actor_names({"parties": parties.get(fid, ())}, actors, lang) for fid in page.fids]
        return {**made, "actors": names}

    @cached_property
    def _renamed(self) -> bool:
        """Whether any actor is called otherwise in the language asked for than in the one of the columns."""
        names = [actor["name"] for actor in self._references.actors.values()]
        return any(local(name, self._lang) != local(name, LANGUAGE) for name in names)


_WHERE: Final = ("first_day", "last_day", "place_precision", *DECIDING)


def _titles(page: StoredPage, states: Sequence[str]) -> Iterator[Document]:
    """Yield of each draft as much as has the texts that are columns, from states where these were read."""
    each = states or (None if packed is None else unpack(packed) for packed in page.packed)
    for state in each:
        if state is None:
            yield {}
        else:
            yield value_of(state)["draft"] if IN_DRAFTS.intersection(BY_LANGUAGE) else texts_in(state, BY_LANGUAGE)


def _columns(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> dict[str, Sequence[Any]]:
    return {name: [row[name] for row in rows] for name in names}


def _shapes(instead: Sequence[Substitute]) -> NDArray[np.object_]:
    shapes = np.empty(len(instead), dtype=object)
    shapes[:] = [one.spots[0].shape if one.spots else None for one in instead]
    return shapes
