"""The pages of short lists: formats, disclosure profiles, figure policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.profiles import NAMES, profile
from willay.events.exchange.incoming.formats import FORMATS
from willay.events.exchange.outgoing.formats import WRITERS
from willay.events.manual.markdown import code, page, section, table
from willay.geo.translation import language, mark, tr

if TYPE_CHECKING:
    from willay.data.profiles import Profile

_CARDS: Final = {
    "unused": mark("no"),
    "tables": mark("with --tables, in tables next to it"),
    "shown": mark("yes"),
    "needed": mark("as far as its layout has them"),
    "drafts": mark("yes"),
}
"""Whether a file has claims and sources, by how its writer uses cards."""

_TREATMENTS: Final = {
    "show": mark("shown"),
    "coarsen": mark("shown with less detail"),
    "withhold": mark("shown without its name"),
    "leave out": mark("left out"),
}
_SUBJECTS: Final = {
    "incident": mark("incident"),
    "place": mark("place"),
    "source": mark("source"),
    "actor": mark("actor"),
}
_LEVELS: Final = {"restricted": mark("restricted"), "confidential": mark("confidential")}
_PLACES: Final = {
    "district": mark("district"),
    "province": mark("province"),
    "department": mark("department"),
    "grid": mark("cell of a grid"),
}


def formats_page() -> str:
    """Return the page of the formats that are read and written, in the language of now."""
    about = tr("The formats that `willay import` reads and that `willay export` writes, by name.")
    return page(
        tr("List of formats"),
        about,
        section(tr("Written"), tr("The ending of the file decides, or `--format NAME`."), _written()),
        section(tr("Read"), tr("Recognised by what is in the file, or `--input-format NAME`."), _read()),
    )


def _written() -> str:
    headings = [tr("Format"), tr("Endings"), tr("What it is"), tr("Lossless"), tr("Claims and sources"), tr("Extra")]
    rows = [
        (
            code(one.name),
            " ".join(map(code, one.suffixes)),
            one.about,
            tr("yes") if one.lossless else "",
            tr(_CARDS[one.cards]),
            code(one.extra),
        )
        for one in WRITERS.values()
    ]
    return table(headings, rows)


def _read() -> str:
    return table([tr("Format"), tr("What it is")], [(code(one.name), tr(one.about)) for one in FORMATS.values()])


def profiles_page() -> str:
    """Return the page of the disclosure profiles that are included, in the language of now."""
    about = tr(
        "What becomes of what is sensitive when it leaves a database, by the profile that is asked for with "
        "`--profile`. A profile of your own is a file: `--profile ministry.toml`."
    )
    return page(tr("Disclosure profiles"), about, *(_profile(profile(name)) for name in NAMES))


def _profile(one: Profile) -> str:
    headings = [tr("Level"), *(tr(name) for name in _SUBJECTS.values())]
    rows = [
        (tr(label), *(tr(_TREATMENTS[one.treatments[level][name]]) for name in _SUBJECTS))
        for level, label in _LEVELS.items()
    ]
    further = [
        tr("Version {n}.", n=one.version),
        tr("Only what is published, unless another status is asked for.") if one.published_only else "",
        tr("Incidents wait {n} days.", n=one.delay_days) if one.delay_days else "",
        "" if one.shows_all else tr("A place with less detail is its {unit}.", unit=tr(_PLACES[one.place])),
    ]
    about = str(one.labels[language()]).partition(": ")[2] or str(one.labels[language()])
    return section(
        code(one.name), f"{about[:1].upper()}{about[1:]}.", table(headings, rows), " ".join(filter(None, further))
    )
