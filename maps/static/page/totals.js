/** The totals at the top, read out when they change. */

import { el, refill } from "./dom.js";
import { countsActs } from "../data/filters.js";
import { figureAt, fullRange } from "../words/figure-words.js";
import { windowWords } from "../words/timewords.js";

/** The measures whose totals are shown: the dead, always, and the measure chosen. */
export const FIGURE_MEASURES = (chosen, known) => [...new Set(["killed", chosen])].filter((name) => known.includes(name));

const number = (value, name, detail) =>
  el(
    "div",
    { class: "total" },
    el("span", { class: "total-number" }, value),
    " ",
    el("span", { class: "total-name" }, name),
    detail ? [" ", el("span", { class: "total-detail" }, detail)] : null,
  );

const valuesOf = ({ low, best, high }, window) => ({
  low: low.value(0, window),
  best: best.value(0, window),
  high: high.value(0, window),
  unknown: best.unknown(0, window),
  known: best.known(0, window),
  open: best.open(0, window),
});

/** Make the totals: incidents, and the sum of each measure with its range and what is unknown. */
export function makeTotals(root, ctx) {
  const { t } = ctx.words;
  root.setAttribute("aria-label", t("totals"));
  const unknownIn = (n) => (n ? t("unknown_in", { n }) : "");
  /** What the page says from the start of all rows; null of a part of them. */
  const isAsOpened = () => ctx.model.filters.isOpen && ctx.model.filters.applied.isCounted === countsActs(ctx.header, ctx.header.spec);
  const told = (measure, window) => (window === null && isAsOpened() ? (ctx.header.whole?.[measure] ?? null) : null);
  const figure = (sums, window) => {
    const { measure } = sums;
    const shown = told(measure, window) ?? (ctx.model.whole ? valuesOf(sums, window) : null);
    if (!shown) return number("…", ctx.words.label("measures", measure)); // its column is still to come
    if (!shown.known) return number("–", ctx.words.label("measures", measure), unknownIn(shown.unknown));
    const sum = { ...shown, open: shown.open > 0 };
    const range = sum.low !== sum.high || sum.open ? fullRange(ctx.words, sum) : "";
    const value = figureAt(ctx.words, sum, ctx.state.now.bound).shown;
    return number(value, ctx.words.label("measures", measure), [range, unknownIn(sum.unknown)].filter(Boolean).join(" · "));
  };
  const show = () => {
    const { window, totals } = ctx.now;
    const rows = told("incidents", window)?.rows ?? totals.incidents.rows(0, window);
    refill(
      root,
      number(ctx.words.n(rows), t("total_incidents", { n: rows })),
      totals.figures.map((each) => figure(each, window)),
      el("div", { class: "total-when" }, ctx.model.dated ? windowWords(ctx) : ""),
    );
  };
  ctx.update((changed) => {
    if (["end", "length", "mode", "step", "filters", "search", "minimum", "acts", "actsShown", "measure", "bound", "columns"].some((name) => changed.has(name)))
      show();
  });
  show();
}
