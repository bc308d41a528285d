/**
 * Parts and their parent incidents: what each counts for, over the whole time and in a window of days.
 *
 * Over the whole time a parent's figure holds for its parts. A window that holds all days of a parent and its parts does
 * the same; in one that holds some of them each part with a day in it counts with its own figure, and the parent with
 * what its parts do not account for. A part is an incident more where none above it has a day in the window
 * (events/families.py does the same; docs/en/explanation/figures.md says why).
 */

import { NO_DAY } from "../time/time.js";

const made = new WeakMap();
const tests = new WeakMap(); // by model: that of the last window
const never = () => false;

/**
 * A test of the rows of a window: whether one is listed as a part of another incident, and so counted in it. In a window
 * without a day of those above it, a part is an incident of its own.
 */
export function partTest(model, window) {
  const key = window ? `${window.from} ${window.to}` : "";
  let held = tests.get(model);
  if (held?.key !== key) tests.set(model, (held = { key, test: makeTest(model, window) }));
  return held.test;
}

/** The key of the words for how many rows are at a place, of which some may be parts. */
export const countKeyOf = ({ counted }) => (counted.includes(0) ? "entries_here" : "here");

function makeTest(model, window) {
  const { counted } = model.arrays;
  if (!counted.includes(0)) return never;
  const families = familiesOf(model);
  if (!families || !window) return (row) => !counted[row];
  const own = families.counted(model.arrays, window);
  return (row) => (families.has(row) ? !own[families.place[row]] : !counted[row]);
}

/** A test of the rows of a window: whether a row's figure of a measure is in sums, or is counted in that of its parent. */
export function addedTest(model, measure, bound, window) {
  const adds = model.arrays[`${measure}_adds`];
  const families = familiesOf(model);
  if (!families || !window) return (row) => Boolean(adds?.[row]);
  const amounts = families.amounts(model, measure, bound, window);
  return (row) => (families.has(row) ? !Number.isNaN(amounts[families.place[row]]) : Boolean(adds?.[row]));
}

/** The families of a model, made once; null where no row is a part of another one. */
export function familiesOf(model) {
  if (!model.arrays.parent) return null;
  if (!made.has(model)) made.set(model, new Families(model));
  return made.get(model);
}

class Families {
  constructor({ rows, arrays: { parent, first, last } }) {
    const place = new Int32Array(rows).fill(-1);
    const pieces = new Map(); // by the head of a family: its rows
    const entered = new Uint8Array(rows);
    const headOf = (row) => (parent[row] ? headOf(parent[row] - 1) : row);
    const enter = (row, piece) => {
      if (entered[row]) return;
      if (parent[row]) enter(parent[row] - 1, piece); // parents come before their parts
      entered[row] = 1;
      piece.push(row);
    };
    for (let row = 0; row < rows; row++) {
      if (!parent[row]) continue;
      const head = headOf(row);
      if (!pieces.has(head)) pieces.set(head, []);
      enter(row, pieces.get(head));
    }
    const list = Array.from(pieces.keys()).sort((a, b) => a - b).flatMap((head) => pieces.get(head)); // each in one piece
    list.forEach((row, at) => (place[row] = at));
    this.rows = Uint32Array.from(list);
    this.place = place;
    this.above = Int32Array.from(list, (row) => (parent[row] ? place[parent[row] - 1] : -1));
    this.first = Int32Array.from(list, (row) => first[row]);
    this.last = Int32Array.from(list, (row) => last[row]);
    this.from = this.first.slice(); // the days of a row and of all that are below it
    this.to = this.last.slice();
    for (let at = list.length - 1; at >= 0; at--) this.widen(this.above[at], at);
    this.each = []; // the pieces: {start, end}, with the days of all of it
    for (let at = 0; at < list.length; at++) {
      if (this.above[at] < 0) this.each.push({ start: at, end: at, from: this.from[at], to: this.to[at] });
      this.each.at(-1).end = at + 1;
    }
    this.spans = { from: Int32Array.from(this.each, ({ from }) => from), to: Int32Array.from(this.each, ({ to }) => to) };
    this.resting = new Map();
    this.grouped = new WeakMap();
  }

  widen(above, at) {
    if (above < 0 || this.from[at] === NO_DAY) return;
    const isBlank = this.from[above] === NO_DAY;
    if (isBlank || this.from[at] < this.from[above]) this.from[above] = this.from[at];
    if (isBlank || this.to[at] > this.to[above]) this.to[above] = this.to[at];
  }

  has(row) {
    return this.place[row] >= 0;
  }

  /** The row that a row is a part of; -1 where there is none. */
  parentOf(row) {
    const above = this.has(row) ? this.above[this.place[row]] : -1;
    return above < 0 ? -1 : this.rows[above];
  }

  isWithin(at, window) {
    return !window || (this.first[at] !== NO_DAY && this.first[at] <= window.to && this.last[at] >= window.from);
  }

  /** Whether each, from start up to end (whole families), is an incident of its own in a window: 1 or 0. */
  counted({ counted }, window, start = 0, end = this.rows.length) {
    const { rows, above } = this;
    const found = new Float64Array(end - start);
    const held = new Uint8Array(end - start); // whether the window holds it or one above it
    for (let at = start; at < end; at++) {
      const isHeld = above[at] >= 0 && held[above[at] - start];
      const isInside = this.isWithin(at, window);
      held[at - start] = isHeld || isInside ? 1 : 0;
      const isOwn = !window || above[at] < 0 ? counted[rows[at]] : !isHeld;
      found[at - start] = isOwn && isInside ? 1 : 0;
    }
    return found;
  }

