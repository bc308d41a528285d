"""What all drafts have in common, and the one way to make a draft of a plain document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from willay.events.model.errors import DraftError
from willay.events.model.fields import fields_of
from willay.events.model.fieldtypes import check_signs, recorded_in
from willay.events.model.problems import fault_of

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

REDACTED: Final = "[redacted]"
"""Shown in place of an erased text."""

WITHHELD: Final = {"en": "Name withheld", "es": "Nombre reservado"}
"""Shown in place of a name that a profile withholds; in English where a field is one text."""


class Draft(BaseModel):
    """Root of the drafts: frozen, no unknown fields, and no hidden signs in any text.

    Attributes:
        paragraphs: Fields whose texts may have several lines (`fields.LINES`), with tabs; every other is one line.
        untouched: Fields that hold somebody else's words exactly.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    paragraphs: ClassVar[frozenset[str]] = frozenset()
    untouched: ClassVar[frozenset[str]] = frozenset({"original"})

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Note which fields of the model may have several lines."""
        cls.paragraphs = frozenset(name for name, field in fields_of(cls).items() if field.has_lines)

    @model_validator(mode="after")
    def _has_no_hidden_signs(self, info: ValidationInfo) -> Self:
        for name, value in self.__dict__.items():
            if not value or (isinstance(value, str) and value.isprintable()):  # nearly all there is, in a fast way
                continue
            if isinstance(value, str | dict | tuple) and name not in self.untouched:
                check_signs(name, value, recorded_in(info), lines=name in self.paragraphs)
        return self


AnyDraft = TypeVar("AnyDraft", bound=Draft)


def draft(
    model: type[AnyDraft], document: Mapping[str, Any], where: str = "", *, recorded: Container[object] = ()
) -> AnyDraft:
    """Make a draft from a plain document, as YAML or JSON gives it.

    Args:
        model: The kind of draft.
        document: The fields.
        where: File and record, for the messages.
        recorded: Texts that a database holds already (`texts_of`, or `EVERYTHING`): they are taken with
            signs that no new text may have, so that what an earlier version wrote can be read and changed.

    Raises:
        DraftError: The document does not fit; the error lists every fault with its field.

    Example:
        >>> from willay.events import IncidentDraft, draft
        >>> draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03"}).status
        'draft'
    """
    try:
        return model.model_validate(document, context={"recorded": recorded})
    except ValidationError as error:
        raise DraftError(tuple(fault_of(problem, where) for problem in error.errors())) from None
