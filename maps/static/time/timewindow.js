/** Windows of time: moved, resized, brushed, carried over to another step. Each answer is a patch of the state. */

import { firstDay, lastDay, stepOf, windowOf } from "./time.js";

/** The most days that a page shows in steps of a unit, unless asked: 62 days, 105 weeks, 600 months, 600 quarters. */
const SPAN_DAYS = { day: 62, week: 732, month: 18263, quarter: 54787 };

/** The longest that a day of an incident is open when it is known to a step of a unit, in days. */
const KNOWN_DAYS = { day: 1, week: 7, month: 31, quarter: 92 };

/** The lengths that a reader can choose, in steps. */
export const LENGTHS = {
  day: [1, 3, 7, 14, 30, 90, 180, 365],
  week: [1, 2, 4, 13, 26, 52],
  month: [1, 3, 6, 12, 24, 60, 120],
  quarter: [1, 2, 4, 8, 20, 40, 80],
  year: [1, 2, 5, 10, 20, 50, 100],
};

/** How many incidents a window should hold, so that one is not looked at alone. */
const A_FEW = 2;

/** The least end that a window can have: where it is full. */
export function firstEnd({ mode, length }, { count }) {
  return mode === "cumulative" ? 0 : Math.min(length, count) - 1;
}

/** The whole time. */
export const WHOLE = Object.freeze({ end: null });

/** The window with its end at a step, as near as the time allows. */
export function placed(now, steps, end) {
  return { end: Math.max(firstEnd(now, steps), Math.min(steps.count - 1, end)) };
}

/** The window moved by steps; from the whole time, forward leads to the first and back to the last. */
function moved(now, steps, by) {
  if (now.end === null) return placed(now, steps, by > 0 ? 0 : steps.count);
  return placed(now, steps, now.end + by);
}

/** The window made longer or shorter at its end; at the end of time it grows at its start. */
export function resized(now, steps, by) {
  if (now.end === null || now.mode === "cumulative") return moved(now, steps, by);
  const length = Math.max(1, Math.min(steps.count, now.length + by));
  return { length, ...placed({ ...now, length }, steps, now.end + (length - now.length)) };
}

/** The window of the steps from…to. */
export function brushed(from, to) {
  return { end: to, length: to - from + 1, mode: "window" };
}

/** The window with another length. */
export function lengthened(now, steps, length) {
  const start = now.end === null ? 0 : now.end - now.length + 1; // its start stays, if there is room after it
  return { length, ...placed({ ...now, length }, steps, Math.max(0, start) + length - 1) };
}

/** The steps that lie nearest to a span of days: at least one, the one that its middle lies in. */
export function stepsNear(days, { unit, start, count }) {
  const within = (step) => Math.max(0, Math.min(count - 1, step - start));
  const [from, until] = [days.from, days.to + 1].map((day) => {
    const step = stepOf(day, unit);
    return day - firstDay(step, unit) <= firstDay(step + 1, unit) - day ? step : step + 1;
  });
  if (until > from) return { from: within(from), to: within(until - 1) };
  const middle = within(stepOf(Math.floor((days.from + days.to) / 2), unit));
  return { from: middle, to: middle };
}

/** The steps that hold a span of days, counted from the first of the page. */
export function stepsOfDays(days, { unit, start, count }) {
  const within = (day) => Math.max(0, Math.min(count - 1, stepOf(day, unit) - start));
  return { from: within(days.from), to: within(days.to) };
}

/** The window taken over to steps of another unit: the same days, as near as its steps allow. */
export function carried(now, model, unit) {
  const days = windowOf(now, model);
  if (!days) return { step: unit, length: usualLength(model, unit) };
  const { from, to } = stepsNear(days, model.steps[unit]);
  return { step: unit, end: to, length: now.mode === "cumulative" ? usualLength(model, unit) : to - from + 1 };
}

/**
 * The step that suits the incidents of a page: by how long a time they lie in, at most some 600 steps, and not shorter
 * than what the day of half of them is known to (maps/steps.py does the same).
 */
export function usualStep({ days, dated, units, header, arrays: { first, last, date_precision: precision } }) {
  if (!days) return "month";
  const exact = header.dictionaries.date_precision.map((code) => code === null || code === "day");
  const span = days.to - days.from + 1;
  const suits = (unit) => {
    if (!(unit in SPAN_DAYS)) return true;
    if (span > SPAN_DAYS[unit]) return false;
    let coarse = 0;
    for (let row = 0; row < dated; row++) if (!exact[precision[row]] && last[row] - first[row] >= KNOWN_DAYS[unit]) coarse++;
    return coarse * 2 <= dated;
  };
  return units.find(suits) ?? units.at(-1);
}

/**
 * The shortest length of a window, in steps, that makes playing worth watching: at least a third of its places hold
 * incidents, and half of those hold a few.
 */
export function usualLength(model, unit) {
  const { count } = model.steps[unit];
  const before = begunBefore(model, unit);
  const lengths = LENGTHS[unit].filter((length) => length === 1 || length <= count / 3);
  return lengths.find((length) => worthWatching(before, length)) ?? lengths.at(-1);
}

/** How many rows begin before each step, and after the last. */
function begunBefore(model, unit) {
  const { start, count } = model.steps[unit];
  return Float64Array.from({ length: count + 1 }, (_, step) => model.firstFrom(firstDay(start + step, unit)));
}

function worthWatching(before, length) {
  const held = Float64Array.from({ length: before.length - length }, (_, from) => before[from + length] - before[from]);
  const some = held.filter((incidents) => incidents > 0).sort();
  return some.length * 3 >= held.length && some[some.length >> 1] >= A_FEW;
}

/** The days of a step, counted from the first of the page. */
export function daysOfStep(step, { unit, start }) {
  return { from: firstDay(start + step, unit), to: lastDay(start + step, unit) };
}
