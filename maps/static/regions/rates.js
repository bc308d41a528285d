/** Rates of the choropleth: per people, per area, change; the census used; when a number is too small to say much. */

import { firstDay, lastDay, stepWindow } from "../time/time.js";

const PER_PEOPLE = 100000;
const PER_KM2 = 1000;

/** The middle of a window of days (null: of all days of the page) as a year with decimals; null without any day. */
export function middleOf(window, model) {
  const span = window ?? model.days;
  return span && 1970 + (span.from + span.to + 1) / 2 / 365.2425;
}

/** The census nearest to a moment, the later of two: [year or null, people]; undefined where none is known. */
export function censusOf(region, middle) {
  const known = region.population ?? [];
  if (middle === null || known.length < 2) return known.at(-1);
  const far = ([year]) => Math.abs((year ?? 0) + 0.5 - middle);
  return known.reduce((best, census) => (far(census) <= far(best) ? census : best));
}

/** A sum as a rate of its region; null where people or area are not known. */
export function rateOf(rate, sum, region, middle) {
  if (rate === "people") {
    const people = censusOf(region, middle)?.[1];
    return people ? (sum * PER_PEOPLE) / people : null;
  }
  if (rate === "area") return region.area_km2 ? (sum * PER_KM2) / region.area_km2 : null;
  return sum;
}

/**
 * Which of the guard's limits a number stays below: "incidents" (with a figure), "counted" (people, or incidents),
 * "people" (who live there). Counts need no guard; a change needs only the first.
 */
export function reasonsOf(guard, rate, facts) {
  const asked = { people: ["incidents", "counted", "people"], area: ["incidents", "counted"], change: ["incidents"] };
  return (asked[rate] ?? []).filter((name) => facts[name] < guard[name]);
}

/** Steps of the window before the present one, of the same length; null where there is none within the data. */
export function stepsBefore({ from, to }) {
  const length = to - from + 1;
  return from >= length ? { from: from - length, to: from - 1 } : null;
}

/** Why a change cannot be shown now, as the key of a message; null where it can. */
export function changeProblem(state) {
  if (state.end === null) return "change_needs_window";
  return state.mode === "cumulative" ? "change_needs_moving" : null;
}

/** Why a rate per people or area is refused, as the key of a message: some of the incidents are a selection. */
export const rateProblem = ({ selections }) => (selections.length ? "selection_no_rate" : null);

/** Why what is asked for cannot be shown now, as the key of a message; null where it can. */
export function problemOf(state, header) {
  if (state.rate === "change") return changeProblem(state);
  return state.rate === "count" ? null : rateProblem(header);
}

/** What is shown now: counts, where what is asked for cannot be shown. */
export const shownRate = (state, header) => (problemOf(state, header) ? "count" : state.rate);

/** Steps of the page's time as a window of days. */
export function daysOf(steps, { from, to }) {
  return { from: firstDay(steps.start + from, steps.unit), to: lastDay(steps.start + to, steps.unit) };
}

/** The window before the present one, in days; null where there is none. */
export function windowBefore(state, model) {
  const window = stepWindow(state);
  const before = window && state.mode !== "cumulative" ? stepsBefore(window) : null;
  return before && daysOf(model.steps[state.step], before);
}
