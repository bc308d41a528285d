"""Print the lowest versions that pyproject.toml allows, as constraints for pip: `make test-lowest` installs them."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

_BOUND = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?>=(?P<version>[\w.]+)")


def lowest(pyproject: str) -> list[str]:
    """Return `name==version` for the lower bound of each requirement, also of the build, without repetition, by name.

    Requirements of willay itself (an extra made of others) have no bound and are left out.

    Raises:
        ValueError: A requirement has no lower bound, or is written in another form than `name>=version`.
    """
    document = tomllib.loads(pyproject)
    project = document["project"]
    lists = [document["build-system"]["requires"], project["dependencies"], *project["optional-dependencies"].values()]
    wanted = [requirement for each in lists for requirement in each]
    return sorted({_pinned(each) for each in wanted if not each.startswith("willay[")}, key=str.lower)


def _pinned(requirement: str) -> str:
    bound = _BOUND.fullmatch(requirement)
    if bound is None:
        raise ValueError(f"pyproject.toml: expected name>=version; got {requirement!r}.")
    return f"{bound['name']}=={bound['version']}"


if __name__ == "__main__":
    pyproject = Path(__file__).parent.parent / "pyproject.toml"
    sys.stdout.write("".join(f"{line}\n" for line in lowest(pyproject.read_text("utf-8"))))
