"""The question where it happened, with the forms and the words for units of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.data.unit_words import named_levels, place_examples
from willay.geo.translation import language, tr

if TYPE_CHECKING:
    from willay.data.countries import Country


def asked_where(of: Country) -> str:
    """Return the question for a place in a country, in the language of now.

    Args:
        of: The country.
    """
    words = [level.word(language()) for level in named_levels(of)]
    if place_examples(of.code):
        return tr(
            "Where? (name; “name, {wider}”; “{unit} of …”; coordinates; Enter = unknown)", wider=words[1], unit=words[2]
        )
    if words:
        return tr("Where? (name; “name, {wider}”; coordinates; Enter = unknown)", wider=words[0])
    return tr("Where? (name; coordinates; Enter = unknown)")


def about_where(of: Country) -> str:
    """Return what is explained about that question.

    Args:
        of: As for `asked_where`.
    """
    examples = place_examples(of.code)
    if not examples:
        return tr(
            "A place or a unit by its name or code, a region of the database, coordinates in degrees or UTM, or a link "
            "to a map. A place that no list has: its name, then @ and its coordinates or its unit."
        )
    words = {f"level_{level.number}": level.word(language()) for level in of.levels}
    return tr(
        "A place by its name (“{place}”), a unit (“{level_3} of {third}”, “{level_2} of {second}”), a zone (“{zone}”), "
        "coordinates in degrees or UTM (“{utm}”), a link to a map, or a hamlet that no list has, with its {level_3}: "
        "“{hamlet}, {level_3} of {third}”.",
        **words,
        **examples,
    )
