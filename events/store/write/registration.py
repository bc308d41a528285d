"""Registering: the sources, actors and cases of a dataset enter next to those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.events.model.drafts import draft
from willay.events.store.record import lookups
from willay.events.store.record.register_rows import MODELS, TABLES, states_by_key
from willay.events.store.record.resolve import actor_names, folded
from willay.events.store.record.states import entry_state, pruned
from willay.events.store.write.writer import add_keyed
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Batch, Document
    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State


def add_missing(connection: Connection, batch: Batch, author: Author) -> None:
    """Add the sources, actors and cases of a batch whose keys are not there; those that are stay as they are.

    Raises:
        DraftError: An entry is not a draft: the reader made it wrong.
    """
    for kind, documents in (("source", batch.sources), ("actor", batch.actors), ("case", batch.cases)):
        there = lookups.present(connection, TABLES[kind], (document["key"] for document in documents))
        new = [document for document in documents if document["key"] not in there]
        if new:
            add_keyed(connection, kind, _states(connection, kind, new), author)


def differing_entries(connection: Connection, batch: Batch) -> dict[tuple[str, str], str]:
    """Return which sources, actors and cases of a batch are different here under the same key, in words, by both.

    Ours are retained: whether the two are one is for a person to decide.
    """
    found = {}
    for kind, documents in (("source", batch.sources), ("actor", batch.actors), ("case", batch.cases)):
        here = states_by_key(connection, kind, (document["key"] for document in documents))
        for document in documents:
            theirs, ours = pruned(document), here.get(document["key"])
            names = sorted(name for name in {*theirs, *(ours or theirs)} if ours and theirs.get(name) != ours.get(name))
            if names:
                found[f"{kind}s", document["key"]] = tr(
                    _DIFFERS[kind],
                    key=document["key"],
                    names=", ".join(names),
                )
    return found


_DIFFERS: Final = {
    "source": mark(
        "The source {key!r} of the database is different: it differs in {names}. Ours was retained. Compare the two."
    ),
    "actor": mark(
        "The actor {key!r} of the database is different: it differs in {names}. Ours was retained. Compare the two."
    ),
    "case": mark(
        "The case {key!r} of the database is different: it differs in {names}. Ours was retained. Compare the two."
    ),
}


def _states(connection: Connection, kind: str, documents: Sequence[Document]) -> list[State]:
    if kind == "actor":
        taken = actor_names(connection)
        documents = [_distinct(document, taken) for document in documents]
    return [entry_state(draft(MODELS[kind], document)) for document in documents]


def _distinct(document: Document, taken: dict[str, str]) -> Document:
    """Keep two actors from going by one name: the dataset's name is added to a name that is taken, an alias dropped.

    Whether they are one and the same is for a person to say.
    """
    key = document["key"]
    names = document["name"] if isinstance(document["name"], dict) else {"und": document["name"]}
    mark = key.split("-", 1)[0].upper()
    told = {lang: name if _is_free(name, key, taken) else f"{name} ({mark} {key})" for lang, name in names.items()}
    aliases = [alias for alias in document.get("aliases", ()) if _is_free(alias, key, taken)]
    for name in (key, *told.values(), *aliases):
        taken.setdefault(folded(name), key)
    return {**document, "name": told, "aliases": aliases}


def _is_free(name: str, key: str, taken: Mapping[str, str]) -> bool:
    return taken.get(folded(name), key) == key
