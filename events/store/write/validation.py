"""Validated: from a bundle of drafts to states that fit the database, or to the list of all that does not fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from willay.data.countries import UNKNOWN
from willay.data.unit_codes import is_listed, units_of
from willay.data.zones import present_name
from willay.events.model.errors import Fault
from willay.events.store.record import lookups
from willay.events.store.record.register_rows import states_by_key
from willay.events.store.record.resolve import actor_names, did_you_mean, folded, nearest
from willay.events.store.record.states import State, entry_state, incident_state
from willay.events.store.schema.ids import RANDOM_BYTES, code_stem, numbered_code, uuid7
from willay.events.store.write.day_faults import future_faults
from willay.events.store.write.indicators import differs, new_indicators
from willay.events.store.write.outliers import stray_faults
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import Bundle, IncidentDraft


@dataclass(frozen=True)
class Setting:
    """What validation needs to know besides the database.

    Attributes:
        country: The database's country.
        policy: The database's figure policy.
        regions: All versions of regions.
        clock: Returns the present moment, aware.
        entropy: Returns a number of random bytes.
    """

    country: str
    policy: str
    regions: gpd.GeoDataFrame
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]


@dataclass
class Validated:
    """The states that a bundle becomes, and what is wrong with it."""

    sources: list[State] = field(default_factory=list)
    actors: list[State] = field(default_factory=list)
    cases: list[State] = field(default_factory=list)
    indicators: dict[str, State] = field(default_factory=dict)
    incidents: list[State] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def validate(connection: Connection, bundle: Bundle, setting: Setting) -> Validated:
    """Check a bundle against the database and make the states of what is new.

    The whole bundle is checked; the faults say where each is.
    """
    validated = Validated()
    bundle = bundle.at_home(setting.country)
    _take_keyed(connection, bundle, validated)
    known = Known.of(connection, bundle)
    _check_bundle_references(bundle, known, validated.faults)
    validated.indicators, faults = new_indicators(connection, bundle.indicators)
    validated.faults += faults
    for place, indicator in enumerate(bundle.indicators):
        validated.faults += area_faults(indicator.area, setting, f"indicators[{place}].area")
    validated.incidents = [
        incident_state(draft, uuid7(setting.clock(), setting.entropy(RANDOM_BYTES)), code)
        for draft, code in zip(bundle.incidents, new_codes(connection, [*map(stem_of, bundle.incidents)]), strict=True)
    ]
    known.add_incidents(bundle.incidents, validated.incidents, validated.faults)
    for place, (draft, state) in enumerate(zip(bundle.incidents, validated.incidents, strict=True)):
        validated.faults += fit(state, draft, known, setting, f"incidents[{place}]")
    validated.faults += stray_faults(
        validated.incidents, setting, [f"incidents[{n}]" for n in range(len(validated.incidents))]
    )
    return validated


def stem_of(draft: IncidentDraft) -> str:
    """Return the beginning of the code that a draft gets."""
    return code_stem(str(draft.country), str(span.first) if (span := draft.span) else None)


def new_codes(connection: Connection, stems: Sequence[str], wished: Sequence[str | None] = ()) -> list[str]:
    """Return a new code for each incident, numbered on from the highest of its country and year.

    Args:
        connection: Within a transaction.
        stems: How the code of each begins; see `stem_of`.
        wished: A code for each that it should have if that is free, or None; empty for none.
    """
    free = set(wished) - {None} - lookups.present(connection, "incident", (code for code in wished if code), "code")
    counters: dict[str, int] = {}
    codes = []
    for place, stem in enumerate(stems):
        code = wished[place] if wished else None
        if code in free:
            free.discard(code)
            codes.append(str(code))
            continue
        counters[stem] = counters.get(stem) or lookups.last_number(connection, stem)
        counters[stem] += 1
        while numbered_code(stem, counters[stem]) in wished:
            counters[stem] += 1
        codes.append(numbered_code(stem, counters[stem]))
    return codes


@dataclass
class Known:
    """The names that drafts may refer to: those of the database and those of the bundle."""

    connection: Connection
    sources: set[str]
    actors: dict[str, str]
    cases: set[str]
    incidents: dict[str, str]
    wholes: dict[str, str]
    new: set[str] = field(default_factory=set)
    """Codes that the bundle's incidents would get: nobody can have meant one."""

    @classmethod
    def of(cls, connection: Connection, bundle: Bundle) -> Known:
        """Look up what a bundle refers to."""
        return cls(
            connection,
            lookups.present(connection, "source", _cited(bundle)) | {source.key for source in bundle.sources},
            {**actor_names(connection), **_bundle_actors(bundle)},
            lookups.present(connection, "case_file", (key for draft in bundle.incidents for key in draft.cases))
            | {case.key for case in bundle.cases},
            lookups.codes_of(connection, (draft.part_of for draft in bundle.incidents if draft.part_of)),
            lookups.wholes(connection) if any(draft.part_of for draft in bundle.incidents) else {},
        )

    def taken_keys(self, drafts: Sequence[IncidentDraft]) -> dict[str, str]:
        """Return who has them of the keys of drafts that the database has, or that two of the drafts have."""
        keys = Counter(draft.key for draft in drafts if draft.key)
        twice = {key: tr("another incident of this file") for key, number in keys.items() if number > 1}
        stored = lookups.rows_by_key(self.connection, "incident", keys)
        return {**twice, **{key: str(row["code"]) for key, row in stored.items()}}

    def add_incidents(self, drafts: Sequence[IncidentDraft], states: Sequence[State], faults: list[Fault]) -> None:
        """Let parts name wholes of the same bundle; a key that is taken is a fault."""
        taken = self.taken_keys(drafts)
        for place, (draft, state) in enumerate(zip(drafts, states, strict=True)):
            if draft.key in taken:
                message = tr(
                    "The key {key!r} is taken by {taken}. Choose another, or edit that incident.",
                    key=draft.key,
                    taken=taken[draft.key],
                )
                faults.append(Fault(f"incidents[{place}].key", message))
            if draft.key:
                self.incidents[draft.key] = state["code"]
            self.incidents[state["code"]] = state["code"]
            self.new.add(state["code"])


