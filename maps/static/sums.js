/**
 * Sums over any window of days, by lookups: what has begun by its last day, less what had ended before its first.
 *
 * A row counts in every window that any of its days lies in. For each group (a region, or everything) its rows stand
 * once in order of their first day and once in order of their last, with running sums beside them, so the sum of a
 * window costs two binary searches, whatever the length of the steps.
 */

import { NO_DAY } from "./time.js";

/** Which rows each group holds, by first and by last day. Made once for a set of regions. */
class Groups {
  /**
   * @param {Uint32Array} rows Row of each pair, rising within a group; rows are in order of their first day, undated last.
   * @param {Uint32Array} starts Where each group's pairs begin; one more than there are groups.
   * @param {{first: Int32Array, last: Int32Array}} days
   */
  constructor(rows, starts, { first, last }) {
    this.starts = starts;
    this.dated = new Uint32Array(starts.length - 1); // where the undated rows of a group begin
    this.byFirst = rows;
    this.byLast = rows.slice();
    this.firstDays = Int32Array.from(rows, (row) => first[row]);
    for (let group = 0; group < this.dated.length; group++) {
      let end = starts[group + 1];
      while (end > starts[group] && first[rows[end - 1]] === NO_DAY) end--;
      this.dated[group] = end;
      const part = this.byLast.subarray(starts[group], end);
      if (!rising(part, last)) sortByDay(part, last);
    }
    this.lastDays = Int32Array.from(this.byLast, (row) => last[row]);
  }
}

/** All rows of a model as one group. */
export function everything({ rows, arrays }) {
  const all = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  return new Groups(all, Uint32Array.of(0, rows), arrays);
}

/** The rows that each region holds; a region's id is the number of its group. */
export function byRegion({ arrays, header }) {
  const { member_row: rows, member_region: regions } = arrays; // in order of region, then row
  const count = header.regions.reduce((all, set) => all + set.regions.length, 0);
  const starts = new Uint32Array(count + 1);
  for (const region of regions) starts[region + 1]++;
  for (let region = 0; region < count; region++) starts[region + 1] += starts[region];
  return new Groups(Uint32Array.from(rows), starts, arrays);
}

function rising(rows, days) {
  for (let i = 1; i < rows.length; i++) if (days[rows[i]] < days[rows[i - 1]]) return false;
  return true;
}

/** Sort rows by a day in place: a sort of whole numbers, day above, place below, which is faster than comparing. */
function sortByDay(rows, days) {
  const keys = Float64Array.from(rows, (row, i) => (days[row] + 2 ** 31) * 2 ** 21 + i);
  if (rows.length > 2 ** 21) {
    rows.sort((a, b) => days[a] - days[b]);
    return;
  }
  keys.sort();
  const old = rows.slice();
  for (let i = 0; i < keys.length; i++) rows[i] = old[keys[i] % 2 ** 21];
}

/** Running sums of an amount for each row, by group. */
export class Sums {
  /**
   * @param {Groups} groups
   * @param {function(number): number} amountOf A row's amount; 0 leaves it out.
   */
  constructor(groups, amountOf) {
    this.groups = groups;
    this.begun = running(groups.byFirst, amountOf);
    this.ended = running(groups.byLast, amountOf);
  }

  /** The sum of a group in a window {from, to} of days; null is the whole time, undated rows included. */
  of(group, window) {
    const { starts, dated, firstDays, lastDays } = this.groups;
    const start = starts[group];
    if (!window) return this.begun[starts[group + 1]] - this.begun[start];
    const begun = firstAfter(firstDays, start, dated[group], window.to);
    const ended = firstAfter(lastDays, start, dated[group], window.from - 1);
    return this.begun[begun] - this.ended[ended];
  }
}

function running(rows, amountOf) {
  const sums = new Float64Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) sums[i + 1] = sums[i] + amountOf(rows[i]);
  return sums;
}

/** The first place in [low, high) whose day is after another; high where none is. */
function firstAfter(days, low, high, day) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
