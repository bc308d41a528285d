"""Measurements against named alternatives, as ratios in one run on one machine. Run them with `make bench`.

No number here is a promise about another machine; the ratio is what counts. Nothing in the tests is timed.
"""
