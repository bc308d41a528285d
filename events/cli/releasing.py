"""Releases: a folder with data, map, terms and citation, that the same database gives again byte for byte."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from willay.data.codebook import codebook
from willay.data.profiles import NAMES, Profile, of_document, profile
from willay.events.errors import NotFoundError, RefusedError
from willay.events.exchange.outgoing import WRITERS, Registers, WritingOptions, write
from willay.events.publishing import barred, publishable
from willay.events.query import IncidentQuery
from willay.events.store import Head
from willay.geo import check_name
from willay.geo.drafts import draft_beside, remove_abandoned
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    import geopandas as gpd

    from willay.events.store import Store

PLAN: Final = "release.json"
PROFILE: Final = "profile.json"
SUMS: Final = "SHA256SUMS"
_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What a release holds; kept in it, so that it can be rebuilt.

    Attributes:
        name: The release's name.
        title: Its title.
        by: Who publishes it.
        as_of: The day (its end, UTC) or moment whose knowledge it freezes.
        profile: The name of the disclosure profile; what it does is in `profile.json`.
        statuses: The statuses of the incidents in it.
        formats: The formats of the data.
        policy: The figure policy.
        lang: The language of its texts.
        record: The head of the record that made it: the number of the last revision, and its seal. None for releases
            of before heads were stored.
    """

    name: str
    title: str
    by: tuple[str, ...]
    as_of: str
    profile: str
    statuses: tuple[str, ...]
    formats: tuple[str, ...]
    policy: str
    lang: str
    record: Head | None = None

    @property
    def query(self) -> IncidentQuery:
        """The question that its data answer."""
        return IncidentQuery.parse(as_of=self.as_of, statuses=self.statuses)


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was made.

    Attributes:
        folder: Where.
        files: Its files, by their names below the folder.
        incidents: How many incidents it holds.
        drawn: How many of them are on its map: those with a place that has a shape.
        digest: SHA-256 of its list of checksums: the one number that stands for all of it.
        origin: What the incidents say of where they come from, and how many were left out.
    """

    folder: Path
    files: tuple[str, ...]
    incidents: int
    drawn: int
    digest: str
    origin: Mapping[Any, Any]


def make_release(store: Store, plan: ReleasePlan, folder: Path, seen: Profile | None = None) -> Release:
    """Write a release into a new folder, beside it first and then renamed.

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
    check_name(plan.name, "a release")
    check_name(folder.name, "a release")
    if folder.exists() or folder.is_symlink():
        raise RefusedError(f"There is {folder} already. A release is never changed: give another name.")
    return _make(store, plan, folder, _profile_of(plan) if seen is None else seen)


