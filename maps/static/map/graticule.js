/** The graticule: thin lines of whole degrees, as many as the view bears, with their words at its edges. */

import { GRID, turnedTo } from "./canvas.js";
import { theme } from "../page/theme.js";

const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05];
const APART = 150; // pixels between lines, at least

/** The column of the grid of a longitude, in a world that begins at `west`, and the row of a latitude, in degrees. */
const columnOf = (lon, west) => ((lon - west) / 360) * GRID;
function rowOf(lat) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * GRID;
}
const lonOf = (x, west) => west + (x / GRID) * 360;
const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / GRID))) * 180) / Math.PI;

/** Degrees between two lines, so that they stand apart. */
export function stepOfGraticule(scale) {
  const pixels = (GRID / 360) * scale;
  return STEPS.findLast((step) => step * pixels >= APART) ?? STEPS[0];
}

/** The multiples of a step between two numbers, without the errors of adding fractions. */
function multiples(from, to, step) {
  const found = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) found.push(Number((n * step).toFixed(2)));
  return found;
}

/** The lines of a view: {degrees, at} of meridians and parallels, at in pixels of the canvas. */
function linesOfView(view) {
  const step = stepOfGraticule(view.scale);
  const [west, east] = [view.left, view.left + view.width].map((at) => lonOf(at / view.scale, view.west));
  const [north, south] = [latOf(view.top / view.scale), latOf((view.top + view.height) / view.scale)];
  return {
    lons: multiples(west, east, step).map((lon) => ({
      degrees: lon,
      at: Math.round(columnOf(lon, view.west) * view.scale - view.left) + 0.5,
    })),
    lats: multiples(south, north, step).map((lat) => ({
      degrees: lat,
      at: Math.round(rowOf(lat) * view.scale - view.top) + 0.5,
    })),
  };
}

/** Draw the lines. */
export function paintGraticule(context, view) {
  const { lons, lats } = linesOfView(view);
  context.beginPath();
  for (const { at } of lons) {
    context.moveTo(at, 0);
    context.lineTo(at, view.height);
  }
  for (const { at } of lats) {
    context.moveTo(0, at);
    context.lineTo(view.width, at);
  }
  context.strokeStyle = theme().graticule;
  context.lineWidth = 1;
  context.stroke();
}

/**
 * The words of the lines: {text, x, y, align} at the top and the right edge of `frame`, the part of the canvas that
 * shows: [left, top, right, bottom] in pixels.
 */
export function degreeLabels(view, frame, words) {
  const { lons, lats } = linesOfView(view);
  const [left, top, right, bottom] = frame;
  return [
    ...lons
      .filter(({ at }) => at > left + 60 && at < right - 44) // clear of the zoom buttons and of the other edge's words
      .map(({ degrees, at }) => ({ text: degreesOf(words, degrees, "lon"), x: at, y: top + 9, align: "center" })),
    ...lats
      .filter(({ at }) => at > top + 24 && at < bottom - 40)
      .map(({ degrees, at }) => ({ text: degreesOf(words, degrees, "lat"), x: right - 5, y: at, align: "right" })),
  ];
}

function degreesOf(words, degrees, axis) {
  const told = axis === "lon" ? turnedTo(degrees, -180) : degrees;
  const n = Math.abs(told);
  if (n === 0 || n === 180) return `${n}°`; // neither east nor west
  const side = axis === "lat" ? (told < 0 ? "south" : "north") : told < 0 ? "west" : "east";
  return words.t(`${axis}_${side}`, { n: Number(n.toFixed(2)) });
}

/** Write the words of the lines. */
export function paintDegrees(context, labels) {
  context.font = "10.5px system-ui, sans-serif";
  context.letterSpacing = "0px";
  context.textBaseline = "middle";
  context.lineWidth = 3;
  context.strokeStyle = theme().halo;
  context.fillStyle = theme().degrees;
  for (const { text, x, y, align } of labels) {
    context.textAlign = align;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
