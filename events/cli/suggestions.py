"""What a text that is being typed may become: types, places, sources, actors, by the question."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from willay.data.admin import folded
from willay.data.codebook import begins, codebook
from willay.geo.translation import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from willay.data.codebook import Terms
    from willay.events.cli.entering import Entry

_MOST = 12


def suggestions(entry: Entry) -> Mapping[str, Callable[[str], Iterable[tuple[str, str]]]]:
    """Return, by question, what suggests how a text may go on: the whole answer, and what it is.

    Args:
        entry: Where an incident is entered: its registers and its gazetteer are what is suggested.
    """
    from willay.events.cli.participants import suggested_actors

    sources, actors = cache(entry.store.registers.sources), cache(entry.store.registers.actors)

    def source(text: str) -> Iterator[tuple[str, str]]:
        asked = folded(text)
        for one in sources():
            title = one.title or one.publisher or ""
            if begins(asked, folded(f"{one.key} {title} {one.publisher or ''}")):
                yield one.key, title

    book = codebook()
    found: dict[str, Callable[[str], Iterable[tuple[str, str]]]] = {
        "type": _of(book.types_and_subtypes),
        "source_kind": _of(book.source_kinds),
        "confidence": _of(book.confidence),
        "sensitivity": _of(book.sensitivity),
        "places": lambda text: _places(text, entry),
        "source": source,
        "actors": lambda text: suggested_actors(actors(), text),
    }
    return {name: _first(suggest) for name, suggest in found.items()}


def _first(suggest: Callable[[str], Iterable[tuple[str, str]]]) -> Callable[[str], Iterable[tuple[str, str]]]:
    """Return a suggestion of at most a dozen, of nothing where nothing is typed."""

    def first(text: str) -> Iterator[tuple[str, str]]:
        if text.strip():
            yield from (found for found, _ in zip(suggest(text), range(_MOST), strict=False))

    return first


def _of(terms: Terms) -> Callable[[str], Iterator[tuple[str, str]]]:
    def suggest(text: str) -> Iterator[tuple[str, str]]:
        for term in terms.meant_by(text):
            yield term.label(language()), term.code

    return suggest


def _places(text: str, entry: Entry) -> Iterator[tuple[str, str]]:
    from willay.events.model.place_words import suggested_units

    for place in entry.places(entry.store.country).search(text, limit=_MOST // 2):
        if place.why != "similar":
            yield f"{place.name}, {place.admin1}", place.admin2 or ""
    yield from suggested_units(text, entry.store.country)
