"""The figures of shipped incidents, worked out by hand from their claims by docs/en/explanation/figures.md."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from willay.events.frame.frame import cells
from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

BY_HAND: dict[str, tuple[int, int, int | None, str]] = {
    # The ombudsman's 33 (rank 2) is the best of the full voices: 33 (foreign ministry), 54 (profile), 32 (radio); the
    # indigenous organisations' 40 civilians and a paper's 20 police are of one group and lower nothing.
    "bagua-2009": (32, 33, 54, "defensoria-ia-006-2009"),
    # All name civilians alone. The prosecution's 117 (court) is before COMISEDH (human rights), whose last word is
    # 117; a paper's 109-117 is the least.
    "soras-1984": (109, 117, 117, "enterarse-soras"),
    # The truth commission's 70; testimonies to it of up to 200 raise the upper end, and state no least.
    "quenteroni-1994": (70, 70, 200, "cvr-informe-final-ch2"),
    # Only 7dias states a total (68). The commission counts 58 and 3 without the soldiers, others leave out a group.
    "molinos-1989": (68, 68, 68, "7dias-molinos"),
    # The commission quoted by the IEP: 74 civilians; others 71 and 72. The commission's own table counts residents
    # and Asháninka alone (57), who are not all civilians named.
    "tsiriari-1993": (71, 74, 74, "iep-tsiriari"),
    # Nine students and one professor, by the truth commission, the Inter-American Court and a court of Lima alike.
    "la-cantuta-1992": (10, 10, 10, "cvr-informe-final-ch2"),
    # Four, by all.
    "saweto-2014": (4, 4, 4, "actualidadambiental-149895"),
    # Infobae alone speaks of all that are named: 17 civilians and a police officer. The ombudsman counts protesters,
    # the prosecutors 18 civilians; a 20 that its text does not explain has a scope.
    "juliaca-2023-01-09": (18, 18, 18, "infobae-2023-02-09"),
    # The ombudsman's and the prosecutors' 4 (rank 2 and 3), the government's 5, members of Congress 6 and 8.
    "transport-strike-2022": (4, 4, 8, "ojopublico-3436"),
    # A total of 4; those who count civilians alone say 3, which is no total.
    "las-bambas-2015": (4, 4, 4, "elcomercio-bambas-222777"),
}


@pytest.fixture(scope="module")
def figures(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, ...]]:
    with Store.open(shutil.copy(demo_folder / "peru.gpkg", tmp_path_factory.mktemp("figures"))) as store:
        frame = store.read.select()
    columns = [cells(frame, f"killed_{name}") for name in ("low", "best", "high", "source")]
    return dict(zip(cells(frame, "key"), zip(*columns, strict=True), strict=True))


@pytest.mark.parametrize("key", BY_HAND)
def test_a_shipped_figure_is_what_a_hand_works_out(figures: dict[str, tuple[Any, ...]], key: str) -> None:
    assert figures[key] == BY_HAND[key]
