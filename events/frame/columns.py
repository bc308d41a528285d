"""The columns of the incident frame, for all modules that make, show or write one.

A column that is a plain field of an incident is declared with the field (`model.drafts`); a column that is made of
fields is declared here, with the field that it is made of, and comes after that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypedDict

from willay.events.model.drafts import IncidentDraft
from willay.events.model.fields import CARD, OWN, ROW, fields_of
from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.events.model.fields import Declared, Found, Kind, Plain, Words

CRS: Final = "EPSG:4326"

TEXT: Final = "str"
WHOLE: Final = "Int32"
REAL: Final = "float64"
DAY: Final = "datetime64[s]"
FLAG: Final = "bool"
YES_NO: Final = "boolean"
"""True, false, or missing if unknown."""

_DTYPES: Final[Mapping[Kind, str]] = {
    "text": TEXT, "texts": TEXT, "name": TEXT, "list": TEXT, "whole": WHOLE, "real": REAL, "flag": YES_NO, "day": DAY,
}  # fmt: skip
"""The pandas dtype of a field that is a column, by what values it has."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the incident frame: name, pandas dtype, and what it holds.

    Attributes:
        protects: Whether it says on what terms a row came, or how far it may go: every file has it, whatever its
            layout, and an import reads it.
        of: The field of the record that it follows from, where that is called otherwise: `days`, `places.name`.
        apart: Whether it does not follow from the document of the incident and what that refers to alone.
        filled: Whether it is known of every incident.
        layer: Whether GIS programs see it in the layer `incidents` of a database.
        page: Where a page has it.
        hxl: Its hashtag of the Humanitarian Exchange Language.
        label: What it is called on cards that have no place of their own for it.
        codes: The list of the codebook that its values are codes of; empty where they are not, or where the page knows.
        kind: What values its field has, where it is a plain field; empty where it is made of others.
    """

    name: str
    dtype: str
    about: str
    protects: bool = False
    of: str = ""
    apart: bool = False
    filled: bool = False
    layer: bool = True
    page: tuple[Found, ...] = ()
    hxl: str = ""
    label: Words | None = None
    codes: str = ""
    kind: Kind | None = None

    @property
    def is_stored(self) -> bool:
        """Whether a database has it in the row of an incident: what follows from its document, and who counts."""
        return not self.apart or self.name == COUNTED

    @property
    def root(self) -> str:
        """The field of an incident that it follows from."""
        return (self.of or self.name).partition(".")[0]


COUNTED: Final = "counted"
"""The column that says which incidents are counted: it follows from all of them together."""

_LAYERED: Final = frozenset({"killed", "injured", "detained", "missing", "abducted", "released"})
"""The measures whose figures GIS programs see."""

_TAGGED: Final = {
    "killed": {"low": "#affected+killed+min", "best": "#affected+killed+best", "high": "#affected+killed+max"},
    "injured": {"best": "#affected+injured"},
    "abducted": {"best": "#affected+abducted"},
    "displaced": {"best": "#affected+displaced"},
}


def _figure_columns(measure: str) -> Iterator[Column]:
    """Yield the columns of a figure. An open upper end is a missing high next to a known low, see `open_ended`."""
    abouts = {
        "low": "lowest number that a full voice states; missing = unknown",
        "best": "the figure by policy; missing = unknown or only at least, 0 = none",
        "high": "highest number that any voice states; missing although there is a low = no upper end",
    }
    is_layered = measure in _LAYERED
    for name, about in abouts.items():
        tag = _TAGGED.get(measure, {}).get(name, "")
        yield Column(f"{measure}_{name}", WHOLE, f"{measure}: {about}", of=f"claims.{name}", layer=is_layered, hxl=tag)
    about = f"{measure}: key of the source whose number the figure is"
    yield Column(f"{measure}_source", TEXT, about, of="claims.source", layer=measure == "killed")


_RADIUS: Final = "how far the true place may be from the point, metres; missing = an area"
_WHO_COUNTS: Final = "false for a part whose parent is in the frame: not counted as a further incident (see summable)"
_MAY: Final = "false: the row may not be passed on; missing = not checked"
_LEVEL: Final = "codebook: the strictest level of any part of it; missing = public"

MADE: Final[tuple[Column, ...]] = (
    Column("first_day", DAY, "inclusive; missing = undated", of="days", page=OWN, hxl="#date+start"),
    Column("last_day", DAY, "inclusive", of="days", page=OWN, hxl="#date+end"),
    Column(
        "place_name", TEXT, "the primary place; missing = unplaced", of="places.name", page=ROW, hxl="#loc+name"
    ),
    Column(
        "place_precision",
        TEXT,
        "codebook: place precision",
        of="places.precision",
        page=ROW,
        hxl="#meta+precision+geo",
    ),
    Column("radius_m", REAL, _RADIUS, of="places.radius_m", page=OWN),
    Column(
        "country",
        TEXT,
        "ISO 3166-1 alpha-2 of the primary place",
        of="places.country",
        page=CARD,
        hxl="#country+code+v_iso2",
    ),
    Column("admin_code", TEXT, "the finest administrative code known", of="places.admin_code", page=CARD),
    Column("adm1", TEXT, "name of the first-level unit", of="places.admin_code", page=ROW, hxl="#adm1+name"),
    Column(
        "adm2", TEXT, "name of the second-level unit, where known", of="places.admin_code", page=CARD, hxl="#adm2+name"
    ),
    Column("adm3", TEXT, "name of the third-level unit, where known", of="places.admin_code", page=CARD),
    Column("region", TEXT, "set/key of the region, where the place is a region", of="places.region"),
    Column("place_count", WHOLE, "how many places the incident has", of="places", filled=True, layer=False),
    *(column for measure in FIGURE_MEASURES for column in _figure_columns(measure)),
    Column("actors", TEXT, "names of the parties, separated by '; '", of="parties.actor", page=OWN),
    Column("source_count", WHOLE, "number of documents cited", of="sources", filled=True, page=(*OWN, *CARD)),
    Column(
        "source_kinds", TEXT, "codebook: kinds of the documents, separated by '; '", of="sources", page=OWN
    ),
    Column(COUNTED, FLAG, _WHO_COUNTS, of="part_of", apart=True, filled=True, page=OWN),
    Column("dataset_version", TEXT, "version of that dataset", protects=True, of="dataset", apart=True, layer=False),
    Column(
        "licence", TEXT, "licence of that dataset", protects=True, of="dataset", apart=True, layer=False,
        page=(*ROW, *CARD),
    ),
    Column("attribution", TEXT, "attribution that it requires", protects=True, of="dataset", apart=True, layer=False),
    Column("may_publish", YES_NO, _MAY, protects=True, of="dataset", apart=True, layer=False),
    Column("sensitivity", TEXT, _LEVEL, protects=True, apart=True, layer=False, page=ROW),
)  # fmt: skip
"""The columns that are made of fields of an incident and of what it refers to, in the order of these fields."""


def _of_field(field: Declared, plain: Plain) -> Column:
    """Return the column that a plain field is."""
    return Column(
        field.name, _DTYPES[field.kind], plain.about, plain.protects, "", apart=False, filled=field.is_filled,
        layer=plain.layer, page=plain.page, hxl=plain.hxl, label=plain.label, codes=field.codes, kind=field.kind,
    )  # fmt: skip


def _columns() -> Iterator[Column]:
    yield Column(
        "code", TEXT, "short code, unique in a database, such as PE-2009-0001", filled=True, page=OWN,
        hxl="#event+id",
    )  # fmt: skip
    for name, field in fields_of(IncidentDraft).items():
        if field.plain is not None and field.plain.flat:
            yield _of_field(field, field.plain)
        yield from (column for column in MADE if column.root == name)
    yield Column("revision", WHOLE, "number of the revision shown", filled=True, page=CARD)
    yield Column("recorded_at", TEXT, "when that revision was recorded, ISO 8601 UTC", filled=True, page=CARD)
    yield Column(
        "details", TEXT, "the incident's card as JSON, see Details; empty = not requested", apart=True, layer=False
    )


COLUMNS: Final[tuple[Column, ...]] = (*_columns(),)
"""All columns but `geometry`, in order: those of an incident's fields, each with what is made of it."""

