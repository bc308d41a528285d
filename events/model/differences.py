"""Differences between two states of an incident, field by field and claim by claim, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from willay.data.codebook import codebook
from willay.data.countries import country
from willay.data.unit_words import precision_label
from willay.events.model.drafts import ClaimDraft, IncidentDraft, draft
from willay.events.model.fields import fields_of
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.model.figure_words import brief_figure
from willay.events.model.values import local, reckoned
from willay.events.model.voice_names import is_same_voice
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.data.codebook import Terms

Kind = Literal["added", "removed", "changed", "moved"]

_LISTS: Final = {
    "places": mark("place"),
    "parties": mark("party"),
    "claims": mark("claim"),
    "attachments": mark("attachment"),
}
_KINDS: Final = {
    "added": mark("{name} added: {entry}"),
    "removed": mark("{name} removed: {entry}"),
    "moved": mark("{name} moved"),
}
_NAMES: Final = frozenset(name for name, field in fields_of(IncidentDraft).items() if field.kind == "list")
_CODES: Final = {
    **{name: field.codes for name, field in fields_of(IncidentDraft).items() if field.codes},
    "type": "types",
    "subtype": "subtypes",
}
"""The list of the codebook that a field's values are codes of."""

_TEXTS: Final = frozenset(name for name, field in fields_of(IncidentDraft).items() if field.kind == "texts")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two states differ.

    Attributes:
        field: The field, such as `title` or `claims`.
        kind: What happened to it.
        before: What it was, in words; empty for something added.
        after: What it is, in words; empty for something removed.
    """

    field: str
    kind: Kind
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return the difference as one line: `claim removed: killed 33, by ombudsman`."""
        name = tr(_LISTS[self.field]) if self.field in _LISTS else self.field
        if self.kind == "changed":
            return f"{name}: {self._spoken(self.before)} → {self._spoken(self.after)}"
        return tr(_KINDS[self.kind], name=name, entry=self.after or self.before or "—")

    def _spoken(self, value: str) -> str:
        """Return a value as a person reads it: what a code of the codebook means, a dash for nothing."""
        codes = _CODES.get(self.field)
        terms: Terms | None = getattr(codebook(), codes) if codes else None
        return (terms.spoken(value) if terms else value) or "—"


def differences(before: Mapping[str, Any], after: Mapping[str, Any], lang: str = "en") -> tuple[Difference, ...]:
    """Return the differences between two drafts, in order of the fields' names.

    Args:
        before: An incident's draft as plain JSON.
        after: The other one.
        lang: The language of texts, where they have it.
    """
    found: list[Difference] = []
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        if name in _LISTS or name in _NAMES:
            found += _list_differences(name, was or [], now or [], lang)
        elif name in _TEXTS:
            found += _text_differences(name, was or {}, now or {})
        else:
            found.append(Difference(name, "changed", _as_text(was), _as_text(now)))
    return tuple(found)


