/** The colours of density on a log scale, away from the ground's: they read in grey and for colour-blind readers. */

import { el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { measuredWords } from "../words/selection-words.js";

/** Four times the least that is drawn: what is below comes of computing. */
export const FAINTEST = 1e-4;

const ON_LIGHT = ["#fac183", "#f7965a", "#e8654f", "#b83579", "#721f81", "#2b115c"];
const ON_DARK = ["#5b2a7e", "#92307f", "#cf4a6b", "#f2784f", "#fbb254", "#fdeaa9"];
const LEVELS = 256;

const channels = (colour) => [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));

/** The colour at a place 0–1 of the ramp, as red, green, blue. */
export function rampColour(at) {
  const anchors = theme().isDark ? ON_DARK : ON_LIGHT;
  const scaled = Math.max(0, Math.min(1, at)) * (anchors.length - 1);
  const before = Math.min(anchors.length - 2, Math.floor(scaled));
  const [a, b] = [channels(anchors[before]), channels(anchors[before + 1])];
  return a.map((value, i) => Math.round(value + (b[i] - value) * (scaled - before)));
}

const ramps = new Map(); // by whether the page is dark

/** Pixels (little-endian: alpha, blue, green, red) by level; the higher also cover more. */
export function rampPixels() {
  const { isDark } = theme();
  if (!ramps.has(isDark)) ramps.set(isDark, Uint32Array.from({ length: LEVELS }, (_, level) => pixelOf(level / (LEVELS - 1))));
  return ramps.get(isDark);
}

function pixelOf(at) {
  const [red, green, blue] = rampColour(at);
  return ((Math.round(255 * (0.72 + 0.24 * at)) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The first number of the row 1, 2, 5, 10, 20 … that is not below a value: where the scale ends. */
export function roundTop(value) {
  for (let power = 1; ; power *= 10) for (const step of [1, 2, 5]) if (step * power >= value) return step * power;
}

/** Levels by four times a value: 4 (one) is the lightest, 4 × top the darkest. */
export function levelsOf(top) {
  const size = Math.max(4 * top, 8);
  const log = Math.log(Math.max(2, top));
  const level = (four) => (four <= 4 ? 0 : Math.round((255 * Math.log(four / 4)) / log));
  return Uint8Array.from({ length: size + 1 }, (_, four) => level(four));
}

/** The legend of density: what a value stands for, and the colours; `isSpread` where areas are spread, so that values may be below one. */
export function rampLegend(ctx, layer, isSpread) {
  const { words } = ctx;
  const { measured } = ctx.now;
  const bar = el("canvas", { class: "ramp", width: 200, height: 12, "aria-hidden": "true" });
  const pen = bar.getContext("2d");
  for (let x = 0; x < 200; x++) {
    pen.fillStyle = `rgb(${rampColour(x / 199).join()})`;
    pen.fillRect(x, 0, 1, 12);
  }
  const metres = layer.squareMetres();
  const km = metres >= 1000 ? words.n(Math.round(metres / 100) / 10) : words.n(Math.round(metres) / 1000);
  const least = isSpread ? `≤ ${words.n(1)}` : words.n(1);
  return el(
    "section",
    { class: "legend-density" },
    el("h2", {}, measured ? measuredWords(ctx) : words.t("view_density")),
    el("p", { class: "unit" }, words.t(measured ? "density_unit_measured" : "density_unit", { km })),
    bar,
    el("p", { class: "ramp-ends" }, el("span", {}, least), el("span", {}, words.n(layer.top))),
    isSpread ? el("p", { class: "note" }, words.t("density_spread_words")) : null,
  );
}
