"""The story of a page: a note below the head, and views that a reader steps through, each with a caption."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from willay.events.model.parsing import parsed
from willay.geo.inputs import input_text, named
from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.messages import LANGUAGES

Words = str | Mapping[str, str]
"""A text, or one text for each language: `{"es": "…", "en": "…"}`."""

MOST_VIEWS: Final = 10
"""The most views of a story: more than ten steps are not read to the end."""

LONGEST_NOTE: Final = 1000
"""The most characters of a note."""

LONGEST_CAPTION: Final = 500
"""The most characters of a caption."""

_KEYS: Final = ("title", "note", "views")
_VIEW_KEYS: Final = ("link", "caption")


@dataclass(frozen=True, slots=True)
class View:
    """One view of a story: what the page shows, and what is said of it.

    Attributes:
        fragment: What the page shows: a link from its button *Copy link*, or the part of the link after `#`. An empty
            text is the page as it opens. `PageSpec` does not know the data: `render` refuses what does not fit them.
        caption: Plain text of up to `LONGEST_CAPTION` characters, or one for each language.

    Raises:
        SpecError: The caption is empty or too long, or is in a language that pages do not have.

    Example:
        >>> from willay.maps import PageSpec, View
        >>> views = (View("", "All incidents."), View("measure=killed", {"en": "The dead.", "es": "Los muertos."}))
        >>> PageSpec(title="A year", note="What happened, in two views.", views=views).views[1].fragment
        'measure=killed'
    """

    fragment: str
    caption: Words

    def __post_init__(self) -> None:
        """Keep the part of a link after `#`, and refuse captions that no page can show."""
        link = self.fragment.strip()
        fragment = link.split("#", 1)[1] if "#" in link else "" if "://" in link else link
        object.__setattr__(self, "fragment", fragment)
        object.__setattr__(self, "caption", checked_words("caption", self.caption, LONGEST_CAPTION))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `LINK|CAPTION`, as on a command line.

        Raises:
            SpecError: There is no `|` in it, or the caption is not sound.
        """
        fragment, bar, caption = text.partition("|")
        if not bar:
            raise SpecError(
                tr(
                    "The view {text!r} has no caption. Write the link, a vertical bar and the caption, in quotes. "
                    "Example: 'measure=killed|The dead by region'.",
                    text=text[:80],
                )
            )
        return cls(fragment, caption)

    def as_header(self) -> dict[str, Any]:
        """Return the view as the page reads it."""
        return {"fragment": self.fragment, "caption": self.caption}


@dataclass(frozen=True, slots=True)
class Story:
    """What a file of a story holds; `None` and no views where it says nothing.

    Attributes:
        title: The heading of the page.
        note: The paragraph below the head.
        views: The views, in order.

    Example:
        >>> from willay.maps import Story, View
        >>> Story("A year", views=(View("", "All incidents."),)).views[0].caption
        'All incidents.'
    """

    title: str | None = None
    note: Words | None = None
    views: tuple[View, ...] = field(default=())


def read_story(path: str | Path) -> Story:
    """Read a story from a file: TOML, YAML or JSON by its ending, with `title`, `note` and `views`.

    Each view has a `link` and a `caption`; note and captions are texts, or one text for each language.

    Raises:
        SpecError: It cannot be read, or has what a story has not; the message names the key.
        InputFileError: There is no such file, or it is not text.

    Example:
        >>> import json
        >>> from pathlib import Path
        >>> from willay.maps import read_story
        >>> views = [{"link": "#measure=killed", "caption": "The dead."}]
        >>> _ = Path("story.json").write_text(json.dumps({"title": "A year", "views": views}))
        >>> read_story("story.json").views
        (View(fragment='measure=killed', caption='The dead.'),)
    """
    file = Path(path)
    told = _parsed(file)
    if not isinstance(told, Mapping):
        raise SpecError(
            tr("{file} is not a story. Write title, note and views: see docs/en/how-to/stories.md.", file=named(file))
        )
    _check_keys(named(file), told, _KEYS)
    title = told.get("title")
    if not isinstance(title, str | None):
        raise SpecError(
            tr(
                "{file}: the title must be one text. Write the languages of the note and captions only.",
                file=named(file),
            )
        )
    listed = told.get("views") or []
    if not isinstance(listed, list):
        raise SpecError(tr("{file}: views must be a list of links with captions.", file=named(file)))
    note = told.get("note")
    return Story(title, note, tuple(_view(named(file), number, each) for number, each in enumerate(listed, 1)))


def _parsed(file: Path) -> Any:  # noqa: ANN401 — whatever the file holds
    text = input_text(file)
    ending = file.suffix.lower()
    if ending not in (".toml", ".yaml", ".yml", ".json"):
        raise SpecError(tr("{file} must end in .toml, .yaml or .json.", file=named(file)))
    if ending != ".toml":
        return parsed(text, file.name)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(tr("{file} is not TOML: {problem}", file=named(file), problem=str(error)[:200])) from None


def _view(file: str, number: int, told: object) -> View:
    if not isinstance(told, Mapping):
        raise SpecError(tr("{file}, view {number}: write a link and a caption.", file=file, number=number))
    _check_keys(tr("{file}, view {number}", file=file, number=number), told, _VIEW_KEYS)
    link, caption = told.get("link", ""), told.get("caption", "")
    if not isinstance(link, str):
        raise SpecError(tr("{file}, view {number}: the link must be a text.", file=file, number=number))
    return View(link, caption)


def _check_keys(where: str, told: Mapping[Any, Any], known: tuple[str, ...]) -> None:
    for key in told:
        if key not in known:
            raise SpecError(
                tr(
                    "{where}: unknown key {key!r}. Known keys: {known}.",
                    where=where,
                    key=str(key)[:80],
                    known=", ".join(known),
                )
            )


def checked_words(name: str, words: object, longest: int) -> Words:
    """Return a text, or the texts by language, without space around them.

    Raises:
        SpecError: There is no text, it is longer than `longest` characters, or a language is unknown.
    """
    if not isinstance(words, Mapping):
        return _checked_text(name, words, longest)
    for lang in words:
        if lang not in LANGUAGES:
            raise SpecError(
                tr(
                    "{name} has the language {lang!r}. Choose one of: {known}.",
                    name=name,
                    lang=str(lang)[:80],
                    known=", ".join(LANGUAGES),
                )
            )
    return {lang: _checked_text(name, text, longest) for lang, text in words.items()} or _checked_text(
        name, "", longest
    )


def _checked_text(name: str, text: object, longest: int) -> str:
    if not isinstance(text, str) or not text.strip():
        raise SpecError(
            tr("{name} is empty or not a text: {text!r}. Write at least a word.", name=name, text=str(text)[:80])
        )
    told = text.strip()
    if len(told) > longest:
        raise SpecError(
            tr(
                "{name} has {count} characters; at most {longest} are shown. Shorten it: {text!r}.",
                name=name,
                count=len(told),
                longest=longest,
                text=f"{told[:60]}…",
            )
        )
    return told
