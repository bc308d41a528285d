"""Writing: drafts and rows of datasets are validated, merged and recorded."""
