"""The profile of a country or region as a document: what its database knows, with the source of each number.

`profile_document(record, spec)` makes the document; `write_document` writes it as HTML, Word or PDF. Charts are drawn
with Matplotlib, which the extra `pictures` installs; Word files need the extra `documents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.extras import require
from willay.geo.lazy_names import lazy_names
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

_HOMES: Final = {
    ".composing": ("profile_document",),
    ".record": ("Area", "ProfileRecord"),
    ".saving": ("check_document_ending", "write_document"),
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES, lambda: require("pictures", tr("A profile")))
