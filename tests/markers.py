"""Documents in which every field says something that is nowhere else, made from the models themselves.

A field that a model gains is filled as well; one of a kind that is not known here is an error, not a gap.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args, get_origin

from willay.events.model.drafts import (
    ActorDraft,
    AttachmentDraft,
    CaseDraft,
    ClaimDraft,
    Draft,
    IncidentDraft,
    IndicatorDraft,
    PartyDraft,
    PhaseDraft,
    PlaceDraft,
    SourceDraft,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

SET: dict[type[Draft], dict[str, Any]] = {
    SourceDraft: {"kind": "party", "language": "qu", "licence": None, "reliability": "B", "sensitivity": "public"},
    ActorDraft: {"kind": "organisation", "part_of": None, "sensitivity": "public"},
    AttachmentDraft: {"size": 7_654_321, "media_type": "application/x-willay-test", "sensitivity": "public"},
    CaseDraft: {"type": "labour", "sources": ()},
    PhaseDraft: {"state": "active", "phase": "crisis", "source": "a-source", "sources": ()},
    IndicatorDraft: {
        "year": 2011, "from_day": "2011-02-03", "until_day": "2011-12-13", "low": 7650.5, "value": 7654.5,
        "high": 7658.5, "qualifier": "about", "kind": "estimate", "out_of": 9999.5, "source": "a-source",
        "sensitivity": "public",
    },
    ClaimDraft: {
        "measure": "killed", "group": "all", "low": 2, "best": 3, "high": 4, "attributed_kind": "human-rights",
        "zero_is_unknown": False, "source": "a-source", "label": None, "supersedes": None, "adds": None,
    },
    PlaceDraft: {
        "precision": "site", "lon": -73.123457, "lat": -12.567891, "radius_m": 123.75, "country": "PE",
        "admin_code": "080902", "region": None, "sensitivity": "public",
    },
    PartyDraft: {"role": "target", "actor": "an-actor"},
    IncidentDraft: {
        "type": "armed-clash", "subtype": "ambush", "days": "2012-04-09", "date_precision": "day", "country": "PE",
        "part_of": None, "status": "published", "confidence": "low", "sensitivity": "public", "dataset": None,
    },
}  # fmt: skip
"""Values of fields in which nobody can write a word of one's own, and of those that refer to other documents."""


@dataclass
class Marks:
    """Words that are nowhere else, by what they stand in.

    Attributes:
        begins: How the words begin.
        century: The years of the days: 15 for 1500 to 1599.
        words: The words by path, such as `IncidentDraft.title`.
    """

    begins: str
    century: int = 19
    words: dict[str, str] = field(default_factory=dict)

    def word(self, path: str) -> str:
        """Return a new word; the same one again for what two documents have, such as the same attachment."""
        return self.words.setdefault(path, f"{self.begins}{len(self.words):03d}qx")

    @property
    def content(self) -> bytes:
        """The content of the file that every list of attachments names."""
        return b"\xff\xd8\xff" + f"{self.begins}contenido".encode()

    def filled(self, model: type[Draft], **given: Any) -> dict[str, Any]:
        """Return a document with every field of a model.

        Args:
            model: The model.
            **given: Values of some fields, such as references; None leaves the field out.
        """
        values = {**SET.get(model, {}), **given}
        document = {
            name: values[name] if name in values else self._value(model, name, info)
            for name, info in model.model_fields.items()
        }
        return {name: value for name, value in document.items() if value is not None}

    def _value(self, model: type[Draft], name: str, info: FieldInfo) -> Any:
        path = f"{model.__name__}.{name}"
        kinds = set(_kinds(info.annotation))
        inner = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Draft)]
        if inner:
            return [self.filled(inner[0])]
        if name == "sha256":
            self.words[path] = digest = hashlib.sha256(self.content).hexdigest()
            return digest
        word = self.word(path)
        if name in {"url", "archive_url"}:
            return f"https://example.org/{word}"
        if name.endswith(("_on", "_day")):
            self.words[path] = day = f"{self.century}{len(self.words) % 90 + 10}-07-13"
            return day
        if "dict" in kinds:
            texts = {word: self.word(f"{path} value")} if name == "original" else {"es": word, "en": f"The {word}"}
            return [texts] if "tuple" in kinds else texts
        if str in kinds:
            return [word] if "tuple" in kinds else word
        message = f"{path} is a field of a kind that this test does not know: {info.annotation}. Fill it in `SET`."
        raise AssertionError(message)


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation is made of: types, and `dict` and `tuple` as words."""
    origin = get_origin(annotation)
    if origin is None:
        yield annotation
        return
    if origin in (dict, tuple):
        yield origin.__name__
    for part in get_args(annotation):
        yield from _kinds(part)
