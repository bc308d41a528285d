/** What is said of a bar under the pointer: its days, its sum with its range, what is unknown, and each type. */

import { coarseIn } from "./coarse.js";
import { stepOf } from "./time.js";
import { el } from "../page/dom.js";
import { glyphPicture } from "../map/glyphs.js";
import { figureAt, fullRange } from "../words/figure-words.js";
import { spanWords } from "../words/timewords.js";

/**
 * A bar in words.
 * @param {{from: number, to: number}} days Its first and last day.
 * @param {{bars, unit: string, order: number[]}} plot What the plot shows.
 */
export function barWords(ctx, days, { bars, unit, order }) {
  const { words, header, model } = ctx;
  const step = stepOf(days.from, unit) - model.steps[unit].start;
  const types = header.dictionaries.type;
  const counts = order.filter((group) => group < types.length).map((group) => [group, bars.at(group, step)]);
  const line = (sign, name, count) => el("li", {}, sign, el("span", { class: "what" }, name), el("span", { class: "count" }, words.n(count)));
  const typed = counts.filter(([, count]) => count).reverse();
  return [
    el("strong", {}, spanWords(words, unit, days.from, days.to)),
    el("span", {}, sumWords(ctx, days)),
    el(
      "ul",
      {},
      typed.map(([group, count]) => line(glyphPicture(header.types[types[group]]), words.label("types", types[group]), count)),
      coarseIn(ctx, unit, days).map(([when, n]) =>
        el("li", {}, el("span", { class: "swatch hatched" }), el("span", { class: "what" }, words.t("coarse_known", { n, when }))),
      ),
    ),
  ];
}

/** What the days of a bar add up to, in the words of the head: "46 killed · 40–60 · unknown in 2 incidents". */
function sumWords({ words, state, model }, days) {
  const { measure, bound } = state.now;
  const sums = (each) => model.sums({ measure, bound: each, of: "all" });
  const rows = sums(bound).rows(0, days);
  const incidents = words.t("n_incidents", { n: rows });
  if (measure === "incidents" || !model.whole) return incidents;
  const [low, best, high] = ["low", "best", "high"].map((each) => sums(each).value(0, days));
  const [unknown, open] = [sums(bound).unknown(0, days), sums(bound).open(0, days) > 0];
  const sum = { low, best, high, open };
  const known = sums(bound).known(0, days);
  const value = known ? `${figureAt(words, sum, bound).shown} ${words.label("measures", measure)}` : "";
  const range = known && (low !== high || open) ? fullRange(words, sum) : "";
  return [value, range, unknown ? words.t("unknown_in", { n: unknown }) : "", incidents].filter(Boolean).join(" · ");
}
