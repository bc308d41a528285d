"""The pages as Sphinx builds them: without a warning, in both languages, and they load nothing from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from guide import DOCS, LANGUAGES, pages

if TYPE_CHECKING:
    from pathlib import Path

sys.path.insert(0, str(DOCS))
built_links = pytest.importorskip("built_links")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx", reason="the extra docs is not installed")
    folder = tmp_path_factory.mktemp("docs")
    done = subprocess.run(
        [sys.executable, str(DOCS / "build_pages.py"), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_built_in_its_language(lang: str, built: Path) -> None:
    for name in pages(lang):
        page = (built / lang / name).with_suffix(".html")
        assert f'lang="{lang}"' in page.read_text("utf-8"), page


def test_what_leads_nowhere_and_what_is_loaded_from_elsewhere_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "b.html").write_text('<h1 id="here">B</h1>', "utf-8")
    (folder / "s.css").write_text("@import 'https://example.org/font.css'; a { background: url(b.png) }", "utf-8")
    (folder / "a.html").write_text(
        '<script src="https://example.org/x.js"></script><link rel="stylesheet" href="//example.org/s.css">'
        '<link rel="next" href="b.html"><a href="b.html#here">1</a><a href="b.html#gone">2</a><a href="c.html">3</a>'
        '<a href="https://example.org">4</a>',
        "utf-8",
    )
    found = [fault.removeprefix(str(folder)) for fault in built_links.faults(tmp_path, ("en",))]
    assert found == [
        "/a.html: loads https://example.org/x.js",
        "/a.html: loads //example.org/s.css",
        "/a.html: b.html#gone leads nowhere",
        "/a.html: c.html leads nowhere",
        "/s.css: loads https://example.org/font.css",
    ]
