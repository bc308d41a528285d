"""An incident that is being entered: what is known of it so far, and how it is completed, shown and saved."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from willay.events.cli.hints import hint
from willay.events.cli.options import bearings_in, who
from willay.events.cli.output import put, say
from willay.geo.translation import many

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.model.drafts import Bundle, IncidentDraft, PlaceDraft
    from willay.events.model.entry import Citation
    from willay.events.store import Store
    from willay.events.store.results import Added


@dataclass(frozen=True, slots=True)
class Entry:
    """The database and the person for whom incidents are entered.

    Attributes:
        store: The open database.
        db: Its file, as it was named.
        gazetteer: The file of another gazetteer, or None.
        lang: Language of labels.
        author: Who it is, as far as they were named.
        reason: Why.
    """

    store: Store
    db: Path
    gazetteer: Path | None
    lang: str
    author: str | None
    reason: str

    def save(self, bundle: Bundle) -> None:
        """Save a bundle, and report what was saved.

        Raises:
            DraftError: Something does not fit the database.
            RefusedError: No author is given, and there is no terminal to ask for one.
        """
        report_added(self.store.write.add(bundle, author=who(self.author), reason=self.reason), self.db)


def composed(
    told: dict[str, Any], entry: Entry, placed: list[dict[str, Any]] | None = None, cited: Citation | None = None
) -> Bundle:
    """Make a bundle of one incident from the options of the command and the answers.

    Args:
        told: The values, by option.
        entry: Where it is entered.
        placed: The places where they are settled already, as plain fields; None reads them from the words.
        cited: The source that was named, or None.

    Raises:
        DraftError: Something does not make a draft.
        DataError, GeoError: A place cannot be found or read.
    """
    from willay.events.model.entry import compose, read_party

    own = _country(told, entry)
    places = [settle(place, told, entry).model_dump(exclude_none=True) for place in told["places"] or []]
    names = ("title", "type", "days", "date_precision", "cases", "part_of", "summary", "tags", "status", "sensitivity")
    fields = {name: told.get(name) for name in names} | {"country": own}
    fields |= {"places": places if placed is None else placed}
    fields |= {"parties": [read_party(text) for text in told["actors"] or []]}
    return compose(fields, told["claims"], [cited.new] if cited and cited.new else [], cited.key if cited else None)


def _country(told: dict[str, Any], entry: Entry) -> str:
    """Return the country of the incident: the one named, else the database's own.

    Raises:
        DraftError: The country is unknown.
    """
    from willay.data.countries import known_country
    from willay.data.errors import UnknownTermError
    from willay.events.model.errors import DraftError, Fault

    try:
        return known_country(told["country"] or entry.store.country)
    except UnknownTermError as error:
        raise DraftError((Fault("country", str(error)),)) from None


def settle(text: str, told: dict[str, Any], entry: Entry) -> PlaceDraft:
    """Make a place of a text; where it is ambiguous or unknown, a person on a terminal is asked."""
    from willay.data.boundaries import country_box
    from willay.data.gazetteer import Gazetteer
    from willay.events.cli.prompts import ask_which_place
    from willay.events.model.entry import found_place, read_place

    own = _country(told, entry)
    names, box = Gazetteer.of_country(own, entry.gazetteer), country_box(own)
    known = {"country": own, "precision": told["precision"]}
    return ask_which_place(
        text,
        read=lambda asked: read_place(asked, gazetteer=names, box=box, **known),
        take=lambda candidate: found_place(candidate, **known),
    )


def settle_days(text: str, entry: Entry) -> dict[str, str | None]:
    """Return the days of a text as fields; a person chooses where they can be read in two ways, and sees the reading.

    Raises:
        DayError: They cannot be read.
        BackError: The person goes back to the question before.
    """
    from willay.events.cli.prompts import ask_which_days, echo_days
    from willay.events.model.entry import days_as_fields
    from willay.events.model.said_days import read_days

    found = bearings_in(entry.store)
    said = ask_which_days(text, lambda asked: read_days(asked, found))
    echo_days(said)
    return days_as_fields(said)


def given_days(told: dict[str, Any], entry: Entry) -> dict[str, str | None]:
    """Return the days that were given as an option as fields; nobody is asked.

    Raises:
        DraftError: They cannot be read, or can be read in two ways.
    """
    from willay.events.cli.prompts import say_left_out
    from willay.events.model.entry import days_as_fields
    from willay.events.model.errors import DayError, DraftError, Fault
    from willay.events.model.said_days import read_days

    if not told["days"]:
        return {}
    try:
        said = read_days(told["days"], bearings_in(entry.store))
    except DayError as error:
        raise DraftError((Fault("days", str(error)),)) from None
    say_left_out(said)
    return days_as_fields(said)


def cite(told: dict[str, Any], entry: Entry) -> Citation:
    """Return the source that a text names, recorded or new.

    Raises:
        DraftError: Its date cannot be read.
    """
    from willay.events.model.entry import read_partial_day, read_source
    from willay.events.model.errors import DayError, DraftError, Fault

    published = told["published"]
    try:
        published = published and read_partial_day(published, bearings_in(entry.store))
    except DayError as error:
        raise DraftError((Fault("source.published_on", str(error)),)) from None
    return read_source(told["source"], entry.store.registers.source, kind=told["source_kind"], published_on=published)


def show_understood(bundle: Bundle, entry: Entry, cited: Citation | None = None) -> None:
    """Show what was understood and computed, warnings, and possible duplicates.

    Raises:
        DraftError: Something does not fit the database.
    """
    from willay.events.cli.prompts import understood
    from willay.events.model.errors import DraftError

    preview = entry.store.write.preview_bundle(bundle)
    if parts := in_words({name: len(rows) for name, rows in bundle if name != "incidents"}):
        say(f"{'With' if bundle.incidents else 'Read:'} {parts}.")
    several = len(bundle.incidents) > 1
    if several:
        say(f"{many(len(bundle.incidents), 'incident')} read.")
    for incident, seen in zip(bundle.incidents, preview.incidents, strict=True):
        if not several:
            understood(incident, seen, bundle, entry.lang, cited)
        about = f"“{local_title(incident, entry.lang)}”: " if several else ""
        for warning in seen.warnings:
            say(f"Note: {about}{warning}")
    if preview.faults:
        raise DraftError(preview.faults)
    for seen in preview.incidents:
        for likely in seen.duplicates:
            say(f"Possible duplicate of {likely.code} {likely.days} “{likely.title}” ({likely.why}).")


def local_title(incident: IncidentDraft, lang: str) -> str:
    """Return an incident's title in a language."""
    from willay.events.model.values import local

    return local(incident.title, lang)


