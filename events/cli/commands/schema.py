"""`willay schema`: the JSON Schema of drafts, for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from willay.events.cli.options import Language
from willay.events.cli.output import put_json


class Subject(StrEnum):
    """What has a schema."""

    incident = "incident"
    source = "source"
    actor = "actor"
    case = "case"
    indicator = "indicator"
    bundle = "bundle"


def schema(
    subject: Annotated[
        Subject,
        typer.Argument(help="What is described: incident, source, actor, case, indicator, or bundle, a whole file."),
    ] = Subject.bundle,
    *,
    lang: Language,
) -> None:
    """Print the JSON Schema of drafts (draft 2020-12): an editor completes and checks YAML files by it.

    For a file that `willay add --from-file` reads, write at its top: # yaml-language-server: $schema=FILE
    """
    from willay.events.model.draft_schema import draft_schema
    from willay.geo.translation import in_language

    with in_language(lang.value):
        put_json(draft_schema(subject.value))
