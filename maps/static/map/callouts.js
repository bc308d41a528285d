/** Labels of the largest signs: beside them, or where there is room near them, with a line that leads to the sign. */

import { theme } from "../page/theme.js";

const DISTANCES = [3, 9, 17, 27, 39, 53, 69, 87, 108];
const DIRECTIONS = [0, 180, -35, 35, 145, 215, -65, 65, 115, 245, -90, 90]; // degrees, clockwise from the right
const HIGH = 7; // half the height of a label
const BESIDE = 7; // pixels up to which a label needs no line

/** Where a label of a width may be: {x, y, align, box}, the nearest first. */
export function calloutPlaces({ x, y, size }, width) {
  return DISTANCES.flatMap((distance) =>
    DIRECTIONS.map((direction) => {
      const angle = (direction * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [left, top] = [x + (size + distance) * cos, y + (size + distance + (Math.abs(cos) < 0.3 ? HIGH : 0)) * sin];
      const align = cos > 0.3 ? "left" : cos < -0.3 ? "right" : "center";
      const start = { left: left - 1, right: left - width - 1, center: left - width / 2 - 1 }[align];
      return { x: left, y: top, align, box: [start, top - HIGH, start + width + 2, top + HIGH] };
    }),
  );
}

/** The line from a sign's edge to its label's box, [x, y, x, y]; null where the label is next to the sign. */
export function lineTo({ x, y, size }, [left, top, right, bottom]) {
  const [endX, endY] = [Math.max(left, Math.min(x, right)), Math.max(top + 3, Math.min(y, bottom - 3))];
  const length = Math.hypot(endX - x, endY - y);
  if (length - size < BESIDE) return null;
  return [x + ((endX - x) * size) / length, y + ((endY - y) * size) / length, endX, endY];
}

/** Paint labels that have their places, and their lines. */
export function paintCallouts(context, labels, { font, ink }) {
  const [colour, halo] = [theme()[ink], theme().halo];
  context.font = font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const { line } of labels) if (line) paintLine(context, line, colour, halo);
  for (const { text, x, y, align } of labels) {
    context.textAlign = align;
    context.lineWidth = 3.4;
    context.strokeStyle = halo;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

function paintLine(context, [fromX, fromY, toX, toY], ink, halo) {
  for (const [width, stroke] of [
    [2.8, halo],
    [0.9, ink],
  ]) {
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}
