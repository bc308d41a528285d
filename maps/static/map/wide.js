/** Rings and areas: incidents whose place is known only nearly. */

import { DRAWN } from "../data/drawn.js";
import { holdsCell, pathOf, extentOf, areaOf } from "./shapes.js";

const LEAST = 6; // pixels: the smallest ring that can be seen as one
const MANY = 60; // above so many, rings and areas fade, so that those below still show

const outlines = new WeakMap();

/** An area's path and box in cells, and its size; made once. */
export function outlineOf(arrays, shape) {
  if (!outlines.has(arrays)) outlines.set(arrays, new Map());
  const known = outlines.get(arrays);
  if (!known.has(shape)) {
    const box = extentOf(arrays, [shape]);
    const origin = box ? [box[0], box[1]] : [0, 0];
    known.set(shape, { ...pathOf(arrays, shape, origin), origin, area: areaOf(arrays, shape) });
  }
  return known.get(shape);
}

/** The radius of a mark on the screen, in pixels; 0 of an area. */
export const radiusOf = ({ cells, shape }, scale) => (shape === null ? Math.max(LEAST, cells * scale) : 0);

/** Whether any of a mark could lie on a canvas. */
function isInView(arrays, mark, radius, view, screen) {
  if (mark.shape === null) {
    const [x, y] = [screen.x[mark.place], screen.y[mark.place]];
    return x > -radius && y > -radius && x < view.width + radius && y < view.height + radius;
  }
  const { box } = outlineOf(arrays, mark.shape);
  return (
    box !== null &&
    box[2] * view.scale > view.left &&
    box[3] * view.scale > view.top &&
    box[0] * view.scale < view.left + view.width &&
    box[1] * view.scale < view.top + view.height
  );
}

/** The marks with rows that reach into a view: {mark, radius in pixels}. */
export function wideInView(arrays, wide, counts, view, screen) {
  const found = [];
  for (const mark of wide) {
    if (!counts[mark.mark]) continue;
    const radius = radiusOf(mark, view.scale);
    if (isInView(arrays, mark, radius, view, screen)) found.push({ mark, radius });
  }
  return found;
}

/** Put the largest first. */
export function byFallingSize(arrays, list, { scale }) {
  const size = ({ mark: { shape }, radius }) =>
    shape === null ? Math.PI * radius ** 2 : outlineOf(arrays, shape).area * scale ** 2;
  return list.sort((a, b) => size(b) - size(a) || a.mark.mark - b.mark.mark);
}

/** How strongly each of so many is drawn. */
export const fadeOf = (count) => Math.max(0.16, Math.min(0.75, 0.75 * Math.sqrt(MANY / Math.max(1, count))));

/** Paint one ring or area. `fill` and `line` are opacities. */
export function paintWide(context, arrays, view, { mark, radius }, screen, { colour, fill, line, width }) {
  context.save();
  context.lineWidth = width;
  context.strokeStyle = context.fillStyle = colour;
  if (mark.shape === null) {
    context.beginPath();
    context.arc(screen.x[mark.place], screen.y[mark.place], radius, 0, 2 * Math.PI);
    if (mark.drawn === DRAWN.nominal) context.setLineDash([5, 5]);
    paintPath(context, null, fill, line);
  } else {
    const { path, origin } = outlineOf(arrays, mark.shape);
    context.translate(origin[0] * view.scale - view.left, origin[1] * view.scale - view.top);
    context.scale(view.scale, view.scale);
    context.lineWidth = width / view.scale;
    context.lineJoin = "round";
    paintPath(context, path, fill, line);
  }
  context.restore();
}

function paintPath(context, path, fill, line) {
  if (fill) {
    context.globalAlpha = fill;
    if (path) context.fill(path, "evenodd");
    else context.fill();
  }
  context.globalAlpha = line;
  if (path) context.stroke(path);
  else context.stroke();
}

/** Whether a mark covers a pixel of a canvas. */
export function covers(arrays, { mark, radius }, view, screen, x, y) {
  if (mark.shape === null) return (screen.x[mark.place] - x) ** 2 + (screen.y[mark.place] - y) ** 2 < radius * radius;
  return holdsCell(arrays, mark.shape, (x + view.left) / view.scale, (y + view.top) / view.scale);
}
