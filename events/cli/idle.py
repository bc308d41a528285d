"""Options that would have no effect: they are refused, so that nothing that somebody typed is lost in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from willay.geo.translation import tr


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


NEEDED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "--source": ("--source-kind", "--published"),
    "--place": ("--place-precision",),
}
"""Options that need another, by the one that they need."""


def refuse_idle(given: Mapping[str, object], needed_by: Mapping[str, tuple[str, ...]] = NEEDED_BY) -> None:
    """Refuse options whose other one was not given; as `refuse_without`.

    Args:
        given: All that was given, by the option.
        needed_by: The options that need another, by the one that they need.

    Raises:
        RefusedError: Some option would have no effect.
    """
    for needed, idle in needed_by.items():
        if not given.get(needed):
            refuse_without(needed, {name: given.get(name) for name in idle})


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
