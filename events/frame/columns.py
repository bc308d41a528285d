"""The columns of the incident frame, declared once for all modules that make, show or write one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypedDict

from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

CRS: Final = "EPSG:4326"

TEXT: Final = "str"
WHOLE: Final = "Int32"
REAL: Final = "float64"
DAY: Final = "datetime64[s]"
FLAG: Final = "bool"
YES_NO: Final = "boolean"
"""True, false, or missing if unknown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the incident frame: name, pandas dtype, and what it holds.

    Attributes:
        protects: Whether it says on what terms a row came, or how far it may go: every file has it, whatever its
            layout, and an import reads it.
        of: The field of the record that it follows from, where that is called otherwise: `days`, `places.name`.
    """

    name: str
    dtype: str
    about: str
    protects: bool = False
    of: str = ""


def _figure_columns(measure: str) -> tuple[Column, ...]:
    """Return the columns of a figure. An open upper end is a missing high next to a known low, see `open_ended`."""
    return (
        Column(
            f"{measure}_low",
            WHOLE,
            f"{measure}: lowest number that a full voice states; missing = unknown",
            of="claims.low",
        ),
        Column(
            f"{measure}_best",
            WHOLE,
            f"{measure}: the figure by policy; missing = unknown or only at least, 0 = none",
            of="claims.best",
        ),
        Column(
            f"{measure}_high",
            WHOLE,
            f"{measure}: highest number that any voice states; missing although there is a low = no upper end",
            of="claims.high",
        ),
        Column(
            f"{measure}_source", TEXT, f"{measure}: key of the source whose number the figure is", of="claims.source"
        ),
    )


COLUMNS: Final[tuple[Column, ...]] = (
    Column("code", TEXT, "short code, unique in a database, such as PE-2009-0001"),
    Column("key", TEXT, "the incident's own name, where it has one"),
    Column("title", TEXT, "in the frame's language"),
    Column("summary", TEXT, "in the frame's language"),
    Column("type", TEXT, "codebook: event types"),
    Column("subtype", TEXT, "codebook: event sub-types; missing = not known"),
    Column("first_day", DAY, "inclusive; missing = undated", of="days"),
    Column("last_day", DAY, "inclusive", of="days"),
    Column("date_precision", TEXT, "codebook: day = lasted through its days; coarser = somewhere within them"),
    Column("place_name", TEXT, "the primary place; missing = unplaced", of="places.name"),
    Column("place_precision", TEXT, "codebook: place precision", of="places.precision"),
    Column(
        "radius_m",
        REAL,
        "how far the true place may be from the point, metres; missing = an area",
        of="places.radius_m",
    ),
    Column("country", TEXT, "ISO 3166-1 alpha-2 of the primary place", of="places.country"),
    Column("admin_code", TEXT, "the finest administrative code known", of="places.admin_code"),
    Column("adm1", TEXT, "name of the first-level unit", of="places.admin_code"),
    Column("adm2", TEXT, "name of the second-level unit, where known", of="places.admin_code"),
    Column("adm3", TEXT, "name of the third-level unit, where known", of="places.admin_code"),
    Column("region", TEXT, "set/key of the region, where the place is a region", of="places.region"),
    Column("place_count", WHOLE, "how many places the incident has", of="places"),
    *(column for measure in FIGURE_MEASURES for column in _figure_columns(measure)),
    Column("actors", TEXT, "names of the parties, separated by '; '", of="parties.actor"),
    Column("source_count", WHOLE, "number of documents cited", of="sources"),
    Column("source_kinds", TEXT, "codebook: kinds of the documents, separated by '; '", of="sources"),
    Column("cases", TEXT, "keys of its cases, separated by '; '"),
    Column("tags", TEXT, "separated by '; '"),
    Column("part_of", TEXT, "code of the parent incident that it is a part of"),
    Column(
        "counted",
        FLAG,
        "false for a part whose parent is in the frame: not counted as a further incident (see summable)",
    ),
    Column("status", TEXT, "codebook: status"),
    Column("confidence", TEXT, "codebook: confidence"),
    Column("dataset", TEXT, "dataset that the row was imported from", protects=True),
    Column("dataset_version", TEXT, "version of that dataset", protects=True),
    Column("licence", TEXT, "licence of that dataset", protects=True),
    Column("attribution", TEXT, "attribution that it requires", protects=True),
    Column("may_publish", YES_NO, "false: the row may not be passed on; missing = not checked", protects=True),
    Column("sensitivity", TEXT, "codebook: the strictest level of any part of it; missing = public", protects=True),
    Column("revision", WHOLE, "number of the revision shown"),
    Column("recorded_at", TEXT, "when that revision was recorded, ISO 8601 UTC"),
    Column("details", TEXT, "the incident's card as JSON, see Details; empty = not requested"),
)
"""All columns but `geometry`, in order."""

DRAFT: Final = "draft"
"""A further column, in frames made for writing without loss: the state of each incident as JSON text, an
object of `code`, `id` and `draft`, the fields of an `IncidentDraft`."""

NAMES: Final = tuple(column.name for column in COLUMNS)

TERMS: Final = tuple(column.name for column in COLUMNS if column.protects)
"""The columns that protect a row and must accompany it, in order."""


class Details(TypedDict):
    """The card of an incident as the `details` column holds it (JSON). Texts are by language.

    Keys of the inner objects, absent where unknown:
        title, summary: text by language.
        claims: measure, group, low, best, high, source (key), attributed_to, kind, stated_on, scope, note, pinned,
            zero_is_unknown, label, supersedes (labels), adds, superseded (number, from 1, and stated_on of the later
            claim that takes it back).
        sources: by key: kind, publisher, title, published_on, url, archive_url, language, licence, reliability, note.
        places: name, precision, lon, lat, radius_m, country, admin (names, widest first), region,
            coordinate_source, note; the primary one first.
        parties: key, name (by language), role, kind.
        cases: key, title (by language), type.
        notes: texts by language.
        figures: by measure: low, best, high, source, attributed_to, basis, voices, reason.
    """

    title: dict[str, str]
    summary: dict[str, str]
    claims: list[dict[str, Any]]  # Any: JSON
    sources: dict[str, dict[str, Any]]
    places: list[dict[str, Any]]
    parties: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    notes: list[dict[str, str]]
    figures: dict[str, dict[str, Any]]


class Origin(TypedDict, total=False):
    """What `frame.attrs` states about where a frame comes from; a page repeats it.

    Attributes:
        as_of: ISO moment up to which the record was read; absent = the latest.
        policy: Name of the figure policy.
        policy_version: Its version.
        lang: The language of `title` and `summary`.
        question: The query in words; empty = everything.
        profile: The disclosure profile that it was made by, with its version; empty = none, this is the record itself;
            absent = not from a store.
        left_out: How many incidents that profile left out.
        coarsened: How many it shows with less detail.
        unpublished: How many more would answer the query, if leads, drafts and those in review were asked for.
        attributions: Credits that the datasets of the rows require.
        datasets: The datasets of the rows, each with what is known of `name`, `version`, `licence`, `attribution` and
            `may_publish`.
        left_out_by_terms: How many incidents more would answer, had the question not left out their datasets.
        rows: `places` where there is a row for each place of an incident.
    """

    as_of: str
    policy: str
    policy_version: int
    lang: str
    question: str
    attributions: list[str]
    rows: str
    profile: str
    left_out: int
    coarsened: int
    unpublished: int
    datasets: list[dict[str, Any]]  # Any: text, true or false
    left_out_by_terms: int


def details_of(row: Mapping[str, Any]) -> Details:
    """Return the card of one row; an empty one where the frame was read without details."""
    blank: Details = {
        "title": {}, "summary": {}, "claims": [], "sources": {}, "places": [],
        "parties": [], "cases": [], "notes": [], "figures": {},
    }  # fmt: skip
    text = row["details"]
    return {**blank, **json.loads(text)} if isinstance(text, str) and text else blank  # JSON of this shape
