"""One incident and who says what of it: the numbers of the frame, and of the drafts that are recorded."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hidden import HIDDEN

import willay as wy
from willay.events import POLICIES
from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:The profile public .* leaves out")


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_figures_of_incidents_are_those_of_the_frame_by_every_policy(db: wy.Database, policy: str) -> None:
    frame = db.select(policy=policy).set_index("code")
    compared = 0
    for incident in db:
        row = frame.loc[incident.code]
        for measure in FIGURE_MEASURES:
            found = incident.figure(measure, policy=policy)
            for bound in ("low", "best", "high"):
                told = row[f"{measure}_{bound}"]
                assert (None if pd.isna(told) else int(told)) == (found and getattr(found, bound))
                compared += found is not None
    assert compared > 60


def test_the_numbers_of_bagua_are_those_that_the_sources_state(db: wy.Database) -> None:
    """33 dead by the ombudsman's report, 54 by the country profile: DESIGN, the first idea."""
    bagua = db["bagua-2009"]
    totals = bagua.claims.query("measure == 'killed' and group == 'all' and attributed_to.isna()")
    assert dict(zip(totals["publisher"], totals["best"], strict=True))["Defensoría del Pueblo"] == 33
    assert str(bagua.figure("killed")) == "killed: 33 (32–54) by ranked-source, Defensoría del Pueblo"
    assert bagua.figure("killed", policy="latest").best == 54
    assert bagua.figure("displaced") is None
    with pytest.raises(wy.Error, match="Unknown measure 'kiled'"):
        bagua.figure("kiled")


def test_claims_of_an_incident_are_those_recorded_in_their_order(db: wy.Database) -> None:
    recorded = db.store.read.draft("bagua-2009").draft.claims
    shown = db["bagua-2009"].claims
    assert shown["source"].tolist() == [claim.source for claim in recorded]
    assert shown["measure"].tolist() == [claim.measure for claim in recorded]
    assert shown["number"].tolist() == [*range(1, len(recorded) + 1)]
    assert [str(kind) for kind in shown.dtypes[["low", "best", "high"]]] == ["Int64"] * 3


def test_all_claims_are_those_of_each_incident(db: wy.Database) -> None:
    every = db.claims()
    each = [one.claims.assign(code=one.code) for one in db]
    apart = pd.concat([table for table in each if len(table)], ignore_index=True)
    assert every["code"].tolist() == apart["code"].tolist()
    pd.testing.assert_frame_equal(every[apart.columns], apart)
    killed = every[every["measure"] == "killed"].reset_index(drop=True)
    pd.testing.assert_frame_equal(db.claims(measure="killed"), killed)
    assert db.claims(type="agreement", days="1999").columns.tolist() == every.columns.tolist()


def test_an_incident_is_a_value_that_does_not_change(db: wy.Database) -> None:
    bagua = db["bagua-2009"]
    assert bagua == db["PE-2009-0002"]
    with pytest.raises(FrozenInstanceError):
        bagua.title = "Another"  # type: ignore[misc]
    assert repr(bagua).startswith("<willay.Incident PE-2009-0002: Violence in Bagua")
    assert (str(bagua.first_day), str(bagua.last_day), bagua.geometry.geom_type) == (
        "2009-06-05",
        "2009-06-06",
        "Point",
    )


def test_it_is_as_it_was_known_on_a_day(db: wy.Database) -> None:
    was = db.store.read.history("bagua-2009")
    before = was[0].recorded_at + (was[1].recorded_at - was[0].recorded_at) / 2
    assert db["bagua-2009"].as_of(before).row["confidence"] == "high"
    assert db.incident("bagua-2009", as_of="2026-03-01").row["confidence"] == "medium"
    with pytest.raises(wy.NotFoundError):
        db["bagua-2009"].as_of(2020)


def test_who_changed_it_is_in_the_record_alone(db: wy.Database) -> None:
    with pytest.warns(wy.DisclosureWarning, match=r"db\.incident\('PE-2009-0002', profile=None\)\.history\(\)"):
        shown = db["bagua-2009"].history()
    assert shown.columns.tolist() == ["number", "recorded_at", "action"]
    record = db.incident("bagua-2009", profile=None).history()
    assert record["author"].tolist() == ["Ana", "Beto"]
    assert record["changes"].tolist() == [("added",), ("confidence: high → medium",)]


def test_what_the_profile_does_not_show_is_not_there(path: Path) -> None:
    with wy.open(path, profile=None) as record:
        (code,) = [one.code for one in record if one.title == HIDDEN]
        assert code in record
        assert record[code].title == HIDDEN
        assert len(record) == 41
        assert "the record itself" in repr(record)
    with wy.open(path) as public:
        assert len(public) == 40
        assert code not in public
        assert HIDDEN not in {one.title for one in public}
        with pytest.raises(wy.NotFoundError, match=r"^The profile public \(version 2\) does not show "):
            public[code]
        assert public.incident(code, profile=None).title == HIDDEN
        assert HIDDEN not in str(public.claims().to_dict()) + str(public.select().to_dict())


def test_leaving_out_and_showing_what_is_sensitive_are_said_aloud(db: wy.Database) -> None:
    with pytest.warns(wy.DisclosureWarning, match=r"^The profile public \(version 2\) leaves out 1 incident of "):
        db.select(days="2012-05")
    with pytest.warns(wy.DisclosureWarning, match=r"^These include 2 incidents that are restricted or confidential"):
        db.select(days="2012-05", profile=None)
    with pytest.warns(wy.DisclosureWarning, match=r"^The profile public .* leaves out"):
        db.claims()
    with pytest.warns(wy.DisclosureWarning, match=r"^The profile public .* leaves out"):
        db.figures("killed")
    with pytest.warns(wy.DisclosureWarning, match=r"^The profile public .* leaves out"):
        wy.write(db, "public.csv")


def test_nothing_is_said_where_nothing_is_left_out(db: wy.Database, recwarn: pytest.WarningsRecorder) -> None:
    db.select(days="2009-06", profile=None)
    db.select(days="2012-05", profile="internal")
    with wy.create("open.gpkg", country="PE") as other:
        other.select()
    assert [str(one.message) for one in recwarn] == []
