/** The picture of a cluster: a ring of its types' shares about its number, and the sign of the most frequent type. */

import { colourOf, paintGlyph } from "./glyphs.js";
import { theme } from "../page/theme.js";

/** Paint a cluster. `shares` are [style, count] of its types; `text` is its number. */
export function paintDonut(context, x, y, radius, shares, text, mark) {
  const sum = shares.reduce((all, [, count]) => all + count, 0);
  const inner = radius - Math.min(radius * 0.32, 3.6 + (radius - 12) * 0.4); // a small ring is thin: its number can be read
  const colours = theme();
  disc(context, x, y, radius + 1.5, colours.cluster);
  let angle = -Math.PI / 2;
  for (const [style, count] of shares) {
    const end = angle + (count / sum) * 2 * Math.PI;
    context.beginPath();
    context.arc(x, y, radius, angle, end);
    context.arc(x, y, inner, end, angle, true);
    context.closePath();
    context.fillStyle = colourOf(style);
    context.fill();
    if (shares.length > 1) {
      context.lineWidth = 1;
      context.strokeStyle = colours.cluster;
      context.stroke();
    }
    angle = end;
  }
  disc(context, x, y, inner, colours.cluster);
  ring(context, x, y, radius, mark ?? colours.outline, mark ? 3 : 0.8);
  paintNumber(context, x, y, radius, inner, shares, text);
}

function paintNumber(context, x, y, radius, inner, shares, text) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme().onCluster;
  let size = Math.min(14, Math.max(10.5, radius * 0.62));
  context.font = `650 ${size}px system-ui, sans-serif`;
  const width = context.measureText(text).width;
  size *= Math.min(1, (inner * 1.92) / width);
  context.font = `650 ${size.toFixed(1)}px system-ui, sans-serif`;
  const isWide = radius > 23; // room for the sign below the number
  context.fillText(text, x, y + (isWide ? -2.5 : 0.5));
  if (!isWide) return;
  const [style] = shares.reduce((most, share) => (share[1] > most[1] ? share : most));
  paintGlyph(context, style, x, y + inner * 0.56, 3.2, true);
}

function disc(context, x, y, radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

function ring(context, x, y, radius, colour, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
