"""Figure policies: whose number is shown, by willay's own rules, by those of plug-ins, and by a function of one's own.

A policy goes through the program as a text: `ranked-source`, one of willay's own; `DISTRIBUTION:NAME@VERSION`, one of a
plug-in, as a database records it; `own:NAME`, a function. The text of the last two is a `Rule`, which carries what it
does.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, Final, TypeAlias

from willay.events.model.errors import MissingPolicyError, QueryError, RefusedError
from willay.geo.errors import PluginError
from willay.geo.plugins import OFF, SWITCH, are_off, names, plugin
from willay.geo.translation import LANGUAGES, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from willay.events.model.voices import Voice
    from willay.geo.plugins import Plugin

    Chooser: TypeAlias = Callable[[Sequence[Voice]], Voice]
    PolicyLike: TypeAlias = str | Chooser

KIND: Final = "policies"
"""The kind of plug-in."""

OWN: Final = "own:"
"""What the text of a function of one's own begins with."""


@dataclass(frozen=True, slots=True)
class FigurePolicy:
    """A figure policy of a plug-in: the object of an entry point of the group `willay.policies`.

    A policy chooses a voice; the rules of `willay.events.model.policy` say which voices it may choose from, and what
    the range is. It is asked where there are several, never with none.

    Attributes:
        name: Its name: that of the entry point.
        version: Its version. A database records it; it must be another one whenever the policy may choose otherwise.
        labels: Its name for readers, by language: `en` and `es`.
        choose: Given the voices, returns one of them. It depends on nothing else, so that figures can be derived again.

    Raises:
        ValueError: Name or version is empty or has one of the signs `: @` or blanks, or a label is missing.

    Example:
        >>> from willay.events.extensions import FigurePolicy
        >>> first = FigurePolicy(
        ...     name="first-listed",
        ...     version="1",
        ...     labels={"en": "first listed", "es": "la primera anotada"},
        ...     choose=lambda voices: min(voices, key=lambda voice: voice.position),
        ... )
        >>> first.labels["es"]
        'la primera anotada'
    """

    name: str
    version: str
    labels: Mapping[str, str]
    choose: Chooser

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("version", self.version)):
            if not text or any(sign in ":@" or sign.isspace() for sign in text):
                raise ValueError(tr("The {what} of a figure policy cannot be {text!r}.", what=what, text=text[:80]))
        if missing := [lang for lang in LANGUAGES if not self.labels.get(lang)]:
            raise ValueError(tr("A figure policy needs a label in each language; missing: {missing}.", missing=missing))


class Rule(str):  # noqa: SLOT000 — a text that carries what it means
    """The text of a policy that is not willay's own.

    Attributes:
        choose: What chooses.
        labels: Its name for readers, by language.
        version: Its version; None for a function of one's own.
        plugin: Where it comes from; None for a function of one's own.
    """

    choose: Chooser
    labels: Mapping[str, str]
    version: str | None
    plugin: Plugin | None

    @classmethod
    def of_function(cls, function: Chooser) -> Rule:
        """Return a function of one's own as a policy; its name is that of the function."""
        name = str(getattr(function, "__name__", type(function).__name__))
        made = cls(f"{OWN}{name}")
        made.labels = {"en": f"own rule: {name}", "es": f"regla propia: {name}"}
        made.version = made.plugin = None

        def choose(voices: Sequence[Voice]) -> Voice:
            chosen = function(voices)
            if chosen not in voices:
                raise QueryError(tr("{name} must return one of the voices that it is given.", name=name[:80]))
            return chosen

        made.choose = choose
        return made

    @classmethod
    def of_plugin(cls, found: Plugin) -> Rule:
        """Return the policy of a plug-in.

        Raises:
            PluginError: It cannot be loaded, or is not a policy of this name.
        """
        policy = found.load_as(FigurePolicy)
        if policy.name != found.name:
            raise found.error(tr("has another name: {name}", name=policy.name[:80]))
        made = cls(f"{found.reference}@{policy.version}")
        made.labels, made.version, made.plugin = dict(policy.labels), policy.version, found

        def choose(voices: Sequence[Voice]) -> Voice:
            try:
                chosen = policy.choose(voices)
            except Exception as error:
                raise found.error(tr("failed ({error})", error=f"{type(error).__name__}: {error}"[:200])) from error
            if chosen not in voices:
                raise found.error(tr("did not choose one of the voices that it was given"))
            return chosen

        made.choose = choose
        return made


