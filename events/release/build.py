"""Making a release."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.codebook import codebook
from willay.events.exchange.outgoing import WRITERS, Registers, WritingOptions, write
from willay.events.exchange.outgoing.formats import format_named
from willay.events.frame.publishing import barred, publishable
from willay.events.frame.query import IncidentQuery
from willay.events.model.errors import RefusedError
from willay.events.model.policy import check_policy, stated_policy
from willay.events.release.description import (
    citation,
    codebook_document,
    data_package,
    datacite,
    licences,
    profile_document,
    readme,
)
from willay.events.release.files import listed_sums, write_json, write_sums, write_text
from willay.events.release.plan import PLAN, PROFILE, plan_document, profile_of
from willay.geo import check_name
from willay.geo.plugins import plugin
from willay.geo.temporary import draft_beside, remove_abandoned
from willay.geo.translation import joined, language, tr
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.release.plan import ReleasePlan
    from willay.events.store import Store


_WITH_CSV: Final = ("csv", "geojson", "ndjson")
"""The formats that have indicators as a CSV file next to them, of one name: the first in a release has it."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was made.

    Attributes:
        folder: Where.
        files: Its files, by their names below the folder.
        incidents: How many incidents it holds.
        drawn: How many of them are on its map: those with a place that has a shape.
        digest: SHA-256 of its list of checksums: the one number that stands for all of it.
        origin: What the incidents state about where they come from, and how many were left out.
    """

    folder: Path
    files: tuple[str, ...]
    incidents: int
    drawn: int
    digest: str
    origin: Mapping[Any, Any]


def make_release(store: Store, plan: ReleasePlan, folder: Path, seen: Profile | None = None) -> Release:
    """Write a release into a new folder, next to it first and then renamed.

    What a process left there that was killed while it made one is removed.

    Args:
        store: The database.
        plan: What the release holds.
        folder: Where; there must be no such folder.
        seen: The disclosure profile; None takes the shipped one that the plan names.

    Raises:
        FileNameError: The name cannot be that of a folder on every system.
        RefusedError: The folder is there, a format is not known, nothing is to be released, or rows may not be passed
            on.
    """
    check_name(plan.name, tr("a release"))
    check_name(folder.name, tr("a release"))
    if folder.exists() or folder.is_symlink():
        raise RefusedError(
            tr("{folder} already exists. A release is never changed. Choose another name.", folder=folder)
        )
    return make_in(store, _with_plugins(plan), folder, profile_of(plan) if seen is None else seen)


def _with_plugins(plan: ReleasePlan) -> ReleasePlan:
    """Return a plan that names its policy in full, and the plug-ins that it needs."""
    policy = check_policy(plan.policy)
    used = [*stated_policy(policy).get("plugins", ())]
    used += [one.facts for name in plan.formats if name not in WRITERS and (one := plugin("writers", name))]
    return replace(plan, policy=str(policy), plugins=tuple(used))


def make_in(store: Store, plan: ReleasePlan, folder: Path, seen: Profile) -> Release:
    """Write a release into a folder of any name that is not there yet; raises as `make_release` does."""
    for name in plan.formats:
        _ = format_named(name).writer  # that it can be had, before anything is made
    check_policy(plan.policy)  # likewise
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(folder.parent)
    draft = draft_beside(folder)
    draft.mkdir(mode=0o700)
    try:
        frame = _write_all(store, plan, draft, seen)
        digest = write_sums(draft)
        draft.chmod(0o755)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    shapes = frame.geometry
    drawn = int((shapes.notna() & ~shapes.is_empty).sum())
    return Release(folder, tuple(listed_sums(folder)), len(frame), drawn, digest, frame.attrs)


def _write_all(store: Store, plan: ReleasePlan, folder: Path, seen: Profile) -> gpd.GeoDataFrame:
    """Write the files of a release; return the incidents in it."""
    query = plan.query
    bars = barred(store.registers.datasets())
    frame = store.read.select(query, policy=plan.policy, lang=plan.lang, profile=seen)
    if not len(frame):
        raise RefusedError(_nothing(store, plan))
    (folder / "data").mkdir()
    registers = Registers.of_documents(*store.registers.documents(seen, query.as_of, query.statuses))
    registers = registers.with_indicators(
        store.registers.indicators(seen, query.as_of), store.registers.sources_of_indicators(seen, query.as_of)
    )
    holder = next((name for name in _WITH_CSV if name in plan.formats), None)
    for name in plan.formats:
        form = format_named(name)
        known = replace(registers, indicators=()) if name in _WITH_CSV and name != holder else registers
        options = WritingOptions(
            lang=plan.lang, registers=known, tables=True, nestings=store.regions.nestings(query.as_of)
        )
        pages = store.read.pages(query, policy=plan.policy, lang=plan.lang, profile=seen, **form.reads(tables=True))
        target = folder / "data" / f"incidents{form.suffixes[0] if form.suffixes else _ending(name)}"
        write(publishable(pages, bars), target, name, options)
    regions = store.regions.select(lang=plan.lang, as_of=query.as_of, profile=seen)
    render(frame, PageSpec(kind="atlas", lang=plan.lang, title=plan.title), regions).save(folder / "atlas.html")
    datasets = _datasets(store, seen, sorted({str(name) for name in frame["dataset"].dropna()}), query.as_of)
    write_json(folder / PLAN, {**plan_document(plan), "willay": store.file.meta("willay_version")})
    write_json(folder / "codebook.json", codebook_document())
    about = {"policy": plan.policy, "version": frame.attrs.get("policy_version")}
    named = {name: frame.attrs[name] for name in ("policy_labels", "plugins") if name in frame.attrs}
    write_json(folder / "policy.json", about | named)
    write_json(folder / PROFILE, profile_document(seen, frame.attrs))
    write_json(folder / "datacite.json", datacite(plan, datasets))
    write_text(folder / "CITATION.cff", citation(plan, datasets))
    write_text(folder / "LICENSE.txt", licences(datasets))
    write_text(folder / "README.md", readme(plan, len(frame), datasets, frame.attrs))
    write_json(folder / "datapackage.json", data_package(plan, folder, datasets))
    return frame


def _ending(name: str) -> str:
    """Return what the name of a file ends in whose format has no ending of its own."""
    return f"-{name}.csv" if name in WRITERS else f"-{name.replace(':', '-')}.data"


def _nothing(store: Store, plan: ReleasePlan) -> str:
    """Return why a release would hold nothing: how many incidents there are, by status."""
    query = IncidentQuery.parse(as_of=plan.as_of)
    known = store.read.select(query, lang=plan.lang, details=False, profile=None)["status"].value_counts()
    words = {status.code: status.label(language()) for status in codebook().statuses}
    there = ", ".join(f"{number:,} {words.get(status, status)}" for status, number in sorted(known.items()))
    values = {
        "statuses": joined(tr(" or "), (words.get(status, status) for status in plan.statuses)),
        "as_of": plan.as_of,
        "profile": plan.profile,
        "n": known.sum(),
    }
    if there:
        return tr(
            "There is nothing to release: 0 incidents are {statuses} as of {as_of} and may be shown in the profile "
            "{profile}. Incidents in the database: {n:,} ({there}). See: willay review list",
            there=there,
            **values,
        )
    return tr(
        "There is nothing to release: 0 incidents are {statuses} as of {as_of} and may be shown in the profile "
        "{profile}. Incidents in the database: {n:,}. See: willay review list",
        **values,
    )


def _datasets(store: Store, seen: Profile, names: list[str], as_of: datetime | None) -> list[dict[str, str]]:
    rows = store.registers.datasets(seen, as_of).to_dict("records")
    return [
        {key: str(row[key]) for key in ("name", "version", "licence", "attribution") if row[key] is not None}
        for row in rows
        if row["name"] in names
    ]
