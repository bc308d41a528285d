"""What a page is asked to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Final, Self

from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.story import LONGEST_NOTE, MOST_VIEWS, View, Words, checked_words

KINDS: Final = ("choropleth", "timeline", "atlas")
LANGS: Final = tuple(
    sorted(file.name[:-5] for file in (files("willay.maps") / "messages").iterdir() if file.name.endswith(".json"))
)
"""The languages of the page, each with a file in `maps/messages`."""

VIEWS: Final = ("regions", "points", "clusters", "density")
MEASURES: Final = ("incidents", *FIGURE_MEASURES)
BOUNDS: Final = ("low", "best", "high")
RATES: Final = ("count", "people", "area", "change")
"""Counts; per 100,000 people; per 1,000 km²; difference from the window of the same length before."""

SCHEMES: Final = ("natural-breaks", "quantiles", "equal-interval", "fixed")
STEPS: Final = ("day", "week", "month", "quarter", "year")
WINDOWS: Final = ("window", "cumulative")
CLASS_COUNTS: Final = range(2, 10)
"""Fewer classes give no map; more cannot be distinguished by eye."""

TEXTS: Final = ("auto", "inside", "beside", "none")
INSIDE_BYTES: Final = 24_000_000
"""Up to this many bytes, packed cards are included in the page; more bytes go to a separate file."""

_COUNTED: Final = frozenset({"incident", "incidente", "incidentes"})
"""What people call `incidents`, besides its code."""


def measure_called(text: str | None) -> str | None:
    """Return the measure that a person means: its code, or its name in English or Spanish; another text as it is.

    Example:
        >>> measure_called("muertos"), measure_called("Incidentes"), measure_called("killed"), measure_called("x")
        ('killed', 'incidents', 'killed', 'x')
    """
    if text is None or text in MEASURES:
        return text
    if text.strip().casefold() in _COUNTED:
        return "incidents"
    try:
        return codebook().measures.find(text).code
    except UnknownTermError:
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """A page as asked for: what it is, and where it starts. Its reader can change all of it but kind and texts.

    Attributes:
        kind: `choropleth` (regions by colour), `timeline` (incidents through time) or `atlas` (both, a list).
        lang: `es` or `en`, the language it opens in.
        title: The heading; None takes the kind's own, in the reader's language.
        view: `regions`, `points`, `clusters` or `density`; None takes the kind's own, and density where points
            would lie on one another.
        region_set: Which set of the regions given is shown first; None takes the first one
            that is valid at all times, or that of the regions in focus.
        focus: The regions that the map opens on, as `set/key` or a key alone; the reader can go from them to the
            whole. None given: the map opens on the whole.
        measure: `incidents` or a measure that the frame has figures of; None takes the dead if any incident has a
            figure of them, else the measure that most incidents know, else `incidents`.
        bound: `low`, `best` or `high`.
        acts: Whether acts of the state, such as decrees, captures and sentences, are counted with violence. They are
            shown in any case. One in which somebody came to harm, or may have, is always counted (`maps/acts.py`).
        rate: One of `RATES`.
        scheme: How the classes are found. Natural breaks (Fisher and Jenks) suits small, skewed counts; `fixed`
            takes `limits`.
        classes: How many classes at most, 2 to 9; fewer where the values are fewer.
        limits: Inclusive upper limits of the classes, rising; only with the scheme `fixed`, which needs them.
        step: `day`, `week` (from Monday), `month`, `quarter` or `year`; None takes what suits how long a time the
            incidents lie in, and how exactly their days are known (`maps/steps.py`).
        window: `window` (what happened within) or `cumulative` (all from the start until then).
        tiles: An `https://…/{z}/{x}/{y}` template for a background from the network; None, the default, keeps
            the page free of any request.
        texts: Where the incidents' cards go: `inside` the page, `beside` it in a file that its reader opens,
            `none`, or `auto`: inside up to `INSIDE_BYTES`, else next to.
        suppress_below: Leave out the incidents of regions that have fewer than this, which the page shows as such; it
            has one set of regions then (`suppression.py`, docs/en/explanation/threats.md). 0 and 1 leave out nothing.
        note: A paragraph below the head, plain text or one text for each language; None leaves it out.
        views: A story: up to ten views that a reader steps through, each a link to this page with a caption.
        embed: Whether the page is made for an `<iframe>` of another page: head, map, legend and sources, and a link
            that opens the whole of it.

    Raises:
        SpecError: A value is none of its choices, or limits and scheme do not go together.

    Example:
        >>> from willay.maps import PageSpec
        >>> PageSpec(kind="choropleth", lang="en", measure="killed", bound="low").rate
        'count'
    """

    kind: str = "atlas"
    lang: str = "es"
    title: str | None = None
    view: str | None = None
    region_set: str | None = None
    focus: tuple[str, ...] = ()
    measure: str | None = None
    bound: str = "best"
    acts: bool = False
    rate: str = "count"
    scheme: str = "natural-breaks"
    classes: int = 5
    limits: tuple[float, ...] | None = None
    step: str | None = None
    window: str = "window"
    tiles: str | None = None
    texts: str = "auto"
    suppress_below: int = 0
    note: Words | None = None
    views: tuple[View, ...] = ()
    embed: bool = False

    def __post_init__(self) -> None:
        """Refuse what no page can be."""
        choices = {
            "kind": KINDS, "lang": LANGS, "measure": (None, *MEASURES), "bound": BOUNDS, "rate": RATES,
            "scheme": SCHEMES, "step": (None, *STEPS), "window": WINDOWS, "classes": CLASS_COUNTS, "texts": TEXTS,
            "view": (None, *VIEWS),
        }  # fmt: skip
        for name, allowed in choices.items():
            value = getattr(self, name)
            if value not in allowed:
                told = ", ".join(str(choice) for choice in allowed if choice is not None)
                raise SpecError(
                    tr(
                        "{name} is {value!r}. Choose one of: {choices}.",
                        name=name,
                        value=str(value)[:80],
                        choices=told,
                    )
                )
        self._check_limits()
        if self.suppress_below < 0:
            raise SpecError(tr("suppress_below is {number}. Give 0 or more.", number=self.suppress_below))
        self._check_story()
        if self.tiles is not None and not self.tiles.startswith("https://"):
            raise SpecError(
                tr(
                    "tiles is {tiles!r}. Give an https:// address with {{z}}, {{x}}, {{y}}.",
                    tiles=self.tiles[:80],
                )
            )

    def _check_limits(self) -> None:
        if (self.scheme == "fixed") != (self.limits is not None):
            raise SpecError(
                tr(
                    "The scheme 'fixed' needs limits, and limits need the scheme 'fixed'. Give both; example of "
                    "limits: 1, 5, 20."
                )
            )
        if self.limits is not None and (
            not 0 < len(self.limits) < CLASS_COUNTS.stop or list(self.limits) != sorted(set(self.limits))
        ):
            raise SpecError(
                tr(
                    "limits are {limits}. Give 1 to 9 numbers in increasing order.",
                    limits=str(self.limits)[:80],
                )
            )

    def _check_story(self) -> None:
        if self.note is not None:
            object.__setattr__(self, "note", checked_words("note", self.note, LONGEST_NOTE))
        if len(self.views) > MOST_VIEWS:
            raise SpecError(
                tr(
                    "The story has {count} views; a reader follows up to {most}. Leave some out.",
                    count=len(self.views),
                    most=MOST_VIEWS,
                )
            )

    def changed(self, **given: Any) -> Self:  # noqa: ANN401 — values of any of the fields
        """Return the spec with some fields changed; those given as None stay as they are.

        Raises:
            SpecError: A value is none of its choices.
        """
        return replace(self, **{name: value for name, value in given.items() if value is not None})