def in_words(numbers: Mapping[str, int]) -> str:
    """Return "1 source, 3 actors" of the numbers by the names of a bundle's lists; nothing for none."""
    return ", ".join(many(number, name.removesuffix("s")) for name, number in numbers.items() if number)


def report_added(added: Added, db: Path) -> None:
    """Report what was saved, and what to do next; codes go to standard output, one per line, for scripts."""
    codes = added.codes
    beside = {
        "sources": len(added.sources), "actors": len(added.actors), "cases": len(added.cases),
        "indicators": added.indicators,
    }  # fmt: skip
    if len(codes) == 1:
        say(f"Saved as {codes[0]}.")
        say(f"  See it:   {hint('show', codes[0], db=db)}")
        shown = ("map", "atlas", "map.html", "--status", "draft", "--status", "published")
        say(f"  Map it:   {hint(*shown, db=db)}")
        say("Maps, exports and releases include only published incidents, unless --status selects others.")
    elif parts := in_words({"incidents": len(codes), **beside}):
        say(f"Saved: {parts}" + (f"; {codes[0]} to {codes[-1]}." if codes else "."))
    else:
        say("No changes; nothing was recorded: the database already has all of this, in the same words.")
    if not sys.stdout.isatty():  # for scripts: a person has read the codes above
        for code in codes:
            put(code)
