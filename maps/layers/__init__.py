"""willay."""
