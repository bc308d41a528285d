"""Disclosure: documents of the record as a profile lets them leave the database.

Nothing leaves that `willay.events.disclosure.declarations` does not allow. Documents and rules go in, documents come
out.
"""

from __future__ import annotations

from willay.events.disclosure.areas import Areas
from willay.events.disclosure.names import Names
from willay.events.disclosure.rules import Cited, Rules, Shown, disclose
from willay.events.frame.units import Spot

__all__ = ["Areas", "Cited", "Names", "Rules", "Shown", "Spot", "disclose"]
