/** Density: how many incidents lie in small cells of the screen, blurred a little, coloured by a log scale, on land. */

import { countKeyOf } from "../data/families.js";
import { addCanvas, bringIntoView } from "./canvas.js";
import { el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { DRAWN } from "../data/drawn.js";
import { paintRingAbout } from "./glyphs.js";
import { levelsOf, rampColour, rampPixels, roundTop } from "./ramp.js";
import { measuredWords } from "../words/selection-words.js";
import { outlineOf } from "./wide.js";

const CELL = 3; // pixels along a side of a cell
const SQUARE = 2; // cells along a side of the square whose incidents a value stands for

/** How many of some rows density leaves out: they are known only to a wider area. */
export function leftOut({ drawn }, rows) {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (drawn[rows[i]] > DRAWN.point) count++;
  return count;
}

/** Add density. Cells are counted from a corner of the world, so that panning moves none. */
export function addDensity(map, { header, arrays }) {
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false, words: null, top: 0, measured: null };
  const { drawn, place, place_x: xs, place_y: ys } = arrays;
  const cellOf = new Int32Array(xs.length + 1).fill(-1); // the last is for rows without a place
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d", { willReadFrequently: true });
  const land = [...header.base.country, ...header.base.neighbours].map(({ shape }) => shape);
  const grid = { key: "", across: 0, down: 0, left: 0, top: 0, isLand: null };
  let [counts, weights, sums, across] = [null, null, null, null];
  let image = null;

  /** Give each place its cell, and find the cells of land. */
  function follow({ scale, left, top, width, height }) {
    const key = [scale, left, top, width, height].join();
    if (key === grid.key) return;
    const [west, north] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1];
    const size = [Math.ceil(width / CELL) + 3, Math.ceil(height / CELL) + 3];
    const corner = { left: west * CELL - left, top: north * CELL - top };
    Object.assign(grid, corner, { key, across: size[0], down: size[1], scale });
    for (let at = 0; at < xs.length; at++) {
      const column = Math.floor((xs[at] * scale) / CELL) - west;
      const row = Math.floor((ys[at] * scale) / CELL) - north;
      const isInside = column > 0 && row > 0 && column < size[0] - 1 && row < size[1] - 1;
      cellOf[at] = isInside ? row * size[0] + column : -1;
    }
    [picture.width, picture.height] = size;
    image = pen.createImageData(...size);
    [counts, weights, sums, across] = [0, 1, 2, 3].map(() => new Uint32Array(size[0] * size[1]));
    grid.isLand = land.length ? landCells(scale, west, north) : null;
  }

  function landCells(scale, west, north) {
    const small = scale / CELL;
    pen.fillStyle = "#000";
    for (const shape of land) {
      const { path, origin } = outlineOf(arrays, shape);
      pen.setTransform(small, 0, 0, small, origin[0] * small - west, origin[1] * small - north);
      pen.fill(path, "evenodd");
    }
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const { data } = pen.getImageData(0, 0, grid.across, grid.down);
    return Uint8Array.from({ length: grid.across * grid.down }, (_, cell) => (data[cell * 4 + 3] > 100 ? 1 : 0));
  }

  function count() {
    counts.fill(0);
    weights.fill(0);
    const { rows, measured } = layer;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const cell = cellOf[place[row]];
      if (cell < 0 || drawn[row] !== DRAWN.point) continue;
      counts[cell]++;
      weights[cell] += measured ? Math.max(0, measured.weigh(row)) : 1;
    }
  }

  /** Weigh each cell with those about it, 1-2-1 both ways: four times what lies in a square of two cells. */
  function blur() {
    const width = grid.across;
    const end = counts.length - width;
    for (let cell = 1; cell < counts.length - 1; cell++)
      across[cell] = weights[cell - 1] + 2 * weights[cell] + weights[cell + 1];
    let most = 0;
    for (let cell = width; cell < end; cell++) {
      const sum = across[cell - width] + 2 * across[cell] + across[cell + width];
      sums[cell] = sum;
      if (sum > most) most = sum;
    }
    return most / 4;
  }

  function colour() {
    const pixels = new Uint32Array(image.data.buffer);
    const levels = levelsOf(layer.top);
    const { isLand } = grid;
    const ramp = rampPixels();
    const darkest = levels.length - 1;
    for (let cell = 0; cell < sums.length; cell++) {
      const sum = sums[cell];
      if (!sum || (isLand && !isLand[cell] && !counts[cell])) {
        pixels[cell] = 0;
        continue;
      }
      const pixel = ramp[levels[sum < darkest ? sum : darkest]];
      pixels[cell] = sum >= 4 ? pixel : ((pixel & 0xffffff) | (((pixel >>> 24) * sum) >> 2 << 24)) >>> 0;
    }
    pen.putImageData(image, 0, 0);
  }

  function paint(context, view) {
    const before = grid.scale;
    follow(view);
    count();
    const most = roundTop(Math.max(1, blur()));
    if (layer.fresh) layer.top = layer.fresh = 0; // another choice than before (views.js)
    // The scale does not shrink while only the time moves, so that what plays can be compared (views.js).
    if (grid.scale !== before || most > layer.top) layer.top = most;
    colour();
    context.imageSmoothingEnabled = true;
    context.drawImage(picture, grid.left, grid.top, grid.across * CELL, grid.down * CELL);
    for (const [row, colour] of [
      [layer.hovered, theme().hovered],
      [layer.chosen, theme().chosen],
    ]) {
      if (row === null || drawn[row] !== DRAWN.point) continue;
      const { scale, left, top } = view;
      paintRingAbout(context, xs[place[row]] * scale - left, ys[place[row]] * scale - top, colour);
    }
  }

  const isShown = () => {
    if (!layer.visible) layer.top = 0; // its scale begins anew when it shows again
    return layer.visible;
  };
  layer.canvas = addCanvas(map, arrays, "density", 440, paint, isShown);

  const cellAt = (latLng) => {
    const { x, y } = layer.canvas.pixelOf(latLng);
    const [column, row] = [Math.floor((x - grid.left) / CELL), Math.floor((y - grid.top) / CELL)];
    return column > 0 && row > 0 && column < grid.across - 1 && row < grid.down - 1 ? row * grid.across + column : null;
  };
  const about = (cell) => [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => cell + down * grid.across + right));

  layer.pick = (latLng) => {
    const cell = layer.visible && counts ? cellAt(latLng) : null;
    if (cell === null || !about(cell).some((each) => counts[each])) return [];
    return rowsInCells(about(cell));
  };

  function rowsInCells(cells) {
    const wanted = new Uint8Array(counts.length);
    for (const cell of cells) wanted[cell] = 1;
    const found = [];
    const { rows } = layer;
    for (let i = 0; i < rows.length; i++) {
      const cell = cellOf[place[rows[i]]];
      if (cell >= 0 && wanted[cell] && drawn[rows[i]] === DRAWN.point) found.push(rows[i]);
    }
    return found;
  }

  layer.tell = (latLng) => {
    const cell = layer.visible && counts ? cellAt(latLng) : null;
    const sumOf = (numbers) => about(cell).reduce((all, each) => all + numbers[each], 0);
    const n = cell === null ? 0 : sumOf(counts);
    if (!n || !layer.words) return null;
    const { words, measured } = layer;
    const sum = measured ? `\n${words.label("measures", measured.measure)}: ${words.n(sumOf(weights))}` : "";
    return words.t(countKeyOf(arrays), { n }) + sum;
  };

  layer.show = (row) => bringIntoView(map, arrays, row);

  /** The side of the square that a value stands for, in metres, in the middle of the map. */
  layer.squareMetres = () => {
    const latitude = (map.getCenter().lat * Math.PI) / 180;
    return (SQUARE * CELL * 40075016.686 * Math.cos(latitude)) / (256 * 2 ** map.getZoom());
  };

  layer.legend = (ctx) => [rampLegend(ctx, layer)];
  layer.remainder = ({ words, now }) => {
    const n = leftOut(arrays, now.rows);
    if (!n) return "";
    return [words.t("density_left_out", { n }), leftOutWeight(arrays, words, now)].filter(Boolean).join(" ");
  };
  return layer;
}

