"""Messages in the language of the person who reads them.

The English text of a message is in the code, where it is raised or printed, and is its key in the catalogues of
the other languages: `messages/<language>/*.json` of each package. A message is put into words when it is made, in the
language of that moment, and advises options or keywords (`hints`); a text that is made before (a constant of a module)
is marked, and translated where it is shown. What has no translation stays English; `tests/test_translation.py` lets
none through.
"""

from __future__ import annotations

import json
import string
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Self, SupportsIndex

from willay.geo.hints import hinted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES: Final = ("en", "es")
"""The languages of messages; the first is that of the code."""

_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])
_packages: list[str] = []


def language() -> str:
    """Return the language in which messages are made now: `en` unless `set_language` or `in_language` says another."""
    return _language.get()


def set_language(lang: str) -> None:
    """Make messages in a language from now on, in this thread or task.

    Raises:
        ValueError: It is none of `LANGUAGES`.
    """
    _language.set(_known(lang))


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Make messages in a language within a `with` block.

    Raises:
        ValueError: It is none of `LANGUAGES`.
    """
    token = _language.set(_known(lang))
    try:
        yield
    finally:
        _language.reset(token)


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that environment variables ask for.

    Args:
        environment: As `os.environ`. The first that is there and not empty decides, in the order of gettext: `LC_ALL`,
            `LC_MESSAGES`, `LANG`. A language that messages do not have, `C` and nothing at all give English.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if told := environment.get(name):
            asked = told.partition(".")[0].partition("_")[0].partition("@")[0].casefold()
            return asked if asked in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


class Translation(str):  # noqa: SLOT000 — it keeps its English
    """A text in another language, which keeps its English for what is recorded (`english`).

    Attributes:
        english: The same text in English.
    """

    english: str

    def __new__(cls, text: str, in_english: str) -> Self:
        """Make one of a text and the same in English."""
        made = super().__new__(cls, text)
        made.english = in_english
        return made

    def __str__(self) -> str:
        """Return the text itself, so that an error of which it is the message keeps its English, too."""
        return self

    def __getitem__(self, place: SupportsIndex | slice) -> str:
        """Return a part, with the same part of the English."""
        part = super().__getitem__(place)
        return Translation(part, self.english[place]) if isinstance(place, slice) else part

    def __add__(self, other: str) -> str:
        """Return the text with another after it, both with their English."""
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        """Return the text with another before it, both with their English."""
        return joined("", (other, self))


def english(text: str) -> str:
    """Return a message in English, in whatever language it was made: what is recorded depends on no language.

    Args:
        text: What `tr`, `tr_n`, `many`, `quoted` or `joined` returned, cut or with more after or before it; any other
            text, also one that `str.join` or an f-string made, is returned as it is.

    Example:
        >>> from willay.geo.translation import english, in_language, quoted
        >>> with in_language("es"):
        ...     name = quoted("Río")
        >>> name, english(name)
        ('«Río»', "'Río'")
    """
    return text.english if isinstance(text, Translation) else text


def joined(separator: str, texts: Iterable[str]) -> str:
    """Return messages put together as `str.join` does, with their English."""
    parts = list(texts)
    if not any(isinstance(part, Translation) for part in parts):
        return separator.join(parts)
    return Translation(separator.join(parts), separator.join(map(english, parts)))


def _in_english(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: english(str(value)) if isinstance(value, (str, Exception)) else value for name, value in values.items()
    }


def _shown(message: str, shown: str, values: Mapping[str, object]) -> str:
    """Return a message with its values, with its English where that is another text."""
    texts = (str(value) if isinstance(value, Exception) else value for value in values.values())
    is_same = shown == message and not any(isinstance(text, Translation) for text in texts)
    return _put(message, values) if is_same else _translated(message, shown, values)


def tr(message: str, /, **values: object) -> str:
    """Return a message in the language of now, with its values.

    Args:
        message: The English text. With values it is a format as of `str.format`: `{name}`, `{n:,}`; `{text!r}` quotes a
            text as the language does and shows its hidden signs.
        values: By name; without any the text stays as it is, braces and all.

    Example:
        >>> from willay.geo.translation import in_language, tr
        >>> tr("{name!r} has no coordinates.", name="Kiteni")
        "'Kiteni' has no coordinates."
        >>> with in_language("es"):
        ...     tr("No such file.")  # none of the catalogues has it
        'No such file.'
    """
    text = catalogue(_language.get()).get(message)
    shown = hinted(message if text is None else text)
    if not values:
        return message if shown == message else Translation(shown, message)
    return _shown(message, shown, values)


def tr_n(one: str, other: str, number: int, /, **values: object) -> str:
    """Return the message that fits a number, in the language of now, with its values and the number as `n`.

    Args:
        one: The English text for 1.
        other: The English text for every other number; the key in catalogues, where `{"one": …, "other": …}` stands.
        number: The number that decides; `{n:,}` has signs between thousands.
        values: As for `tr`.

    Example:
        >>> from willay.geo.translation import tr_n
        >>> tr_n("{n:,} row", "{n:,} rows", 1200)
        '1,200 rows'
    """
    forms = catalogue(_language.get()).get(other)
    message, values = one if number == 1 else other, {"n": number, **values}
    shown = hinted(message if forms is None else forms["one" if number == 1 else "other"])
    return _shown(message, shown, values)


def many(number: int, noun: str) -> str:
    """Return a number of things: "1 incident", "1,200 incidents", "3 incidentes".

    Args:
        number: How many.
        noun: The English noun in the singular; its plural is regular.
    """
    return tr_n("{n:,} " + noun, "{n:,} " + noun + "s", number)


def mark(message: str) -> str:
    """Return a message as it is: it is translated by `tr` where it is shown, and its catalogues must have it."""
    return message


def quoted(text: str) -> str:
    r"""Return a text in the quotation marks of the language of now, with its hidden signs visible.

    A backslash of a text without such signs stays one: the path of a file on Windows can be copied.

    Example:
        >>> from willay.geo.translation import in_language, quoted
        >>> quoted("Río"), quoted("a\tb")
        ("'Río'", "'a\\tb'")
        >>> with in_language("es"):
        ...     quoted("Río")
        '«Río»'
    """
    plain = repr(text).replace("\\\\", "\\") if text.isprintable() else repr(text)
    if _language.get() == LANGUAGES[0]:
        return plain
    inner = plain[1:-1].replace("\\'", "'") if plain[0] == "'" else plain[1:-1]
    return Translation(f"«{inner}»", plain)


def quoted_plainly(text: str) -> str:
    """Return a text in the quotation marks of the language of now, as it is: a path has its signs as they are typed."""
    return f"'{text}'" if _language.get() == LANGUAGES[0] else f"«{text}»"


def add_catalogues(package: str) -> None:
    """Have the messages of a package translated; each package says so for itself."""
    if package not in _packages:
        _packages.append(package)


def catalogue(lang: str) -> Mapping[str, Any]:
    """Return all translations into a language by the English text: a text, or `one` and `other`."""
    return {} if lang == LANGUAGES[0] else _catalogue(lang, tuple(_packages))


@lru_cache
def _catalogue(lang: str, packages: tuple[str, ...]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for package in packages:
        folder = files(package) / "messages" / lang
        for file in folder.iterdir() if folder.is_dir() else ():
            if file.name.endswith(".json"):
                found.update(json.loads(file.read_text("utf-8")))
    return found


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise ValueError(tr("{lang!r} is not a language of messages. Known: {known}.", lang=lang, known=known))
    return lang


class _Format(string.Formatter):
    """Formats in which `!r` quotes a text as the language does."""

    def convert_field(self, value: Any, conversion: Any) -> Any:  # noqa: ANN401 — as its base
        if conversion == "r" and isinstance(value, str):
            return quoted(value)
        return super().convert_field(value, conversion)


_FORMAT: Final = _Format()


def _translated(message: str, text: str, values: Mapping[str, object]) -> Translation:
    """Put values into a text, and into its English."""
    with in_language(LANGUAGES[0]):
        plain = _put(message, _in_english(values))
    return Translation(_put(text, values), plain)


def _put(message: str, values: Mapping[str, object]) -> str:
    """Put values into a message."""
    return _FORMAT.vformat(message, (), values)


add_catalogues("willay.geo")
