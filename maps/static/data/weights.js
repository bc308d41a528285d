/** What each row weighs in the measure shown: what points, clusters, density and bars are sized by. */

import { DRAWN } from "./drawn.js";
import { familiesOf } from "./families.js";
import { UNCOUNTED } from "./filters.js";

/** The weight of a row whose number is not known. */
export const UNKNOWN = -1;
/** The weight of a row that has no number of its own to show. */
export const ASIDE = -2;

/**
 * The weights of the rows that stand alone, which are the same in every window: what a row's figure adds, 0 or more;
 * UNKNOWN; ASIDE where the measure cannot apply, the row is an act of the state that is not counted, or another incident
 * counts for it. Made once until the filters change. Rows of families count by the window: `signWeights` has theirs.
 */
export function standingWeights(model, { measure, bound }) {
  const key = `weights ${measure} ${bound}`;
  if (!model.made.has(key)) model.made.set(key, weighed(model, model.valuesOf(measure, bound), measure));
  return model.made.get(key);
}

function weighed(model, values, measure) {
  const adds = model.arrays[`${measure}_adds`];
  const silent = silence(model, values, measure);
  const weights = new Float64Array(model.rows);
  for (let row = 0; row < weights.length; row++) weights[row] = silent(row) ?? (adds[row] ? values[row] - 1 : ASIDE);
  return weights;
}

/** What a row weighs that has no number to add, by row: UNKNOWN or ASIDE; null where it has one. */
function silence(model, values, measure) {
  const applies = model.appliesTo(measure);
  return (row) => {
    if (model.isApart(row)) return ASIDE;
    if (values[row]) return null;
    return applies(row) ? UNKNOWN : ASIDE;
  };
}

/**
 * The weights of all rows for the signs of a map, in a window of days; null is the whole time. The array is one for all
 * windows, and holds the weights of the last that was asked for: `kept` is a name for those that are not to change.
 */
function signWeights(model, shown, window, kept = "") {
  const standing = standingWeights(model, shown);
  const families = familiesOf(model);
  if (!families) return standing;
  const key = `sign weights ${shown.measure} ${shown.bound} ${kept}`;
  if (!model.made.has(key)) model.made.set(key, new FamilyWeights(model, families, shown, standing.slice()));
  return model.made.get(key).of(window);
}

/**
 * The weights of all rows, those of families for the window that was asked for last. Families that no edge of a window
 * cuts weigh the same in each, so that from one window to the next only those that an edge cuts are written again.
 */
class FamilyWeights {
  constructor(model, families, { measure, bound }, weights) {
    const { arrays: { drawn } } = model;
    const values = model.valuesOf(measure, bound);
    Object.assign(this, { model, families, weights, values, drawn, isOfDays: false, cut: [] });
    this.silent = silence(model, values, measure);
    this.amounts = families.amountsOf(model, measure, bound);
  }

  of(window) {
    const { families, model } = this;
    if (!window || !this.isOfDays) this.write(window && model.days, 0, families.rows.length);
    else for (const { start, end } of this.cut) this.write(model.days, start, end);
    this.isOfDays = Boolean(window);
    this.cut = window ? families.cutBy(window) : [];
    for (const { start, end } of this.cut) this.write(window, start, end);
    return this.weights;
  }

  /**
   * Write what the rows of families weigh in a window, from a place up to another. A part whose parent incident counts
   * for it, but has no place on the map, weighs what its own figure states: else nobody of them would be on the map.
   */
  write(window, start, end) {
    const { model, families: { rows }, values, weights } = this;
    const own = this.amounts(window, start, end);
    for (let i = 0; i < own.length; i++) own[i] = this.silent(rows[start + i]) ?? (Number.isNaN(own[i]) ? ASIDE : own[i]);
    for (let i = 0; i < own.length; i++) {
      const row = rows[start + i];
      const isSilent = own[i] === ASIDE && values[row] && !model.isApart(row);
      weights[row] = isSilent && this.standsAlone(own, start, i) ? values[row] - 1 : own[i];
    }
  }

  /** Whether what counts for a part is not on the map. */
  standsAlone(own, start, i) {
    const { families: { rows, above }, values, drawn } = this;
    for (let up = above[start + i]; up >= 0; up = above[up]) {
      if (drawn[rows[up]] !== DRAWN.none && values[rows[up]]) return false; // its sign is on the map
      if (own[up - start] >= 0) return true;
    }
    return false;
  }
}

/** For each row 1, and 0 for an act of the state that is not counted, where incidents are shown; null where all are counted. */
export function countedRows(model) {
  if (!model.made.has("counted")) model.made.set("counted", countedOf(model)); // until the filters change
  return model.made.get("counted");
}

function countedOf({ rows, filters: { failed } }) {
  const counted = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) counted[row] = failed[row] === UNCOUNTED ? 0 : 1;
  return counted.includes(0) ? counted : null;
}

/** The sum of two weights: a number goes before what is not known, and that before what is aside. */
export const added = (a, b) => (a >= 0 && b >= 0 ? a + b : Math.max(a, b));

/**
 * What the marks of the selection are sized by: {measure, bound, weights, open, moving, overall, most, total}, null where
 * incidents are shown. `weights` are those of the rows in the window, which hold until another one is derived; those of
 * rows that `moving` has 0 or more for are others in the next window. `open` is 1 for each row whose number has no upper
 * end. `overall` are the weights over the whole time; `most` is the most at
 * one place then, and `total` all on the map: sizes stay as the window moves.
 */
export function measureShown({ model, state, now }) {
  const { measure, bound } = state.now;
  if (measure === "incidents" || !model.whole || model.isCells) return null;
  const weights = signWeights(model, { measure, bound }, now.window);
  const moving = familiesOf(model)?.place ?? null;
  return { measure, bound, weights, open: model.openRows(measure), moving, ...overall(model, { measure, bound }) };
}

/** Make what `measureShown` rests on, in parts: for a page that has only now all columns. */
export function* weighing({ model, state }) {
  const { measure, bound } = state.now;
  if (measure === "incidents" || model.isCells) return;
  standingWeights(model, { measure, bound });
  yield;
  familiesOf(model)?.rests(model, measure, bound);
  model.openRows(measure);
  yield;
  overall(model, { measure, bound });
}

/** The most at one place, and all, over the whole time; made once until the filters change. */
function overall(model, { measure, bound }) {
  const key = `most ${measure} ${bound}`;
  if (!model.made.has(key)) model.made.set(key, overallOf(model, { measure, bound }));
  return model.made.get(key);
}

/** The most at one place, and all, over the whole time; each at least one. */
function overallOf(model, shown) {
  const overall = signWeights(model, shown, null, "of all days");
  const { place, place_x: xs } = model.arrays;
  const { failed } = model.filters;
  const sums = new Float64Array(xs.length + 1);
  let total = 0;
  for (let row = 0; row < overall.length; row++) {
    if (overall[row] <= 0 || failed[row] || place[row] >= xs.length) continue;
    sums[place[row]] += overall[row];
    total += overall[row];
  }
  let most = 1;
  for (let at = 0; at < xs.length; at++) if (sums[at] > most) most = sums[at];
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
