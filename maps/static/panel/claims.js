/** The claims of an incident: for each measure who said what, so that a disagreement is seen at a glance. */

import { publisher, table } from "./card-tables.js";
import { el } from "../page/dom.js";
import { fullFigure } from "../words/figure-words.js";
import { localText } from "../words/i18n.js";
import { rangePlot } from "./range-plot.js";

const most = ({ low = null, best = null, high = null }) => best ?? high ?? low ?? -1;

/** A table for each measure, in the codebook's order; within it the claims about everyone first, the largest on top. */
export function claimTables(words, claims, sources) {
  const order = words.codes("measures");
  const measures = [...new Set(claims.map(({ measure }) => measure))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return measures.map((measure) => {
    const own = claims
      .filter((claim) => claim.measure === measure)
      .sort((a, b) => (b.group === "all") - (a.group === "all") || most(b) - most(a));
    const name = words.label("measures", measure);
    const heads = [words.t("who_says"), words.t("how_many"), words.t("of_whom"), words.t("stated_on")];
    const totals = own.filter(({ group, scope, superseded }) => group === "all" && !scope && !superseded);
    return [
      table(words.t("claims_of", { measure: name }), heads, own.map((claim) => claimRows(words, claim, sources))),
      rangePlot(words, totals),
    ];
  });
}

/** Two rows for a claim: what is said, and below it, across the table, what narrows or explains it. */
function claimRows(words, claim, sources) {
  const source = sources[claim.source];
  const notes = [
    claim.scope && words.t("scope", { scope: localText(claim.scope, words.lang) }),
    localText(claim.note, words.lang),
    claim.zero_is_unknown && words.t("zero_is_unknown"),
    claim.pinned && words.t("pinned", { reason: localText(claim.pinned, words.lang) }),
    claim.adds && words.t("claim_adds"),
    claim.supersedes?.length && words.t("claim_corrects"),
    claim.superseded && supersededWords(words, claim.superseded),
  ].filter(Boolean);
  const within = claim.attributed_to ? words.t("in_source", { source: publisher(words, source, claim.source) }) : "";
  const sub = (text) => (text ? el("span", { class: "sub" }, text) : null);
  return [
    el(
      "tr",
      { class: [notes.length ? "noted" : "", claim.superseded ? "superseded" : ""].filter(Boolean).join(" ") || null },
      el(
        "th",
        { scope: "row" },
        words.local(claim.attributed_to) || publisher(words, source, claim.source),
        sub(within),
        sub(words.label("source_kinds", claim.kind ?? source?.kind)),
      ),
      el("td", { class: "figure" }, claim.superseded ? el("del", {}, said(words, claim)) : said(words, claim)),
      el("td", {}, words.label("groups", claim.group)),
      el("td", {}, ...statedOn(words, claim, source)),
    ),
    notes.length ? el("tr", { class: "claim-note" }, el("td", { colspan: 4 }, notes.map(sub))) : null,
  ];
}

/** What a claim says; a 0 that means "none mentioned" is no number. */
const said = (words, claim) => fullFigure(words, claim.zero_is_unknown ? { low: 0, high: 0 } : claim);

/** That the voice has corrected a claim since, and when. */
const supersededWords = (words, { stated_on: day }) => (day ? words.t("superseded_on", { day: words.iso(day) }) : words.t("superseded"));

/** The day a claim was stated, else that of its document, which is said. */
function statedOn(words, claim, source) {
  if (claim.stated_on) return [words.iso(claim.stated_on)];
  if (!source?.published_on) return ["–"];
  return [words.iso(source.published_on), el("span", { class: "sub" }, words.t("day_of_document"))];
}
