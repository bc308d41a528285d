"""What a monitor in Ayacucho types: twelve incidents of a trial, and twelve more, as answers to what is asked.

An answer follows the beginning of its question. The incidents are invented.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Answers = list[tuple[str, str]]


class Run(NamedTuple):
    """A command and what is typed to it."""

    words: tuple[str, ...]
    answers: Answers = []  # noqa: RUF012 — a table, which nobody changes


ADD: Final = ("add",)
CTRL_C: Final = "\x03"
END: Final[Answers] = [("¿Guardar?", "s")]
"""Save."""

NOBODY: Final[Answers] = [("¿Quién participó?", ""), ("¿Qué tan seguro", ""), ("¿Qué tan delicado", "")]
"""Who took part, how sure, how sensitive: nothing said."""

PRESS: Final[Answers] = [("¿Qué tipo de fuente", ""), ("¿De qué fecha", ""), ("¿Otra fuente?", "")]
"""A new source of the kind that is offered, without a date, and no other source."""

CALL: Final[Answers] = [("¿Qué tipo de fuente", ""), ("¿Otra fuente?", "")]
"""The same for a call, which is not asked for its date."""


def block(title: str, days: str, place: Answers, source: Answers, *, last: Answers = END) -> Answers:
    """Return the answers about a road block of which nobody counts anything."""
    return [
        ("¿Qué ocurrió?", title), ("¿De qué tipo?", "bloq"), ("¿Cuándo?", days), *place, ("heridas", ""),
        ("detenidas", ""), ("participaron", ""), ("¿Otra cifra?", ""), *source, *NOBODY, *last,
    ]  # fmt: skip


PLAIN: Final = block(
    "Bloqueo en Kiteni", "ayer", [("¿Dónde?", "Kiteni")], [("¿Quién lo dice?", "Radio Kiteni"), *PRESS]
)
NO_SOURCE: Final[Answers] = [("¿Quién lo dice?", "")]
CLAIM: Final = ("claim", "add", "PE-2026-0001")

DIALOGUES: Final[dict[str, list[Run]]] = {
    "01-nine-days-and-degrees": [
        Run(ADD, block("Bloqueo en el puente Machente", "del 2 al 10 de mayo",
                       [("¿Duró todos", ""), ("¿Dónde?", "Puente Machente @ 12°52'30\"S 73°49'00\"O")],
                       [("¿Quién lo dice?", "Diario Jornada"), *PRESS])),
    ],
    "02-seven-hostages-released-in-parts": [
        Run(ADD, [("¿Qué ocurrió?", "Retención de 7 trabajadores de una obra"), ("¿De qué tipo?", "toma de re"),
                  ("¿Cuál?", "2"), ("¿Cuándo?", "9/5/2026"), ("¿Dónde?", "Kepashiato"), ("contra su voluntad", "7"),
                  ("liberadas", "4"), ("¿Otra cifra?", ""), ("¿Quién lo dice?", "Radio Quillabamba"), *PRESS, *NOBODY,
                  *END]),
        Run((*CLAIM, "liberados=3", "-s", "radio-quillabamba"), [("suma", "a")]),
    ],
    "03-unknown-number-hurt": [
        Run(ADD, [("¿Qué ocurrió?", "Ataque a una base"), ("¿De qué tipo?", "ataque"), ("¿Cuál?", "2"),
                  ("¿Cuándo?", "hoy"), ("¿Dónde?", "Sanabamba"), ("murieron", "?"), ("murieron", "0"),
                  ("heridas", "varios"), ("¿Otra cifra?", ""), ("¿Quién lo dice?", "Llamada de un vecino"), *CALL,
                  *NOBODY, *END]),
    ],
    "04-in-the-middle-of-may": [
        Run(ADD, [("¿Qué ocurrió?", "Emboscada a una patrulla"), ("¿De qué tipo?", "emb"),
                  ("¿Cuándo?", "a mediados de mayo"), ("¿Dónde?", "Llochegua"), ("murieron", "2"), ("heridas", "3"),
                  ("¿Otra cifra?", ""), ("¿Quién lo dice?", "Diario Jornada"), *PRESS, *NOBODY, *END]),
    ],
    "05-at-least-three": [
        Run(ADD, [("¿Qué ocurrió?", "Enfrentamiento en una protesta en Huanta"), ("¿De qué tipo?", "enfrentamiento"),
                  ("¿Cuál?", "3"), ("¿Cuándo?", "el lunes"), ("¿Dónde?", "Huanta, Ayacucho"), ("murieron", "0"),
                  ("heridas", "al menos 3"), ("detenidas", "unos 10"), ("¿Otra cifra?", "2 policías heridos"),
                  ("¿Quién lo dice?", "Defensoría del Pueblo, nota de prensa 12"), ("¿Qué tipo de fuente", ""),
                  ("¿De qué fecha", "ayer"), ("¿Otra fuente?", ""), *NOBODY, *END]),
    ],
    "06-names-of-several-places": [
        Run(ADD, block("Bloqueo en San Francisco", "ayer", [("¿Dónde?", "San Francisco"), ("¿Cuál?", "2")], NO_SOURCE)),
        Run(ADD, block("Bloqueo en Santa Rosa", "ayer", [("¿Dónde?", "Santa Rosa, La Mar"), ("¿Cuál?", "3")],
                       NO_SOURCE)),
    ],
    "07-a-hamlet-without-coordinates": [
        Run(ADD, block("Bloqueo en Nuevo Amanecer", "ayer", [("¿Dónde?", "Nuevo Amanecer"),
                       ("¿Dónde?", "Nuevo Amanecer, Chungui"), ("¿Es correcto?", "")], NO_SOURCE)),
    ],
    "08-a-minor-who-was-hurt": [
        Run(ADD, [("¿Qué ocurrió?", "Persona herida por un artefacto"), ("¿De qué tipo?", "mina"),
                  ("¿Cuándo?", "ayer"),
                  ("¿Dónde?", "distrito de Río Tambo"), ("murieron", "0"),
                  ("heridas", ""), ("¿Otra cifra?", "1 menor herido"),
                  ("¿Quién lo dice?", "Llamada del puesto de salud"),
                  *CALL, ("¿Quién participó?", ""), ("¿Qué tan seguro", "b"), ("¿Qué tan delicado", "3"), *END]),
    ],
    "09-a-count-corrected": [
        Run(ADD, [("¿Qué ocurrió?", "Emboscada a una patrulla"), ("¿De qué tipo?", "emboscada"), ("¿Cuándo?", "ayer"),
                  ("¿Dónde?", "Kimbiri, Cusco"), ("murieron", "3+"), ("heridas", ""), ("¿Otra cifra?", ""),
                  ("¿Quién lo dice?", "Radio Pichari"), *PRESS, *NOBODY, *END]),
        Run((*CLAIM, "muertos=5+", "-s", "radio-pichari"), [("corrige", "c")]),
    ],
    "10-a-second-source-disagrees": [
        Run(ADD, [("¿Qué ocurrió?", "Emboscada a una patrulla"), ("¿De qué tipo?", "emboscada"), ("¿Cuándo?", "ayer"),
                  ("¿Dónde?", "Pichari"), ("murieron", "7"), ("heridas", ""), ("¿Otra cifra?", ""),
                  ("¿Quién lo dice?", "Radio Pichari"), ("¿Qué tipo de fuente", ""), ("¿De qué fecha", "ayer"),
                  ("¿Otra fuente?", "Comunicado 03 del Comando Conjunto"), ("¿Qué tipo de fuente", "parte en"),
                  ("¿De qué fecha", "hoy"), ("murieron", "6"), ("heridas", "2"), ("¿Otra cifra?", ""),
                  ("¿Otra fuente?", ""), *NOBODY, *END]),
    ],
    "11-a-false-report": [
        Run(ADD, PLAIN),
        Run(("retract", "PE-2026-0001"), [("¿Por qué", "Rumor: nadie lo confirma")]),
    ],
    "12-the-wrong-province": [
        Run(ADD, block("Bloqueo en Huanta", "ayer", [("¿Dónde?", "Huanta, Cusco @ -74.25,-12.94"),
                       ("¿Dejarlo así?", "s")], NO_SOURCE)),
        Run(("edit", "PE-2026-0001", "--place", "Huanta, Ayacucho"), [("¿Por qué", "Provincia equivocada")]),
    ],
    "13-the-plain-case": [Run(ADD, PLAIN)],
    "14-interrupted-and-resumed": [
        Run(ADD, [("¿Qué ocurrió?", "Paro de transportistas"), ("¿De qué tipo?", "paro"), ("¿Cuándo?", CTRL_C),
                  ("¿Conservar", "")]),
        Run(("drafts",)),
        Run(("drafts", "resume", "1"),
            [("¿Cuándo?", "el martes"), ("¿Dónde?", "Ayacucho"), ("heridas", "0"), ("detenidas", ""),
             ("participaron", "unos 300"), ("¿Otra cifra?", ""), ("¿Quién lo dice?", "visita a la plaza"), *CALL,
             *NOBODY, *END]),
    ],
    "15-back-and-explained": [
        Run(ADD, [("¿Qué ocurrió?", "Paro en Tambo"), ("¿De qué tipo?", "<"), ("¿Qué ocurrió?", "Paro en San Miguel"),
                  ("¿De qué tipo?", "?"), ("¿De qué tipo?", "24"), ("¿Cuándo?", "mayo de 2026"), ("¿Dónde?", "?"),
                  ("¿Dónde?", "San Miguel, La Mar"), ("heridas", "2"), ("detenidas", "<"), ("heridas", "-"),
                  ("detenidas", ""), ("participaron", ""), ("¿Otra cifra?", "?"), ("¿Otra cifra?", ""), *NO_SOURCE,
                  *NOBODY, *END]),
    ],
    "16-a-point-from-a-phone": [
        Run(ADD, block("Bloqueo en la vía a Huanta", "hoy", [("¿Dónde?", "-12.94, -74.25"), ("¿Es correcto?", "s")],
                       NO_SOURCE)),
    ],
    "17-utm-by-radio": [
        Run(ADD, block("Bloqueo en un campamento", "hoy", [("¿Dónde?", "584000 8543000"),
                       ("¿Dónde?", "Campamento 2 @ 18L 584000 8543000")], NO_SOURCE)),
    ],
    "18-links-to-maps": [
        Run(ADD, block("Bloqueo en la curva", "hoy", [("¿Dónde?", "https://maps.app.goo.gl/aBcDeF"),
                       ("¿Dónde?", "Curva @ https://www.google.com/maps/@-12.94,-74.25,15z")], NO_SOURCE)),
    ],
    "19-who-took-part": [
        Run(ADD, [("¿Qué ocurrió?", "Paro de productores de hoja de coca"), ("¿De qué tipo?", "paro"),
                  ("¿Cuándo?", "hoy"), ("¿Dónde?", "VRAEM"), ("heridas", ""), ("detenidas", "4"),
                  ("participaron", "más de 500"),
                  ("¿Otra cifra?", ""), ("¿Quién lo dice?", "https://example.org/paro-vraem"),
                  ("¿Qué tipo de fuente", ""),
                  ("¿De qué fecha", "hoy"), ("¿Otra fuente?", ""),
                  ("¿Quién participó?", "policía; Federación de Productores"), ("¿Qué papel", ""),
                  ("¿Agregarlo", "s"), ("¿Qué clase", "organización soc"), ("¿Qué papel", "1"),
                  ("¿Qué tan seguro", "2"),
                  ("¿Qué tan delicado", ""), *END]),
    ],
    "20-two-calls-are-two-sources": [
        Run(ADD, block("Bloqueo en Kiteni", "ayer", [("¿Dónde?", "Kiteni")],
                       [("¿Quién lo dice?", "Llamada telefónica"), *CALL])),
        Run(ADD, block("Bloqueo en Pichari", "hoy", [("¿Dónde?", "Pichari")],
                       [("¿Quién lo dice?", "Llamada telefónica"), ("mismo documento", ""), *CALL])),
    ],
    "21-given-as-options-and-the-rest-asked": [
        Run((*ADD, "--ask", "-t", "Detención de dos dirigentes", "--type", "arrest", "--day", "ayer", "--place",
             "Huanta, Ayacucho"),
            [("detenidas", "2"), ("¿Otra cifra?", ""), ("¿Quién lo dice?", "Diario Jornada"), *PRESS, *NOBODY, *END]),
    ],
    "22-a-point-outside-the-province": [
        Run(ADD, block("Bloqueo en Huanta", "ayer", [("¿Dónde?", "Huanta, Cusco @ -74.25,-12.94"),
                       ("¿Dejarlo así?", ""), ("¿Dónde?", "Huanta, Ayacucho @ -74.25,-12.94")], NO_SOURCE)),
    ],
    "23-the-line-to-change": [
        Run(ADD, block("Bloqueo en Kiteni", "ayer", [("¿Dónde?", "Kiteni")], NO_SOURCE,
                       last=[("¿Guardar?", "5"), ("¿Quién participó?", "ejército=present"), ("¿Guardar?", "2"),
                             ("¿De qué tipo?", "emb"), ("murieron", "1"), ("¿Quién lo dice?", "radio"),
                  ("¿Qué tipo de fuente", ""),
                             ("¿De qué fecha", ""), ("¿Otra fuente?", ""), ("¿Guardar?", "cambiar"),
                             ("¿Guardar?", "n"), ("¿Conservar", "n")])),
    ],
    "24-days-that-can-be-two": [
        Run(ADD, [("¿Qué ocurrió?", "Desaparición de un comunero"), ("¿De qué tipo?", "desapar"),
                  ("¿Cuándo?", "madrugada del 5 de mayo"),
                  ("¿Dónde?", "Accomarca"), ("paradero", "1"), ("¿Otra cifra?", ""),
                  ("¿Quién lo dice?", "Testigo presencial"), *CALL, ("¿Quién participó?", ""), ("¿Qué tan seguro", "3"),
                  ("¿Qué tan delicado", "conf"), *END]),
    ],
}  # fmt: skip
"""The dialogues by name, each a few commands on one database."""