  /** What each adds to a sum of a measure's bound in a window; NaN where it adds nothing. */
  amounts(model, measure, bound, window) {
    return this.amountsOf(model, measure, bound)(window, 0, this.rows.length);
  }

  /** The same for many windows: a function of the window, and of the first place and the place after the last. */
  amountsOf(model, measure, bound) {
    const [values, adds] = [model.valuesOf(measure, bound), model.arrays[`${measure}_adds`]];
    const own = Float64Array.from(this.rows, (row) => (values[row] ? values[row] - 1 : NaN));
    const whole = own.map((value, at) => (adds?.[this.rows[at]] ? value : NaN));
    let rests = null;
    return (window, start, end) => {
      if (!window) return whole.slice(start, end);
      rests ??= this.rests(model, measure, bound);
      return this.amountsIn(window, start, end, own, rests);
    };
  }

  amountsIn(window, start, end, own, rests) {
    const { above, from, to, first } = this;
    const found = new Float64Array(end - start).fill(NaN);
    const told = new Uint8Array(end - start); // whether its own figure, or one above it, holds for those below
    for (let at = start; at < end; at++) {
      const isKnown = !Number.isNaN(own[at]);
      const isTold = above[at] >= 0 && told[above[at] - start];
      const isWhole = isKnown && first[at] !== NO_DAY && from[at] >= window.from && to[at] <= window.to;
      told[at - start] = isTold || isWhole ? 1 : 0;
      if (isKnown && !isTold && this.isWithin(at, window)) found[at - start] = isWhole ? own[at] : rests[at];
    }
    return found;
  }

  /** What the parts of each do not account for, by bound: never below 0, and low ≤ best ≤ high. */
  rests(model, measure, bound) {
    if (!this.resting.has(measure)) {
      const [low, best, high] = ["low", "best", "high"].map((each) => this.restOf(model.valuesOf(measure, each)));
      for (let at = 0; at < best.length; at++) {
        low[at] = Math.min(low[at], best[at]);
        high[at] = Math.max(high[at], best[at]);
      }
      this.resting.set(measure, { low, best, high });
    }
    return this.resting.get(measure)[bound];
  }

  restOf(values) {
    const { rows, above } = this;
    const below = new Float64Array(rows.length); // what those below add up to
    const rest = new Float64Array(rows.length);
    for (let at = rows.length - 1; at >= 0; at--) {
      const value = values[rows[at]];
      rest[at] = value ? Math.max(0, value - 1 - below[at]) : 0;
      if (above[at] >= 0) below[above[at]] += value ? value - 1 : below[at];
    }
    return rest;
  }

  /** The places in `rows` of those that each group of rows (sums.js) holds: {starts, at}. */
  groupsOf(groups) {
    if (!this.grouped.has(groups)) {
      const { starts: pairs, byFirst } = groups;
      const starts = new Uint32Array(pairs.length);
      const at = [];
      for (let group = 0; group + 1 < pairs.length; group++) {
        for (let pair = pairs[group]; pair < pairs[group + 1]; pair++) if (this.has(byFirst[pair])) at.push(this.place[byFirst[pair]]);
        starts[group + 1] = at.length;
      }
      this.grouped.set(groups, { starts, at: Uint32Array.from(at), count: starts.length - 1, ...this.heldBy(starts, at) });
    }
    return this.grouped.get(groups);
  }

  /** The groups that hold each place: those of place i are `groupsAt` from groupStarts[i] up to groupStarts[i + 1]. */
  heldBy(starts, at) {
    const groupStarts = new Uint32Array(this.rows.length + 1);
    for (const place of at) groupStarts[place + 1]++;
    for (let place = 0; place < this.rows.length; place++) groupStarts[place + 1] += groupStarts[place];
    const next = groupStarts.slice();
    const groupsAt = new Uint32Array(at.length);
    for (let group = 0; group + 1 < starts.length; group++)
      for (let pair = starts[group]; pair < starts[group + 1]; pair++) groupsAt[next[at[pair]]++] = group;
    return { groupStarts, groupsAt };
  }

  /** The first and the last day of the family that each is in. */
  get daysOf() {
    const [from, to] = [new Int32Array(this.rows.length), new Int32Array(this.rows.length)];
    for (const each of this.each) {
      from.fill(each.from, each.start, each.end);
      to.fill(each.to, each.start, each.end);
    }
    return { from, to };
  }

  /** The families that have days both in a window and outside of it; the last answer is kept. */
  cutBy(window) {
    if (this.cut?.from !== window.from || this.cut.to !== window.to) this.cut = { ...window, found: this.findCut(window) };
    return this.cut.found;
  }

  findCut(window) {
    const { from: froms, to: tos } = this.spans;
    const found = [];
    for (let i = 0; i < froms.length; i++) {
      if (froms[i] === NO_DAY || froms[i] > window.to || tos[i] < window.from) continue;
      if (froms[i] < window.from || tos[i] > window.to) found.push(this.each[i]);
    }
    return found;
  }
}
