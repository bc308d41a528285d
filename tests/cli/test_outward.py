"""What a person sees on a terminal, and what leaves by a pipe, a file or Python."""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from willay.data.profiles import profile
from willay.events import DisclosureWarning
from willay.events.exchange import geojson_text, write_incidents
from willay.events.exchange.outgoing.regions import write_regions
from willay.events.frame.regional import region_figures
from willay.events.store import Store
from willay.maps import PageSpec, PointLayer, picture, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

LEFT_OUT = "Left out: 1 incident by the profile public (version 2), 1 incident by their status: not published."


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


@pytest.fixture
def secret(peru: Path) -> str:
    """The code of an incident of the demo, now confidential."""
    with Store.open(peru) as store:
        code = store.read.draft("bagua-2009").code
        store.review.set_rule("one-person", author="Ana", reason="x")
        store.write.edit(code, {"sensitivity": "confidential"}, author="Ana", reason="a threat")
        store.write.edit("conga-july-2012", {"status": "draft"}, author="Ana", reason="x")
    return code


@pytest.mark.parametrize("style", ["json", "csv", "geojson", "table"])
def test_a_list_in_a_pipe_is_of_the_profile_public_and_says_so(
    run: Callable[..., Result], secret: str, style: str
) -> None:
    told = run("list", "--format", style)
    assert (told.code, secret in told.out) == (0, False)
    assert "Profile public (version 2). To see the record itself: --profile internal" in told.err
    assert told.err.splitlines()[-1] == LEFT_OUT
    whole = run("list", "--format", style, "--profile", "internal")
    assert secret in whole.out
    assert "Profile" not in whole.err


