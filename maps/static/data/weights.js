/** What each row weighs in the measure shown: what points, clusters, density and bars are sized by. */

import { familiesOf } from "./families.js";

/** The weight of a row whose number is not known. */
export const UNKNOWN = -1;
/** The weight of a row that has no number of its own to show. */
export const ASIDE = -2;

/**
 * A function (row) to its weight in a window: what its figure adds, 0 or more; UNKNOWN; ASIDE where the measure cannot
 * apply, the row is an act of the state that is not counted, or the incident that it is a part of counts instead.
 */
export function weigherOf(model, { measure, bound }, window) {
  const values = model.valuesOf(measure, bound);
  const adds = model.arrays[`${measure}_adds`];
  const applies = model.appliesTo(measure);
  const families = familiesOf(model);
  const amounts = families?.amounts(model, measure, bound, window);
  return (row) => {
    if (model.isApart(row)) return ASIDE;
    if (!values[row]) return applies(row) ? UNKNOWN : ASIDE;
    if (!families?.has(row)) return adds[row] ? values[row] - 1 : ASIDE;
    const amount = amounts[families.place[row]];
    return Number.isNaN(amount) ? ASIDE : amount;
  };
}

/** The sum of two weights: a number goes before what is not known, and that before what is aside. */
export const added = (a, b) => (a >= 0 && b >= 0 ? a + b : Math.max(a, b));

/**
 * What the marks of the selection are sized by: {measure, bound, weigh, most, total}, null where incidents are shown.
 * `most` is the most at one place, and `total` all, over the whole time: sizes stay as the window moves.
 */
export function measureShown({ model, state, now }) {
  const { measure, bound } = state.now;
  if (measure === "incidents" || !model.whole) return null;
  const key = `most ${measure} ${bound}`;
  if (!model.made.has(key)) model.made.set(key, overallOf(model, { measure, bound })); // until the filters change
  return { measure, bound, weigh: weigherOf(model, { measure, bound }, now.window), ...model.made.get(key) };
}

/** The most at one place, and all, over the whole time; each at least one. */
function overallOf(model, shown) {
  const overall = weigherOf(model, shown, null);
  const { place, place_x: xs } = model.arrays;
  const sums = new Float64Array(xs.length + 1);
  let total = 0;
  for (let row = 0; row < model.rows; row++) {
    const weight = model.summed(row) ? Math.max(0, overall(row)) : 0;
    sums[place[row]] += weight;
    total += weight;
  }
  const most = sums.subarray(0, xs.length).reduce((a, b) => Math.max(a, b), 1);
  return { most, total: Math.max(1, total) };
}

/** The largest mark's half height, and the least of one that stands for anybody, in pixels. */
const [LARGEST, LEAST, NOBODY, HOLLOW] = [22, 3.2, 2.2, 4];

/** Half the height of a mark: its area grows with its weight. */
export function sizeOf(weight, most) {
  if (weight < 0) return HOLLOW;
  return weight === 0 ? NOBODY : Math.max(LEAST, LARGEST * Math.sqrt(weight / most));
}

/** Round numbers that a legend shows the sizes of, the largest first. */
export function sampleWeights(most) {
  const round = (value) => {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
    return [5, 2, 1].map((step) => step * power).find((step) => step <= value) ?? 1;
  };
  return [...new Set([round(most), round(most / 8), 1])];
}
