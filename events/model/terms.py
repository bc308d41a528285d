"""Terms and levels: on what terms rows came and how far they may go. An import may only tighten both.

Nothing here loosens: of two licences both hold, of two credits both are given, of two levels the stricter one counts.
Whoever may loosen them does so on purpose, with a name and a reason (`store.registers.describe_dataset`,
`store.write.edit`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.model.errors import DraftError, Fault
from willay.events.model.foreign import DatasetTerms
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BOTH_HOLD: Final = " AND "
"""Joins two licences that both apply (SPDX license expressions)."""

BOTH_CREDITED: Final = "; "
_TEXTS: Final = ("version", "licence", "attribution")
_MAY: Final = "may_publish"
_RULE: Final = "selection"


def stricter(*levels: str | None) -> str | None:
    """Return the strictest of some levels of sensitivity; None where none is stricter than public."""
    order = codebook().sensitivity.codes()
    strictest = max((order.index(level) for level in levels if level), default=0)
    return order[strictest] if strictest else None


def strictest_of(draft: Mapping[str, Any], levels: Mapping[str, str]) -> str | None:
    """Return the strictest level of an incident, its places, its documents and its parties.

    Args:
        draft: The fields of an `IncidentDraft`.
        levels: The levels of sources and actors, by key.
    """
    cited = [*draft.get("sources", ()), *(claim.get("source") for claim in draft.get("claims", ()))]
    named = [party.get("actor") for party in draft.get("parties", ())]
    own = [part.get("sensitivity") for part in (draft, *draft.get("places", ()))]
    return stricter(*own, *(levels.get(str(key)) for key in (*cited, *named)))


def names_levels(draft: Mapping[str, Any]) -> bool:
    """Return whether a draft of an incident or any of its places has a level of sensitivity."""
    return any(part.get("sensitivity") for part in (draft, *draft.get("places", ())))


def as_strict(draft: Mapping[str, Any], *others: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft of an incident that is not a less protected than others of the same incident.

    A place is at least as sensitive as those of the same name. One that no other calls so may be any of those that
    the draft lacks, so that it is as sensitive as the strictest of these.

    Args:
        draft: The fields of an `IncidentDraft`.
        others: Those of others.
    """
    found = dict(draft)
    for other in others:
        level = stricter(found.get("sensitivity"), other.get("sensitivity"))
        found |= {"sensitivity": level} if level else {}
        if places := _as_strict_places(found.get("places", ()), other.get("places", ())):
            found["places"] = places
    return found


