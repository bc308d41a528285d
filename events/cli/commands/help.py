"""`willay help`: what people look up, the guides for users, and the help of a command by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.help_pages import first_sentence
from willay.events.cli.options import today
from willay.events.cli.output import put
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from willay.events.manual.pages import Page
    from willay.events.model.errors import NotFoundError


def help_on(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            help="Topic, such as types, days or exit-codes; guide, such as hostages; or command. Default: all topics."
        ),
    ] = None,
) -> None:
    """Explain codes and forms (types, groups, days, counts, places, exit codes, …), and show guides step by step."""
    from willay.events.cli.topics import find_topic
    from willay.events.manual.pages import find_page

    words = topic or []
    if not words:
        put(_all_topics(context))
        return
    found, page = find_topic("-".join(words)), find_page(" ".join(words), language())
    if found is not None:
        sections = [(tr(heading) if heading else "", list(rows(today()))) for heading, rows in found.sections]
        put(_page(context, tr(found.about), sections))
    elif (help_page := _help_of_command(context, words)) is not None:
        put(help_page)
    elif page is not None:
        put(_guide(context, page))
        return
    else:
        raise _unknown(" ".join(words), context)
    if page is not None:
        put(f"\n{tr('Guide: {command}', command=f'willay help {page.name}')}")


def _all_topics(context: typer.Context) -> str:
    from willay.events.cli.topics import TOPICS
    from willay.events.manual.pages import name_to_type, topics

    listed = [(topic.name, first_sentence(tr(topic.about))) for topic in TOPICS]
    guides = [(name_to_type(page), page.title) for page in topics(language())]
    about = tr("Topics of willay help, with their lists and forms:")
    return _page(context, about, [("", listed), (tr("Guides, also in a browser: willay docs"), guides)])


def _guide(context: typer.Context, page: Page) -> str:
    """Return a page in lines, with the name to type where it leads to another page."""
    from willay.events.manual.pages import in_language
    from willay.events.manual.terminal import in_lines

    if page.lang != language():
        page = in_language(page, language())
    return in_lines(page.text, context.make_formatter().width, lambda link: _leads(link, page))


def _leads(link: str, page: Page) -> str:
    """Return what stands behind a link of a page: the command that shows where it leads, or its address."""
    from willay.events.manual.pages import name_to_type, page_of_link

    if "://" in link:
        return link
    to = page_of_link(link, page)
    return "" if to is None or to == page else f"willay help {name_to_type(to)}"


def _unknown(name: str, context: typer.Context) -> NotFoundError:
    from willay.events.cli.topics import TOPICS
    from willay.events.manual.pages import nearest, topics
    from willay.events.model.errors import NotFoundError

    pages = [page.topic for page in topics(language())]
    commands = getattr(context.find_root().command, "commands", {})
    known = [*(each for topic in TOPICS for each in topic.names), *pages, *commands]
    near = nearest(name, known)
    names = ", ".join(one.name for one in TOPICS)
    unknown = tr("Unknown help topic or command {name!r}.", name=name)
    like = f" {tr('Did you mean {names}?', names=tr(' or ').join(near))}" if near else ""
    return NotFoundError(f"{unknown}{like} {tr('Topics: {names}. Guides: willay help', names=names)}")


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
