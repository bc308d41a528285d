"""The codebook: the project's own lists of terms, with labels in Spanish and English.

The lists are data (`data/codebook/*.toml`), not code: a new sub-type is a few lines of TOML, and a line in each of the
crosswalks, which say what a term becomes in other code systems.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.errors import UnknownTermError
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILES: Final = ("actors", "claims", "event_types", "precision", "record")
"""The TOML files of the codebook, without their suffix."""

CODES_LANGUAGE: Final = "en"
"""The language that codes are words of."""

_SHORTEST_PLURAL: Final = 4
_NEAR_ENOUGH: Final = 75
"""Similarity of whole words (0–100, rapidfuzz's ratio) from which one counts as a misspelling of the other: a
suggestion that only shares some letters ("nope" in "rescue operation") is misleading."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the project's vocabulary.

    Attributes:
        code: What is stored and typed, such as `ambush`.
        labels: The words shown, by language (`es`, `en`).
        parent: The code of the wider term: a sub-type's type, a group's group. None at the top.
        words: What people also call it, in any language.
        facts: The list's further columns, such as `rank` of a source kind or `radius_m` of a place precision.

    Example:
        >>> from willay.data.codebook import codebook
        >>> codebook().measures["killed"].label("es")
        'muertos'
    """

    code: str
    labels: Mapping[str, str]
    parent: str | None = None
    words: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: TOML values of several types, per list

    def label(self, lang: str = "en") -> str:
        """Return the word shown in a language, the English one where that language has none."""
        return self.labels.get(lang, self.labels["en"])


@dataclass(frozen=True, slots=True)
class Terms:
    """One list of terms, in the order of its file.

    Attributes:
        name: What the list holds, in words for messages, such as "event type".
        by_code: The terms by their code.
    """

    name: str
    by_code: Mapping[str, Term]
    _called: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _singular: Mapping[str, str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather what the terms are called, folded; where two are called the same, the first of the list is meant."""
        called = {code: code for code in self.by_code}
        for term in self:
            for name in (*term.labels.values(), *term.words):
                called.setdefault(folded(name), term.code)
        object.__setattr__(self, "_called", MappingProxyType(called))
        singular: dict[str, str | None] = {}
        for name, code in called.items():
            alone = singular_of(name)
            singular[alone] = code if singular.get(alone, code) == code else None  # two codes: none of them is meant
        object.__setattr__(self, "_singular", MappingProxyType(singular))

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms in their order."""
        return iter(self.by_code.values())

    def __contains__(self, code: object) -> bool:
        """Return whether the list has a code."""
        return code in self.by_code

    def __getitem__(self, code: str) -> Term:
        """Return the term with a code.

        Raises:
            UnknownTermError: The list has no such code; the message names the nearest.
        """
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownTermError(
                self.name, code, tuple(self.by_code), self.nearest(code), labels=self._labels()
            ) from None

    def spoken(self, code: str) -> str:
        """Return a code as a message says it: its label in the language of now; in that of the codes, the code."""
        lang = language()
        return code if lang == CODES_LANGUAGE or code not in self else self.by_code[code].label(lang)

    def _labels(self) -> dict[str, str]:
        """Return what each code means, for a person whose language is not that of the codes."""
        lang = language()
        return {} if lang == CODES_LANGUAGE else {term.code: term.label(lang) for term in self}

    def codes(self) -> tuple[str, ...]:
        """Return the codes in their order."""
        return tuple(self.by_code)

    def nearest(self, text: str) -> str | None:
        """Return the code that a text is most likely to mean, mistyped or cut short, or None when it is like none.

        It is compared with codes, labels and words in any language; of what it is a part of, whole words count.
        """
        asked = folded(text)
        from rapidfuzz import fuzz, process  # noqa: PLC0415 — needed where a code is unknown

        found = process.extractOne(asked, list(self._called), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        if found:
            return self._called[found[0]]
        words = {*asked.replace("-", " ").split()}
        holding = (code for name, code in self._called.items() if words and words <= {*name.replace("-", " ").split()})
        return next(holding, None)

    def find(self, text: str) -> Term:
        """Return the term that a person means: its code, or its name in any language.

        Case and accents do not matter, nor whether words are separated by spaces, hyphens or underscores in a code,
        nor whether they are one or several: protestas, bloqueos de vías, Battles.

        Raises:
            UnknownTermError: Unknown term; the message names the nearest.
        """
        asked = folded(text)
        joined = asked.replace("_", "-").replace(" ", "-")
        code = self._called.get(asked) or self._called.get(joined) or self._singular.get(singular_of(asked)) or text
        if code not in self.by_code and (several := self.several(asked)):
            codes = ", ".join(f"{term.code} ({term.label(language())})" for term in several)
            how = tr("It may mean: {codes}. Choose one of these.", codes=codes)
            raise UnknownTermError(self.name, text, self.codes(), None, how)
        return self[code]

    def several(self, text: str) -> tuple[Term, ...]:
        """Return the terms of which each may be meant by a word, one or several, that is nobody's name."""
        alone = singular_of(folded(text))
        return tuple(
            term for term in self if alone in (singular_of(folded(word)) for word in term.facts.get("may_mean", ()))
        )

    def meant_by(self, text: str) -> tuple[Term, ...]:
        """Return the terms that a person may mean by some letters, in the order of the list, or none.

        One of that name is meant alone; else all that the word may mean; else those of whose names, in any
        language, each typed word begins a word: `sec` is kidnapping, `toma de re` hostage-taking.
        """
        asked = folded(text)
        joined = asked.replace("_", "-").replace(" ", "-")
        if code := self._called.get(asked) or (joined if joined in self.by_code else None):
            return (self.by_code[code],)
        if several := self.several(asked):
            return several
        names = {term.code: (term.code, *map(folded, (*term.labels.values(), *term.words))) for term in self}
        return tuple(term for term in self if any(begins(asked, name) for name in names[term.code]))


@dataclass(frozen=True, slots=True)
class Codebook:
    """All lists of the project's vocabulary.

    Example:
        >>> from willay.data.codebook import codebook
        >>> codebook().type_of("emboscada")
        ('armed-clash', 'ambush')
    """

    types: Terms
    subtypes: Terms
    types_and_subtypes: Terms
    date_precision: Terms
    place_precision: Terms
    measures: Terms
    groups: Terms
    source_kinds: Terms
    reliability: Terms
    actor_kinds: Terms
    roles: Terms
    statuses: Terms
    confidence: Terms
    sensitivity: Terms
    case_types: Terms
    case_states: Terms
    case_phases: Terms
    qualifiers: Terms
    indicator_kinds: Terms

    def type_of(self, text: str) -> tuple[str, str | None]:
        """Return the codes (type, sub-type) that a person means by one word.

        A sub-type implies its type; a type alone leaves the sub-type unknown (None).

        Raises:
            UnknownTermError: Neither list has it; the message names the nearest of both.
        """
        term = self.types_and_subtypes.find(text)
        return (term.parent, term.code) if term.parent else (term.code, None)

    def asked_of(self, text: str) -> tuple[str, ...]:
        """Return the measures that a person is asked for who enters an incident of a type or sub-type.

        Raises:
            UnknownTermError: Neither list has it.
        """
        term = self.types_and_subtypes.find(text)
        wider = self.types[term.parent] if term.parent else term
        return tuple(term.facts.get("asks", wider.facts.get("asks", ())))

    def is_act(self, kind: str, subtype: str | None = None) -> bool:
        """Return whether incidents of a type and sub-type are acts of the state, such as decrees, rather than violence.

        Codes that are in neither list are not acts.

        Example:
            >>> from willay.data.codebook import codebook
            >>> codebook().is_act("state-measure", "court-ruling"), codebook().is_act("armed-clash", "ambush")
            (True, False)
        """
        wider = self.types[kind].facts if kind in self.types else {}
        own = self.subtypes[subtype].facts if subtype in self.subtypes and subtype else {}
        return bool(own.get("act", wider.get("act", False)))

    def group_within(self, group: str, wider: str) -> bool:
        """Return whether one group is another or lies inside it: police are security forces, and everyone."""
        at: str | None = group
        while at is not None:
            if at == wider:
                return True
            at = self.groups[at].parent
        return False


def singular_of(name: str) -> str:
    """Return a folded name without what makes its words several, in Spanish and English; only to be compared.

    Example:
        >>> from willay.data.codebook import singular_of
        >>> singular_of("manifestaciones") == singular_of("manifestacion")
        True
    """
    return " ".join(_singular_word(word) for word in name.split())


def _singular_word(word: str) -> str:
    for ending in ("s", "e"):
        word = word.removesuffix(ending) if len(word) >= _SHORTEST_PLURAL else word
    return word


def begins(asked: str, name: str) -> bool:
    """Return whether each word of a text begins a word of a name, in order; both folded.

    Example:
        >>> from willay.data.codebook import begins
        >>> begins("toma re", "toma de rehenes"), begins("ehenes", "toma de rehenes")
        (True, False)
    """
    words = iter(re.findall(r"\w+", name))
    return bool(asked) and all(any(word.startswith(part) for word in words) for part in re.findall(r"\w+", asked))


@cache
def codebook() -> Codebook:
    """Read the shipped codebook, once."""
    lists = {name: rows for file in FILES for name, rows in _toml(file).items()}
    subtypes = [{**sub, "within": row["code"]} for row in lists["type"] for sub in row.get("subtype", [])]
    return Codebook(
        types=_terms("event type", lists["type"]),
        types_and_subtypes=_terms("event type", [*lists["type"], *subtypes]),
        subtypes=_terms("event sub-type", subtypes),
        date_precision=_terms("date precision", lists["date"]),
        place_precision=_terms("place precision", lists["place"]),
        measures=_terms("measure", lists["measure"]),
        groups=_terms("group", lists["group"]),
        source_kinds=_terms("source kind", lists["source_kind"]),
        reliability=_terms("reliability", lists["reliability"]),
        actor_kinds=_terms("actor kind", lists["actor_kind"]),
        roles=_terms("role", lists["role"]),
        statuses=_terms("status", lists["status"]),
        confidence=_terms("confidence", lists["confidence"]),
        sensitivity=_terms("sensitivity", lists["sensitivity"]),
        case_types=_terms("case type", lists["case_type"]),
        case_states=_terms("case state", lists["case_state"]),
        case_phases=_terms("case phase", lists["case_phase"]),
        qualifiers=_terms("qualifier", lists["qualifier"]),
        indicator_kinds=_terms("indicator kind", lists["indicator_kind"]),
    )


def _toml(file: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("willay.data") / "codebook" / f"{file}.toml").read_text("utf-8"))


def _terms(name: str, rows: list[dict[str, Any]]) -> Terms:
    return Terms(name, MappingProxyType({row["code"]: _term(row) for row in rows}))


def _term(row: dict[str, Any]) -> Term:
    known = {"code", "es", "en", "within", "words", "subtype"}
    return Term(
        code=row["code"],
        labels=MappingProxyType({"es": row["es"], "en": row["en"]}),
        parent=row.get("within"),
        words=tuple(row.get("words", ())),
        facts=MappingProxyType({key: value for key, value in row.items() if key not in known}),
    )
