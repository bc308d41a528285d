"""How incidents are to be written: the same options for every format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Self

from willay.events.frame.nesting import Nestings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft
    from willay.events.model.foreign import Document

CITATION: Final = "citation"
ADDRESS: Final = "source_url"
"""The columns of a table of indicators with what their source is, in addition to its key."""


_WORDS_OF_PAGES: Final = ("country_packs",)
"""What a frame carries for pages alone: a file has codes."""


@dataclass(frozen=True, slots=True)
class Registers:
    """What incidents refer to by key: plain documents of sources, actors, cases, and the terms of datasets; indicators.

    A file that can be read back without loss holds those of them that its incidents need, and no others. Tables of
    actors, cases and indicators hold all of them.
    """

    sources: Mapping[str, Document] = field(default_factory=dict)
    actors: Mapping[str, Document] = field(default_factory=dict)
    cases: Mapping[str, Document] = field(default_factory=dict)
    datasets: Mapping[str, Document] = field(default_factory=dict)
    indicators: tuple[Document, ...] = ()

    def with_indicators(self, indicators: Iterable[IndicatorDraft], cited: Mapping[str, SourceDraft]) -> Self:
        """Return the same with indicators, each with its source as it is cited, and the address of that.

        Args:
            indicators: As a store gives them.
            cited: Their sources by key, likewise.
        """
        return replace(self, indicators=tuple(_with_citation(one, cited.get(one.source)) for one in indicators))

    def with_datasets(self, listed: Iterable[Document]) -> Self:
        """Return the same with the terms of datasets, as `Origin` lists them."""
        return replace(self, datasets={str(document["name"]): document for document in listed})

    @classmethod
    def of_documents(
        cls,
        sources: Iterable[Mapping[str, Any]] = (),
        actors: Iterable[Mapping[str, Any]] = (),
        cases: Iterable[Mapping[str, Any]] = (),
    ) -> Self:
        """Make registers of documents, as a store gives them."""
        return cls._of({str(document["key"]): {**document} for document in one} for one in (sources, actors, cases))

    @classmethod
    def of(
        cls,
        sources: Iterable[SourceDraft] = (),
        actors: Iterable[ActorDraft] = (),
        cases: Iterable[CaseDraft] = (),
    ) -> Self:
        """Make registers of drafts, as a store gives them."""
        lists = (sources, actors, cases)
        return cls._of(
            {draft.key: draft.model_dump(mode="json", exclude_defaults=True) for draft in one} for one in lists
        )

    @classmethod
    def _of(cls, lists: Iterable[Mapping[str, Document]]) -> Self:
        sources, actors, cases = lists
        return cls(sources=sources, actors=actors, cases=cases)


def _with_citation(one: IndicatorDraft, source: SourceDraft | None) -> Document:
    document = one.model_dump(mode="json", exclude_none=True)
    if source is None:
        return document
    words = ", ".join(part for part in (source.publisher, source.title, source.published_on) if part)
    return {**document, CITATION: words, ADDRESS: source.url}


@dataclass(frozen=True, slots=True)
class WritingOptions:
    """How incidents are to be written.

    Attributes:
        lang: The language of headings and of texts that a format writes once; `title` and names are already in it.
        force: Whether a file that is there may be replaced.
        metadata: What a reader of the file must know in addition to the description of the pages (as-of, policy,
            question, attributions): licence, profile, … Values are JSON; they replace the pages' own.
        own_use: The file may hold rows that may not be passed on. It says so, unless its datasets are known and all of
            them may be.
        registers: What the incidents refer to, for formats that can be read back without loss.
        tables: Whether flat formats put claims and sources in tables next to the incidents.
        bom: Whether text tables begin with a byte order mark, which Excel needs to see UTF-8.
        nestings: How codes of units nest in the database that the incidents are of.

    Example:
        >>> from willay.events.extensions import WritingOptions
        >>> WritingOptions(metadata={"licence": "CC0-1.0"}).about({"policy": "median"})
        {'policy': 'median', 'licence': 'CC0-1.0'}
    """

    lang: str = "en"
    force: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)  # Any: JSON
    own_use: bool = False
    registers: Registers = field(default_factory=Registers)
    tables: bool = False
    bom: bool = False
    nestings: Nestings = field(default_factory=Nestings)

    def about(self, attrs: Mapping[Any, Any]) -> dict[str, Any]:
        """Return the description of a file, from what its first page says (its `origin`) and these options."""
        own = {name: value for name, value in attrs.items() if name not in _WORDS_OF_PAGES}
        said = {str(name): value for name, value in own.items() if value not in (None, "", [], {})}
        listed = said.get("datasets", ())
        is_open = bool(listed) and all(one.get("may_publish") is True for one in listed)
        return {**said, **self.metadata, **({"for_own_use_only": True} if self.own_use and not is_open else {})}
