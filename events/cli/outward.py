"""What leaves the database by a command: by which profile, and what is said of that.

On a terminal a person sees the record. What goes to a file or another program goes through the profile `public`,
unless another is named.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.omissions import say_omissions
from willay.events.cli.talk import say

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
        ProfileError: The file is no profile.
    """
    from willay.data.profiles import DEFAULT, profile

    is_for_a_person = style == TABLE and sys.stdout.isatty()
    return profile(name or ("internal" if is_for_a_person else DEFAULT))


def say_how_to_include(about: Mapping[Any, Any]) -> None:
    """Say how to get what was left out because it is not published, if anything was.

    Args:
        about: What a frame or file says of itself (`Origin`).
    """
    if about.get("unpublished"):
        say("To include what is not published: --status published --status in-review --status draft --status lead")


def say_profile(about: Mapping[Any, Any]) -> None:
    """Say by which profile something is shown, what that leaves out, and how the record itself is shown."""
    say(f"Profile {about.get('profile')}. The record itself: --profile internal")
    say_how_to_include(about)
    say_omissions(about)


def say_record() -> None:
    """Say that what goes to a file is the record itself."""
    if not sys.stdout.isatty():
        say("This is the record itself: what is confidential is in it. Do not pass it on.")
