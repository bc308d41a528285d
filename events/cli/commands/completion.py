"""`willay completion`: the script by which a shell completes commands, options, codes and words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

import typer

from willay.events.cli.output import put_text, say
from willay.geo.translation import tr

PROGRAM: Final = "willay"
VARIABLE: Final = "_WILLAY_COMPLETE"
"""The variable by which a shell asks for completions."""


class Shell(StrEnum):
    """Shells that complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


_WHERE: Final = {
    Shell.bash: "willay completion bash > ~/.local/share/bash-completion/completions/willay",
    Shell.zsh: "willay completion zsh > ~/.zfunc/_willay # ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit",
    Shell.fish: "willay completion fish > ~/.config/fish/completions/willay.fish",
    Shell.powershell: "willay completion powershell >> $PROFILE",
}
"""How the script gets to where each shell looks for it."""


def completion(shell: Annotated[Shell, typer.Argument(help="The shell: bash, zsh, fish or powershell.")]) -> None:
    """Print the script with which a shell completes commands, options, codes, keys and words of the codebook.

    Where the script belongs is shown after it.
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # nowhere else

    put_text(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=shell.value) + "\n")
    say(tr("To use it in every new shell: {command}", command=_WHERE[shell]))
