"""Indicators that are added: their keys, and which of them are there already."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from willay.events.model.canonical import canonical
from willay.events.model.errors import Fault
from willay.events.model.values import local
from willay.events.store.record.register_rows import indicator_document, indicator_states
from willay.events.store.record.states import entry_state
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import IndicatorDraft
    from willay.events.store.record.states import State

_LONGEST_WORD: Final = 40
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def new_indicators(connection: Connection, drafts: Sequence[IndicatorDraft]) -> tuple[dict[str, State], list[Fault]]:
    """Return the states of the indicators that are new, by key, in their order, and what is wrong with them.

    One without a key is there already if another has all the same fields; else it gets a key that no other has.
    """
    if not drafts:
        return {}, []
    known = {key: indicator_document(key, state) for key, state in indicator_states(connection)}
    contents = {_content(state) for state in known.values()}
    new: dict[str, State] = {}
    faults = []
    for place, draft in enumerate(drafts):
        state = entry_state(draft)
        if draft.key is None and _content(state) in contents:
            continue
        key = draft.key or free_key(made_key(draft), known)
        document = {**state, "key": key}
        if key not in known:
            known[key] = document
            new[key] = state if key.isdecimal() else document
            contents.add(_content(state))
        elif document != known[key]:
            faults.append(Fault(f"indicators[{place}].key", differs(key, document, known[key])))
    return new, faults


def _content(state: State) -> str:
    return canonical({name: value for name, value in state.items() if name != "key"})


def made_key(draft: IndicatorDraft) -> str:
    """Return the key that an indicator gets where nobody gives one: what, where, when, of what part, by whom."""
    when = str(draft.year) if draft.year is not None else " ".join(filter(None, (draft.from_day, draft.until_day)))
    parts = (
        draft.series or local(draft.name, "en"), draft.area, when, local(draft.category, "en"), local(draft.by, "en"),
    )  # fmt: skip
    return "-".join(word for part in parts if (word := _word(part))) or "indicator"


def _word(text: str) -> str:
    """Return a text as a part of a key: Latin letters without accents, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _BETWEEN.sub("-", plain)[:_LONGEST_WORD].strip("-")


def free_key(key: str, taken: Container[str]) -> str:
    """Return a key that is not taken: the one that is wished, else the same with a number from 2 on."""
    wished = f"{key}-of" if key.isdecimal() else key
    number, free = 2, wished
    while free in taken:
        free, number = f"{wished}-{number}", number + 1
    return free


def differs(key: str, state: State, stored: State) -> str:
    """Return what is wrong with an entry whose key another one has."""
    names = sorted(name for name in {*state, *stored} if state.get(name) != stored.get(name))
    return tr(
        "The key {key!r} is already used by a different entry, which differs in {names}. Choose "
        "a different key, or make the two the same.",
        key=key,
        names=", ".join(names),
    )
