"""What authors of plug-ins need: the objects that entry points name, and what they are given and return.

A distribution adds to willay by entry points of these groups. The name of an entry point is what users type.

| group | object | used by |
|---|---|---|
| `willay.policies` | `FigurePolicy` | `--policy NAME`; a database can have it |
| `willay.readers` | `FileReader` | `willay import`, by `--input-format NAME` or by the look of a file |
| `willay.writers` | `FileWriter` | `willay export`, `release`, by `--format NAME` or by the ending of a file's name |
| `willay.countries` | path of a country pack | `willay init --country NAME`, `willay country add NAME` |
| `willay.profiles` | path of a disclosure profile (.toml) | `--profile NAME` |
| `willay.checks` | `IncidentCheck` | `willay add`, `import`, `check` |
| `willay.commands` | a `typer.Typer`, or a function | `willay NAME` |

A path is a `pathlib.Path`. Names of willay's own come first: a plug-in of such a name is not used. `willay plugins`
lists what is installed, and `WILLAY_PLUGINS=off` turns all of it off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names

if TYPE_CHECKING:
    from willay.events.exchange.incoming.file_readers import FileReader
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.outgoing.file_writers import FileWriter
    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.exchange.outgoing.written import Written
    from willay.events.frame.cells import IncidentCells
    from willay.events.model.figure_policies import FigurePolicy
    from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow, Notice, Reading, RowFault
    from willay.events.model.incident_checks import Finding, IncidentCheck
    from willay.events.model.values import Count
    from willay.events.model.voices import Voice

__all__ = [
    "Batch",
    "Count",
    "DatasetTerms",
    "FigurePolicy",
    "FileReader",
    "FileWriter",
    "Finding",
    "ForeignRow",
    "IncidentCells",
    "IncidentCheck",
    "Notice",
    "Reading",
    "ReadingOptions",
    "RowFault",
    "Voice",
    "WritingOptions",
    "Written",
]

_HOMES: Final = {
    "..exchange.incoming.file_readers": ("FileReader",),
    "..exchange.incoming.options": ("ReadingOptions",),
    "..exchange.outgoing.file_writers": ("FileWriter",),
    "..exchange.outgoing.options": ("WritingOptions",),
    "..exchange.outgoing.written": ("Written",),
    "..frame.cells": ("IncidentCells",),
    "..model.figure_policies": ("FigurePolicy",),
    "..model.foreign": ("Batch", "DatasetTerms", "ForeignRow", "Notice", "Reading", "RowFault"),
    "..model.incident_checks": ("Finding", "IncidentCheck"),
    "..model.values": ("Count",),
    "..model.voices": ("Voice",),
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
