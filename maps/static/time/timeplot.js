/** The picture of the histogram: bars stacked by type, the scale of counts, the labels of time. */

import { axisLabels, countTicks } from "./timeaxis.js";
import { firstDay, stepOf } from "./time.js";
import { theme } from "../page/theme.js";
import { pixelDensity } from "../print/density.js";

const FONT = "11px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** The parts of the histogram's height, in pixels. */
export const PLOT = { labels: 18, strip: 18, gap: 6, scaleText: 20, marks: 4 };

/** A canvas as large as its box, ready to be painted in CSS pixels. */
export function freshCanvas(canvas, width, height) {
  const density = pixelDensity();
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  context.font = FONT;
  return { context, crisp: (x) => Math.round(x * density) / density, width, height };
}

/** The space that the numbers of a scale need on the left. */
export function scaleMargin(context, words, top) {
  context.font = FONT;
  return Math.max(24, Math.ceil(context.measureText(words.n(top)).width) + 14);
}

/** The widest that a bar is drawn; a step of a short time may be wider. */
const WIDEST_PX = 72;

/** The half height of the mark of an unknown figure, and how far it is above its bar, in pixels. */
const UNKNOWN_MARK = { size: 2.2, above: 5 };

/** The largest bar of an axis, without what the band below shows. */
export function highestBar(bars, steps, axis) {
  let high = 0;
  for (const step of stepsWithin(steps, axis)) {
    let sum = 0;
    for (let group = 0; group < bars.groups - 1; group++) sum += bars.at(group, step);
    if (sum > high) high = sum;
  }
  return high;
}

/** The steps, counted from the first of the page, that an axis shows a day of. */
function* stepsWithin({ unit, start, count }, axis) {
  const last = Math.min(count - 1, stepOf(axis.to, unit) - start);
  for (let step = Math.max(0, stepOf(axis.from, unit) - start); step <= last; step++) yield step;
}

/**
 * Paint bars on a canvas, and a hollow mark above those with incidents whose figure is not known.
 * @param {{bars, steps, axis, top: number, high: number, ground: number, colours: string[], order: number[]}} what
 *     `top` is the count that reaches `high` pixels above `ground`; `order` the groups from below.
 */
export function paintBars({ context, crisp }, { bars, steps, axis, top, high, ground, colours, order, isMarked = true }) {
  const end = axis.left + axis.width;
  const places = Array.from(stepsWithin(steps, axis), (step) => {
    const from = crisp(Math.max(axis.left, axis.x(firstDay(steps.start + step, steps.unit))));
    const to = crisp(Math.min(end, axis.x(firstDay(steps.start + step + 1, steps.unit))));
    const width = Math.min(WIDEST_PX, Math.max(1, to - from - (to - from > 4 ? 1 : 0)));
    return { step, left: crisp(Math.max(from, (from + to - width - 1) / 2)), width, sum: 0 };
  });
  for (const group of order) {
    context.fillStyle = colours[group]; // a colour for all bars at once: to change it for each takes three times as long
    for (const place of places) {
      const count = bars.at(group, place.step);
      if (!count) continue;
      const [low, up] = [place.sum, (place.sum += count)].map((each) => crisp(ground - (each / top) * high));
      context.fillRect(place.left, up, place.width, Math.max(1, low - up - (low - up > 5 && low < ground ? 1 : 0)));
    }
  }
  if (!isMarked) return;
  for (const { step, left, width, sum } of places)
    if (bars.unknown(step)) markUnknown(context, left + width / 2, ground - (sum / top) * high);
}

function markUnknown(context, x, y) {
  context.beginPath();
  context.arc(x, y - UNKNOWN_MARK.above, UNKNOWN_MARK.size, 0, 2 * Math.PI);
  Object.assign(context, { fillStyle: theme().plot, strokeStyle: theme().plotMuted, lineWidth: 1.2 });
  context.fill();
  context.stroke();
}

/** Lines on the plot's ground: days known only coarsely. */
export function hatch(context) {
  const density = pixelDensity();
  const tile = document.createElement("canvas");
  tile.width = tile.height = 4 * density;
  const on = tile.getContext("2d");
  on.scale(density, density);
  on.fillStyle = theme().plot;
  on.fillRect(0, 0, 4, 4);
  on.strokeStyle = theme().plotHatch;
  on.lineWidth = 1;
  on.beginPath();
  for (const shift of [-4, 0, 4]) {
    on.moveTo(shift, 4);
    on.lineTo(shift + 4, 0);
  }
  on.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix([1 / density, 0, 0, 1 / density, 0, 0]));
  return pattern;
}

/** Paint the scale of counts: a line and a number for each tick. */
export function paintScale({ context, crisp }, { axis, ticks, top, high, ground, words }) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks) {
    const y = crisp(ground - (tick / top) * high);
    context.fillStyle = tick ? theme().plotRule : theme().plotGround;
    context.fillRect(axis.left, y, axis.width, 1);
    context.fillStyle = theme().plotMuted;
    context.fillText(words.n(tick), axis.left - 10, y);
  }
}

/** Paint the labels of time below the ground. */
export function paintLabels({ context, crisp }, { axis, ground, words }) {
  context.textAlign = "left";
  context.textBaseline = "top";
  const widthOf = (text) => context.measureText(text).width;
  for (const { x, text, strong } of axisLabels(axis, words, widthOf)) {
    context.fillStyle = theme().plotGround;
    context.fillRect(crisp(x), ground, 1, 5);
    context.fillStyle = strong ? theme().plotInk : theme().plotMuted;
    context.fillText(text, x + 3, ground + 4);
  }
}

/** Paint the strip that shows the whole time above a part of it: bars in one colour, the first and the last year. */
export function paintStrip(surface, { bars, steps, axis, height }) {
  const top = Math.max(1, highestBar(bars, steps, axis));
  const order = Array.from({ length: bars.groups - 1 }, (_, group) => group);
  const colours = order.map(() => theme().plotStrip);
  paintBars(surface, { bars, steps, axis, top, high: height - 3, ground: height - 1, colours, order, isMarked: false });
  const { context } = surface;
  context.fillStyle = theme().plotGround;
  context.fillRect(axis.left, height - 1, axis.width, 1);
  Object.assign(context, { textBaseline: "top", fillStyle: theme().plotMuted });
  Object.assign(context, { lineJoin: "round", lineWidth: 3, strokeStyle: theme().plot });
  for (const [align, x, day] of [
    ["left", axis.left + 2, axis.from],
    ["right", axis.left + axis.width - 2, axis.to],
  ]) {
    const year = String(stepOf(day, "year"));
    context.textAlign = align;
    context.strokeText(year, x, 1);
    context.fillText(year, x, 1);
  }
}

/** The number of ticks that a height has room for. */
export function scaleTicks(count, high) {
  return countTicks(count, Math.max(1, Math.floor(high / PLOT.scaleText)));
}
