"""Made-up incidents for measuring: none of them happened, and their texts say so."""

from __future__ import annotations

import random
from datetime import date, timedelta

from willay.data.codebook import codebook
from willay.events.drafts import Bundle, SourceDraft, draft

SOURCE = "made-up"
FIRST_DAY = date(1980, 1, 1)
DAYS = 16_000


def made_up_bundle(count: int, seed: int = 20090605) -> Bundle:
    """Return a bundle of so many incidents, spread over Peru and the years 1980 to 2023."""
    chance = random.Random(seed)  # noqa: S311 — made-up data, no secret
    subtypes = codebook().subtypes.codes()
    source = draft(SourceDraft, {"key": SOURCE, "kind": "other", "title": "Made up for a benchmark"})
    incidents = [_incident(number, chance, subtypes) for number in range(count)]
    return Bundle.model_validate({"sources": [source], "incidents": incidents})


def _incident(number: int, chance: random.Random, subtypes: tuple[str, ...]) -> dict[str, object]:
    place = {"name": f"Place {number % 5000}", "precision": "settlement", "admin_code": f"{chance.randint(1, 25):02d}"}
    point = {"lon": round(chance.uniform(-76, -74), 5), "lat": round(chance.uniform(-13, -9), 5)}
    return {
        "title": f"Made-up incident {number}",
        "type": chance.choice(subtypes),
        "days": str(FIRST_DAY + timedelta(days=chance.randrange(DAYS))),
        "places": [place | point],
        "claims": [{"measure": "killed", "count": chance.randint(0, 9), "source": SOURCE}],
    }