def _cited(bundle: Bundle) -> set[str]:
    keys = {key for draft in bundle.incidents for key in draft.sources}
    keys |= {claim.source for draft in bundle.incidents for claim in draft.claims}
    keys |= {key for case in bundle.cases for key in case.sources}
    keys |= {key for case in bundle.cases for phase in case.phases for key in phase.cited}
    return keys | {indicator.source for indicator in bundle.indicators}


def _bundle_actors(bundle: Bundle) -> dict[str, str]:
    names = {folded(name): actor.key for actor in bundle.actors for name in (*actor.name.values(), *actor.aliases)}
    return {**names, **{folded(actor.key): actor.key for actor in bundle.actors}}


def _take_keyed(connection: Connection, bundle: Bundle, validated: Validated) -> None:
    """Make the states of sources, actors and cases that are new; the same ones again are passed over."""
    wanted: dict[str, list[State]] = {
        "sources": [entry_state(draft) for draft in bundle.sources],
        "actors": [entry_state(draft) for draft in bundle.actors],
        "cases": [entry_state(draft) for draft in bundle.cases],
    }
    for kind, states in wanted.items():
        there = states_by_key(connection, kind.removesuffix("s"), (state["key"] for state in states))
        for place, state in enumerate(states):
            same = there.setdefault(state["key"], state)
            if same is state:
                getattr(validated, kind).append(state)
            elif same != state:
                validated.faults.append(Fault(f"{kind}[{place}].key", differs(state["key"], state, same)))


def _check_bundle_references(bundle: Bundle, known: Known, faults: list[Fault]) -> None:
    for place, case in enumerate(bundle.cases):
        for n, key in enumerate(case.sources):
            faults += _source_fault(key, known, f"cases[{place}].sources[{n}]")
        for n, phase in enumerate(case.phases):
            faults += _source_fault(phase.source, known, f"cases[{place}].phases[{n}].source")
            for m, key in enumerate(phase.sources):
                faults += _source_fault(key, known, f"cases[{place}].phases[{n}].sources[{m}]")
    for place, indicator in enumerate(bundle.indicators):
        faults += _source_fault(indicator.source, known, f"indicators[{place}].source")
    for place, actor in enumerate(bundle.actors):
        if actor.part_of and folded(actor.part_of) not in known.actors:
            message = tr("Unknown actor {name!r}. Add it under actors in the same file.", name=actor.part_of[:80])
            faults.append(Fault(f"actors[{place}].part_of", message))
    faults += _shared_names(bundle, known)


def _shared_names(bundle: Bundle, known: Known) -> list[Fault]:
    """Find names that two actors of the bundle and the database go by: a party of that name would be either's."""
    stored = actor_names(known.connection) if bundle.actors else {}
    faults = []
    owners: dict[str, str] = dict(stored)
    for place, actor in enumerate(bundle.actors):
        for name in (actor.key, *actor.name.values(), *actor.aliases):
            owner = owners.setdefault(folded(name), actor.key)
            if owner != actor.key:
                message = tr(
                    "{name!r} is a name of the actor {owner!r} as well. Leave it out of one of the two.",
                    name=name[:80],
                    owner=owner,
                )
                faults.append(Fault(f"actors[{place}]", message))
    return faults


def _source_fault(key: str | None, known: Known, where: str) -> list[Fault]:
    if key is None or key in known.sources:
        return []
    like = nearest(key, {*known.sources, *lookups.all_keys(known.connection, "source")})
    message = tr(
        "No source has the key {key!r}.{like} Add it under sources in the same file, or with: willay source add.",
        key=key[:80],
        like=did_you_mean(like),
    )
    return [Fault(where, message)]


