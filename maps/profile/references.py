"""Where each number of a document comes from: notes about claims, sums and indicators, and the sources they cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.model.figure_words import full_figure
from willay.events.model.values import Count
from willay.maps.foot import policy_of
from willay.maps.profile.blocks import Citation, Note, Run, joined, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from willay.events.model.drafts import IndicatorDraft
    from willay.maps.profile.blocks import Text
    from willay.maps.profile.record import ProfileRecord
    from willay.maps.profile.wording import DocumentWords

MOST_CODES: Final = 40
"""Maximum number of incidents that the note of a sum names."""


class References:
    """The notes and sources of a document, numbered as they are first used."""

    def __init__(self, record: ProfileRecord, words: DocumentWords) -> None:
        self._record, self._words = record, words
        self._notes: dict[str, Note] = {}
        self._numbers: dict[str, int] = {}
        self._cited: dict[str, int] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far."""
        return tuple(self._notes.values())

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The sources cited so far."""
        return tuple(self._citation(key) for key in self._cited)

    def cite(self, *keys: str | None) -> Text:
        """Return a mark that cites sources; those whose key is None are left out."""
        numbers = dict.fromkeys(self._cited.setdefault(key, len(self._cited) + 1) for key in keys if key)
        return (Run("", cites=tuple(numbers)),) if numbers else ()

    def figure(self, row: int, measure: str = "killed") -> Text:
        """Return an incident's figure in words, with the note that says whose it is; a dash where there is none."""
        code, found = self._record.rows[row]["code"], self._record.cards[row].get("figures", {}).get(measure)
        if found is None:
            return text("–")
        return (
            Run(self._shown(found), note=self._note(f"{code}-{measure}", lambda: self._of_figure(row, measure, found))),
        )

    def total(self, words: str, anchor: str, rows: Sequence[int], told: str, *, is_figure: bool = True) -> Text:
        """Return a sum in words, with the note that names the incidents it is made of.

        Args:
            words: The number.
            anchor: Its name in the document, such as `sum-1984`.
            rows: The incidents in it.
            told: What is added up, in words.
            is_figure: Whether it is a sum of figures, which a rule has chosen; else incidents are counted.
        """
        return (Run(words, note=self._note(f"sum-{anchor}", lambda: self._of_sum(rows, told, is_figure=is_figure))),)

    def incident(self, row: int) -> Text:
        """Return an incident's title, citing its first source."""
        card = self._record.cards[row]
        title = self._words.local(card.get("title")) or self._record.rows[row]["code"]
        keys = dict.fromkeys(claim["source"] for claim in card.get("claims", ()))
        return text(title, self.cite(*([*keys] or [*card.get("sources", {})])[:1]))

    def indicator(self, one: IndicatorDraft, words: str) -> Text:
        """Return a value in words, with the note that says who states it."""
        return (Run(words, note=self._note(f"indicator-{one.key}", lambda: self._of_indicator(one))),)

    def _note(self, anchor: str, make: Any) -> int:  # noqa: ANN401 — a function that returns a text
        if anchor not in self._numbers:
            self._numbers[anchor] = len(self._numbers) + 1
            self._notes[anchor] = Note(anchor, make())
        return self._numbers[anchor]

    def _of_figure(self, row: int, measure: str, found: dict[str, Any]) -> Text:
        """Say whose number a figure is, and what all others state."""
        words, cells, card = self._words, self._record.rows[row], self._record.cards[row]
        head = f"{cells['code']}: {words.local(card.get('title'))}, {words.incident_days(cells)}. "
        chosen = words.t("note_chosen", measure=words.label("measures", measure), figure=self._shown(found))
        voices = [self._voice(claim, card) for claim in card.get("claims", ()) if claim["measure"] == measure]
        return text(head, chosen, " ", *((words.t("note_voices"), " ", joined(voices), ".") if voices else ()))

    def _shown(self, found: dict[str, Any]) -> str:
        return self._words.figure(found.get("low"), found.get("best"), found.get("high"))

    def _voice(self, claim: dict[str, Any], card: dict[str, Any]) -> Text:
        words = self._words
        source = card.get("sources", {}).get(claim["source"], {})
        who = claim.get("attributed_to") or source.get("publisher") or source.get("title") or claim["source"]
        count = Count(claim.get("low"), claim.get("best"), claim.get("high"))
        number = words.t("zero_or_unknown") if claim.get("zero_is_unknown") else full_figure(count, words.lang)
        told = f"{words.local(who)}, {words.label('groups', claim['group'])}: {number}"
        extra = [words.t("scope", scope=words.local(claim["scope"]))] if claim.get("scope") else []
        extra += [words.t("superseded")] if claim.get("superseded") else []
        return text(f"{told} ({'; '.join(extra)})" if extra else told, self.cite(claim["source"]))

    def _of_sum(self, rows: Sequence[int], told: str, *, is_figure: bool) -> Text:
        words = self._words
        policy = policy_of(self._record.frame.attrs)
        codes = [str(self._record.rows[row]["code"]) for row in rows]
        named = ", ".join(codes[:MOST_CODES])
        more = words.t("note_more", n=len(codes) - MOST_CODES) if len(codes) > MOST_CODES else ""
        rule = words.t("note_rule", policy=words.policy(policy))
        parts = [told, *([rule] if policy["name"] and is_figure else []), words.t("note_incidents", codes=named) + more]
        return text(" ".join(parts))

    def _of_indicator(self, one: IndicatorDraft) -> Text:
        words = self._words
        parts = [words.local(one.by)]
        parts += [words.t("edition", edition=one.edition)] if one.edition else []
        note = f" {words.local(one.note)}" if one.note else ""
        return text(f"{words.local(one.name)}: {'; '.join(parts)}.{note}", self.cite(one.source))

    def _citation(self, key: str) -> Citation:
        """Write a source: publisher, title, date; withheld or unknown parts are left out."""
        source = self._record.sources.get(key)
        if source is None:
            return Citation(self._words.t("source_withheld"))
        parts = [source.publisher, source.title and f"«{source.title}»", self._words.partial(source.published_on)]
        told = ". ".join(str(part).rstrip(".") for part in parts if part)
        kind = self._words.label("source_kinds", source.kind)
        is_linked = source.url is not None and source.url.startswith(("https://", "http://"))
        return Citation(f"{told}. [{kind}]" if told else f"[{kind}]", source.url if is_linked else None)
