"""The commands `attachment add|list|save|remove|erase`, and `attach`: files that belong to incidents and sources."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from willay.events.cli.attachment_rows import attachment_row, size_in_words
from willay.events.cli.help_pages import App
from willay.events.cli.hints import hint
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.options import (
    DEFAULT_DB,
    Author,
    DbFile,
    Force,
    Format,
    Language,
    Reason,
    Style,
    Wide,
    open_store,
    who,
)
from willay.events.cli.output import given_or_asked, say
from willay.events.cli.outward import SeenBy, say_record, seen_by
from willay.events.model.reasons import ATTACHED, recorded_reason
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from willay.events.model.attachments import AttachmentDraft
    from willay.events.store import Store
    from willay.events.store.record.contents import Attached, Attachment


attachment_app = App(
    help="Attachments: files that belong to an incident or a source. They are never passed on.", no_args_is_help=True
)


class Owner(StrEnum):
    """What can have attachments."""

    incident = "incident"
    source = "source"


Name = Annotated[str, typer.Argument(help="Code or key of the incident; with --kind source, key of the source.")]
Kind = Annotated[Owner, typer.Option("--kind", help="What NAME refers to.")]

Files = Annotated[
    list[str], typer.Argument(help="Attachments: name of the file, or six or more first digits of its SHA-256.")
]


@attachment_app.command("add")
def attach(
    name: Name,
    files: Annotated[list[Path], typer.Argument(help="Files to attach, of up to 25 MB each.")],
    *,
    kind: Kind = Owner.incident,
    caption: Annotated[str | None, typer.Option("--caption", help="What the files show.")] = None,
    sensitivity: Annotated[
        str | None, typer.Option("--sensitivity", help="Sensitivity: public, restricted or confidential.")
    ] = None,
    hash_only: Annotated[
        bool,
        typer.Option("--hash-only", help="Record SHA-256, size and type; do not store the content. For large files."),
    ] = False,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Attach files to an incident or a source.

    The content is stored in the database, once for each file. It does not leave it: exports, maps and releases contain
    neither the files nor their names, captions and SHA-256. Metadata in the files, such as the coordinates in a
    photograph, are stored as they are.
    """
    from willay.events.exchange.attached_files import read_attachment
    from willay.events.exchange.picture_looks import pictures_like

    with open_store(db) as store:
        own = {(one.kind, one.name) for one in store.attachments.of(name, kind=kind.value)}  # an unknown one is refused
        about = {"caption": caption, "sensitivity": sensitivity}
        read = [read_attachment(file, about, hash_only=hash_only) for file in files]
        known = [(one, one.draft) for one in store.attachments.list() if (one.kind, one.name) not in own]
        like = list(pictures_like(read, known, lambda one: _content(store, one)))
        done = store.attachments.add(
            name, read, kind=kind.value, author=who(author), reason=reason or recorded_reason(ATTACHED)
        )
        here = {one.draft.sha256 for one in store.attachments.of(name, kind=kind.value) if one.is_here}
    see = hint("attachment", "list", *_named(name, kind), db=db)
    _report_attached(done, [one.draft for one in read], here, see)
    for file, other, is_same in like:
        told = {"file": file.draft.called, "other": other.draft.called, "name": other.name}
        if is_same:
            say(tr("Note: {file} is also attached to {name}, as {other}.", **told))
        else:
            say(tr("Note: {file} looks like {other}, which is attached to {name}: is it the same photograph?", **told))


def _content(store: Store, one: Attachment) -> bytes | None:
    return store.attachments.content(one.name, one.draft.sha256, kind=one.kind)[1] if one.is_here else None


def _named(name: str, kind: Owner) -> tuple[str, ...]:
    return (name,) if kind is Owner.incident else (name, "--kind", kind.value)


def _report_attached(done: Attached, files: Iterable[AttachmentDraft], here: Collection[str], see: str) -> None:
    listed, stored = ({one.sha256 for one in group} for group in (done.listed, done.stored))
    for one in files:
        if one.sha256 not in listed:
            what = (
                tr("listed already; its content is stored now")
                if one.sha256 in stored
                else tr("listed already: no changes")
            )
        elif one.sha256 in stored:
            what = tr("attached")
        elif one.sha256 in here:
            what = tr("attached; the database had its content already")
        else:
            what = tr("attached; only its SHA-256, size and type were recorded")
        told = {"size": size_in_words(one.size), "sha256": one.sha256}
        say(
            tr(
                "{file}: {what}. {type}, {size}, SHA-256 {sha256}",
                file=one.called,
                what=what,
                type=one.media_type,
                **told,
            )
        )
        if erased := done.erased.get(one.sha256):
            by = {"who": erased.author, "day": f"{erased.recorded_at:%Y-%m-%d}", "why": erased.reason}
            say(tr("Note: {who} erased this content on {day} ({why}). It is stored again.", **by))
    if done.revised.changes:
        changes = {"changes": "; ".join(done.revised.changes), "n": done.revised.number}
        say(tr("{code}: {changes}; revision {n}. See: {see}", code=done.revised.code, see=see, **changes))
    elif not done.stored:
        say(tr("{code}: no changes; nothing was recorded.", code=done.revised.code))


