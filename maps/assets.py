"""The page's own scripts and styles, and Leaflet's, as texts to be written into the page."""

from __future__ import annotations

import base64
import posixpath
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from willay.geo.translation import tr
from willay.maps.errors import ScriptError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

START: Final = "main.js"
"""The script that the others are gathered from."""

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w/-]+\.js)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_URL: Final = re.compile(r"url\((images/[\w.-]+)\)")
_SOURCE_MAP: Final = re.compile(r"\n//# sourceMappingURL=.*\s*$")


@cache
def leaflet_script() -> str:
    """Return Leaflet, without the comment that sends a debugger to another file."""
    return _inline(_SOURCE_MAP.sub("\n", _leaflet("leaflet.js").decode("utf-8")))


@cache
def leaflet_style() -> str:
    """Return Leaflet's styles with their pictures inside."""

    def picture(match: re.Match[str]) -> str:
        return f"url({_as_data(match[1])})"

    return _inline(_URL.sub(picture, _leaflet("leaflet.css").decode("utf-8")))


@cache
def leaflet_pictures() -> Mapping[str, str]:
    """Return Leaflet's marker and its shadow as data addresses: `icon`, `retina` and `shadow`."""
    names = {"icon": "marker-icon.png", "retina": "marker-icon-2x.png", "shadow": "marker-shadow.png"}
    return {what: _as_data(f"images/{name}") for what, name in names.items()}


@cache
def offline_script() -> str:
    """Return what a Folium map without a network needs next to Leaflet."""
    return _inline(gather(_scripts(), "alone/offline.js"))


@cache
def page_style() -> str:
    """Return the page's own styles, the files in the order of their names."""
    folder = files("willay.maps") / "static" / "styles"
    names = sorted(entry.name for entry in folder.iterdir())
    return _inline("\n".join((folder / name).read_text("utf-8") for name in names))


@cache
def page_script() -> str:
    """Return the page's own scripts as one module: each file once, after those it imports from.

    A page opened as a file cannot load modules from other files, so the files are written one after the other,
    each in a function of its own that gives out what the file exports; nothing else changes.
    """
    return _inline(gather(_scripts(), START))


@cache
def layer_script(needed: tuple[tuple[str, str], ...]) -> str:
    """Return the scripts of layers that stand alone.

    Args:
        needed: Files below `static`, without their ending, each with a function of it.
    """
    asked = "".join(f'import {{ {function} }} from "./{file}.js";\n' for file, function in needed)
    return _inline(gather({**_scripts(), "": asked}, ""))


@cache
def _scripts() -> Mapping[str, str]:
    """Return the texts of all scripts by their path below `static`, such as `time/brush.js`."""
    return dict(_texts(files("willay.maps") / "static", ""))


def _texts(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _texts(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".js"):
            yield f"{path}{entry.name}", entry.read_text("utf-8")


@cache
def layer_style() -> str:
    """Return the styles of layers that stand alone, in the order in which they build on one another."""
    folder = files("willay.maps") / "static" / "styles"
    return _inline(
        "\n".join(
            (folder / name).read_text("utf-8") for name in ("colours.css", "legend.css", "views.css", "alone.css")
        )
    )


def gather(sources: Mapping[str, str], start: str) -> str:
    """Write modules that import from each other as one.

    Args:
        sources: The modules' texts by path. An import has the form `import { a, b } from "../folder/file.js";`.
        start: The module to start from; only what it needs, directly or not, is written.

    Raises:
        ScriptError: A module imports from one that is not there, modules import in a circle, or two modules
            export the same name.
    """
    order: list[str] = []
    _follow(sources, start, (), order)
    owner: dict[str, str] = {}
    for file in order:
        for name in _EXPORT.findall(sources[file]):
            if owner.setdefault(name, file) != file:
                raise ScriptError(
                    tr(
                        "{file} and {owner} both export {name!r}. Rename one of them.",
                        file=file,
                        owner=owner[name],
                        name=name,
                    )
                )
    return "\n".join(_enclosed(file, sources[file]) for file in order)


def _enclosed(file: str, source: str) -> str:
    """Write a module as a function that is called at once and gives out what the module exports."""
    body = _EXPORT.sub("", _IMPORT.sub("", source)).strip("\n")
    names = _EXPORT.findall(source)
    given = f"const {{ {', '.join(names)} }} = " if names else ""
    return f"// ---- {file}\n{given}(() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _follow(sources: Mapping[str, str], file: str, path: tuple[str, ...], order: list[str]) -> None:
    if file in order:
        return
    if file in path:
        raise ScriptError(tr("Circular import of scripts: {listed}.", listed=" → ".join((*path, file))))
    if file not in sources:
        raise ScriptError(
            tr(
                "{importer} imports {file}, which does not exist.",
                importer=path[-1] if path else tr("The page"),
                file=file,
            )
        )
    for named in _IMPORT.findall(sources[file]):
        _follow(sources, posixpath.normpath(posixpath.join(posixpath.dirname(file), named)), (*path, file), order)
    order.append(file)


def _as_data(picture: str) -> str:
    return f"data:image/png;base64,{base64.b64encode(_leaflet(picture)).decode('ascii')}"


def _leaflet(name: str) -> bytes:
    return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_bytes()


def _inline(text: str) -> str:
    """Keep a text from ending the element that it is written into."""
    return re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE)
