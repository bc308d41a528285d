"""Sources, actors and cases as tables, as a disclosure profile shows them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import pandas as pd

from willay.events.exchange.outgoing.tables import spoken
from willay.events.front.filters import moment_of
from willay.events.model.drafts import ActorDraft, CaseDraft, SourceDraft
from willay.events.model.fields import flat_names
from willay.events.model.own_terms import OwnTerm

if TYPE_CHECKING:
    from willay.data.profiles import Profile
    from willay.events.store import Store

Kind: TypeAlias = Literal["source", "actor", "case"]

_OF: Final[dict[Kind, tuple[int, type[Any]]]] = {
    "source": (0, SourceDraft), "actor": (1, ActorDraft), "case": (2, CaseDraft),
}  # fmt: skip


def register(store: Store, kind: Kind, *, as_of: Any, profile: Profile | None, lang: str) -> pd.DataFrame:  # noqa: ANN401 — a moment in any form
    """Return a register as a table, by key: texts in a language, lists separated by "; ".

    Args:
        store: The database.
        kind: Which one.
        as_of: As known at this moment; None is now.
        profile: Those that incidents which it shows refer to; None is all, as they are recorded.
        lang: The language of texts; the next best where one lacks it.
    """
    place, model = _OF[kind]
    documents = store.registers.documents(profile, None if as_of is None else moment_of(as_of))[place]
    names = flat_names(model)
    columns = {name: [_cell(one.get(name), lang) for one in documents] for name in names}
    return pd.DataFrame({name: pd.Series(values, dtype="object").infer_objects() for name, values in columns.items()})


def own_terms(store: Store) -> pd.DataFrame:
    """Return the terms of one's own as a table, by kind and name."""
    rows = [asdict(one) for one in store.registers.terms()]
    return pd.DataFrame(rows, columns=[one.name for one in fields(OwnTerm)], dtype="object")


def _cell(value: Any, lang: str) -> Any:  # noqa: ANN401 — a value of a document
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else spoken(value, lang)
