/** Steps of time: days, weeks, months, quarters and years as whole numbers, the days they hold, and the window shown. */

/** Stands for a missing day in arrays. */
export const NO_DAY = -2147483648;

/** The lengths that a step of time can have, shortest first. Weeks begin on Monday (ISO 8601). */
export const UNITS = ["day", "week", "month", "quarter", "year"];

const MONTHS = { month: 1, quarter: 3, year: 12 };
const THURSDAY = 3; // 1970-01-01, day 0, was a Thursday: three days after the Monday of its week

const KEPT_FROM = -65536; // 1790-07-27: the months of this day and of the 358 years after it are worked out once
const kept = new Int32Array(1 << 17).fill(-1);

/** The month (years × 12 + month, January = 0) that a day lies in. The calendar is proleptic Gregorian. */
function monthOf(day) {
  const at = day - KEPT_FROM;
  if (at < 0 || at >= kept.length) return foundMonth(day);
  if (kept[at] < 0) kept[at] = foundMonth(day);
  return kept[at];
}

function foundMonth(day) {
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
  return (yearInEra + era * 400 + (month < 2 ? 1 : 0)) * 12 + month;
}

/** The step that a day (since 1970-01-01) lies in: a day, a week, or months of the year 0 in ones, threes or twelves. */
export function stepOf(day, unit) {
  if (unit === "day") return day;
  if (unit === "week") return Math.floor((day + THURSDAY) / 7);
  return Math.floor(monthOf(day) / MONTHS[unit]);
}

/** The first day of a step. */
export function firstDay(step, unit) {
  if (unit === "day") return step;
  if (unit === "week") return step * 7 - THURSDAY;
  // Civil date to days, the reverse of `monthOf`: years begin in March, so that the day that may be missing is the last.
  const march = step * MONTHS[unit] - 2;
  const year = Math.floor(march / 12);
  const inYear = Math.floor((153 * (march - year * 12) + 2) / 5);
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + inYear - 719468;
}

/** The last day of a step. */
export function lastDay(step, unit) {
  return firstDay(step + 1, unit) - 1;
}

/**
 * The steps from the first to the last day of the rows of a page.
 * @param {number|null} low First day of any row, null where no row has one.
 * @param {number} high Last day of any row.
 * @returns {{unit: string, start: number, count: number}} `start` is the first step; count 0 where no row has a day.
 */
export function stepsOf(low, high, unit) {
  if (low === null) return { unit, start: 0, count: 0 };
  const start = stepOf(low, unit);
  return { unit, start, count: stepOf(high, unit) - start + 1 };
}

/** The window of a state in steps, counted from the first: {from, to} (inclusive), or null for the whole time. */
export function stepWindow({ end, length, mode }) {
  if (end === null) return null;
  return { from: mode === "cumulative" ? 0 : Math.max(0, end - length + 1), to: end };
}

/** The window of a state in days since 1970-01-01: {from, to} (inclusive), or null for the whole time. */
export function windowOf(state, model) {
  const window = stepWindow(state);
  if (!window || !model.dated) return null;
  const { unit, start } = model.steps[state.step];
  return { from: firstDay(start + window.from, unit), to: lastDay(start + window.to, unit) };
}
