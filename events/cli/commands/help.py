"""`willay help`: what people look up, and the help of a command by its name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from willay.events.cli.help_pages import first_sentence
from willay.events.cli.options import today
from willay.events.cli.output import put
from willay.geo.translation import tr


def help_on(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(help="Topic, such as types, groups, days or exit-codes; or a command. Default: all topics."),
    ] = None,
) -> None:
    """Explain codes and forms: types, groups, measures, days, counts, places, exit codes and more."""
    from willay.events.cli.topics import TOPICS, find_topic
    from willay.events.model.errors import NotFoundError

    words = topic or []
    found = find_topic("-".join(words)) if words else None
    if not words:
        put(_page(context, tr("Topics of willay help, with their lists and forms:"), [("", _listed(TOPICS))]))
    elif found is not None:
        sections = [(tr(heading) if heading else "", list(rows(today()))) for heading, rows in found.sections]
        put(_page(context, tr(found.about), sections))
    elif (page := _help_of_command(context, words)) is not None:
        put(page)
    else:
        names = ", ".join(one.name for one in TOPICS)
        message = tr("Unknown help topic or command {name!r}. Topics: {names}.", name=" ".join(words), names=names)
        raise NotFoundError(message)


def _listed(topics: Any) -> list[tuple[str, str]]:  # noqa: ANN401 — of a module that is loaded late
    return [(topic.name, first_sentence(tr(topic.about))) for topic in topics]


def _page(context: Any, about: str, sections: list[tuple[str, list[tuple[str, str]]]]) -> str:  # noqa: ANN401 — Typer's context
    """Return a text and lists of two columns, in lines that fit the terminal."""
    formatter = context.make_formatter()
    formatter.write_text(about)
    for heading, rows in sections:
        formatter.write_paragraph()
        if heading:
            formatter.write_heading(heading)
        with formatter.indentation():
            formatter.write_dl(rows)
    return str(formatter.getvalue()).rstrip("\n")


def _help_of_command(context: typer.Context, words: list[str]) -> str | None:
    """Return the help of a command that is named by its words; None where there is none."""
    parent: Any = context.parent
    command = parent.command
    for word in words:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return None
        parent = typer.Context(command, info_name=word, parent=parent)
    return str(parent.get_help())
