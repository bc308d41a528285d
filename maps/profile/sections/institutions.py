"""Institutions of the state, with what they do; and other actors: companies, organisations, armed groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.maps.profile.blocks import Heading, Paragraph, Run, Table, plain, text
from willay.maps.profile.wording import titled

if TYPE_CHECKING:
    from willay.events.model.drafts import ActorDraft
    from willay.maps.profile.blocks import Block, Text
    from willay.maps.profile.writing import Writing

STATE: Final = ("state-institution", "state-forces")
"""Kinds of actors that are of the state."""


def write(of: Writing) -> tuple[Block, ...]:
    """Write the section of the state's institutions."""
    return _written(of, [actor for actor in _chosen(of) if actor.kind in STATE], "no_institutions")


def write_others(of: Writing) -> tuple[Block, ...]:
    """Write the section of all other actors."""
    return _written(of, [actor for actor in _chosen(of) if actor.kind not in STATE], "no_actors")


def _chosen(of: Writing) -> list[ActorDraft]:
    return [actor for actor in of.record.actors if of.record.area.is_whole or actor.key in of.rows_of_actors]


def _written(of: Writing, actors: list[ActorDraft], none: str) -> tuple[Block, ...]:
    if not actors:
        return (Paragraph(text(of.t(none))),)
    blocks: list[Block] = []
    head = tuple(of.t(key) for key in ("col_name", "col_does", "col_part_of", "col_incidents"))
    for kind in dict.fromkeys(actor.kind for actor in actors):
        title = titled(of.words.label("actor_kinds", kind))
        rows = [_row(of, actor) for actor in actors if actor.kind == kind]
        shown = [
            place for place in range(len(head)) if place in (0, 3) or any(plain(row[place]) != "–" for row in rows)
        ]
        cells = tuple(tuple(row[place] for place in shown) for row in rows)
        names = tuple(head[place] for place in shown)
        blocks += [Heading(title), Table(title, names, cells, frozenset({len(shown) - 1}), is_titled=True)]
    return tuple(blocks)


def _row(of: Writing, actor: ActorDraft) -> tuple[Text, ...]:
    words = of.words
    name = words.local(actor.name)
    short = [alias for alias in actor.aliases if alias.isupper() and alias not in name][:1]
    does = [words.local(each) for each in (actor.description, actor.note) if each]
    where = [part for part in (actor.address,) if part]
    told = text(" ".join((*does, *where)) or "–", *((" ", Run(actor.url, url=actor.url)) if actor.url else ()))
    rows = of.rows_of_actors.get(actor.key, [])
    number = of.number_of(rows, f"actor-{actor.key}", of.t("sum_actor", name=name)) if rows else text("–")
    return (text(f"{name} ({short[0]})" if short else name), told, text(_parent(of, actor) or "–"), number)


def _parent(of: Writing, actor: ActorDraft) -> str:
    above = next((one for one in of.record.actors if one.key == actor.part_of), None)
    return of.words.local(above.name) if above else ""