def _by_rank(voices: Sequence[Voice]) -> Voice:
    """Choose by kind of source, then a stated total before a sum, then the latest, then the order of the list."""
    best_rank = min(voice.rank for voice in voices)
    peers = [voice for voice in voices if voice.rank == best_rank]
    totals = [voice for voice in peers if voice.states_total] or peers
    return _by_date(totals)


def _by_date(voices: Sequence[Voice]) -> Voice:
    """Choose the latest; of equally late ones the first listed. ISO texts sort by day, a bare year as its first."""
    return max(voices, key=lambda voice: (voice.stated_on, -voice.position))


def _by_number(pick: Callable[[Sequence[int]], int]) -> Chooser:
    def choose(voices: Sequence[Voice]) -> Voice:
        number = pick([voice.count.point for voice in voices if voice.count.point is not None])
        return _by_rank([voice for voice in voices if voice.count.point == number])

    return choose


POLICIES: Final[Mapping[str, Chooser]] = {
    "ranked-source": _by_rank,
    "latest": _by_date,
    "median": _by_number(median_low),
    "minimum": _by_number(min),
    "maximum": _by_number(max),
}
"""Willay's own policies. `median` takes the lower of two middle numbers: always a number that a source states."""

DEFAULT_POLICY: Final = "ranked-source"


def check_policy(policy: PolicyLike) -> str:
    """Return the text of a policy: what a database records of it and a file states.

    Args:
        policy: The name of one of `POLICIES`, or of one of a plug-in, alone, as `DISTRIBUTION:NAME` or as
            `DISTRIBUTION:NAME@VERSION`; or a function that is given voices and returns one of them.

    Raises:
        QueryError: There is no such policy.
        MissingPolicyError: It is one of a plug-in, by its version, that is not installed.
        PluginError: The plug-in cannot be used.
    """
    if not isinstance(policy, str):
        return Rule.of_function(policy)
    if policy in POLICIES or isinstance(policy, Rule):
        return policy
    name, _, version = policy.partition("@")
    found = plugin(KIND, name)
    if found is None or found.name in POLICIES:
        raise _missing(policy) if version else _unknown(policy)
    rule = Rule.of_plugin(found)
    if version and version != rule.version:
        raise _missing(policy, rule)
    return rule


def chooser(policy: str) -> Chooser:
    """Return what chooses by a policy; raises as `check_policy`."""
    own = POLICIES.get(policy)
    if own is not None:
        return own
    rule = check_policy(policy)
    return rule.choose if isinstance(rule, Rule) else POLICIES[rule]


def recordable(policy: PolicyLike) -> str:
    """Return the text of a policy that a database can have.

    Raises:
        RefusedError: It is a function of one's own, which nobody else has.
        QueryError, MissingPolicyError, PluginError: As `check_policy`.
    """
    checked = check_policy(policy)
    if checked.startswith(OWN):
        raise RefusedError(
            tr("A database cannot record {name!r}, which only this program has. Make a plug-in of it.", name=checked)
        )
    return str(checked)


def available(policy: str) -> str:
    """Return a policy with what it does; its bare text where its plug-in cannot be had or used."""
    try:
        return check_policy(policy)
    except (MissingPolicyError, PluginError):
        return policy


def is_available(policy: str) -> bool:
    """Return whether figures can be derived by a policy that a database records."""
    return policy in POLICIES or isinstance(available(policy), Rule)


def package_of(policy: str) -> str:
    """Return the distribution that has a policy, by its reference."""
    return policy.rpartition(":")[0]


def _unknown(name: str) -> QueryError:
    return QueryError(
        tr(
            "Unknown policy {name!r}. Choose one of: {policies}.",
            name=name[:80],
            policies=", ".join((*POLICIES, *(one for one in names(KIND) if one not in POLICIES))),
        )
    )


def _missing(reference: str, there: Rule | None = None) -> MissingPolicyError:
    """Return the error of a policy that is not there, or only in another version."""
    package = package_of(reference)
    if are_off():
        why = tr("Plug-ins are turned off: {switch}={off}.", switch=SWITCH, off=OFF)
    elif there is None:
        why = tr("Install the package {package}.", package=package)
    else:
        why = tr(
            "{package} {version} has version {other} of it. Install the {package} that has this one.",
            package=package, version=there.plugin.version if there.plugin else "", other=there.version,
        )  # fmt: skip
    message = tr(
        "Figures by the policy {reference!r} cannot be derived: it belongs to the package {package}. {why} Or choose "
        "another policy.",
        reference=reference, package=package, why=why,
    )  # fmt: skip
    return MissingPolicyError(message, reference=reference, package=package)
