"""Sums of more rows than a machine holds: partitioned Parquet becomes counts by region, period and type.

The rows are read a partition at a time, wherever there are workers, and only their sums remain (the page
`docs/en/reference/big-data.md`).
`aggregate` makes them, `write_sums` and `read_sums` keep them in one file, from which pages are drawn.
"""

from willay.events.aggregate.aggregation import aggregate
from willay.events.aggregate.power import Power
from willay.events.aggregate.question import PERIODS, Question
from willay.events.aggregate.sums import Account, Sums
from willay.events.aggregate.sums_file import read_sums, write_sums
from willay.events.aggregate.sums_page import page_of_sums
from willay.events.aggregate.text_files import to_parquet

__all__ = [
    "PERIODS",
    "Account",
    "Power",
    "Question",
    "Sums",
    "aggregate",
    "page_of_sums",
    "read_sums",
    "to_parquet",
    "write_sums",
]
