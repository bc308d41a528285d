"""More rows than a machine holds: `willay aggregate` beside geopandas, SedonaDB and DuckDB spatial, in one run."""
