"""What changed between two states of the record, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.model.differences import unlabelled
from willay.events.model.numerals import in_digits
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.store.record.states import State


def changes_in_words(old: State, new: State) -> tuple[str, ...]:
    """Say in words what changed between two states."""
    before, after = old["draft"], new["draft"]
    told = []
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        if isinstance(was or now, list):
            told.append(_list_in_words(name, was or [], now or []))
        elif isinstance(was or now, str):
            told.append(f"{name}: {was or '—'} → {now or '—'}")
        elif all(value is None or type(value) in {int, float} for value in (was, now)):
            told.append(f"{name}: {_number(was)} → {_number(now)}")
        else:
            told.append(tr("{field} changed", field=name))
    return tuple(told)


def _number(number: float | None) -> str:
    return "—" if number is None else in_digits(number)


def _list_in_words(name: str, was: list[Any], now: list[Any]) -> str:
    before, after = unlabelled(was), unlabelled(now)
    more = len(after) - len(before)
    gained = max(sum(item not in before for item in after), more)
    lost = max(sum(item not in after for item in before), -more)
    if not gained and not lost:
        if before != after:
            return tr("{field}: order changed", field=name)
        return tr("{field}: labels changed", field=name)
    if gained and lost:
        return tr("{field}: {gained} added, {lost} removed", field=name, gained=gained, lost=lost)
    return tr("{field}: {n} added", field=name, n=gained) if gained else tr("{field}: {n} removed", field=name, n=lost)