def _make(store: Store, plan: ReleasePlan, folder: Path, seen: Profile) -> Release:
    if unknown := [name for name in plan.formats if name not in WRITERS]:
        raise RefusedError(f"{unknown[0][:80]!r} is no format that willay writes. It writes: {', '.join(WRITERS)}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_abandoned(folder.parent)
    draft = draft_beside(folder)
    draft.mkdir(mode=0o700)
    try:
        frame = _write_all(store, plan, draft, seen)
        digest = _write_sums(draft)
        draft.chmod(0o755)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    shapes = frame.geometry
    drawn = int((shapes.notna() & ~shapes.is_empty).sum())
    return Release(folder, tuple(name for name, _ in _sums(folder)), len(frame), drawn, digest, frame.attrs)


def _profile_of(plan: ReleasePlan) -> Profile:
    if plan.profile not in NAMES:
        raise RefusedError(f"The profile {plan.profile[:80]!r} is none of willay's own: give its file.")
    return profile(plan.profile)


def _write_all(store: Store, plan: ReleasePlan, folder: Path, seen: Profile) -> gpd.GeoDataFrame:
    """Write the files of a release; return the incidents in it."""
    query = plan.query
    bars = barred(store.datasets())
    frame = store.select(query, policy=plan.policy, lang=plan.lang, profile=seen)
    if not len(frame):
        raise RefusedError(_nothing(store, plan))
    (folder / "data").mkdir()
    registers = Registers.of(*store.registers(seen, query.as_of, query.statuses))
    for name in plan.formats:
        form = WRITERS[name]
        options = WritingOptions(lang=plan.lang, registers=registers, tables=True)
        pages = store.pages(query, policy=plan.policy, lang=plan.lang, profile=seen, **form.reads(tables=True))
        target = folder / "data" / f"incidents{form.suffixes[0] if form.suffixes else f'-{name}.csv'}"
        write(publishable(pages, bars), target, name, options)
    regions = store.regions(lang=plan.lang, as_of=query.as_of, profile=seen)
    render(frame, PageSpec(kind="atlas", lang=plan.lang, title=plan.title), regions).save(folder / "atlas.html")
    datasets = _datasets(store, seen, sorted({str(name) for name in frame["dataset"].dropna()}), query.as_of)
    _write_json(folder / PLAN, {**_plan_document(plan), "willay": store.meta("willay_version")})
    _write_json(folder / "codebook.json", _codebook())
    _write_json(folder / "policy.json", {"policy": plan.policy, "version": frame.attrs.get("policy_version")})
    _write_json(folder / PROFILE, _profile(seen, frame.attrs))
    _write_json(folder / "datacite.json", _datacite(plan, datasets))
    _write_text(folder / "CITATION.cff", _citation(plan, datasets))
    _write_text(folder / "LICENSE.txt", _licences(datasets))
    _write_text(folder / "README.md", _readme(plan, len(frame), datasets, frame.attrs))
    _write_json(folder / "datapackage.json", _data_package(plan, folder, datasets))
    return frame


def _nothing(store: Store, plan: ReleasePlan) -> str:
    """Say why a release would hold nothing: how many incidents there are, by status."""
    query = IncidentQuery.parse(as_of=plan.as_of)
    known = store.select(query, lang=plan.lang, details=False, profile=None)["status"].value_counts()
    there = ", ".join(f"{number:,} {status}" for status, number in sorted(known.items()))
    return (
        f"Nothing is to be released: 0 incidents are {' or '.join(plan.statuses)} as of {plan.as_of} and may be shown "
        f"by the profile {plan.profile}. In all there are {known.sum():,}{f' ({there})' if there else ''}. "
        "See: willay review list"
    )


def _plan_document(plan: ReleasePlan) -> dict[str, Any]:
    """Return a plan as it is stored; a release of before heads were stored is made again without one."""
    return {name: value for name, value in asdict(plan).items() if name != "record" or value is not None}


def _datasets(store: Store, seen: Profile, names: list[str], as_of: datetime | None) -> list[dict[str, str]]:
    rows = store.datasets(seen, as_of).to_dict("records")
    return [
        {key: str(row[key]) for key in ("name", "version", "licence", "attribution") if row[key] is not None}
        for row in rows
        if row["name"] in names
    ]


def _codebook() -> dict[str, Any]:
    book = codebook()
    lists = (
        "types", "subtypes", "date_precision", "place_precision", "measures", "groups", "source_kinds", "reliability",
        "actor_kinds", "roles", "statuses", "confidence", "case_types",
    )  # fmt: skip
    return {
        name: [
            {"code": term.code, **dict(term.labels), **({"within": term.parent} if term.parent else {})}
            for term in getattr(book, name)
        ]
        for name in lists
    }


def _profile(seen: Profile, attrs: dict[Any, Any]) -> dict[str, Any]:
    return {
        **seen.document,
        "shipped": seen.is_shipped,
        "sha256": seen.digest,
        "incidents_left_out": attrs.get("left_out", 0),
        "incidents_coarsened": attrs.get("coarsened", 0),
    }


def _day(plan: ReleasePlan) -> str:
    moment = plan.query.as_of
    return "" if moment is None else str(moment.date())


def _citation(plan: ReleasePlan, datasets: list[dict[str, str]]) -> str:
    """Return the citation as CITATION.cff (Citation File Format 1.2.0)."""
    document: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": plan.title,
        "version": plan.name,
        "authors": [{"name": name} for name in plan.by],
        "date-released": _day(plan),
    }
    if references := [
        {"type": "dataset", "title": one["name"], "authors": [{"name": one["attribution"]}]}
        for one in datasets
        if "attribution" in one
    ]:
        document["references"] = references
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))


def _datacite(plan: ReleasePlan, datasets: list[dict[str, str]]) -> dict[str, Any]:
    """Return the description in the DataCite Metadata Schema 4.5, as JSON; a DOI is added by whoever registers one."""
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Conflict incidents"},
        "titles": [{"title": plan.title}],
        "creators": [{"name": name, "nameType": "Organizational"} for name in plan.by],
        "publisher": {"name": "; ".join(plan.by)},
        "publicationYear": _day(plan)[:4],
        "version": plan.name,
        "language": plan.lang,
        "dates": [{"date": _day(plan), "dateType": "Collected"}],
        "rightsList": [{"rights": one.get("licence", "not stated")} for one in datasets],
        "formats": list(plan.formats),
    }


def _licences(datasets: list[dict[str, str]]) -> str:
    parts = ["The rows of each dataset stand under the terms of that dataset.\n"]
    parts += [
        f"{one['name']}: {one.get('licence', 'licence not stated')}\n{one.get('attribution', '')}\n" for one in datasets
    ]
    if not datasets:
        parts.append("The incidents were recorded by the publishers themselves, who state no licence here.\n")
    return "\n".join(parts)


