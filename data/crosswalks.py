"""Crosswalks: the codes of other datasets next to ours, in both directions, with what a translation loses.

The tables are data (`data/crosswalks/*.toml`), one file a system. The code lists are facts of each dataset's codebook.
A translation that has no `loss` comes back as the same term or code; whatever does not says what is lost.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.errors import UnknownTermError

if TYPE_CHECKING:
    from collections.abc import Mapping

SYSTEMS: Final = ("acled", "cameo", "ccc", "gtd", "mm", "plover", "scad", "ucdp")
"""The systems for which there is a table."""


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """One code of another system.

    Attributes:
        code: The code as its files write it.
        label: What it means there, in few words.
        ours: The term of our codebook that it becomes; None where nothing of ours says it.
        loss: What is lost on the way in; empty where nothing is.
        also: Further spellings that files use for it.
        facts: The table's further columns.

    Example:
        >>> from willay.data import crosswalk
        >>> entry = crosswalk("ucdp").get("type_of_violence", "3")
        >>> entry.label, entry.ours
        ('one-sided violence', 'killing')
    """

    code: str
    label: str = ""
    ours: str | None = None
    loss: str = ""
    also: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: TOML values


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a term of ours becomes in another system.

    Attributes:
        ours: Our term.
        code: The code there; None where the system cannot say it.
        loss: What is lost on the way out, or why there is no code; empty where nothing is lost.
        also: Codes that fit instead where more is known than our term says, such as who took part.

    Example:
        >>> from willay.data import crosswalk
        >>> entry = crosswalk("ucdp").outgoing("type", "ambush")
        >>> entry.code, entry.loss
        ('1', 'that it was an ambush')
    """

    ours: str
    code: str | None
    loss: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The tables of one system.

    Attributes:
        system: Its name.
        lists: The codes of each list, in the order of the file.
        out: What our terms become, by list.

    Example:
        >>> from willay.data import crosswalk
        >>> crosswalk("ucdp").outgoing("date_precision", "week").code
        '3'
    """

    system: str
    lists: Mapping[str, Mapping[str, ForeignCode]]
    out: Mapping[str, Mapping[str, Outgoing]]

    def get(self, name: str, code: str) -> ForeignCode | None:
        """Return the entry of a code in a list, or None where the list has no such code."""
        return self.lists[name].get(code)

    def find(self, name: str, text: str) -> ForeignCode | None:
        """Return the entry that a text means, by code, label or further spelling, in any case.

        None where the name is unknown, or where two codes have that label.
        """
        return _by_word(self.system, name).get(_folded(text))

    def outgoing(self, name: str, ours: str) -> Outgoing | None:
        """Return what a term of ours becomes, or None where the table has no line for it."""
        return self.out[name].get(ours)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _by_word(system: str, name: str) -> Mapping[str, ForeignCode]:
    entries = crosswalk(system).lists[name].values()
    words = [
        (word, entry) for entry in entries for word in {_folded(word) for word in (entry.label, *entry.also) if word}
    ]
    shared = {word for word, number in Counter(word for word, _ in words).items() if number > 1}
    by_label = {word: entry for word, entry in words if word not in shared}
    return MappingProxyType({**by_label, **{_folded(entry.code): entry for entry in entries}})


@cache
def crosswalk(system: str) -> Crosswalk:
    """Read the crosswalk of a system, once.

    Raises:
        UnknownTermError: There is none.

    Example:
        >>> from willay.data import crosswalk
        >>> crosswalk("acled").find("event_type", "Protests").ours
        'protest'
    """
    if system not in SYSTEMS:
        raise UnknownTermError("crosswalk", system, SYSTEMS, None)
    text = (files("willay.data") / "crosswalks" / f"{system}.toml").read_text("utf-8")
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    lists = {name: _codes(rows) for name, rows in tables.items() if not name.startswith("to_")}
    out = {name.removeprefix("to_"): _outgoing(rows) for name, rows in tables.items() if name.startswith("to_")}
    return Crosswalk(system, MappingProxyType(lists), MappingProxyType(out))


_KNOWN: Final = {"code", "label", "ours", "loss", "also"}


def _codes(rows: list[dict[str, Any]]) -> Mapping[str, ForeignCode]:
    return MappingProxyType(
        {
            row["code"]: ForeignCode(
                row["code"],
                row.get("label", ""),
                row.get("ours"),
                row.get("loss", ""),
                tuple(row.get("also", ())),
                MappingProxyType({name: value for name, value in row.items() if name not in _KNOWN}),
            )
            for row in rows
        }
    )


def _outgoing(rows: list[dict[str, Any]]) -> Mapping[str, Outgoing]:
    made = (Outgoing(row["ours"], row.get("code"), row.get("loss", ""), tuple(row.get("also", ()))) for row in rows)
    return MappingProxyType({entry.ours: entry for entry in made})
