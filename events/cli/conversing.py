"""Adding an incident by questions: ask, show, correct, save now or continue later."""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING, Any, Final

import typer

from willay.data.errors import DataError
from willay.events.cli.choosing import BackError
from willay.events.cli.dialogue import Dialogue, offer_to_save, stop, wants_to_save
from willay.events.cli.entering import (
    Entry,
    Voice,
    cite,
    composed,
    given_days,
    settle,
    settle_days,
    settle_parties,
    show_understood,
)
from willay.events.cli.hints import hint
from willay.events.cli.output import on_terminal, say
from willay.events.cli.preview_card import place_in_words
from willay.events.cli.prompts import ask_whether_same, read_counts
from willay.events.cli.questions import INTRODUCTION
from willay.events.cli.suggestions import suggestions
from willay.events.cli.unfinished import Notebook, Unfinished, new_notebook, read_unfinished, unfinished_files
from willay.events.model.entry import Citation
from willay.events.model.errors import DraftError, Fault, NotFoundError, RefusedError
from willay.geo.errors import GeoError
from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.events.model.drafts import Bundle, SourceDraft


LATER_S: Final = 0.3
"""How long after the start what is needed last is loaded, seconds: the first question comes before it."""


def converse(
    words: dict[str, Any],
    entry: Entry,
    *,
    resume: Path | None = None,
    dry_run: bool,
    ask: bool,
    ask_rest: bool = False,
) -> None:
    """Ask for what the options do not give, and save the incident.

    A fault that is found late leads back to its question. Whatever ends the dialogue before the incident is saved, the
    answers are in a file next to the database.

    Args:
        words: The options, by name; None or empty where not given.
        entry: Where it is entered.
        resume: The file of the unfinished incident to continue.
        dry_run: Save nothing.
        ask: Ask before saving.
        ask_rest: Ask all usual questions that the options leave, also where these would do.

    Raises:
        RefusedError: There is no terminal.
    """
    need_terminal()
    content, notebook = _begun(words, entry.db, resume)
    dialogue = _dialogue(content, notebook, entry)
    waiting = Timer(LATER_S, _load)
    waiting.daemon = True
    waiting.start()
    try:
        dialogue.check_given()
        _settle_places(content, dialogue.answered(), entry)
        if ask_rest or content.answers or not (content.words.get("title") and content.words.get("type")):
            say(tr(INTRODUCTION))
            dialogue.recall()
            dialogue.run()
        saved = _to_the_end(dialogue, entry, dry_run=dry_run, ask=ask)
    except typer.Abort:
        say("")
        offer_to_save(notebook, entry.db)
        raise stop() from None
    except Exception:
        offer_to_save(notebook, entry.db, ask_first=False)
        raise
    finally:
        waiting.cancel()
    if saved:
        notebook.forget()
    else:
        offer_to_save(notebook, entry.db, ask_first=not dry_run)


def need_terminal() -> None:
    """Check that questions can be asked.

    Raises:
        RefusedError: They cannot.
    """
    if not on_terminal():
        raise RefusedError(
            tr(
                "Questions can be asked only on a terminal. Run this command on a terminal, or describe the incident "
                "with options."
            )
        )


def _load() -> None:
    """Load, while the first answer is typed, what the last questions need."""
    import geopandas  # noqa: F401

    import willay.events.frame.membership
    import willay.events.store.write.writer  # noqa: F401


def latest_unfinished(db: Path) -> Path:
    """Return the file of the latest unfinished incident next to a database.

    Raises:
        RefusedError: There is no terminal to continue it on.
        NotFoundError: There is none.
    """
    need_terminal()
    there = unfinished_files(db)
    if not there:
        raise NotFoundError(
            tr("No unfinished incident was found next to {db}. To start one: {add}", db=db, add=hint("add", db=db))
        )
    if len(there) > 1:
        others = ", ".join(path.name for path in there[:-1])
        say(tr("{file} is being continued. Other unfinished incidents: {others}.", file=there[-1].name, others=others))
    return there[-1]


