"""Full texts beside a page: what is written, and that a page takes in its own companion and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest
from squares import BASE

from benchmarks.made_up import made_up_frame
from willay.geo import FileInTheWayError
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.filterwarnings("ignore:No incident is in the country")]  # made up in Peru, on a made-up land

BESIDE = PageSpec(kind="timeline", lang="en", texts="beside")


def test_texts_go_inside_unless_they_are_many_or_asked_to_go_elsewhere(tmp_path: Path) -> None:
    frame = made_up_frame(600, details=True)
    inside = render(frame, PageSpec(kind="timeline"), None, BASE)
    beside = render(frame, BESIDE, None, BASE)
    assert inside.companion is None
    assert beside.sizes()[1] > 0
    assert beside.sizes()[0] < inside.sizes()[0]
    assert beside.save(tmp_path / "map.html").stat().st_size == beside.sizes()[0]
    assert (tmp_path / "map.texts").read_bytes() == beside.companion
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        beside.save(tmp_path / "map.html")


@pytest.mark.browser
def test_a_reader_opens_the_companion_and_no_other_file(open_page: Opener, tmp_path: Path) -> None:
    frame = made_up_frame(600, details=True)
    (tmp_path / "other.texts").write_bytes(render(frame.iloc[:300], BESIDE, None, BASE).companion or b"")
    opened = open_page(frame, BESIDE)
    page: Any = opened.page
    page.click(".entry >> nth=5")
    page.wait_for_selector("#companion")
    assert page.locator("#panel .card table").count() <= 1  # the columns' figures, no claims
    page.set_input_files("#companion", tmp_path / "other.texts")
    at_rest(page)
    assert "does not belong to this page" in opened.text("#panel")
    page.set_input_files("#companion", opened.path.with_suffix(".texts"))
    page.wait_for_selector("#companion", state="detached")
    assert "made-up" in opened.text("#panel .card").lower()


@pytest.mark.browser
def test_texts_that_were_left_out_are_said_to_be(open_page: Opener) -> None:
    opened = open_page(made_up_frame(20, details=True), PageSpec(kind="timeline", lang="en", texts="none"))
    opened.page.click(".entry >> nth=5")
    opened.page.wait_for_selector("#panel .card")
    assert "were left out of this page" in opened.text("#panel")
