"""Neutral words: the rules of CONTRIBUTING.md, "Words", on every text that is included.

What is read: incidents, sources, actors, cases and indicators; labels of the codebook; zones; disclosure profiles; the
messages of the pages. Not read: keys and addresses, titles of sources (they are others' words), and what a search
finds things by (tags, aliases, the words of the codebook and of headers).
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = frozenset(("es", "en"))

UNREAD: Final = frozenset(("tags", "aliases", "words"))
"""Fields that hold no text of ours: what a search finds things by."""

TITLED: Final = frozenset(("title", "name"))
"""Fields that are titles, where they are texts by language. The title of a source is a plain text, and not ours."""

PLAIN: Final = frozenset(("attributed_to",))
"""Fields of ours that are one text for both languages."""


class Text(NamedTuple):
    """A text, where it is, and in which language (None: one text for both)."""

    where: str
    lang: str | None
    words: str
    is_title: bool = False


LOADED: Final = {
    "1: a proper name": {
        "es": (
            r"\bterroristas?\b|\bsubversiv[oa]s?\b|\bdelincuentes?\b|\bremanentes?\b|\brepresor(?:es)?\b|\bradicales\b"
            r"|\bv[aá]ndal\w+|\bturbas?\b|(?<!comunidad )(?<!comunidades )\bnativ[oa]s?\b|\bsenderistas?\b"
            r"|\bnarcoterror\w*|\brebeldes?\b|\bguerriller\w+"
        ),
        "en": (
            r"\bterrorists?\b|\bsubversives?\b|\bthugs?\b|\bremnants?\b|\bradicals\b|\bvandals?\b|\bmobs?\b"
            r"|\bnatives?\b(?! communit)|\brebels?\b|\bguerrillas?\b|\bsenderistas?\b"
        ),
    },
    "3: the same verb for all": {
        "es": r"\brepresi[oó]n\b|\breprimi\w+",
        "en": r"\brepress\w+|\bput down\b|\bcrackdown\b",
    },
    "6: all the dead are named alike": {
        "es": r"\bca[ií]d[oa]s\b|\babatid\w+|\bbajas\b|\bm[aá]rtir\w*|\bneutraliz\w+|\bultimad\w+|\bvictimad\w+",
        "en": r"\bfallen\b|\bmartyr\w*|\bneutrali[sz]\w+|\bcasualties\b|\blosses\b",
    },
    "7: a people or a town is no author": {
        "es": (
            r"\b(?:la poblaci[oó]n|el pueblo|los (?:awaj[uú]n|wamp[ií]s|ind[ií]genas|aimaras|ash[aá]ninkas|comuneros))"
            r" (?:mat|linch|asesin|atac|quem|secuestr)\w+"
        ),
        "en": (
            r"\bthe (?:Awajún|Wampis|Aymara|Asháninka|natives|population|town)"
            r" (?:killed|lynched|attacked|burnt|abducted)\b"
        ),
    },
    "9: a dispute is two sentences with their sources": {
        "es": r"\bhabr[ií]an?\b|\bal parecer\b|\bsupuest[oa]s?\b|\bsupuestamente\b|\bse sabe que\b|\bpresunt\w+",
        "en": r"\balleged\w*|\breportedly\b|\bapparently\b|\bit is known that\b|\bsupposed\w*|\bpresumed\b",
    },
    "the Spanish of Peru": {
        "es": (
            r"\bseptiembre\b|\bperíodo\b|\bperfil del país\b|\b[Ll]eíd[oa]s?\b|\bwampís\b"
            r"|\b(?:la|las|una|dos|primeras?|segundas?|otra|de|otras) cuentas?\b|\bdio cuenta\b|\bdando cuenta\b"
        ),
        "en": r"\bcountry profile\b|\bWampís\b",
    },
    "numbers as in 69,280": {"es": r"\d \d{3}\b", "en": r"\d \d{3}\b"},
}
"""What no text of ours says outside quotation marks, by rule and language."""

LOADED_TITLES: Final = {
    "10: what, where, when": {
        "es": (
            r"\bmasacres?\b|\bmatanzas?\b|\b(?!rechazo|plazo|reemplazo)\w+azo\b|\bsangrient\w+|\batentados?\b|\basesinat\w+|\bsecuestr\w+"
            r"|\btortur\w+"
        ),
        "en": r"\bmassacres?\b|\b\w{4,}azo\b|\bbloody\b|\bmurder\w*|\bkidnap\w*|\btortur\w+|\buprising\b",
    },
}
"""What no title says, even in quotation marks."""

QUALIFIED: Final = {
    "es": (
        r"\basesin(?:at|ad|ar|[oó]\b)\w*|\bmasacr\w+|\bmatanzas?\b"
        r"|\bejecuci[oó]n(?:es)? (?:extrajudicial|arbitraria)\w*|\bsecuestr\w+|\btortur\w+|\bterrorismo\b"
        r"|\blesa humanidad\b"
    ),
    "en": (
        r"\bmurder\w*|\bmassacre\w*|\bextrajudicial (?:killing|execution)s?|\bkidnap\w*|\babduct\w*|\btortur\w+"
        r"|\bterrorism\b|\bcrimes? against humanity"
    ),
}
"""Rule 4: what a court or a commission says and we do not, so that a text with it names whose word it is."""

OWNERS: Final = {
    "es": (
        r"[Ss]eg[uú]n|\bCVR\b|[Cc]orte\b|[Tt]ribunal|[Ss]entencia|[Ss]ala\b|[Jj]uzgado|[Ff]iscal[ií]a|[Dd]efensor[ií]a"
        r"|[Cc]omisi[oó]n|CNDDHH|[Dd]ecreto|\bdij(?:o|eron)\b|\bllam[oóa]\b|\bescribe\b|\bcita\b|\bcuenta\b"
        r"|[Pp]roces|[Cc]onden|[Aa]bsol|[Pp]olic[ií]a Nacional|[Ll]ey\b|[Dd]irecci[oó]n|[Aa]cusad|[Dd]enunci"
    ),
    "en": (
        r"[Aa]ccording to|\bCVR\b|[Cc]ourt|[Tt]ribunal|[Jj]udgment|[Cc]hamber|[Pp]rosecut|[Oo]mbudsman|[Cc]ommission"
        r"|CNDDHH|[Dd]ecree|\bsaid\b|\bcalls?\b|\bwrites\b|\bquotes?\b|\bcounts\b|[Tt]rial|[Cc]onvict|[Aa]cquit|\bLaw\b"
        r"|[Dd]irectorate|[Cc]harge|[Cc]omplaint"
    ),
}

EXCEPTIONS: Final = {
    "secuestrados o retenidos": "a measure: the words of both sides, next to each other (rule 5)",
    "abducted or held": "the same",
    "torturados": "a measure; its claims have their source",
    "tortured": "the same",
    "¿Cuántas personas fueron torturadas?": "how that measure is asked for; the next question is who says so",
    "How many people were tortured?": "the same",
    "Secuestro": "a type: the name of the act in the Penal Code",
    "Kidnapping": "the same",
    "Secuestro, retención o toma de rehenes": "a type: the words of both sides, next to each other (rule 5)",
    "Abduction, holding or hostage-taking": "the same",
    "Tortura o malos tratos": "a type: the name of the act in the Penal Code and in treaties",
    "Torture or ill-treatment": "the same",
}
"""Whole texts that are as they are for a reason."""


def without_quotations(text: str) -> str:
    """Return a text without what stands in quotation marks: others' words, which are theirs (rule 2)."""
    return re.sub(r"«[^»]*»|“[^”]*”|\"[^\"]*\"", " … ", text)


