/** The axis of time: days to pixels and back, the unit of the bars that fits, and the labels below. */

import { dateOf } from "../words/i18n.js";
import { firstDay, stepOf, UNITS } from "./time.js";

/** The least width of a bar, in pixels. */
const BAR_PX = 2;

const USUAL_DAYS = { day: 1, week: 7, month: 30.44, quarter: 91.3, year: 365.25 };
const LABEL_GAP = 12;

/** Days from…to (inclusive) laid out from `left` over `width` pixels. */
export function makeAxis({ from, to }, left, width) {
  const scale = width / (to + 1 - from);
  return {
    from,
    to,
    left,
    width,
    scale,
    /** Where a day begins. */
    x: (day) => left + (day - from) * scale,
    /** The day at a pixel, within the axis. */
    dayAt: (x) => Math.max(from, Math.min(to, from + Math.floor((x - left) / scale))),
  };
}

/** The shortest unit, not shorter than a step, whose bars are wide enough to be seen. */
export function barUnit(unit, scale) {
  const wide = UNITS.slice(UNITS.indexOf(unit)).find((each) => USUAL_DAYS[each] * scale >= BAR_PX);
  return wide ?? UNITS.at(-1);
}

/** The width of a step, in pixels. */
export function stepWidth(unit, scale) {
  return USUAL_DAYS[unit] * scale;
}

/** What may be labelled, finest first: [unit of the ticks, every how many, the widest text]. */
const LABELLED = [
  ["day", 1, "00"],
  ["day", 5, "00 mmm"],
  ["day", 10, "00 mmm"],
  ["month", 1, "mmmm"],
  ["month", 3, "mmmm"],
  ["year", 1, "0000"],
  ["year", 2, "0000"],
  ["year", 5, "0000"],
  ["year", 10, "0000"],
  ["year", 20, "0000"],
  ["year", 50, "0000"],
  ["year", 100, "0000"],
];

/**
 * The labels of an axis: [{day, text, strong}], as many as fit. Years are strong among months, months among days.
 * @param {function(string): number} widthOf The width of a text in pixels.
 */
export function axisLabels(axis, words, widthOf) {
  const fits = ([unit, every, widest]) => USUAL_DAYS[unit] * every * axis.scale >= widthOf(widest) + LABEL_GAP;
  const [unit, every] = LABELLED.find(fits) ?? LABELLED.at(-1);
  const labels = unit === "day" ? dayLabels(axis, words, every) : stepLabels(axis, words, unit, every);
  const shown = [];
  let end = -Infinity;
  for (const label of labels) {
    const x = axis.x(label.day);
    const width = widthOf(label.text);
    if (x < end + LABEL_GAP / 2 || x + width + 3 > axis.left + axis.width + 6) continue;
    shown.push({ ...label, x });
    end = x + width;
  }
  return shown;
}

function stepLabels(axis, words, unit, every) {
  const labels = [];
  for (let step = stepOf(axis.from, unit); firstDay(step, unit) <= axis.to; step++) {
    const day = firstDay(step, unit);
    const year = unit === "year" ? step : Math.floor(step / 12);
    const inYear = unit === "year" ? 0 : step - year * 12;
    if (day < axis.from || (unit === "year" ? year % every : inYear % every)) continue;
    const text = !inYear ? String(year) : labels.length ? monthWord(words, day) : words.tick.format(dateOf(day));
    labels.push({ day, text, strong: unit === "month" && (!inYear || !labels.length) });
  }
  return labels;
}

function dayLabels(axis, words, every) {
  const labels = [];
  for (let day = axis.from; day <= axis.to; day++) {
    const date = dateOf(day);
    const number = date.getUTCDate();
    const begins = number === 1 || (day === axis.from && number < 25);
    if (begins) labels.push({ day, text: begunMonth(words, day, number), strong: true });
    else if (every === 1 || (number % every === 0 && number < 28)) {
      labels.push({ day, text: String(number), strong: false });
    }
  }
  return labels;
}

/** The short name of a day's month; in Spanish without a capital, which browsers give it where it stands alone. */
function monthWord({ lang, shortMonth }, day) {
  const name = shortMonth.format(dateOf(day));
  return lang === "es" ? name.toLowerCase() : name;
}

/** The first label of a month among days: its name, in January and at the start with the year. */
function begunMonth(words, day, number) {
  const date = dateOf(day);
  const month = monthWord(words, day);
  if (number > 1) return words.day(day, true);
  return date.getUTCMonth() ? month : `${month} ${date.getUTCFullYear()}`;
}

/**
 * Round ticks from 0 up for counts: whole numbers, at most `most` steps.
 * @returns {{top: number, ticks: number[]}}
 */
export function countTicks(count, most) {
  const least = Math.max(1, count) / most;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const every = [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least);
  const steps = Math.max(1, Math.ceil(count / every));
  return { top: steps * every, ticks: Array.from({ length: steps + 1 }, (_, n) => n * every) };
}
