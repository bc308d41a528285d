"""Codes and titles of all rows, which lists and search need: lines of UTF-8, in a block of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns


def title_block(incidents: IncidentColumns, lang: str) -> tuple[dict[str, Any], dict[str, NDArray[np.uint8]]]:
    """Return the header and the arrays of the block: a line for each row.

    The frame's own titles are those of its language (`attrs["lang"]`, else `lang`), the first of `langs`. Those of
    another language come from the cards, as far as they differ; a line is empty where they do not.
    """
    rows = incidents.frame
    main = str(rows.attrs.get("lang") or lang)
    titles = [_line(title) for title in rows["title"]]
    arrays = {"codes": _bytes(_line(code) for code in rows["code"]), f"title_{main}": _bytes(titles)}
    langs = [main]
    for other in (each for each in LANGS if each != main):
        known = incidents.titles.get(other, {})
        told = [_line(known.get(row)) for row in range(len(rows))]
        if any(told):
            langs.append(other)
            arrays[f"title_{other}"] = _bytes("" if a == b else a for a, b in zip(told, titles, strict=True))
    return {"langs": langs}, arrays


def _line(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""


def _bytes(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8", "replace"), np.uint8)
