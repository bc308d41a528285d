"""The pages for users: those that are written, found and shown; and the reference, which is made of declarations.

Pages are Markdown in two trees, `docs/en` and `docs/es`, which are installed as they are. The pages of the reference
that list fields, columns, tables, codes and formats are made here from what the program itself reads, so that they
never differ from it: `docs/make_reference.py` writes them, and a test compares.
"""
