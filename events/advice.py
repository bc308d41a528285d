"""Commands that a message advises: what is printed can be pasted as it is, whatever the names in it are."""

from __future__ import annotations

import shlex

from willay.events.signs import visible


def command(*words: object) -> str:
    """Return a command line of willay, each word quoted where a shell would take it for more than a word.

    Args:
        *words: The words after `willay`: commands, options, values; None is left out.
    """
    return shlex.join(["willay", *(visible(str(word)) for word in words if word is not None)])


def option(name: str, value: object) -> str:
    """Return an option with its value, quoted likewise: `--map 'types.z=strike'`."""
    return f"{name} {shlex.quote(visible(str(value)))}"
