/** The rows of the page: their facts, filters, windows of time, and the sums that map, histogram and totals show. */

import { barsOf } from "./bars.js";
import { DRAWN } from "./drawn.js";
import { facetOf } from "./facets.js";
import { partTest } from "./families.js";
import { ALL_BITS, bitOf, Filters, UNCOUNTED } from "./filters.js";
import { everything, byRegion, sumsOf } from "./sums.js";
import { Texts } from "./texts.js";
import { NO_DAY, stepsOf, UNITS } from "../time/time.js";

/** In which order a missing bound is taken from the nearest that is known (maps/sums.py does the same). */
const NEAREST = { low: ["low", "best", "high"], best: ["best", "low", "high"], high: ["high", "best", "low"] };

const tallied = new WeakMap(); // by rows

/** Everything the page knows of its incidents. Rows are in order of their first day, undated last. */
export class Model {
  constructor({ header, arrays }) {
    this.header = header;
    this.arrays = arrays;
    this.rows = arrays.first.length;
    if (!arrays.last) arrays.last = lastDays(arrays);
    this.dated = this.rows;
    while (this.dated && arrays.first[this.dated - 1] === NO_DAY) this.dated--;
    const low = this.dated ? arrays.first[0] : null;
    let high = low;
    this.lasting = [];
    for (let row = 0; row < this.dated; row++) {
      if (arrays.last[row] > high) high = arrays.last[row];
      if (arrays.last[row] > arrays.first[row]) this.lasting.push(row);
    }
    this.days = low === null ? null : { from: low, to: high };
    this.steps = Object.fromEntries(UNITS.map((unit) => [unit, stepsOf(low, high, unit)]));
    this.texts = new Texts();
    this.facets = new Map();
    this.filters = new Filters(this);
    this.buffer = new Uint32Array(this.rows);
    this.window = null;
    this.made = new Map(); // sums, until the filters change
    this.grouped = new Map();
    this.whole = !header.later; // whether all columns are here
    this.voices = []; // whose numbers the figures are
    this.units = UNITS; // the lengths of time that it can be shown by
    this.isCells = false; // whether a row is a cell of sums (cells.js)
  }

  /** Take in the columns that the first picture does without. Until then the model knows where, when and what. */
  takeColumns({ header, arrays }) {
    Object.assign(this.arrays, arrays);
    this.voices = header.voices ?? [];
    this.whole = true;
  }

  /** A row's value in a dictionary column, null where it has none. */
  text(column, row) {
    return this.header.dictionaries[column][this.arrays[column][row]];
  }

  title(row, lang) {
    return this.texts.title(row, lang ?? this.lang);
  }

  code(row) {
    return this.texts.code(row);
  }

  day(row) {
    return this.arrays.first[row] === NO_DAY ? [null, null] : [this.arrays.first[row], this.arrays.last[row]];
  }

  counted(row) {
    return this.arrays.counted[row];
  }

  /** Whether a row is shown, whatever its days. */
  shown(row) {
    return (this.filters.failed[row] & ~UNCOUNTED) === 0;
  }

  /** Whether a row is in the sums: it is shown, and is not an act of the state while these are not counted. */
  summed(row) {
    return this.filters.failed[row] === 0;
  }

  /** Whether a row is shown and is an act of the state that is not counted. */
  isApart(row) {
    return this.filters.failed[row] === UNCOUNTED;
  }

  /** A row's figure of a measure: {low, best, high}, each null where unknown. */
  figure(row, measure) {
    const read = (bound) => {
      const value = this.arrays[`${measure}_${bound}`]?.[row] ?? 0;
      return value ? value - 1 : null; // 0 stands for unknown, so that unsigned numbers do
    };
    return { low: read("low"), best: read("best"), high: read("high") };
  }

  /** Whose number a row's figure of a measure is: {key, who, quoted, title, url} (maps/voices.py); null if not known. */
  voice(row, measure) {
    const { low, best, high } = this.figure(row, measure);
    if ((low ?? best ?? high) === null || !this.arrays.voice) return null;
    return this.voices[(this.arrays[`${measure}_voice`]?.[row] || this.arrays.voice[row]) - 1] ?? null;
  }

