/**
 * The rows of a page of sums: each is a cell of many rows of the sources (maps/summed_columns.py), which are not on the
 * page one by one. What a page of incidents counts by one, it counts by the rows of its cells; all else is the same.
 */

import { FACETS, NO_FILTERS, bitOf } from "./filters.js";
import { Model } from "./model.js";
import { Sums } from "./sums.js";
import { firstDay, stepOf, UNITS } from "../time/time.js";

/** The lengths of time that cells of a period can be shown by: theirs, and longer ones. */
const unitsFrom = (period) => (period ? UNITS.slice(UNITS.indexOf(period)) : UNITS);

const NOTHING = () => 0;

/** The model of a page: of incidents, or of cells. */
export const modelOf = (data) => (data.header.sums ? new CellModel(data) : new Model(data));

/** Everything that a page of sums knows of its cells. */
export class CellModel extends Model {
  constructor(data) {
    super(data);
    this.isCells = true;
    const { period } = data.header.sums;
    this.units = period === "day" ? UNITS : unitsFrom(period).filter((unit) => unit !== "week" || period === "week");
    this.tiles = data.header.sums.tiles ? tileModel(data) : null;
  }

  /** Sums by region or of everything, as of incidents (sums.js): a cell adds what its rows add up to. */
  sums({ measure, bound, of }) {
    const { failed } = this.filters;
    const column = (name) => this.arrays[measure === "incidents" ? "counted" : `${measure}_${name}`];
    const make = (name) => {
      const key = `${of} cells ${measure} ${name}`;
      return (group, window) => {
        const amounts = column(name);
        if (!amounts) return 0; // its columns are still to come
        if (!this.made.has(key)) this.made.set(key, new Sums(this.groupsOf(of), (row) => (failed[row] ? 0 : amounts[row])));
        return this.made.get(key).of(group, window);
      };
    };
    const { counted } = this.arrays;
    const rowsKey = `${of} cells rows`;
    const rows = (group, window) => {
      if (!this.made.has(rowsKey)) this.made.set(rowsKey, new Sums(this.groupsOf(of), (row) => (failed[row] ? 0 : counted[row])));
      return this.made.get(rowsKey).of(group, window);
    };
    if (measure === "incidents") return { value: rows, rows, known: rows, unknown: NOTHING, apart: NOTHING, open: NOTHING };
    return { value: make(bound), rows, known: make("known"), unknown: make("unknown"), apart: make("apart"), open: make("open") };
  }

  /** Sums by type and step of a unit, as of incidents (bars.js). A cell lies in one step, as its period does. */
  bars(unit, { measure, bound }) {
    const { start, count } = this.steps[unit];
    const { first, type, counted } = this.arrays;
    const isFigure = measure !== "incidents";
    const values = isFigure ? this.arrays[`${measure}_${bound}`] : counted;
    const unknown = isFigure ? this.arrays[`${measure}_unknown`] : null;
    const groups = this.header.dictionaries.type.length + 1;
    const bars = new Float64Array((groups + 1) * count);
    let [step, next] = [0, -Infinity];
    for (let row = 0; row < this.dated; row++) {
      if (!this.summed(row)) continue;
      if (first[row] >= next) {
        step = stepOf(first[row], unit) - start; // rows are in order of their days: each step is looked up once
        next = firstDay(start + step + 1, unit);
      }
      bars[type[row] * count + step] += values[row];
      if (unknown) bars[groups * count + step] += unknown[row];
    }
    const at = (group, of) => bars[group * count + of] || 0;
    return { groups, count, at, unknown: (of) => at(groups, of) };
  }

  optionCounts(name) {
    const { codes, numbers, starts, ids } = this.facet(name);
    const { counted } = this.arrays;
    const counts = new Float64Array(codes.length);
    const found = this.scan(this.window, bitOf(name));
    for (let i = 0; i < found; i++) {
      const row = this.buffer[i];
      if (numbers) counts[numbers[row]] += counted[row];
      else for (let at = starts[row]; at < starts[row + 1]; at++) counts[ids[at]] += counted[row];
    }
    return { counts, parts: new Uint32Array(codes.length) };
  }

  undatedShown() {
    let count = 0;
    for (let row = this.dated; row < this.rows; row++) if (this.shown(row)) count += this.arrays.counted[row];
    return count;
  }

  /** How many rows of some cells are in none of some regions, though their place is known, and of how many it is not. */
  beyond(rows, regions) {
    const { byFirst, starts } = this.groupsOf("regions");
    const inside = new Uint8Array(this.rows);
    for (const { id } of regions) for (let at = starts[id]; at < starts[id + 1]; at++) inside[byFirst[at]] = 1;
    const { counted, unplaced } = this.arrays;
    const found = { outside: 0, unplaced: 0 };
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (unplaced[row]) found.unplaced += counted[row];
      else if (!inside[row]) found.outside += counted[row];
    }
    return found;
  }

  /** The cells of density in a window, of the types that the filters let through; filters of regions do not reach them. */
  tilesIn({ filters }, window) {
    this.tiles.filter({ filters: { ...NO_FILTERS, type: filters.type }, search: "", minimum: null, measure: "incidents", set: null, acts: true, actsShown: true });
    return this.tiles.select(window);
  }
}

/** The cells of density, as rows of a model of their own: they are filtered and selected as others are. */
function tileModel({ header, arrays }) {
  const { tile_first: first, tile_lasted: lasted, tile_type: type } = arrays;
  const plain = Object.fromEntries(FACETS.map((name) => [name, { codes: [], names: {} }]));
  return new Model({ header: { ...header, later: [], acts: null, facets: { ...plain, type: { column: "type" } } }, arrays: { first, lasted, type } });
}
