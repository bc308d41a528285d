/** Names and values of regions on the map, as short as the region is narrow on the screen. */

import { shortName } from "../words/region-words.js";

const LETTER = 6.4; // pixels that a letter of a label is wide, about
const OVERHANG = 1.15; // how much wider than its region a name may be

/**
 * The labels of the regions shown, for the base map's names: {forms: [{text, below}, …], at, strong, aside, shape}, the largest
 * value first. Forms are tried in order, the first that has room is written; `aside` is for outside the region.
 */
export function regionLabels({ now, layers, state }) {
  if (state.now.mapView !== "regions" || !now.looks) return [];
  const weight = ({ value }) => (value === null ? -1 : Math.abs(value));
  return now.looks
    .filter(({ region }) => region.at)
    .sort((a, b) => weight(b) - weight(a) || b.rows - a.rows)
    .map((look) => ({
      forms: formsOf(look, layers.regions.sizeOf(look.region)[0]),
      at: look.region.at,
      strong: look.rank !== "none",
      aside: look.rank === "none" ? "" : `${look.name.replace(/ \(.*\)$/, "")} ${look.shortValue}`,
      shape: look.region.shape,
    }))
    .filter(({ forms }) => forms.length);
}

function formsOf({ name, shortValue, rank }, width) {
  const brief = name.replace(/ \(.*\)$/, ""); // the map's place tells versions apart, where there is room for one
  const fits = (text) => text.length * LETTER <= width * OVERHANG;
  const names = [...new Set([name, brief, shortName(brief)])].filter(fits);
  const below = rank === "none" ? "" : shortValue;
  const forms = names.map((text) => ({ text, below }));
  if (below) forms.push({ text: below, below: "" });
  return forms;
}
