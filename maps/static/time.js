/** Steps of time: months and years as whole numbers, and the days they hold. */

import { dateOf } from "./i18n.js";

/** Stands for a missing day in arrays. */
export const NO_DAY = -2147483648;

/** The step (years × 12 + month, or years) that a day lies in. The calendar is proleptic Gregorian. */
export function stepOf(day, unit) {
  // Days to civil date, by integer arithmetic: eras of 400 years have 146,097 days.
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const inEra = shifted - era * 146097;
  const yearInEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365,
  );
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const marchMonth = Math.floor((5 * inYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 2 : marchMonth - 10;
  const year = yearInEra + era * 400 + (month < 2 ? 1 : 0);
  return unit === "year" ? year : year * 12 + month;
}

/** The first day of a step. */
export function firstDay(step, unit) {
  const year = unit === "year" ? step : Math.floor(step / 12);
  const month = unit === "year" ? 0 : step - year * 12;
  return Math.round(Date.UTC(year, month, 1) / 86400000);
}

/** The last day of a step. */
export function lastDay(step, unit) {
  return firstDay(step + 1, unit) - 1;
}

/**
 * The steps that the rows of a page span.
 * @returns {{unit: string, start: number, count: number}} `start` is the first step; count 0 where no row has a day.
 */
export function stepsOf(first, last, unit) {
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < first.length; row++) {
    if (first[row] === NO_DAY) continue;
    if (first[row] < low) low = first[row];
    if (last[row] > high) high = last[row];
  }
  if (low === Infinity) return { unit, start: 0, count: 0 };
  const start = stepOf(low, unit);
  return { unit, start, count: stepOf(high, unit) - start + 1 };
}

/** A window of steps in words. `window` is {from, to} (inclusive) or null for the whole time. */
export function windowWords(words, steps, window, cumulative) {
  if (!window) return words.t("all_time");
  const [first, last] = [firstDay(steps.start + window.from, steps.unit), lastDay(steps.start + window.to, steps.unit)];
  const formatter = steps.unit === "year" ? words.year : words.month;
  const one = window.from === window.to;
  const text = one ? formatter.format(dateOf(first)) : formatter.formatRange(dateOf(first), dateOf(last));
  return cumulative ? words.t("until", { when: formatter.format(dateOf(last)) }) : text;
}
