/** What of the selection lies in none of the regions shown: a map by regions says nothing of it. */

import { partTest } from "./families.js";

const marked = new WeakMap();

/** For each row, whether a region of a set holds it; gathered once for a set. */
function rowsInside(model, { regions }) {
  if (!marked.has(regions)) {
    const { byFirst, starts } = model.groupsOf("regions");
    const inside = new Uint8Array(model.rows);
    for (const { id } of regions) for (let at = starts[id]; at < starts[id + 1]; at++) inside[byFirst[at]] = 1;
    marked.set(regions, inside);
  }
  return marked.get(regions);
}

/** The sentence that says how many incidents lie in none of the regions; empty where all do, or none are shown. */
export function unheldWords({ header, model, now, state, words }) {
  const set = header.regions.find(({ key }) => key === state.now.set);
  if (!set || state.now.mapView !== "regions") return "";
  const inside = rowsInside(model, set);
  const isPart = partTest(model, now.window);
  let n = 0;
  for (let i = 0; i < now.rows.length; i++) n += !inside[now.rows[i]] && !isPart(now.rows[i]) ? 1 : 0;
  return n ? words.t("n_outside", { n }) : "";
}
