"""The command line `willay`: it parses, makes one library call, prints, and exits.

Heavy libraries are imported inside the commands, so that `willay --help` answers at once.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; a traceback only with `--debug`."""
    from willay.events.cli.app import app
    from willay.events.cli.exits import code_for
    from willay.events.cli.talk import said_aloud, say
    from willay.events.collecting import seldom_collected

    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        with seldom_collected(), said_aloud():  # loading libraries makes very many objects, and none of them goes again
            app(arguments, prog_name="willay")
    except Exception as error:
        code = code_for(error)
        if debug or code is None:
            raise
        say(f"willay: {error}")
        sys.exit(code)
