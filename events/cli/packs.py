"""Country packs as commands find them: named by a person, installed for the user, or next to a database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from willay.events.cli.config import folder_of_countries
from willay.events.cli.output import say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from willay.data.country_packs.finding import PackFile
    from willay.events.store import Store


def chosen_packs(country: str) -> tuple[tuple[str, ...], tuple[PackFile, ...]]:
    """Return the countries that a person named, and the packs for them: the one named, else those installed.

    Args:
        country: A pack, a country, or several countries with commas between; or the name of a plug-in's pack.

    Raises:
        MissingFileError, PackError: There is no such pack, or it cannot be used.
        UnknownTermError: There is no such country.
    """
    from willay.data.countries import countries_named
    from willay.data.country_packs.finding import SUFFIX, open_pack_file, plugged_pack
    from willay.data.errors import UnknownTermError

    if country.endswith(SUFFIX) or (Path(country) / "pack.toml").is_file():
        named = open_pack_file(Path(country))
        return (named.pack.facts.code,), (named,)
    try:
        codes = countries_named(country)
    except UnknownTermError:
        plugged = plugged_pack(country)
        if plugged is None:
            raise
        return (plugged.pack.facts.code,), (plugged,)
    return codes, installed_packs(codes)


def installed_packs(codes: Iterable[str]) -> tuple[PackFile, ...]:
    """Return the packs of countries that are installed for the user, and say so."""
    from willay.data.country_packs.finding import installed_file, open_pack_file

    files = [file for code in codes if (file := installed_file(code, folder_of_countries())).is_file()]
    for file in files:
        say(tr("Used: {pack}, the pack that you installed for this country.", pack=file))
    return tuple(map(open_pack_file, files))


def packs_of(store: Store) -> Callable[[str], Path | None]:
    """Return what finds the file of the pack that a database has of a country: next to it, or installed for the user.

    It returns None where the database has no pack of the country with places, and where the file is nowhere, which it
    says once.
    """

    @cache
    def find(code: str) -> Path | None:
        from willay.data.country_packs.finding import installed_file, pack_of_digest

        recorded = next((one for one in store.regions.packs() if one.facts.code == code), None)
        if recorded is None or recorded.facts.places is None:
            return None
        here = store.path.parent / recorded.file
        found = pack_of_digest(recorded.sha256, (here, installed_file(code, folder_of_countries())))
        if found is None:
            say(
                tr(
                    "The places of this database are in {file}, which is not next to it. Put that file next to the "
                    "database.",
                    file=recorded.file,
                )
            )
        return found

    return find
