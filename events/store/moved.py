"""Former methods of `Store`, which its parts have now; the old names work until willay 0.2, and warn."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, ClassVar, Final

from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES: Final[Mapping[str, str]] = {
    "add": "write.add",
    "add_claims": "write.add_claims",
    "add_regions": "regions.add",
    "actors": "registers.actors",
    "assign": "review.assign",
    "assign_together": "review.assign_together",
    "backup": "file.backup",
    "called_elsewhere": "read.called_elsewhere",
    "case": "registers.case",
    "case_counts": "registers.case_counts",
    "cases": "registers.cases",
    "check": "file.check",
    "copy_encrypted": "file.copy_encrypted",
    "copy_to": "file.copy_to",
    "count": "read.count",
    "datasets": "registers.datasets",
    "describe_dataset": "registers.describe_dataset",
    "diff": "read.diff",
    "draft": "read.draft",
    "edit": "write.edit",
    "edit_keyed": "registers.edit",
    "first": "read.first",
    "head": "file.head",
    "history": "read.history",
    "holds": "file.holds",
    "indicators": "registers.indicators",
    "latest_moment": "read.latest_moment",
    "latest_revision": "read.latest_revision",
    "latest_revisions": "read.latest_revisions",
    "meta": "file.meta",
    "pages": "read.pages",
    "preview": "write.preview",
    "preview_bundle": "write.preview_bundle",
    "queue": "review.queue",
    "rebuild_zones": "regions.rebuild_zones",
    "redact": "write.redact",
    "register_documents": "registers.documents",
    "replace": "write.replace",
    "retract": "write.retract",
    "revert": "write.revert",
    "review_rule": "review.rule",
    "review_together": "review.step_together",
    "select": "read.select",
    "set_review_rule": "review.set_rule",
    "source": "registers.source",
    "source_keys": "registers.source_keys",
    "sources": "registers.sources",
    "take_in": "write.import_rows",
    "withdraw_claim": "write.withdraw_claim",
}
"""The place of each former method or property of `Store`; `regions`, `registers` and `review` are parts now."""


def warn_of_move(former: str, now: str) -> None:
    """Warn that a name of `Store` has another place now."""
    warnings.warn(
        tr("store.{former} is store.{now} now; the old name works until willay 0.2.", former=former, now=now),
        DeprecationWarning,
        stacklevel=3,
    )


class FormerMethod:
    """A part of `Store` whose name was a method once; calling it does what the method did, and warns."""

    _former: ClassVar[tuple[str, str]]

    def __init_subclass__(cls, *, former: str, now: str) -> None:
        """Note the method's name and that of what does its work now."""
        cls._former = (former, now)

    if not TYPE_CHECKING:  # so that mypy finds old calls

        def __call__(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 — whatever the method takes
            """Do what the method did, and warn."""
            former, now = self._former
            warn_of_move(former, f"{former}.{now}")
            return getattr(self, now)(*arguments, **options)
