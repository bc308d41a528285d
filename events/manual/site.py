"""The pages as files of HTML that open from a disk: nothing is loaded from elsewhere, and no script runs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined, Template
from markdown_it import MarkdownIt

from willay.events.manual.markdown import anchor
from willay.events.manual.pages import FOLDERS, INDEX, indexes, pages, tree
from willay.geo.errors import FileInTheWayError
from willay.geo.translation import LANGUAGES, in_language, tr
from willay.geo.writing import check_target, replacing, replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

    Texts = Mapping[str, str]

_NAMES: Final = {"en": "In English", "es": "En español"}
"""How a page leads to the same in another language."""

_TITLE: Final = re.compile(r"^# (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Site:
    """All pages, to be written.

    Attributes:
        texts: By language the Markdown of each page, by its path in the tree without its ending.
    """

    texts: Mapping[str, Texts]

    def address(self, lang: str, name: str) -> str:
        """Return the file of a page."""
        return f"{lang}/{name}.html"

    def title(self, lang: str, name: str) -> str:
        """Return the title of a page."""
        found = _TITLE.search(self.texts[lang][name])
        return found.group(1) if found else name


def written_texts() -> dict[str, dict[str, str]]:
    """Return the Markdown of all pages that lie in the trees, by language and name."""
    return {lang: {page.name: page.text for page in (*indexes(lang), *pages(lang))} for lang in LANGUAGES}


def write_site(texts: Mapping[str, Texts], folder: Path, *, force: bool) -> Path:
    """Write all pages into a folder, with an index for each language.

    Args:
        texts: As of `Site.texts`.
        folder: Where to; it is made.
        force: Whether files in a folder that is there may be replaced.

    Returns:
        The folder.

    Raises:
        FileInTheWayError: There is such a folder or file, and `force` is not set; or it is a database.
        GeoFileWriteError: It cannot be written.
    """
    if folder.is_dir() and not force:
        message = tr(
            "{folder}: the folder already exists. Choose a different one, or replace it (--force).", folder=folder
        )
        raise FileInTheWayError(message)
    if folder.exists() and not folder.is_dir():
        check_target(folder, force=False)
    site = Site(texts)
    folder.mkdir(parents=True, exist_ok=True)
    for lang, named in texts.items():
        for name in named:
            _write(folder / site.address(lang, name), _page(site, lang, name))
    _write(folder / "page.css", (files("willay.events.manual") / "static" / "page.css").read_text("utf-8"))
    for picture in sorted((tree(LANGUAGES[0]).parent / "pictures").glob("*.png")):
        target = folder / "pictures" / picture.name
        target.parent.mkdir(exist_ok=True)
        with replacing_bytes(target, force=True) as file:
            file.write(picture.read_bytes())
    return folder


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target, force=True) as file:
        file.write(text)


def _page(site: Site, lang: str, name: str) -> str:
    """Return the HTML of a page."""
    up = "../" * (name.count("/") + 1)
    other = next((each for each in LANGUAGES if each != lang and name in site.texts[each]), None)
    with in_language(lang):
        return _template().render(
            lang=lang,
            title=site.title(lang, name),
            up=up,
            other=other and {"lang": other, "name": _NAMES[other], "address": site.address(other, name)},
            words={"pages": tr("Pages")},
            sections=list(_sections(site, lang, name)),
            content=_html(site, lang, name),
        )


def _sections(site: Site, lang: str, here: str) -> Iterator[dict[str, Any]]:
    for folder in FOLDERS:
        names = [name for name in site.texts[lang] if name.startswith(f"{folder}/") and not name.endswith(f"/{INDEX}")]
        names = [name for name in (f"{folder}/{INDEX}", *names) if name in site.texts[lang]]
        if names:
            yield {
                "title": site.title(lang, names[0]),
                "is_here": here.startswith(f"{folder}/"),
                "pages": [
                    {"title": site.title(lang, name), "address": site.address(lang, name), "is_here": name == here}
                    for name in names
                ],
            }


@cache
def _template() -> Template:
    source = (files("willay.events.manual") / "static" / "page.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)


def _html(site: Site, lang: str, name: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(site.texts[lang][name])
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[place + 1].content))
        elif token.type == "fence":
            token.info = token.info.replace("{code-cell} ", "")
        elif token.children:
            token.children = list(_linked(token.children, site, lang, name))
    return str(reader.renderer.render(tokens, reader.options, {}))


def _linked(children: list[Token], site: Site, lang: str, name: str) -> Iterator[Token]:
    """Yield what is in a paragraph, with links to pages as they are here, and without those that lead to code."""
    is_lost = False
    for token in children:
        if token.type == "image":
            token.attrSet("src", _picture(str(token.attrGet("src")), name))
        elif token.type == "link_open":
            to = _target(str(token.attrGet("href")), site, lang, name)
            is_lost = to is None
            if to is not None:
                token.attrSet("href", to)
        if not (is_lost and token.type in ("link_open", "link_close")):
            yield token
        if token.type == "link_close":
            is_lost = False


def _picture(source: str, name: str) -> str:
    return f"{'../' * (name.count('/') + 1)}pictures/{PurePosixPath(source).name}"


def _target(link: str, site: Site, lang: str, name: str) -> str | None:
    """Return where a link of a page leads in the files that are written; None where it leads to none of them."""
    if "://" in link or link.startswith(("#", "mailto:")):
        return link
    path, _, part = link.partition("#")
    here = PurePosixPath(lang, name).parent
    to = PurePosixPath(os.path.normpath(here / path).replace(os.sep, "/"))
    for page in (to.with_suffix("") if to.suffix == ".md" else to / INDEX,):
        language, _, named = page.as_posix().partition("/")
        if named in site.texts.get(language, {}):
            address = Path(os.path.relpath(site.address(language, named), here)).as_posix()
            return f"{address}#{part}" if part else address
    return None
