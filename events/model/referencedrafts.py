"""Drafts of what incidents refer to: sources, actors and cases. `drafts` has all models together."""

from __future__ import annotations

from datetime import date  # noqa: TC003 — pydantic reads the annotations at run time
from typing import Annotated, Literal, Self

from pydantic import model_validator

from willay.events.model.attachments import AttachmentList
from willay.events.model.draftbase import Draft
from willay.events.model.fields import (
    COLUMN,
    EVERYWHERE,
    LINES,
    LISTED,
    READABLE,
    Plain,
    always,
    coarse,
    exact,
    level,
    never,
)  # fmt: skip
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
    WebAddress,
)  # fmt: skip
from willay.events.model.indicatordrafts import check_period
from willay.geo.translation import tr


class SourceDraft(Draft):
    """A citable document.

    Attributes:
        key: The name that claims cite it by.
        kind: Whose voice it is by default (codebook: source kinds).
        publisher: Who published it.
        title: Its title, as printed.
        published_on: The day, month or year it is dated.
        url: Its web address.
        archive_url: The address of an archived copy.
        language: Its language, such as `es`.
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
    url: Annotated[WebAddress | None, exact(), EVERYWHERE] = None
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
            message = tr("A source needs at least a publisher, a title or a URL for readers to find it.")
            raise ValueError(message)
        return self


class ActorDraft(Draft):
    """An organisation or group, with every name it goes by.

    Attributes:
        key: The name that parties refer to it by.
        name: What it is called.
        kind: What it is (codebook: actor kinds).
        aliases: Its other names.
        part_of: The key of the organisation that it is a part of.
        description: What it is and does.
        address: Where it can be found, if that is public.
        url: Its own public page.
        sensitivity: How far it may be named (codebook: sensitivity); None means public.
    """

    key: Annotated[Key, coarse("word"), EVERYWHERE]
    name: Annotated[Texts, coarse(), READABLE]
    kind: Annotated[ActorKind, always(), EVERYWHERE]
    aliases: Annotated[tuple[str, ...], exact(), Plain(table=False, flat=True)] = ()
    part_of: Annotated[Key | None, exact("actor"), EVERYWHERE] = None
    description: Annotated[Texts | None, exact(), LINES, READABLE] = None
    address: Annotated[str | None, exact(), EVERYWHERE] = None
    url: Annotated[WebAddress | None, exact(), EVERYWHERE] = None
    sensitivity: Annotated[Sensitivity | None, level(), LISTED] = None
    note: Annotated[Texts | None, exact(), LINES, READABLE] = None


class PhaseDraft(Draft):
    """A part of the course of a case, in the terms of Peru's ombudsman.

    Attributes:
        from_day: Its first day, month or year.
        until_day: Its last one, inclusive; None where it goes on, or where nobody says when it ended.
        title: What it is called.
        state: Whether the conflict was active or latent, … (codebook: case states).
        phase: How far it had come: early, escalation, crisis, … (codebook: case phases).
        source: The key of the document that says so.
        sources: The keys of further documents.
    """

    from_day: Annotated[PartialDay, coarse("codes"), EVERYWHERE]
    until_day: Annotated[PartialDay | None, coarse("codes"), EVERYWHERE] = None
    title: Annotated[Texts | None, exact(), READABLE] = None
    state: Annotated[CaseState | None, always(), EVERYWHERE] = None
    phase: Annotated[CasePhase | None, always(), EVERYWHERE] = None
    note: Annotated[Texts | None, exact(), LINES, READABLE] = None
    source: Annotated[Key | None, coarse("source"), EVERYWHERE] = None
    sources: Annotated[tuple[Key, ...], coarse("source"), EVERYWHERE] = ()

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        check_period(self.from_day, self.until_day)
        return self

    @property
    def cited(self) -> tuple[str, ...]:
        """The keys of its sources, each once."""
        return tuple(dict.fromkeys([*([self.source] if self.source else []), *self.sources]))


class CaseDraft(Draft):
    """A long-lived conflict that incidents belong to.

    Attributes:
        key: The name that incidents refer to it by.
        title: What it is called.
        type: What it is about (codebook: case types).
        summary: What it is about, in some sentences.
        from_day: Its first day, month or year.
        until_day: Its last one, inclusive; None where it goes on.
        sources: The keys of documents about it.
    """

    key: Annotated[Key, coarse("word"), EVERYWHERE]
    title: Annotated[Texts, coarse(), READABLE]
    type: Annotated[CaseType, always(), EVERYWHERE]
    summary: Annotated[Texts | None, exact(), LINES, READABLE] = None
    from_day: Annotated[PartialDay | None, exact("codes"), EVERYWHERE] = None
    until_day: Annotated[PartialDay | None, exact("codes"), EVERYWHERE] = None
    phases: Annotated[tuple[PhaseDraft, ...], exact(), COLUMN] = ()
    sources: Annotated[tuple[Key, ...], exact("source"), EVERYWHERE] = ()
