"""Names of units in the form in which they are compared: without accents, case, and words such as *state of*."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from willay.data.admin import folded

_LETTERS: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "\u0131": "i", "'": "", "`": "", "\u00b4": "", "\u2018": "", "’": "", "\u02b9": "",
        "\u02bb": "", "\u02bc": "", "\u02be": "", "\u02bf": "", "&": " and ", **dict.fromkeys("-\u2013_/.,()", " "),
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a letter and an accent, and marks between words."""

_KINDS: Final = """
state states estado estados etat stat ştat shtat staat bundesland land lander
province provinces provincia provincias provincial provincie provinsi provins prowincja wilayah wilaya wilayas
wilayat vilayet viloyat viloyati velayat velayaty welayaty wojewodztwo voivodeship
region regions regione regional regiao regija regiune region raion rayon raion rajon
department departments departamento departamentos departement depto dpto
oblast oblasts oblys oblysy oblasty oblastj voblast voblasc oblasti krai kray kraj okrug okrugs okres
republic republica republique respublika republik
governorate governorates gobernacion gobernorado gouvernorat muhafazat muhafazah mohafazah muhafaza mintaqat mintaqah
county counties condado condados comte megye judet zupanija apskritis maakond lan fylke amt
district districts distrito distritos distrikt
prefecture prefectures prefectura nomos ken todofuken
division divisions divisiones
canton cantons canto kanton kantons
parish parishes parroquia parroquias
municipality municipalities municipio municipios opstina opcina obcina
territory territories territorio territorios
autonomous autonoma autonomo autonomy autonome
emirate emirates emirato
sheng zizhiqu novads horad gorad grad
governate gobernacion
область край республика автономный округ район регион
область автономна республіка
вобласць
محافظة ولاية استان منطقة
"""

_JOINING: Final = frozenset(
    [
        "of",
        "de",
        "del",
        "la",
        "el",
        "the",
        "do",
        "da",
        "dos",
        "das",
        "du",
        "des",
        "d",
        "l",
        "al",
        "le",
        "les",
        "y",
        "and",
        "et",
    ]
)
KIND_WORDS: Final = frozenset(folded(word) for word in _KINDS.split())
"""Words for kinds of units in many languages, folded; not *city*: a city and the state around it are two units."""

_SPACES: Final = re.compile(r"\s+")


@cache
def plain(text: str) -> str:
    """Return a name without accents, case, apostrophes and marks between words."""
    return _SPACES.sub(" ", folded(text.casefold().translate(_LETTERS)).translate(_LETTERS)).strip()


def bare(text: str) -> str:
    """Return a plain name without words for kinds of units and what joins them; "" where nothing else is in it.

    Example:
        >>> from willay.data.unitnames import bare, plain
        >>> bare(plain("Estado de México")), bare(plain("Київська область")), bare(plain("La Paz"))
        ('mexico', 'київська', 'la paz')
    """
    words = text.split()
    if not any(word in KIND_WORDS for word in words):
        return text
    kept = [
        word
        for at, word in enumerate(words)
        if word not in KIND_WORDS and not (word in _JOINING and _beside_kind(words, at))
    ]
    return " ".join(kept)


def _beside_kind(words: list[str], at: int) -> bool:
    """Return whether nothing but joining words lies between a joining word and a word for a kind."""
    before, after = words[:at][::-1], words[at + 1 :]
    return any(_first(side) in KIND_WORDS for side in (before, after))


def _first(words: list[str]) -> str:
    return next((word for word in words if word not in _JOINING), "")
