"""`willay form`: the form of a country, and what people send with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result


def units(path: Path) -> list[str]:
    rows = openpyxl.load_workbook(path)["choices"].iter_rows(values_only=True)
    return [str(row[2]) for row in rows if row[0] == "units"]


def setting(path: Path, name: str) -> object:
    head, row = openpyxl.load_workbook(path)["settings"].iter_rows(values_only=True)
    return dict(zip(head, row, strict=True))[name]


def test_the_form_is_of_the_country_of_the_database_with_its_units(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    told = run("form", "form.xlsx")
    assert (told.code, "willay import export.xlsx" in told.err) == (0, True)
    assert len(units(tmp_path / "form.xlsx")) == 25  # 24 departments and Callao
    assert "Cusco (08)" in units(tmp_path / "form.xlsx")
    assert run("form", "form.xlsx").code == 5
    assert run("form", "form.xlsx", "--force", "--lang", "en").code == 0
    assert setting(tmp_path / "form.xlsx", "default_language") == "English (en)"
    assert peru.exists()


def test_a_country_is_enough(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("form", "pe.xlsx", "--country", "Perú").code == 0
    assert "Puno (21)" in units(tmp_path / "pe.xlsx")
    assert run("form", "bo.xlsx", "--country", "BO").code == 0
    assert setting(tmp_path / "bo.xlsx", "form_id") == "willay_incident"
    assert run("form", "xx.xlsx", "--country", "Atlantis").code != 0
