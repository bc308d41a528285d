"""What a person types, made into drafts: `killed:police=23`, a place by its name, a source by its address.

The command line hands its words to these functions; a notebook or a form may do the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.model.counts import read_count
from willay.events.model.drafts import Bundle, IncidentDraft, SourceDraft, draft
from willay.events.model.errors import CountError, DayError, DraftError, Fault
from willay.events.model.fieldtypes import UNKNOWN_NUMBER
from willay.events.model.parsing import parsed
from willay.events.model.said_days import is_as_recorded, read_days
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from willay.events.model.said_days import Bearings, SaidDays
    from willay.events.model.voice_names import VoiceName

_CLAIM: Final = re.compile(r"(?P<measure>[^:=]+)(?::(?P<group>[^=]+))?=(?P<count>.+)")
_TAGGED: Final = re.compile(r"(?P<lang>[a-z]{2,3}):\s*(?P<text>\S.*)")
"""A text with the tag of its language before it."""

_KEY_LENGTH: Final = 48


def slug(text: str) -> str:
    """Return a text as a key: lower-case letters a–z, digits and single hyphens, at most 48 characters.

    Raises:
        DraftError: Nothing of the text remains.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_KEY_LENGTH].strip("-")
    if not key:
        message = tr("{text!r} has no letters a–z or digits from which to make a key. Give a key.", text=text[:80])
        raise DraftError.at("key", message)
    return key


def read_claim(text: str, source: str) -> dict[str, Any]:
    """Read `killed=3`, `killed:police=23` or `abducted:workers=25-30` as the fields of a claim.

    Args:
        text: Measure, group (everyone when left out) and count.
        source: The key of the source that says so.

    Raises:
        DraftError: The text has another form.
    """
    match = _CLAIM.fullmatch(text.strip())
    if not match:
        message = tr(
            "{text!r} is not a claim. Write a measure, a group if any, and a number: killed=3, killed:police=23, "
            "abducted:workers=25-30.",
            text=text[:80],
        )
        raise DraftError.at("claim", message)
    group = match["group"].strip() if match["group"] else "all"
    fields = {"measure": match["measure"].strip(), "group": group, "source": source}
    return {**fields, **counted(match["count"].strip())}


def read_voice(texts: Sequence[str]) -> VoiceName | None:
    """Read whom a source quotes: one text, or one for each language, as `es:Defensoría del Pueblo`.

    Args:
        texts: What was typed; without any there is no voice.

    Raises:
        DraftError: There are several texts, and two are of one language or one has none.
    """
    read = [_TAGGED.fullmatch(text.strip()) for text in texts]
    if len(texts) == 1 and read[0] is None:
        return texts[0]
    tagged = {found["lang"]: found["text"] for found in read if found}
    if len(tagged) != len(texts):
        message = tr(
            "{name!r} is not the name of a voice. Write one name, or one for each language: es:Defensoría del Pueblo "
            "and en:Ombudsman's Office.",
            name="; ".join(texts)[:80],
        )
        raise DraftError.at("attributed_to", message)
    return tagged or None


def read_said_claim(text: str) -> str:
    """Return a count as `read_claim` takes it: `3 policías heridos`, `heridos: 3`, `injured:police=3`.

    Raises:
        DraftError: What is counted is not in it.

    Example:
        >>> from willay.events.model.entry import read_said_claim
        >>> read_said_claim("3 policías heridos"), read_said_claim("más de 20 detenidos")
        ('injured:police=3', 'detained=más de 20')
    """
    if "=" in text:
        return text
    words = headers().words
    rest = folded(text).replace(":", " ").split()
    found: dict[str, str] = {}
    for part in ("measure", "group"):
        for name in sorted(words[part], key=len, reverse=True):
            if (at := _position(name.split(), rest)) is not None:
                found[part] = words[part][name]
                del rest[at : at + len(name.split())]
                break
    count = re.sub(r"^(?:de |of )|(?: de| of)$", "", " ".join(rest))
    if "measure" not in found or not count:
        how = tr("Write a number and what is counted: “3 police injured”, “more than 20 detained”, injured:police=3.")
        raise DraftError.at("claims", tr("{text!r} is not a count. {how}", text=text[:80], how=how))
    group = f":{found['group']}" if "group" in found else ""
    return f"{found['measure']}{group}={_as_typed(count, text)}"


def _position(name: Sequence[str], words: Sequence[str]) -> int | None:
    """Return where words of a name begin among others, in the singular or the plural; None where they do not."""
    asked, given = ([re.sub(r"(?<=\w{3})e?s$", "", word) for word in each] for each in (name, words))
    places = range(len(given) - len(asked) + 1)
    return next((place for place in places if given[place : place + len(asked)] == asked), None)


