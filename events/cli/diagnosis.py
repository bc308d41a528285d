"""What `willay doctor` looks at: this program, this computer, this terminal and the database file, changing nothing.

What it finds can be sent to somebody who helps: it has paths and versions, and no name, text or key of a record.
"""

from __future__ import annotations

import locale
import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from willay.events.cli.hints import hint
from willay.geo.translation import language, mark, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.store.dialects.sqlite.condition import FileCondition

OK: Final = "ok"
NOTE: Final = "note"
PROBLEM: Final = "problem"

OLDEST_SQLITE: Final = (3, 37)
OLDEST_PYTHON: Final = (3, 11)
LIBRARIES: Final = ("geopandas", "pandas", "numpy", "shapely", "pydantic", "sqlalchemy", "typer", "folium")
"""Libraries whose versions a helper asks for first."""

VARIABLES: Final = (
    "WILLAY_DB", "WILLAY_AUTHOR", "WILLAY_LANG", "WILLAY_GAZETTEER", "WILLAY_CONFIG", "WILLAY_COUNTRIES",
    "WILLAY_PLUGINS", "SOURCE_DATE_EPOCH",
    "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONUTF8", "PYTHONIOENCODING", "NO_COLOR", "TZ",
)  # fmt: skip
"""Variables of the environment that change what a command does."""

PERSONAL: Final = frozenset({"WILLAY_AUTHOR"})
"""Of these only whether they are set is said: they have the name of a person."""