def _as_strict_places(places: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if [*places] == [*others]:
        return [*map(dict, places)]
    names = {place.get("name") for place in places}
    known: dict[Any, str | None] = {}
    for other in others:
        known[other.get("name")] = stricter(known.get(other.get("name")), other.get("sensitivity"))
    lost = stricter(*(level for name, level in known.items() if name not in names))
    made = []
    for place in places:
        level = stricter(place.get("sensitivity"), known.get(place.get("name"), lost))
        made.append({**place, **({"sensitivity": level} if level else {})})
    return made


def tightened(here: DatasetTerms | None, said: DatasetTerms) -> DatasetTerms:
    """Return the terms of a dataset after a further statement of them: never looser than they are here.

    Args:
        here: The terms that are known; None where none are.
        said: The terms that are stated now, of the same dataset. A stated version replaces the one before.
    """
    if here is None:
        return said
    return DatasetTerms(
        here.name,
        version=said.version or here.version,
        licence=_both(here.licence, said.licence, BOTH_HOLD),
        attribution=_both(here.attribution, said.attribution, BOTH_CREDITED),
        may_publish=_narrower(here.may_publish, said.may_publish),
        selection={**(said.selection or {}), **(here.selection or {})} or None,
    )


def _both(here: str | None, said: str | None, joint: str) -> str | None:
    """Join two texts, each part once; a missing one changes nothing."""
    if not here or not said or _folded(here) == _folded(said):
        return here or said
    parts: dict[str, str] = {}
    for part in (*here.split(joint), *said.split(joint)):
        parts.setdefault(_folded(part), part)
    return joint.join(parts.values())


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _narrower(here: bool | None, said: bool | None) -> bool | None:  # noqa: FBT001 — two values of one kind
    if here is None or said is None:
        return said if here is None else here
    return here and said


def edited_terms(terms: DatasetTerms, changed: Mapping[str, str]) -> DatasetTerms:
    """Return the terms of a dataset as a person changes them; they may become looser.

    Args:
        terms: What is known of it.
        changed: New values by field, as text: `version`, `licence`, `attribution`, `may_publish` as yes or no, and
            `selection` as a text or as JSON by language.

    Raises:
        DraftError: There is no such field, or a value is blank or not understood.
    """
    faults = []
    values: dict[str, Any] = {}  # Any: text, true or false
    for name, value in changed.items():
        text = str(value).strip()
        if name not in {*_TEXTS, _MAY, _RULE}:
            faults.append(
                Fault(name, tr("Unknown field. Expected one of: {listed}.", listed=", ".join((*_TEXTS, _MAY, _RULE))))
            )
        elif not text:
            faults.append(Fault(name, tr("Expected a value; terms can be replaced, not removed.")))
        elif name == _MAY and is_yes(text) is None:
            faults.append(Fault(name, tr("Expected yes or no, found {text!r}.", text=text[:80])))
        elif name == _RULE and not _rule_of(text):
            faults.append(
                Fault(
                    name,
                    tr(
                        'Expected a text, or texts by language such as {{"es": "…"}}, found {text!r}.',
                        text=text[:80],
                    ),
                )
            )
        else:
            values[name] = is_yes(text) if name == _MAY else _rule_of(text) if name == _RULE else text
    if faults:
        raise DraftError(tuple(faults))
    return replace(terms, **values)


def _rule_of(stated: object) -> dict[str, str] | None:
    """Return a rule of selection by language, from texts by language, JSON of these, or one text; None of all else."""
    if isinstance(stated, str) and stated.lstrip().startswith("{"):
        try:
            stated = json.loads(stated)
        except ValueError:
            return None
    texts = {"und": stated} if isinstance(stated, str) else stated
    if not isinstance(texts, dict):
        return None
    return {str(tag): text.strip() for tag, text in texts.items() if isinstance(text, str) and text.strip()} or None


def is_yes(text: str) -> bool | None:
    """Read a cell that means yes or no, in Spanish or English; None where it means neither."""
    said = headers().words["truth"].get(folded(text.removesuffix(".0")))
    return None if said is None else said == "yes"


def tightened_each(said: Iterable[DatasetTerms]) -> dict[str, DatasetTerms]:
    """Return the terms of datasets by name, each the strictest of all statements."""
    found: dict[str, DatasetTerms] = {}
    for terms in said:
        found[terms.name] = tightened(found.get(terms.name), terms)
    return found


def terms_document(terms: DatasetTerms) -> dict[str, Any]:  # Any: text, true or false
    """Return the terms of a dataset as JSON; what is not known is left out."""
    return {name: value for name, value in asdict(terms).items() if value is not None}


def terms_of(document: Mapping[str, Any]) -> DatasetTerms | None:
    """Return the terms that JSON of anybody's making states, or None where it names no dataset.

    What is neither true, false nor unknown under `may_publish` is taken as false.
    """
    name = document.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    texts = {key: text for key in _TEXTS if isinstance(text := document.get(key), str) and text}
    said = document.get("may_publish")
    rule = _rule_of(document.get(_RULE))
    return DatasetTerms(name.strip(), **texts, may_publish=None if said is None else said is True, selection=rule)


def stated_terms(listed: object) -> list[DatasetTerms]:
    """Return the terms that a list of JSON objects states; none where it is not such a list."""
    documents = listed if isinstance(listed, list) else []
    return [terms for one in documents if isinstance(one, dict) and (terms := terms_of(one))]


def rows_of_terms(rows: Iterable[Mapping[Any, Any]]) -> list[DatasetTerms]:
    """Return the terms in rows of a table of datasets, whose cells are None, NaN or a value."""
    names = [field.name for field in fields(DatasetTerms)]
    return [DatasetTerms(**{name: _known(row[name]) for name in names}) for row in rows]


def _known(cell: Any) -> Any:  # noqa: ANN401 — a cell
    if cell is None or cell != cell:  # noqa: PLR0124 — NaN is not itself
        return None
    return cell if isinstance(cell, str | dict) else bool(cell)
