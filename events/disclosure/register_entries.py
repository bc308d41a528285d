"""Sources, actors, cases, indicators and datasets as a profile shows them: withheld ones keep a kind and a number.

What names something withheld is withheld itself: a source whose title says who spoke, an actor called "family of …", a
case, an indicator, the terms of a dataset.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from willay.events.disclosure.declarations import ACTOR, CASE, DATASET, INDICATOR, REGION, SOURCE
from willay.events.disclosure.names import Names
from willay.events.disclosure.rules import names_withheld
from willay.events.disclosure.showing import coarse, exact, texts_of
from willay.events.model.terms import stricter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.data.profiles import Profile
    from willay.events.disclosure.coarsening import Around
    from willay.events.disclosure.declarations import Fields
    from willay.events.model.canonical import Document

REGISTERS: Final[Mapping[str, Fields]] = {"source": SOURCE, "actor": ACTOR, "case": CASE}
"""The fields of what incidents refer to by key, by kind."""

_NAMES: Final = {"source": ("publisher", "title", "url", "archive_url"), "actor": ("name", "aliases")}
"""The fields by which a withheld source or actor is known."""

_ADDRESSES: Final = ("https://", "http://", "www.")


@dataclass(frozen=True, slots=True)
class Register:
    """Sources, actors and cases.

    Attributes:
        source: Their documents, as they are known.
        actor: The same.
        case: The same.
    """

    source: Sequence[Document] = ()
    actor: Sequence[Document] = ()
    case: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a profile withholds of registers.

    Attributes:
        names: The names by which withheld sources and actors are known, and were known before.
        called: For `source`, `actor` and `case`, what each that is withheld is called instead of its key.
        only_codes: Whether the names are codes of incidents, and no others.
    """

    names: Names = field(default_factory=Names)
    called: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {kind: dict[str, str]() for kind in REGISTERS}
    )
    only_codes: bool = False

    def __bool__(self) -> bool:
        """Return whether anything is withheld."""
        return any(self.called.values())


def sensitive(kind: str, documents: Iterable[Document], profile: Profile, levels: Mapping[str, str]) -> set[str]:
    """Return the keys of sources or actors that a profile withholds for their own level.

    Args:
        kind: `source` or `actor`.
        documents: All of that kind, as they are or were known; those made since may be absent.
        profile: The profile.
        levels: How sensitive they are today, by key; the stricter of then and now holds.
    """
    then = {document["key"]: document.get("sensitivity") for document in documents}
    return {
        key
        for key in then.keys() | levels.keys()
        if profile.treatment(kind, stricter(then.get(key), levels.get(key))) == "withhold"
    }


def names_of(kind: str, documents: Iterable[Document]) -> set[str]:
    """Return the names by which sources or actors are known: all that their documents, also earlier ones, say."""
    said = {text for document in documents for name in _NAMES[kind] for text in texts_of(document.get(name))}
    return said | {_without_scheme(text) for text in said}


def _without_scheme(text: str) -> str:
    for begins in _ADDRESSES:
        text = text.removeprefix(begins)
    return text.rstrip("/")


def withheld(register: Register, hidden: Mapping[str, set[str]], names: Names, secret: bytes) -> Withheld:
    """Return what is withheld, and what it is called instead.

    Args:
        register: All sources, actors and cases of a database, so that a number stays the same whatever is asked for.
        hidden: The keys of sources and actors that are withheld for their level.
        names: Names that no text may have.
        secret: What numbers follow from: their order says nothing about names.
    """
    called = {}
    for kind, fields in REGISTERS.items():
        documents = {
            document["key"]: document
            for document in getattr(register, kind)
            if document["key"] in hidden.get(kind, ()) or names_withheld(document, fields, names)
        }
        ordered = sorted(documents, key=lambda key: hmac.digest(secret, f"{kind}:{key}".encode(), "sha256"))
        called[kind] = {key: _name(kind, documents[key], number) for number, key in enumerate(ordered, 1)}
    return Withheld(names, called, only_codes=not any(hidden.values()))


def _name(kind: str, document: Document, number: int) -> str:
    return f"withheld-{'case' if kind == 'case' else document['kind']}-{number}"


def shown_register(register: Register, around: Around) -> Register:
    """Return sources, actors and cases as they may be shown; no actor is a part of one that is withheld."""
    return Register(
        [_shown(document, SOURCE, around, around.sources) for document in register.source],
        [_shown(_alone(document, around), ACTOR, around, around.actors) for document in register.actor],
        [_shown(document, CASE, around, around.cases) for document in register.case],
    )


def _alone(actor: Document, around: Around) -> Document:
    return {name: value for name, value in actor.items() if name != "part_of" or value not in around.actors}


def _shown(document: Document, fields: Fields, around: Around, called: Mapping[str, str]) -> dict[str, Any]:
    return (coarse if document["key"] in called else exact)(document, fields, around)


def shown_indicators(
    indicators: Iterable[Document], around: Around, names: Names, profile: Profile | None = None
) -> list[dict[str, Any]]:
    """Return indicators without those that name something withheld, or that are withheld for their level.

    Args:
        indicators: Their documents.
        around: What withheld sources are called instead.
        names: Names that no text may have.
        profile: What becomes of levels: an indicator is treated as a source is, and one that is withheld is left out.
    """
    return [
        exact(one, INDICATOR, around)
        for one in indicators
        if not names_withheld(one, INDICATOR, names)
        and (profile is None or profile.treatment("source", one.get("sensitivity")) == "show")
    ]


def shown_dataset(dataset: Document, around: Around, names: Names) -> dict[str, Any]:
    """Return a dataset, without its terms where they name something withheld."""
    return (coarse if names_withheld(dataset, DATASET, names) else exact)(dataset, DATASET, around)


def names_in_region(region: Document, names: Names) -> bool:
    """Return whether a region names something withheld; it is not shown then."""
    return names_withheld(region, REGION, names)
