"""Incidents in the layout of UCDP GED: 49 columns. UCDP counts events with at least one death, and so does this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.shaped import Losses, Translator, rows_with_points, write_shaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.exchange.outgoing.written import Written

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def write_ucdp(frames: Iterator[gpd.GeoDataFrame], path: Path, options: WritingOptions) -> Written:
    """Write incident frames in the layout of UCDP GED; ids are numbers in order, our codes stand in `relid`."""
    number = [0]

    def rows(frame: gpd.GeoDataFrame, losses: Losses) -> Iterator[tuple[Any, ...]]:
        translate = Translator("ucdp", losses)
        for row, at in rows_with_points(frame):
            if (made := _row(row, at, translate, losses)) is not None:
                number[0] += 1
                yield (number[0], *made)

    return write_shaped(frames, path, options, (COLUMNS, rows))


def _row(
    row: Mapping[str, Any], at: tuple[float, float] | None, translate: Translator, losses: Losses
) -> tuple[Any, ...] | None:
    best = row["killed_best"]
    kind = translate.code(row, "type", row["subtype"] or row["type"], "type")
    place = translate.code(row, "place_precision", row["place_precision"], "place_precision")
    when = translate.code(row, "date_precision", row["date_precision"], "date_precision")
    if kind is None or place is None or when is None or row["first_day"] is None:
        return None
    if not best:
        losses.add(row["code"], "killed", best, "left out: UCDP counts events with at least one death")
        return None
    if at is None:
        losses.add(row["code"], "place", row["place_name"], "left out: UCDP needs coordinates")
        return None
    _note(row, losses)
    low, high = (best if row[name] is None else row[name] for name in ("killed_low", "killed_high"))
    sides = [*(row["actors"] or "").split("; "), "", ""]
    cells = dict.fromkeys(COLUMNS[1:])
    cells |= {
        "relid": row["code"], "year": int(row["first_day"][:4]), "code_status": "Clear", "type_of_violence": int(kind),
        "conflict_name": row["cases"], "dyad_name": " - ".join(side for side in sides[:2] if side) or None,
        "side_a": sides[0] or None, "side_b": sides[1] or None, "number_of_sources": row["source_count"],
        "where_prec": int(place), "where_coordinates": row["place_name"], "adm_1": row["adm1"], "adm_2": row["adm2"],
        "latitude": at[1], "longitude": at[0], "geom_wkt": f"POINT ({at[0]} {at[1]})", "country": row["country"],
        "event_clarity": 1, "date_prec": int(when), "date_start": row["first_day"], "date_end": row["last_day"],
        "deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": best, "best": best,
        "high": max(high, best), "low": min(low, best),
    }  # fmt: skip
    return tuple(cells[name] for name in COLUMNS[1:])


def _note(row: Mapping[str, Any], losses: Losses) -> None:
    """Note what no cell of the layout holds."""
    losses.add(row["code"], "groups", None, "who died is not told by side: all stand in deaths_unknown")
    for measure in ("injured", "abducted"):
        if row[f"{measure}_best"]:
            losses.add(row["code"], measure, row[f"{measure}_best"], "UCDP counts deaths only")
    if (row["place_count"] or 0) > 1:
        losses.add(row["code"], "places", row["place_count"], "only the primary place is written")
    if not row["counted"]:
        losses.add(row["code"], "part_of", row["part_of"], "a part of another event stands beside it: sums count twice")