def texts_in(value: Any, where: str, *, is_title: bool = False) -> Iterator[Text]:
    """Yield the texts of a document, at any depth."""
    if isinstance(value, dict):
        if value and all(isinstance(text, str) for text in value.values()) and {*value} <= {*LANGUAGES, "und"}:
            for lang, words in value.items():
                yield Text(where, lang, words, is_title)
            return
        for name, part in value.items():
            if name in PLAIN and isinstance(part, str):
                yield Text(f"{where}.{name}", None, part)
            elif str(name) not in UNREAD:
                yield from texts_in(part, f"{where}.{name}", is_title=str(name) in TITLED)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            label = part.get("key", part.get("code", number)) if isinstance(part, dict) else number
            yield from texts_in(part, f"{where}[{label}]", is_title=is_title)


def local_texts_in(value: Any, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is given by language in a document, with its place."""
    if isinstance(value, dict):
        if value and {*value} & LANGUAGES and all(isinstance(text, str) for text in value.values()):
            yield where, value
            return
        for name, part in value.items():
            yield from local_texts_in(part, f"{where}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            label = part.get("key", part.get("code", number)) if isinstance(part, dict) else number
            yield from local_texts_in(part, f"{where}[{label}]")


@cache
def documents() -> dict[str, Any]:
    """Return every shipped document with texts, by path."""
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "data").rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix == ".yaml":
            found[name] = yaml.safe_load(path.read_text("utf-8"))
        elif path.suffix == ".toml" and path.parent.name in {"codebook", "profiles"}:
            found[name] = _labelled(tomllib.loads(path.read_text("utf-8")))
        elif path.suffix == ".toml" and path.parent.name in {"incidents", "zones"}:
            found[name] = tomllib.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "data" / "zones").glob("*.geojson")):
        rows = [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]
        found[path.relative_to(ROOT).as_posix()] = rows
    return found


def _labelled(value: Any) -> Any:
    """Return a document of the codebook with the labels of a term together: its row has them among other fields."""
    if isinstance(value, list):
        return [_labelled(part) for part in value]
    if not isinstance(value, dict):
        return value
    rest = {name: _labelled(part) for name, part in value.items() if name not in LANGUAGES}
    labels = {lang: value[lang] for lang in sorted(LANGUAGES) if isinstance(value.get(lang), str)}
    return {**rest, **({"label": labels} if labels else {})}


@cache
def messages() -> dict[str, Any]:
    """Return the messages of the pages by language."""
    return {lang: json.loads((ROOT / "maps" / "messages" / f"{lang}.json").read_text("utf-8")) for lang in LANGUAGES}


@cache
def texts() -> tuple[Text, ...]:
    """Return all texts that are read."""
    found = [text for name, document in documents().items() for text in texts_in(document, name)]
    for lang, said in messages().items():
        for key, value in said.items():
            forms = value.values() if isinstance(value, dict) else [value]
            found += [Text(f"messages/{lang}.json: {key}", lang, form) for form in forms]
    return tuple(found)


def faults(text: Text) -> list[str]:
    """Return what the rules have against a text."""
    if text.words in EXCEPTIONS:
        return []
    found = []
    ours = without_quotations(text.words)
    for lang in LANGUAGES if text.lang in {None, "und"} else {text.lang}:
        for rule, by_lang in LOADED.items():
            found += [f"{rule}: {one[0]!r}" for one in re.finditer(by_lang[lang], ours, re.IGNORECASE)]
        for rule, by_lang in LOADED_TITLES.items() if text.is_title else ():
            found += [f"{rule}: {one[0]!r}" for one in re.finditer(by_lang[lang], text.words, re.IGNORECASE)]
        if (one := re.search(QUALIFIED[lang], ours, re.IGNORECASE)) and not re.search(OWNERS[lang], text.words):
            found.append(f"4: courts and commissions qualify; whose word is {one[0]!r}?")
    return found


def test_every_included_text_is_neutral() -> None:
    refused = [f"{text.where} ({text.lang}): {fault}" for text in texts() for fault in faults(text)]
    assert refused == [], "\n".join(refused)


def test_every_text_is_in_spanish_and_english() -> None:
    lacking = [
        where
        for name, document in documents().items()
        for where, by_lang in local_texts_in(document, name)
        if not {*by_lang} >= LANGUAGES
    ]
    assert lacking == []


def test_the_pages_say_the_same_things_in_both_languages() -> None:
    assert {*messages()["es"]} == {*messages()["en"]}


def test_every_exception_is_still_there() -> None:
    """Nothing is excused that nobody writes any more."""
    assert {*EXCEPTIONS} <= {text.words for text in texts()}


def test_thousands_of_texts_are_read() -> None:
    """A test that reads nothing cannot fail."""
    read = {text.where.split(".")[0].split("[")[0] for text in texts()}
    assert len(texts()) > 1500
    assert {"data/incidents/peru/2009", "data/codebook/claims", "messages/es"} <= read


@pytest.mark.parametrize(
    ("lang", "words", "is_title"),
    [
        ("es", "Los terroristas emboscaron a una patrulla.", False),
        ("es", "Los senderistas emboscaron a una patrulla.", False),
        ("es", "Murieron al ser reprimida la protesta.", False),
        ("es", "Tres policías caídos.", False),
        ("es", "Dos subversivos abatidos.", False),
        ("es", "La población linchó al alcalde.", False),
        ("es", "Habría disparado un militar.", False),
        ("es", "El Ejército asesinó a 12 comuneros.", False),
        ("es", "Masacre de Accomarca", True),
        ("es", "Moqueguazo", True),
        ("es", "La CVR estimó 69 280 muertos.", False),
        ("en", "The mob burnt a car.", False),
        ("en", "Two fallen soldiers.", False),
        ("en", "The army murdered twelve peasants.", False),
        ("en", "Accomarca massacre", True),
        ("en", "A radical allegedly fired.", False),
    ],
)
def test_a_loaded_text_is_refused(lang: str, words: str, is_title: bool) -> None:  # noqa: FBT001 — a column of the table
    assert faults(Text("here", lang, words, is_title))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", "El Ministerio del Interior los llamó «terroristas»."),
        ("es", "Según la CVR, integrantes de Sendero Luminoso asesinaron a 69 personas."),
        ("es", "Murió por disparo de arma de fuego; las fuentes no coinciden en quién disparó."),
        ("en", 'The ministry called them "terrorists".'),
        ("en", "According to the CVR members of Shining Path murdered 69 people."),
    ],
)
def test_a_loaded_word_with_its_owner_passes(lang: str, words: str) -> None:
    assert faults(Text("here", lang, words)) == []
