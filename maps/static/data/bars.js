/** The bars of the histogram: incidents, or what a figure of theirs adds up to, by type in each step of time. */

import { familiesOf } from "./families.js";
import { firstDay, lastDay, stepOf } from "../time/time.js";
import { weigherOf } from "./weights.js";

/**
 * Sums of the filtered rows by type and step of a unit. The last group holds the rows whose day is known more coarsely
 * than the step: they could lie in any of several bars.
 * @param {{measure: string, bound: string}} shown What is summed; a step is a window of its own (families.js).
 * @returns {{groups: number, count: number, at: function(number, number): number}} at(group, step)
 */
export function barsOf(model, unit, shown) {
  const { start, count } = model.steps[unit];
  const { first, last, type, date_precision: precision } = model.arrays;
  const groups = model.header.dictionaries.type.length + 1;
  const exact = model.header.dictionaries.date_precision.map((code) => code === null || code === "day");
  const bars = new Float64Array(groups * (count + 1)); // changes from step to step, summed up below
  const families = familiesOf(model);
  const weigh = weigherOfBars(model, shown);
  const groupOf = (row, from, to) => (to > from && !exact[precision[row]] ? groups - 1 : type[row]);
  let [step, next] = [0, -Infinity];
  for (let row = 0; row < model.dated; row++) {
    if (families?.has(row) || !model.summed(row)) continue;
    const weight = weigh(row);
    if (!weight) continue;
    if (first[row] >= next) {
      step = stepOf(first[row], unit) - start; // rows are in order of their days: each step is looked up once
      next = firstDay(start + step + 1, unit);
    }
    const to = last[row] < next ? step : stepOf(last[row], unit) - start;
    const group = groupOf(row, step, to);
    bars[group * (count + 1) + step] += weight;
    bars[group * (count + 1) + to + 1] -= weight;
  }
  for (let at = 1; at < bars.length; at++) if (at % (count + 1)) bars[at] += bars[at - 1];
  addFamilies(model, unit, shown, (row, of, from, to, weight) => (bars[groupOf(row, from, to) * (count + 1) + of] += weight));
  return { groups, count, at: (group, of) => bars[group * (count + 1) + of] };
}

/** What a row that stands alone adds to each of its bars. */
function weigherOfBars(model, { measure, bound }) {
  const { counted } = model.arrays;
  if (measure === "incidents") return (row) => counted[row];
  const weigh = weigherOf(model, { measure, bound }, null);
  return (row) => Math.max(0, weigh(row));
}

/** Add what the rows of families count for in each step that they have a day in. */
function addFamilies(model, unit, { measure, bound }, add) {
  const families = familiesOf(model);
  if (!families || !model.dated) return;
  const { start: origin } = model.steps[unit];
  const stepAt = (day) => stepOf(day, unit) - origin;
  for (const { start, end, from, to } of families.each) {
    if (from < model.days.from) continue; // none of it has a day
    for (let step = stepAt(from); step <= stepAt(to); step++) {
      const window = { from: firstDay(origin + step, unit), to: lastDay(origin + step, unit) };
      const weights =
        measure === "incidents"
          ? families.counted(model.arrays, window, start, end)
          : families.amounts(model, measure, bound, window, start, end);
      for (let at = start; at < end; at++) {
        const row = families.rows[at];
        const weight = weights[at - start];
        if (weight > 0 && model.summed(row)) add(row, step, stepAt(families.first[at]), stepAt(families.last[at]), weight);
      }
    }
  }
}
