/** What follows from the state: the window in days, the rows selected, the sums, and what the regions show. */

import { looksOf, scaleOf } from "../regions/choropleth.js";
import { FIGURE_MEASURES } from "../page/totals.js";
import { windowOf } from "../time/time.js";
import { measureShown } from "./weights.js";

/** Fields of the state by what must be made again when one of them changes. */
export const SELECTION = ["filters", "search", "minimum", "measure", "set", "acts", "actsShown"];
export const SUMMED = [...SELECTION, "bound"];
export const WINDOW = ["end", "length", "mode", "step"];
export const REGIONS = ["limitsDay", "rate", "scheme", "classes", "limits", "mapView", "lang", "columns", "theme"];

/** Bring `ctx.now` up to the state; `changed` holds the names of the fields that differ. */
export function derive(ctx, changed) {
  const { model, now, header } = ctx;
  const state = ctx.state.now;
  const has = (...groups) => groups.flat().some((name) => changed.has(name));
  if (has(SELECTION)) model.filter(state);
  if (has(SUMMED)) now.sums = regionSums(model, state);
  if (has(SELECTION)) now.totals = totalsOf(model, state, header);
  if (has(SELECTION, WINDOW)) {
    now.window = windowOf(state, model);
    now.rows = model.select(now.window);
  }
  if (has(SUMMED, WINDOW, ["columns"])) lazily(now, "measured", () => measureShown(ctx));
  if (has(SUMMED, WINDOW, REGIONS)) {
    const isShown = header.regions.length > 0 && model.whole;
    lazily(now, "scale", () => (isShown ? scaleOf(ctx) : null));
    lazily(now, "looks", () => (isShown ? looksOf(ctx) : null));
  }
}

/** Set a value that is made when it is first asked for: a view without regions does not ask. */
function lazily(now, name, make) {
  Object.defineProperty(now, name, {
    configurable: true,
    get() {
      const value = make();
      Object.defineProperty(now, name, { configurable: true, value });
      return value;
    },
  });
}

function regionSums(model, { measure, bound }) {
  const of = (each) => model.sums({ measure, bound: each, of: "regions" });
  return { value: of(bound), low: of("low"), best: of("best"), high: of("high") };
}

/** Sums of everything: the incidents, and the figures that the head of the page shows. */
function totalsOf(model, { measure }, { measures }) {
  const figures = FIGURE_MEASURES(measure, measures).map((name) => ({
    measure: name,
    ...Object.fromEntries(
      ["low", "best", "high"].map((bound) => [bound, model.sums({ measure: name, bound, of: "all" })]),
    ),
  }));
  return { incidents: model.sums({ measure: "incidents", bound: "best", of: "all" }), figures };
}
