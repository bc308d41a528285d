"""Undoing: what somebody did last is taken back by a new change; nothing is erased, and an undo can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.advice import command
from willay.events.model.differences import Difference, both_in_words, differences
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.errors import ConflictError, NotFoundError, RefusedError, StaleEditError
from willay.events.model.fields import fields_of
from willay.events.model.fieldtypes import texts_of
from willay.events.model.reasons import UNDONE, UNDONE_FOR, recorded_reason
from willay.events.store.deeds import Undoable, UndoStep
from willay.events.store.dialects import run
from willay.events.store.record import lookups
from willay.events.store.record.contents import KIND as CONTENT
from willay.events.store.record.redactions import KIND as REDACTION
from willay.events.store.record.register_rows import TABLES, states_by_key
from willay.events.store.record.resolve import nearest, not_found
from willay.events.store.record.review_rules import IN_REVIEW, PUBLISHED, TWO_PEOPLE, spellings, to_review
from willay.events.store.record.settings import KIND as SETTING
from willay.events.store.schema.ids import moment_of
from willay.events.store.write import changes
from willay.events.store.write.bases import Subject, carried, require_latest, state_from
from willay.events.store.write.keyed import revise_keyed
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.revisions import Author
    from willay.events.store.results import Revised
    from willay.events.store.write.validation import Setting

KEYED: Final = ("source", "actor", "case", "indicator")
"""The kinds of entries of registers."""

_REVERT, _RETRACT, _ADD, _IMPORT = "revert", "retract", "add", "import"
_UNREVIEWED: Final = frozenset(
    name for name, field in fields_of(IncidentDraft).items() if field.shown and field.shown.treatment == "never"
)
"""Fields that nothing published shows: their change leaves it as it was."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What an act did to one subject.

    Attributes:
        number: The number of the revision.
        subject: The subject, as it is now.
        action: What was done.
        current: An incident as it is recorded; None for anything else.
    """

    number: int
    subject: Subject
    action: str
    current: Recorded | None = None

    @property
    def present(self) -> Document:
        """Its fields now."""
        return dict(self.subject.present["draft"] if self.subject.kind == "incident" else self.subject.present)


@dataclass(frozen=True, slots=True)
class _Act:
    """The last act of a person: what its change says, what can be taken back, and what stays of it."""

    row: Row[Any]
    done: Sequence[_Done]
    stays: Sequence[tuple[str, str]]


def undoable(connection: Connection, author: str, subject: tuple[str, str] | None, rule: str, lang: str) -> Undoable:
    """Return what taking back somebody's last act would do.

    Args:
        connection: Within a transaction.
        author: Who did it.
        subject: Kind and name of the subject whose last change by the author is meant; None for the last of all.
        rule: The rule of review.
        lang: The language of texts.

    Raises:
        NotFoundError: There is no such subject, or the author changed nothing.
        RefusedError: The act cannot be taken back.
        ConflictError: Somebody changed the same since.
    """
    act = _last_act(connection, author, subject)
    steps = tuple(_step(one, _result(connection, one, rule), lang) for one in act.done)
    return Undoable(
        act.row.number, act.row.author, moment_of(act.row.recorded_at), act.row.reason, steps, tuple(act.stays)
    )


def undo(
    connection: Connection,
    author: str,
    subject: tuple[str, str] | None,
    expected: int,
    means: tuple[Setting, Author, str],
) -> tuple[Revised, ...]:
    """Take back somebody's last act; arguments and errors as for `undoable`.

    Args:
        connection: Within a transaction that writes.
        author: Who did it.
        subject: As for `undoable`.
        expected: The number of the change that was looked at.
        means: The setting, who undoes it, and the rule of review.
    """
    setting, who, rule = means
    act = _last_act(connection, author, subject)
    if expected != act.row.number:
        raise ConflictError(
            tr(
                "Your last change is a different one by now (change {n}). Nothing was undone. Look again.",
                n=act.row.number,
            )
        )
    revised = []
    for one in act.done:
        result = _result(connection, one, rule)
        action = _RETRACT if one.action == _ADD else _REVERT
        if one.current is None:
            changed = {name: result.get(name) for name in {*result, *one.present} - {"key"}}
            revised.append(
                revise_keyed(connection, one.subject.kind, one.subject.id, changed, (setting, who), action=action)
            )
            continue
        made = draft(IncidentDraft, result, one.subject.name, recorded=texts_of(result))
        if action == _REVERT and _touched(result, one.present) - _UNREVIEWED:
            made = to_review(connection, one.current, made, who, rule)
        revised.append(changes.revise(connection, one.current, made, (setting, who, action), strays=False))
    return tuple(revised)


def reason_of_undo(number: int, said: str) -> str:
    """Return the reason that is recorded for an undo: which change is taken back, and what the author says of it."""
    if why := said.strip():
        return recorded_reason(UNDONE_FOR, number=str(number), reason=why)
    return recorded_reason(UNDONE, number=str(number))


def _touched(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def _step(done: _Done, result: Document, lang: str) -> UndoStep:
    kind, name = done.subject.kind, done.subject.name
    if kind == "incident":
        found = differences(done.present, result, lang)
    else:
        found = tuple(
            Difference(field, "changed", *both_in_words(field, done.present.get(field), result.get(field)))
            for field in sorted(_touched(done.present, result))
        )
    return UndoStep(kind, name, done.action, found)


def _last_act(connection: Connection, author: str, subject: tuple[str, str] | None) -> _Act:
    known = None if subject is None else _subject(connection, *subject)
    where = "" if known is None else " AND subject_kind = :kind AND subject_id = :subject"
    asked = {"authors": spellings(connection, author)} | (
        {} if known is None else {"kind": known.subject.kind, "subject": known.subject.id}
    )
    statement = f"SELECT max(change) FROM revisions WHERE author IN :authors{where}"  # noqa: S608 — our own text
    number = run(connection, statement, asked).scalar()
    if number is None:
        raise _nothing(author, subject)
    row = run(connection, "SELECT * FROM change WHERE number = :number", {"number": number}).one()
    made = run(
        connection,
        "SELECT number, subject_kind, subject_id, action FROM revision WHERE change = :number ORDER BY number",
        {"number": number},
    ).all()
    if known is not None:
        made = [one for one in made if (one.subject_kind, one.subject_id) == (known.subject.kind, known.subject.id)]
    _check(number, made)
    done = [*_done(connection, made)]
    for one in done:
        if reason := _why_not(one):
            raise RefusedError(reason)
    stays = [(one.subject.kind, one.subject.name) for one in done if _stays(one)]
    if len(stays) == len(done):
        raise RefusedError(_of_entries(stays))
    return _Act(row, [one for one in done if not _stays(one)], stays)


def _nothing(author: str, subject: tuple[str, str] | None) -> NotFoundError:
    if subject is None:
        return NotFoundError(tr("{author} has changed nothing in this database.", author=author))
    kind, name = subject
    advice = command("history", name) if kind == "incident" else command("log", "--kind", kind)
    return NotFoundError(
        tr(
            "{author} has not changed {name}; undo takes back one's own changes. See who did: {see}",
            author=author,
            name=name,
            see=advice,
        )
    )


def _check(number: int, made: Sequence[Row[Any]]) -> None:
    """Make sure that an act is one of those that a person takes back.

    Raises:
        RefusedError: It is an import, or changed something that another command changes back.
    """
    kinds, actions = {one.subject_kind for one in made}, {one.action for one in made}
    if _IMPORT in actions:
        message = tr(
            "Your last change ({n}) is an import; undo takes back what a person entered. For one incident: willay "
            "revert CODE --revision N. For the whole import, restore a backup made before it: willay restore FILE.",
            n=number,
        )
    elif REDACTION in kinds or CONTENT in kinds:
        message = tr("Your last change ({n}) erased something, and what was erased does not come back.", n=number)
    elif "region" in kinds:
        message = tr(
            "Your last change ({n}) is of regions. Add the earlier outlines again: willay regions add FILE.", n=number
        )
    elif SETTING in kinds:
        message = tr(
            "Your last change ({n}) is of a setting of the database. Set it again: willay review rule, willay policy "
            "set.",
            n=number,
        )
    elif kinds == {"dataset"}:
        message = tr(
            "Your last change ({n}) is of the terms of a dataset. Change them again: willay dataset edit NAME.",
            n=number,
        )
    else:
        return
    raise RefusedError(message)


def _subject(connection: Connection, kind: str, name: str) -> _Done:
    if kind == "incident":
        current = changes.find(connection, name)
        return _Done(current.revision, changes.subject_of(current), "", current)
    states = states_by_key(connection, kind, [name])
    if name not in states:
        raise not_found(kind, name, nearest(name, lookups.all_keys(connection, TABLES[kind])))
    return _Done(0, Subject(kind, name, name, states[name]), "")


def _done(connection: Connection, made: Sequence[Row[Any]]) -> Iterator[_Done]:
    for one in made:
        if one.subject_kind == "incident":
            code = run(connection, "SELECT code FROM incident WHERE id = :id", {"id": one.subject_id}).scalar_one()
            current = changes.find(connection, str(code))
            yield _Done(one.number, changes.subject_of(current), one.action, current)
        elif one.subject_kind in KEYED:
            state = states_by_key(connection, one.subject_kind, [one.subject_id])[one.subject_id]
            yield _Done(one.number, Subject(one.subject_kind, one.subject_id, one.subject_id, state), one.action)


def _stays(done: _Done) -> bool:
    """Return whether nothing of it can be taken back: an entry of a register that was added."""
    return done.current is None and done.action == _ADD


def _of_entries(stays: Sequence[tuple[str, str]]) -> str:
    named = ", ".join(f"{kind} {name}" for kind, name in stays)
    kind, name = stays[0]
    return tr(
        "Your last change added {entries}. An entry of a register stays, because others may refer to it. Correct it: "
        "{edit}",
        entries=named,
        edit=f"{command(kind, 'edit', name)} --set FIELD=VALUE",
    )


def _why_not(done: _Done) -> str | None:
    """Return why what was done to a subject is not taken back, with what to do instead; None if it is."""
    code = done.subject.name
    if done.action == "approve":
        return tr(
            "Your last change published {code}. A publication is not undone: reopen it for review: {command}",
            code=code,
            command=f"{command('review', 'reopen', code)} --comment TEXT",
        )
    if done.action == "reopen":
        return tr(
            "Your last change reopened {code}. It is published again by its approval: {command}",
            code=code,
            command=command("review", "approve", code),
        )
    if done.action == _ADD and done.current is not None and done.present["status"] == "retracted":
        return tr("{code} was added by your last change, and is retracted already.", code=code)
    return None


def _result(connection: Connection, done: _Done, rule: str) -> Document:
    """Return the fields of a subject without what was done to it; what others changed since in other fields stays.

    Raises:
        ConflictError: The same fields were changed since.
    """
    subject = done.subject
    try:
        if done.action == _ADD:
            require_latest(connection, subject, done.number, "undo")
            return {**done.present, "status": "retracted"}
        before = run(
            connection,
            "SELECT max(number) FROM revision"
            " WHERE subject_kind = :kind AND subject_id = :subject AND number < :number",
            {"kind": subject.kind, "subject": subject.id, "number": done.number},
        ).scalar_one()
        result = carried(connection, subject, done.number, state_from(connection, subject, before))
    except StaleEditError as error:
        raise _changed_since(done, error) from None
    if done.current is not None and result["status"] == PUBLISHED != done.present["status"] and rule == TWO_PEOPLE:
        result["status"] = IN_REVIEW
    return result


def _changed_since(done: _Done, error: StaleEditError) -> ConflictError:
    kind, name = done.subject.kind, done.subject.name
    words = ("edit", name) if kind == "incident" else (kind, "edit", name)
    lines = "\n".join(f"  {one.as_line(is_step=True)}" for one in error.fields)
    return ConflictError(
        tr(
            "{name} was changed again after your change (revision {n}), in the same fields. Nothing was undone.\n"
            "{fields}\nCorrect what is wrong by hand: {edit}",
            name=name,
            n=done.number,
            fields=lines,
            edit=f"{command(*words)} --set FIELD=VALUE",
        )
    )
