"""The record: documents, revisions, redactions, and what follows from them in other columns and tables."""
