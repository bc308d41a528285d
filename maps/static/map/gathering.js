/** Clusters: incidents by cells of a grid that lies still on the world, joined where their rings would touch. */

import { DRAWN } from "../data/drawn.js";
import { added, ASIDE, UNKNOWN } from "../data/weights.js";

const CELL = 76; // pixels along a side of a cell

const [ALL, LEAST] = [46, 12]; // pixels of radius of all there is, and of the smallest ring that has room for its number

/** The radius of a cluster's ring by a figure: its area grows with the share of all that it holds. */
export const weighedRadius = (weight, total) => Math.max(LEAST, ALL * Math.sqrt(Math.max(0, weight) / total));

/** The radius of the ring of so many incidents, in pixels: 115 and 21,067 look different. */
export const clusterRadius = (count) => 12 + 5.2 * Math.log10(count);

/** Rings for a legend: {radius, number, isLeast}, the largest first; the last is the smallest there is. */
export function clusterSample(measured) {
  if (!measured) return [1000, 100, 10].map((number) => ({ number, radius: clusterRadius(number), isLeast: false }));
  const { total } = measured;
  const least = Math.max(1, Math.floor(total * (LEAST / ALL) ** 2));
  const round = (value) => Number(value.toPrecision(1));
  const larger = [...new Set([round(total / 3), round(total / 9)])].filter((number) => number > least * 1.5);
  const rings = larger.map((number) => ({ number, radius: weighedRadius(number, total), isLeast: false }));
  return [...rings, { number: least, radius: LEAST, isLeast: true }];
}

/** Gathers rows into clusters; made once for a payload. */
export class Gathering {
  constructor(arrays, types) {
    this.arrays = arrays;
    this.types = types;
    this.codes = null; // made when first gathered
    this.cellOf = new Int32Array(arrays.place_x.length + 1).fill(-1); // the last is for rows without a place
  }

  /** For each row its type × 2, plus one where the place is known only nearly. */
  kindsOfRows() {
    const { type, drawn } = this.arrays;
    const codes = new Uint8Array(type.length);
    for (let row = 0; row < codes.length; row++) codes[row] = type[row] * 2 + (drawn[row] > DRAWN.point ? 1 : 0);
    return codes;
  }

  /** Give each place its cell. Cells are counted from a corner of the world, so that panning moves none. */
  place({ scale, left, top, width, height }) {
    const { place_x: xs, place_y: ys } = this.arrays;
    const [west, north] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1];
    this.across = Math.ceil(width / CELL) + 3;
    this.down = Math.ceil(height / CELL) + 3;
    for (let place = 0; place < xs.length; place++) {
      const column = Math.floor((xs[place] * scale) / CELL) - west;
      const row = Math.floor((ys[place] * scale) / CELL) - north;
      const isInside = column >= 0 && row >= 0 && column < this.across && row < this.down;
      this.cellOf[place] = isInside ? row * this.across + column : -1;
    }
  }

  /**
   * The clusters of some rows: {x, y, count, aside, coarse, counts by type, cells: Set, row, radius}, and where they are
   * sized by a figure (weights.js) its `weight`, its `weights` by type, and of how many the number is not known. `aside`
   * of its `count` rows are acts of the state that are not counted (`counted` has 0 for them): `counts` leave them out.
   */
  gather(rows, screen, measured = null, counted = null) {
    this.codes ??= this.kindsOfRows();
    const { cellOf, codes, types } = this;
    const { place } = this.arrays;
    const { x: xs, y: ys } = screen;
    const kinds = types * 2;
    const cells = this.across * this.down;
    const tally = new Uint32Array(cells * kinds);
    const [sumX, sumY] = [new Float64Array(cells), new Float64Array(cells)];
    const [some, unknown, aside] = [0, 1, 2].map(() => new Uint32Array(cells));
    const weighed = measured?.weights;
    const heavy = measured && new Float64Array(cells * (types + 1)).fill(ASIDE); // by type, and in the last all
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const at = place[row];
      const cell = cellOf[at];
      if (cell < 0) continue;
      if (counted && !counted[row]) aside[cell]++;
      else tally[cell * kinds + codes[row]]++;
      sumX[cell] += xs[at];
      sumY[cell] += ys[at];
      some[cell] = row;
      if (!heavy) continue;
      const weight = weighed[row];
      const own = cell * (types + 1) + (codes[row] >> 1);
      const all = cell * (types + 1) + types;
      heavy[own] = added(heavy[own], weight);
      heavy[all] = added(heavy[all], weight);
      if (weight === UNKNOWN) unknown[cell]++;
    }
    const clusters = [];
    for (let cell = 0; cell < cells; cell++) {
      const counts = tally.subarray(cell * kinds, (cell + 1) * kinds);
      const count = counts.reduce((a, b) => a + b, aside[cell]);
      if (!count) continue;
      const [x, y] = [sumX[cell] / count, sumY[cell] / count];
      const cluster = { count, aside: aside[cell], coarse: 0, x, y, counts: new Uint32Array(types) };
      for (let type = 0; type < types; type++) {
        cluster.coarse += counts[type * 2 + 1];
        cluster.counts[type] = counts[type * 2] + counts[type * 2 + 1];
      }
      if (heavy) {
        cluster.weights = heavy.slice(cell * (types + 1), cell * (types + 1) + types);
        cluster.weight = heavy[cell * (types + 1) + types];
        cluster.unknown = unknown[cell];
      }
      clusters.push(Object.assign(cluster, { cells: new Set([cell]), row: some[cell] }));
    }
    return joined(clusters, ({ count, aside: uncounted, weight }) =>
      measured ? weighedRadius(weight, measured.total) : clusterRadius(Math.max(1, count - uncounted)),
    );
  }

  /** The rows of a cluster. */
  rowsOf(rows, { cells }) {
    const { place } = this.arrays;
    const wanted = new Uint8Array(this.across * this.down);
    for (const cell of cells) wanted[cell] = 1;
    const { cellOf } = this;
    const found = [];
    for (let i = 0; i < rows.length; i++) {
      const cell = cellOf[place[rows[i]]];
      if (cell >= 0 && wanted[cell]) found.push(rows[i]);
    }
    return found;
  }
}

/** Join clusters whose rings would touch, the greatest first, until none does. */
function joined(clusters, radiusOf) {
  const kept = [];
  for (const each of clusters) each.radius = radiusOf(each);
  const waiting = clusters.sort((a, b) => b.count - a.count || a.y - b.y || a.x - b.x);
  while (waiting.length) {
    const cluster = waiting.shift();
    const touched = kept.findIndex((other) => touch(cluster, other));
    if (touched < 0) {
      kept.push(cluster);
      continue;
    }
    // What has grown may touch others now: it goes round again.
    const [other] = kept.splice(touched, 1);
    const both = merged(other, cluster);
    both.radius = radiusOf(both);
    waiting.unshift(both);
  }
  return kept;
}

function touch(a, b) {
  const reach = a.radius + b.radius + 2;
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < reach * reach;
}

function merged(a, b) {
  const count = a.count + b.count;
  const mean = (key) => (a[key] * a.count + b[key] * b.count) / count;
  return {
    count,
    aside: a.aside + b.aside,
    coarse: a.coarse + b.coarse,
    x: mean("x"),
    y: mean("y"),
    counts: a.counts.map((each, type) => each + b.counts[type]),
    weight: a.weights && added(a.weight, b.weight),
    unknown: a.weights && a.unknown + b.unknown,
    weights: a.weights && a.weights.map((each, type) => added(each, b.weights[type])),
    cells: new Set([...a.cells, ...b.cells]),
    row: a.row,
  };
}
