"""What is shown for a measure of one incident, and the document whose number it is."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Source:
    """A document that speaks of an incident: as a profile shows it, or as it is to be recorded.

    Attributes:
        key: Its key; empty where it is not recorded yet, and one is to be made of what is known of it.
        kind: Its kind (codebook).
        publisher: Who published it.
        title: Its title.
        published_on: ISO day, month or year.
        url: Its address.
        archive_url: The address of a copy.
        language: BCP 47.
        licence: Its licence.
        reliability: A to F.

    Example:
        >>> import willay as wy
        >>> wy.Source(kind="press", publisher="The Daily", published_on="2021-03-08")
        wy.Source(kind='press', publisher='The Daily', published_on='2021-03-08')
    """

    key: str = ""
    kind: str = "other"
    publisher: str | None = None
    title: str | None = None
    published_on: str | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    licence: str | None = None
    reliability: str | None = None

    def __repr__(self) -> str:
        known = ((one.name, getattr(self, one.name)) for one in fields(self))
        return f"wy.Source({', '.join(f'{name}={value!r}' for name, value in known if value not in (None, ''))})"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown for a measure of one incident, and whose number it is.

    Attributes:
        measure: What is counted.
        low: The lowest number; None where it is not known.
        best: The number of the voice that the policy chose; None where that only says "at least", which is in `low`.
        high: The highest number; None next to a low: there is no upper end.
        policy: The figure policy.
        source: The document whose number it is; None where it is nobody's own.
        attributed_to: Whom that document quotes.
        basis: `total`, `sum`, `group` or `pinned`; empty where the figure is shown as the database has it, because
            its policy is not installed.
        voices: How many voices there were.
        reason: The editor's reason, for a pinned claim.

    Example:
        >>> import willay as wy
        >>> print(wy.Figure("killed", 3, 5, None, "latest"))
        killed: 5 (3 or more) by latest
    """

    measure: str
    low: int | None
    best: int | None
    high: int | None
    policy: str
    source: Source | None = None
    attributed_to: str | None = None
    basis: str = "total"
    voices: int = 1
    reason: str | None = None

    def __str__(self) -> str:
        """Return the figure in a line."""
        ends = f"{self.low} or more" if self.high is None else f"{self.low}–{self.high}"
        number = ends if self.best is None else str(self.best)
        span = "" if self.best is None or self.low == self.best == self.high else f" ({ends})"
        voice = f", {self.source.publisher or self.source.key}" if self.source else ""
        return f"{self.measure}: {number}{span} by {self.policy}{voice}"
