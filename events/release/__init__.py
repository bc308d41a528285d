"""Releases: a folder with data, map, terms and citation, that the same database gives again byte for byte."""
