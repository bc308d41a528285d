"""What incidents refer to: the sources, actors, cases and datasets that a file must hold so that they are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.frame.framing import cited_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from willay.events.exchange.outgoing.options import Registers
    from willay.events.model.foreign import Document


class Needs:
    """Hands out each entry of the registers once: with the first incident that needs it.

    An actor comes after the actor that it is part of, and what a case cites comes with the case.
    """

    def __init__(self, registers: Registers) -> None:
        self._registers = {
            "sources": registers.sources,
            "actors": registers.actors,
            "cases": registers.cases,
            "datasets": registers.datasets,
        }
        self._given: dict[str, set[str]] = {name: set() for name in self._registers}

    def first_of(self, draft: Mapping[str, Any]) -> dict[str, list[Document]]:
        """Return the entries that a draft is the first to need, by register; registers without any are left out.

        Args:
            draft: The fields of an `IncidentDraft`.
        """
        cases, cited = draft.get("cases", ()), cited_sources(draft)
        parties = [part["actor"] for part in draft.get("parties", ())]
        named = [draft["dataset"]] if draft.get("dataset") else ()
        given = self._given
        if (
            given["sources"].issuperset(cited)
            and given["actors"].issuperset(parties)
            and given["cases"].issuperset(cases)
            and given["datasets"].issuperset(named)
        ):
            return {}  # as it is for nearly all incidents of a large file
        new = self._new("cases", cases)
        sources = self._new("sources", [*cited, *(key for case in new for key in _cited_by(case))])
        actors = self._new("actors", self._with_wholes(parties))
        found = {"sources": sources, "actors": actors, "cases": new, "datasets": self._new("datasets", named)}
        return {name: entries for name, entries in found.items() if entries}

    def _new(self, register: str, keys: Iterable[str]) -> list[Document]:
        known, given = self._registers[register], self._given[register]
        found = []
        for key in keys:
            if key not in given and key in known:
                given.add(key)
                found.append(known[key])
        return found

    def _with_wholes(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            if key in self._given["actors"]:
                continue
            line = [key]
            while (whole := self._registers["actors"].get(line[-1], {}).get("part_of")) and whole not in line:
                line.append(whole)
            yield from reversed(line)


def _cited_by(case: Document) -> Iterator[str]:
    yield from case.get("sources", ())
    for phase in case.get("phases", ()):
        if phase.get("source"):
            yield phase["source"]
        yield from phase.get("sources", ())
