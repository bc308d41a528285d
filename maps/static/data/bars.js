/** The bars of the histogram: incidents, or what a figure of theirs adds up to, by type in each step of time. */

import { familiesOf } from "./families.js";
import { firstDay, lastDay, stepOf } from "../time/time.js";
import { standingWeights, UNKNOWN } from "./weights.js";

/**
 * Sums of the filtered rows by type and step of a unit. The last group holds the rows whose day is known more coarsely
 * than the step: they could lie in any of several bars, and are drawn as a band below them.
 * @param {{measure: string, bound: string}} shown What is summed; a step is a window of its own (families.js).
 * @returns {{groups: number, count: number, at: function(number, number): number, unknown: function(number): number}}
 *     at(group, step); unknown(step) says how many incidents of it have no known figure.
 */
export function barsOf(model, unit, shown) {
  const { start, count } = model.steps[unit];
  const { first, last, type } = model.arrays;
  const groups = model.header.dictionaries.type.length + 1;
  const isCoarse = coarseness(model);
  const bars = new Float64Array((groups + 1) * (count + 1)); // changes from step to step, summed up below; last the unknown
  const families = familiesOf(model);
  const weights = shown.measure === "incidents" ? null : standingWeights(model, shown);
  const { counted } = model.arrays;
  const { failed } = model.filters;
  const place = families?.place; // 0 or more of rows that are in families
  const groupOf = (row, from, to) => (isCoarse(row, from, to) ? groups - 1 : type[row]);
  let [step, next] = [0, -Infinity];
  for (let row = 0; row < model.dated; row++) {
    if (failed[row] || (place && place[row] >= 0)) continue; // families follow below
    const own = weights ? weights[row] : counted[row];
    const weight = own < 0 && !counted[row] ? 0 : own;
    if (!weight || weight < UNKNOWN) continue;
    if (first[row] >= next) {
      step = stepOf(first[row], unit) - start; // rows are in order of their days: each step is looked up once
      next = firstDay(start + step + 1, unit);
    }
    const to = last[row] < next ? step : stepOf(last[row], unit) - start;
    const group = weight === UNKNOWN ? groups : groupOf(row, step, to);
    bars[group * (count + 1) + step] += Math.abs(weight);
    bars[group * (count + 1) + to + 1] -= Math.abs(weight);
  }
  for (let at = 1; at < bars.length; at++) if (at % (count + 1)) bars[at] += bars[at - 1];
  addFamilies(model, unit, shown, (row, of, from, to, weight) => {
    const group = weight === UNKNOWN ? groups : groupOf(row, from, to);
    bars[group * (count + 1) + of] += Math.abs(weight);
  });
  const at = (group, of) => bars[group * (count + 1) + of];
  return { groups, count, at, unknown: (of) => at(groups, of) };
}

/** A test of rows that lie in several steps, from…to: whether their day is known more coarsely than a step. */
function coarseness({ header, arrays: { date_precision: precision } }) {
  const exact = header.dictionaries.date_precision.map((code) => code === null || code === "day");
  return (row, from, to) => to > from && !exact[precision[row]];
}

/** The filtered rows whose day is known more coarsely than a step of a unit, in order of their first day. */
export function coarseRows(model, unit) {
  const key = `coarse ${unit}`;
  if (!model.made.has(key)) model.made.set(key, findCoarse(model, unit)); // until the filters change
  return model.made.get(key);
}

function findCoarse(model, unit) {
  const { first, last } = model.arrays;
  const isCoarse = coarseness(model);
  return model.lasting.filter((row) => model.summed(row) && isCoarse(row, stepOf(first[row], unit), stepOf(last[row], unit)));
}

/** Add what the rows of families count for in each step that they have a day in. */
function addFamilies(model, unit, { measure, bound }, add) {
  const families = familiesOf(model);
  if (!families || !model.dated) return;
  const { start: origin } = model.steps[unit];
  const isFigure = measure !== "incidents";
  const [values, applies] = isFigure ? [model.valuesOf(measure, bound), model.appliesTo(measure)] : [];
  const stepAt = (day) => stepOf(day, unit) - origin;
  const amounts = isFigure ? families.amountsOf(model, measure, bound) : null;
  const weighIn = (window, start, end) => {
    const counted = families.counted(model.arrays, window, start, end);
    return { counted, weights: amounts ? amounts(window, start, end) : counted, of: start };
  };
  const all = weighIn(model.days, 0, families.rows.length); // which holds for all families that lie in one step
  const addStep = (step, { counted, weights, of }, start, end) => {
    for (let at = start; at < end; at++) {
      const row = families.rows[at];
      if (!model.summed(row)) continue;
      const isUnknown = isFigure && counted[at - of] && !values[row] && applies(row);
      const weight = isUnknown ? UNKNOWN : weights[at - of];
      if (weight > 0 || isUnknown) add(row, step, stepAt(families.first[at]), stepAt(families.last[at]), weight);
    }
  };
  for (const { start, end, from, to } of families.each) {
    if (from < model.days.from) continue; // none of it has a day
    const [first, last] = [stepAt(from), stepAt(to)];
    if (first === last) addStep(first, all, start, end);
    for (let step = first; step <= last && first < last; step++) {
      const window = { from: firstDay(origin + step, unit), to: lastDay(origin + step, unit) };
      addStep(step, weighIn(window, start, end), start, end);
    }
  }
}
