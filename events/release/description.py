"""The description of a release: codebook, profile, citation, terms, a text for readers, the data package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from willay.data.codebook import codebook
from willay.events.frame.columns import CODE_LISTS
from willay.events.release.files import SUMS
from willay.events.release.plan import PLAN
from willay.geo.digests import file_digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from willay.data.profiles import Profile
    from willay.events.release.plan import ReleasePlan


def codebook_document() -> dict[str, Any]:
    """Return the lists of codes that a reader of the data needs, with labels."""
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
        for name in dict.fromkeys((*lists, *CODE_LISTS))
    }


def profile_document(seen: Profile, attrs: dict[Any, Any]) -> dict[str, Any]:
    """Return what the disclosure profile of a release does, and how many incidents it left out."""
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


def citation(plan: ReleasePlan, datasets: list[dict[str, str]]) -> str:
    """Return the citation as CITATION.cff (Citation File Format 1.2.0)."""
    document: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as follows.",
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


def datacite(plan: ReleasePlan, datasets: list[dict[str, str]]) -> dict[str, Any]:
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


def licences(datasets: list[dict[str, str]]) -> str:
    """Return the terms of each dataset of whose rows the release has some."""
    parts = ["The rows of each dataset are subject to the terms of that dataset.\n"]
    parts += [
        f"{one['name']}: {one.get('licence', 'licence not stated')}\n{one.get('attribution', '')}\n" for one in datasets
    ]
    if not datasets:
        parts.append("The incidents were recorded by the publishers, who state no licence in this release.\n")
    return "\n".join(parts)


def readme(plan: ReleasePlan, incidents: int, datasets: list[dict[str, str]], origin: Mapping[Any, Any]) -> str:
    """Return a text for whoever opens the folder."""
    credits_ = "".join(
        f"- {one.get('attribution', one['name'])} ({one.get('licence', 'licence not stated')})\n" for one in datasets
    )
    return (
        f"# {plan.title}\n\n{incidents:,} incidents, as known at {plan.as_of} (UTC), published by "
        f"{', '.join(plan.by)}.\n\n"
        f"Figures are chosen by the policy `{plan.policy}` from the claims of the sources, which are in the data. "
        f"Unknown is empty, zero is 0. Made with the disclosure profile `{plan.profile}` (profile.json): incidents "
        f"left out: {origin.get('left_out', 0):,}; shown with less detail: {origin.get('coarsened', 0):,}.\n\n"
        f"- `atlas.html`: the map; open it in a browser, no network is needed\n- `data/`: the incidents\n"
        f"- `codebook.json`: what the codes mean\n- `{SUMS}`: checksums of every file\n- `{PLAN}`: how it was made\n\n"
        f"## Sources of the rows\n{credits_ or 'Recorded by the publishers.'}\n\n"
        f"Verify: `willay release verify FOLDER [--db DATABASE]`\n"
    )


def data_package(plan: ReleasePlan, folder: Path, datasets: list[dict[str, str]]) -> dict[str, Any]:
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
                "hash": f"sha256:{file_digest(file)}",
            }
            for file in files
        ],
    }
