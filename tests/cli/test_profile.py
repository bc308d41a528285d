"""The profile of a country or region as a document: every number with its note, in two languages and three formats."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from lxml import etree
from profiled import Element, figures_of, notes_of, read_page, section

from willay.data import incident_documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("peru")

LANGS = ("es", "en")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def profiles(written_profiles: Path) -> dict[str, Path]:
    """The profile of the demo in both languages, as HTML, and in Spanish for Word."""
    return {name: written_profiles / f"{name}.html" for name in LANGS} | {"word": written_profiles / "es.docx"}


@pytest.fixture(scope="module", params=LANGS)
def page(profiles: dict[str, Path], request: pytest.FixtureRequest) -> Element:
    return read_page(profiles[request.param])


def test_every_number_of_a_table_leads_to_a_note_that_is_there(page: Element) -> None:
    notes = notes_of(page)
    cells = [cell for cell in page.all("td") if cell.is_of("number") and figures_of(cell.words)]
    assert len(cells) > 100
    assert [cell.words for cell in cells if not any(link.is_of("figure") for link in cell.all("a"))] == []
    links = [link for link in page.all("a") if link.is_of("figure")]
    assert [link.words for link in links if link.about["href"].removeprefix("#note-") not in notes] == []


def test_every_value_of_an_indicator_leads_to_a_note_that_cites_its_source(page: Element) -> None:
    notes = notes_of(page)
    rows = section(page, "key").all("tr")[1:]
    values = [link for row in rows for link in row.all("a") if link.is_of("figure")]
    assert len(values) > 40
    assert [link.words for link in values if "[" not in notes[link.about["href"].removeprefix("#note-")]] == []


def test_what_links_lead_to_is_there_once(page: Element) -> None:
    every = [one.about["id"] for one in page.all() if "id" in one.about]
    assert len(every) == len(set(every))
    targets = {link.about["href"][1:] for link in page.all("a") if link.about["href"].startswith("#")}
    assert targets - {*every} == set()


def test_nothing_is_loaded_and_nothing_runs(page: Element) -> None:
    assert [one.tag for one in page.all("script", "iframe", "object", "embed", "form")] == []
    assert [one.about for one in page.all("link") if one.about.get("href") != "data:,"] == []
    assert [one.about["src"][:40] for one in page.all("img") if not one.about["src"].startswith("data:image/")] == []
    assert [name for one in page.all() for name in one.about if name.startswith("on")] == []
    assert "url(" not in page.all("style")[0].words
    links = [one.about["href"] for one in page.all("a")]
    assert [link for link in links if not link.startswith(("#", "https://", "http://"))] == []


def test_every_source_that_is_cited_is_listed_in_the_order_of_its_first_citation(page: Element) -> None:
    cited = [int(one.words[1:-1]) for one in page.all("a") if one.is_of("cite")]
    (listed,) = [one for one in page.all("ol") if one.is_of("sources")]
    numbers = [int(one.about["value"]) for one in listed.all("li")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {*cited} == {*numbers}
    assert [one.words for one in listed.all("li") if len(one.words.strip()) < 3] == []


def test_both_languages_have_the_same_sections_tables_and_numbers(profiles: dict[str, Path]) -> None:
    es, en = (read_page(profiles[lang]) for lang in LANGS)
    assert [one.about["id"] for one in es.all("section")] == [one.about["id"] for one in en.all("section")]
    assert [len(one.all("tr")) for one in es.all("table")] == [len(one.all("tr")) for one in en.all("table")]
    numbers = [[figures_of(cell.words) for cell in one.all("td") if cell.is_of("number")] for one in (es, en)]
    assert numbers[0] == numbers[1]


def test_the_same_question_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for ending in ("html", "docx"):
        for name in ("one", "two"):
            assert run("profile", f"{name}.{ending}", "--sections", "key,events").code == 0
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


def test_a_word_file_has_headings_captions_texts_for_pictures_and_an_endnote_for_each_number(
    profiles: dict[str, Path],
) -> None:
    html = read_page(profiles["es"])
    file = docx.Document(str(profiles["word"]))
    headings = [line.text for line in file.paragraphs if line.style.name == "Heading 1"]
    assert headings[:-2] == [one.all("h2")[0].words for one in html.all("section")][:-2]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]
    assert len(tables) == len(html.all("table"))
    pictures = [one.get("descr") for one in file.element.iter("{*}docPr")]
    assert len(pictures) == len(html.all("img"))
    assert all(pictures)
    with zipfile.ZipFile(profiles["word"]) as archive:
        notes = etree.fromstring(archive.read("word/endnotes.xml"))
        body = etree.fromstring(archive.read("word/document.xml"))
    ids = [one.get(f"{WORD}id") for one in notes.iter(f"{WORD}endnote") if int(one.get(f"{WORD}id")) > 0]
    assert len(ids) == len(notes_of(html))
    assert {one.get(f"{WORD}id") for one in body.iter(f"{WORD}endnoteReference")} == {*ids}


def words_of(path: Path) -> str:
    """The words of a PDF without blanks; letters that are set as one sign, as fi, are two."""
    document = pypdfium2.PdfDocument(path)
    return squeezed(" ".join(page.get_textpage().get_text_range() for page in document))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe-]+", "", unicodedata.normalize("NFKC", words))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_a_word_file_and_shows_the_same_numbers(tmp_path: Path, profiles: dict[str, Path]) -> None:
    command = [
        "soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "pdf",
        "--outdir", str(tmp_path), str(profiles["word"]),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    shown = words_of(tmp_path / "es.pdf")
    html = read_page(profiles["es"])
    figures = [
        squeezed(link.inside[0]) for link in html.all("a") if link.is_of("figure") and isinstance(link.inside[0], str)
    ]
    assert len(figures) > 200
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_a_pdf_is_a4_has_the_same_numbers_and_the_same_bytes(
    run: Run, tmp_path: Path, profiles: dict[str, Path]
) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert run("profile", name, "--lang", "es").code == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    document = pypdfium2.PdfDocument(tmp_path / "one.pdf")
    assert {tuple(round(side / 72 * 25.4) for side in sheet.get_size()) for sheet in document} == {(210, 297)}
    shown = words_of(tmp_path / "one.pdf")
    html = read_page(profiles["es"])
    figures = [squeezed(link.words) for link in html.all("a") if link.is_of("figure")]
    assert [figure for figure in figures if figure not in shown] == []


def test_without_a_browser_a_pdf_is_refused_with_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(*_: object) -> None:
        pytest.fail("it was made before it was refused")

    monkeypatch.setattr("willay.maps.profile.pdf.BROWSERS", ("no-such-browser",))
    monkeypatch.setattr("willay.events.country_profile.country_profile", made)
    said = run("profile", "p.pdf")
    assert said.code != 0
    assert "write an .html file" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("p.txt",), "must end in one of .html, .docx, .pdf"),
        (("p.html", "--sections", "key,nonsense"), "Unknown section 'nonsense'"),
        (("p.html", "--area", "pe-departments/atlantis"), "Unknown country or region"),
        (("p.html", "--texts", "nowhere"), "does not exist"),
        (("p.html", "--from", "someday"), "is not a day"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    told = run("profile", *words)
    assert told.code != 0
    assert said in told.err
    assert not (tmp_path / words[0]).exists()


def test_a_file_that_is_there_is_not_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("mine")
    assert run("profile", "p.html").code != 0
    assert (tmp_path / "p.html").read_text() == "mine"


def test_paragraphs_written_by_hand_are_marked_and_are_text_alone(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "cases.es.md").write_text(
        "## Nota\n\nUn **párrafo** <script>alert(1)</script> con [enlace](https://example.org/a) y "
        "[otro](javascript:alert(2)).\n\n- uno\n- dos\n",
        "utf-8",
    )
    (folder / "cases.en.md").write_text("English words.", "utf-8")
    assert run("profile", "p.html", "--lang", "es", "--texts", "texts", "--sections", "cases").code == 0
    page = read_page(tmp_path / "p.html")
    by_hand = [one for one in page.all("div") if one.is_of("hand")]
    assert [one.all("p")[0].words for one in by_hand] == ["Escrito a mano; no proviene de la base de datos"] * 3
    assert "<script>alert(1)</script>" in by_hand[1].words
    assert [link.about["href"] for one in by_hand for link in one.all("a")] == ["https://example.org/a"]
    assert [item.words for item in by_hand[2].all("li")] == ["uno", "dos"]
    assert "English words" not in page.words
    (folder / "nonsense.md").write_text("x")
    assert "is named after no section" in run("profile", "q.html", "--texts", "texts").err


def test_the_profile_of_a_department_has_its_incidents_alone(run: Run, tmp_path: Path) -> None:
    assert run("profile", "p.html", "--area", "cajamarca", "--lang", "en").code == 0
    page = read_page(tmp_path / "p.html")
    places = [row.all("td")[1].words for row in section(page, "chronology").all("tr")[1:]]
    assert len(places) >= 3
    assert [place for place in places if not place.endswith("Cajamarca")] == []
    listed = run("list", "--region", "pe-departments/PE-CAJ", "--format", "json", "--profile", "public").out
    assert listed.count('"code"') == len(places)
    assert "Cajamarca" in page.all("h1")[0].words


def test_rows_that_may_not_be_passed_on_are_refused_unless_it_is_for_ones_own_use(run: Run, tmp_path: Path) -> None:
    changed = run("dataset", "edit", "willay-peru", "--set", "may_publish=false", "--reason", "terms")
    assert changed.code == 0, changed.err
    refused = run("profile", "p.html")
    assert (refused.code, (tmp_path / "p.html").exists()) == (5, False)
    assert "--for-own-use" in refused.err
    assert run("profile", "p.html", "--sections", "unknown", "--for-own-use").code == 0


def test_a_period_holds_what_happened_in_it(run: Run, tmp_path: Path) -> None:
    assert run("profile", "p.html", "--from", "2009", "--to", "2009", "--lang", "en", "--sections", "events").code == 0
    page = read_page(tmp_path / "p.html")
    assert [row.all("th")[0].words for row in section(page, "events").all("table")[0].all("tr")[1:]] == ["2009"]


def test_an_empty_database_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("init", "empty.gpkg").code == 0
    monkeypatch.setenv("WILLAY_DB", "empty.gpkg")
    for lang, words in (("es", "no tiene incidentes"), ("en", "has no incidents")):
        assert run("profile", f"{lang}.html", "--lang", lang).code == 0
        page = read_page(tmp_path / f"{lang}.html")
        assert words in section(page, "events").words
        assert notes_of(page) == {}
        assert [one.tag for one in section(page, "key").all("table")] == []


def test_a_foreign_country_has_a_profile_of_its_incidents(run: Run, tmp_path: Path) -> None:
    rows = (
        "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,where_coordinates,adm_1,country,country_id,"
        "latitude,longitude,date_prec,where_prec,event_clarity,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
        "deaths_unknown,best,high,low,source_article,source_office,source_date,source_headline,source_original\n"
        "1,X-1,2015,1,Made up,Army - Band,Army,Band,Somewhere,Chihuahua state,Mexico,70,28.6,-106.1,1,1,1,2015-03-04,"
        "2015-03-04,2,3,1,0,6,8,5,A daily,,2015-03-05,,\n"
    )
    (tmp_path / "ged.csv").write_text(rows, "utf-8")
    said = run("import", "ged.csv", "--input-format", "ucdp-ged")
    assert said.code == 0, said.err
    assert run("profile", "p.html", "--area", "Mexico", "--lang", "es").code == 0
    page = read_page(tmp_path / "p.html")
    assert "México" in page.all("h1")[0].words
    assert [row.all("a")[-1].inside[0] for row in section(page, "chronology").all("tr")[1:]] == ["6 (5–8)"]
    assert "Bagua" not in page.words


def test_an_indicator_is_not_in_the_profile_of_a_day_before_it_was_added(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "more.yaml"
    document.write_text(
        "indicators:\n  - { name: { es: cosa medida, en: thing measured }, area: PE, year: 2001, value: 4321.5, "
        "unit: { es: piezas, en: pieces }, by: { es: oficina, en: office }, source: peru-country-profile }\n",
        "utf-8",
    )
    later = "1900000000"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    said = run("add", "--from-file", str(document), "--yes")
    assert said.code == 0, said.err
    monkeypatch.setenv("SOURCE_DATE_EPOCH", later)
    assert run("profile", "now.html", "--sections", "key", "--lang", "es").code == 0
    assert run("profile", "then.html", "--sections", "key", "--lang", "es", "--as-of", "2029-01-01").code == 0
    assert "4,321.5 piezas" in read_page(tmp_path / "now.html").words
    assert "4,321.5" not in read_page(tmp_path / "then.html").words


def test_messages_are_the_same_in_both_languages() -> None:
    from willay.maps.profile.wording import document_messages  # noqa: PLC0415 — Matplotlib is loaded with it

    es, en = (document_messages(lang) for lang in LANGS)
    assert es.keys() == en.keys()

    def places(message: object) -> set[str]:
        texts = message.values() if isinstance(message, dict) else [message]
        return {name for one in texts for name in re.findall(r"\{(\w+)\}", str(one))}

    assert [key for key in es if places(es[key]) != places(en[key])] == []


def test_the_bytes_of_a_word_file_hold_no_moment_of_writing(run: Run, tmp_path: Path) -> None:
    assert run("profile", "p.docx", "--sections", "key").code == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "p.docx").read_bytes())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", core) == ["2000-01-01"] * 2


def test_the_shipped_record_has_what_the_profile_is_made_of() -> None:
    found = {name for file in incident_documents("PE") for name in file.document}
    assert found >= {"incidents", "sources", "actors", "cases", "indicators"}
