"""Words for codes in the cells of a list, in the language of now; in a pipe and in files the codes stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SEVERITIES: Final[Mapping[str, str]] = {"error": mark("error"), "note": mark("note"), "info": mark("info")}
"""How grave a problem is that `willay check` finds."""


def in_words(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts a code of ours into words; one that has none stays."""
    return lambda code: tr(words.get(code, code))


def of_codebook(terms: str) -> Callable[[str], str]:
    """Return what gives the label of a code of one of the codebook's lists, such as `source_kinds`."""

    def label(code: str) -> str:
        from willay.data.codebook import codebook

        return str(getattr(codebook(), terms)[code].label(language())) if code else ""

    return label
