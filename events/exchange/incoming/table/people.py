"""Who: the sources, actors and cases that a row names, registered under keys of the table's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.exchange.incoming.batches import short_hash, slug
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.dates import read_days
from willay.events.exchange.incoming.table.names import check_name
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.row import Means, Row
    from willay.events.model.foreign import Document

UNSAID_ACTOR_KIND: Final = "organisation"
UNSAID_SOURCE_KIND: Final = "other"
ROLES: Final = {"actor": "initiator", "target": "target", "actors": "present"}
_WEB: Final = re.compile(r"https?://\S+")
_BARE_WEB: Final = re.compile(r"www\.\S+\.\S+")


def sources_of(row: Row) -> tuple[str, list[str]]:
    """Return the key that the row's claims cite, and those of the documents that speak of it.

    A row with one source cites it. One with several, or none, cites the table: which of them states which number is
    unknown.
    """
    named = row.all("source")
    urls = [url for url in (_address(row, text) for text in row.all("source_url")) if url]
    alone = len(named) <= 1 and len(urls) <= 1
    if alone and (named or urls):
        key = _source(row, named[0] if named else "", urls[0] if urls else "")
        return key, [key]
    keys = [_source(row, name, "") for name in named] + [_source(row, "", url) for url in urls]
    return table_source(row.means), list(dict.fromkeys(keys))


def table_source(means: Means) -> str:
    """Register the table itself as a source."""
    title = means.options.dataset or means.dataset
    return means.registers.source({"key": f"table-{means.dataset}", "kind": "dataset", "title": title})


def named_source(row: Row, name: str) -> str:
    """Register who says what a column counts, as the mapping names it: `killed @police`."""
    key = f"table-{row.means.dataset}-{slug(name)}"
    return row.means.registers.source({"key": key, "kind": UNSAID_SOURCE_KIND, "publisher": name})


def _source(row: Row, name: str, url: str) -> str:
    """Register a source. Two of one name are one where address and date are the same."""
    if _WEB.fullmatch(name) and not url:
        name, url = "", name
    document: Document = {"kind": _kind(row)}
    document |= {field: text for field, text in (("publisher", name), ("url", url)) if text}
    if day := _published(row):
        document["published_on"] = day
    told = [name or url, *([url, day or ""] if name and (url or day) else [])]
    key = slug(name) if len(told) == 1 else f"{slug(name)}-{short_hash(' '.join(told))}"
    return row.means.registers.source({"key": f"table-{row.means.dataset}-{key or short_hash(url)}", **document})


def _kind(row: Row) -> str:
    text = row.get("source_kind")
    if not text:
        return UNSAID_SOURCE_KIND
    try:
        return codebook().source_kinds.find(text).code
    except UnknownTermError as error:
        row.cannot_use("source_kind", text, str(error))
        return UNSAID_SOURCE_KIND


def _published(row: Row) -> str | None:
    text = row.get("source_date")
    if not text:
        return None
    try:
        told = read_days(text, row.means.survey.dates.get(row.column("source_date"), row.means.mapping.dates))
    except CellError as error:
        row.cannot_use("source_date", text, str(error))
        return None
    if told and "/" in told:
        row.cannot_use("source_date", text, tr("a document has one date; left out"))
        return None
    return told


def _address(row: Row, text: str) -> str | None:
    if _WEB.fullmatch(text):
        return text
    if _BARE_WEB.fullmatch(text):
        return f"https://{text}"
    row.cannot_use(
        "source_url",
        text,
        tr("not a web address; expected an address that begins with http:// or https://, without spaces"),
    )
    row.keep(row.column("source_url"), row.cell(row.column("source_url")) or text)
    return None


def parties_of(row: Row) -> list[dict[str, Any]]:  # Any: JSON
    """Return the parties of a draft."""
    found = [{"actor": _actor(row, name), "role": role} for held, role in ROLES.items() for name in _names(row, held)]
    return list({(party["actor"], party["role"]): party for party in found}.values())


def _actor(row: Row, name: str) -> str:
    """Return the actor that a name means: one that the mapping names, else one of the table's own."""
    said = row.means.mapping.actors.get(name)
    if said is not None and said not in codebook().actor_kinds:
        return said
    key = f"table-{row.means.dataset}-{slug(name)}"
    return row.means.registers.actor({"key": key, "name": row_text(row, name), "kind": said or UNSAID_ACTOR_KIND})


def cases_of(row: Row) -> list[str]:
    """Return the keys of the cases that a row belongs to."""
    return [
        row.means.registers.case(
            {"key": f"table-{row.means.dataset}-{slug(name)}", "title": row_text(row, name), "type": "other"}
        )
        for name in _names(row, "case")
    ]


def _names(row: Row, held: str) -> list[str]:
    """Return the names of a field; what is not a name is the row's fault."""
    found = []
    for name in row.all(held):
        try:
            check_name(name)
        except CellError as error:
            row.fault(held, name, str(error))
        else:
            found.append(name)
    return found


def row_text(row: Row, text: str) -> dict[str, str]:
    """Return a text of the table by its language."""
    return {row.means.options.language or "und": text}