def fit(state: State, draft: IncidentDraft, known: Known, setting: Setting, where: str) -> list[Fault]:
    """Write actors by key and the whole by code into a state, and say what the database does not know."""
    faults: list[Fault] = []
    for n, key in enumerate(draft.sources):
        faults += _source_fault(key, known, f"{where}.sources[{n}]")
    for n, claim in enumerate(draft.claims):
        faults += _source_fault(claim.source, known, f"{where}.claims[{n}].source")
    for n, key in enumerate(draft.cases):
        if key not in known.cases:
            like = did_you_mean(nearest(key, {*known.cases, *lookups.all_keys(known.connection, "case_file")}))
            faults.append(
                Fault(
                    f"{where}.cases[{n}]",
                    tr("No case has the key {key!r}.{like} Add it first.", key=key[:80], like=like),
                )
            )
    for n, party in enumerate(state["draft"].get("parties", [])):
        actor = known.actors.get(folded(party["actor"]))
        if actor is None:
            faults.append(Fault(f"{where}.parties[{n}].actor", _no_actor(party["actor"], known)))
        party["actor"] = actor
    faults += _whole_faults(state, known, where)
    faults += _region_faults(draft, setting, where)
    faults += _admin_faults(draft, where)
    faults += _country_faults(draft, where)
    return faults + future_faults(draft, setting.clock(), where)


def _no_actor(name: str, known: Known) -> str:
    like = [known.actors[found] for found in nearest(folded(name), known.actors)]
    return tr(
        "Unknown actor {name!r}.{like} Use a key, name or alias of one, or add it under actors in the same file.",
        name=name[:80],
        like=did_you_mean(list(dict.fromkeys(like))),
    )


def _whole_faults(state: State, known: Known, where: str) -> list[Fault]:
    name = state["draft"].get("part_of")
    if name is None:
        return []
    whole = known.incidents.get(name)
    if whole is None:
        there = (lookups.all_keys(known.connection, "incident", column) for column in ("code", "key"))
        like = did_you_mean(nearest(name, {*known.incidents, *chain(*there)} - known.new))
        return [
            Fault(
                f"{where}.part_of",
                tr("No incident has the code or key {name!r}.{like} Add the whole first.", name=name[:80], like=like),
            )
        ]
    state["draft"]["part_of"] = whole
    seen = {state["code"]}
    up: str | None = whole
    known.wholes[state["code"]] = whole
    while up is not None:
        if up in seen:
            del known.wholes[state["code"]]
            return [
                Fault(
                    f"{where}.part_of",
                    tr("{code} would be a part of itself, by way of {whole}.", code=state["code"], whole=whole),
                )
            ]
        seen.add(up)
        up = known.wholes.get(up)
    return []


def _region_faults(draft: IncidentDraft, setting: Setting, where: str) -> list[Fault]:
    named = [(n, place.region) for n, place in enumerate(draft.places) if place.region]
    if not named:
        return []
    known = set(setting.regions["set"] + "/" + setting.regions["key"])
    return [
        Fault(
            f"{where}.places[{n}].region",
            tr("Unknown region {name!r}.{like}", name=name[:80], like=did_you_mean(nearest(name, known))),
        )
        for n, name in named
        if present_name(name, known) not in known
    ]


def area_faults(area: str | None, setting: Setting, where: str) -> list[Fault]:
    """Find the area of an indicator that is a region which the database does not have."""
    if area is None or "/" not in area:
        return []
    known = set(setting.regions["set"] + "/" + setting.regions["key"])
    return (
        []
        if present_name(area, known) in known
        else [
            Fault(where, tr("Unknown region {name!r}.{like}", name=area[:80], like=did_you_mean(nearest(area, known))))
        ]
    )


def _admin_faults(draft: IncidentDraft, where: str) -> list[Fault]:
    return [
        Fault(
            f"{where}.places[{n}].admin_code",
            tr(
                "No unit of {country} has the code {code!r}. Give two, four or six digits.",
                country=place.country,
                code=place.admin_code[:80],
            ),
        )
        for n, place in enumerate(draft.places)
        if place.admin_code and is_listed(place.country) and place.admin_code not in units_of(place.country)
    ]


def _country_faults(draft: IncidentDraft, where: str) -> list[Fault]:
    """Refuse a country that is not known, but for a dataset's own rows: who records an incident knows where it was."""
    if draft.dataset is not None:
        return []
    at = [(f"{where}.country", draft.country)]
    at += [(f"{where}.places[{n}].country", place.country) for n, place in enumerate(draft.places)]
    message = tr("ZZ means an unknown country. Write the country, or omit it to use the country of the database.")
    return [Fault(path, message) for path, country in at if country == UNKNOWN]
