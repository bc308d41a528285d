"""Every public name of Python is on a page of the site, as its docstring describes it."""

from __future__ import annotations

import importlib
import inspect
import re
import sys

import pytest
from guide import DOCS

sys.path.insert(0, str(DOCS))
python_pages = pytest.importorskip("python_pages")


@pytest.mark.parametrize("package", python_pages.PACKAGES)
def test_every_public_name_is_on_a_page_with_its_docstring(package: str) -> None:
    text = python_pages.page_of(package)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    module = importlib.import_module(package)
    assert headings == list(module.__all__)
    for name in module.__all__:
        first = (inspect.getdoc(getattr(module, name)) or "").partition("\n")[0]
        assert not callable(getattr(module, name)) or python_pages.escaped(first) in text, name


def test_every_package_with_public_names_has_a_page() -> None:
    found = {
        "willay." + ".".join(file.parent.relative_to(DOCS.parent).parts)
        for top in ("geo", "data", "events", "maps")
        for file in (DOCS.parent / top).rglob("__init__.py")
        if re.search(r"^__all__ =", file.read_text("utf-8"), re.MULTILINE)
    }
    listed = {name if name != "willay" else "willay.events._top" for name in python_pages.PACKAGES}
    assert found - listed == {"willay.events.cli"}, "a package with public names that no page has"


def test_a_docstring_becomes_lists_and_code_and_no_html() -> None:
    made = python_pages.markdown(
        "Do <b>it</b>.\n\nArgs:\n    one: The `<first>`.\n        More.\n    *rest: Others.\n\n"
        "Example:\n    >>> 1 < 2\n    True\n"
    )
    assert made == (
        "Do &lt;b>it&lt;/b>.\n\n**Args**\n\n- `one`: The `<first>`.\n  More.\n- `*rest`: Others.\n\n"
        "**Example**\n\n```pycon\n>>> 1 < 2\nTrue\n```"
    )
