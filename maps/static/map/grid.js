/** The grid of density: how much of what is shown lies in each small cell of the screen. */

import { marksOf } from "./marks.js";
import { runsOfArea, runsOfRing } from "./spans.js";
import { outlineOf } from "./wide.js";

/** Pixels along a side of a cell. */
export const CELL = 3;

/**
 * A grid over a view. Cells are counted from a corner of the world, so that panning moves none. What is known only to a
 * wider area is spread evenly over its cells: `weights` add up to what is shown in the view.
 */
export class Grid {
  constructor(arrays) {
    this.arrays = arrays;
    this.marks = marksOf(arrays);
    this.key = "";
    this.cellOf = new Int32Array(arrays.place_x.length).fill(-1);
    this.wideWeights = new Float64Array(this.marks.wide.length);
    this.wideCounts = new Uint32Array(this.marks.wide.length);
  }

  /** Follow a view: give each place its cell; say whether the view is another than before. */
  follow({ scale, left, top, width, height }) {
    const key = [scale, left, top, width, height].join();
    if (key === this.key) return false;
    const [west, north] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1];
    const [across, down] = [Math.ceil(width / CELL) + 3, Math.ceil(height / CELL) + 3];
    const corner = { left: west * CELL - left, top: north * CELL - top };
    Object.assign(this, corner, { key, across, down, scale, west, north, small: scale / CELL });
    const { place_x: xs, place_y: ys } = this.arrays;
    for (let at = 0; at < xs.length; at++) this.cellOf[at] = this.cellAt(...this.columnAndRow(xs[at], ys[at]));
    this.counts = new Uint32Array(across * down); // of those whose place is a point
    this.weights = new Float64Array(across * down); // of all
    this.changes = new Float64Array(across * down + 1); // what begins in a cell and what ends before it, in its row
    this.areas = new Map();
    return true;
  }

  columnAndRow(x, y) {
    return [Math.floor((x * this.scale) / CELL) - this.west, Math.floor((y * this.scale) / CELL) - this.north];
  }

  /** The cell of a column and row, -1 outside the grid or in its rim, which only blurring reaches. */
  cellAt(column, row) {
    return column > 0 && row > 0 && column < this.across - 1 && row < this.down - 1 ? row * this.across + column : -1;
  }

  /** Count and weigh some rows; `weighed` holds the weights of all rows (weights.js), null where each weighs one. */
  take(rows, weighed) {
    const { counts, weights, wideCounts, wideWeights, cellOf } = this;
    const { of, places, count } = this.marks;
    counts.fill(0);
    weights.fill(0);
    wideWeights.fill(0);
    wideCounts.fill(0);
    let isSpread = false;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const mark = of[row];
      if (mark === count) continue;
      const weight = weighed ? Math.max(0, weighed[row]) : 1;
      if (mark >= places) {
        wideWeights[mark - places] += weight;
        wideCounts[mark - places]++;
        isSpread = true;
        continue;
      }
      const cell = cellOf[mark];
      if (cell < 0) continue;
      counts[cell]++;
      weights[cell] += weight;
    }
    if (isSpread) this.spread();
  }

  /** Add what is known only to a wider area: changes along the rows first, then their running sums. */
  spread() {
    const { changes, weights, wideWeights, across, marks } = this;
    changes.fill(0);
    for (let number = 0; number < wideWeights.length; number++)
      if (wideWeights[number]) this.spreadOne(marks.wide[number], wideWeights[number]);
    for (let start = 0; start < weights.length; start += across) {
      let running = 0;
      for (let cell = start; cell < start + across; cell++) {
        running += changes[cell];
        if (running > 1e-9) weights[cell] += running;
      }
    }
  }

  spreadOne(each, weight) {
    const { across, down, changes } = this;
    const isArea = each.shape !== null;
    const [column, row] = isArea ? [0, 0] : this.columnAndRow(this.arrays.place_x[each.place], this.arrays.place_y[each.place]);
    const { spans, cells } = isArea ? this.runsOf(each) : runsOfRing(each.cells * this.small);
    const share = weight / cells;
    for (let i = 0; i < spans.length; i += 3) {
      const at = row + spans[i];
      if (at < 1 || at > down - 2) continue;
      const [from, to] = [Math.max(1, column + spans[i + 1]), Math.min(across - 1, column + spans[i + 2])];
      if (to <= from) continue;
      changes[at * across + from] += share;
      changes[at * across + to] -= share;
    }
  }

  runsOf({ shape, place }) {
    const { place_x: xs, place_y: ys } = this.arrays;
    if (!this.areas.has(shape))
      this.areas.set(shape, runsOfArea(this.arrays, shape, this, [xs[place], ys[place]], outlineOf(this.arrays, shape).area));
    return this.areas.get(shape);
  }

  /** The rows among some whose point lies in one of some cells. */
  rowsIn(rows, cells) {
    const { of, places } = this.marks;
    const wanted = new Uint8Array(this.counts.length);
    for (const cell of cells) wanted[cell] = 1;
    const found = [];
    for (let i = 0; i < rows.length; i++) {
      const mark = of[rows[i]];
      if (mark < places && this.cellOf[mark] >= 0 && wanted[this.cellOf[mark]]) found.push(rows[i]);
    }
    return found;
  }
}
