/** Where several voices differ: a line from low to high for each, with a dot at its number. The table says the same. */

import { isOpen } from "../words/figure-words.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, ROW, SIDE] = [320, 14, 26];

function shape(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** The plot of some claims about everyone; null where fewer than two of them differ. */
export function rangePlot(words, claims) {
  const spans = claims
    .map(({ low = null, best = null, high = null }) => ({ low: low ?? best ?? high, best: best ?? low, high: high ?? best ?? low, open: isOpen({ low, high }) }))
    .filter(({ low }) => low !== null);
  const points = spans.flatMap(({ low, high }) => [low, high]);
  const [least, most] = [Math.min(...points), Math.max(...points)];
  if (spans.length < 2 || least === most) return null;
  const x = (value) => SIDE + ((value - least) / (most - least)) * (WIDTH - 2 * SIDE);
  const height = spans.length * ROW + 20;
  const plot = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "range-plot", "aria-hidden": "true" });
  spans.forEach(({ low, best, high, open }, i) => {
    const y = 8 + i * ROW;
    const end = open ? Math.min(WIDTH - 4, x(high) + 14) : x(high);
    plot.append(shape("line", { x1: x(low), x2: end, y1: y, y2: y, class: open ? "open" : "" }));
    if (best !== null) plot.append(shape("circle", { cx: x(best), cy: y, r: 3.6 }));
  });
  for (const value of [least, most])
    plot.append(shape("text", { x: x(value), y: height - 3, "text-anchor": "middle" }, words.n(value)));
  return plot;
}
