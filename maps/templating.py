"""The templates of the page: Jinja, with everything escaped that is not said to be safe."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template


def _source(name: str) -> str:
    return (files("willay.maps") / "templates" / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> Template:
    """Return a template of `maps/templates` by its path there."""
    return _environment().get_template(name)
