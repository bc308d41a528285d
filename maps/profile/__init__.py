"""The profile of a country or region as a document: what its database knows, with the source of each number.

`profile_document(record, spec)` makes the document; `write_document` writes it as HTML, Word or PDF. Charts are drawn
with Matplotlib, which the extra `pictures` installs; Word files need the extra `documents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.extras import require
from willay.geo.translation import tr
from willay.maps.profile.spec import SECTIONS, ProfileSpec

if TYPE_CHECKING:
    from willay.maps.profile.composing import profile_document
    from willay.maps.profile.record import Area, ProfileRecord
    from willay.maps.profile.saving import check_document_ending, write_document

__all__ = [
    "SECTIONS",
    "Area",
    "ProfileRecord",
    "ProfileSpec",
    "check_document_ending",
    "profile_document",
    "write_document",
]

_HOMES = {
    "Area": "record",
    "ProfileRecord": "record",
    "check_document_ending": "saving",
    "profile_document": "composing",
    "write_document": "saving",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    require("pictures", tr("A profile"))
    from importlib import import_module  # noqa: PLC0415 — what is drawn is loaded when it is asked for

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