@attachment_app.command("list")
def attachment_list(
    name: Annotated[
        str | None, typer.Argument(help="Code or key of the incident, or key of the source. Default: all.")
    ] = None,
    *,
    kind: Kind = Owner.incident,
    profile: SeenBy = None,
    style: Format = Style.table,
    wide: Wide = False,
    lang: Language,
    db: DbFile = DEFAULT_DB,
) -> None:
    """List attachments: of an incident or a source, or all."""
    seen = seen_by(profile, style.value)
    with open_store(db) as store:
        found = store.attachments.list() if name is None else store.attachments.of(name, kind=kind.value)
    if not seen.shows_all:
        found = ()
        say(tr("Profile {profile}: attachments are never shown. To list them: --profile internal", profile=seen))
    columns = {
        "belongs_to": ListColumn("Belongs to", least=12),
        "name": ListColumn("Name", 1, least=12),
        "media_type": ListColumn("Type", 3),
        "size": ListColumn("Size", 2),
        "sha256": ListColumn("SHA-256", least=12),
        "content": ListColumn("Content", 1),
        "sensitivity": ListColumn("Sensitivity", 4),
        "caption": ListColumn("Caption", 5, least=12),
    }
    rows = [_short_row(one, lang.value) if style is Style.table else attachment_row(one) for one in found]
    put_rows(rows, columns, style.value, wide=wide)
    if seen.shows_all:
        say(many(len(found), "attachment"))
        say_record()


def _short_row(one: Attachment, lang: str) -> dict[str, Any]:
    """Return an attachment as a row of a table, in short words."""
    from willay.events.model.values import local

    short = {"size": size_in_words(one.draft.size), "sha256": one.draft.digits}
    return {**attachment_row(one), **short, "caption": local(one.draft.caption, lang)}


@attachment_app.command("save")
def attachment_save(
    name: Name,
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Attachments: name of the file, or first digits of its SHA-256. Default: all stored."),
    ] = None,
    *,
    kind: Kind = Owner.incident,
    into: Annotated[Path, typer.Option("--in", help="Folder in which the files are saved.")] = Path(),
    force: Force = False,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Save attachments as files, never by a name that is that of a program.

    Each content is compared with its SHA-256 first. A name that not all systems allow is changed, and one that does not
    fit the content gets an ending that does.
    """
    from willay.events.exchange.attached_files import save_attachments
    from willay.events.model.errors import NotFoundError

    with open_store(db) as store:
        words = files or [one.draft.sha256 for one in store.attachments.of(name, kind=kind.value) if one.is_here]
        if not words:
            see = hint("attachment", "list", *_named(name, kind), db=db)
            raise NotFoundError(
                tr(
                    "{name} has no attachment whose content is stored in this database. To list its attachments: {see}",
                    name=name,
                    see=see,
                )
            )
        found = [store.attachments.content(name, word, kind=kind.value) for word in words]
        once = {one.sha256: (one, content) for one, content in found}
        saved = save_attachments(into, [*once.values()], force=force)
    for path in saved:
        say(tr("Saved: {path}", path=path))
    say(tr("These files are part of the record and may show or contain confidential information. Do not pass them on."))


@attachment_app.command("remove")
def attachment_remove(
    name: Name,
    files: Files,
    *,
    kind: Kind = Owner.incident,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Remove attachments from an incident or a source. The history still lists them, and their content remains."""
    why = given_or_asked(reason, tr("Why are they removed?"))
    with open_store(db) as store:
        done = store.attachments.remove(name, files, kind=kind.value, author=who(author), reason=why)
    removed = ", ".join(one.called for one in done.removed)
    told = {"code": done.revised.code, "files": removed, "n": done.revised.number}
    say(tr("{code}: removed {files}; revision {n}. The history still lists them.", **told))
    for one in done.remaining:
        erase = hint("attachment", "erase", one.digits, db=db)
        say(
            tr(
                "The content of {file} remains in the database. To erase it for ever: {erase}",
                file=one.called,
                erase=erase,
            )
        )


@attachment_app.command("erase")
def attachment_erase(
    digits: Annotated[str, typer.Argument(help="Six or more first digits of the SHA-256 of the content.")],
    *,
    author: Author = None,
    reason: Reason = None,
    db: DbFile = DEFAULT_DB,
) -> None:
    """Erase the content of an attachment from the database and from the file. This cannot be undone.

    Name, size, SHA-256 and caption remain where they are listed, also in the history; `willay redact` erases these.
    That the content was erased is recorded. Copies made earlier still contain it.
    """
    why = given_or_asked(reason, tr("Why is the content erased?"))
    with open_store(db) as store:
        done = store.attachments.erase(digits, author=who(author), reason=why)
    told = {"size": size_in_words(done.size), "sha256": done.sha256, "n": done.revision}
    say(tr("Erased: {size}, SHA-256 {sha256}; revision {n}.", **told))
    if done.listed_by:
        say(tr("Its name, size and SHA-256 are still listed by: {names}.", names=", ".join(done.listed_by)))
    say(tr("The content is still in every copy made earlier: backups, and files that were saved."))
