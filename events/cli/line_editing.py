"""Lines that a person types on a terminal: moved in, recalled, and completed from the lists of the database.

Nothing that is typed is stored by this module: what can be recalled is what was typed in the same run.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.model.invisible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_PLAIN: Final = frozenset({"", "dumb", "unknown"})


def can_edit(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether lines can be edited: standard input and error are a terminal that can move its cursor."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return sys.platform == "win32" or environment.get("TERM", "") not in _PLAIN


def edited(
    text: str, suggest: Callable[[str], Iterable[tuple[str, str]]] | None = None, past: Sequence[str] = ()
) -> str:
    """Return a line that a person types after a text.

    Args:
        text: What stands before it.
        suggest: Returns what the line may become, each with what it is.
        past: Earlier answers, the latest last, which the arrow keys recall.

    Raises:
        typer.Abort: They press Ctrl-C, or Ctrl-D on an empty line.
    """
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory
    from prompt_toolkit.output import create_output

    # A terminal is not asked where its cursor is: on a slow line its answer comes among what is typed.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(list(past)),
        completer=_completer(suggest) if suggest else None,
        complete_while_typing=bool(suggest),
        output=create_output(stdout=sys.stderr),
        enable_suspend=True,
    )
    try:
        return session.prompt(text)
    except (EOFError, KeyboardInterrupt):
        raise typer.Abort from None


def _completer(suggest: Callable[[str], Iterable[tuple[str, str]]]) -> Any:  # noqa: ANN401 — a class of a library that is loaded here
    from prompt_toolkit.completion import Completer, Completion

    class Suggested(Completer):
        """Offers what the whole line may become."""

        def get_completions(self, document: Any, complete_event: Any) -> Iterator[Completion]:  # noqa: ANN401, ARG002 — as its base
            typed = document.text_before_cursor
            for answer, about in suggest(typed):
                yield Completion(
                    answer, start_position=-len(typed), display=visible(answer), display_meta=visible(about)
                )

    return Suggested()
