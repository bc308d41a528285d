/** The tables of a card: figures with whose number they are, and claims with who says so. */

import { el } from "../page/dom.js";
import { fullFigure } from "../words/figure-words.js";
import { localText } from "../words/i18n.js";

export const table = (caption, heads, rows) =>
  el(
    "div",
    { class: "table", tabindex: "0", role: "group", "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heads.map((head) => el("th", { scope: "col" }, head)),
        ),
      ),
      el("tbody", {}, rows),
    ),
  );

/** Who publishes a source: enough in a table, since the list below names it in full. */
export const publisher = (words, source, key) => words.local(source?.publisher) || source?.title || key;

export const sourceName = (words, source, key) => [words.local(source?.publisher), source?.title].filter(Boolean).join(": ") || key;

/** A term, and what it means: shown where a pointer rests on it, and by a press. */
const hinted = (term, meaning) => el("details", { class: "sub hint" }, el("summary", { title: meaning }, term), el("span", {}, meaning));

export function figureRows(words, figures, sources) {
  const order = words.codes("measures");
  const ordered = Object.entries(figures).sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  return ordered.map(([measure, figure]) => {
    const whose = figure.source ? publisher(words, sources[figure.source], figure.source) : "";
    const by = figure.attributed_to ? words.t("quoting", { whose, who: words.local(figure.attributed_to) }) : whose;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, words.label("measures", measure)),
      el("td", { class: "figure" }, fullFigure(words, figure)),
      el(
        "td",
        {},
        by,
        figure.basis ? hinted(words.t(`basis_${figure.basis}`), words.t(`basis_${figure.basis}_hint`)) : null,
        figure.voices > 1 ? hinted(words.t("voices", { n: figure.voices }), words.t("voices_hint")) : null,
        figure.reason ? el("span", { class: "sub" }, localText(figure.reason, words.lang)) : null,
      ),
    );
  });
}

/** When a claim was made; else the date of the document that holds it, marked as such. */
function statedWords(words, claim, source) {
  if (claim.stated_on) return words.iso(claim.stated_on);
  return source?.published_on ? [words.iso(source.published_on), el("span", { class: "sub" }, words.t("document_day"))] : "";
}
