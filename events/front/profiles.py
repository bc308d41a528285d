"""`wy.profile`: the profile of a country or region as a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from willay.events.country_profile import ProfileRequest, country_profile
from willay.events.front.filters import read_filters
from willay.events.front.selecting import profile_asked
from willay.maps.embedding import notebook_frame
from willay.maps.profile.spec import SECTIONS, ProfileSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from willay.events.front.database import Database
    from willay.events.front.filters import Day, Days
    from willay.events.front.words import Lang, PolicyLike, ProfileLike
    from willay.maps.profile.blocks import Document

Section: TypeAlias = Literal[
    "key", "events", "regions", "cases", "emergencies", "decisions", "institutions", "actors", "series", "chronology",
    "unknown",
]  # fmt: skip


@dataclass(frozen=True)
class ProfileDocument:
    """The profile of a country or region: `save` writes it, and a notebook shows it.

    Attributes:
        document: Its sections, notes and sources.

    Example:
        >>> import willay as wy
        >>> with wy.create("nowhere.gpkg", country="PE") as db:
        ...     found = wy.profile(db, sections=["key"], lang="en")
        >>> found.save("peru.html").name
        'peru.html'
    """

    document: Document = field(repr=False)

    def save(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the document, and return its path.

        Args:
            path: The file; its ending decides: `.html`, `.docx` (needs the extra `documents`) or `.pdf` (needs a
                browser).
            force: Whether a file that is there may be replaced.

        Raises:
            SpecError: The ending is unknown.
            FileInTheWayError: The file is there, and `force` is not set.
        """
        from willay.maps.profile import write_document  # noqa: PLC0415 — charts need an extra

        return write_document(self.document, path, force=force)

    def __repr__(self) -> str:
        return f"<willay.ProfileDocument {self.document.title!r}>"

    def _repr_html_(self) -> str:
        from willay.maps.profile.html import as_html  # noqa: PLC0415 — as above

        return notebook_frame(as_html(self.document), self.document.title, embed=False)


def profile(
    db: Database,
    area: str | None = None,
    *,
    days: Days | None = None,
    since: Day | None = None,
    until: Day | None = None,
    as_of: Day | None = None,
    policy: PolicyLike | None = None,
    profile: ProfileLike = ...,
    sections: Sequence[Section | str] | None = None,
    texts: Mapping[str, str] | None = None,
    title: str | None = None,
    lang: Lang | str | None = None,
    own_use: bool = False,
) -> ProfileDocument:
    """Make the profile of a country or region: statistics, incidents, cases, emergencies, series, sources.

    It needs the extra `pictures`, for its charts.

    Args:
        db: The database.
        area: A country (code or name), or a region as `set/key`, by its key or name; None is all.
        days: The days, both ends inclusive; or `since` and `until`.
        since: The first day.
        until: The last day, inclusive.
        as_of: As known at this moment, or at the end of this day (UTC).
        policy: The figure policy; None is the database's own.
        profile: The disclosure profile; None is the record itself.
        sections: Which sections; None is all.
        texts: Paragraphs written by hand, as Markdown by section.
        title: Its title; None takes the area's name.
        lang: Its language.
        own_use: Whether rows that may not be passed on are in it.

    Raises:
        NotFoundError: There is no such area.
        RefusedError: Rows may not be passed on.
        MissingExtraError: The extra `pictures` is not installed.

    Example:
        >>> import willay as wy
        >>> with wy.create("nowhere.gpkg", country="KE") as db:
        ...     wy.profile(db, sections=["key"], lang="en")
        <willay.ProfileDocument 'Kenya: profile of incidents and indicators'>
    """
    query, _ = read_filters({"days": days, "since": since, "until": until, "as_of": as_of})
    seen = profile_asked(profile, db.profile)
    spec = ProfileSpec(
        lang=lang or db.lang, title=title, sections=SECTIONS if sections is None else tuple(sections), texts=texts
    )
    request = ProfileRequest(area=area, query=query, policy=policy, profile=seen, is_for_own_use=own_use)
    return ProfileDocument(country_profile(db.store, request, spec))
