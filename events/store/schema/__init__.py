"""The schema: tables, their columns, ids, and how rows are written to them in bulk."""
