/** The head of the page: a sentence of the number, its range, the unknown, the incidents, where and when. */

import { el, refill } from "./dom.js";
import { countsActs } from "../data/filters.js";
import { figureAt, fullRange } from "../words/figure-words.js";
import { whenWords, whereWords } from "../words/where-words.js";

/** The measures whose totals are shown: the one chosen, and the dead, always. */
export const FIGURE_MEASURES = (chosen, known) => [...new Set([chosen, "killed"])].filter((name) => known.includes(name));

const AT_ONCE = 5000; // rows up to which where and when follow each frame; of more, when the selection rests
const SELECTION = ["end", "length", "mode", "step", "filters", "search", "minimum", "acts", "actsShown", "measure", "bound", "columns"];

const valuesOf = ({ low, best, high }, window) => ({
  low: low.value(0, window),
  best: best.value(0, window),
  high: high.value(0, window),
  unknown: best.unknown(0, window),
  known: best.known(0, window),
  open: best.open(0, window),
});

/** A message with elements in place of its `{name}`s. */
const filled = (text, parts) => text.split(/(\{\w+\})/).map((piece) => (piece.startsWith("{") ? parts[piece.slice(1, -1)] : piece));

const total = (name, value, words, detail) =>
  el(
    "span",
    { class: `total ${name}` },
    value ? [el("span", { class: "total-number" }, value), " "] : null,
    el("span", { class: "total-name" }, words),
    detail.length ? [" ", el("span", { class: "total-detail" }, `(${detail.join("; ")})`)] : null,
  );

/** Make the sentence: "2,526 killed (2,397–3,074 or more; unknown in 40) in 185 incidents, Peru, May 17, 1980 – Nov 30, 2012". */
export function makeTotals(root, ctx) {
  const { t, n, label, messages } = ctx.words;
  root.setAttribute("aria-label", t("totals"));
  const [where, when] = ["total-where", "total-when"].map((name) => el("span", { class: name }));
  /** What the page says from the start of all rows; null of a part of them. */
  const isAsOpened = () => ctx.model.filters.isOpen && ctx.model.filters.applied.isCounted === countsActs(ctx.header, ctx.header.spec);
  const told = (measure, window) => (window === null && isAsOpened() ? (ctx.header.whole?.[measure] ?? null) : null);

  /** A figure in the sentence; null where it can apply to none of the incidents. */
  function figure(sums, window) {
    const { measure } = sums;
    const { bound } = ctx.state.now;
    const name = label("measures", measure);
    const shown = told(measure, window) ?? (ctx.model.whole ? valuesOf(sums, window) : null);
    if (!shown) return total("amount", "…", name, []); // its column is still to come
    if (!shown.known && !shown.unknown) return null;
    if (!shown.known) return total("amount", "", t("head_unknown", { measure: name }), []);
    const sum = { ...shown, open: shown.open > 0 };
    const range = sum.low !== sum.high || sum.open ? fullRange(ctx.words, sum) : "";
    const detail = [bound === "best" ? "" : t(`head_${bound}`), range, sum.unknown ? t("head_unknown_in", { n: sum.unknown }) : ""];
    return total("amount", figureAt(ctx.words, sum, bound).shown, name, detail.filter(Boolean));
  }

  /** The figures and the incidents, what is shown first. */
  function counted(rows, figures) {
    const incidents = total("incidents", n(rows), t("total_incidents", { n: rows }), []);
    if (!figures.length) return incidents;
    const [first, second] = figures;
    const all = second ? filled(messages.head_and, { first, second }) : first;
    const key = ctx.state.now.measure === "incidents" ? "head_incidents_with" : "head_figures_in";
    return filled(messages[key], { figures: all, incidents });
  }

  function place() {
    const [there, then] = [whereWords(ctx), whenWords(ctx)];
    where.textContent = there ? `, ${there}` : "";
    when.textContent = then ? `, ${then}` : "";
  }

  function show() {
    const { window, totals } = ctx.now;
    const sums = totals.incidents;
    const shown = told("incidents", window);
    const rows = shown?.rows ?? sums.rows(0, window);
    const apart = ctx.header.acts ? (shown?.apart ?? sums.apart(0, window)) : 0;
    const figures = rows ? totals.figures.map((each) => figure(each, window)).filter(Boolean) : [];
    const acts = apart ? el("span", { class: "total-acts" }, `; ${t("head_acts", { n: apart })}`) : null;
    refill(root, counted(rows, figures), where, when, acts);
  }

  ctx.update((changed) => {
    if (!SELECTION.some((name) => changed.has(name))) return;
    show();
    if (ctx.now.rows.length <= AT_ONCE) place();
  });
  ctx.settle((changed) => SELECTION.some((name) => changed.has(name)) && ctx.now.rows.length > AT_ONCE && place());
  show();
  place();
}
