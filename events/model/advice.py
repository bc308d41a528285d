"""Commands that a message advises: what is printed can be pasted as it is, whatever the names in it are.

Hidden signs are made visible where a message is shown (`events.cli.output`), not here.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from typing import Final

from willay.geo.hints import call_of, keyword_of
from willay.geo.translation import Translation

_SPECIAL: Final = re.compile(r"[\s&|<>^()%!;,='\"]")
"""What a word of a line on Windows is quoted for."""


def command(*words: object) -> str:
    """Return a command line of willay, each word quoted where a shell would take it for more than a word.

    In Python it is the call that does the same, where there is one (`geo.hints`).

    Args:
        *words: The words after `willay`: commands, options, values; None is left out.
    """
    plain = ["willay", *(str(word) for word in words if word is not None)]
    line = " ".join(in_shell(word) for word in plain)
    call = call_of(" ".join(plain)) or call_of(" ".join(plain[:-1]), plain[-1])
    return line if call is None else Translation(call, line)


def option(name: str, value: object) -> str:
    """Return an option with its value, quoted likewise: `--map 'types.z=strike'`; in Python a keyword (`geo.hints`)."""
    words = f"{name} {in_shell(str(value))}"
    keyword = keyword_of(name)
    return words if keyword is None else Translation(f"{keyword}={json.dumps(str(value), ensure_ascii=False)}", words)


def in_shell(word: str, system: str = os.name) -> str:
    """Return a word as a shell takes it for one word: in single quotes where needed, on Windows in double ones.

    Args:
        word: The word.
        system: As `os.name`; `nt` is Windows, whose prompt does not know single quotes.
    """
    if system != "nt":
        return shlex.quote(word)
    plain = word.replace('"', '\\"')
    return f'"{plain}"' if not word or _SPECIAL.search(word) else word
