/** Outlines as they travel in the payload: rings of steps on the page's grid. */

import { latLngOf } from "./canvas.js";

const decoded = new WeakMap();

/**
 * Every shape of a payload, decoded once: its `rings`, arrays of x, y in turn, and their `box`, [west, north, east,
 * south]. The loop is written out, as it goes through each corner of the page when it opens.
 */
function shapesOf(arrays) {
  if (decoded.has(arrays)) return decoded.get(arrays);
  const { shape_rings: ringCounts, ring_points: pointCounts, xy } = arrays;
  const shapes = [];
  let [ring, at] = [0, 0];
  for (const count of ringCounts) {
    const rings = [];
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < count; i++, ring++) {
      const points = new Int32Array(pointCounts[ring] * 2);
      let [x, y] = [0, 0];
      for (let p = 0; p < points.length; p += 2, at += 2) {
        points[p] = x += xy[at];
        points[p + 1] = y += xy[at + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      rings.push(points);
    }
    shapes.push({ rings, box: [west, north, east, south] });
  }
  decoded.set(arrays, shapes);
  return shapes;
}

const ringsOf = (arrays, shape) => shapesOf(arrays)[shape].rings;

/** A shape as Leaflet takes it: rings of latitude and longitude, in a world that begins at `west`. */
export function latLngsOf(arrays, shape, west) {
  return ringsOf(arrays, shape).map((ring) => {
    const places = [];
    for (let p = 0; p < ring.length; p += 2) places.push(latLngOf(ring[p], ring[p + 1], west));
    return places;
  });
}

/** Add a shape to the current path of a canvas. Fill it by the rule "evenodd". */
export function tracePath(context, arrays, shape, { scale, left, top }) {
  for (const ring of ringsOf(arrays, shape)) {
    context.moveTo(ring[0] * scale - left, ring[1] * scale - top);
    for (let p = 2; p < ring.length; p += 2) context.lineTo(ring[p] * scale - left, ring[p + 1] * scale - top);
  }
}

/**
 * A shape as a path for many paintings: {path, box}. The path is in cells from `origin`, for a context that scales;
 * the box is [west, north, east, south] in cells.
 */
export function pathOf(arrays, shape, origin) {
  const path = new Path2D();
  for (const ring of ringsOf(arrays, shape)) {
    path.moveTo(ring[0] - origin[0], ring[1] - origin[1]);
    for (let p = 2; p < ring.length; p += 2) path.lineTo(ring[p] - origin[0], ring[p + 1] - origin[1]);
  }
  return { path, box: extentOf(arrays, [shape]) };
}

/** The lines of a shape: arrays of x, y in turn, in cells. */
export function linesOf(arrays, shape) {
  return ringsOf(arrays, shape);
}

/** The corners of shapes on the grid: [west, north, east, south], or null of none. */
export function extentOf(arrays, shapes) {
  const extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes) {
    const { box } = shapesOf(arrays)[shape];
    for (const side of [0, 1]) extent[side] = Math.min(extent[side], box[side]);
    for (const side of [2, 3]) extent[side] = Math.max(extent[side], box[side]);
  }
  return extent[0] === Infinity ? null : extent;
}

/** The area of a shape in cells, holes taken off: for drawing large ones under small ones. */
export function areaOf(arrays, shape) {
  let area = 0;
  for (const ring of ringsOf(arrays, shape)) {
    let twice = 0;
    for (let p = 0; p + 3 < ring.length; p += 2) twice += ring[p] * ring[p + 3] - ring[p + 2] * ring[p + 1];
    area += twice / 2;
  }
  return Math.abs(area);
}

/** Whether a shape holds a cell, by the rule "evenodd". */
export function holdsCell(arrays, shape, x, y) {
  let inside = false;
  for (const ring of ringsOf(arrays, shape)) {
    let [beforeX, beforeY] = [ring[ring.length - 2], ring[ring.length - 1]];
    for (let p = 0; p < ring.length; p += 2) {
      const [hereX, hereY] = [ring[p], ring[p + 1]];
      const isBeside = hereY > y !== beforeY > y;
      if (isBeside && x < ((beforeX - hereX) * (y - hereY)) / (beforeY - hereY) + hereX) inside = !inside;
      [beforeX, beforeY] = [hereX, hereY];
    }
  }
  return inside;
}
