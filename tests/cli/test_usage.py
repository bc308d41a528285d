"""Errors of usage and pages of help, in every language: what Typer says in English alone is said in words of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import typer
from translated import ENGLISH, is_english

from willay.events.cli.app import app
from willay.events.cli.help_pages import NAMES, TYPES, Command, Group
from willay.events.cli.speech import command_in_words
from willay.geo.translation import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Result

WIDTH = 80

WRONG: dict[str, tuple[tuple[str, ...], str, str]] = {
    "an option that is like another": (
        ("list", "--tipe", "x"), "No such option: --tipe. Did you mean --type?",
        "No existe la opción --tipe. ¿Quiso decir --type?",
    ),
    "an option that is like none": (
        ("list", "--zzz"), "No such option: --zzz.", "No existe la opción --zzz.",
    ),
    "an option before its command": (
        ("--limit", "2", "list"), "--limit goes after the command: it is an option of some commands only.",
        "--limit va después de la orden: es una opción solo de algunas órdenes.",
    ),
    "a command that is like another": (
        ("lst",), "No such command: 'lst'. Did you mean list?", "No existe la orden «lst». ¿Quiso decir list?",
    ),
    "a command that is like none": (("zzz",), "No such command: 'zzz'.", "No existe la orden «zzz»."),
    "a command of a group that is like none": (
        ("source", "zzz"), "No such command: 'zzz'.", "No existe la orden «zzz».",
    ),
    "an argument is missing": (("show",), "Missing argument: code.", "Falta el argumento código."),
    "an option is missing": (
        ("source", "add", "k"), "Missing option: --source-kind.", "Falta la opción --source-kind.",
    ),
    "an argument too many": (
        ("show", "a", "b"), "Unexpected: 'b'. The command takes no further arguments.",
        "Sobra: «b». La orden no lleva más argumentos.",
    ),
    "an option without its value": (
        ("list", "--format"), "--format needs a value.", "--format necesita un valor.",
    ),
    "a switch with a value": (
        ("list", "--wide=3"), "--wide does not take a value.", "--wide no lleva un valor.",
    ),
    "a value that is none of the choices": (
        ("list", "--format", "x"), "-f / --format: 'x' is none of these: table, json, csv, tsv, ndjson, geojson.",
        "-f / --format: «x» no es ninguno de estos: table, json, csv, tsv, ndjson, geojson.",
    ),
    "a value that is no whole number": (
        ("list", "--limit", "x"), "--limit: 'x' is not a whole number.", "--limit: «x» no es un número entero.",
    ),
    "a value that is no number": (
        ("map", "atlas", "a.png", "--width-mm", "x"), "--width-mm: 'x' is not a number.",
        "--width-mm: «x» no es un número.",
    ),
    "a number that is too small": (
        ("list", "--limit", "0"), "--limit: 0 is too small: the least is 1.",
        "--limit: 0 es demasiado pequeño: el mínimo es 1.",
    ),
    "a number out of its range": (
        ("map", "atlas", "a.html", "--classes", "20"), "--classes: 20 must be from 2 to 9.",
        "--classes: 20 debe estar entre 2 y 9.",
    ),
    "a value of ours that is none": (
        ("review", "approve", "a", "b", "--base-revision", "3"),
        "--base-revision: applies to one incident only. Give one code.",
        "--base-revision: solo vale para un incidente. Dé un solo código.",
    ),
    "a language that there is not": (
        ("list", "--lang", "fr"), "--lang: 'fr' is unknown. Known: es, en.",
        "--lang: «fr» no se conoce. Idiomas: es, en.",
    ),
}  # fmt: skip
"""Every kind of error of usage: what is typed, and what is said in English and in Spanish."""


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_kind_of_wrong_usage_is_said_in_the_language(
    lang: str, kind: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WILLAY_LANG", lang)
    words, english, spanish = WRONG[kind]
    answer = run(*words)
    assert answer.code == 2
    assert answer.err.splitlines()[-1] == f"Error: {spanish if lang == 'es' else english}"
    assert lang == "en" or not is_english(answer.err)


def test_a_usage_error_shows_how_the_command_is_called_and_where_its_help_is(run: Callable[..., Result]) -> None:
    told = run("show", "--lang", "es").err.splitlines()
    assert told == [
        "Uso: willay show [OPCIONES] {código}",
        "Ayuda: willay show --help",
        "",
        "Error: Falta el argumento código.",
    ]


def test_a_group_without_a_command_shows_its_help(run: Callable[..., Result]) -> None:
    assert run("source", "--lang", "es").err.startswith("Uso: willay source [OPCIONES] ORDEN [ARGUMENTOS]...")


def pages(lang: str) -> Iterator[tuple[str, str]]:
    """Yield the help page of each command, by the words that call it."""
    with in_language(lang):
        root: Any = command_in_words()
        yield from _pages(root, typer.Context(root, info_name="willay"))


def _pages(command: Any, context: typer.Context) -> Iterator[tuple[str, str]]:
    context.terminal_width = context.max_content_width = WIDTH
    yield context.command_path, command.get_help(context)
    for name, child in getattr(command, "commands", {}).items():
        yield from _pages(child, typer.Context(child, info_name=name, parent=context))


def tree(command: Any) -> Iterator[Any]:
    yield command
    for child in getattr(command, "commands", {}).values():
        yield from tree(child)


def test_every_command_and_group_has_help_in_the_language() -> None:
    root = typer.main.get_command(app)
    assert [one.name for one in tree(root) if not isinstance(one, Command | Group)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_of_help_fit_a_terminal(lang: str) -> None:
    long = [f"{path}: {line}" for path, page in pages(lang) for line in page.splitlines() if len(line) > WIDTH]
    assert not long, "\n".join(long)


def test_help_in_spanish_has_no_english() -> None:
    words = ENGLISH | {"default", "required", "options", "commands", "arguments", "usage"}
    found = []
    for path, page in pages("es"):
        for line in page.splitlines():
            plain = re.sub(r"--[\w-]+|willay [\w -]+|<[^>]*\|[^>]*>", "", line)
            if len([word for word in re.findall(r"[a-z]+", plain.lower()) if word in words]) >= 2:
                found.append(f"{path}: {line}")
    assert not found, "\n".join(found)


def test_help_in_english_has_no_spanish() -> None:
    words = {"el", "la", "los", "las", "del", "una", "por", "con", "para", "que", "según", "también"}
    found = []
    for path, page in pages("en"):
        plain = re.sub(r"“[^”]*”", "", page)
        if len([word for word in re.findall(r"\w+", plain.lower()) if word in words]) >= 2:
            found.append(path)
    assert not found


def test_names_of_arguments_and_types_of_values_have_words_in_every_language() -> None:
    parameters = [one for command in tree(typer.main.get_command(app)) for one in command.params]
    names = {one.metavar or one.name for one in parameters if one.param_type_name == "argument"}
    names |= {one.metavar for one in parameters if one.metavar}
    assert names == set(NAMES)
    plain = [one for one in parameters if not one.type_descriptor.is_choice and not getattr(one, "is_flag", False)]
    kinds = {one.display_type(typer.Context(Command("x"))).strip("<>") for one in plain if not one.metavar}
    assert kinds <= set(TYPES)
