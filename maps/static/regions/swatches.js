/** Swatches of the legend and the list: the fills of the map, drawn by legend.css. */

import { el } from "../page/dom.js";
import { inkOn } from "./region-patterns.js";

/** A swatch of a fill {kind, colour, few, fall}. */
export function swatchOf({ kind, colour, few, fall }) {
  const box = el("span", { class: `swatch ${kind}${few ? " few" : ""}${fall ? " fall" : ""}`, "aria-hidden": "true" });
  if (colour) {
    box.style.backgroundColor = colour;
    box.style.setProperty("--lines", inkOn(colour));
  }
  return box;
}

/** A swatch of a kind that has no colour of its own, such as an outline. */
export const signOf = (kind) => el("span", { class: `swatch ${kind}`, "aria-hidden": "true" });