  /** A test of rows: whether a measure can apply to them at all. A state of emergency kills nobody by itself. */
  appliesTo(measure) {
    const { dictionaries, applies } = this.header;
    const allowed = (list, code) => applies?.[list]?.[code]?.includes(measure);
    const [types, subtypes] = ["type", "subtype"].map((list) => dictionaries[list].map((code) => allowed(list, code)));
    const { type, subtype } = this.arrays;
    return (row) => subtypes[subtype[row]] ?? types[type[row]] ?? true;
  }

  /** A facet (facets.js): its codes, their names by language, and the numbers of codes by row. */
  facet(name) {
    if (!this.facets.has(name)) this.facets.set(name, facetOf(this, name));
    return this.facets.get(name);
  }

  /** Apply the filters of a state; sums made before are forgotten where they differ. */
  filter(state) {
    if (this.filters.apply(state)) this.made.clear();
  }

  /** Take in the texts; where something is searched in them, look again, and say so. */
  takeTexts(block) {
    this.texts.fill(block);
    const isSearched = this.filters.searchAgain();
    if (isSearched) this.made.clear();
    return isSearched;
  }

  /**
   * The filtered rows with any day in a window, in order of their first day; null is all, undated last. The rows of a
   * window that has grown at its end since the last time go on from those, in the same buffer.
   */
  select(window) {
    const before = this.made.get("selected"); // until the filters change
    this.window = window;
    const isGrown = before && window && before.from === window.from && before.to <= window.to;
    const rows = isGrown ? this.goneOn(before, window) : this.buffer.slice(0, this.scan(window, 0));
    this.made.set("selected", { ...window, rows });
    return rows;
  }

  /** The rows of a window after those of one that ends earlier. */
  goneOn({ to, rows }, window) {
    const start = this.firstFrom(to + 1);
    const end = this.firstFrom(window.to + 1);
    const room = rows.buffer.byteLength > rows.byteLength ? new Uint32Array(rows.buffer) : new Uint32Array(this.rows + 1);
    if (room.buffer !== rows.buffer) room.set(rows);
    return room.subarray(0, this.write(room, rows.length, start, end, UNCOUNTED));
  }

  /** Write rows from start up to end that fail nothing but what `but` allows; say how many there are then. */
  write(room, count, start, end, but) {
    const { failed } = this.filters;
    const care = ALL_BITS & ~but;
    for (let row = start; row < end; row++) if (!(failed[row] & care)) room[count++] = row;
    return count;
  }

  /** Write to the buffer the rows of a window that fail nothing but what `but` allows, and say how many they are. */
  scan(window, but) {
    const { first, last } = this.arrays;
    const { buffer } = this;
    const allowed = but | UNCOUNTED;
    if (!window) return this.write(buffer, 0, 0, this.rows, allowed);
    const { failed } = this.filters;
    let count = 0;
    for (const row of this.lasting) {
      if (first[row] >= window.from) break;
      if (last[row] >= window.from && !(failed[row] & ALL_BITS & ~allowed)) buffer[count++] = row;
    }
    return this.write(buffer, count, this.firstFrom(window.from), this.firstFrom(window.to + 1), allowed);
  }

