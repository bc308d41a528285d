"""Every message in every language: the catalogues have what is in the code, and nothing else."""

from __future__ import annotations

import ast
import re
import string
from typing import Any, Final

import pytest
from translated import catalogues, is_english, merged, messages, modules, untranslated_texts

from willay.geo import translation
from willay.geo.translation import LANGUAGES, in_language, language, language_of, many, quoted, tr, tr_n

OTHERS: Final = LANGUAGES[1:]

NOT_MESSAGES: Final[dict[str, str]] = {
    "events/frame/columns.py: ": "descriptions of columns, which files have",
    "data/registry.py: Written from `registry.toml`": "written into PROVENANCE.md",
    "data/registry.py: The incidents of `incidents/": "written into PROVENANCE.md",
    "data/registry.py:  are a selection, not a census": "written into PROVENANCE.md",
    "data/registry.py:  are all that are known": "written into PROVENANCE.md",
    "events/exchange/outgoing/xlsx.py: degrees ": "what a column of a workbook holds: files are alike everywhere",
    "events/release/description.py: ": "what a release says of itself: its files are alike everywhere",
    "events/store/dialects/sqlite/geopackage.py: longitude and latitude": "a table of the file, as its standard has it",
    "events/exchange/incoming/table/mapping.py: # Which column": "the head of a mapping's file, in both languages",
    "events/cli/unfinished.py: an unfinished incident of willay add": "what a file of answers is, for the program",
}
"""Beginnings of English texts that nobody reads as a message, by module, and why: `module: beginning` → reason."""

NOT_SAID: Final = {
    "es": {
        r"\breclamos?\b": "afirmación",
        r"\bficheros?\b": "archivo",
        r"\bañad\w+": "agregar",
        r"\bpor favor\b": "",
        r"\blocaliz\w+": "ubicar",
        r"\bordenador\b": "computadora",
        r"\beventos?\b": "incidente",
        r"\bcuentas?\b": "cifra, conteo",
        r"[¡!]": "",
        r"\b(?:puedes|quieres|debes|escribe|elige|usa|tu|tus)\b": "usted: puede, escriba, elija, use",
    }
}
"""Turns of phrase of each language that are not ours, and what to write instead (docs/es: the register is usted)."""


@pytest.mark.parametrize("lang", OTHERS)
def test_every_message_is_translated(lang: str) -> None:
    known = merged(lang)
    missing = sorted({f"{one.where}: {one.key}" for one in messages() if one.key not in known})
    assert not missing, f"Add to messages/{lang}/*.json:\n" + "\n".join(missing)


@pytest.mark.parametrize("lang", OTHERS)
def test_catalogues_have_nothing_that_no_code_says(lang: str) -> None:
    said = {one.key for one in messages()}
    unused = [f"{file}: {key}" for file, texts in catalogues(lang).items() for key in texts if key not in said]
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_message_has_one_translation(lang: str) -> None:
    seen: dict[str, str] = {}
    twice = []
    for file, texts in catalogues(lang).items():
        twice += [f"{key!r} is in {seen[key]} and {file}" for key in texts if key in seen]
        seen |= dict.fromkeys(texts, file)
    assert not twice, "\n".join(twice)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_has_the_same_values(lang: str) -> None:
    by_number = {one.key for one in messages() if one.one is not None}
    wrong = []
    for key, text in merged(lang).items():
        if (key in by_number) != isinstance(text, dict):
            wrong.append(f"{key}: one and other where it goes by number, and there alone")
            continue
        for form in text.values() if isinstance(text, dict) else (text,):
            if _is_format(key) and _fields(form) - {"n"} != _fields(key) - {"n"}:
                wrong += [f"{key} → {form}"]
    assert not wrong, "\n".join(wrong)


def _is_format(key: str) -> bool:
    try:
        return bool(_fields(key))
    except ValueError:  # braces that are no fields
        return False


@pytest.mark.parametrize("lang", OTHERS)
def test_no_translation_is_english_or_of_the_wrong_register(lang: str) -> None:
    wrong = []
    for key, told in merged(lang).items():
        for text in told.values() if isinstance(told, dict) else (told,):
            plain = re.sub(r"`[^`]*`|«[^»]*»|\{[^}]*\}|--[\w-]+|willay [\w -]+", "", text)
            if is_english(plain):
                wrong.append(f"{key} → {text}: English")
            wrong += [
                f"{text}: {better or 'leave out'}"
                for phrase, better in NOT_SAID[lang].items()
                if re.search(phrase, plain, re.IGNORECASE)
            ]
    assert not wrong, "\n".join(wrong)


def test_no_english_text_goes_past_the_catalogues() -> None:
    found = [f"{name}: {text}" for name in sorted(modules()) for _, text in untranslated_texts(name)]
    wrong = [one[:140] for one in found if not one.startswith(tuple(NOT_MESSAGES))]
    assert not wrong, "Put into tr(…), or into NOT_MESSAGES with the reason:\n" + "\n".join(wrong)
    unneeded = [start for start in NOT_MESSAGES if not any(one.startswith(start) for one in found)]
    assert not unneeded


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "es_PE.UTF-8"}, "es"),
        ({"LC_ALL": "C", "LANG": "es_PE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "es"}, "es"),
        ({"LC_MESSAGES": "es_ES@euro", "LANG": "en_US.UTF-8"}, "es"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides_about_the_language(environment: dict[str, Any], expected: str) -> None:
    assert language_of(environment) == expected


def test_messages_are_in_the_language_of_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"{n:,} rows": {"one": "{n:,} fila", "other": "{n:,} filas"}, "{a!r} is late.": "{a!r} llega tarde."}
    monkeypatch.setattr(translation, "catalogue", lambda lang: texts if lang == "es" else {})
    with in_language("es"):
        assert language() == "es"
        assert (many(1, "row"), many(1200, "row")) == ("1 fila", "1,200 filas")
        assert tr("{a!r} is late.", a="Río\t") == "«Río\\t» llega tarde."
        assert tr_n("{n} thing", "{n} things", 2) == "2 things"  # no catalogue has it: English, and no error
    assert tr("{a!r} is late.", a="x") == "'x' is late."
    assert quoted("it's") == '"it\'s"'
    assert quoted("C:\\datos\\x.gpkg") == "'C:\\datos\\x.gpkg'"  # as Windows writes a path, to be copied


def test_a_language_that_messages_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="Known: en, es"), in_language("fr"):
        pass


def test_a_reason_that_the_program_records_is_one_of_the_known() -> None:
    """`reason or "…"` would be recorded, and stay English for a Spanish reader of the history."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BoolOp) and getattr(node.values[0], "id", "") == "reason"
        for told in node.values[1:]
        if isinstance(told, ast.JoinedStr) or (isinstance(told, ast.Constant) and told.value)
    ]
    assert not found, "Use recorded_reason(…) of events/model/reasons.py: " + ", ".join(found)


def test_no_english_message_has_examples_in_spanish() -> None:
    words = "abril|mayo|ayer|lunes|más|varios|mediados|semanas?|distrito|unos|hasta|menos|policías"
    spanish = re.compile(rf"\b(?:{words})\b")
    assert not sorted({f"{one.where}: {one.key}" for one in messages() if spanish.search(one.key)})
