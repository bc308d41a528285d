"""Put together what Sphinx builds: the pages of one language, with the decisions and the files that they link to.

Links in docs/ lead to files of the repository, so that they work wherever the Markdown is read. Here each is changed to
lead to the same page among those that are built, to the other language's pages, or to nothing where the file is code.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from python_pages import PACKAGES, page_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
LANGUAGES: Final = ("en", "es")
ENGLISH_ONLY: Final = {
    ROOT / "CONTRIBUTING.md": "developers/contributing.md",
    ROOT / "CHANGELOG.md": "developers/changelog.md",
    ROOT / "data" / "PROVENANCE.md": "developers/included-data.md",
}
"""Files from elsewhere that are pages of the English tree."""

PYTHON: Final = "- [Every public name](python/index.md): what each function takes and returns, with an example\n\n"

LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
FENCE: Final = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def placed_files(lang: str) -> dict[Path, str]:
    """Return every file that is built in a language, with its path among the pages of that language."""
    placed = {file: file.relative_to(DOCS / lang).as_posix() for file in sorted((DOCS / lang).rglob("*.md"))}
    placed |= {file: f"pictures/{file.name}" for file in sorted((DOCS / "pictures").glob("*.png"))}
    if lang == "en":
        placed |= ENGLISH_ONLY
        placed |= {file: f"developers/decisions/{file.name}" for file in sorted((DOCS / "adr").glob("*.md"))}
    return placed


def assemble(lang: str, target: Path) -> None:
    """Write the files of a language to a folder that Sphinx can build; what was in the folder is removed."""
    shutil.rmtree(target, ignore_errors=True)
    placed = placed_files(lang)
    for file, place in placed.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".png":
            shutil.copyfile(file, target / place)
        else:
            text = outside_fences(file.read_text("utf-8"), lambda part, at=file: linked(part, at, lang, placed))
            (target / place).write_text(built_text(text, place), "utf-8")
    if lang == "en":
        (target / "developers/decisions/index.md").write_text(list_of_decisions(), "utf-8")
        add_python(target / "reference")


def outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Return a text of Markdown with everything but its blocks of code changed."""
    parts, last = [], 0
    for fence in FENCE.finditer(text):
        parts += [change(text[last : fence.start()]), fence.group()]
        last = fence.end()
    return "".join([*parts, change(text[last:])])


def linked(text: str, file: Path, lang: str, placed: dict[Path, str]) -> str:
    """Return a text with its links as they are among the pages that are built."""

    def changed(match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        if "://" in target or target.startswith(("#", "mailto:")):
            return match.group()
        path, _, anchor = target.partition("#")
        to = new_place(Path(os.path.normpath(file.parent / path)), file, lang, placed)
        if to is None:
            return words
        if to.endswith(".html"):  # of the other language, which Sphinx does not know
            return f'<a href="{to}{"#" if anchor else ""}{anchor}">{words.replace("`", "")}</a>'
        return f"{picture}[{words}]({to}{'#' if anchor else ''}{anchor})"

    return LINK.sub(changed, text)


def new_place(to: Path, file: Path, lang: str, placed: dict[Path, str]) -> str | None:
    """Return the address of a file for a link from another one; None if it is no page."""
    here = (Path(lang) / placed[file]).parent
    if to in placed:
        return relative(Path(lang) / placed[to], here)
    if (to / "index.md") in placed or to == DOCS / "adr":
        folder = placed.get(to / "index.md", "developers/decisions/index.md")
        return relative(Path(lang) / folder, here) if lang == "en" or to != DOCS / "adr" else None
    for other in LANGUAGES:
        if other != lang and to in (there := placed_files(other)):
            return relative((Path(other) / there[to]).with_suffix(".html"), here)
    return None


def relative(to: Path, here: Path) -> str:
    """Return the path from one folder to a file, with strokes."""
    return Path(os.path.relpath(to, here)).as_posix()


def built_text(text: str, place: str) -> str:
    """Return a page with what only Sphinx reads: the pages that an index lists, in its order."""
    text = text.replace("```{code-cell} python", "```python")
    if Path(place).name != "index.md":
        return text
    listed = [target.partition("#")[0] for _, _, target in LINK.findall(FENCE.sub("", text))]
    pages = [target for target in dict.fromkeys(listed) if target.endswith(".md") and not target.startswith("..")]
    if place == "index.md":
        pages = [target for target in pages if target.endswith("index.md")]
    return "\n".join([text, "```{toctree}", ":hidden:", "", *pages, "```", ""])


def list_of_decisions() -> str:
    """Return the page that lists the decision records."""
    rows = []
    for file in sorted((DOCS / "adr").glob("*.md")):
        title = file.read_text("utf-8").splitlines()[0].removeprefix("# ")
        rows.append(f"- [{title}]({file.name})")
    text = "# Design decisions\n\nEach opens with the facts that were verified.\n\n" + "\n".join(rows) + "\n"
    return built_text(text, "developers/decisions/index.md")


def add_python(folder: Path) -> None:
    """Write the pages of the Python API below the reference, and have its list lead to them."""
    listed = folder / "index.md"
    text = listed.read_text("utf-8")
    listed.write_text(
        text.replace("```{toctree}", f"{PYTHON}```{{toctree}}").replace("\n```\n", "\npython/index.md\n```\n")
    )
    (folder / "python").mkdir()
    names = [f"- [{package}]({package}.md)" for package in PACKAGES]
    index = "# Public names in Python\n\nEvery public name, with its docstring.\n\n" + "\n".join(names) + "\n"
    (folder / "python" / "index.md").write_text(built_text(index, "reference/python/index.md"), "utf-8")
    for package in PACKAGES:
        (folder / "python" / f"{package}.md").write_text(page_of(package), "utf-8")
