"""Options that would have no effect: they are refused, so that nothing that somebody typed is lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


def refuse_without(needed: str, options: Mapping[str, object]) -> None:
    """Refuse options that act only together with something that was not given.

    Args:
        needed: What they need, as it is typed, such as `--source`.
        options: What was given, by the option; None, False and empty lists were not.

    Raises:
        RefusedError: Some option was given; the message names all of them.
    """
    from willay.events.model.errors import RefusedError

    if given := _given(options):
        raise RefusedError(
            tr(
                "{options} has no effect without {needed}. Add {needed}, or leave {options} out.",
                options=given,
                needed=needed,
            )
        )


def refuse_with(other: str, options: Mapping[str, object]) -> None:
    """Refuse options that do not act together with something that was given; as `refuse_without`.

    Args:
        other: What was given, as it is typed, such as `--from-file`.
        options: What else was given, by the option.

    Raises:
        RefusedError: Some option was given; the message names all of them.
    """
    from willay.events.model.errors import RefusedError

    if given := _given(options):
        raise RefusedError(
            tr("{options} has no effect with {other}. Leave one of the two out.", options=given, other=other)
        )


def _given(options: Mapping[str, object]) -> str:
    return ", ".join(name for name, value in options.items() if value not in (None, False, [], ()))