def _as_typed(count: str, text: str) -> str:
    """Return the words of a count with the accents that they were typed with."""
    start = folded(text).find(count)
    return text.strip()[start : start + len(count)] if start >= 0 and len(folded(text)) == len(text.strip()) else count


def counted(text: str) -> dict[str, str]:
    """Return a count as a claim takes it: `varios` is a number that no source gives, and the word is a note."""
    try:
        vague = read_count(text).vague
    except CountError:
        vague = False  # the claim states what is wrong, and where
    return {"count": UNKNOWN_NUMBER, "note": text} if vague else {"count": text}


@dataclass(frozen=True, slots=True)
class Citation:
    """The source that somebody names.

    Attributes:
        key: The key that claims cite it by.
        new: Its draft, where it is not recorded yet; else None.
        recorded: The recorded source that is meant, where there is one.
        like: A recorded source of the same title that is not taken for it: two documents may be called alike.
    """

    key: str
    new: SourceDraft | None = None
    recorded: SourceDraft | None = None
    like: SourceDraft | None = None


def read_source(
    text: str, find: Callable[[str], SourceDraft | None] = lambda _: None, **fields: str | None
) -> Citation:
    """Read a source as a person names it: the key of a recorded one, a web address, or words that cite it.

    The same key or the same address is the same document. The same words are it only where the date is the same, too:
    two phone calls, both called “phone call”, are two sources, unless one is asked for by its key.

    Args:
        text: What was typed.
        find: Returns the recorded source with a key, or None.
        **fields: Further fields of a new source, such as `kind` or `published_on`; None is left out.

    Raises:
        DraftError: The fields do not make a source.
    """
    asked = text.strip()
    if recorded := find(asked):
        return Citation(recorded.key, recorded=recorded)
    given = {name: value for name, value in fields.items() if value is not None}
    if asked.startswith(("http://", "https://")):
        found = {"key": _address_key(asked), "url": asked, "publisher": urlsplit(asked).hostname, **given}
        recorded = find(str(found["key"]))
        return Citation(recorded.key, recorded=recorded) if recorded else _new_source(found)
    named = slug(asked)
    like = None
    for key in chain([named], (f"{named[: _KEY_LENGTH - 4].rstrip('-')}-{number}" for number in count(2))):
        recorded = find(key)
        if recorded is None:
            return replace(_new_source({"key": key, "title": asked, **given}), like=like)
        if _is_same_document(recorded, asked, given):
            return Citation(key, recorded=recorded)
        like = like or recorded
    raise AssertionError("unreachable: keys do not run out")


def _new_source(fields: Mapping[str, str | None]) -> Citation:
    source = draft(SourceDraft, {"kind": "other", **fields}, "source")
    return Citation(source.key, new=source)


def _is_same_document(recorded: SourceDraft, title: str, given: Mapping[str, str]) -> bool:
    """Return whether a recorded source is the dated document of a title: of the same day, and of no other kind."""
    dated = given.get("published_on")
    same_kind = "kind" not in given or codebook().source_kinds.find(given["kind"]).code == recorded.kind
    return dated is not None and (recorded.title, recorded.published_on, same_kind) == (title, dated, True)


