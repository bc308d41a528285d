"""A document as one HTML file: no script, nothing from the network, printable on A4."""

from __future__ import annotations

import base64
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from willay.maps.profile.blocks import plain
from willay.maps.templating import template

if TYPE_CHECKING:
    from willay.maps.pictures import Picture
    from willay.maps.profile.blocks import Document, Table, Text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def as_html(document: Document) -> str:
    """Return a document as one HTML text; the same document gives the same text."""
    style = (files("willay.maps") / "static" / "documents" / "profile.css").read_text("utf-8")
    return template("profile.html").render(
        doc=document, policy=_POLICY, style=style, picture=_picture, spans=_spans, plain=plain, kind=_kind
    )


def _kind(block: object) -> str:
    return type(block).__name__


def _picture(picture: Picture) -> str:
    """Return a drawing as the address of an image that lies inside the file."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture.written(".svg")).decode("ascii")


def _spans(table: Table) -> list[tuple[int, tuple[Text, ...]]]:
    """Return the rows of a table with how many rows their first cell spans; 0 where the cell above holds for it."""
    if not table.spans:
        return [(1, row) for row in table.rows]
    found: list[tuple[int, tuple[Text, ...]]] = []
    for _, group in groupby(table.rows, key=lambda row: plain(row[0])):
        rows = list(group)
        found += [(len(rows) if number == 0 else 0, row) for number, row in enumerate(rows)]
    return found
