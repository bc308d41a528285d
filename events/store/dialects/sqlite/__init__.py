"""SQLite: its SQL, how its files are opened and copied, and the GeoPackage that each of them is."""