  /** The first dated row that begins on a day or later. */
  firstFrom(day) {
    let [low, high] = [0, this.dated];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.arrays.first[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * How many rows of the window each code of a facet has, by number, of those that all other filters let through:
   * {counts, parts}, where `parts` are those of them that are listed as a part of another incident.
   */
  optionCounts(name) {
    const { codes, numbers, starts, ids } = this.facet(name);
    const [counts, parts] = [new Uint32Array(codes.length), new Uint32Array(codes.length)];
    const found = this.scan(this.window, bitOf(name));
    const isPart = partTest(this, this.window);
    for (let i = 0; i < found; i++) {
      const row = this.buffer[i];
      const part = isPart(row) ? 1 : 0;
      const count = (number) => {
        counts[number]++;
        parts[number] += part;
      };
      if (numbers) count(numbers[row]);
      else for (let at = starts[row]; at < starts[row + 1]; at++) count(ids[at]);
    }
    return { counts, parts };
  }

  /**
   * How many of some rows of the window each type has, by code, how many of these are parts, and how many rows are drawn
   * in each way, by number: {types, parts, drawn}; counted once for an array.
   */
  tally(rows) {
    if (tallied.has(rows)) return tallied.get(rows);
    const codes = this.header.dictionaries.type;
    const [types, parts] = [new Uint32Array(codes.length), new Uint32Array(codes.length)];
    const drawn = new Uint32Array(Object.keys(DRAWN).length);
    const isPart = partTest(this, this.window);
    const { type, drawn: how } = this.arrays;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      types[type[row]]++;
      if (isPart(row)) parts[type[row]]++;
      drawn[how[row]]++;
    }
    const byCode = (numbers) => Object.fromEntries(codes.map((code, i) => [code, numbers[i]]));
    const tally = { types: byCode(types), parts: byCode(parts), drawn };
    tallied.set(rows, tally);
    return tally;
  }

  /** How many rows that the filters let through have no day. */
  undatedShown() {
    let count = 0;
    for (let row = this.dated; row < this.rows; row++) if (this.shown(row)) count++;
    return count;
  }

  /** Whether a region holds a row. */
  holds(region, row) {
    const { byFirst, starts } = this.groupsOf("regions");
    let [low, high] = [starts[region], starts[region + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byFirst[middle] < row) low = middle + 1;
      else high = middle;
    }
    return low < starts[region + 1] && byFirst[low] === row;
  }

  groupsOf(of) {
    if (!this.grouped.has(of)) this.grouped.set(of, of === "all" ? everything(this) : byRegion(this));
    return this.grouped.get(of);
  }

  /** Sums of the filtered rows by region or of everything (sums.js). */
  sums(asked) {
    return sumsOf(this, asked);
  }

  /** Sums of a measure by type and step of a unit, for the histogram (bars.js). */
  bars(unit, shown) {
    return barsOf(this, unit, shown);
  }

  /** For each row 1 where its number of a measure has no upper end, else 0. */
  openRows(measure) {
    const [low, high] = ["low", "high"].map((bound) => this.arrays[`${measure}_${bound}`]); // 0 stands for unknown
    if (!low) return new Uint8Array(this.rows); // incidents, or its columns are still to come
    this.opened ??= new Map();
    if (!this.opened.has(measure)) this.opened.set(measure, endless(low, high));
    return this.opened.get(measure);
  }

  /** Each row's number plus one: 2 for incidents; a missing bound from the nearest that is known; 0 is unknown. */
  valuesOf(measure, bound) {
    const key = `${measure} ${bound}`;
    if (!this.whole && measure !== "incidents") return new Uint8Array(this.rows); // its columns are still to come
    this.valued ??= new Map();
    if (!this.valued.has(key)) {
      if (measure === "incidents") this.valued.set(key, new Uint8Array(this.rows).fill(2));
      else this.valued.set(key, filledIn(NEAREST[bound].map((name) => this.arrays[`${measure}_${name}`])));
    }
    return this.valued.get(key);
  }
}

/** The last day of each row, of the first and of how many days later it ended. */
function lastDays({ first, lasted }) {
  const last = new Int32Array(first.length);
  for (let row = 0; row < last.length; row++) last[row] = first[row] + lasted[row];
  return last;
}

function endless(low, high) {
  const open = new Uint8Array(low.length);
  for (let row = 0; row < open.length; row++) if (low[row] && !high[row]) open[row] = 1;
  return open;
}

function filledIn([one, two, three]) {
  if (!one) return new Uint8Array(0);
  const widest = [one, two, three].reduce((a, b) => (a.BYTES_PER_ELEMENT >= b.BYTES_PER_ELEMENT ? a : b));
  const values = new widest.constructor(one.length);
  for (let row = 0; row < values.length; row++) values[row] = one[row] || two[row] || three[row];
  return values;
}
