"""Checks of a whole database: that it is undamaged, untampered with, and that what is derived agrees with the record."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import text

from willay.events.policy import Claim, captivity_balance
from willay.events.store.geopackage import geopackage_faults
from willay.events.store.reader import read_states, read_tables
from willay.events.store.results import Problem

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from willay.events.store.intake import Setting


def examine(connection: Connection, setting: Setting, policy: str) -> tuple[Problem, ...]:
    return ()