_SPARE_BYTES: Final = 100 << 20
_OTHERS: Final = 0o077
_A_DAY: Final = timedelta(days=1)
_EXTRAS: Final[Mapping[str, str]] = {
    "documents": mark("profiles as Word files"),
    "gis": mark("GIS files by way of Arrow"),
    "pictures": mark("maps as pictures"),
    "seal": mark("encrypted backups"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: What it is.
        state: `ok`, `note` or `problem`.
        found: What was found.
        advice: What to do; empty where there is nothing to do.
    """

    subject: str
    state: str
    found: str
    advice: str = ""


def findings(db: Path, now: datetime, environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Yield what is found, a line each.

    Args:
        db: The database file, which need not be there.
        now: The present moment (aware).
        environment: As `os.environ`.
    """
    yield from _program()
    yield from _extras()
    yield from _terminal()
    yield from _environment(environment)
    yield from _settings(environment)
    yield from _database(db, now)


def _program() -> Iterator[Finding]:
    from willay.events.model.program import program_version
    from willay.geo.versions import library_versions

    yield Finding("willay", OK, f"{program_version()} ({sys.prefix})")
    python = sys.version_info[:2]
    yield Finding(
        "Python",
        OK if python >= OLDEST_PYTHON else PROBLEM,
        f"{platform.python_version()} ({sys.executable})",
        "" if python >= OLDEST_PYTHON else tr("Install Python 3.11 or later."),
    )
    yield Finding(tr("System"), OK, platform.platform())
    is_new = sqlite3.sqlite_version_info[:2] >= OLDEST_SQLITE
    yield Finding(
        "SQLite",
        OK if is_new else PROBLEM,
        sqlite3.sqlite_version,
        "" if is_new else tr("Install a newer Python, which brings a newer SQLite."),
    )
    for name, number in library_versions().items():
        yield Finding(name, OK, number)
    for name in LIBRARIES:
        yield Finding(name, *_version_of(name))


def _version_of(name: str) -> tuple[str, str, str]:
    try:
        return OK, version(name), ""
    except PackageNotFoundError:
        return PROBLEM, tr("missing"), tr("Install willay again: python -m pip install --force-reinstall willay")


def _extras() -> Iterator[Finding]:
    from willay.geo.extras import EXTRAS
    from willay.maps.profile.pdf import found_browser

    for extra, purpose in _EXTRAS.items():
        try:
            found = version(EXTRAS[extra])
        except PackageNotFoundError:
            advice = tr('Only for {purpose}: python -m pip install "willay[{extra}]"', purpose=tr(purpose), extra=extra)
            yield Finding(f"[{extra}] {EXTRAS[extra]}", NOTE, tr("missing"), advice)
        else:
            yield Finding(f"[{extra}] {EXTRAS[extra]}", OK, found)
    browser = found_browser()
    advice = "" if browser else tr("Only for PDF files: install Chromium or Chrome.")
    yield Finding("Chromium", OK if browser else NOTE, browser or tr("missing"), advice)


def _terminal() -> Iterator[Finding]:
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        is_terminal = stream.isatty()
        encoding = str(getattr(stream, "encoding", None) or "?")
        where = tr("terminal") if is_terminal else tr("pipe or file")
        advice = ""
        if is_terminal and encoding.replace("-", "").casefold() not in {"utf8", "cp65001"}:
            advice = tr(
                "Signs that {encoding} lacks are shown as ?. Set PYTHONUTF8=1 for all of them.", encoding=encoding
            )
        yield Finding(name, NOTE if advice else OK, f"{where}, {encoding}", advice)
    local = ".".join(part or "C" for part in locale.getlocale())
    yield Finding(tr("Language"), OK, f"{language()} ({local}, {sys.getfilesystemencoding()})")


def _environment(environment: Mapping[str, str]) -> Iterator[Finding]:
    for name in VARIABLES:
        if (value := environment.get(name)) is None:
            continue
        if name == "SOURCE_DATE_EPOCH":
            advice = tr("Every change is recorded as of this moment. Unset it, unless you repeat a build.")
            yield Finding(name, NOTE, value, advice)
        else:
            yield Finding(name, OK, tr("is set") if name in PERSONAL else value)


def _settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    from willay.events.cli.config import ConfigError, file_of_settings, read_settings

    file, subject = file_of_settings(environment), tr("Config file")
    if not file.is_file():
        yield Finding(subject, OK, tr("{file} does not exist", file=file))
        return
    try:
        settings = read_settings(file)
    except ConfigError as error:
        yield Finding(subject, PROBLEM, str(file), str(error))
        return
    yield Finding(subject, OK, f"{file}: {', '.join(settings)}")


def _database(db: Path, now: datetime) -> Iterator[Finding]:
    from willay.events.cli.failures import in_words
    from willay.events.store.dialects.sqlite.condition import condition_of

    subject = tr("Database")
    if not db.exists():
        advice = tr("Name one: --db FILE, or WILLAY_DB; or create it: {init}", init=hint("init", db))
        yield Finding(subject, NOTE, tr("{file} does not exist", file=db.resolve()), advice)
        yield from _clock(now, None)
        return
    try:
        condition = condition_of(db)
    except OSError as error:
        yield Finding(subject, PROBLEM, str(db.resolve()), in_words(error))
        yield from _clock(now, None)
        return
    yield Finding(subject, OK, f"{db.resolve()} ({condition.size:,} B)")
    yield from _inside(db, condition)
    yield from _around(db, condition)
    yield from _clock(now, condition.latest)


def _inside(db: Path, condition: FileCondition) -> Iterator[Finding]:
    from willay.events.store.schema.versions import SCHEMA_VERSION

    schema = condition.meta.get("schema_version", "")
    subject = tr("Schema")
    if not condition.is_sqlite or (condition.damage is None and not schema):
        advice = tr("It is not a willay database. Name another: --db FILE; or go back to a backup.")
        yield Finding(subject, PROBLEM, tr("unknown"), advice)
    elif schema:
        made = tr("{schema}, by willay {version}", schema=schema, version=condition.meta.get("willay_version", "?"))
        if int(schema) > SCHEMA_VERSION:
            yield Finding(subject, PROBLEM, made, tr("A newer willay made it. Upgrade willay."))
        elif int(schema) < SCHEMA_VERSION:
            advice = tr("It is upgraded by the next command that opens it, which copies it first.")
            yield Finding(subject, NOTE, made, advice)
        else:
            yield Finding(subject, OK, made)
    if condition.is_sqlite:
        advice = tr("Do not write to it. Go back to a backup: {restore}", restore=hint("restore", "FILE", db=db))
        is_sound = condition.damage is None
        found = condition.damage or (tr("not checked: it is open") if condition.journals else tr("no damage found"))
        yield Finding(tr("Integrity"), OK if is_sound else PROBLEM, found, "" if is_sound else advice)


def _around(db: Path, condition: FileCondition) -> Iterator[Finding]:
    from willay.events.cli.unfinished import unfinished_files
    from willay.events.store.dialects.sqlite.copies import earlier_copies

    if condition.journals:
        left = ", ".join(f"{name} ({size:,} B)" for name, size in condition.journals.items())
        advice = tr(
            "Another program is using it, or one was interrupted. Close QGIS and other programs; the next command "
            "completes what was interrupted. Never delete these files, and copy them with the database."
        )
        yield Finding(tr("Journals"), NOTE, left, advice)
    else:
        yield Finding(tr("Journals"), OK, tr("none: the file is complete by itself"))
    advice = "" if condition.is_writable else tr("To change it, copy it to where you may write.")
    yield Finding(
        tr("Writable"), OK if condition.is_writable else NOTE, tr("yes") if condition.is_writable else tr("no"), advice
    )
    if os.name == "posix":
        is_open = bool(condition.mode & _OTHERS)
        advice = tr("Other users of this computer may read it. To prevent that: chmod 600 FILE") if is_open else ""
        yield Finding(tr("Rights"), NOTE if is_open else OK, f"{condition.mode:o}", advice)
    has_room = condition.free > 2 * condition.size + _SPARE_BYTES
    advice = "" if has_room else tr("A backup or an upgrade does not fit. Free some space on this disk.")
    yield Finding(tr("Free disk"), OK if has_room else PROBLEM, f"{condition.free // 10**6:,} MB", advice)
    if copies := len(earlier_copies(db)):
        found = tr_n("{n} copy next to it", "{n} copies next to it", copies)
        yield Finding(tr("Earlier copies"), NOTE, found, tr("Made before upgrades. Delete what is not needed."))
    if unfinished := len(unfinished_files(db)):
        found = tr_n("{n} incident", "{n} incidents", unfinished)
        yield Finding(tr("Unfinished"), NOTE, found, tr("Go on: {command}", command=hint("add", "--resume", db=db)))


def _clock(now: datetime, latest: datetime | None) -> Iterator[Finding]:
    found = f"{now:%Y-%m-%d %H:%M} UTC ({now.astimezone():%H:%M %Z})"
    if latest is not None and latest - now > _A_DAY:
        advice = tr(
            "The latest change was dated {moment} UTC, which is later: one of the two clocks is wrong. Check the date "
            "of this computer.",
            moment=f"{latest:%Y-%m-%d %H:%M}",
        )
        yield Finding(tr("Clock"), PROBLEM, found, advice)
    else:
        yield Finding(tr("Clock"), OK, found)
