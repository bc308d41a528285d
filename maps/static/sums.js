/**
 * Sums over time by lookups: what has begun by a step, less what had ended before another.
 *
 * A row counts in every step that any of its days lies in, so the sum of a window [a, b] is begun(b) − ended(a − 1).
 * Both are running sums for each group (a region, a type), made once for a filter; moving the window costs two
 * lookups a group.
 */

/** Stands for a missing number in arrays of counts. */
export const UNKNOWN = -1;

/**
 * Each row's number: 1 for incidents; a missing bound is taken from the nearest that is known (maps/scales.py does
 * the same). UNKNOWN where none is.
 */
export function valuesOf(arrays, measure, bound, rows) {
  const values = new Int32Array(rows);
  if (measure === "incidents") return values.fill(1);
  const order = { low: ["low", "best", "high"], best: ["best", "low", "high"], high: ["high", "best", "low"] }[bound];
  const [one, two, three] = order.map((name) => arrays[`${measure}_${name}`]);
  for (let row = 0; row < rows; row++) {
    values[row] = one[row] !== UNKNOWN ? one[row] : two[row] !== UNKNOWN ? two[row] : three[row];
  }
  return values;
}

/** Running sums by group and step. */
export class Sums {
  /**
   * @param {number} groups
   * @param {number} steps
   */
  constructor(groups, steps) {
    this.steps = steps;
    this.begun = new Int32Array(groups * (steps + 1));
    this.ended = new Int32Array(groups * (steps + 1));
    this.undated = new Int32Array(groups);
  }

  /** Add an amount to a group through the steps from…to (inclusive); from < 0 is a row without a day. */
  add(group, from, to, amount) {
    if (from < 0) {
      this.undated[group] += amount;
      return;
    }
    const base = group * (this.steps + 1);
    this.begun[base + from + 1] += amount;
    this.ended[base + to + 1] += amount;
  }

  /** Turn the amounts into running sums; call once, after the last `add`. */
  run() {
    for (const sums of [this.begun, this.ended]) {
      for (let at = 0; at < sums.length; at++) if (at % (this.steps + 1)) sums[at] += sums[at - 1];
    }
    return this;
  }

  /** The sum of a group in a window {from, to}; null is the whole time, undated rows included. */
  of(group, window) {
    const base = group * (this.steps + 1);
    if (!window) return this.begun[base + this.steps] + this.undated[group];
    return this.begun[base + window.to + 1] - this.ended[base + window.from];
  }
}
