"""Country packs: the units, places, people and words of a country in one file that anybody can make.

A pack is a zip file, or a folder, with `pack.toml` (the facts), `adm1.geojson` to `adm3.geojson` (the units),
`places.csv` and `populations.csv`. `read_pack` and `write_pack` read and write it, `make_pack` makes one of official
limits, a list of places and a census. Nothing of a pack is ever unpacked to the disk.
"""
