"""A voice is one under all its names, whatever language a claim has it in."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import willay.data
from willay.data.voices import names_of_bodies
from willay.events import Claim, ClaimDraft, Count, IncidentDraft, draft, figures
from willay.events.model.corrections import resolved
from willay.events.model.differences import in_words
from willay.events.model.entry import read_voice
from willay.events.model.errors import DraftError
from willay.events.model.fields import fields_of
from willay.events.model.masking import find_field, texts
from willay.events.model.policy import POLICY_VERSION
from willay.events.model.voice_names import called, is_same_voice, names_of, voice_key
from willay.events.store.record.states import field_cells, incident_state
from willay.events.store.write.three_way import merged

if TYPE_CHECKING:
    from willay.events.model.voice_names import VoiceName

OMBUDSMAN = {"es": "Defensoría del Pueblo", "en": "Ombudsman's Office (Defensoría del Pueblo)"}
MAYOR = {"es": "Alcalde de Yauri", "en": "Mayor of Yauri"}


def claim(attributed_to: Any, count: str = "3", **fields: Any) -> ClaimDraft:
    document = {"measure": "killed", "count": count, "source": "daily", "attributed_to": attributed_to, **fields}
    return draft(ClaimDraft, document)


def said(attributed_to: VoiceName | None, best: int, day: str = "", source: str = "daily") -> Claim:
    return Claim("killed", "all", Count(best=best), source, attributed_to, stated_on=day)


def test_a_plain_text_is_kept_as_it_is_and_texts_by_language_too() -> None:
    assert claim("  Mayor ").attributed_to == "Mayor"
    assert claim(MAYOR).attributed_to == MAYOR
    assert claim({"und": "Mayor"}).attributed_to == "Mayor"
    assert claim({"es": "Alcalde", "en": " "}).attributed_to == {"es": "Alcalde"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (3, "Expected a text, or texts by language, such as {es: …, en: …}; got 3"),
        ({"es": 3}, "Expected a text, or texts by language"),
        ({"es": " "}, "The text is empty"),
        ({"es": "a\nb"}, "line break"),
        (["a"], "Expected a text, or texts by language"),
    ],
)
def test_what_is_not_a_voice_is_refused_with_what_to_write(wrong: Any, message: str) -> None:
    with pytest.raises(DraftError, match=f"attributed_to: .*{message}"):
        claim(wrong)


def test_the_document_of_a_plain_voice_has_the_bytes_it_always_had() -> None:
    one = draft(IncidentDraft, {"title": "A", "type": "protest", "claims": [claim("Mayor").model_dump()]})
    assert incident_state(one, "", "")["draft"]["claims"][0]["attributed_to"] == "Mayor"


def test_a_table_has_a_voice_as_one_text() -> None:
    assert fields_of(ClaimDraft)["attributed_to"].kind == "name"
    for given_, cell in (("Mayor", "Mayor"), (MAYOR, "Alcalde de Yauri"), ({"en": "Mayor"}, "Mayor"), (None, None)):
        cells = field_cells(ClaimDraft, claim(given_).model_dump(exclude_none=True))
        assert cells["attributed_to"] == cell


@pytest.mark.parametrize("other", ["DEFENSORÍA del Pueblo", OMBUDSMAN["en"], OMBUDSMAN, "Ombudsman's Office"])
def test_two_names_of_one_body_are_one_voice(other: VoiceName) -> None:
    assert is_same_voice("Defensoría del Pueblo", other)
    for pair in (("Defensoría del Pueblo", other), (other, OMBUDSMAN)):
        found = figures([said(pair[0], 9, "2009-06-05"), said(pair[1], 33, "2009-06-07")])["killed"]
        assert (found.voices, found.count) == (1, Count(33, 33, 33))


def test_a_name_in_a_second_language_is_the_voice_of_whoever_has_it_in_any_measure() -> None:
    claims = [said("Alcalde de Yauri", 2, "2012-05-28"), said("Mayor of Yauri", 4, "2012-05-29")]
    assert figures(claims)["killed"].voices == 2
    link = Claim("injured", "all", Count(best=1), "radio", MAYOR)
    assert figures([*claims, link])["killed"].voices == 1


def test_other_people_stay_other_voices() -> None:
    assert not is_same_voice(MAYOR, {"es": "Alcalde de Espinar", "en": "Mayor of Espinar"})
    assert not is_same_voice(MAYOR, None)
    assert is_same_voice(None, None)
    found = figures([said(MAYOR, 2), said("Ministro", 4), said(None, 5)])["killed"]
    assert found.voices == 3


@given(st.lists(st.one_of(st.none(), st.sampled_from(["a", "b", "c", "d"]), st.dictionaries(
    st.sampled_from(["es", "en", "qu"]), st.sampled_from(["a", "B", "c", "d", "e"]), min_size=1))))  # fmt: skip
def test_voices_are_the_groups_that_share_names_however_far(voices: list[Any]) -> None:
    """The oracle joins groups that share a name until none do."""
    groups: list[set[str]] = []
    for names in ({*names_of(voice)} for voice in voices if voice):
        apart = [group for group in groups if group.isdisjoint(names)]
        groups = [*apart, names.union(*(group for group in groups if not group.isdisjoint(names)))]
    found = called(voices)
    for voice in filter(None, voices):
        (own,) = [group for group in groups if names_of(voice)[0] in group]
        assert voice_key(voice, found) == min(own)


def test_no_name_is_that_of_two_bodies_and_every_list_has_several() -> None:
    lists = set(names_of_bodies().values())
    assert sum(map(len, lists)) == len(names_of_bodies())
    assert all(len(names) > 1 for names in lists)


def test_another_list_of_bodies_is_another_version_of_the_policies() -> None:
    """Figures follow from the list: whoever changes it raises `POLICY_VERSION` and notes the new digest here."""
    listed = (files(willay.data) / "voices" / "bodies.toml").read_bytes()
    assert (POLICY_VERSION, hashlib.sha256(listed).hexdigest()[:12]) == (4, "dab88354078f")


def test_a_body_corrects_and_adds_to_its_own_count_in_another_language() -> None:
    first = claim("Mayor of Yauri", "19")
    later = claim(MAYOR, "14", source="radio", supersedes=1)
    assert [one.label for one in resolved([first, later])] == ["c1", None]
    assert resolved([claim("Mayor of Yauri", "2"), claim(MAYOR, "1", source="radio", adds=True)])[1].adds
    with pytest.raises(ValueError, match="is by Alcalde de Espinar in radio"):
        resolved([first, claim({"es": "Alcalde de Espinar"}, "14", source="radio", supersedes=1)])


def test_both_languages_of_a_voice_can_be_redacted() -> None:
    state = {"claims": [{"measure": "killed", "attributed_to": MAYOR}]}
    assert find_field(state, "claims[0].attributed_to.es") == ("claims", 0, "attributed_to", "es")
    assert [text for _, text in texts(state)] == ["Alcalde de Yauri", "Mayor of Yauri"]


def test_a_voice_is_in_words_in_the_language_asked_for() -> None:
    document = claim(MAYOR).model_dump(exclude_none=True)
    assert "quoting Mayor of Yauri" in in_words("claims", document)
    assert "Alcalde de Yauri" in in_words("claims", document, "es")


def test_a_claim_whose_voice_one_side_has_translated_is_the_same_claim() -> None:
    base = {"claims": [{"measure": "killed", "group": "all", "best": 5, "source": "s", "attributed_to": MAYOR["en"]}]}
    ours = {"claims": [{**base["claims"][0], "attributed_to": MAYOR}]}
    theirs = {"claims": [{**base["claims"][0], "note": {"es": "x"}}]}
    assert merged(base, ours, base).document == ours
    assert merged(base, base, ours).document == ours
    both = merged(base, ours, theirs)
    assert both.document == ours
    assert [(one.field, one.what) for one in both.noted] == [("claims", "kept")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ([], None),
        (["Alcalde de Yauri"], "Alcalde de Yauri"),
        (["RPP: corresponsal"], "RPP: corresponsal"),
        (["es:Alcalde de Yauri"], {"es": "Alcalde de Yauri"}),
        (["es: Alcalde de Yauri", "en:Mayor of Yauri"], MAYOR),
    ],
)
def test_a_voice_is_typed_in_one_language_or_in_several(typed: list[str], read: VoiceName | None) -> None:
    assert read_voice(typed) == read


@pytest.mark.parametrize("typed", [["a", "b"], ["es:a", "b"], ["es:a", "es:b"]])
def test_two_voices_in_one_claim_are_refused(typed: list[str]) -> None:
    with pytest.raises(DraftError, match=r"is not the name of a voice\. Write one name, or one for each language"):
        read_voice(typed)
