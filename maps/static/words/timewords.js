/** Windows of time in words: "March – May 2009", "week 23 of 2009 (June 1 – 7)", "until …". */

import { dateOf } from "./i18n.js";
import { firstDay, stepOf } from "../time/time.js";

const THURSDAY_OF_WEEK = 3; // days after its Monday; the Thursday tells which year a week belongs to (ISO 8601)

const said = new WeakMap(); // by words: the last window, which several parts of the page say

/** The window shown in words. */
export function windowWords({ words, state, now }) {
  const { step, mode } = state.now;
  if (!now.window) return words.t("all_time");
  const key = [step, mode, now.window.from, now.window.to].join();
  if (said.get(words)?.key !== key) said.set(words, { key, text: wordsOf(words, step, mode, now.window) });
  return said.get(words).text;
}

function wordsOf(words, step, mode, { from, to }) {
  if (mode !== "cumulative") return spanWords(words, step, from, to);
  const last = firstDay(stepOf(to, step), step);
  return words.t(`until_${step}`, { when: spanWords(words, step, last, to) });
}

/** What bars of a unit show: "Incidents per month", "People killed per month, best figure". */
export function axisWords(words, { measure, bound }, unit) {
  const per = words.t(`per_${unit}`);
  if (measure === "incidents") return words.t("axis_incidents", { per });
  const what = words.messages[`axis_${measure}`] ?? words.t("axis_people", { what: words.label("measures", measure) });
  return words.t("axis_figure", { what: what[0].toUpperCase() + what.slice(1), per, bound: words.t(`axis_${bound}`) });
}

/**
 * A span of whole steps in words.
 * @param {number} from First day (since 1970-01-01).
 * @param {number} to Last day, inclusive.
 */
export function spanWords(words, unit, from, to) {
  if (unit === "week") return weekWords(words, from, to);
  if (unit === "quarter") return quarterWords(words, from, to);
  return words.span(from, to, unit);
}

/** The ISO week and its year of a Monday. */
export function isoWeek(monday) {
  const thursday = dateOf(monday + THURSDAY_OF_WEEK);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((monday + THURSDAY_OF_WEEK - firstDay(year, "year")) / 7) + 1 };
}

function weekWords(words, from, to) {
  const [first, last] = [isoWeek(from), isoWeek(to - 6)];
  const days = words.range(words.dayMonth, from, to);
  // Years go in as text: as numbers they would be written with a thousands separator.
  const [year, endYear] = [String(first.year), String(last.year)];
  if (to - from === 6) return words.t("week_of", { week: first.week, year, days });
  if (year === endYear) return words.t("weeks_of", { from: first.week, to: last.week, year, days });
  const dated = words.span(from, to, "day", true);
  return words.t("weeks_between", { from: first.week, to: last.week, year, endYear, days: dated });
}

function quarterWords(words, from, to) {
  const [first, last] = [stepOf(from, "quarter"), stepOf(to, "quarter")];
  const quarter = (step) => words.t(`quarter_${(step % 4) + 1}`);
  const [year, endYear] = [first, last].map((step) => String(Math.floor(step / 4)));
  if (first === last) return words.t("quarter_of", { quarter: quarter(first), year });
  if (year === endYear) return words.t("quarters_of", { from: quarter(first), to: quarter(last), year });
  return words.t("quarters_between", { from: quarter(first), to: quarter(last), year, endYear });
}
