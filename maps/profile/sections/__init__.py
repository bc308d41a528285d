"""The sections of a profile document, a module each: what a record says, put into sentences, tables and charts."""
