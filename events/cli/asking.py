"""Questions on a terminal, and telling a person what was understood before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

from willay.data.codebook import codebook
from willay.data.errors import AmbiguousPlaceError, DataError, UnknownPlaceError, UnknownTermError
from willay.events.cli.talk import ask, console, on_terminal, say, shown
from willay.events.errors import EventsError
from willay.events.values import Count, DaySpan, local
from willay.geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.data.gazetteer import PlaceCandidate
    from willay.events.drafts import Bundle, IncidentDraft, PlaceDraft
    from willay.events.store import Preview


def ask_for_missing(words: dict[str, Any], lang: str, settle: Callable[[str], PlaceDraft]) -> dict[str, Any]:
    """Ask for what the flags did not say; Enter alone leaves an optional answer out.

    Args:
        words: The options of `willay add`, by name; None or empty where not given.
        lang: Language of the codebook's labels.
        settle: Makes a place of a text, asking again where it is ambiguous or unknown.
    """
    told = dict(words)
    asked = not (told["title"] and told["type"])
    told["title"] = told["title"] or _ask("What happened? (one line)")
    if not told["type"]:
        say("Types: " + ", ".join(term.code for term in codebook().subtypes))
        told["type"] = _ask("Type", check=lambda text: codebook().type_of(text))
    if not asked:
        return told
    told["days"] = told["days"] or _ask(
        "When? (2012-04-09, 2012-04-09/2012-04-14, 2012-04; Enter = unknown)", DaySpan.parse
    )
    if not told["places"]:
        where = _ask("Where? (name, “name, department”, or lon,lat; Enter = unknown)")
        told["places"] = [settle(where)] if where else []
    if not told["claims"]:
        told["claims"] = _ask_counts(lang)
    if told["claims"] and not told["source"]:
        told["source"] = _ask("Who says so? (web address, title, or source key)", needed=True)
    if told["source"] and not told["source_kind"] and not told["source"].islower():
        kinds = ", ".join(kind.code for kind in codebook().source_kinds)
        told["source_kind"] = _ask(f"What kind of source? ({kinds})", codebook().source_kinds.find, default="press")
    return told


def _ask_counts(lang: str) -> list[str]:
    claims = []
    for measure in ("killed", "injured"):
        label = codebook().measures[measure].label(lang)
        count = _ask(f"How many {label}? (3, 2-4, 30+; Enter = not stated)", Count.parse)
        if count:
            claims.append(f"{measure}={count}")
    return claims


def _ask(
    question: str, check: Callable[[str], object] | None = None, *, default: str = "", needed: bool | None = None
) -> str:
    """Ask until the answer can be read. An answer is needed where there is no default and nothing says Enter."""
    must = ("Enter =" not in question and not default) if needed is None else needed
    while True:
        answer = ask(question, default=default).strip()
        if not answer and must:
            say("  An answer is needed here.")
            continue
        try:
            if answer and check:
                check(answer)
        except UnknownTermError as error:
            say(f"  No {error.term} is called so." + (f" Did you mean {error.nearest}?" if error.nearest else ""))
            continue
        except (EventsError, DataError) as error:
            say(f"  {error}")
            continue
        return answer


def ask_which_place(
    text: str, read: Callable[[str], PlaceDraft], take: Callable[[PlaceCandidate], PlaceDraft]
) -> PlaceDraft:
    """Read a place, and let a person choose where the name is ambiguous or unknown.

    Args:
        text: What was typed.
        read: Makes a place of a text.
        take: Makes a place of a candidate that the person chose.

    Raises:
        AmbiguousPlaceError: Several places have the name, and nobody can be asked.
        UnknownPlaceError: No place has it, and nobody can be asked.
    """
    while True:
        try:
            return read(text)
        except AmbiguousPlaceError as error:
            if not on_terminal():
                raise
            chosen = _choose(error)
            if not isinstance(chosen, str):
                return take(chosen)
            text = chosen
        except (UnknownPlaceError, EventsError, GeoError) as error:
            if not on_terminal():
                raise
            say(f"  {error}")
            text = _ask("Where? (another name, or NAME @ lon,lat)", needed=True)


def _choose(error: AmbiguousPlaceError) -> PlaceCandidate | str:
    """Return the candidate that a person picks by its number, or another name they type."""
    for number, candidate in enumerate(error.candidates, 1):
        inside = ", ".join(name for name in (candidate.province, candidate.department) if name)
        say(f"  {number}. {candidate.name}, {inside} ({candidate.lon:.4f}, {candidate.lat:.4f})")
    picked = _ask(f"Which one? (1–{len(error.candidates)}, or another name)", needed=True)
    if picked.isdigit() and 1 <= int(picked) <= len(error.candidates):
        return error.candidates[int(picked) - 1]
    return picked


def understood(incident: IncidentDraft, preview: Preview, bundle: Bundle, lang: str) -> None:
    """Tell what was understood and what was computed: days, department, zones, claims, source."""
    table = Table.grid(padding=(0, 2))
    span = incident.span
    precision = codebook().date_precision[span.precision].label(lang) if span else ""
    rows = [
        ("What", f"{local(incident.title, lang)} · {incident.subtype or incident.type}"),
        ("When", f"{incident.days} ({precision}{_lasting(span)})" if span else "not known"),
        *(("Where", _placed(place)) for place in preview.places),
        *(("Who", f"{party.actor} · {party.role}") for party in incident.parties),
        *(("Claim", f"{c.measure} {c.count} · {c.group} · says {c.source}") for c in incident.claims),
        *(("New source", f"{s.key}: {s.publisher or s.title or ''} ({s.kind})") for s in bundle.sources),
    ]
    for name, value in rows:
        table.add_row(shown(name, "dim"), shown(value))
    console(stderr=True).print(table)


def _lasting(span: DaySpan) -> str:
    return f", {span.length_days} days" if span.length_days > 1 else ""


def _placed(place: Any) -> str:  # noqa: ANN401 — the store's PreviewPlace, which is not imported at run time
    inside = ", ".join(name for name in reversed(place.admin) if name)
    zones = "; in " + ", ".join(place.regions) if place.regions else "; in no region of the database"
    return f"{place.name} ({place.precision})" + (f" — {inside}" if inside else "") + zones
