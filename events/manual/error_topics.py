"""What to read about an error: the one table of errors and the topics of `willay help`.

A name is that of a topic with codes and forms, or of a page of either tree. What an error is about goes before what the
command was for; an error of another class goes by the nearest class above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.errors import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_LISTS: Final[Mapping[str, str]] = {
    "event type": "types",
    "event sub-type": "types",
    "date precision": "precision",
    "place precision": "precision",
    "measure": "measures",
    "group": "groups",
    "source kind": "sources",
    "reliability": "codebook",
    "actor kind": "actors",
    "role": "actors",
    "status": "statuses",
    "confidence": "codebook",
    "sensitivity": "profiles",
    "case type": "cases",
    "case state": "cases",
    "case phase": "cases",
    "qualifier": "codebook",
    "indicator kind": "codebook",
    "disclosure profile": "profiles",
    "country": "countries",
}
"""Topics by the list that does not have a code (`UnknownTermError.term`)."""

OF_COMMANDS: Final[Mapping[str, str]] = {
    "add": "first-incidents",
    "aggregate": "big-data",
    "attach": "sensitive",
    "attachment": "sensitive",
    "backup": "backup",
    "claim": "corrections",
    "country": "your-own-country",
    "edit": "corrections",
    "export": "formats",
    "form": "excel-kobo",
    "import": "map-columns",
    "map": "report-map",
    "profile": "report-map",
    "redact": "sensitive",
    "regions": "your-own-country",
    "release": "publish",
    "restore": "backup",
    "retract": "corrections",
    "revert": "corrections",
    "review": "how-to/review",
    "sums": "big-data",
    "undo": "corrections",
}
"""Topics by the command that was refused, where the error itself has none."""

OF_ERRORS: Final[Mapping[str, str]] = {
    "AmbiguousPlaceError": "places",
    "ArchiveError": "your-own-country",
    "BlobError": "tables",
    "BoxError": "places",
    "ConfigError": "environment",
    "ConflictError": "corrections",
    "CoordinateError": "places",
    "CountError": "counts",
    "DatabaseError": "backup",
    "DayError": "days",
    "DraftError": "drafts",
    "FrameError": "frames",
    "GazetteerError": "places",
    "GeometryTypeError": "your-own-country",
    "HistoryInTheWayError": "backup",
    "LayerError": "your-own-country",
    "MissingCRSError": "your-own-country",
    "MissingDistrictsError": "without-coordinates",
    "MissingExtraError": "format-list",
    "MissingPolicyError": "policies",
    "PackError": "your-own-country",
    "PlaceLookupError": "without-coordinates",
    "PrintError": "report-map",
    "ProfileError": "profiles",
    "ScriptError": "report-map",
    "SimplificationError": "your-own-country",
    "SpecError": "report-map",
    "TableError": "frames",
    "UnclearClaimError": "corrections",
    "UnsettledError": "map-columns",
}
"""Topics by the class of an error, where it is about one thing."""

OF_ROOTS: Final[Mapping[str, str]] = {
    "GeoFileReadError": "format-list",
    "GeoFileWriteError": "exit-codes",
    "PluginError": "environment",
    "QueryError": "columns",
    "UnknownTermError": "codebook",
    "Error": "exit-codes",
}
"""Topics by the class of an error that may be about many things: what the command was for goes before it."""


def topic_of(error: BaseException, command: str = "") -> str | None:
    """Return what to read about an error; None if it is none of ours.

    Args:
        error: The error.
        command: The first word of the command that it ended; empty for none.
    """
    if isinstance(error, UnknownTermError) and error.term in OF_LISTS:
        return OF_LISTS[error.term]
    names = [kind.__name__ for kind in type(error).__mro__]
    if "Error" not in names:
        return None
    own = next((OF_ERRORS[name] for name in names if name in OF_ERRORS), None)
    return own or OF_COMMANDS.get(command) or next(OF_ROOTS[name] for name in names if name in OF_ROOTS)
