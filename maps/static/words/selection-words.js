/** The selection in words: what the active filters and the window of time let through. */

import { FACETS } from "../data/filters.js";
import { windowWords } from "./timewords.js";

/** The codebook's list that a facet's codes are in. */
const LISTS = { type: "types", kind: "source_kinds", precision: "place_precision", status: "statuses" };
const NAMED = 6; // options of one filter that are named before the rest is only counted

/** What a facet's option is called; a code of null or "" is that nothing is stated. */
export function optionWords({ words, model }, name, code) {
  if (!code) return words.t("not_told");
  if (LISTS[name]) return words.label(LISTS[name], code);
  return words.local(model.facet(name).names?.[code]) || code;
}

/** The measure that the minimum, the lists and the table speak of: the one shown, the dead where incidents are counted. */
export function measureOf({ state, header }) {
  const measure = state.now.measure === "incidents" ? "killed" : state.now.measure;
  return header.measures.includes(measure) ? measure : null;
}

/** The measure shown and which number of it: "killed · best". */
export function measuredWords({ words, state }) {
  const { measure, bound } = state.now;
  return measure === "incidents" ? words.t("measure_incidents") : `${words.label("measures", measure)} · ${words.t(`bound_${bound}`)}`;
}

/** The active filters: {name, options, words} of each facet, the minimum and the text searched for. */
export function activeFilters(ctx) {
  const { words, state } = ctx;
  const { filters, minimum, search } = state.now;
  const told = FACETS.filter((name) => filters[name]).map((name) => ({
    name,
    options: filters[name],
    words: words.t("filter_words", { name: words.t(`facet_${name}`), options: listed(ctx, name, filters[name]) }),
  }));
  if (minimum !== null) {
    const measure = words.label("measures", measureOf(ctx) ?? "killed");
    told.push({ name: "minimum", options: [], words: words.t("minimum_words", { measure, n: minimum }) });
  }
  if (search.trim()) told.push({ name: "search", options: [], words: words.t("search_words", { text: search.trim() }) });
  return told;
}

function listed(ctx, name, codes) {
  const named = codes.slice(0, NAMED).map((code) => optionWords(ctx, name, code));
  if (codes.length > NAMED) named.push(ctx.words.t("and_more", { n: codes.length - NAMED }));
  return named.join(", ");
}

/** Short sentences of the active filters and the window of time, for print, for the head and for files. */
export function filterWords(ctx) {
  return [ctx.model.dated ? windowWords(ctx) : "", ...activeFilters(ctx).map((filter) => filter.words)].filter(Boolean);
}
