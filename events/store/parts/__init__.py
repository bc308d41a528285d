"""The parts of `Store`, each a module by its name: `store.read` is in `read.py`, `store.write` in `write.py`."""
