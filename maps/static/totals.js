/** The totals at the top, read out when they change, and the line of what cannot be drawn or dated. */

import { el, refill } from "./dom.js";
import { DRAWN } from "./layer-points.js";

const number = (value, name, detail) =>
  el(
    "div",
    { class: "total" },
    el("span", { class: "total-number" }, value),
    el("span", { class: "total-name" }, name),
    detail ? el("span", { class: "total-detail" }, detail) : null,
  );

/** Write the totals: incidents, and the sum of each measure named with its range. */
export function showTotals(root, words, { rows, figures, when }) {
  const { t } = words;
  refill(
    root,
    number(words.n(rows), t("total_incidents", { n: rows })),
    figures.map(({ measure, best, low, high, unknown, known }) =>
      number(
        known ? words.n(best) : "?",
        words.label("measures", measure),
        [low !== high ? words.numbers(low, high) : "", unknown ? t("unknown_in", { n: unknown }) : ""]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
    el("div", { class: "total-when" }, when),
  );
}

/** The sentence of what the selection holds beyond the map: not drawn, undated, counted in their whole. */
export function remainderWords(words, model, rows, window) {
  const { t } = words;
  const counts = { undrawn: 0, parts: 0, undated: 0 };
  for (const row of rows) {
    if (model.arrays.drawn[row] === DRAWN.none) counts.undrawn++;
    if (!model.arrays.counted[row]) counts.parts++;
    if (row >= model.dated) counts.undated++;
  }
  const hidden = window ? countShown(model) : 0;
  return [
    counts.undrawn ? t("n_undrawn", { n: counts.undrawn }) : "",
    window
      ? hidden
        ? t("n_undated_hidden", { n: hidden })
        : ""
      : counts.undated
        ? t("n_undated", { n: counts.undated })
        : "",
    counts.parts ? t("n_parts", { n: counts.parts }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function countShown(model) {
  let count = 0;
  for (let row = model.dated; row < model.rows; row++) count += model.shown[row];
  return count;
}
