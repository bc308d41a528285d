/** Density of a page of sums: squares of the world with how many rows lie in each, spread over them on a map that is nearer. */

import { el } from "../page/dom.js";
import { CELL, Grid } from "./grid.js";

const WORLD = 1 << 26; // cells of the page's grid to a side (maps/shapes.py)
const POINT = 1; // data/drawn.js

/** The arrays of density of a page of sums, in the form of those of incidents: each square is a place. */
export function tileArrays({ header, arrays }) {
  const { tile_place: place, tile_x: xs, tile_y: ys, tile_rows: rows } = arrays;
  const drawn = new Uint8Array(place.length).fill(POINT);
  return { ...arrays, place, place_x: xs, place_y: ys, drawn, rows, square: WORLD / header.sums.tiles };
}

/** The grid of density, of squares. */
export class TileGrid extends Grid {
  /** Whether a square is wider than the cells that are painted, over which its rows are spread. */
  get isSpread() {
    return this.arrays.square * this.scale > CELL;
  }

  take(cells) {
    const { place, rows, place_x: xs, place_y: ys } = this.arrays;
    this.sums ??= new Float64Array(xs.length);
    const { sums, counts, weights } = this;
    for (const each of [sums, counts, weights]) each.fill(0);
    for (let i = 0; i < cells.length; i++) sums[place[cells[i]]] += rows[cells[i]];
    const half = this.arrays.square / 2;
    for (let at = 0; at < sums.length; at++) {
      if (!sums[at]) continue;
      if (this.isSpread) this.spreadSquare(sums[at], xs[at] - half, ys[at] - half);
      else if (this.cellOf[at] >= 0) weights[this.cellOf[at]] += sums[at];
    }
  }

  /** Add the rows of a square evenly to the cells that it covers, as far as they are in view. */
  spreadSquare(sum, x, y) {
    const { across, down, weights } = this;
    const { square } = this.arrays;
    const [left, top] = this.columnAndRow(x, y);
    const [right, bottom] = this.columnAndRow(x + square, y + square);
    const share = sum / ((right - left) * (bottom - top));
    const [from, to] = [Math.max(1, left), Math.min(across - 1, right)];
    for (let row = Math.max(1, top); row < Math.min(down - 1, bottom); row++)
      for (let column = from; column < to; column++) weights[row * across + column] += share;
  }
}

/** How many rows lie in the square under a place of the map, in words; null where none does. */
export function squareWords(layer, grid, { x, y }, { left, top, scale }) {
  const { square, place_x: xs, place_y: ys } = grid.arrays;
  const [column, row] = [(x + left) / scale, (y + top) / scale].map((at) => Math.floor(at / square));
  const found = xs.findIndex((at, place) => Math.floor(at / square) === column && Math.floor(ys[place] / square) === row);
  if (found < 0 || !grid.sums?.[found] || !layer.words) return null;
  return layer.words.t("here", { n: grid.sums[found] });
}

/** The legend of density with what it shows besides: rows, whatever the measure, and every region. */
export function tileLegend({ words, state }, legend) {
  const { measure, filters } = state.now;
  const told = [measure === "incidents" ? "" : words.t("density_rows"), filters.region ? words.t("density_all_regions") : ""];
  legend.append(...told.filter(Boolean).map((text) => el("p", { class: "note" }, text)));
  return legend;
}
