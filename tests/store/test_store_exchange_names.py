"""Two files of ours exchanged: codes, sources and parts that are another thing in the other office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from offices import Office, endings, exchange

from willay.events.exchange.incoming.willay import read_willay
from willay.events.model.errors import NotFoundError


def test_one_code_of_two_incidents_stays_the_first_ones_and_the_other_is_found_by_it(
    offices: tuple[Office, Office],
) -> None:
    lima, jaen = offices
    block, strike = lima.add("Bloqueo"), jaen.add("Huelga")
    assert block == strike == "PE-2012-0004"
    part = jaen.add("Parte de la huelga", part_of=strike)
    outcomes = lima.receive(jaen.send())
    assert lima.draft(block)["title"] == {"und": "Bloqueo"}
    here = next(
        one.code for one in outcomes if one.ending == "accepted" and "Huelga" in str(lima.draft(one.code or ""))
    )
    assert here not in {block, part}
    assert [flag.reason for one in outcomes for flag in one.flags if flag.field == "code"] == [
        f"It is {here} here: {strike} is another incident here."
    ]
    assert lima.draft(part)["part_of"] == here
    assert lima.store.read.draft(here).elsewhere == (strike,)
    jaen.receive(lima.send())
    jaen.edit(part, title={"es": "Otra parte"})
    for _ in range(2):
        exchange(lima, jaen)
    assert (
        lima.draft(block)["title"]
        == jaen.draft(jaen.store.read.called_elsewhere(block)[0])["title"]
        == {"und": "Bloqueo"}
    )
    assert (lima.draft(part)["part_of"], jaen.draft(part)["part_of"]) == (here, strike)
    assert lima.draft(part)["title"] == {"es": "Otra parte"}


def test_a_code_that_only_the_other_office_uses_is_answered_with_ours(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    lima.add("Bloqueo")
    for number in range(2):
        jaen.add(f"Huelga {number}")
    lima.receive(jaen.send())
    assert lima.store.read.called_elsewhere("PE-2012-0004") == ("PE-2012-0006",)
    lima.store.write.redact("PE-2012-0006", "title", author="Lima", reason="x", instead="Una huelga")
    with pytest.raises(NotFoundError, match="No incident with code or key 'PE-1999-0001'"):
        lima.store.read.draft("PE-1999-0001")


def test_a_source_that_is_another_one_there_is_told(offices: tuple[Office, Office]) -> None:
    lima, jaen = offices
    jaen.store.registers.edit("source", "daily", {"publisher": "Another Daily"}, author="Jaen", reason="x")
    jaen.claim(99)
    outcomes = lima.receive(jaen.send())
    told = [flag.reason for one in outcomes for flag in one.flags if flag.field == "sources"]
    assert told == [
        "The source 'daily' of the database is different: it differs in publisher. Ours was retained. Compare the two."
    ]


@pytest.mark.parametrize("part_of", [["PE-2012-0001"], 7, {}])
def test_a_part_of_nothing_readable_is_quarantined(offices: tuple[Office, Office], part_of: Any) -> None:
    lima, jaen = offices
    jaen.claim(99)
    reading = read_willay(jaen.send())
    (batch,) = reading.batches
    rows = tuple(replace(row, draft={**(row.draft or {}), "part_of": part_of}) for row in batch.rows)
    outcomes = lima.store.write.import_rows(replace(batch, rows=rows), reading.terms, author="Lima")
    assert endings(outcomes) == {"quarantined"}
