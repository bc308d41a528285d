/** The rows of the page: filters, windows of time, and the sums that map, histogram and totals show. */

import { folded } from "./i18n.js";
import { Sums, UNKNOWN, valuesOf } from "./sums.js";
import { NO_DAY, firstDay, lastDay, stepOf, stepsOf } from "./time.js";

/** Everything the page knows of its incidents. */
export class Model {
  constructor({ header, arrays }) {
    this.header = header;
    this.arrays = arrays;
    this.rows = arrays.first.length;
    this.dated = this.rows;
    while (this.dated && arrays.first[this.dated - 1] === NO_DAY) this.dated--;
    this.steps = {
      month: stepsOf(arrays.first, arrays.last, "month"),
      year: stepsOf(arrays.first, arrays.last, "year"),
    };
    this.types = header.dictionaries.type;
    this.shown = new Uint8Array(this.rows).fill(1);
    this.lasting = [];
    for (let row = 0; row < this.dated; row++) if (arrays.last[row] > arrays.first[row]) this.lasting.push(row);
    this.texts = { code: [], title: [] };
    this.folded = null;
    this.stepCache = {};
  }

  /** A row's value in a dictionary column, null where it has none. */
  text(column, row) {
    return this.header.dictionaries[column][this.arrays[column][row]];
  }

  day(row) {
    return this.arrays.first[row] === NO_DAY ? [null, null] : [this.arrays.first[row], this.arrays.last[row]];
  }

  /** First and last step of each row, from the start of the page's time; −1 for rows without a day. */
  stepsOfRows(unit) {
    if (this.stepCache[unit]) return this.stepCache[unit];
    const { first, last } = this.arrays;
    const from = new Int32Array(this.rows).fill(-1);
    const to = new Int32Array(this.rows).fill(-1);
    const { start } = this.steps[unit];
    for (let row = 0; row < this.dated; row++) {
      from[row] = stepOf(first[row], unit) - start;
      to[row] = stepOf(last[row], unit) - start;
    }
    return (this.stepCache[unit] = { from, to });
  }

  /** Choose the rows that the filters let through. `types` is null (all) or a set of codes. */
  filter({ types, search }) {
    const wanted = types && this.types.map((code) => types.has(code));
    const needles = folded(search.trim()).split(/\s+/).filter(Boolean);
    if (needles.length && !this.folded) this.folded = this.searchTexts();
    for (let row = 0; row < this.rows; row++) {
      const typed = !wanted || wanted[this.arrays.type[row]];
      this.shown[row] = typed && needles.every((needle) => this.folded[row].includes(needle)) ? 1 : 0;
    }
  }

  searchTexts() {
    const texts = [];
    for (let row = 0; row < this.rows; row++) {
      const parts = [this.texts.code[row], this.texts.title[row]];
      for (const column of ["place_name", "adm1", "actors"]) parts.push(this.text(column, row));
      texts.push(folded(parts.filter(Boolean).join(" ")));
    }
    return texts;
  }

  /** The filtered rows with any day in a window, in order of their first day; null is all, undated last. */
  select(window, unit) {
    const { first, last } = this.arrays;
    const rows = [];
    if (!window) {
      for (let row = 0; row < this.rows; row++) if (this.shown[row]) rows.push(row);
      return rows;
    }
    const { start } = this.steps[unit];
    const [from, to] = [firstDay(start + window.from, unit), lastDay(start + window.to, unit)];
    for (const row of this.lasting) {
      if (first[row] >= from) break;
      if (last[row] >= from && this.shown[row]) rows.push(row);
    }
    const end = this.search(to + 1);
    for (let row = this.search(from); row < end; row++) if (this.shown[row]) rows.push(row);
    return rows;
  }

  /** The first dated row that begins on a day or later. */
  search(day) {
    let [low, high] = [0, this.dated];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.arrays.first[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sums by region of the whole table of regions: rows, known numbers, and rows whose number is unknown. */
  regionSums(count, { measure, bound, step }) {
    const values = valuesOf(this.arrays, measure, bound, this.rows);
    const sums = this.emptySums(count, step);
    const adds = this.adds(measure);
    const { member_row: rows, member_region: regions } = this.arrays;
    for (let pair = 0; pair < rows.length; pair++) this.addRow(sums, regions[pair], rows[pair], values, adds, step);
    return this.runAll(sums);
  }

  /** Whether a region holds a row. */
  holds(region, row) {
    if (!this.members) {
      this.members = new Map();
      const { member_row: rows, member_region: regions } = this.arrays;
      for (let pair = 0; pair < rows.length; pair++) {
        if (!this.members.has(regions[pair])) this.members.set(regions[pair], new Set());
        this.members.get(regions[pair]).add(rows[pair]);
      }
    }
    return this.members.get(region)?.has(row) ?? false;
  }

  /** How many rows each type has, by code; of all rows, or of those given. */
  typeCounts(rows = null) {
    const counts = new Array(this.types.length).fill(0);
    if (rows) for (const row of rows) counts[this.arrays.type[row]]++;
    else for (const number of this.arrays.type) counts[number]++;
    return Object.fromEntries(this.types.map((code, i) => [code, counts[i]]));
  }

  /** Sums of everything that is shown, in one group. */
  totalSums({ measure, bound, step }) {
    const values = valuesOf(this.arrays, measure, bound, this.rows);
    const sums = this.emptySums(1, step);
    const adds = this.adds(measure);
    for (let row = 0; row < this.rows; row++) this.addRow(sums, 0, row, values, adds, step);
    return this.runAll(sums);
  }

  emptySums(groups, step) {
    const { count } = this.steps[step];
    return { rows: new Sums(groups, count), value: new Sums(groups, count), unknown: new Sums(groups, count) };
  }

  /** Which rows' numbers may be added: a part adds its own only where its whole says nothing of the measure. */
  adds(measure) {
    return measure === "incidents" ? this.arrays.counted : this.arrays[`${measure}_adds`];
  }

  addRow(sums, group, row, values, adds, step) {
    if (!this.shown[row]) return;
    const { from, to } = this.stepsOfRows(step);
    const counted = this.arrays.counted[row];
    if (counted) sums.rows.add(group, from[row], to[row], 1);
    if (values[row] !== UNKNOWN) {
      if (adds[row]) sums.value.add(group, from[row], to[row], values[row]);
    } else if (counted) sums.unknown.add(group, from[row], to[row], 1);
  }

  runAll(sums) {
    for (const sum of Object.values(sums)) sum.run();
    return sums;
  }

  /**
   * Bars of the histogram: counts by type and step. The last group holds the rows whose day is known more coarsely
   * than the step: they could lie in any of several bars.
   */
  bars(step) {
    const coarse = this.types.length;
    const sums = new Sums(coarse + 1, this.steps[step].count);
    const { from, to } = this.stepsOfRows(step);
    const exact = this.header.dictionaries.date_precision.map((code) => code === null || code === "day");
    for (let row = 0; row < this.dated; row++) {
      if (!this.shown[row] || !this.arrays.counted[row]) continue;
      const vague = to[row] > from[row] && !exact[this.arrays.date_precision[row]];
      sums.add(vague ? coarse : this.arrays.type[row], from[row], to[row], 1);
    }
    return sums.run();
  }
}
