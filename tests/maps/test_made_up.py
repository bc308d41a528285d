"""The made-up incidents that benchmarks and browser tests use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from benchmarks.made_up import made_up_frame, made_up_regions
from willay.data.codebook import codebook
from willay.events.frame.frame import check_frame
from willay.events.frame.membership import members

if TYPE_CHECKING:
    import geopandas as gpd

COUNT = 3_000


@pytest.fixture(scope="module")
def made_up() -> gpd.GeoDataFrame:
    return made_up_frame(COUNT, details=True)


def test_the_made_up_frame_is_an_incident_frame(made_up: gpd.GeoDataFrame) -> None:
    assert len(check_frame(made_up)) == COUNT
    assert made_up["code"].is_unique


def test_the_same_arguments_give_the_same_frame_and_another_seed_another(made_up: gpd.GeoDataFrame) -> None:
    assert_frame_equal(made_up, made_up_frame(COUNT, details=True))
    assert not made_up["title"].equals(made_up_frame(COUNT, seed=1)["title"])


def test_details_change_nothing_else_but_the_summary(made_up: gpd.GeoDataFrame) -> None:
    texts = ["summary", "details"]
    assert_frame_equal(made_up.drop(columns=texts), made_up_frame(COUNT).drop(columns=texts))


def test_all_texts_say_that_they_are_made_up_and_titles_have_a_usual_length(made_up: gpd.GeoDataFrame) -> None:
    lengths = made_up["title"].str.len()
    assert made_up["title"].str.endswith("(made up)").all()
    assert made_up["summary"].str.startswith("Made up").all()
    assert lengths.between(25, 120).all()
    assert 40 < lengths.median() < 90


def test_codes_are_the_codebooks(made_up: gpd.GeoDataFrame) -> None:
    book = codebook()
    for column, terms in {
        "type": book.types, "subtype": book.subtypes, "place_precision": book.place_precision,
        "date_precision": book.date_precision, "status": book.statuses, "confidence": book.confidence,
    }.items():  # fmt: skip
        assert set(made_up[column]) <= set(terms.codes()), column
    kinds = {kind for joined in made_up["source_kinds"] for kind in joined.split("; ")}
    assert kinds <= set(book.source_kinds.codes())


def test_some_are_undated_unplaced_unknown_or_parts_and_ranges_are_in_order(made_up: gpd.GeoDataFrame) -> None:
    for column in ("first_day", "place_name", "killed_best", "injured_best"):
        assert 0 < made_up[column].isna().sum() < COUNT, column
    assert made_up["first_day"].isna().equals(made_up["last_day"].isna())
    assert made_up.geometry.isna().equals(made_up["place_name"].isna())
    assert set(made_up.loc[~made_up["counted"], "part_of"]) <= set(made_up["code"])
    for measure in ("killed", "injured", "detained"):
        known = made_up[made_up[f"{measure}_best"].notna()]
        assert (known[f"{measure}_low"] <= known[f"{measure}_best"]).all()
        assert (known[f"{measure}_best"] <= known[f"{measure}_high"]).all()
    dated = made_up[made_up["first_day"].notna()]
    assert (dated["first_day"] <= dated["last_day"]).all()


def test_every_placed_incident_is_in_the_department_that_it_names(made_up: gpd.GeoDataFrame) -> None:
    never = pd.Series(pd.NaT, index=range(26), dtype="datetime64[s]")
    regions = made_up_regions().assign(valid_from=never, valid_until=never)
    pairs = members(made_up, regions)
    exact = np.flatnonzero(made_up["place_precision"].isin(["site", "settlement"]))
    by_code = pairs[pairs["incident"].isin(exact)]
    assert set(by_code["incident"]) == set(exact)
    named = made_up["adm1"].to_numpy()[by_code["incident"]]
    assert (regions["name"].to_numpy()[by_code["region"]] == named).all()
    by_shape = members(made_up.assign(admin_code=None), regions)
    by_shape = by_shape[by_shape["incident"].isin(exact)]
    assert set(map(tuple, by_code.to_numpy())) <= set(map(tuple, by_shape.to_numpy()))


def test_cards_tell_the_same_as_the_columns(made_up: gpd.GeoDataFrame) -> None:
    for row in made_up.head(200).to_dict("records"):
        card = json.loads(row["details"])
        assert card["title"]["en"] == row["title"]
        assert "; ".join(party["name"]["en"] for party in card["parties"]) == row["actors"]
        assert {claim["source"] for claim in card["claims"]} <= set(card["sources"])
        if "killed" in card["figures"]:
            assert card["figures"]["killed"]["best"] == row["killed_best"]
