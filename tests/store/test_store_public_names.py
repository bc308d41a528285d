from __future__ import annotations

import willay.events.store


def test_the_public_names_are_sorted_and_there() -> None:
    names = willay.events.store.__all__
    assert names == sorted(names)
    assert all(hasattr(willay.events.store, name) for name in names)
