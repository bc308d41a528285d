"""Commands that a message advises: what is printed can be pasted as it is, whatever the names in it are.

Hidden signs are made visible where a message is shown (`events.cli.output`), not here.
"""

from __future__ import annotations

import shlex


def command(*words: object) -> str:
    """Return a command line of willay, each word quoted where a shell would take it for more than a word.

    Args:
        *words: The words after `willay`: commands, options, values; None is left out.
    """
    return shlex.join(["willay", *(str(word) for word in words if word is not None)])


def option(name: str, value: object) -> str:
    """Return an option with its value, quoted likewise: `--map 'types.z=strike'`."""
    return f"{name} {shlex.quote(str(value))}"
