"""The pages of the reference that are made: of the commands themselves, and those of `events.manual`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.cli.config import VARIABLES
from willay.events.cli.exit_codes import MEANINGS
from willay.events.cli.speech import command_in_words
from willay.events.cli.topics import ENVIRONMENT
from willay.events.manual.codebook_page import codebook_page
from willay.events.manual.field_pages import columns_page, fields_page
from willay.events.manual.list_pages import formats_page, profiles_page
from willay.events.manual.mapping_page import mapping_page
from willay.events.manual.markdown import code, page, section, table
from willay.events.manual.table_pages import tables_page
from willay.geo.hints import speaking
from willay.geo.translation import in_language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_WIDTH: Final = 96


def commands_page() -> str:
    """Return the page of all commands: the help of each, in the order of the tree."""
    root = command_in_words()
    about = tr("Each command as its own help describes it; names of commands and options are English.")
    pages = _help(root, typer.Context(root, info_name="willay"))
    return page(tr("Commands"), about, *(section(path, f"```\n{text}\n```") for path, text in pages))


def _help(command: Any, context: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 — Typer's tree has no public types
    context.terminal_width = context.max_content_width = _WIDTH
    text = command.get_help(context)
    yield context.command_path, "\n".join(line.rstrip() for line in text.splitlines()).strip()
    for name, child in getattr(command, "commands", {}).items():
        yield from _help(child, typer.Context(child, info_name=name, parent=context))


def exit_codes_page() -> str:
    """Return the page of the exit codes."""
    about = tr("What a command returns to the shell or to the program that called it. Scripts can rely on it.")
    rows = [(code(number), tr(meaning)) for number, meaning in MEANINGS.items()]
    return page(tr("Exit codes"), about, table([tr("Code"), tr("Meaning")], rows))


def environment_page() -> str:
    """Return the page of the variables of the environment."""
    about = tr("Variables that the program reads. An option on the line comes first, then these, then a setting.")
    settings = {variable: name for name, variable in VARIABLES.items()}
    rows = [(code(name), tr(meaning), code(settings.get(name))) for name, meaning in ENVIRONMENT.items()]
    headings = [tr("Variable"), tr("Meaning"), tr("Setting")]
    return page(tr("Environment variables"), about, table(headings, rows))


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "codebook": codebook_page,
    "columns": columns_page,
    "commands": commands_page,
    "environment": environment_page,
    "exit-codes": exit_codes_page,
    "fields": fields_page,
    "format-list": formats_page,
    "mapping": mapping_page,
    "profiles": profiles_page,
    "tables": tables_page,
}
"""What makes each page, by its name below `reference/`."""


def made_page(name: str, lang: str) -> str:
    """Return a page of the reference in a language.

    Args:
        name: One of `PAGES`.
        lang: `en` or `es`.
    """
    with in_language(lang), speaking(to_command_line=True):
        return PAGES[name]()
