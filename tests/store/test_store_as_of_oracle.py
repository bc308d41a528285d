"""The past as the store tells it, against a list of snapshots kept by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_examples import Counted, Ticking, units

from willay.events.frame.query import IncidentQuery
from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pytest

SHOWN = [
    "code",
    "title",
    "type",
    "first_day",
    "place_name",
    "killed_best",
    "status",
    "revision",
    "recorded_at",
    "adm1",
    "details",
]
EDITS: list[dict[str, Any]] = [
    {"title": "Renamed"},
    {"days": "2011-03"},
    {"days": None},
    {"type": "protest"},
    {"claims": [{"measure": "killed", "count": "4-9", "source": "s"}]},
    {"claims": []},
    {"places": [{"name": "There", "precision": "site", "lon": -73.0, "lat": -12.0}]},
    {"places": [{"name": "East", "precision": "department", "admin_code": "08"}]},
    {"places": []},
    {"status": "retracted"},
    {"status": "published"},
    {"part_of": "PE-2010-0001"},
    {"part_of": None},
]
NEW = {"title": "New", "type": "arrest", "days": "2010-01-02"}
STEPS = st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 9), st.sampled_from(EDITS))), max_size=12)


def shown(store: Store, as_of: datetime | None = None) -> pd.DataFrame:
    every = ("draft", "published", "retracted")
    frame = store.read.select(IncidentQuery(statuses=every, as_of=as_of), profile=None)
    return pd.DataFrame(frame[SHOWN]).assign(shape=frame.geometry.to_wkt())


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_past_moment_is_told_as_it_was_shown_then(
    steps: list[tuple[int, dict[str, Any]] | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("oracle") / "o.gpkg"
    clock = Ticking()
    with Store.create(
        path, country="PE", region_sets=[units()], review="one-person", clock=clock, entropy=Counted()
    ) as store:
        source = {"key": "s", "kind": "press", "publisher": "P"}
        codes = list(store.write.add(draft(Bundle, {"sources": [source], "incidents": [NEW]}), author="a").codes)
        snapshots = [(clock(), shown(store))]
        for step in steps:
            if step is None:
                codes += store.write.add(draft(Bundle, {"incidents": [NEW]}), author="a").codes
            else:
                code = codes[step[0] % len(codes)]
                if step[1].get("part_of") != code:
                    store.write.edit(code, step[1], author="a", reason="x")
            snapshots.append((clock(), shown(store)))
        for moment, then in snapshots:
            pd.testing.assert_frame_equal(shown(store, moment), then, check_dtype=False)
        assert store.file.check() == ()
