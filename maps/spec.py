"""What a page is asked to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from willay.events.policy import FIGURE_MEASURES
from willay.maps.errors import SpecError

KINDS: Final = ("choropleth", "timeline", "atlas")
LANGS: Final = ("es", "en")
MEASURES: Final = ("incidents", *FIGURE_MEASURES)
BOUNDS: Final = ("low", "best", "high")
SCHEMES: Final = ("natural-breaks", "quantiles", "equal-interval")
STEPS: Final = ("month", "year")
WINDOWS: Final = ("window", "cumulative")
CLASS_COUNTS: Final = range(2, 10)
"""Fewer is no map; more cannot be told apart by eye."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """A page as asked for: what it is, and where it starts; its reader can change measure, regions and time.

    Attributes:
        kind: `choropleth` (regions by colour), `timeline` (incidents through time) or `atlas` (both, a list).
        lang: `es` or `en`.
        title: The heading; None takes the kind's own.
        region_set: Which set of the regions given is shown first; None takes the first one
            that is valid at all times.
        measure: `incidents` or a measure that the frame has figures of.
        bound: `low`, `best` or `high`.
        scheme: How mapclassify finds the classes. Natural breaks (Fisher and Jenks) suits small, skewed
            counts.
        classes: How many classes at most, 2 to 9; fewer where the values are fewer.
        step: `month` or `year`.
        window: `window` (what happened within) or `cumulative` (all from the start until then).
        tiles: An `https://…/{z}/{x}/{y}` template for a background from the network; None, the default, keeps
            the page free of any request.

    Raises:
        SpecError: A value is none of its choices.
    """

    kind: str = "atlas"
    lang: str = "es"
    title: str | None = None
    region_set: str | None = None
    measure: str = "incidents"
    bound: str = "best"
    scheme: str = "natural-breaks"
    classes: int = 5
    step: str = "month"
    window: str = "window"
    tiles: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no page can be."""
        choices = {
            "kind": KINDS, "lang": LANGS, "measure": MEASURES, "bound": BOUNDS,
            "scheme": SCHEMES, "step": STEPS, "window": WINDOWS, "classes": CLASS_COUNTS,
        }  # fmt: skip
        for name, allowed in choices.items():
            value = getattr(self, name)
            if value not in allowed:
                told = ", ".join(str(choice) for choice in allowed)
                raise SpecError(f"{name} is {str(value)[:80]!r}. Choose one of: {told}.")
        if self.tiles is not None and not self.tiles.startswith("https://"):
            raise SpecError(f"tiles is {self.tiles[:80]!r}. Give an https:// address with {{z}}, {{x}}, {{y}}.")

    def changed(self, **given: Any) -> Self:  # noqa: ANN401 — values of any of the fields
        """Return the spec with some fields changed; those given as None stay as they are.

        Raises:
            SpecError: A value is none of its choices.
        """
        return replace(self, **{name: value for name, value in given.items() if value is not None})
