"""Adding an incident by questions: ask, show, correct, save now or continue later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from willay.data.errors import DataError
from willay.events.cli.dialogue import BackError, Dialogue, offer_to_save, stop, wants_to_save
from willay.events.cli.entering import Entry, cite, composed, given_days, settle, settle_days, show_understood
from willay.events.cli.hints import hint
from willay.events.cli.output import on_terminal, say
from willay.events.cli.prompts import ask_whether_same
from willay.events.cli.questions import INTRODUCTION
from willay.events.cli.unfinished import Notebook, Unfinished, new_notebook, read_unfinished, unfinished_files
from willay.events.model.entry import Citation
from willay.events.model.errors import DraftError, Fault, NotFoundError, RefusedError
from willay.geo.errors import GeoError
from willay.geo.translation import many

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.drafts import Bundle


def converse(words: dict[str, Any], entry: Entry, *, resume: bool, dry_run: bool, ask: bool) -> None:
    """Ask for what the options do not give, and save the incident.

    A fault that is found late leads back to its question. Whatever ends the dialogue before the incident is saved, the
    answers are in a file next to the database.

    Args:
        words: The options, by name; None or empty where not given.
        entry: Where it is entered.
        resume: Continue the latest unfinished incident.
        dry_run: Save nothing.
        ask: Ask before saving.

    Raises:
        NotFoundError: There is no unfinished incident.
        RefusedError: There is no terminal.
    """
    if not on_terminal():
        raise RefusedError(
            "Questions can be asked only on a terminal. Run this command on a terminal, or describe "
            "the incident with options."
        )
    content, notebook = _begun(words, entry.db, resume=resume)
    dialogue = _dialogue(content, notebook, entry)
    try:
        dialogue.check_given()
        _settle_places(content, dialogue.answered(), entry)
        asked = content.answers or not (content.words.get("title") and content.words.get("type"))
        if asked:
            say(INTRODUCTION)
            dialogue.run()
        saved = _to_the_end(dialogue, entry, dry_run=dry_run, ask=ask)
    except typer.Abort:
        say("")
        offer_to_save(notebook, entry.db)
        raise stop() from None
    except Exception:
        offer_to_save(notebook, entry.db, ask_first=False)
        raise
    if saved:
        notebook.forget()
    else:
        offer_to_save(notebook, entry.db, ask_first=not dry_run)


def _begun(words: dict[str, Any], db: Path, *, resume: bool) -> tuple[Unfinished, Notebook]:
    """Return the answers to start from, and the file in which they are saved."""
    there = unfinished_files(db)
    if not resume:
        if there:
            say(
                f"Saved answers found: {many(len(there), 'unfinished incident')}. To continue with the latest: "
                f"{hint('add', '--resume', db=db)}"
            )
        return Unfinished(words=words), new_notebook(db)
    if not there:
        raise NotFoundError(f"No unfinished incident was found next to {db}. To start one: {hint('add', db=db)}")
    content = read_unfinished(there[-1])
    given = {name: value for name, value in words.items() if value not in (None, [], "draft")}
    for name in given:  # what is said now holds, and not what was answered then
        content.answers.pop(name, None)
        content.meanings.pop(name, None)
    if len(there) > 1:
        say(
            f"{there[-1].name} is being continued. Other unfinished incidents: "
            f"{', '.join(path.name for path in there[:-1])}."
        )
    return Unfinished({**words, **content.words, **given}, content.answers, content.meanings), Notebook(there[-1])


def _dialogue(content: Unfinished, notebook: Notebook, entry: Entry) -> Dialogue:
    def place(text: str) -> list[dict[str, Any]]:
        return [settle(text, dialogue.answered(), entry).model_dump(exclude_none=True)]

    def source(text: str) -> dict[str, str]:
        cited = ask_whether_same(cite({**dialogue.answered(), "source": text}, entry))
        return {"key": cited.key} if cited.recorded else {}

    def days(text: str) -> dict[str, str | None]:
        return settle_days(text, entry)

    dialogue = Dialogue(content, notebook, entry.lang, {"days": days, "places": place, "source": source})
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
            show_understood(bundle, entry, cited)
            if dry_run:
                say("Nothing saved (--dry-run).")
                return False
            if ask and not wants_to_save():
                say("Nothing saved.")
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


def _bundle(dialogue: Dialogue, entry: Entry) -> tuple[Bundle, Citation | None]:
    told, meanings = dialogue.answered(), dialogue.content.meanings
    cited = None
    if told["source"]:
        known = meanings.get("source", {}).get("key")
        recorded = entry.store.registers.source(known) if known else None
        cited = Citation(recorded.key, recorded=recorded) if recorded else cite(told, entry)
    when = meanings.get("days") or given_days(told, entry)
    return composed(told | when | {"places": None}, entry, meanings.get("places", []), cited), cited
