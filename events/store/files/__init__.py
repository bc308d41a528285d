"""Files of a database: replaced, encrypted, and never lost when a process is killed."""
