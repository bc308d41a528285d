"""The front door, `import willay as wy`: the words of the command line as keywords; frames and frozen values come back.

Each name is in a module of its own here, and public in the package `willay` itself. Input may be loose (a text, a list,
a day, a Timestamp, a tuple, a geometry); it is read once, in `filters`, and what is below is strict.
"""
