"""Signs that nobody sees, and that may change what a reader sees: controls, and signs of writing direction.

A terminal acts on them (clears its screen, sets the clipboard), and a text with an override is read in another order
than it is stored. What is shown to people shows them as signs; what is recorded in one line may not have them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTROLS: Final = "\\x00-\\x1f\\x7f-\\x9f"  # C0, delete, C1
_LINE_ENDS: Final = "\\u2028\\u2029"
_EMBEDDINGS: Final = "\\u202a-\\u202e\\u2066-\\u2069"  # these, overrides among them, hold for all that follows
_MARKS: Final = "\\u061c\\u200e\\u200f"  # each stands between two letters and holds for nothing else
_TAGS: Final = "\\U000e0000-\\U000e007f"

_HIDDEN: Final = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{_EMBEDDINGS}{_MARKS}{_TAGS}]")
_REFUSED: Final = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{_EMBEDDINGS}]")
_LINES: Final = "\n\t"
_PICTURES: Final = 0x2400
"""Unicode's pictures of controls begin here, in the order of the controls."""

_DELETE: Final = "\x7f"
_CONTROL: Final = mark("a control")
_NAMES: Final[Mapping[str, str]] = {
    "\n": mark("a line break"),
    "\r": mark("a line break"),
    "\t": mark("a tab"),
    "\x1b": mark("an escape"),
    "\x00": mark("a NUL"),
    "\u2028": mark("line separator"),
    "\u2029": mark("paragraph separator"),
    "\u202a": mark("left-to-right embedding"),
    "\u202b": mark("right-to-left embedding"),
    "\u202c": mark("pop directional formatting"),
    "\u202d": mark("left-to-right override"),
    "\u202e": mark("right-to-left override"),
    "\u2066": mark("left-to-right isolate"),
    "\u2067": mark("right-to-left isolate"),
    "\u2068": mark("first strong isolate"),
    "\u2069": mark("pop directional isolate"),
}
"""Signs that a record does not take, in words; those that Unicode names as it does, in lower case."""


def visible(text: str, *, lines: bool = False) -> str:
    r"""Return a text in which each hidden sign is seen: ␛ for an escape, `\u202e` for an override.

    Args:
        text: Any text.
        lines: Leave line breaks and tabs as they are.
    """
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda found: found[0] if lines and found[0] in _LINES else _picture(found[0]), text)


def escaped(document: str) -> str:
    r"""Return a JSON document with the hidden signs of its strings as escapes, `\u009b`: the same document.

    JSON writers escape the controls below the space; the others a terminal may act on as well.
    """
    return _HIDDEN.sub(lambda found: found[0] if found[0] in _LINES else _escape(found[0]), document)


def refused_sign(text: str, *, lines: bool = False) -> str | None:
    """Return the first sign of a text that a record does not take, in words, or None.

    Args:
        text: Any text.
        lines: Whether the text may have several lines, with tabs.
    """
    if text.isprintable():
        return None
    found = next((sign for sign in _REFUSED.findall(text) if not (lines and sign in _LINES)), None)
    return None if found is None else _in_words(found)


def plain(text: str, *, lines: bool = False) -> str:
    """Return somebody else's text as a record takes it: what it does not take is a space.

    Args:
        text: Any text.
        lines: Keep line breaks, all ended in one way, and tabs.
    """
    if text.isprintable():
        return text
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFUSED.sub(lambda found: found[0] if lines and found[0] in _LINES else " ", ended).strip()


def _picture(sign: str) -> str:
    if sign == _DELETE:
        return chr(_PICTURES + 0x21)
    return chr(_PICTURES + ord(sign)) if ord(sign) < ord(" ") else _escape(sign)


def _escape(sign: str) -> str:
    pairs = sign.encode("utf-16-be")
    return "".join(f"\\u{pairs[at] << 8 | pairs[at + 1]:04x}" for at in range(0, len(pairs), 2))


def _in_words(sign: str) -> str:
    return f"{tr(_NAMES.get(sign, _CONTROL))} (U+{ord(sign):04X})"
