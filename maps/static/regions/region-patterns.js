/** Fills of regions that are no plain colour: unknown, none, no people known, few, a fall. legend.css has the same. */

import { theme } from "../page/theme.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 9; // pixels of a pattern's tile

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const ground = (fill) => svg("rect", { width: SIDE, height: SIDE, fill });
const line = (d, stroke, width) => svg("path", { d, stroke, "stroke-width": width, fill: "none" });

/** Diagonals that run on from tile to tile, rising or falling. */
const diagonal = (stroke, width) =>
  line(`M-2 2 2-2M0 ${SIDE} ${SIDE} 0M${SIDE - 2} ${SIDE + 2} ${SIDE + 2} ${SIDE - 2}`, stroke, width);
const falling = (stroke, width) =>
  line(`M-2 ${SIDE - 2} 2 ${SIDE + 2}M0 0 ${SIDE} ${SIDE}M${SIDE - 2} -2 ${SIDE + 2} 2`, stroke, width);

const DRAWINGS = {
  hatched: (_, { pattern, patternInk }) => [ground(pattern), diagonal(patternInk, 1.6)],
  withheld: (_, { pattern, patternInk }) => [ground(pattern), falling(patternInk, 1.6)],
  dotted: (_, { pattern, patternInk }) => [ground(pattern), svg("circle", { cx: 4.5, cy: 4.5, r: 0.8, fill: patternInk })],
  crossed: (_, { pattern, patternPale }) => [ground(pattern), diagonal(patternPale, 1), falling(patternPale, 1)],
  blank: (_, { pattern }) => [ground(pattern)],
  class: ({ colour, few, fall }) => [
    ground(colour),
    ...(fall ? [line("M2 4.5H7", inkOn(colour), 1)] : []),
    ...(few ? [diagonal(inkOn(colour), 1)] : []),
  ],
};

/** Lines that show on a colour: dark on light ones, light on dark ones. */
export function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 110 ? "rgba(20, 20, 20, .55)" : "rgba(255, 255, 255, .8)";
}

/** The element that holds the patterns of a drawing; made where it is not there yet. */
export function patternsOf(container) {
  const held = container.querySelector("defs");
  if (held) return held;
  const made = svg("defs", {});
  container.prepend(made);
  return made;
}

/** The value of the attribute `fill` for a fill {kind, colour, few, fall}; adds its pattern where it is the first. */
export function fillUrl(patterns, fill) {
  if (fill.kind === "class" && !fill.few && !fill.fall) return fill.colour;
  const parts = ["fill", theme().isDark && "dark", fill.kind, fill.colour?.slice(1), fill.few && "few", fill.fall && "fall"];
  const id = parts.filter(Boolean).join("-");
  if (![...patterns.children].some((pattern) => pattern.id === id))
    patterns.append(
      svg("pattern", { id, width: SIDE, height: SIDE, patternUnits: "userSpaceOnUse" }, ...DRAWINGS[fill.kind](fill, theme())),
    );
  return `url(#${id})`;
}
