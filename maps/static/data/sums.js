/**
 * Sums over any window of days, by lookups: what has begun by its last day, less what had ended before its first.
 *
 * A row counts in every window that any of its days lies in. For each group (a region, or everything) its rows stand
 * once in order of their first day and once in order of their last, with running sums beside them, so the sum of a
 * window costs two binary searches, whatever the length of the steps.
 */

import { familiesOf } from "./families.js";
import { FamilySums } from "./family-sums.js";
import { NO_DAY } from "../time/time.js";

/** Which rows each group holds, by first and by last day. Made once for a set of regions; days when first asked for. */
class Groups {
  /**
   * @param {Uint32Array} rows Row of each pair, rising within a group; rows are in order of their first day, undated last.
   * @param {Uint32Array} starts Where each group's pairs begin; one more than there are groups.
   * @param {{first: Int32Array, last: Int32Array}} days
   */
  constructor(rows, starts, days) {
    this.starts = starts;
    this.byFirst = rows;
    this.days = days;
    this.ordered = null;
  }

  /** The rows by last day, the days of both orders, and where the undated rows of each group begin. */
  get inTime() {
    this.ordered ??= orderedByLast(this);
    return this.ordered;
  }
}

function orderedByLast({ byFirst, starts, days: { first, last } }) {
  const byLast = byFirst.slice();
  const dated = new Uint32Array(starts.length - 1);
  for (let group = 0; group < dated.length; group++) {
    let end = starts[group + 1];
    while (end > starts[group] && first[byFirst[end - 1]] === NO_DAY) end--;
    dated[group] = end;
    const part = byLast.subarray(starts[group], end);
    if (!rising(part, last)) sortByDay(part, last);
  }
  return { byLast, dated, firstDays: taken(first, byFirst), lastDays: taken(last, byLast) };
}

