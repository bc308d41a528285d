"""Bad input as people type it: a refusal in their language that says what to do, and nothing raw."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from translated import is_english

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

FILES: Final = {
    "broken.yaml": b"title: [\n", "broken.json": b'{"title": ', "list.yaml": b"- 1\n- 2\n", "empty.yaml": b"",
    "binary.yaml": bytes(range(128, 255)), "list.csv": b"a,b\n1,2\n",
    "broken.geojson": b'{"type":"FeatureCollection","features":[',
}  # fmt: skip

ADD: Final = "add -t X --type protest -y"
INPUTS: Final = (
    "add -t X --type nope -y", "add -t X --type eclipse -y", "add -t X --type enfrentamiento -y", "add -t X --type -y",
    f"{ADD} --day 09/13/2026", f"{ADD} --day 2026-13-01", f"{ADD} --day 2026-02-30", f"{ADD} --day manana",
    f"{ADD} --day 2026-05-10/2026-05-01", f"{ADD} --day 3026-05-10", f"{ADD} --day 10", f"{ADD} --day 31/02/2026",
    f"{ADD} -s S --killed -3", f"{ADD} -s S --killed 10-5", f"{ADD} -s S --killed 1,5", f"{ADD} -s S --killed 3.5",
    f"{ADD} -s S --killed 99999999999", f"{ADD} -s S --killed nada2", f"{ADD} --killed 3", f"{ADD} -s S --claim killed",
    f"{ADD} -s S --claim dead=3", f"{ADD} -s S --claim killed:nadie=3", f"{ADD} -s S --claim killed:police:x=3",
    f"{ADD} -s S --claim =3", f"{ADD} --source-kind rumores -s X", f"{ADD} --published ayer-no -s X",
    f"{ADD} -s http://", f"{ADD} --source-kind press", f"{ADD} --published 2026-01-01", f"{ADD} --place Bambamraca",
    f"{ADD} --place 'San Juan'", f"{ADD} --place 200,95", f"{ADD} --place 'Huanta, Cusco'", f"{ADD} --place 999999",
    f"{ADD} --place 051", f"{ADD} --place 'Huanta @ x,y'", f"{ADD} --place '18L 584000'",
    f"{ADD} --place region:pe-places/nada", f"{ADD} --place region:nada", f"{ADD} --place-precision district",
    f"{ADD} --place Huanta,Ayacucho --place-precision exacto", f"{ADD} --actor nadie", f"{ADD} --actor pnp=jefe",
    f"{ADD} --actor =target", f"{ADD} --case nada", f"{ADD} --part-of PE-1900-0001", f"{ADD} --status publicado",
    f"{ADD} --status cerrado", f"{ADD} --country ZZ", f"{ADD} --sensitivity secreto", "add -t '' --type protest -y",
    "add -F nada.yaml", "add -F .", "add -F broken.yaml", "add -F broken.json", "add -F list.yaml",
    "add -F binary.yaml", "add -F empty.yaml", "add -F list.yaml -t X", "edit PE-1900-0001 --set title=x -m x",
    "edit bagua-2009 --set nada=1 -m x", "edit bagua-2009 --set title -m x",
    "edit bagua-2009 --set 'places=Huanta, Ayacucho' -m x", "edit bagua-2009 --set claims=[] -m x",
    "edit bagua-2009 --set first_day=2009-13-01 -m x", "edit bagua-2009 -m x", "edit bagua-2009 --set title=x",
    "retract PE-1900-0001 -m x", "revert bagua-2009 --revision 999999 -m x", "revert bagua-2009 --revision x -m x",
    "show nada", "show", "history nada", "diff nada", "list --at-least 3", "list --with dead", "list --from 2012-13",
    "list --from 2012 --to 2010", "list --region nada", "list --bbox 1,2,3", "list --bbox=-70,10,-80,-10",
    "list --type nope", "list --actor nadie", "list --source nada", "list --status nada", "list --case nada",
    "list --as-of ayer-no", "list --limit x", "list --limit 0", "list --format xml", "list --policy nada",
    "list --db nada.gpkg", "list --db broken.yaml", "list --profile nada", "list --nada", "list --lang fr", "nada",
    "list nada", "list --limit", "export x.ods", "export /nonexist/x.csv", "export x.csv --format nada", "export",
    "map atlas x.doc", "map circulo x.html", "map atlas x.html --limits a,b", "map atlas x.html --classes 99",
    "import nada.csv", "import broken.yaml", "import list.csv", "claim add bagua-2009 killed=x -s S -m x",
    "claim withdraw bagua-2009 99 -m x", "claim add bagua-2009 --claim killed=3", "source nada",
    "case show nada", "actor show nada", "indicator show nada", "regions show nada",
    "regions add nada.geojson --region-set s --key-field k", "regions add broken.geojson --region-set s --key-field k",
    "review approve bagua-2009 nada", "review return bagua-2009", "release make x", "release verify nada",
    "backup /nonexist/b.gpkg", "backup b.gpkg --recipient age1x", "restore nada.gpkg", "attach bagua-2009 nada.jpg",
    "init --country ZZ", "places ''", "places Xyzzy", "redact bagua-2009 --field title", "check --db list.csv",
    "profile x.odt",
)  # fmt: skip
"""Lines as somebody types them in a hurry; none of them may change anything."""

RAW: Final = re.compile(
    r"Traceback|Errno|pydantic|Input should|Value error|NoneType|stream end|<unicode|\bKeyError\b|None, |\\x|expecting"
)
"""What only a program understands."""

ADVICE: Final = {
    "en": (
        "Write Give Check Choose Add Use Known Did|you|mean Near Nearest See Try Specify Swap Correct Save Create "
        "Leave Examples? [Ee]xpected Possible Ask Wait It|has To|\\w+ Available order|is one|can type numbered "
        "[Mm]issing Help List Alternatively digits given"
    ),
    "es": (
        "Escriba Indique Dé Revise Elija Agregue Agréguela Use Conocid[oa]s Quiso|decir Parecid[oa]s Cercan[oa]s Vea "
        "Pruebe Especifique Invierta Inviértalos Corrija Guarde Guárdelo Cree Quite Deje Ejemplos? [Ss]e|esperaba\\w* "
        "Posibles Pida Tiene Para|\\w+ Disponibles orden|es se|puede numerad\\w+ Falta Ubique Intercambie Consulte "
        "Valores Lista Ayuda Hay También|puede dígitos Más|parecid[oa]s Opciones Idiomas Extensiones Formatos "
        "Indíquelo Créela falta Agréguelo"
    ),
}
"""How a message says what to do."""

SPANISH: Final = frozenset(
    ("el", "los", "las", "que", "es", "del", "una", "con", "para", "por", "se", "desde", "falta")
)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_bad_input_is_refused_in_ones_own_language_with_what_to_do(
    run: Callable[..., Result], peru: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    before = _recorded(peru)
    monkeypatch.setenv("WILLAY_LANG", lang)
    wrong = []
    for line in INPUTS:
        told = run(*shlex.split(line))
        talk = told.err
        plain = re.sub(r"'[^']*'|«[^»]*»|“[^”]*”|\"[^\"]*\"|willay [\w -]+|--[\w-]+", "", talk)
        faults = [
            "accepted" if told.code not in {2, 3, 4, 5, 6} else "",
            "raw" if RAW.search(talk) else "",
            "no advice" if not _advises(talk, lang) else "",
            "English" if lang == "es" and any(map(is_english, plain.splitlines())) else "",
            "Spanish" if lang == "en" and _has_spanish(plain) else "",
        ]
        if found := ", ".join(filter(None, faults)):
            wrong.append(f"{line}  [{told.code}: {found}]\n    {talk.strip()[-400:]}")
    assert not wrong, f"{len(wrong)} of {len(INPUTS)}:\n" + "\n".join(wrong)
    assert _recorded(peru) == before


def _recorded(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT count(*), max(number) FROM revision").fetchone()


def _has_spanish(text: str) -> bool:
    return any(len([word for word in line.split() if word in SPANISH]) >= 2 for line in text.splitlines())


def _advises(text: str, lang: str) -> bool:
    return any(re.search(rf"\b{word.replace('|', ' ')}\b", text) for word in ADVICE[lang].split())
