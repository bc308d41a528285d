"""Words and places of a query, looked at a page of incidents at a time: what SQL knows nothing of."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from willay.data.zones import present_name
from willay.events.model.errors import FormerNameWarning, NotFoundError
from willay.events.store.record.resolve import did_you_mean, folded, nearest
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

    from willay.events.frame.query import IncidentQuery
    from willay.events.model.canonical import Document


def has_words(draft: Document, actors: Mapping[str, Document], asked: str) -> bool:
    """Return whether all words occur in title, summary, places or parties, in any case and with or without accents."""
    parties = (party["actor"] for party in draft.get("parties", ()))
    texts = [
        *draft.get("title", {}).values(),
        *draft.get("summary", {}).values(),
        *(place["name"] for place in draft.get("places", ())),
        *(" ".join(actors[key]["name"].values()) if key in actors else key for key in parties),
    ]
    whole = folded(" ".join(texts))
    return all(word in whole for word in folded(asked).split())


def in_places(
    columns: Mapping[str, Sequence[Any]], shapes: NDArray[np.object_], query: IncidentQuery, regions: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Say of each incident whether its primary place lies in the box and the regions of a query, on its days.

    Args:
        columns: Days, precision, country, code, region and radius of the incidents, as the frame has them.
        shapes: Their primary places, geometries or None.
        query: The query.
        regions: All versions of regions.

    Raises:
        NotFoundError: There is no such region.
    """
    import numpy as np  # noqa: PLC0415 — as below
    import shapely  # noqa: PLC0415 — whoever asks for no place is spared these

    fits = np.ones(len(shapes), dtype=bool)
    if query.bbox is not None:
        fits &= shapely.covers(query.bbox.as_polygon(), shapes)
    if query.regions:
        from willay.events.frame.membership import members  # noqa: PLC0415 — as above

        wanted = asked_regions(query.regions, regions)
        # All units of a set decide together which of them holds a place, so all are asked about.
        sets = regions["set"].isin(regions.loc[wanted, "set"]).to_numpy()
        pairs = members(_spots(columns, shapes), regions[sets].reset_index(drop=True))
        inside = np.zeros(len(shapes), dtype=bool)
        inside[pairs.loc[wanted[sets][pairs["region"]], "incident"].to_numpy()] = True
        fits &= inside
    return fits


def _spots(columns: Mapping[str, Sequence[Any]], shapes: NDArray[np.object_]) -> gpd.GeoDataFrame:
    """Return days and primary places of incidents, as `members` takes them, in order."""
    import geopandas as gpd  # noqa: PLC0415 — as for `in_places`
    import pandas as pd  # noqa: PLC0415 — as above

    from willay.events.frame.columns import CRS  # noqa: PLC0415 — as above
    from willay.events.frame.units import DECIDING  # noqa: PLC0415 — as above

    days = {name: pd.to_datetime(pd.Series(columns[name], dtype="object")) for name in ("first_day", "last_day")}
    plain = {name: pd.Series(columns[name], dtype="object") for name in ("place_precision", *DECIDING)}
    return gpd.GeoDataFrame({**days, **plain}, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def _of_today(name: str, known: set[str]) -> str:
    """Return the name of a region, or of what a region of the former set of zones became, and then warn."""
    now = present_name(name.strip(), known)
    if now != name.strip() and now in known:
        message = tr(
            "The region {name!r} is {now!r} now: places (pe-places) and states of emergency "
            "(pe-emergencies) are two sets. The former name works until willay 0.2.",
            name=name.strip(),
            now=now,
        )
        warnings.warn(message, FormerNameWarning, stacklevel=2)
        return now
    return name


def asked_regions(names: Iterable[str], regions: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Say of each version of a region whether it is one of those named: `set/key`, a key, or a name in any language.

    Case and accents do not matter.

    Raises:
        NotFoundError: There is no such region.
    """
    import numpy as np  # noqa: PLC0415 — as for `in_places`

    called = {
        "full": (regions["set"] + "/" + regions["key"]).map(str.casefold),
        "key": regions["key"].map(str.casefold),
        **{name: regions[name].map(folded, na_action="ignore") for name in ("name_es", "name_en")},
    }
    wanted = np.zeros(len(regions), dtype=bool)
    for asked_name in names:
        name = _of_today(asked_name, set(called["full"]))
        hit = np.zeros(len(regions), dtype=bool)
        for column, known in called.items():
            asked = folded(name) if column.startswith("name") else name.strip().casefold()
            hit |= (known == asked).to_numpy(dtype=bool)
        if not hit.any():
            like = nearest(name, [*(regions["set"] + "/" + regions["key"]), *regions["name"]])
            raise NotFoundError(
                tr("Unknown region {name!r}.{like} See: willay regions list.", name=name[:80], like=did_you_mean(like))
            )
        wanted |= hit
    return wanted
