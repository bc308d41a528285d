"""Settings: a file of one's own with values for options that are not given.

An option comes first, then a variable of the environment, then this file, then the default.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.model.errors import EventsError
from willay.geo.translation import LANGUAGES, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE_VARIABLE: Final = "WILLAY_CONFIG"
"""The variable that names another file of settings."""

COUNTRIES_VARIABLE: Final = "WILLAY_COUNTRIES"
"""The variable that names another folder of country packs."""

VARIABLES: Final[Mapping[str, str]] = {"author": "WILLAY_AUTHOR", "db": "WILLAY_DB", "lang": "WILLAY_LANG"}
"""The variables of the environment that stand before a setting."""

FORMATS: Final = ("table", "json", "csv", "tsv", "ndjson")


class ConfigError(EventsError, ValueError):
    """A file of settings, or a setting, that cannot be used."""


def _author(value: str) -> str:
    from willay.events.store.record.revisions import INSTALLER

    if not value.strip() or value.strip().casefold() == INSTALLER:
        raise ConfigError(tr("{value!r} is not the name of an author. Give your own name.", value=value))
    return value.strip()


def _lang(value: str) -> str:
    return _one_of(value, LANGUAGES, "lang")


def _format(value: str) -> str:
    return _one_of(value, FORMATS, "format")


def _one_of(value: str, known: tuple[str, ...], key: str) -> str:
    if value not in known:
        raise ConfigError(
            tr("{value!r} is not a value of {key}. Known: {known}.", value=value[:80], key=key, known=", ".join(known))
        )
    return value


def _db(value: str) -> str:
    from willay.events.store.dialects.address import place_of

    return value if ":/" in value else str(place_of(Path(value).expanduser()).absolute())


def _profile(value: str) -> str:
    from willay.data.profiles import profile

    if value.endswith(".toml"):
        value = str(Path(value).expanduser().absolute())
    profile(value)
    return value


def _policy(value: str) -> str:
    from willay.events.model.policy import check_policy

    return check_policy(value)


CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "author": _author, "lang": _lang, "db": _db, "profile": _profile, "policy": _policy, "format": _format,
}  # fmt: skip
"""The settings, and what makes each of what a person writes, or refuses it."""

DEFAULTS: Final[Mapping[str, str]] = {
    "author": mark("git's user.name"),
    "lang": mark("LC_ALL or LANG, else en"),
    "db": "willay.gpkg",
    "profile": mark("internal on a terminal, else public"),
    "policy": mark("the database's"),
    "format": "table",
}
"""What holds where nothing is said."""

_now: dict[str, str] = {}


def file_of_settings(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the file of settings, which need not exist: in the user's folder for such files on each system."""
    return Path(environment.get(FILE_VARIABLE) or Path(typer.get_app_dir("willay")) / "config.toml")


def folder_of_countries(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the country packs installed for the user, which need not exist: next to the settings."""
    return Path(environment.get(COUNTRIES_VARIABLE) or file_of_settings(environment).parent / "countries")


def use_settings(*, leniently: bool = False, environment: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """Read the file of settings, for this run; see `setting`.

    Args:
        leniently: Take a file that cannot be used for an empty one: for commands that correct it.
        environment: As `os.environ`.

    Raises:
        ConfigError: The file cannot be read, or has what is not a setting.
    """
    _now.clear()
    file = file_of_settings(environment)
    if file.is_file():
        try:
            _now.update(read_settings(file))
        except ConfigError:
            if not leniently:
                raise
    return _now


def setting(key: str) -> str | None:
    """Return a setting of the file, as it was read for this run; None where it has none."""
    return _now.get(key)


def read_settings(file: Path) -> dict[str, str]:
    """Read a file of settings.

    Raises:
        ConfigError: It cannot be read, or has what is not a setting.
    """
    found = raw_settings(file)
    for key, value in found.items():
        check_key(key, str(file))
        if not isinstance(value, str):
            raise ConfigError(tr("{file}: {key} must be a text in quotation marks.", file=file, key=key))
    for key in ("lang", "format"):  # the others are checked where they are used
        if key in found:
            try:
                CHECKS[key](found[key])
            except ConfigError as error:
                raise ConfigError(f"{file}: {error}") from None
    return found


def checked(key: str, value: str) -> str:
    """Return the value of a setting as it is stored.

    Raises:
        ConfigError: It is not a setting, or not a value of it.
    """
    from willay.data.errors import DataError
    from willay.geo.errors import GeoError

    check_key(key)
    try:
        return CHECKS[key](value)
    except (DataError, EventsError, GeoError) as error:
        raise ConfigError(str(error)) from None


def raw_settings(file: Path) -> dict[str, str]:
    """Return what a file of settings has, unknown keys too, so that these can be removed; nothing of no such file.

    Raises:
        ConfigError: It cannot be read.
    """
    import tomllib

    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _unreadable(file: Path, error: Exception) -> ConfigError:
    return ConfigError(
        tr("{file}: the settings cannot be read: {reason}. Correct the file, or delete it.", file=file, reason=error)
    )


def check_key(key: str, where: str = "") -> None:
    """Make sure that a setting is one.

    Raises:
        ConfigError: It is not; the message has those there are.
    """
    if key not in CHECKS:
        told = tr("{key!r} is not a setting. Settings: {known}.", key=key[:80], known=", ".join(CHECKS))
        raise ConfigError(f"{where}: {told}" if where else told)


def write_settings(file: Path, settings: Mapping[str, str]) -> None:
    """Write a file of settings, readable by its owner only."""
    from willay.geo import replacing

    lines = [f"{key} = {json.dumps(settings[key], ensure_ascii=False)}\n" for key in CHECKS if key in settings]
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, force=True, private=True) as out:
        out.write("# willay config set KEY VALUE\n" + "".join(lines))


def defaults_for(command: Any, settings: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401 — Typer's tree has no public types
    """Return the values that settings give to the options of a command and of all below it, as Typer takes them."""
    given = dict(_given(command, settings))
    for name, below in getattr(command, "commands", {}).items():
        if found := defaults_for(below, settings):
            given[name] = found
    return given


def _given(command: Any, settings: Mapping[str, str]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 — as above
    for parameter in command.params:
        for option in parameter.opts:
            key = option.removeprefix("--")
            value = settings.get(key)
            if value is None or (key in VARIABLES and parameter.envvar != VARIABLES[key]):
                continue  # --author of log asks for changes by somebody
            if key == "format" and value not in _choices(parameter):
                continue
            if key in ("author", "db", "profile", "policy", "format") and parameter.expose_value:
                yield parameter.name, value
        if "--json" in parameter.opts and settings.get("format") == "json" and parameter.expose_value:
            yield parameter.name, True


def _choices(parameter: Any) -> list[str]:  # noqa: ANN401 — as above
    from enum import StrEnum

    return [*type(parameter.default)] if isinstance(parameter.default, StrEnum) else []
