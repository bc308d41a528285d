"""An incident that is being entered: what is known of it so far, and how it is completed, shown and saved."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from willay.events.cli.hints import hint
from willay.events.cli.options import bearings_in, who
from willay.events.cli.output import put, say
from willay.geo.translation import language, many, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from willay.data.gazetteer import Gazetteer
    from willay.events.model.drafts import Bundle, IncidentDraft, PlaceDraft, SourceDraft
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
        packs: Finds the file of the pack that the database has of a country.
    """

    store: Store
    db: Path
    gazetteer: Path | None
    lang: str
    author: str | None
    reason: str
    packs: Callable[[str], Path | None] = lambda _: None

    def places(self, country: str) -> Gazetteer:
        """Return the places of a country: of the gazetteer that was named, the database's pack, or what ships."""
        from willay.data.gazetteer import Gazetteer

        return Gazetteer.of_country(country, self.gazetteer or self.packs(country))

    def zones(self) -> dict[str, tuple[str, str]]:
        """Return the regions without limits of time, except units: of each name, folded, `set/key` and name."""
        from willay.events.front.placing import zones_of

        return zones_of(self.store)

    def region_names(self) -> dict[tuple[str, str], str]:
        """Return the names of regions in the language of now, by set and key."""
        regions = self.store.regions.select(lang=language(), profile=None)
        return {
            (str(set_name), str(key)): str(name)
            for set_name, key, name in zip(regions["set"], regions["key"], regions["name"], strict=True)
        }

    def actor_names(self) -> dict[str, str]:
        """Return the names of actors in the language of now, by key."""
        from willay.events.model.values import local

        return {actor.key: local(actor.name, language()) for actor in self.store.registers.actors()}

    def doubts(self, place: PlaceDraft) -> list[str]:
        """Return what a careful person should look at again in a place: a point outside the unit that it names."""
        from willay.events.frame.unitcheck import outside_units

        if place.lon is None or place.admin_code is None or place.gazetteer_id:
            return []
        regions = self.store.regions.select(profile=None)
        return [str(one) for one in outside_units([place.model_dump()], regions)]

    def partial_day(self, text: str | None) -> str | None:
        """Return a day, month or year as people say it as the record writes it; None for none.

        Raises:
            DraftError: It cannot be read.
        """
        from willay.events.model.entry import fault_at, read_partial_day

        with fault_at("source.published_on"):
            return read_partial_day(text, bearings_in(self.store)) if text else None

    def save(self, bundle: Bundle) -> None:
        """Save a bundle, and report what was saved.

        Raises:
            DraftError: Something does not fit the database.
            RefusedError: No author is given, and there is no terminal to ask for one.
        """
        report_added(self.store.write.add(bundle, author=who(self.author), reason=self.reason), self.db)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source states: the source, and its claims as options give them."""

    cited: Citation | None
    claims: Sequence[str] = ()


def composed(
    told: dict[str, Any],
    entry: Entry,
    placed: list[dict[str, Any]] | None = None,
    voices: Sequence[Voice] = (),
    parties: Mapping[str, list[dict[str, Any]]] | None = None,
) -> Bundle:
    """Make a bundle of one incident from the options of the command and the answers.

    Args:
        told: The values, by option.
        entry: Where it is entered.
        placed: The places where they are settled already, as plain fields; None reads them from the words.
        voices: What each source states; the first may be nobody's, without claims.
        parties: Who took part, as `settle_parties` returns it; None reads it from the words.

    Raises:
        DraftError: Something does not make a draft.
        DataError, GeoError: A place cannot be found or read.
    """
    from willay.events.model.drafts import ActorDraft, draft
    from willay.events.model.entry import compose, read_party

    own = country_of(told, entry)
    if placed is None:
        placed = [settle(place, told, entry).model_dump(exclude_none=True) for place in told["places"] or []]
    names = (
        "title", "type", "days", "date_precision", "cases", "part_of", "summary", "tags", "status", "sensitivity",
        "confidence",
    )  # fmt: skip
    fields = {name: told.get(name) for name in names} | {"country": own, "places": placed}
    fields |= {"parties": parties["parties"] if parties else [read_party(text) for text in told["actors"] or []]}
    first, *others = voices or [Voice(None)]
    new = [voice.cited.new for voice in voices if voice.cited and voice.cited.new]
    said = [(voice.cited.key, voice.claims) for voice in others if voice.cited]
    bundle = compose(fields, first.claims, new, first.cited.key if first.cited else None, said)
    actors = tuple(draft(ActorDraft, one, "actors") for one in (parties or {}).get("new", ()))
    return bundle.model_copy(update={"actors": actors}) if actors else bundle


def country_of(told: dict[str, Any], entry: Entry) -> str:
    """Return the country of the incident: the one named, else the database's own.

    Raises:
        DraftError: The country is unknown.
    """
    from willay.data.countries import known_country
    from willay.data.errors import UnknownTermError
    from willay.events.model.errors import DraftError

    try:
        return known_country(told["country"] or entry.store.country)
    except UnknownTermError as error:
        raise DraftError.at("country", str(error)) from None


def settle(text: str, told: dict[str, Any], entry: Entry, *, asks: bool = False) -> PlaceDraft:
    """Make a place of a text; where it is ambiguous or unknown, a person on a terminal is asked.

    Args:
        text: What was typed.
        told: What is known of the incident besides.
        entry: Where it is entered.
        asks: Ask a person also about what could be a slip: latitude before longitude, a point outside the unit named.

    Raises:
        BackError: The person goes back to the question before.
        DataError, GeoError: It cannot be read, and there is no terminal to ask.
    """
    from willay.data.boundaries import country_box
    from willay.events.cli.prompts import ask_which_place
    from willay.events.model.place_entry import found_place, read_place

    own = country_of(told, entry)
    names, box = entry.places(own), country_box(own)
    known = {"country": own, "precision": told["precision"]}
    return ask_which_place(
        text,
        read=lambda asked: read_place(asked, gazetteer=names, box=box, zones=entry.zones, **known),
        take=lambda candidate: found_place(candidate, **known),
        doubts=entry.doubts if asks else None,
    )


def settle_days(text: str, entry: Entry) -> dict[str, str | None]:
    """Return the days of a text as fields; a person chooses where they can be read in two ways, and sees the reading.

    Raises:
        DayError: They cannot be read.
        BackError: The person goes back to the question before.
    """
    from willay.events.cli.prompts import ask_whether_all, ask_which_days, echo_days
    from willay.events.model.entry import days_as_fields
    from willay.events.model.said_days import read_days

    found = bearings_in(entry.store)
    said = ask_which_days(text, lambda asked: read_days(asked, found))
    echo_days(said)
    return days_as_fields(ask_whether_all(said))


def given_days(told: dict[str, Any], entry: Entry) -> dict[str, str | None]:
    """Return the days that were given as an option as fields; nobody is asked.

    Raises:
        DraftError: They cannot be read, or can be read in two ways.
    """
    from willay.events.cli.prompts import say_left_out
    from willay.events.model.entry import days_as_fields, fault_at
    from willay.events.model.said_days import read_days

    if not told["days"]:
        return {}
    with fault_at("days"):
        said = read_days(told["days"], bearings_in(entry.store))
    say_left_out(said)
    stated = {"date_precision": told["date_precision"]} if told.get("date_precision") else {}
    return days_as_fields(said) | stated


def cite(
    text: str,
    entry: Entry,
    kind: str | None = None,
    published: str | None = None,
    new: Mapping[str, SourceDraft] | None = None,
) -> Citation:
    """Return the source that a text names, recorded or new.

    Args:
        text: What was typed.
        entry: Where it is cited.
        kind: The kind of a new source.
        published: Its date, as people say it.
        new: New sources of the same incident, by key.

    Raises:
        DraftError: Its date cannot be read.
    """
    from willay.events.model.entry import read_source

    def find(key: str) -> SourceDraft | None:
        return (new or {}).get(key) or entry.store.registers.source(key)

    return read_source(text, find, kind=kind, published_on=entry.partial_day(published))


def settle_parties(text: str, entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """Return who took part, as plain fields, and the new actors among them; a person chooses and adds.

    Args:
        text: Actors, each with or without its role, separated by semicolons.
        entry: Where they are looked up.

    Raises:
        UnreadError: One is unknown, and is not to be added.
        BackError: The person goes back to the question before.
    """
    from willay.events.cli.participants import Participants

    known = Participants(entry.store.registers.actors())
    return known.settled([part.strip() for part in text.split(";") if part.strip()])


def show_understood(
    bundle: Bundle, entry: Entry, cited: Sequence[Citation] = (), questions: Sequence[str] | None = None
) -> list[str]:
    """Show what was understood and computed, warnings, and possible duplicates.

    Args:
        bundle: What would be saved.
        entry: Where.
        cited: The sources that were named.
        questions: The questions of the claims in their order, where lines are numbered to be changed; None numbers
            nothing.

    Returns:
        The question of each numbered line.

    Raises:
        DraftError: Something does not fit the database.
    """
    from willay.events.cli.preview_card import card_of, show_card
    from willay.events.model.errors import DraftError

    preview = entry.store.write.preview_bundle(bundle)
    several = len(bundle.incidents) > 1
    parts = in_words({name: len(rows) for name, rows in bundle if name != "incidents"})
    if parts and questions is None:
        say(tr("With {parts}.", parts=parts) if bundle.incidents else tr("Read: {parts}.", parts=parts))
    if several:
        say(tr("{incidents} read.", incidents=many(len(bundle.incidents), "incident")))
    shown: list[str] = []
    for incident, seen in zip(bundle.incidents, preview.incidents, strict=True):
        if not several:
            names = entry.region_names() if any(place.hits for place in seen.places) else {}
            actors = entry.actor_names() if incident.parties else {}
            lines = card_of(
                incident,
                seen,
                bundle,
                cited,
                questions=questions,
                regions=names,
                actors=actors,
                known=entry.store.regions.known_country,
            )
            shown = show_card(lines, numbered=questions is not None)
        for warning in seen.warnings:
            if several:
                title = local_title(incident, entry.lang)
                say(tr("Note: “{title}”: {warning}", title=title, warning=warning))
            else:
                say(tr("Note: {warning}", warning=warning))
    if preview.faults:
        raise DraftError(preview.faults)
    for seen in preview.incidents:
        for likely in seen.duplicates:
            told = {"code": likely.code, "days": likely.days, "title": likely.title, "why": likely.why}
            say(tr("Possible duplicate of {code} {days} “{title}” ({why}).", **told))
    return shown


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
        say(tr("Saved as {code}.", code=codes[0]))
        say(tr("  See it:   {show}", show=hint("show", codes[0], db=db)))
        shown = ("map", "atlas", "map.html", "--status", "draft", "--status", "published")
        say(tr("  Map it:   {map}", map=hint(*shown, db=db)))
        say(tr("Maps, exports and releases include only published incidents, unless --status selects others."))
    elif parts := in_words({"incidents": len(codes), **beside}):
        if codes:
            say(tr("Saved: {parts}; {first} to {last}.", parts=parts, first=codes[0], last=codes[-1]))
        else:
            say(tr("Saved: {parts}.", parts=parts))
    else:
        say(tr("No changes; nothing was recorded: the database already has all of this, in the same words."))
    if not sys.stdout.isatty():  # for scripts: a person has read the codes above
        for code in codes:
            put(code)
