"""The moment at which the commands of these tests are given."""

MOMENT = "1774000000"
"""2026-03-20T09:46:40Z, as `SOURCE_DATE_EPOCH` has it."""
