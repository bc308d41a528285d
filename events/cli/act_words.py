"""What the record calls its acts and the kinds of what they touch, in the words of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.translation import many, mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.store import Act

_FEW: Final = 5
"""Maximum number of subjects that a line names."""

_ACTIONS: Final[Mapping[str, str]] = {
    "accept": mark("lead accepted"),
    "add": mark("added"),
    "approve": mark("published"),
    "assign": mark("assigned"),
    "attach": mark("file attached"),
    "claim": mark("claim added"),
    "compared": mark("compared"),
    "detach": mark("file removed"),
    "edit": mark("edited"),
    "erase": mark("erased"),
    "import": mark("imported"),
    "redact": mark("redacted"),
    "reopen": mark("reopened"),
    "retract": mark("retracted"),
    "return": mark("returned"),
    "revert": mark("restored"),
    "submit": mark("submitted"),
    "withdraw": mark("withdrawn by its dataset"),
    "withdraw-claim": mark("claim withdrawn"),
}
_KINDS: Final[Mapping[str, str]] = {
    "actor": mark("actor"),
    "attachment": mark("attachment"),
    "case": mark("case"),
    "dataset": mark("dataset"),
    "incident": mark("incident"),
    "indicator": mark("indicator"),
    "redaction": mark("redaction"),
    "region": mark("region"),
    "setting": mark("setting"),
    "source": mark("source"),
}


def action_in_words(action: str) -> str:
    """Return what was done in one word or two; what has no word stays as the record calls it."""
    return tr(_ACTIONS[action]) if action in _ACTIONS else action


def kind_in_words(kind: str) -> str:
    """Return the kind of a subject in one word."""
    return tr(_KINDS[kind]) if kind in _KINDS else kind


def subjects_in_words(act: Act) -> str:
    """Return what an act touched: incidents by code, others with their kind; of very many how many."""
    if 0 < len(act.subjects) <= _FEW:
        return ", ".join(named(one.kind, one.name) for one in act.subjects)
    return ", ".join(_counted(kind, number) for kind, number in act.kinds.items())


def named(kind: str, name: str) -> str:
    """Return a subject as people name it: the code of an incident alone, anything else with its kind."""
    return name if kind == "incident" else f"{kind_in_words(kind)} {name}"


def _counted(kind: str, number: int) -> str:
    told = {
        "actor": lambda: many(number, "actor"),
        "attachment": lambda: many(number, "attachment"),
        "case": lambda: many(number, "case"),
        "dataset": lambda: many(number, "dataset"),
        "incident": lambda: many(number, "incident"),
        "indicator": lambda: many(number, "indicator"),
        "redaction": lambda: many(number, "redaction"),
        "region": lambda: many(number, "region"),
        "setting": lambda: many(number, "setting"),
        "source": lambda: many(number, "source"),
    }
    return told[kind]()
