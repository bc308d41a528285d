"""Audits: whether a file, its record and all that is derived from it agree."""