def _readme(plan: ReleasePlan, incidents: int, datasets: list[dict[str, str]], origin: Mapping[Any, Any]) -> str:
    credits_ = "".join(
        f"- {one.get('attribution', one['name'])} ({one.get('licence', 'licence not stated')})\n" for one in datasets
    )
    return (
        f"# {plan.title}\n\n{incidents:,} incidents, as known at {plan.as_of} (UTC), published by "
        f"{', '.join(plan.by)}.\n\n"
        f"Figures follow the policy `{plan.policy}` from what sources say; the claims are in the data. "
        f"Unknown is empty, zero is 0. Made by the disclosure profile `{plan.profile}` (profile.json): incidents left "
        f"out by it: {origin.get('left_out', 0):,}; shown with less detail: {origin.get('coarsened', 0):,}.\n\n"
        f"- `atlas.html`: the map; open it in a browser, it needs no network\n- `data/`: the incidents\n"
        f"- `codebook.json`: what the codes mean\n- `{SUMS}`: checksums of every file\n- `{PLAN}`: how it was made\n\n"
        f"## Sources of the rows\n{credits_ or 'Recorded by the publishers.'}\n\n"
        f"Verify: `willay release verify FOLDER [--db DATABASE]`\n"
    )


def _data_package(plan: ReleasePlan, folder: Path, datasets: list[dict[str, str]]) -> dict[str, Any]:
    """Return the descriptor of a data package (https://specs.frictionlessdata.io/data-package/)."""
    files = sorted(file for file in (folder / "data").rglob("*") if file.is_file())
    return {
        "profile": "data-package",
        "name": plan.name.lower(),
        "title": plan.title,
        "version": plan.name,
        "created": f"{_day(plan)}T00:00:00Z",
        "contributors": [{"title": name, "role": "publisher"} for name in plan.by],
        "licenses": [{"name": one["licence"]} for one in datasets if "licence" in one],
        "resources": [
            {
                "name": file.name.lower().replace(".", "-"),
                "path": file.relative_to(folder).as_posix(),
                "bytes": file.stat().st_size,
                "hash": f"sha256:{_digest(file)}",
            }
            for file in files
        ],
    }


def _write_json(path: Path, document: object) -> None:
    _write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(_READ_AT_ONCE):
            digest.update(part)
    return digest.hexdigest()


def _write_sums(folder: Path) -> str:
    """Write the checksums of all files, as `sha256sum -c` reads them; return the digest of that list."""
    lines = [f"{_digest(folder / name)}  {name}\n" for name in _files(folder)]
    _write_text(folder / SUMS, "".join(lines))
    return _digest(folder / SUMS)


def _files(folder: Path) -> list[str]:
    every = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(name for name in every if name != SUMS)


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def verify_files(folder: Path) -> list[str]:
    """Compare the files of a release with its checksums; return what differs, a line each.

    Raises:
        NotFoundError: The folder has no list of checksums: it is no release.
    """
    if not (folder / SUMS).is_file() or not (folder / PLAN).is_file():
        raise NotFoundError(f"{folder} is no release: it lacks {SUMS} or {PLAN}.")
    listed = dict(_sums(folder))
    there = _files(folder)
    wrong = [f"{name}: missing" for name in sorted(listed.keys() - set(there))]
    wrong += [f"{name}: not in the release" for name in there if name not in listed]
    return wrong + [f"{name}: changed" for name in there if name in listed and _digest(folder / name) != listed[name]]


def verify_rebuild(store: Store, folder: Path) -> list[str]:
    """Make the release again from a database, and return which files differ, a line each.

    A database that lost the record which made the release, or changed it, is reported before anything else.
    """
    plan, seen = read_plan(folder), read_profile(folder)
    if plan.record is not None and not store.holds(plan.record):
        lost = f"revision {plan.record.revision} had the seal {plan.record.seal}"
        return [f"The record that made this release is no longer a prefix of this database: {lost}."]
    with tempfile.TemporaryDirectory(prefix="willay-") as made:
        again = _make(store, plan, Path(made) / "again", seen)
        ours, theirs = dict(_sums(folder)), dict(_sums(again.folder))
    names = sorted(ours.keys() | theirs.keys())
    return [f"{name}: the database gives another" for name in names if ours.get(name) != theirs.get(name)]


def read_profile(folder: Path) -> Profile:
    """Read the disclosure profile that a release was made by.

    Raises:
        RefusedError: It cannot be read.
        ProfileError: It is no profile.
    """
    try:
        document = json.loads((folder / PROFILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(f"{folder / PROFILE} is no profile of a release ({error}).") from None
    if "shipped" not in document and document.get("name") in NAMES:  # as releases were made before they said so
        return profile(document["name"])
    return replace(of_document(document, str(folder / PROFILE)), is_shipped=document.get("shipped") is True)


def read_plan(folder: Path) -> ReleasePlan:
    """Read how a release was made.

    Raises:
        RefusedError: Its plan cannot be read.
    """
    try:
        document = json.loads((folder / PLAN).read_text("utf-8"))
        lists = ("by", "statuses", "formats")
        named: dict[str, Any] = {
            name: tuple(document[name]) if name in lists else document[name]
            for name in ReleasePlan.__dataclass_fields__
            if name != "record"
        }
        record = document.get("record")
        return ReleasePlan(**named, record=None if record is None else Head(**record))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RefusedError(f"{folder / PLAN} is no plan of a release ({error}).") from None
