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
    """Run the command line, in the language asked for; a traceback only with `--debug`."""
    from typer import Abort

    from willay.events.cli import exit_codes
    from willay.events.cli.config import defaults_for, use_settings
    from willay.events.cli.failures import failure_of, more_about
    from willay.events.cli.output import prepare_streams, say, warnings_printed
    from willay.events.cli.speech import command_in_words, taken_from, with_options_last
    from willay.events.model.collecting import seldom_collected
    from willay.geo.hints import speak
    from willay.geo.translation import tr

    speak(to_command_line=True)
    debug = "--debug" in sys.argv
    arguments: list[str] = []
    prepare_streams()
    try:
        words = [argument for argument in sys.argv[1:] if argument != "--debug"]
        settings = use_settings(leniently="config" in words[:1])
        arguments = with_options_last(taken_from(words))
        # Loading libraries makes very many objects, and none of them goes again.
        with seldom_collected(), warnings_printed():
            command = command_in_words(arguments)
            usual = defaults_for(command, settings) if settings else None
            code = command(arguments, prog_name="willay", standalone_mode=False, default_map=usual)
    except Abort:
        say(tr("Stopped."))
        sys.exit(exit_codes.STOPPED)
    except Exception as error:
        failure = failure_of(error)
        if debug or failure is None:
            raise
        say(failure[0])
        if sys.stderr.isatty() and (more := more_about(error, arguments)):
            say(more)
        sys.exit(failure[1])
    sys.exit(code if isinstance(code, int) else exit_codes.OK)
