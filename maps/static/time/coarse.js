/** The band under the bars: incidents whose day is known more coarsely than a bar, over the days that they may lie in. */

import { coarseRows } from "../data/bars.js";
import { el } from "../page/dom.js";
import { firstDay, stepOf } from "./time.js";
import { hatch } from "./timeplot.js";
import { theme } from "../page/theme.js";

/** The height of the band with the space above it, in pixels. */
export const COARSE_PX = 13;

const GAP = 2;
const NUMBER_PX = 4; // space about a number in the band

/** Whether the selection has any row that the band of a unit shows. */
export const hasCoarse = (model, unit) => coarseRows(model, unit).length > 0;

/**
 * The pieces of the band: {from, to, sum} in steps counted from the first of the page, each as long as no incident in
 * it begins or ends; `sum` is null where no figure of them is known.
 */
function pieces(model, bars, unit, { measure, bound }) {
  const { start, count } = model.steps[unit];
  const { first, last } = model.arrays;
  const values = model.valuesOf(measure, bound);
  const [held, known] = [new Int32Array(count + 1), new Int32Array(count + 1)]; // changes, summed up below
  const cuts = new Set();
  for (const row of coarseRows(model, unit)) {
    const [from, to] = [stepOf(first[row], unit) - start, stepOf(last[row], unit) - start + 1];
    for (const [marks, by] of [[held, 1], [known, values[row] ? 1 : 0]]) {
      marks[from] += by;
      marks[to] -= by;
    }
    cuts.add(from).add(to);
  }
  for (let at = 1; at <= count; at++) {
    held[at] += held[at - 1];
    known[at] += known[at - 1];
  }
  const at = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let n = 0; n + 1 < at.length; n++) {
    const [from, to] = [at[n], at[n + 1]];
    if (held[from]) found.push({ from, to, sum: known[from] ? bars.at(bars.groups - 1, from) : null });
  }
  return found;
}

/** Paint the band just below the ground of the bars. */
export function paintCoarse({ context, crisp }, { model, bars, shown, steps, axis, ground, words }) {
  const hatching = hatch(context);
  const [top, height] = [ground + GAP, COARSE_PX - GAP - 1];
  const edge = (step) => Math.max(axis.left, Math.min(axis.left + axis.width, axis.x(firstDay(steps.start + step, steps.unit))));
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: theme().plot });
  for (const { from, to, sum } of pieces(model, bars, steps.unit, shown)) {
    const [left, right] = [crisp(edge(from)), crisp(edge(to))];
    if (right <= left) continue;
    context.fillStyle = hatching;
    context.fillRect(left, top, Math.max(1, right - left - 1), height);
    const text = sum === null ? "?" : words.n(sum);
    if (context.measureText(text).width + 2 * NUMBER_PX > right - left) continue;
    context.fillStyle = theme().plotInk;
    context.strokeText(text, (left + right - 1) / 2, top + height / 2 + 0.5);
    context.fillText(text, (left + right - 1) / 2, top + height / 2 + 0.5);
  }
}

/** What the band means, in words, with how many incidents it shows; null where it shows none. */
export function coarseKey({ words, model }, unit) {
  const n = coarseRows(model, unit).filter((row) => model.counted(row)).length;
  return n ? el("span", { class: "time-key-line" }, el("span", { class: "swatch hatched" }), words.t(`band_${unit}`, { n })) : null;
}

/** The incidents that the band shows over a bar, by how their days are known: ["2010", 3], ["spring of 2010", 1]. */
export function coarseIn({ words, model }, unit, days) {
  const { first, last } = model.arrays;
  const found = new Map();
  for (const row of coarseRows(model, unit)) {
    if (first[row] > days.to) break;
    if (last[row] < days.from || !model.counted(row)) continue;
    const when = words.span(first[row], last[row], model.text("date_precision", row), true);
    found.set(when, (found.get(when) ?? 0) + 1);
  }
  return [...found];
}