def test_on_a_terminal_a_person_sees_the_record_and_files_still_get_what_may_leave(
    run: Callable[..., Result], secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert secret in run("list").out
    assert secret in run("show", secret).out
    assert secret not in run("list", "--profile", "public").out
    assert secret not in run("list", "--format", "json").out


def test_an_incident_that_is_not_shown_is_refused_with_how_to_see_it(run: Callable[..., Result], secret: str) -> None:
    told = run("show", secret, "--json")
    assert (told.code, told.out) == (5, "")
    assert "--profile internal" in told.err
    assert json.loads(run("show", secret, "--json", "--profile", "internal").out)["code"] == secret
    assert json.loads(run("show", "conga-july-2012", "--json").out)["status"] == "draft"  # it was asked for by name


@pytest.mark.parametrize("what", ["source", "actor", "case", "indicator"])
def test_registers_in_a_pipe_are_of_the_profile_public(run: Callable[..., Result], secret: str, what: str) -> None:
    public, whole = (run(what, "list", "-f", "json", *more) for more in ((), ("--profile", "internal")))
    assert "Profile public (version 2)" in public.err
    assert "Profile" not in whole.err
    assert len(json.loads(public.out)) <= len(json.loads(whole.out))
    assert secret


def test_a_source_that_only_a_confidential_incident_cites_is_not_listed(
    run: Callable[..., Result], secret: str, peru: Path
) -> None:
    with Store.open(peru) as store:
        theirs = set(store.read.draft(secret).draft.sources) | {
            one.source for one in store.read.draft(secret).draft.claims
        }
        others = {key.key for key in store.registers.shown()[0]}
    assert theirs - others
    keys = {one["key"] for one in json.loads(run("source", "list", "-f", "json").out)}
    assert keys == others


def test_a_queue_in_a_pipe_does_not_say_who_or_when(run: Callable[..., Result], secret: str) -> None:
    rows = json.loads(run("review", "list", "-f", "json").out)
    assert [set(row) for row in rows] == [{"code", "status", "first_day", "title"}]
    assert secret not in str(rows)
    assert run("review", "list", "--reviewer", "Luz").code == 5
    whole = json.loads(run("review", "list", "-f", "json", "--profile", "internal").out)
    assert {"author", "assigned_to", "waits"} <= set(whole[0])


def test_a_history_in_a_pipe_says_that_it_is_the_record(run: Callable[..., Result], secret: str) -> None:
    for words in (("history", secret, "-f", "json"), ("diff", secret)):
        assert "This is the record itself" in run(*words).err


def test_exports_and_maps_say_what_they_leave_out(run: Callable[..., Result], secret: str) -> None:
    for words in (
        ("export", "a.csv"), ("map", "timeline", "a.html"), ("map", "choropleth", "a.svg"),
        ("regions", "export", "a.geojson"),
    ):  # fmt: skip
        told = run(*words)
        assert (told.code, told.err.splitlines()[-1]) == (0, LEFT_OUT), words
        assert "--status published --status in-review --status draft --status lead" in told.err
    asked = run("export", "b.csv", "--status", "published", "--status", "draft")
    assert asked.err.splitlines()[-1] == "Left out: 1 incident by the profile public (version 2)."
    run("export", "c.geojson")
    about = json.loads(Path("c.geojson").read_text("utf-8"))
    told_by = {name: about["metadata"][name] for name in ("profile", "left_out", "coarsened", "unpublished")}
    assert told_by == {"profile": "public (version 2)", "left_out": 1, "coarsened": 0, "unpublished": 1}
    assert secret


def test_a_new_draft_is_not_on_a_map_and_adding_it_says_so(run: Callable[..., Result], peru: Path) -> None:
    number = len(json.loads(run("list", "-f", "json").out))
    added = run("add", "--title", "Nuevo", "--type", "strike", "--day", "2012-05-28", "--place", "Kiteni", "-y")
    assert "include only published incidents, unless --status selects others" in added.err
    assert "--status draft --status published" in added.err
    assert f"{number} incidents" in run("map", "timeline", "a.html").err
    assert (
        f"{number + 1} incidents" in run("map", "timeline", "b.html", "--status", "draft", "--status", "published").err
    )
    assert peru.exists()


def test_the_path_of_a_profile_is_in_no_release_and_the_release_can_be_rebuilt(
    run: Callable[..., Result], secret: str, tmp_path: Path
) -> None:
    text = (files("willay.data") / "profiles" / "public.toml").read_text("utf-8")
    folder = tmp_path / "private-folder"
    folder.mkdir()
    (folder / "ours.toml").write_text(text.replace('name = "public"', 'name = "ours"'), "utf-8")
    own = str(folder / "ours.toml")
    made = run("release", "make", "r-1", "--publisher", "An office", "--profile", own)
    assert made.code == 0, made.err
    assert run("map", "atlas", "own.html", "--profile", own).code == 0
    assert run("export", "own.geojson", "--profile", own).code == 0
    written = [file for file in tmp_path.rglob("*") if file.is_file() and (tmp_path / "r-1") in file.parents]
    written += [tmp_path / "own.html", tmp_path / "own.geojson"]
    assert len(written) > 8
    for file in written:
        content = file.read_bytes()
        assert b"private-folder" not in content, file
        assert b"ours.toml" not in content, file
    digest = profile(own).digest
    document = json.loads((tmp_path / "r-1" / "profile.json").read_text("utf-8"))
    assert (document["name"], document["sha256"]) == ("ours", digest)
    assert json.loads((tmp_path / "r-1" / "release.json").read_text("utf-8"))["profile"] == "ours"
    assert f"ours (version 2, SHA-256 {digest[:12]})" in (tmp_path / "own.geojson").read_text("utf-8")
    (folder / "ours.toml").unlink()
    verified = run("release", "verify", "r-1", "--db", str(tmp_path / "peru.gpkg"))
    assert (verified.code, "byte for byte" in verified.err) == (0, True), verified.err
    assert secret


def test_python_asks_for_what_is_public_where_nothing_else_is_said(secret: str, peru: Path) -> None:
    with Store.open(peru) as store:
        frame, record = store.read.select(), store.read.select(profile=None)
    assert (secret in set(frame["code"]), secret in set(record["code"])) == (False, True)
    assert frame.attrs["profile"] == "public (version 2)"


def test_the_record_is_written_and_drawn_with_a_warning_only(secret: str, peru: Path, tmp_path: Path) -> None:
    with Store.open(peru) as store:
        record, internal, public = (store.read.select(profile=one) for one in (None, "internal", "public"))
        regions = store.regions.select()
    draw: list[Callable[..., object]] = [
        lambda frame: render(frame, PageSpec(kind="timeline"), regions),
        lambda frame: picture(frame, PageSpec(kind="timeline"), regions),
        PointLayer,
        geojson_text,
        lambda frame: write_incidents(frame, tmp_path / "x.csv", force=True),
        lambda frame: write_regions(region_figures(frame, regions), tmp_path / "r.geojson", None),
    ]
    for one in draw:
        with pytest.warns(DisclosureWarning, match=r"shown as recorded"):
            one(record)
        (tmp_path / "r.geojson").unlink(missing_ok=True)
        for frame in (internal, public):
            one(frame)  # without a warning, which would be an error
            (tmp_path / "r.geojson").unlink(missing_ok=True)
    assert secret


def test_a_table_that_lost_its_origin_warns_as_well(peru: Path) -> None:
    with Store.open(peru) as store:
        frame = store.read.select()
    merged = frame.merge(frame[["code"]].assign(seen=1), on="code")
    merged.attrs.clear()
    geojson_text(merged)  # its column still states it, and no warning is given
    merged = merged.drop(columns="frame_origin")
    with pytest.warns(DisclosureWarning, match=r"table\.attrs\.update\(frame\.attrs\)"):
        geojson_text(merged)
    merged.attrs.update(frame.attrs)
    geojson_text(merged)
