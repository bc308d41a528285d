"""The command line `willay`: it parses, makes one library call, prints, and exits.

Heavy libraries are imported inside the commands, so that `willay --help` answers at once.
"""

from __future__ import annotations

import atexit
import gc
import sys

__all__ = ["main"]

atexit.register(gc.freeze)  # at its end Python looks through all objects for cycles: a seventh of a second for nothing


def main() -> None:
    """Run the command line; a traceback only with `--debug`."""
    from typer import Abort

    from willay.events.cli import exit_codes
    from willay.events.cli.app import command_tree
    from willay.events.cli.failures import failure_of
    from willay.events.cli.output import prepare_streams, say, warnings_printed
    from willay.events.model.collecting import seldom_collected

    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    prepare_streams()
    try:
        # Loading libraries makes very many objects, and none of them goes again.
        with seldom_collected(), warnings_printed():
            code = command_tree()(arguments, prog_name="willay", standalone_mode=False)
    except Abort:
        say("Stopped.")
        sys.exit(exit_codes.STOPPED)
    except Exception as error:
        failure = failure_of(error)
        if debug or failure is None:
            raise
        say(failure[0])
        sys.exit(failure[1])
    sys.exit(code if isinstance(code, int) else exit_codes.OK)