def _begun(words: dict[str, Any], db: Path, resume: Path | None) -> tuple[Unfinished, Notebook]:
    """Return the answers to start from, and the file in which they are saved."""
    if resume is None:
        if there := unfinished_files(db):
            found, again = many(len(there), "unfinished incident"), hint("add", "--resume", db=db)
            say(tr("Saved answers found: {found}. To continue with the latest: {again}", found=found, again=again))
        return Unfinished(words=words), new_notebook(db)
    content = read_unfinished(resume)
    given = {name: value for name, value in words.items() if value not in (None, [], "draft")}
    for name in given:  # what is said now holds, and not what was answered then
        content.answers.pop(name, None)
        content.meanings.pop(name, None)
    return Unfinished({**words, **content.words, **given}, content.answers, content.meanings), Notebook(resume)


def _dialogue(content: Unfinished, notebook: Notebook, entry: Entry) -> Dialogue:
    def place(text: str) -> list[dict[str, Any]]:
        found = settle(text, dialogue.answered(), entry, asks=True)
        say(tr("  = {place}", place=place_in_words(found, entry.store.regions.known_country)))
        return [found.model_dump(exclude_none=True)]

    def source(text: str) -> dict[str, str]:
        told = dialogue.voices()[0]
        cited = ask_whether_same(cite(text, entry, told.kind, told.published))
        return {"key": cited.key} if cited.recorded else {}

    read = {
        "days": lambda text: settle_days(text, entry),
        "places": place,
        "source": source,
        "published": lambda text: {"day": entry.partial_day(text)},
        "claims": read_counts,
        "actors": lambda text: settle_parties(text, entry),
    }
    dialogue = Dialogue(content, notebook, read, suggestions(entry), entry.store.regions.known_country())
    return dialogue


def _settle_places(content: Unfinished, told: dict[str, Any], entry: Entry) -> None:
    """Resolve the places given as options once, to avoid asking twice about the same place."""
    if content.words.get("places") and "places" not in content.meanings:
        content.meanings["places"] = [
            settle(text, told, entry).model_dump(exclude_none=True) for text in content.words["places"]
        ]


def _to_the_end(dialogue: Dialogue, entry: Entry, *, dry_run: bool, ask: bool) -> bool:
    """Show the incident and correct it until the person saves or stops; return whether it was saved."""
    while True:
        try:
            bundle, cited = _bundle(dialogue, entry)
            questions = [name for told in dialogue.voices() for _, name in told.claims]
            lines = show_understood(bundle, entry, cited, questions if ask and not dry_run else None)
            if dry_run:
                say(tr("Nothing saved (--dry-run)."))
                return False
            wanted = wants_to_save(lines) if ask else True
            if isinstance(wanted, str):
                dialogue.change(wanted)
                continue
            if not wanted:
                say(tr("Nothing saved."))
                return False
            entry.save(bundle)
        except BackError:
            dialogue.back()
        except (DataError, GeoError) as error:
            dialogue.again(Fault("places", str(error)))
        except DraftError as error:
            for fault in error.faults[:-1]:
                say(f"  {fault}")
            dialogue.again(error.faults[-1])
        else:
            return True


def _bundle(dialogue: Dialogue, entry: Entry) -> tuple[Bundle, Sequence[Citation]]:
    told, meanings = dialogue.answered(), dialogue.content.meanings
    voices = []
    new: dict[str, SourceDraft] = {}
    for number, one in enumerate(dialogue.voices(), 1):
        cited = None
        if one.source:
            known = meanings.get("source" if number == 1 else f"source#{number}", {}).get("key")
            recorded = entry.store.registers.source(known) if known else None
            if recorded:
                cited = Citation(recorded.key, recorded=recorded)
            else:
                cited = cite(one.source, entry, one.kind, one.published, new)
            if cited.new:
                new[cited.key] = cited.new
        voices.append(Voice(cited, [claim for claim, _ in one.claims]))
    when = meanings.get("days") or given_days(told, entry)
    parties = meanings.get("actors") if dialogue.content.answers.get("actors") else None
    bundle = composed(told | when | {"places": None}, entry, meanings.get("places", []), voices, parties)
    return bundle, [one.cited for one in voices if one.cited]
