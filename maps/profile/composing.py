"""How a profile is put together: its sections in order, then what they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.maps.country_words import worded_countries
from willay.maps.foot import policy_of
from willay.maps.pictures.notes import as_of_words, profile_words, selection_lines
from willay.maps.profile.blocks import Document, Section
from willay.maps.profile.markdown import hand_written
from willay.maps.profile.references import References
from willay.maps.profile.sections import (
    cases,
    chronology,
    decisions,
    emergencies,
    events,
    institutions,
    key,
    regions,
    series,
    unknown,
)
from willay.maps.profile.spec import SECTIONS, ProfileSpec
from willay.maps.profile.wording import DocumentWords
from willay.maps.profile.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from willay.maps.profile.blocks import Block
    from willay.maps.profile.record import ProfileRecord

_WRITERS: Final[Mapping[str, Callable[[Writing], tuple[Block, ...]]]] = {
    "key": key.write,
    "events": events.write,
    "regions": regions.write,
    "cases": cases.write,
    "emergencies": emergencies.write,
    "decisions": decisions.write,
    "institutions": institutions.write,
    "actors": institutions.write_others,
    "series": series.write,
    "chronology": chronology.write,
    "unknown": unknown.write,
}
_LABELS: Final = (
    "contents",
    "skip_to_text",
    "by_hand",
    "section_notes",
    "section_sources",
    "note_label",
    "source_label",
    "fact_made",
)


def profile_document(record: ProfileRecord, spec: ProfileSpec | None = None) -> Document:
    """Make the profile of an area from what a database knows of it. The same input gives the same document.

    Args:
        record: What it is made from, after disclosure.
        spec: What it is to be; None makes all sections, in Spanish.

    Raises:
        FrameError: The incidents are not an incident frame.
        TableError: The regions lack a column or a CRS.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import ProfileRecord, ProfileSpec, profile_document
        >>> from willay.maps.profile import Area
        >>> frame = make_frame({"title": ["March"], "first_day": ["2021-03-07"]}, [shapely.Point(-76.5, -12)])
        >>> record = ProfileRecord(frame=frame, area=Area({"en": "Nowhere"}, frozenset({"XX"})))
        >>> [section.key for section in profile_document(record, ProfileSpec(lang="en", sections=("key",))).sections]
        ['key']
    """
    spec = spec or ProfileSpec()
    words = DocumentWords(spec.lang, worded_countries(record.frame))
    of = Writing(record, References(record, words), words)
    texts = spec.texts or {}
    sections = tuple(
        Section(name, words.t(f"section_{name}"), (*hand_written(texts.get(name, "")), *_WRITERS[name](of)))
        for name in SECTIONS
        if name in spec.sections
    )
    citations = of.references.citations  # notes cite too, so they are all written before
    return Document(
        title=spec.title or words.t("title_profile", area=words.local(record.area.names)),
        subtitle=_days(record, words),
        lang=spec.lang,
        facts=_facts(record, words),
        sections=sections,
        notes=of.references.notes,
        citations=citations,
        labels={name: _label(words, name) for name in _LABELS},
    )


def _label(words: DocumentWords, name: str) -> str:
    return words.t(name, n="{n}") if name in ("note_label", "source_label") else words.t(name)


def _days(record: ProfileRecord, words: DocumentWords) -> str:
    firsts = [row["first_day"] for row in record.rows if row["first_day"]]
    lasts = [row["last_day"] or row["first_day"] for row in record.rows if row["first_day"]]
    return words.span(min(firsts), max(lasts)) if firsts else ""


def _facts(record: ProfileRecord, words: DocumentWords) -> tuple[tuple[str, str], ...]:
    about = record.frame.attrs
    policy = policy_of(about)
    credit = " · ".join(words.credit(str(each)) for each in about.get("attributions") or ())
    question = str(about.get("question") or "")
    told = (
        ("fact_asof", as_of_words(record.incidents, words)),
        (
            "fact_figures",
            words.t("policy_stated", policy=words.policy(policy))
            if policy["name"]
            else words.t("policy_not_stated_words"),
        ),
        ("fact_profile", profile_words(record.incidents, words)),
        ("fact_area", question),
        ("foot_selection", " ".join(selection_lines(record.incidents.frame, words))),
        ("fact_data", credit),
    )
    return tuple((words.t(name), said) for name, said in told if said)