/** How much of the figure shown density leaves out, in words. */
function leftOutWeight({ drawn }, words, { rows, measured }) {
  if (!measured) return "";
  let sum = 0;
  for (let i = 0; i < rows.length; i++) if (drawn[rows[i]] > DRAWN.point) sum += Math.max(0, measured.weigh(rows[i]));
  return words.t("density_left_out_sum", { measure: words.label("measures", measured.measure), n: sum });
}

function rampLegend(ctx, layer) {
  const { words } = ctx;
  const bar = el("canvas", { class: "ramp", width: 200, height: 12, "aria-hidden": "true" });
  const pen = bar.getContext("2d");
  for (let x = 0; x < 200; x++) {
    pen.fillStyle = `rgb(${rampColour(x / 199).join()})`;
    pen.fillRect(x, 0, 1, 12);
  }
  const metres = layer.squareMetres();
  const km = metres >= 1000 ? words.n(Math.round(metres / 100) / 10) : words.n(Math.round(metres) / 1000);
  return el(
    "section",
    { class: "legend-density" },
    el("h2", {}, ctx.now.measured ? measuredWords(ctx) : words.t("view_density")),
    el("p", { class: "unit" }, words.t(ctx.now.measured ? "density_unit_measured" : "density_unit", { km })),
    bar,
    el("p", { class: "ramp-ends" }, el("span", {}, words.n(1)), el("span", {}, words.n(layer.top))),
  );
}
