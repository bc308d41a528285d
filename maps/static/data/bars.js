/** The bars of the histogram: how many incidents of each type have a day in each step of time. */

import { firstDay, stepOf } from "../time/time.js";

/**
 * Counts of the filtered rows by type and step of a unit. The last group holds the rows whose day is known more
 * coarsely than the step: they could lie in any of several bars.
 * @returns {{groups: number, count: number, at: function(number, number): number}} at(group, step)
 */
export function barsOf(model, unit) {
  const { start, count } = model.steps[unit];
  const { first, last, type, counted, date_precision: precision } = model.arrays;
  const groups = model.header.dictionaries.type.length + 1;
  const exact = model.header.dictionaries.date_precision.map((code) => code === null || code === "day");
  const bars = new Int32Array(groups * (count + 1)); // changes from step to step, summed up below
  let [step, next] = [0, -Infinity];
  for (let row = 0; row < model.dated; row++) {
    if (!counted[row] || !model.shown(row)) continue;
    if (first[row] >= next) {
      step = stepOf(first[row], unit) - start; // rows are in order of their days: each step is looked up once
      next = firstDay(start + step + 1, unit);
    }
    const to = last[row] < next ? step : stepOf(last[row], unit) - start;
    const group = to > step && !exact[precision[row]] ? groups - 1 : type[row];
    bars[group * (count + 1) + step]++;
    bars[group * (count + 1) + to + 1]--;
  }
  for (let at = 1; at < bars.length; at++) if (at % (count + 1)) bars[at] += bars[at - 1];
  return { groups, count, at: (group, of) => bars[group * (count + 1) + of] };
}
