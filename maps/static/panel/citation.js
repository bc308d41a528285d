/** How an incident is cited: one line of text, and the buttons that copy it or the link. */

import { el } from "../page/dom.js";
import { asOfWords } from "../words/asof.js";
import { publisher } from "./card-tables.js";
import { fullFigure } from "../words/figure-words.js";
import { licenceWords } from "../words/licences.js";
import { copyText, shareLink } from "../page/share.js";

/** The citation: title, days, code, revision, dataset and licence, and the moment the record was read. */
export function citation(ctx, row, card) {
  const { words, model, header } = ctx;
  const own = card.row ?? {};
  const [first, last] = model.day(row);
  const title = words.local(card.title) || model.title(row) || model.code(row);
  const revision = own.revision ? words.t("revision_words", { number: own.revision, when: words.iso(own.recorded_at) }) : "";
  const days = words.span(first, last, model.text("date_precision", row));
  const parts = [`${title} (${days})`, deadWords(words, card), model.code(row), revision, own.dataset, licenceWords(words, own.licence), asOfWords(words, header.origin)];
  return `${parts.filter(Boolean).join(". ")}.`;
}

/** The number of the dead with whose it is, where one is known. */
function deadWords(words, card) {
  const figure = card.figures?.killed;
  if (!figure) return "";
  const whose = words.local(figure.attributed_to) || (figure.source && publisher(words, card.sources?.[figure.source], figure.source));
  return `${words.label("measures", "killed")}: ${fullFigure(words, figure)}${whose ? ` (${whose})` : ""}`;
}

/** Buttons that copy the citation, and the link to this incident; what was done is said in a live region. */
export function citeButtons(ctx, row, card) {
  const { t } = ctx.words;
  const said = el("span", { class: "said", role: "status" });
  const button = (name, share) => el("button", { type: "button", onclick: async () => (said.textContent = await share()) }, t(name));
  const cite = async () => ((await copyText(citation(ctx, row, card), t("copy_by_hand"))) ? t("copied") : "");
  return el(
    "div",
    { class: "cite" },
    button("copy_citation", cite),
    button("copy_incident_link", () => shareLink(ctx)),
    said,
  );
}
