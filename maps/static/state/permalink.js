/** The permalink: the whole state of the page as the fragment of its address, which works from a file too. */

import { FACETS } from "../data/filters.js";
import { viewsOf } from "../page/views.js";
import { dateOf } from "../words/i18n.js";
import { firstDay, stepOf, UNITS } from "../time/time.js";

const isoDay = (day) => dateOf(day).toISOString().slice(0, 10);
const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / 86400000);

/** Fields that are written as they are, with what they may be. */
const PLAIN = {
  mapView: ["regions", "points", "clusters", "density"],
  stage: ["map", "table"],
  bound: ["low", "best", "high"],
  rate: ["count", "people", "area", "change"],
  scheme: ["natural-breaks", "quantiles", "equal-interval", "fixed"],
  mode: ["window", "cumulative"],
  step: UNITS,
  tab: ["incidents", "regions"],
};

/** Write a state as a fragment without its "#". What is as the page started is left out. */
export function fragmentOf(state, start, model, place) {
  const told = new URLSearchParams();
  const put = (name, value) => value !== null && value !== "" && told.set(name, String(value));
  for (const name of [...Object.keys(PLAIN), "lang", "set", "measure", "classes", "speed", "length", "band", "search", "minimum"])
    if (state[name] !== start[name]) told.set(name, state[name] ?? "");
  if (state.overlay !== start.overlay) put("overlay", state.overlay ? 1 : 0);
  for (const name of ["acts", "actsShown", "embed", "skip"]) if (state[name] !== start[name]) put(name, state[name] ? 1 : 0);
  if (state.limits) put("limits", state.limits.join(","));
  if (state.limitsDay !== null) put("limitsDay", isoDay(state.limitsDay));
  if (state.end !== start.end || (state.end !== null && state.step !== start.step)) {
    const { start: first, unit } = model.steps[state.step];
    told.set("end", state.end === null ? "" : isoDay(firstDay(first + state.end, unit)));
  }
  for (const name of FACETS) if (state.filters[name]) told.set(`f.${name}`, state.filters[name].map(encodeURIComponent).join(","));
  if (state.sort.key !== start.sort.key || state.sort.down !== start.sort.down)
    put("sort", `${state.sort.down ? "-" : ""}${state.sort.key}`);
  if (state.story !== null) put("story", state.story + 1);
  if (state.view.kind === "card") put("open", model.code(state.view.row));
  if (state.view.kind === "region") put("open", `region:${state.view.region.id}`);
  if (place) put("at", place);
  return told.toString();
}

/**
 * Read a fragment: the fields of the state that it sets, what it opens, the map's place, and what it says that this
 * page does not know.
 */
export function readFragment(text, start, { header, model }) {
  const told = new URLSearchParams(text.replace(/^#/, ""));
  const [patch, strange] = [{}, []];
  const known = {
    ...PLAIN,
    step: model.units,
    ...(model.isCells ? { mapView: viewsOf(header), stage: ["map"], tab: ["regions"] } : {}),
    lang: Object.keys(header.messages),
    set: header.regions.map(({ key }) => key),
    measure: ["incidents", ...header.measures],
  };
  const read = {
    embed: (value) => value === "1",
    overlay: (value) => value === "1",
    acts: (value) => value === "1",
    actsShown: (value) => value === "1",
    limits: (value) => numbers(value),
    limitsDay: (value) => dayOf(value),
    classes: (value) => between(Number(value), 2, 9),
    speed: (value) => between(Number(value), 0.25, 16),
    skip: (value) => value === "1",
    length: (value) => between(Math.trunc(Number(value)), 1, 1e6),
    minimum: (value) => (value === "" ? null : between(Number(value), 0, 1e9)),
    search: (value) => value.slice(0, 500),
    band: (value) => (value === "" ? null : member(value, header.facets.case.codes)),
    story: (value) => between(Math.trunc(Number(value)) - 1, 0, header.spec.views.length - 1),
    sort: (value) => ({ key: value.replace(/^-/, ""), down: value.startsWith("-") }),
  };
  const filters = { ...start.filters };
  for (const [name, value] of told) {
    if (name in known) read[name] ??= (given) => (given === "" ? null : member(given, known[name]));
    if (name === "open" || name === "at" || name === "end") continue;
    if (name.startsWith("f.") && FACETS.includes(name.slice(2))) {
      const codes = value.split(",").map(decodeURIComponent);
      const there = codes.filter((code) => model.facet(name.slice(2)).codes.some((each) => (each ?? "") === code));
      if (there.length < codes.length) strange.push(name);
      filters[name.slice(2)] = there.length ? there : null;
      continue;
    }
    const found = read[name]?.(value);
    if (found === undefined || Number.isNaN(found)) strange.push(name);
    else patch[name] = found;
  }
  if (told.has("end")) readEnd(told.get("end"), patch, start, model, strange);
  return { patch: { ...patch, filters: Object.freeze(filters) }, open: told.get("open"), at: told.get("at"), strange };
}

function readEnd(text, patch, start, model, strange) {
  const { start: first, unit, count } = model.steps[patch.step ?? start.step];
  const end = text === "" ? null : stepOf(dayOf(text), unit) - first;
  if (Number.isNaN(end)) strange.push("end");
  else patch.end = end === null ? null : Math.max(0, Math.min(count - 1, end));
}

const member = (value, all) => (all.includes(value) ? value : undefined);
const between = (value, low, high) => (value >= low && value <= high ? value : undefined);
function numbers(value) {
  const found = value.split(",").map(Number);
  return found.length && found.every(Number.isFinite) ? found : undefined;
}