def _address_key(url: str) -> str:
    """Name a source by its host and the end of its address, with a short digest so that no two share a key."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    words = slug(f"{host} {parts.path.rstrip('/').rsplit('/', 1)[-1]}"[:_KEY_LENGTH])[: _KEY_LENGTH - 7]
    return f"{words.strip('-')}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def compose(
    fields: Mapping[str, Any],
    claims: Sequence[str],
    sources: Sequence[SourceDraft],
    key: str | None,
    others: Sequence[tuple[str, Sequence[str]]] = (),
) -> Bundle:
    """Make a bundle of one incident from the words of a command line.

    Args:
        fields: The incident's fields, as `IncidentDraft` takes them; None is left out.
        claims: Claims as `read_claim` reads them.
        sources: Drafts of new sources.
        key: The key of the source that the claims rest on.
        others: The keys of further sources, each with its own claims.

    Raises:
        DraftError: Something does not fit, or claims were given without a source.
    """
    if claims and key is None:
        raise without_source(claims[0])
    said = [read_claim(text, key or "") for text in claims]
    said += [read_claim(text, other) for other, theirs in others for text in theirs]
    cited = list(dict.fromkeys([*([key] if key else []), *(other for other, _ in others)]))
    given = {name: value for name, value in fields.items() if value not in (None, (), [])}
    incident = draft(IncidentDraft, {**given, "claims": said, "sources": cited})
    return Bundle(sources=tuple(sources), incidents=(incident,))


def without_source(claim: str) -> DraftError:
    """Return the error about a claim of which nobody said whose it is."""
    message = tr(
        "{claim!r} has no source. Add --source with a web address, a title, or the key of a source (willay source "
        "list).",
        claim=claim,
    )
    return DraftError.at("claims", message)


def read_changes(texts: Iterable[str]) -> dict[str, Any]:
    """Read `FIELD=VALUE` pairs, each value as YAML: `title=Bloqueo`, `tags=[gas, camisea]`, `summary={es: …, en: …}`.

    Raises:
        DraftError: A text has no `=`, or its value is not YAML.
    """
    changes: dict[str, Any] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not equals:
            message = tr("{text!r} has no value. Write FIELD=VALUE, such as status=published.", text=text[:80])
            raise DraftError.at("set", message)
        # A value such as 2012-04 or 0809 is meant as it is typed; only lists and maps are YAML.
        written = value.strip() and value.lstrip()[:1] in "[{"
        changes[field.strip()] = parsed(value, field.strip()) if written else value
    return changes


def read_partial_day(text: str, bearings: Bearings) -> str | None:
    """Read one day, month or year as people say it; None where the text says that it is not known.

    Raises:
        AmbiguousDaysError: It can be read in two ways.
        DayError: It cannot be read, or is a span of days.
    """
    said = read_days(text, bearings)
    if said and ("/" in said.text or said.precision):
        told = {"text": text[:80]}
        message = tr("{text!r} is several days. Write one day, a month or a year: 2012-05-29, 2012-05, 2012.", **told)
        raise DayError(message)
    return said.text if said else None


@contextmanager
def fault_at(where: str) -> Iterator[None]:
    """Make a day that cannot be read the fault of a field.

    Raises:
        DraftError: It cannot be read, or can be read in two ways.
    """
    try:
        yield
    except DayError as error:
        raise DraftError.at(where, str(error)) from None


def days_as_fields(said: SaidDays | None) -> dict[str, str | None]:
    """Return days that were read as the fields of an incident; None for days that are not known."""
    return {"days": said.text if said else None, "date_precision": said.precision if said else None}


def read_documents(text: str, name: str, bearings: Bearings | None = None) -> Bundle:
    """Read a file of drafts, YAML or JSON: a bundle with its lists, one incident, or a list of incidents.

    Args:
        text: The file's content.
        name: Its name, for the messages.
        bearings: How its days are read where they are written in words; None takes them only as the record writes them.

    Raises:
        DraftError: The text is not YAML, or its content does not make a bundle; every fault is named.
    """
    document = parsed(text, name)
    if isinstance(document, list):
        document = {"incidents": document}
    elif isinstance(document, dict) and "title" in document and "type" in document:
        document = {"incidents": [document]}
    if not isinstance(document, dict):
        message = tr("Expected incidents, sources, actors, cases or indicators, but found none.")
        raise DraftError.at(name, message)
    if bearings and isinstance(document.get("incidents"), list):
        document = {**document, "incidents": [_with_days(incident, bearings) for incident in document["incidents"]]}
    return draft(Bundle, document, name)


def _with_days(incident: Any, bearings: Bearings) -> Any:  # noqa: ANN401 — plain values of any shape
    """Return an incident of a file with its days as the record writes them; what cannot be read is left as it is."""
    days = incident.get("days") if isinstance(incident, dict) else None
    if not isinstance(days, str) or is_as_recorded(days):
        return incident
    try:
        read = days_as_fields(read_days(days, bearings))
    except DayError:
        return incident  # the draft states what is wrong
    return read | {name: value for name, value in incident.items() if name != "days"}


def joined(parts: Sequence[tuple[str, Bundle]]) -> Bundle:
    """Return the bundle of several files' content, each with its name."""
    return Bundle(
        **{name: tuple(row for _, part in parts for row in getattr(part, name)) for name in Bundle.model_fields}
    )


def in_files(faults: Iterable[Fault], parts: Sequence[tuple[str, Bundle]]) -> tuple[Fault, ...]:
    """Return the faults of a joined bundle with the file of each, and its place there: `1983.yaml: incidents[2].days`.

    Args:
        faults: What is wrong with the joined bundle.
        parts: The files' content, as it was joined.
    """
    return tuple(replace(fault, where=_in_file(fault.where, parts)) for fault in faults)


def _in_file(where: str, parts: Sequence[tuple[str, Bundle]]) -> str:
    found = re.match(r"(\w+)\[(\d+)\]", where)
    if found is None or found[1] not in Bundle.model_fields:
        return where
    number = int(found[2])
    for name, part in parts:
        rows = len(getattr(part, found[1]))
        if number < rows:
            return f"{name}: {found[1]}[{number}]{where[found.end() :]}"
        number -= rows
    return where


def read_party(text: str) -> dict[str, str]:
    """Read `ACTOR` or `ACTOR=ROLE` as the fields of a party; without a role the actor was present."""
    actor, _, role = text.partition("=")
    return {"actor": actor.strip(), "role": role.strip() or "present"}
