"""The parts of `Store`, and its former methods, which work for one version and say where they are now."""

from __future__ import annotations

import inspect
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest

from willay.events.model.foreign import Batch, DatasetTerms
from willay.events.store.moved import PLACES
from willay.events.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = ("read", "write", "undo", "review", "registers", "attachments", "regions", "file")


def test_a_store_is_made_of_parts_and_inherits_nothing(store: Store) -> None:
    assert Store.__mro__ == (Store, object)
    lazy = {name for name, each in vars(Store).items() if isinstance(each, cached_property)}
    assert set(PARTS) == {name for name in lazy if not name.startswith("_")}
    for name in PARTS:
        part = getattr(store, name)
        assert type(part).__module__ == f"willay.events.store.parts.{name}"
        assert f"`store.{name}`" in inspect.getdoc(type(part))


def test_a_public_method_has_one_place_only(store: Store) -> None:
    front = {name for name in dir(type(store)) if not name.startswith("_")} - set(PARTS)
    assert front == {"close", "country", "create", "open", "path", "policy"}
    for name in PARTS:
        assert not front & {one for one in dir(getattr(store, name)) if not one.startswith("_")}


@pytest.mark.parametrize("former", sorted(PLACES))
def test_a_former_name_does_what_it_did_and_names_the_new_one(store: Store, former: str) -> None:
    with pytest.warns(
        DeprecationWarning, match=rf"^store\.{former} is store\.{PLACES[former]} now; .*until willay 0\.2"
    ):
        old = getattr(store, former)
    assert old == attrgetter(PLACES[former])(store)


@pytest.mark.parametrize(
    ("call", "now"),
    [
        (lambda store: len(store.regions()), lambda store: len(store.regions.select())),
        (lambda store: store.registers(None), lambda store: store.registers.shown(None)),
        (
            lambda store: store.review("bridge", "reopen", author="bea", comment="?").code,
            lambda store: store.review.queue()[-1].code,
        ),
    ],
)
def test_a_former_method_that_is_a_part_can_still_be_called(
    store: Store, call: Callable[[Store], object], now: Callable[[Store], object]
) -> None:
    with pytest.warns(DeprecationWarning, match=r"^store\.\w+ is store\.\w+\.\w+ now"):
        old = call(store)
    assert old == now(store)


def test_an_unknown_name_is_an_attribute_error(store: Store) -> None:
    with pytest.raises(AttributeError, match="'Store' has no attribute 'selct'"):
        store.selct  # noqa: B018 — asking for it is the test


def test_the_former_name_of_a_method_of_a_part_does_what_it_did(store: Store) -> None:
    batch, terms = Batch(rows=()), DatasetTerms("survey")
    with pytest.warns(DeprecationWarning, match=r"^store\.write\.take_in is store\.write\.import_rows now"):
        assert store.write.take_in(batch, terms, author="ana") == store.write.import_rows(batch, terms, author="ana")
