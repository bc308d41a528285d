"""The page of what a column of a table can be mapped to."""

from __future__ import annotations

from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.exchange.incoming.table.mapping import IGNORE, KEEP, SECTIONS, SETTINGS
from willay.events.manual.codebook_page import code_list
from willay.events.manual.markdown import code, page, section, table
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo.translation import tr

_EXAMPLES = 6
"""How many names that people give to a column are shown."""


def mapping_page() -> str:
    """Return the page of the fields and settings of a mapping, in the language of now."""
    about = tr(
        "What the column of a table can hold: `willay import FILE --map COLUMN=FIELD`, or a line of "
        "`NAME.mapping.toml`. Names of columns that are known are mapped by themselves, in Spanish and English."
    )
    return page(
        tr("Fields of a mapping"),
        about,
        section(tr("Fields"), _fields()),
        section(tr("Counts"), _counts()),
        section(tr("Terms of a row"), tr("They are never relaxed by an import."), _terms()),
        section(tr("Columns without a field"), _others()),
        section(tr("Settings"), _settings()),
    )


def _fields() -> str:
    rows = [(code(one.name), tr(one.says), ", ".join(map(code, one.names[:_EXAMPLES]))) for one in headers().fields]
    return table([tr("Field"), tr("What it is"), tr("Names that are known, among others")], rows)


def _counts() -> str:
    parts = (
        ("MEASURE", tr("The number, or words such as 25-30, 30+ or about 10.")),
        ("MEASURE_low, MEASURE_best, MEASURE_high", tr("The least, the best and the greatest number.")),
        ("MEASURE/GROUP", tr("Of a group of people.")),
        ("MEASURE @SOURCE", tr("As stated by another source than that of the row: a key or a name.")),
    )
    measures = ", ".join(code(one.code) for one in codebook().measures if one.code != "other")
    lists = tr("Measures: {measures}.", measures=measures)
    figured = tr("Only these have a figure: {measures}.", measures=", ".join(map(code, FIGURE_MEASURES)))
    groups = tr("Groups: {groups}.", groups=code_list("groups"))
    rows = [(", ".join(map(code, name.split(", "))), about) for name, about in parts]
    return "\n\n".join([table([tr("Field"), tr("What it is")], rows), f"{lists} {figured} {groups}"])


def _terms() -> str:
    terms: dict[str, list[str]] = {}
    for name, field in headers().words["terms"].items():
        terms.setdefault(field, []).append(name)
    rows = [(code(field), ", ".join(map(code, names[:_EXAMPLES]))) for field, names in terms.items()]
    return table([tr("Field"), tr("Names that are known, among others")], rows)


def _others() -> str:
    rows = (
        (code(KEEP), tr("The cells are stored with the incident, as the dataset's own.")),
        (code(IGNORE), tr("The cells are left out.")),
    )
    return table([tr("Field"), tr("What becomes of it")], rows)


def _settings() -> str:
    rows = [(code(name), ", ".join(map(code, values))) for name, values in SETTINGS.items()]
    rows += [
        (code("header"), tr("the number of the row with the names of the columns")),
        (code("crs"), tr("the reference system of the coordinates, such as EPSG:32718")),
        (code("group_by"), tr("the columns that the rows of one incident have in common")),
    ]
    sections = ", ".join(code(f"[{name}]") for name in SECTIONS)
    further = tr(
        "The sections {sections} hold a value for every row, and what words of the table mean.", sections=sections
    )
    return "\n\n".join([table([tr("Setting"), tr("Values")], rows), further])