def _text_differences(name: str, was: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    tags = [tag for tag in sorted({*was, *now}) if was.get(tag) != now.get(tag)]
    return [
        Difference(name if tag == "und" else f"{name} ({tag})", "changed", was.get(tag, ""), now.get(tag, ""))
        for tag in tags
    ]


def unlabelled(items: Iterable[Any]) -> list[Any]:
    """Return entries of a list without the labels of claims: one that is only named now is the same as before."""
    return [
        {field: value for field, value in item.items() if field != "label"} if isinstance(item, dict) else item
        for item in items
    ]


def _list_differences(name: str, was: Sequence[Any], now: Sequence[Any], lang: str) -> list[Difference]:
    before, after = unlabelled(was), unlabelled(now)
    gone = [item for item in before if item not in after]
    new = [item for item in after if item not in before]
    if not gone and not new:
        return [Difference(name, "moved")] if before != after else []
    found = []
    for item in gone:
        twin = next((other for other in new if _same_thing(name, item, other)), None)
        if twin is None:
            found.append(Difference(name, "removed", before=in_words(name, item, lang)))
        else:
            new.remove(twin)
            found.append(Difference(name, "changed", in_words(name, item, lang), in_words(name, twin, lang)))
    return found + [Difference(name, "added", after=in_words(name, item, lang)) for item in new]


def _same_thing(name: str, one: Any, other: Any) -> bool:  # noqa: ANN401 — entries of a draft's list
    """Return whether an entry is another one changed: a claim of the same voice and measure, a place by name."""
    keys = {
        "claims": ("measure", "group", "source"),
        "places": ("name",),
        "parties": ("actor",),
        "attachments": ("sha256",),
    }.get(name, ())
    is_like = bool(keys) and all(one.get(key) == other.get(key) for key in keys)
    return is_like and (name != "claims" or is_same_voice(one.get("attributed_to"), other.get("attributed_to")))


def in_words(name: str, item: Any, lang: str = "en") -> str:  # noqa: ANN401 — an entry of a draft's list
    """Return an entry of one of an incident's lists in words, such as `killed, police: 12, by press-1 (radio)`."""
    if name == "claims":
        return _claim_in_words(item, lang)
    if name == "places":
        return _place_in_words(item)
    if name == "parties":
        return tr("{actor} as {role}", actor=item["actor"], role=codebook().roles.spoken(item["role"]))
    if name == "attachments":
        return _attachment_in_words(item, lang)
    return local(item, lang) if isinstance(item, dict) else str(item)


def _place_in_words(place: Mapping[str, Any]) -> str:
    known = codebook().place_precision.spoken(place["precision"])
    if (of := place.get("country")) and country(of).level(place["precision"]):
        known = precision_label(place["precision"], of, language())
    if place.get("admin_code"):
        known = tr("{precision}, code {code}", precision=known, code=place["admin_code"])
    words = f"{place['name']} ({known})"
    return tr("{place} at {lon}, {lat}", place=words, lon=place["lon"], lat=place["lat"]) if "lon" in place else words


def _attachment_in_words(item: Mapping[str, Any], lang: str) -> str:
    caption = f", {local(item['caption'], lang)}" if item.get("caption") else ""
    level = f", {codebook().sensitivity.spoken(item['sensitivity'])}" if item.get("sensitivity") else ""
    name = item.get("name") or tr("file")
    return f"{name} ({item['media_type']}, {item['size']:,} bytes, SHA-256 {item['sha256'][:12]}…{level}){caption}"


def both_in_words(name: str, one: Any, other: Any) -> tuple[str, str]:  # noqa: ANN401 — a field of a draft
    """Return two values of a field in words; of lists what each has and the other has not, empty for nothing."""
    if not isinstance(one or other, (list, tuple)):
        return _as_text(one), _as_text(other)
    ones, others = one or [], other or []
    return _entries(name, [item for item in ones if item not in others]), _entries(
        name, [item for item in others if item not in ones]
    )


def _entries(name: str, items: Sequence[Any]) -> str:
    return "; ".join(in_words(name, item) if name in {*_LISTS, *_NAMES} else _as_text(item) for item in items)


def _claim_in_words(claim: Mapping[str, Any], lang: str) -> str:
    said = draft(ClaimDraft, claim, recorded=EVERYTHING)
    count = brief_figure(reckoned(said.count, zero_is_unknown=said.zero_is_unknown))
    who = claim["source"]
    if claim.get("attributed_to"):
        who = tr("{source}, quoting {who}", source=who, who=local(claim["attributed_to"], lang))
    measure, group = codebook().measures.spoken(said.measure), codebook().groups.spoken(said.group)
    parts = [
        tr(
            "{what}: {count}, by {who}",
            what=measure if said.group == "all" else f"{measure} ({group})",
            count=count,
            who=who,
        ),
        claim.get("stated_on"),
        tr("pinned") if claim.get("pinned") else None,
        tr("corrects an earlier count") if said.supersedes else None,
        tr("added to the earlier count") if said.adds else None,
    ]
    return ", ".join(part for part in parts if part)


def _as_text(value: Any) -> str:  # noqa: ANN401 — a field of a draft
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in sorted(value.items()))
    return str(value)
