/** Signs of the types: a colour and a form, so that they can be told apart in grey. */

import { el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { pixelDensity } from "../print/density.js";

const SIDES = { triangle: [3, -90], "triangle-down": [3, 90], diamond: [4, -90], pentagon: [5, -90] };

/** Trace a sign about a point; `size` is half its height. */
export function traceGlyph(context, sign, x, y, size) {
  context.beginPath();
  if (sign === "circle") context.arc(x, y, size, 0, 2 * Math.PI);
  else if (sign === "square") context.rect(x - size * 0.86, y - size * 0.86, size * 1.72, size * 1.72);
  else if (sign === "bar") context.rect(x - size * 1.2, y - size * 0.55, size * 2.4, size * 1.1);
  else if (sign === "star") traceStar(context, x, y, size * 1.25);
  else if (sign === "plus" || sign === "cross") traceCross(context, x, y, size * 1.1, sign === "cross");
  else tracePolygon(context, ...SIDES[sign], x, y, size * 1.2);
}

function tracePolygon(context, sides, turn, x, y, size) {
  for (let side = 0; side < sides; side++) {
    const angle = ((turn + (360 / sides) * side) * Math.PI) / 180;
    context[side ? "lineTo" : "moveTo"](x + size * Math.cos(angle), y + size * Math.sin(angle));
  }
  context.closePath();
}

function traceStar(context, x, y, size) {
  for (let point = 0; point < 10; point++) {
    const angle = ((-90 + 36 * point) * Math.PI) / 180;
    const reach = point % 2 ? size * 0.5 : size;
    context[point ? "lineTo" : "moveTo"](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  context.closePath();
}

function traceCross(context, x, y, size, turned) {
  const arm = size * 0.38;
  const corners = [
    [-arm, -size],
    [arm, -size],
    [arm, -arm],
    [size, -arm],
    [size, arm],
    [arm, arm],
    [arm, size],
    [-arm, size],
    [-arm, arm],
    [-size, arm],
    [-size, -arm],
    [-arm, -arm],
  ];
  const [cos, sin] = turned ? [Math.SQRT1_2, Math.SQRT1_2] : [1, 0];
  corners.forEach(([dx, dy], i) => {
    context[i ? "lineTo" : "moveTo"](x + dx * cos - dy * sin, y + dx * sin + dy * cos);
  });
  context.closePath();
}

/** The style of a type that the codebook lacks. */
export const SPARE_STYLE = ["#919191", "bar", "#919191"];

/** The colour of a style, [colour, sign, colour on a dark page], on the page as it is. */
export const colourOf = ([colour, , dark]) => (theme().isDark ? (dark ?? colour) : colour);

/** Paint a sign with its rim; a thin rim suits small signs. */
export function paintGlyph(context, style, x, y, size, isThin = false) {
  const { rim, outline } = theme();
  traceGlyph(context, style[1], x, y, size);
  context.lineJoin = "round";
  context.lineWidth = isThin ? 2 : 3;
  context.strokeStyle = rim;
  context.stroke();
  context.lineWidth = isThin ? 0.6 : 1;
  context.strokeStyle = outline;
  context.fillStyle = colourOf(style);
  context.fill();
  context.stroke();
}

/** How the edge of a sign says how well its place is known (drawn.js): whole, doubled, or dashed. */
export const EDGES = { exact: "exact", within: "within", somewhere: "somewhere" };

/**
 * Paint a sign whose size says a number, seen through a little, so that others show below. Its edge says how well its
 * place is known. A hollow one has no number; one with a tick on top has a number without an upper end.
 */
export function paintSized(context, style, x, y, size, { isHollow = false, edge = EDGES.exact, isOpen = false } = {}) {
  const { rim, outline } = theme();
  const [, sign] = style;
  const colour = colourOf(style);
  context.save();
  context.lineJoin = "round";
  if (edge === EDGES.within) paintSecondEdge(context, sign, x, y, size + 3);
  traceGlyph(context, sign, x, y, size);
  context.lineWidth = 2.6;
  context.globalAlpha = 0.9;
  context.strokeStyle = rim;
  context.stroke();
  context.globalAlpha = isHollow ? 0.9 : 0.82;
  context.fillStyle = isHollow ? rim : colour;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = isHollow ? 1.5 : edge === EDGES.somewhere ? 1.3 : 1;
  context.strokeStyle = isHollow ? colour : outline;
  if (edge === EDGES.somewhere) {
    context.strokeStyle = rim; // below the dashes, so that the gaps are light
    context.stroke();
    context.setLineDash([3, 2.4]);
    context.strokeStyle = isHollow ? colour : outline;
  }
  context.stroke();
  context.setLineDash([]);
  if (isOpen) paintTick(context, x, y - size);
  context.restore();
}

function paintSecondEdge(context, sign, x, y, size) {
  traceGlyph(context, sign, x, y, size);
  for (const [width, stroke] of [
    [2.6, theme().rim],
    [0.9, theme().outline],
  ]) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/** A short line upwards from the top of a sign: its number is that or more. */
function paintTick(context, x, top) {
  context.lineCap = "round";
  for (const [width, stroke] of [
    [3.6, theme().rim],
    [1.5, theme().outline],
  ]) {
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top - 4.5);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/** Paint a ring about a sign: what is open, or where the keyboard has come to. */
export function paintRingAbout(context, x, y, colour, radius = 12) {
  for (const [width, stroke] of [
    [6, theme().rim],
    [3, colour],
  ]) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

const pictures = new Map();

/** A sign as a picture beside a word; it says nothing to those who hear the page, as the word does. */
export function glyphPicture(style, size = 4.5) {
  const [src, side] = pictureOf(style, size);
  return el("img", { src, width: side, height: side, alt: "", class: "glyph", "data-style": style.join(" "), "data-size": size });
}

function pictureOf(style, size) {
  const key = `${style} ${size} ${theme().isDark}`;
  if (!pictures.has(key)) {
    const canvas = glyphCanvas(style, size);
    pictures.set(key, [canvas.toDataURL(), parseInt(canvas.style.width, 10)]);
  }
  return pictures.get(key);
}

/** Bring the pictures of signs on the page to the colours that hold now. */
export function recolourPictures() {
  for (const picture of document.querySelectorAll("img.glyph"))
    picture.src = pictureOf(picture.dataset.style.split(" "), Number(picture.dataset.size))[0];
}

const MOST_CANVASES = 2000; // kept: one for each size that a figure has had
const canvases = new Map();

/** A sign as a small canvas, to be drawn many times; made once for a screen's density, and not to be painted on. */
export function glyphCanvas(style, size = 5.5) {
  return canvasOf(`${style} ${size}`, Math.ceil(size * 2 + 8), (context, middle) => paintGlyph(context, style, middle, middle, size));
}

/** A sign whose size says a number as a small canvas, as `glyphCanvas`; `how` as `paintSized` takes it. */
export function sizedCanvas(style, size, how = {}) {
  const key = `${style} ${size} ${how.isHollow ? "hollow" : ""} ${how.edge ?? ""} ${how.isOpen ? "open" : ""}`;
  return canvasOf(key, sizedSide(size), (context, middle) => paintSized(context, style, middle, middle, size, how));
}

/** The side of a square that a sized sign lies in: the points of stars reach beyond half the height, a second edge further. */
export const sizedSide = (size) => Math.ceil(size * 2.5 + 12);

function canvasOf(name, side, paint) {
  const density = pixelDensity();
  const key = `${name} ${density} ${theme().isDark}`;
  if (canvases.size > MOST_CANVASES) canvases.clear();
  if (!canvases.has(key)) canvases.set(key, paintedCanvas(side, density, paint));
  return canvases.get(key);
}

function paintedCanvas(side, density, paint) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * density;
  canvas.style.width = canvas.style.height = `${side}px`;
  const context = canvas.getContext("2d", { willReadFrequently: true }); // pictures of the page are made from it
  context.scale(density, density);
  paint(context, side / 2);
  return canvas;
}
