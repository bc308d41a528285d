/** What each row weighs in the measure shown: what points, clusters, density and bars are sized by. */

import { DRAWN } from "./drawn.js";
import { familiesOf } from "./families.js";
import { openOf } from "./sums.js";

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

/**
 * The same for the signs of a map. A part whose parent incident counts for it, but has no place on the map, weighs what
 * its own figure states: else nobody of them would be on the map.
 */
export function signWeigherOf(model, shown, window) {
  const weigh = weigherOf(model, shown, window);
  const { parent, drawn } = model.arrays;
  if (!parent) return weigh;
  const values = model.valuesOf(shown.measure, shown.bound);
  const standsAlone = (row) => {
    for (let above = parent[row]; above; above = parent[above - 1]) {
      if (drawn[above - 1] !== DRAWN.none && values[above - 1]) return false; // its sign is on the map
      if (weigh(above - 1) >= 0) return true;
    }
    return false;
  };
  return (row) => {
    const weight = weigh(row);
    return weight === ASIDE && values[row] && !model.isApart(row) && standsAlone(row) ? values[row] - 1 : weight;
  };
}

/** The sum of two weights: a number goes before what is not known, and that before what is aside. */
export const added = (a, b) => (a >= 0 && b >= 0 ? a + b : Math.max(a, b));

/**
 * What the marks of the selection are sized by: {measure, bound, weigh, isOpen, overall, most, total}, null where
 * incidents are shown. `isOpen` says of a row whether its number has no upper end. `overall` weighs over the whole time;
 * `most` is the most at one place then, and `total` all on the map: sizes stay as the window moves.
 */
export function measureShown({ model, state, now }) {
  const { measure, bound } = state.now;
  if (measure === "incidents" || !model.whole) return null;
  const key = `most ${measure} ${bound}`;
  if (!model.made.has(key)) model.made.set(key, overallOf(model, { measure, bound })); // until the filters change
  const weigh = signWeigherOf(model, { measure, bound }, now.window);
  return { measure, bound, weigh, isOpen: openOf(model, measure), ...model.made.get(key) };
}

/** The most at one place, and all, over the whole time; each at least one. */
function overallOf(model, shown) {
  const overall = signWeigherOf(model, shown, null);
  const { place, place_x: xs } = model.arrays;
  const sums = new Float64Array(xs.length + 1);
  let total = 0;
  for (let row = 0; row < model.rows; row++) {
    const weight = place[row] < xs.length && model.summed(row) ? Math.max(0, overall(row)) : 0;
    sums[place[row]] += weight;
    total += weight;
  }
  const most = sums.subarray(0, xs.length).reduce((a, b) => Math.max(a, b), 1);
  return { most, total: Math.max(1, total), overall };
}

/**
 * Half heights of marks in pixels: the largest, the least of one that stands for anybody, of zero, of an unknown number,
 * and of an incident without a number of its own.
 */
const [LARGEST, LEAST, ZERO, HOLLOW, OWNLESS] = [19, 3.2, 1.9, 4.4, 2.6];

/** Half the height of a mark: its area grows with its weight. `room` is 1 on a wide map, less on a small one. */
export function sizeOf(weight, most, room = 1) {
  if (weight === ASIDE) return OWNLESS;
  if (weight < 0) return HOLLOW;
  return weight === 0 ? ZERO : Math.max(LEAST, LARGEST * room * Math.sqrt(weight / most));
}

/** How large marks are on a map of a size in pixels, against those on a wide one. */
export const roomOf = (width, height) => Math.max(0.6, Math.min(1, Math.min(width, height) / 520));

/** Round numbers that a legend shows the sizes of, the largest first. */
export function sampleWeights(most) {
  const round = (value) => {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
    return [5, 2, 1].map((step) => step * power).find((step) => step <= value) ?? 1;
  };
  return [...new Set([round(most), round(most / 8), 1])];
}
