/** Density: how much of what is shown lies in small cells of the screen, blurred a little, coloured by a log scale, on land. */

import { countKeyOf } from "../data/families.js";
import { addCanvas, bringIntoView } from "./canvas.js";
import { DRAWN } from "../data/drawn.js";
import { theme } from "../page/theme.js";
import { paintRingAbout } from "./glyphs.js";
import { CELL, Grid } from "./grid.js";
import { FAINTEST, levelsOf, rampLegend, rampPixels, roundTop } from "./ramp.js";
import { rowsOfMarks } from "./pick.js";
import { holdsCell } from "./shapes.js";
import { squareWords, tileArrays, TileGrid, tileLegend } from "./tiles.js";
import { outlineOf } from "./wide.js";

const SQUARE = 2; // cells along a side of the square whose incidents a value stands for

/** How many of some rows are known only to a wider area. */
function spreadRows({ drawn }, rows) {
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (drawn[rows[i]] > DRAWN.point) count++;
  return count;
}

/** Add density. */
export function addDensity(map, { header, arrays: held }) {
  const arrays = header.sums?.tiles ? tileArrays({ header, arrays: held }) : held;
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false, words: null, top: 0, measured: null, counted: null };
  const { drawn, place, place_x: xs, place_y: ys } = arrays;
  const grid = header.sums?.tiles ? new TileGrid(arrays) : new Grid(arrays);
  const picture = document.createElement("canvas");
  const pen = picture.getContext("2d", { willReadFrequently: true });
  const land = [...header.base.country, ...header.base.neighbours].map(({ shape }) => shape);
  let [sums, across, isLand, image] = [null, null, null, null];

  function follow(view) {
    if (!grid.follow(view)) return;
    [picture.width, picture.height] = [grid.across, grid.down];
    image = pen.createImageData(grid.across, grid.down);
    [sums, across] = [0, 1].map(() => new Float32Array(grid.across * grid.down));
    isLand = land.length ? landCells() : null;
  }

  function landCells() {
    const { small, west, north } = grid;
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

  /** Weigh each cell with those about it, 1-2-1 both ways: four times what lies in a square of two cells. */
  function blur() {
    const { weights, across: width } = grid;
    const end = weights.length - width;
    for (let cell = 1; cell < weights.length - 1; cell++)
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
    const ramp = rampPixels();
    const { weights } = grid;
    const darkest = levels.length - 1;
    for (let cell = 0; cell < sums.length; cell++) {
      const sum = sums[cell];
      if (sum < FAINTEST || (isLand && !isLand[cell] && !weights[cell])) {
        pixels[cell] = 0;
        continue;
      }
      const pixel = ramp[levels[sum < darkest ? Math.round(sum) : darkest]];
      const opacity = (pixel >>> 24) * Math.max(0.2, sum / 4); // less than one is fainter, as far as it can be seen
      pixels[cell] = sum >= 4 ? pixel : ((pixel & 0xffffff) | (opacity << 24)) >>> 0;
    }
    pen.putImageData(image, 0, 0);
  }

  function paint(context, view) {
    const before = grid.scale;
    follow(view);
    grid.take(layer.rows, layer.measured?.weights ?? layer.counted);
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
      if (row === null || drawn[row] === DRAWN.none) continue;
      const { scale, left, top } = view;
      paintRingAbout(context, xs[place[row]] * scale - left, ys[place[row]] * scale - top, colour);
    }
  }

  const isShown = () => {
    if (!layer.visible) layer.top = 0; // its scale begins anew when it shows again
    return layer.visible;
  };
  layer.canvas = addCanvas(map, arrays, "density", 440, paint, isShown);
  layer.canvas.grid = grid;

  const about = (cell) => [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => cell + down * grid.across + right));

  /** The rows near a place of the map: those whose point is there, and those somewhere in an area that includes it. */
  function rowsAt(latLng) {
    if (!layer.visible || !grid.counts) return { near: [], around: [] };
    const { x, y } = layer.canvas.pixelOf(latLng);
    const cell = grid.cellAt(Math.floor((x - grid.left) / CELL), Math.floor((y - grid.top) / CELL));
    if (cell < 0) return { near: [], around: [] };
    const isEmpty = !about(cell).some((each) => grid.counts[each]);
    const near = isEmpty ? [] : grid.rowsIn(layer.rows, about(cell));
    const { left, top, scale } = layer.canvas.view();
    return { near, around: rowsAround((x + left) / scale, (y + top) / scale) };
  }
  function rowsAround(x, y) {
    const { wide, count } = grid.marks;
    const isIn = ({ place: at, shape, cells }) =>
      shape === null ? (xs[at] - x) ** 2 + (ys[at] - y) ** 2 <= Math.max(cells, CELL / grid.scale) ** 2 : holdsCell(arrays, shape, x, y);
    const found = wide.filter((each, number) => grid.wideCounts[number] && isIn(each)).map(({ mark }) => mark);
    if (!found.length) return [];
    const counts = new Uint32Array(count + 1);
    for (const mark of found) counts[mark] = grid.wideCounts[mark - grid.marks.places];
    return rowsOfMarks(layer.rows, grid.marks, counts, found);
  }

  layer.pick = (latLng) => {
    const { near, around } = rowsAt(latLng);
    return [...near, ...around];
  };

  layer.tell = (latLng) => {
    const { near, around } = rowsAt(latLng);
    const { words, measured } = layer;
    if (!(near.length || around.length) || !words) return null;
    const sum = (rows) => {
      if (!measured || !rows.length) return "";
      const all = rows.reduce((so, row) => so + Math.max(0, measured.weights[row]), 0);
      return ` · ${words.label("measures", measured.measure)}: ${words.n(all)}`;
    };
    const lines = [[near, countKeyOf(arrays)], [around, "density_around"]].filter(([rows]) => rows.length);
    const acts = (rows) => (layer.counted ? rows.filter((row) => !layer.counted[row]).length : 0);
    const count = (rows, key) => {
      const n = acts(rows);
      return words.t(key, { n: rows.length - n }) + (n ? ` + ${words.t("n_acts_apart", { n })}` : "");
    };
    return lines.map(([rows, key]) => count(rows, key) + sum(rows)).join("\n");
  };

  layer.show = (row) => bringIntoView(map, arrays, row);

  /** The side of the square that a value stands for, in metres, in the middle of the map. */
  layer.squareMetres = () => {
    const latitude = (map.getCenter().lat * Math.PI) / 180;
    return (SQUARE * CELL * 40075016.686 * Math.cos(latitude)) / (256 * 2 ** map.getZoom());
  };

  layer.legend = (ctx) => [rampLegend(ctx, layer, spreadRows(arrays, ctx.now.rows) > 0)];
  layer.remainder = ({ words, now }) => {
    const n = spreadRows(arrays, now.rows);
    if (!n) return "";
    return [words.t("density_spread", { n }), spreadWeight(arrays, words, now)].filter(Boolean).join(" ");
  };
  if (!header.sums) return layer;
  layer.rowsOf = ({ model, state, now }) => (model.tiles ? model.tilesIn(state.now, now.window) : now.rows.subarray(0, 0));
  layer.pick = () => []; // sums have no single events
  layer.tell = (latLng) => (layer.visible ? squareWords(layer, grid, layer.canvas.pixelOf(latLng), layer.canvas.view()) : null);
  layer.legend = (ctx) => [tileLegend(ctx, rampLegend(ctx, layer, grid.isSpread))];
  return layer;
}

/** How much of the figure shown is spread over wider areas, in words. */
function spreadWeight({ drawn }, words, { rows, measured }) {
  if (!measured) return "";
  let sum = 0;
  for (let i = 0; i < rows.length; i++) if (drawn[rows[i]] > DRAWN.point) sum += Math.max(0, measured.weights[rows[i]]);
  return words.t("density_spread_sum", { measure: words.label("measures", measured.measure), n: sum });
}
