"""What protects an incident, as columns of the incident frame: the terms of its dataset, and the level of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.columns import TERMS
from willay.events.model.terms import stricter, terms_document, terms_of, tightened_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.events.model.foreign import DatasetTerms

LEVEL: Final = "sensitivity"
OF_DATASET: Final = {name: name.removeprefix("dataset_") for name in TERMS if name not in {"dataset", LEVEL}}
"""The columns that an incident takes from its dataset, with their names in the table of datasets."""

TELLING: Final = frozenset({"dataset", "may_publish"})
"""Columns that show that the licence in a table is that of a dataset and not, for instance, a driving licence."""


def about_no_dataset(held: Iterable[str]) -> frozenset[str]:
    """Return the columns of `OF_DATASET` that mean something else in a table that holds some fields."""
    return frozenset() if TELLING & {*held} else frozenset(OF_DATASET) - TELLING


def terms_columns(names: Sequence[str | None], datasets: Iterable[DatasetTerms]) -> dict[str, list[Any]]:
    """Return the columns of `OF_DATASET`, a cell for each name of a dataset."""
    known = [*datasets]
    by_column = {column: {terms.name: getattr(terms, of) for terms in known} for column, of in OF_DATASET.items()}
    return {column: [values.get(name) if name else None for name in names] for column, values in by_column.items()}


def dataset_documents(names: Iterable[str | None], datasets: Iterable[DatasetTerms]) -> list[dict[str, Any]]:
    """Return what is known of some datasets as JSON, in order of name."""
    known = {terms.name: terms for terms in datasets}
    return [terms_document(known[name]) for name in sorted({name for name in names if name} & known.keys())]


def datasets_of_rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Return the datasets of rows with their terms as JSON, in order of name.

    Args:
        columns: Plain cells of `dataset` and the columns of `OF_DATASET`.
    """
    fields = ("name", *OF_DATASET.values())
    rows = dict.fromkeys(zip(*(columns[name] for name in ("dataset", *OF_DATASET)), strict=True))
    stated = [terms for row in rows if (terms := terms_of(dict(zip(fields, row, strict=True))))]
    each = tightened_each(stated)
    return [terms_document(each[name]) for name in sorted(each)]


def sums_terms(datasets: Sequence[Mapping[str, Any]], levels: Iterable[str | None]) -> dict[str, Any]:
    """Return what protects sums of incidents, by the columns that protect an incident; what is not known is left out.

    Args:
        datasets: The datasets that are summed, as `Origin` has them.
        levels: The levels of the incidents that are summed.
    """
    names = {"dataset": "name", **OF_DATASET}
    found: dict[str, Any] = {
        column: "; ".join(dict.fromkeys(str(one[of]) for one in datasets if one.get(of) is not None))
        for column, of in names.items()
        if of != "may_publish"
    }
    if any(one.get("may_publish") is False for one in datasets):
        found["may_publish"] = False
    found[LEVEL] = stricter(*levels)
    return {name: value for name, value in found.items() if value not in (None, "")}
