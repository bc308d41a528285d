/** The state that a page starts with: what its spec asks for, and what suits its incidents. */

import { NO_FILTERS } from "../data/filters.js";
import { usualLength, usualStep } from "../time/timewindow.js";

/** Above so many drawn rows, points would lie on one another; density shows them better. */
const MANY_POINTS = 20000;

/** The state of a page as it opens. */
export function initialState({ spec, regions, facets, sums }, model) {
  const set = regions.some(({ key }) => key === spec.region_set) ? spec.region_set : (regions[0]?.key ?? null);
  const regional = regions.length > 0 && spec.kind !== "timeline";
  const many = model.rows > MANY_POINTS;
  const step = model.units.includes(spec.step) ? spec.step : usualStep(model);
  const cumulative = spec.window === "cumulative" && model.dated > 0;
  return {
    embed: spec.embed,
    lang: spec.lang,
    mapView: viewOf(spec, regional, many, sums),
    overlay: spec.kind === "atlas" && !many && !sums,
    stage: "map",
    set,
    limitsDay: null,
    acts: spec.acts, // whether acts of the state are counted
    actsShown: true, // and whether they are shown
    measure: spec.measure,
    bound: spec.bound,
    rate: spec.rate,
    scheme: spec.scheme,
    classes: spec.classes,
    limits: spec.limits,
    step,
    mode: spec.window,
    length: model.dated ? usualLength(model, step) : 1,
    end: cumulative ? model.steps[step].count - 1 : null,
    speed: 1,
    skip: true, // whether play and step pass over empty steps
    band: facets.case.codes.length === 1 ? facets.case.codes[0] : null,
    filters: NO_FILTERS,
    minimum: null,
    search: "",
    sort: { key: "days", down: false },
    story: null, // which view of the story shows; null where there is none, or the reader has left it
    tab: (spec.kind === "choropleth" || sums) && regional ? "regions" : "incidents",
    view: { kind: "list" },
  };
}

function viewOf({ view, kind }, regional, many, sums) {
  if (view && (view !== "regions" || regional)) return view;
  if (regional) return "regions";
  return sums || (many && kind !== "choropleth") ? "density" : "points";
}
