"""Output of commands: which disclosure profile applies, and what is reported about it.

On a terminal a person sees the record. What goes to a file or another program goes through the profile `public`,
unless another is named.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.omissions import profile_in_words, say_omissions
from willay.events.cli.output import say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.profiles import Profile

SeenBy = Annotated[
    str | None,
    typer.Option(
        "--profile",
        help="Disclosure profile: public, partner, internal (the record itself), or a .toml file. Default: internal on "
        "a terminal; public in a pipe or file, and for JSON, CSV and GeoJSON.",
    ),
]

TABLE = "table"


def seen_by(name: str | None, style: str = TABLE) -> Profile:
    """Return the profile by which something is shown.

    Args:
        name: The profile that was named, or None.
        style: How it is written; `table` is for people.

    Raises:
        UnknownTermError: There is no such profile.
        ProfileError: The file is not a profile.
    """
    from willay.data.profiles import DEFAULT, profile

    is_for_a_person = style == TABLE and sys.stdout.isatty()
    return profile(name or ("internal" if is_for_a_person else DEFAULT))


def limiting(seen: Profile) -> Profile | None:
    """Return a profile for a read of the record; None where it shows everything, so that nothing limits the read."""
    return None if seen.shows_all else seen


def say_how_to_include(about: Mapping[Any, Any]) -> None:
    """Report how to include unpublished incidents, if any were left out.

    Args:
        about: What a frame or file states about itself (`Origin`).
    """
    if about.get("unpublished"):
        say(tr("To include unpublished incidents: --status published --status in-review --status draft --status lead"))


def say_profile(about: Mapping[Any, Any]) -> None:
    """Report the profile, what it leaves out, and how to see the record itself."""
    say(
        tr(
            "Profile {profile}. To see the record itself: --profile internal",
            profile=profile_in_words(about.get("profile")),
        )
    )
    say_how_to_include(about)
    say_omissions(about)


def say_record() -> None:
    """Warn that the output is the record itself."""
    if not sys.stdout.isatty():
        say(tr("This is the record itself and includes confidential information. Do not pass it on."))