function taken(days, rows) {
  const found = new Int32Array(rows.length);
  for (let i = 0; i < found.length; i++) found[i] = days[rows[i]];
  return found;
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

const FEW = 4096; // rows that are sorted by comparing; more are dealt out to their days

/** Sort rows by a day in place; rows of one day keep their order. */
function sortByDay(rows, days) {
  if (rows.length < FEW) {
    rows.sort((a, b) => days[a] - days[b] || a - b);
    return;
  }
  let [least, most] = [days[rows[0]], days[rows[0]]];
  for (let i = 0; i < rows.length; i++) {
    const day = days[rows[i]];
    if (day < least) least = day;
    else if (day > most) most = day;
  }
  const next = new Uint32Array(most - least + 2);
  for (let i = 0; i < rows.length; i++) next[days[rows[i]] - least + 1]++;
  for (let day = 1; day < next.length; day++) next[day] += next[day - 1];
  const old = rows.slice();
  for (let i = 0; i < old.length; i++) rows[next[days[old[i]] - least]++] = old[i];
}

/** Running sums of an amount for each row, by group. */
export class Sums {
  /**
   * @param {Groups} groups
   * @param {function(number): number} amountOf A row's amount; 0 leaves it out.
   */
  constructor(groups, amountOf) {
    this.groups = groups;
    this.amountOf = amountOf;
    this.begun = running(groups.byFirst, amountOf);
    this.ended = null; // made when first asked for a part of the time
  }

  /** The sum of a group in a window {from, to} of days; null is the whole time, undated rows included. */
  of(group, window) {
    const { starts } = this.groups;
    const start = starts[group];
    if (!window) return this.begun[starts[group + 1]] - this.begun[start];
    const { dated, firstDays, lastDays, byLast } = this.groups.inTime;
    this.ended ??= running(byLast, this.amountOf);
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

/**
 * Sums by region (`of: "regions"`, group = region id) or of everything (`of: "all"`, group 0), of the filtered rows:
 * value, rows, unknown, apart, known and open, each a function (group, window). `rows` are incidents that are no part
 * of another one shown; `unknown` those of them whose number is not known, `apart` those to which the measure cannot
 * apply, and acts of the state that are not counted; `known` are rows whose numbers are in `value`, `open` those of them that have no upper end. Each is made when it
 * is first asked for.
 */
export function sumsOf(model, { measure, bound, of }) {
  const { failed } = model.filters;
  const columns = () => {
    const { counted } = model.arrays;
    const adds = measure === "incidents" ? counted : model.arrays[`${measure}_adds`];
    return { counted, adds, values: model.valuesOf(measure, bound) };
  };
  const lacking = ({ counted, values }) => (row) => !failed[row] && counted[row] && !values[row];
  const make = (name, amount, weigh) => {
    const key = `${of} ${name}`;
    let sums = null;
    const made = () => {
      if (!model.made.has(key)) model.made.set(key, parted(model, of, amount(columns()), weigh));
      return model.made.get(key);
    };
    return (group, window) => (sums ??= made()).of(group, window);
  };
  const unknown = (isApart) => (held) => {
    const [isLacking, applies] = [lacking(held), model.appliesTo(measure)];
    const isAct = (row) => isApart && held.counted[row] && model.isApart(row);
    return (row) => ((isLacking(row) && applies(row) !== isApart) || isAct(row) ? 1 : 0);
  };
  let opened = null; // looked up once its columns are here
  const isOpen = (row) => (opened ??= model.openRows(measure))[row] === 1;
  const weights = familyWeights(model, { measure, bound, isOpen });
  return {
    value: make(`value ${measure} ${bound}`, ({ adds, values }) => (row) => (failed[row] || !adds[row] || !values[row] ? 0 : values[row] - 1), weights.value),
    rows: make("rows", ({ counted }) => (row) => (failed[row] || !counted[row] ? 0 : 1), weights.rows),
    unknown: make(`unknown ${measure}`, unknown(false), weights.unknown(false)),
    apart: make(`apart ${measure}`, unknown(true), weights.unknown(true)),
    known: make(`known ${measure}`, ({ adds, values }) => (row) => (failed[row] || !adds[row] || !values[row] ? 0 : 1), weights.known),
    open: make(`open ${measure}`, ({ adds }) => (row) => (failed[row] || !adds[row] || !isOpen(row) ? 0 : 1), weights.open),
  };
}

/** Running sums of the rows that stand alone, and beside them those of families, whose rows count by the window. */
function parted(model, of, amountOf, weigh) {
  const [families, groups] = [familiesOf(model), model.groupsOf(of)];
  if (!families) return new Sums(groups, amountOf);
  const alone = new Sums(groups, (row) => (families.has(row) ? 0 : amountOf(row)));
  const together = new FamilySums(families, groups, weigh(families), model.days);
  return { of: (group, window) => alone.of(group, window) + together.of(group, window) };
}

/**
 * What the rows of families add, by what is summed: functions of the families, each of which returns one of a window, the
 * first place and the place after the last; NaN is nothing.
 */
function familyWeights(model, { measure, bound, isOpen }) {
  const { failed } = model.filters;
  const isFigure = measure !== "incidents";
  const rows = (families) => (window, start, end) =>
    families.counted(model.arrays, window, start, end).map((weight, i) => (failed[families.rows[start + i]] ? 0 : weight));
  const value = (families) => {
    const amounts = families.amountsOf(model, measure, bound);
    return (window, start, end) => amounts(window, start, end).map((weight, i) => (failed[families.rows[start + i]] ? 0 : weight));
  };
  /** 1 for those whose numbers are summed and that pass a test. */
  const ofSummed = (passes) => (families) => {
    const amounts = families.amountsOf(model, measure, bound);
    const told = (weight, row) => (Number.isNaN(weight) || failed[row] || !passes(row) ? 0 : 1);
    return (window, start, end) => amounts(window, start, end).map((weight, i) => told(weight, families.rows[start + i]));
  };
  const unknown = (isApart) => (families) => {
    const [values, applies] = [model.valuesOf(measure, bound), model.appliesTo(measure)];
    const isLacking = (row) => !failed[row] && !values[row] && applies(row) !== isApart;
    const isTold = (row) => isLacking(row) || (isApart && model.isApart(row));
    return (window, start, end) =>
      families.counted(model.arrays, window, start, end).map((weight, i) => (weight && isTold(families.rows[start + i]) ? 1 : 0));
  };
  const [known, open] = [ofSummed(() => true), ofSummed(isOpen)];
  return isFigure ? { rows, value, known, unknown, open } : { rows, value: rows, known: rows, unknown, open };
}
