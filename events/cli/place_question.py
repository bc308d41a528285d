"""The question where it happened, with the forms and the words for units of a country."""

from __future__ import annotations

from willay.data.countries import country
from willay.data.unit_words import named_levels, place_examples
from willay.geo.translation import language, tr


def asked_where(code: str) -> str:
    """Return the question for a place in a country, in the language of now.

    Args:
        code: The country, ISO 3166-1 alpha-2.
    """
    words = [level.word(language()) for level in named_levels(code)]
    if place_examples(code):
        return tr(
            "Where? (name; “name, {wider}”; “{unit} of …”; coordinates; Enter = unknown)", wider=words[1], unit=words[2]
        )
    if words:
        return tr("Where? (name; “name, {wider}”; coordinates; Enter = unknown)", wider=words[0])
    return tr("Where? (name; coordinates; Enter = unknown)")


def about_where(code: str) -> str:
    """Return what is explained about that question.

    Args:
        code: As for `asked_where`.
    """
    examples = place_examples(code)
    if not examples:
        return tr(
            "A place by its name, a region of the database, coordinates in degrees or UTM, or a link to a map. A place "
            "that no list has: its name, then @ and its coordinates."
        )
    words = {f"level_{level.number}": level.word(language()) for level in country(code).levels}
    return tr(
        "A place by its name (“{place}”), a unit (“{level_3} of {third}”, “{level_2} of {second}”), a zone (“{zone}”), "
        "coordinates in degrees or UTM (“{utm}”), a link to a map, or a hamlet that no list has, with its {level_3}: "
        "“{hamlet}, {level_3} of {third}”.",
        **words,
        **examples,
    )
