/** The largest incidents of the selection, for paper: a map on paper cannot be asked for them. */

import { isDrawn } from "../data/drawn.js";
import { partTest } from "../data/families.js";
import { el } from "../page/dom.js";
import { fullFigure } from "../words/figure-words.js";
import { measureOf } from "../words/selection-words.js";

/** How many incidents the sheet names. */
export const NAMED_ON_PAPER = 10;

/**
 * The rows of a selection with the largest number of a measure, the largest first; equal ones in the order of their days.
 * Parts are in the number of their parent, and those of which no number is known, or zero, are not among them.
 */
export function largestRows({ model, now }, measure, bound, count = NAMED_ON_PAPER) {
  const values = model.valuesOf(measure, bound); // a number more than the figure; 0 where it is unknown
  const isPart = partTest(model, now.window);
  const found = [];
  for (const row of now.rows) {
    const value = values[row] ?? 0;
    if (value < 2 || (found.length === count && value <= values[found.at(-1)]) || isPart(row)) continue;
    let at = found.length;
    while (at && values[found[at - 1]] < value) at--;
    found.splice(at, 0, row);
    if (found.length > count) found.pop();
  }
  return found;
}

/** The list of them: what, where, when, how many, and whose number it is. Nothing where no number is known. */
export function largestList(ctx) {
  const { words, state } = ctx;
  const measure = measureOf(ctx);
  const rows = measure ? largestRows(ctx, measure, state.now.bound) : [];
  if (!rows.length) return [];
  const name = words.label("measures", measure);
  return [
    el("h2", {}, words.t("print_largest", { n: rows.length, measure: name })),
    el(
      "ol",
      {},
      rows.map((row) => largestItem(ctx, row, measure)),
    ),
  ];
}

function largestItem(ctx, row, measure) {
  const { words, model } = ctx;
  const [first, last] = model.day(row);
  const names = [model.text("place_name", row), model.text("adm1", row)].filter(Boolean);
  const place = [...new Set(names)].join(", ") || words.t(isDrawn(model, row) ? "unnamed" : "unplaced");
  const days = words.span(first, last, model.text("date_precision", row), true);
  const who = words.local(model.voice(row, measure)?.who);
  return el(
    "li",
    {},
    el("span", { class: "largest-figure" }, fullFigure(words, model.figure(row, measure))),
    el("span", { class: "largest-whose" }, who ? words.t("print_whose", { whose: who }) : ""),
    el("span", { class: "largest-title" }, model.title(row) || model.code(row)),
    el("span", { class: "largest-where" }, `${place} · ${days}`),
  );
}
