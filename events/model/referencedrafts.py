"""Drafts of what incidents refer to: sources, actors and cases. `drafts` has all models together."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 — pydantic reads the annotations at run time
from typing import Annotated, Literal, Self

from pydantic import model_validator

from willay.events.model.attachments import AttachmentList
from willay.events.model.draftbase import Draft
from willay.events.model.fields import COLUMN, EVERYWHERE, LINES, LISTED, always, coarse, exact, level, never
from willay.events.model.fieldtypes import (
    ActorKind,
    CasePhase,
    CaseState,
    CaseType,
    Key,
    PartialDay,
    Sensitivity,
    SourceKind,
    Texts,
)  # fmt: skip


class SourceDraft(Draft):
    """A citable document.

    Attributes:
        key: The name that claims cite it by.
        kind: Whose voice it is by default (codebook: source kinds).
        published_on: The day, month or year it is dated.
        licence: SPDX id or a phrase; None where not known.
        reliability: A to F (codebook: reliability); None where nobody has judged it.
        accessed_on: The day somebody read it.
        sensitivity: How far the source may be named (codebook: sensitivity); None means public.
        attachments: Files that belong to it, such as a scan.

    Example:
        >>> from willay.events import SourceDraft, draft
        >>> draft(SourceDraft, {"key": "daily", "kind": "press", "publisher": "The Daily"}).kind
        'press'
    """

    key: Annotated[Key, coarse("word"), EVERYWHERE]
    kind: Annotated[SourceKind, always(), EVERYWHERE]
    publisher: Annotated[str | None, coarse(), EVERYWHERE] = None
    title: Annotated[str | None, exact(), EVERYWHERE] = None
    published_on: Annotated[PartialDay | None, exact("codes"), EVERYWHERE] = None
    url: Annotated[str | None, exact(), EVERYWHERE] = None
    archive_url: Annotated[str | None, exact(), EVERYWHERE] = None
    language: Annotated[str | None, exact("word"), EVERYWHERE] = None
    licence: Annotated[str | None, exact("word"), EVERYWHERE] = None
    reliability: Annotated[Literal["A", "B", "C", "D", "E", "F"] | None, exact("codes"), EVERYWHERE] = None
    accessed_on: Annotated[date | None, exact("codes"), COLUMN] = None
    note: Annotated[Texts | None, exact(), LINES, LISTED] = None
    sensitivity: Annotated[Sensitivity | None, level(), LISTED] = None
    attachments: Annotated[AttachmentList, never(), COLUMN] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.publisher or self.title or self.url):
            message = "A source needs at least a publisher, a title or a URL for readers to find it."
            raise ValueError(message)
        if self.url and not re.match(r"https?://\S+$", self.url):
            message = (
                f"{self.url[:80]!r} is not a web address. Write the full address, beginning with http:// or "
                f"https://, without spaces."
            )
            raise ValueError(message)
        return self


class ActorDraft(Draft):
    """An organisation or group, with every name it goes by."""

    key: Annotated[Key, coarse("word"), COLUMN]
    name: Annotated[Texts, coarse(), COLUMN]
    kind: Annotated[ActorKind, always(), COLUMN]
    aliases: Annotated[tuple[str, ...], exact()] = ()
    part_of: Annotated[Key | None, exact("actor"), COLUMN] = None
    sensitivity: Annotated[Sensitivity | None, level(), COLUMN] = None
    note: Annotated[Texts | None, exact(), LINES, COLUMN] = None


class PhaseDraft(Draft):
    """A state or phase of a case from one day on."""

    from_day: Annotated[PartialDay, coarse("codes")]
    state: Annotated[CaseState | None, always()] = None
    phase: Annotated[CasePhase | None, always()] = None
    note: Annotated[Texts | None, exact(), LINES] = None
    source: Annotated[Key | None, coarse("source")] = None


class CaseDraft(Draft):
    """A long-lived conflict that incidents belong to."""

    key: Annotated[Key, coarse("word"), COLUMN]
    title: Annotated[Texts, coarse(), COLUMN]
    type: Annotated[CaseType, always(), COLUMN]
    summary: Annotated[Texts | None, exact(), LINES, COLUMN] = None
    from_day: Annotated[PartialDay | None, exact("codes"), COLUMN] = None
    until_day: Annotated[PartialDay | None, exact("codes"), COLUMN] = None
    phases: Annotated[tuple[PhaseDraft, ...], exact(), COLUMN] = ()
    sources: Annotated[tuple[Key, ...], exact("source"), COLUMN] = ()
