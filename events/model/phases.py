"""The phases of a case, changed one at a time; their list stays in the order of their first days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.model.drafts import PhaseDraft, draft
from willay.events.model.errors import NotFoundError
from willay.events.model.fieldtypes import texts_of
from willay.events.model.values import parse_day
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from willay.events.model.drafts import CaseDraft


def with_phase(case: CaseDraft, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the phases of a case, as documents, with a new one; the same again is there once.

    Raises:
        DraftError: It is not a phase.
    """
    return _in_order([*case.phases, draft(PhaseDraft, given, tr("phase"))])


def with_changed_phase(case: CaseDraft, number: int, changed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the phases of a case, as documents, with one that is changed; None takes a value away.

    Raises:
        NotFoundError: It has no phase of this number, counted from 1.
        DraftError: The result is not a phase.
    """
    document = _document(phase_of(case, number))
    fields = {name: value for name, value in {**document, **changed}.items() if value is not None}
    made = draft(PhaseDraft, fields, tr("phase {number}", number=number), recorded=texts_of(document))
    return _in_order([*case.phases[: number - 1], made, *case.phases[number:]])


def without_phase(case: CaseDraft, number: int) -> list[dict[str, Any]]:
    """Return the phases of a case, as documents, without one.

    Raises:
        NotFoundError: It has no phase of this number, counted from 1.
    """
    gone = phase_of(case, number)
    return [_document(phase) for phase in case.phases if phase is not gone]


def phase_of(case: CaseDraft, number: int) -> PhaseDraft:
    """Return a phase by its number, counted from 1.

    Raises:
        NotFoundError: There is none.
    """
    if not 1 <= number <= len(case.phases):
        raise NotFoundError(
            tr(
                "Unknown phase {number}. Phases of the case {key!r}: {n}, numbered from 1.",
                number=number,
                key=case.key,
                n=len(case.phases),
            )
            if case.phases
            else tr("Unknown phase {number}. The case {key!r} has no phases.", number=number, key=case.key)
        )
    return case.phases[number - 1]


def _in_order(phases: Sequence[PhaseDraft]) -> list[dict[str, Any]]:
    unique = [phase for place, phase in enumerate(phases) if phase not in phases[:place]]
    return [_document(phase) for phase in sorted(unique, key=lambda phase: parse_day(phase.from_day)[0])]


def _document(phase: PhaseDraft) -> dict[str, Any]:
    return phase.model_dump(mode="json", exclude_defaults=True)
