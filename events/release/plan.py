"""What a release holds, as it is kept in it: plan and profile."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.profiles import NAMES, Profile, of_document, profile
from willay.events.frame.query import IncidentQuery
from willay.events.model.errors import RefusedError
from willay.events.store import Head
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLAN: Final = "release.json"
PROFILE: Final = "profile.json"


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What a release holds; kept in it, so that it can be rebuilt.

    Attributes:
        name: The release's name.
        title: Its title.
        by: Who publishes it.
        as_of: The day (its end, UTC) or moment whose knowledge it freezes.
        profile: The name of the disclosure profile; what it does is in `profile.json`.
        statuses: The statuses of the incidents in it.
        formats: The formats of the data.
        policy: The figure policy.
        lang: The language of its texts.
        plugins: The plug-ins that shaped its figures or wrote its data: kind, name, distribution and version of each.
        record: The head of the record that made it: the number of the last revision, and its seal. None for releases
            of before heads were stored.
    """

    name: str
    title: str
    by: tuple[str, ...]
    as_of: str
    profile: str
    statuses: tuple[str, ...]
    formats: tuple[str, ...]
    policy: str
    lang: str
    plugins: tuple[Mapping[str, str], ...] = ()
    record: Head | None = None

    @property
    def query(self) -> IncidentQuery:
        """The question that its data answer."""
        return IncidentQuery.parse(as_of=self.as_of, status=self.statuses)


def profile_of(plan: ReleasePlan) -> Profile:
    """Return the shipped profile that a plan names.

    Raises:
        RefusedError: It is not one of those.
    """
    if plan.profile not in NAMES:
        raise RefusedError(
            tr("The profile {profile!r} is not included in willay. Give its .toml file.", profile=plan.profile[:80])
        )
    return profile(plan.profile)


def plan_document(plan: ReleasePlan) -> dict[str, Any]:
    """Return a plan as it is stored; a release of before heads or plug-ins were stored is made again without them."""
    return {name: value for name, value in asdict(plan).items() if name not in _LATER or value}


_LATER: Final = ("record", "plugins")
"""What not every release has."""


def read_profile(folder: Path) -> Profile:
    """Read the disclosure profile that a release was made by.

    Raises:
        RefusedError: It cannot be read.
        ProfileError: It is not a profile.
    """
    try:
        document = json.loads((folder / PROFILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(
            tr(
                "{file} is not the profile of a release ({error}). Get the release again.",
                file=folder / PROFILE,
                error=error,
            )
        ) from None
    if "shipped" not in document and document.get("name") in NAMES:  # as releases were made before they said so
        return profile(document["name"])
    return replace(of_document(document, str(folder / PROFILE)), is_shipped=document.get("shipped") is True)


def read_plan(folder: Path) -> ReleasePlan:
    """Read how a release was made.

    Raises:
        RefusedError: Its plan cannot be read.
    """
    try:
        document = json.loads((folder / PLAN).read_text("utf-8"))
        lists = ("by", "statuses", "formats")
        named: dict[str, Any] = {
            name: tuple(document[name]) if name in lists else document[name]
            for name in ReleasePlan.__dataclass_fields__
            if name not in _LATER
        }
        record = document.get("record")
        plugins = tuple({str(name): str(value) for name, value in one.items()} for one in document.get("plugins", ()))
        return ReleasePlan(**named, plugins=plugins, record=None if record is None else Head(**record))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError(
            tr(
                "{file} is not the plan of a release ({error}). Get the release again.",
                file=folder / PLAN,
                error=error,
            )
        ) from None
