"""Completion at a prompt: what a shell offers for a word that is begun; commands and options are Typer's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from willay.geo.translation import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Offered = list[Any]  # Any: Typer's completion items

WORDS: Final[Mapping[str, str]] = {
    "--type": "types_and_subtypes",
    "--with": "measures",
    "--measure": "measures",
    "--status": "statuses",
    "--place-precision": "place_precision",
    "--source-kind": "source_kinds",
    "--said-by-kind": "source_kinds",
    "--actor-kind": "actor_kinds",
    "--sensitivity": "sensitivity",
    "--case-type": "case_types",
    "--qualifier": "qualifiers",
    "--indicator-kind": "indicator_kinds",
}
"""Options whose values are words of a list of the codebook."""

NAMES: Final[Mapping[str, str]] = {
    "--actor": "actor",
    "--source": "source",
    "--case": "case",
    "--region": "region",
    "--dataset": "dataset",
    "--without": "dataset",
    "--part-of": "incident",
    "code": "incident",
    "codes": "incident",
}
"""Options and arguments whose values are names in the database, with the kind of what they name."""

KEYS: Final = frozenset({"source", "actor", "case", "indicator"})
"""Groups of commands whose argument `key` names one of theirs."""


def complete_values(command: Any, group: str = "") -> None:  # noqa: ANN401 — Typer's tree has no public types
    """Let a command, and all below it, offer values of its options and arguments."""
    for parameter in command.params:
        if (offer := _offer(parameter, group)) is not None:
            parameter._custom_shell_complete = offer  # noqa: SLF001 — what Typer sets of `autocompletion`
    for name, below in getattr(command, "commands", {}).items():
        complete_values(below, group or name)


def _offer(parameter: Any, group: str) -> Callable[..., Offered] | None:  # noqa: ANN401 — as above
    for name in (*parameter.opts, parameter.name):
        if name in WORDS:
            return _words(WORDS[name])
        if name in NAMES:
            return _names(NAMES[name])
        if name == "key" and group in KEYS:
            return _names(group)
    return None


def _words(listed: str) -> Callable[..., Offered]:
    def offer(_context: Any, _parameter: Any, begun: str) -> Offered:  # noqa: ANN401 — as Typer calls it
        return [_item(word, called) for word, called in words_beginning(listed, begun)]

    return offer


def words_beginning(listed: str, begun: str) -> Iterator[tuple[str, str]]:
    """Yield the codes of a list of the codebook that begin with some letters, or whose labels do, in any language.

    Args:
        listed: The list, as an attribute of the codebook.
        begun: The letters, in any case and without regard to accents.
    """
    from willay.data.admin import folded
    from willay.data.codebook import codebook

    asked = folded(begun)
    for term in getattr(codebook(), listed):
        if any(folded(name).startswith(asked) for name in (term.code, *term.labels.values())):
            yield term.code, term.label(language())


def _names(kind: str) -> Callable[..., Offered]:
    def offer(context: Any, _parameter: Any, begun: str) -> Offered:  # noqa: ANN401 — as Typer calls it
        from willay.events.cli.options import DEFAULT_DB
        from willay.events.offered import names_beginning

        db = Path(context.params.get("db") or DEFAULT_DB)
        return [_item(name, called) for name, called in names_beginning(db, kind, begun)]

    return offer


def _item(value: str, called: str) -> Any:  # noqa: ANN401 — Typer's completion item
    from typer._click.shell_completion import CompletionItem

    return CompletionItem(value, help=called or None)
