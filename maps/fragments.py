"""Permalinks of a page, checked against its data: a story must not lead to what the page does not have.

The page itself passes over what it does not know of a link, and says so (`static/state/permalink.js`). Whoever makes a
story should hear of it before anybody reads the page.
"""

from __future__ import annotations

from datetime import date
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.spec import BOUNDS, CLASS_COUNTS, LANGS, RATES, SCHEMES, STEPS, VIEWS, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from willay.maps.story import View

_FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "acts": ("0", "1"),
    "actsShown": ("0", "1"),
    "bound": BOUNDS,
    "classes": tuple(str(count) for count in CLASS_COUNTS),
    "embed": ("0", "1"),
    "lang": LANGS,
    "mapView": VIEWS,
    "mode": WINDOWS,
    "overlay": ("0", "1"),
    "rate": RATES,
    "scheme": SCHEMES,
    "skip": ("0", "1"),
    "stage": ("map", "table"),
    "step": STEPS,
    "tab": ("incidents", "regions"),
}
"""Settings that have the same choices on every page."""

_DAYS: Final = ("end", "limitsDay")
_RANGES: Final[Mapping[str, tuple[float, float]]] = {"length": (1, 1e6), "minimum": (0, 1e9), "speed": (0.25, 16)}
"""Settings that are numbers, with their inclusive range."""

_SHOWN: Final = 12
"""How many choices a message names."""

_FREE: Final = ("search", "sort", "story")
_FACETS: Final = ("type", "actor", "case", "kind", "region", "precision", "status", "dataset")

NAMES: Final = frozenset(
    {*_FIXED, *_DAYS, *_RANGES, *_FREE, "at", "band", "limits", "measure", "open", "set"}
    | {f"f.{name}" for name in _FACETS}
)
"""All settings that a permalink can have; a test holds them to those that the page reads."""


def check_views(views: Collection[View], header: Mapping[str, Any], codes: Collection[str]) -> None:
    """Refuse a story with a view that does not fit the page.

    Args:
        views: The views of the story.
        header: The header of the page's data (`page_header`).
        codes: The codes of the page's incidents.

    Raises:
        SpecError: A view has a setting, or a value of one, that the page does not have; the message names the view,
            the setting, the value, and the choices.
    """
    if not views:
        return
    choices = _choices(header)
    known = frozenset(codes)
    for number, view in enumerate(views, 1):
        for name, value in parse_qsl(view.fragment, keep_blank_values=True):
            if name not in NAMES:
                raise _refused(number, name, value, tr("The page has no setting of this name."))
            if problem := _problem(name, value, choices, known):
                raise _refused(number, name, value, problem)


def _refused(number: int, name: str, value: str, problem: str) -> SpecError:
    return SpecError(
        tr(
            "View {number} of the story does not fit the page: {name}={value}. {problem} Open the page, show what the "
            "view is to show, and copy its link.",
            number=number,
            name=name[:40],
            value=value[:80],
            problem=problem,
        )
    )


def _choices(header: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the choices of each setting that has a list of them."""
    regions = [region for held in header["regions"] for region in held["regions"]]
    facets = {f"f.{name}": _codes(header, facet) for name, facet in header["facets"].items()}
    return {
        **_FIXED,
        **facets,
        **({"mapView": ("regions", "density"), "stage": ("map",), "tab": ("regions",)} if header.get("sums") else {}),
        "f.region": tuple(
            dict.fromkeys(f"{held['key']}/{region['key']}" for held in header["regions"] for region in held["regions"])
        ),
        "band": tuple(header["facets"]["case"]["codes"]),
        "measure": ("incidents", *header["measures"]),
        "open": tuple(f"region:{region['id']}" for region in regions),
        "set": tuple(held["key"] for held in header["regions"]),
    }


def _codes(header: Mapping[str, Any], facet: Mapping[str, Any]) -> tuple[str, ...]:
    codes = header["dictionaries"][facet["column"]] if "column" in facet else facet["codes"]
    return tuple("" if code is None else str(code) for code in codes)


def _problem(name: str, value: str, choices: Mapping[str, tuple[str, ...]], codes: frozenset[str]) -> str | None:
    """Return what is wrong with a value of a setting, or None."""
    if name == "open":
        is_there = value in codes or value in choices["open"]
        return None if is_there else tr("The page has no such incident or region.")
    if name == "band" and not value:
        return None
    if name in choices:
        values = [unquote(part) for part in value.split(",")] if name.startswith("f.") else [value]
        return next((_not_among(each, choices[name]) for each in values if each not in choices[name]), None)
    return _problem_of_form(name, value)


def _problem_of_form(name: str, value: str) -> str | None:
    """Return what is wrong with a day, a number or a place of the map, or None."""
    if not value and name in ("end", "minimum"):
        return None
    if name in _DAYS and not _is_day(value):
        return tr("Write a day as 2009-06-05.")
    if name in _RANGES:
        low, high = _RANGES[name]
        is_within = all(low <= number <= high for number in _numbers(value))
        return None if is_within else tr("Write a number from {low} to {high}.", low=f"{low:g}", high=f"{high:g}")
    if name == "limits" and not all(map(isfinite, _numbers(value))):
        return tr("Write numbers separated by commas, such as 1,5,20.")
    if name == "at" and not _is_place(value):
        return tr("Write longitude, latitude and zoom, such as -75,-9.2,6.")
    return None


def _not_among(value: str, allowed: tuple[str, ...]) -> str:
    named = [choice for choice in allowed if choice]
    shown = ", ".join(named[:_SHOWN]) + (", …" if len(named) > _SHOWN else "")
    return tr("{value!r} is not on the page. Choose one of: {choices}.", value=value[:80], choices=shown or tr("none"))


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _numbers(text: str) -> list[float]:
    """Return numbers separated by commas; NaN for what is not one."""
    numbers = []
    for part in text.split(","):
        try:
            numbers.append(float(part))
        except ValueError:
            numbers.append(nan)
    return numbers


def _is_place(text: str) -> bool:
    numbers = _numbers(text)
    within = (180, 90, 25)  # of longitude, latitude and zoom
    return len(numbers) == len(within) and all(abs(one) <= most for one, most in zip(numbers, within, strict=True))
