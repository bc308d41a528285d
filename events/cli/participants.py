"""Who took part, as a person names it: found among the known actors, or added with its kind; then its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from willay.data.admin import folded
from willay.data.codebook import begins, codebook
from willay.events.cli.choosing import UnreadError, agreed, answered, chosen, chosen_term
from willay.events.cli.output import ask, say
from willay.events.cli.questions import BACK, HELP, listed_terms
from willay.events.model.entry import slug
from willay.events.model.values import local
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from willay.events.model.drafts import ActorDraft

_NEAR_ENOUGH = 80


class Participants:
    """The actors of a database, to choose from.

    Args:
        actors: All of them.
    """

    def __init__(self, actors: Iterable[ActorDraft]) -> None:
        self._actors = {actor.key: actor for actor in actors}
        self._new: dict[str, dict[str, Any]] = {}

    def settled(self, texts: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the parties that texts name, as plain fields, and the actors that are new.

        Raises:
            UnreadError: One is unknown, and is not to be added.
            BackError: The person goes back to the question before.
        """
        parties = [self._party(text) for text in texts]
        return {"parties": parties, "new": list(self._new.values())}

    def _party(self, text: str) -> dict[str, Any]:
        name, _, role = text.partition("=")
        key = self._found(name.strip())
        return {"actor": key, "role": chosen_term(role.strip(), codebook().roles) if role.strip() else self._role(key)}

    def _found(self, name: str) -> str:
        meant = self._meant(name)
        if not meant:
            near = self._near(name)
            if near and agreed(tr("Unknown: {name!r}. Did you mean {near}?", name=name, near=self._words(near))):
                return near
            return self._added(name)
        key = chosen(name, self._meant, self._words)
        if folded(self._words(key)) != folded(name):
            say(f"  → {self._words(key)}")
        return key

    def _meant(self, text: str) -> list[str]:
        asked = folded(text)
        exact = [key for key in self._actors if asked in self._names(key)]
        return exact[:1] or [key for key in self._actors if any(begins(asked, name) for name in self._names(key))]

    def _near(self, text: str) -> str | None:
        names = {name: key for key in self._actors for name in self._names(key)}
        found = process.extractOne(folded(text), list(names), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        return names[found[0]] if found else None

    def _names(self, key: str) -> Iterator[str]:
        actor = self._actors[key]
        for name in (key, local(actor.name, "es"), local(actor.name, "en"), *actor.aliases):
            yield folded(name)

    def _words(self, key: str) -> str:
        return local(self._actors[key].name, language()) if key in self._actors else str(self._new[key]["name"])

    def _added(self, name: str) -> str:
        """Add an actor that the database does not have, with its kind.

        Raises:
            UnreadError: The person does not want it.
        """
        if not agreed(tr("Unknown actor {name!r}. Add it as a new one?", name=name), default=False):
            raise UnreadError(tr("Type a different name, or press Enter if it is unknown who took part."))
        kinds = codebook().actor_kinds
        say(listed_terms(kinds))
        while True:
            try:
                kind = chosen_term(answered(tr("What kind of actor is it? (a number, or its first letters)")), kinds)
                break
            except UnreadError as error:
                say(f"  {error}")
        key = slug(name)
        self._new[key] = {"key": key, "name": name, "kind": kind}
        return key

    def _role(self, key: str) -> str:
        """Ask for the part that an actor took.

        Raises:
            BackError: The person goes back to the question before.
        """
        roles = codebook().roles
        say(listed_terms(roles))
        question = tr("What part did {actor} take? (a number; Enter = was present)", actor=self._words(key))
        while True:
            answer = ask(question, default="").strip()
            if not answer:
                return "present"
            if answer == BACK:
                from willay.events.cli.choosing import BackError

                raise BackError
            try:
                if answer != HELP:
                    return chosen_term(answer, roles)
            except UnreadError as error:
                say(f"  {error}")


def suggested_actors(actors: Iterable[ActorDraft], text: str) -> Iterator[tuple[str, str]]:
    """Yield the names of actors of which a text is the beginning, each with its kind."""
    before, separator, last = text.rpartition(";")
    asked = folded(last)
    for actor in actors:
        name = local(actor.name, language())
        if any(begins(asked, folded(one)) for one in (name, actor.key, *actor.aliases)):
            kind = codebook().actor_kinds[actor.kind].label(language())
            yield f"{before}{separator}{' ' if separator else ''}{name}", kind
