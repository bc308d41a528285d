"""Names of voices: whom a document quotes is one text, or a text by language, and one voice under all its names.

A voice is compared without regard to language: two claims of an incident are of one voice where a name of the one is
a name of the other, in any language and case. `Defensoría del Pueblo` in one claim, and in another claim
`{es: Defensoría del Pueblo, en: Ombudsman's Office}`, are one voice; so are two names of a body that
`data/voices/bodies.toml` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from willay.data.voices import names_of_bodies

if TYPE_CHECKING:
    from collections.abc import Iterable

VoiceName: TypeAlias = str | Mapping[str, str]
"""Whom a document quotes: a text whose language nobody states, or a text by language."""

Called: TypeAlias = "Mapping[str, str]"
"""What each name of the voices of an incident is compared by: the same for all names of one voice."""

ALONE: Final[Called] = MappingProxyType({})
"""Of a voice that is compared by its own names alone."""


def names_of(said: VoiceName) -> tuple[str, ...]:
    """Return the names of a voice, folded: its own, in each language, and those that its body is known by."""
    if isinstance(said, str):
        return _names(said)
    return tuple(dict.fromkeys(name for text in said.values() for name in _names(text)))


@lru_cache(1 << 12)
def _names(text: str) -> tuple[str, ...]:
    name = text.casefold()
    return names_of_bodies().get(name, (name,))


def called(voices: Iterable[VoiceName | None]) -> Called:
    """Return what the names of voices are compared by; names that share a voice share it.

    Args:
        voices: Those of all claims of an incident; None where a document speaks for itself.
    """
    found: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for said in voices:
        if not said:
            continue
        names = names_of(said)
        every = {*names}.union(*(members[found[name]] for name in names if name in found))
        one = min(every)
        members[one] = every
        found |= dict.fromkeys(every, one)
    return found


def voice_key(said: VoiceName, names: Called = ALONE) -> str:
    """Return what a voice is compared by.

    Args:
        said: The voice.
        names: What `called` gave for the voices of its incident.
    """
    own = names_of(said)
    return names.get(own[0]) or min(own)


def is_same_voice(one: VoiceName | None, other: VoiceName | None) -> bool:
    """Return whether two voices share a name, or neither is one."""
    if not one or not other:
        return not one and not other
    return not {*names_of(one)}.isdisjoint(names_of(other))
