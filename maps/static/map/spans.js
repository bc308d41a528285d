/** The cells of a grid that a ring or an area covers, as runs along its rows: row, first column, column after the last. */

import { linesOf } from "./shapes.js";

const rings = new Map();

/**
 * The runs of a ring of a radius in grid cells, about the cell in its middle, in turn; and how many cells they have.
 * A cell is covered where its middle is. Radii count in halves of a cell, so that few rings need be found.
 * @returns {{spans: number[], cells: number}}
 */
export function runsOfRing(radius) {
  const halves = Math.round(radius * 2);
  if (!rings.has(halves)) rings.set(halves, counted(ringOf(halves / 2)));
  return rings.get(halves);
}

function ringOf(radius) {
  const spans = [];
  for (let row = -Math.floor(radius); row <= radius; row++) {
    const half = Math.floor(Math.sqrt(radius * radius - row * row));
    spans.push(row, -half, half + 1);
  }
  return spans.length ? spans : [0, 0, 1];
}

const counted = (spans) => ({ spans, cells: cellsIn(spans) });

/** How many cells runs have. */
function cellsIn(spans) {
  let sum = 0;
  for (let i = 0; i < spans.length; i += 3) sum += spans[i + 2] - spans[i + 1];
  return sum;
}

/**
 * The runs of an area by the rule "evenodd" on the rows of a grid that begins at a column `west` and a row `north` and
 * has `down` rows; `small` makes its cells of those of the payload. Where rows of the area lie beyond, `cells` is its
 * size. An area that covers no middle has the cell of a place of its own, x and y.
 */
export function runsOfArea(arrays, shape, { small, west, north, down }, [x, y], area) {
  const crossings = new Map(); // by row, the columns at which an edge is crossed
  let isWhole = true;
  for (const ring of linesOf(arrays, shape)) {
    let [beforeX, beforeY] = [ring.at(-2) * small - west, ring.at(-1) * small - north];
    for (let p = 0; p < ring.length; p += 2) {
      const [hereX, hereY] = [ring[p] * small - west, ring[p + 1] * small - north];
      const [low, high] = beforeY < hereY ? [beforeY, hereY] : [hereY, beforeY];
      if (low < 0 || high > down) isWhole = false;
      const last = Math.min(high, down);
      for (let row = Math.max(0, Math.ceil(low - 0.5)); row + 0.5 < last; row++) {
        if (!crossings.has(row)) crossings.set(row, []);
        crossings.get(row).push(beforeX + ((row + 0.5 - beforeY) / (hereY - beforeY)) * (hereX - beforeX));
      }
      [beforeX, beforeY] = [hereX, hereY];
    }
  }
  const spans = spansOf(crossings);
  if (!isWhole) return { spans, cells: Math.max(1, area * small * small) };
  const [column, row] = [Math.floor(x * small - west), Math.floor(y * small - north)];
  return counted(spans.length ? spans : [row, column, column + 1]);
}

function spansOf(crossings) {
  const spans = [];
  for (const [row, columns] of crossings) {
    columns.sort((a, b) => a - b);
    for (let i = 0; i + 1 < columns.length; i += 2) {
      const [from, to] = [Math.ceil(columns[i] - 0.5), Math.ceil(columns[i + 1] - 0.5)];
      if (to > from) spans.push(row, from, to);
    }
  }
  return spans;
}
