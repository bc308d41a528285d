"""Verifying a release: that its files are whole, and that a database gives them again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from willay.events.model.errors import NotFoundError
from willay.events.release.build import make_in
from willay.events.release.files import SUMS, files_in, listed_sums
from willay.events.release.plan import PLAN, read_plan, read_profile
from willay.geo.digests import file_digest
from willay.geo.plugins import are_off, plugins
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.events.release.plan import ReleasePlan
    from willay.events.store import Store


def verify_files(folder: Path) -> list[str]:
    """Compare the files of a release with its checksums; return what differs, a line each.

    Raises:
        NotFoundError: The folder has no list of checksums: it is not a release.
    """
    if not (folder / SUMS).is_file() or not (folder / PLAN).is_file():
        raise NotFoundError(
            tr(
                "{folder} is not a release: {sums} or {plan} is missing. Give the folder of a release.",
                folder=folder,
                sums=SUMS,
                plan=PLAN,
            )
        )
    listed = listed_sums(folder)
    there = files_in(folder)
    wrong = [tr("{name}: missing", name=name) for name in sorted(listed.keys() - set(there))]
    wrong += [tr("{name}: not in the release", name=name) for name in there if name not in listed]
    changed = (name for name in there if name in listed and file_digest(folder / name) != listed[name])
    return wrong + [tr("{name}: changed", name=name) for name in changed]


def verify_rebuild(store: Store, folder: Path) -> list[str]:
    """Make the release again from a database, and return which files differ, a line each.

    A database that lost the record which made the release, or changed it, is reported before anything else, and so is
    a plug-in that the release was made with and that is not installed in the same version.
    """
    plan, seen = read_plan(folder), read_profile(folder)
    if plan.record is not None and not store.file.holds(plan.record):
        return [
            tr(
                "The record that made this release is no longer the beginning of the record in this database: revision "
                "{revision} had the seal {seal}.",
                revision=plan.record.revision,
                seal=plan.record.seal,
            )
        ]
    if lacking := _lacking(plan):
        return lacking
    with tempfile.TemporaryDirectory(prefix="willay-") as made:
        again = make_in(store, plan, Path(made) / "again", seen)
        ours, theirs = listed_sums(folder), listed_sums(again.folder)
    names = sorted(ours.keys() | theirs.keys())
    return [
        tr("{name}: the database gives a different file", name=name)
        for name in names
        if ours.get(name) != theirs.get(name)
    ]


def _lacking(plan: ReleasePlan) -> list[str]:
    """Return which plug-ins of a release are not here as they were when it was made, a line each."""
    lines = []
    for one in plan.plugins:
        there = [here for here in plugins(one["kind"]) if here.reference == f"{one['distribution']}:{one['name']}"]
        if one not in [here.facts for here in there]:
            here = there[0].version if there else tr("not installed")
            message = tr(
                "The release was made with the plug-in {name!r} ({kind}) of {distribution} {version}; here: {here}. "
                "Install {distribution} {version}, and verify again.",
                **one,
                here=tr("plug-ins are turned off") if are_off() else here,
            )
            lines.append(message)
    return lines