PLAIN: Final = tuple(column for column in COLUMNS if column.kind is not None)
"""The columns that are plain fields."""

DRAFT: Final = "draft"
"""A further column, in frames made for writing without loss: the state of each incident as JSON text, an
object of `code`, `id` and `draft`, the fields of an `IncidentDraft`."""

NAMES: Final = tuple(column.name for column in COLUMNS)

BY_LANGUAGE: Final = tuple(column.name for column in PLAIN if column.kind == "texts")
"""The columns that are a text in the language of the frame."""

TRUE_OR_FALSE: Final = tuple(column.name for column in PLAIN if column.kind == "flag")
"""The columns that are a field that is true or false."""

CODE_LISTS: Final = tuple(dict.fromkeys(column.codes for column in PLAIN if column.codes))
"""The lists of the codebook that the columns have codes of."""

TERMS: Final = tuple(column.name for column in COLUMNS if column.protects)
"""The columns that protect a row and must accompany it, in order."""


class Details(TypedDict):
    """The card of an incident as the `details` column holds it (JSON). Texts are by language.

    Keys of the inner objects, absent where unknown:
        title, summary: text by language.
        claims: measure, group, low, best, high, source (key), attributed_to, kind, stated_on, scope, note, pinned,
            zero_is_unknown, label, supersedes (labels), adds, superseded (number, from 1, and stated_on of the later
            claim that takes it back).
        sources: by key: kind, publisher (by language where it is withheld), title, published_on, url, archive_url,
            language, licence, reliability, note.
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


RECORD: Final = ""
"""The name of the profile of incidents shown as recorded."""


class Origin(TypedDict, total=False):
    """What `frame.attrs` states about where a frame comes from; a page repeats it.

    Attributes:
        as_of: ISO moment up to which the record was read; absent = the latest.
        policy: Name of the figure policy, or the reference of one of a plug-in (`DISTRIBUTION:NAME@VERSION`).
        policy_version: Its version; a text where it is that of a plug-in.
        policy_labels: What it is called, by language, where it is not one of willay's own.
        plugins: The plug-ins that shaped the figures: kind, name, distribution and version of each.
        lang: The language of `title` and `summary`.
        question: The query in words; empty = everything.
        profile: The disclosure profile that it was made by, with its version; empty = none, this is the record itself;
            absent = not from a store.
        left_out: How many incidents that profile left out.
        coarsened: How many it shows with less detail.
        unpublished: How many more would answer the query, if leads, drafts and those in review were asked for.
        attributions: Credits that the datasets of the rows require.
        datasets: The datasets of the rows, each with what is known of `name`, `version`, `licence`, `attribution`,
            `may_publish` and `selection`.
        left_out_by_terms: How many incidents more would answer, had the question not left out their datasets.
        rows: `places` where there is a row for each place of an incident.
        country_packs: What the country packs of the database say: `contents.facts_document` of each.
    """

    as_of: str
    policy: str
    policy_version: int | str
    policy_labels: dict[str, str]
    plugins: list[dict[str, str]]
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
    country_packs: list[dict[str, Any]]  # Any: texts, numbers, lists, mappings


def details_of(row: Mapping[str, Any]) -> Details:
    """Return the card of one row; an empty one where the frame was read without details.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.events.frame import details_of
        >>> frame = make_frame({"title": ["March"]}, [shapely.Point(-76.5, -12)])
        >>> sorted(details_of(frame.iloc[0]))
        ['cases', 'claims', 'figures', 'notes', 'parties', 'places', 'sources', 'summary', 'title']
    """
    blank: Details = {
        "title": {}, "summary": {}, "claims": [], "sources": {}, "places": [],
        "parties": [], "cases": [], "notes": [], "figures": {},
    }  # fmt: skip
    text = row["details"]
    return {**blank, **json.loads(text)} if isinstance(text, str) and text else blank  # JSON of this shape
