/** What each region shows: its sum or rate in the window, its class, its doubts; classes stay as the window moves. */

import { fixedLimits, limitsOf, unitsOf } from "./classes.js";
import {
  censusOf,
  daysOf,
  middleOf,
  problemOf,
  rateOf,
  reasonsOf,
  shownRate,
  stepsBefore,
  windowBefore,
} from "./rates.js";
import { theme } from "../page/theme.js";
import { isLeast, lookWords, measureName, regionName, validityWords, valueText } from "../words/region-words.js";

/** Limits are found from at most so many sums; of more positions × regions, evenly spaced positions stand for all. */
const MOST_SUMS = 24000;

/** What is written for a region without a value, and its fill; legend.css has the same pictures. */
const SHORT = { none: "–", apart: "–", early: "–", unknown: "?", "no-people": "?" };
const FILLS = { suppressed: "withheld", none: "dotted", unknown: "hatched", "no-people": "crossed", early: "blank", apart: "blank" };

const scales = new WeakMap();

/** The set of regions that is chosen. */
export function chosenSet({ header, state }) {
  return header.regions.find(({ key }) => key === state.now.set) ?? { key: null, regions: [] };
}

/** Whether a version of a region is valid on any day from…to (inclusive); undefined limits do not limit. */
export function isValid(region, from, to) {
  return (
    (region.valid_from === undefined || region.valid_from <= to) &&
    (region.valid_until === undefined || region.valid_until > from)
  );
}

/** The days on which the versions of a set change, rising. */
export function changeDays(set) {
  const days = set.regions.flatMap((region) => [region.valid_from, region.valid_until]);
  return [...new Set(days.filter((day) => day !== undefined))].sort((a, b) => a - b);
}

/** The regions of the chosen set that the window, or the day chosen for limits, shows. */
export function setShown(ctx, window = ctx.now.window) {
  const { limitsDay } = ctx.state.now;
  const { regions } = chosenSet(ctx);
  if (limitsDay !== null) return regions.filter((region) => isValid(region, limitsDay, limitsDay));
  return window ? regions.filter((region) => isValid(region, window.from, window.to)) : regions;
}

/**
 * The scale of the present choice: limits, colours, words. It is found over all positions of a window of the present
 * length, so that colours mean the same while the window moves, and kept until a choice or the filters change.
 */
export function scaleOf(ctx) {
  const state = ctx.state.now;
  const { sums } = ctx.now;
  const rate = shownRate(state, ctx.header);
  const { set, limitsDay, scheme, classes, limits, step, mode, length } = state;
  const time = state.end === null ? "all" : [step, mode, mode === "cumulative" ? 0 : length];
  const key = [set, limitsDay, rate, state.rate, scheme, classes, limits?.join(" "), ctx.words.lang, time, theme().isDark].join("|");
  if (!scales.has(sums.value)) scales.set(sums.value, new Map());
  const made = scales.get(sums.value);
  if (!made.has(key)) made.set(key, makeScale(ctx, rate));
  return made.get(key);
}

function makeScale(ctx, rate) {
  const { words, header } = ctx;
  const state = ctx.state.now;
  const { values, sampled } = valuesOfPositions(ctx, rate);
  const whole = rate === "count" || rate === "change";
  const fixed = state.scheme === "fixed" && state.limits?.length;
  const scheme = state.scheme === "fixed" ? "natural-breaks" : state.scheme;
  const wanted = rate === "change" ? Math.ceil(state.classes / 2) : state.classes; // of a change, on each side
  const { limits, decimals } = fixed
    ? fixedLimits(state.limits, values, whole)
    : limitsOf(values, scheme, wanted, whole);
  const isOpen = Boolean(fixed || (sampled && limits.length));
  if (isOpen && !fixed) limits.pop();
  const classes = Math.min(limits.length + (isOpen ? 1 : 0), rate === "change" ? 5 : 9);
  limits.length = classes - (isOpen ? 1 : 0);
  const palette = theme().isDark ? header.dark : header;
  const sides = rate === "change" ? palette.diverging[classes] : null;
  return {
    rate,
    measure: state.measure,
    bound: state.measure === "incidents" ? null : state.bound,
    measured: measureName(words, state.measure),
    decimals,
    limits,
    ranges: Array.from({ length: classes }, (_, i) => [i ? limits[i - 1] + 1 : 1, limits[i] ?? null]),
    colours: sides ? sides.slice(classes) : palette.colours[classes], // of zero, then rising
    falls: sides ? sides.slice(0, classes + 1).reverse() : [], // of zero, then falling
    scheme: fixed ? "fixed" : scheme,
    sampled,
    problem: problemOf(state, header),
  };
}

/** The sizes, above 0, of every region's value at every position of the window, or at evenly spaced ones. */
function valuesOfPositions(ctx, rate) {
  const { state, model } = ctx;
  const { end, step, mode, length } = state.now;
  const found = [];
  const { regions } = chosenSet(ctx);
  const steps = model.steps[step];
  const least = Math.min(mode === "cumulative" ? 1 : length * (rate === "change" ? 2 : 1), steps.count);
  const positions = end === null ? 1 : steps.count - least + 1;
  const taken = Math.max(2, Math.min(positions, Math.floor(MOST_SUMS / Math.max(1, regions.length))));
  for (let i = 0; i < Math.min(taken, positions); i++) {
    const last = least - 1 + (positions > taken ? Math.round((i * (positions - 1)) / (taken - 1)) : i);
    const window = { from: mode === "cumulative" ? 0 : Math.max(0, last - length + 1), to: last };
    const before = rate === "change" ? stepsBefore(window) : null;
    const days = end === null ? null : daysOf(steps, window);
    addValues(ctx, rate, days, before && daysOf(steps, before), found);
  }
  return { values: Float64Array.from(found), sampled: positions > taken };
}

function addValues(ctx, rate, days, before, found) {
  const { known, value } = ctx.now.sums.value;
  const middle = middleOf(days, ctx.model);
  for (const region of setShown(ctx, days)) {
    const { id } = region;
    if (!known(id, days) && !(before && known(id, before))) continue;
    const size = rateOf(rate, value(id, days) - (before ? value(id, before) : 0), region, middle);
    if (size) found.push(Math.abs(size));
  }
}

/** The looks of the regions shown: value, class, fill, doubts, words. */
export function looksOf(ctx) {
  const { words, now, model, header } = ctx;
  const set = chosenSet(ctx);
  const { scale, window } = now;
  const before = scale.rate === "change" ? windowBefore(ctx.state.now, model) : null;
  const moment = { window, middle: middleOf(window, model), before };
  return setShown(ctx).map((region) => {
    const look = {
      region,
      name: regionName(words, region, set),
      validity: validityWords(words, region),
      outside: daysOutside(region, window ?? model.days),
      ...numbersOf(ctx, region, moment),
    };
    look.fill = fillOf(scale, look);
    look.shortValue = shortOf(look, scale, header) ?? valueText(words, look.value, scale) + (isLeast(scale, look) ? "+" : "");
    Object.defineProperty(look, "words", { get: () => lookWords(words, look, scale, header.guard) });
    return look;
  });
}

/** What is written for a region without a value. Of one with too few incidents, nothing is known of other figures. */
function shortOf({ rank }, { measure, rate }, { spec, sums }) {
  if (rank !== "suppressed") return SHORT[rank];
  return measure === "incidents" && rate === "count" && !sums ? `<${spec.suppress_below}` : "*";
}

/** How many days of a window lie outside a region's validity. */
function daysOutside(region, window) {
  if (!window || (region.valid_from === undefined && region.valid_until === undefined)) return 0;
  const from = Math.max(window.from, region.valid_from ?? window.from);
  const to = Math.min(window.to, (region.valid_until ?? window.to + 1) - 1);
  return window.to - window.from + 1 - Math.max(0, to - from + 1);
}

function numbersOf({ now, header }, region, { window, middle, before }) {
  const { sums, scale } = now;
  const { rate } = scale;
  const { id } = region;
  const look = { value: null, reasons: [], people: null, before: null };
  for (const name of ["rows", "known", "unknown", "apart"]) look[name] = sums.value[name](id, window);
  const { known, unknown } = look;
  if (region.suppressed) return Object.assign(look, { count: null, low: null, best: null, high: null, open: false, rank: "suppressed" });
  look.count = known ? sums.value.value(id, window) : null;
  for (const bound of ["low", "best", "high"]) look[bound] = known ? sums[bound].value(id, window) : null;
  look.open = known > 0 && scale.measure !== "incidents" && sums.value.open(id, window) > 0;
  look.rank = known ? null : unknown ? "unknown" : look.apart ? "apart" : "none";
  if (rate === "change") return Object.assign(look, changeOf(look, sums.value, id, before, scale, header.guard));
  if (look.rank) return look;
  look.value = rateOf(rate, look.count, region, middle);
  if (look.value === null) return Object.assign(look, { rank: rate === "people" ? "no-people" : "apart" });
  const census = rate === "people" ? censusOf(region, middle) : null;
  look.people = census && { year: census[0], people: census[1] };
  look.rank = rankOf(scale, look.value);
  look.reasons = reasonsOf(header.guard, rate, { incidents: known, counted: look.count, people: census?.[1] });
  return look;
}

function changeOf(look, sums, id, before, scale, guard) {
  if (!before) return { rank: "early" };
  const earlier = sums.known(id, before);
  const endless = scale.bound === "high" && (look.open || sums.open(id, before));
  if (endless || look.rank === "unknown" || (!earlier && sums.unknown(id, before))) return { rank: "unknown" };
  if (look.rank && !earlier) return {};
  const [then, count] = [earlier ? sums.value(id, before) : 0, look.count ?? 0];
  const value = count - then;
  const reasons = reasonsOf(guard, "change", { incidents: look.known + earlier });
  return { value, count, before: then, rank: rankOf(scale, value), reasons };
}

/** The class of a value: 0 for zero, then 1 up; below 0 for a fall. */
function rankOf({ limits, ranges, decimals }, value) {
  if (!value) return 0;
  const units = unitsOf(Math.abs(value), decimals);
  const found = limits.findIndex((limit) => units <= limit);
  return Math.sign(value) * (found < 0 ? Math.max(1, ranges.length) : found + 1);
}

/** The fill of a look: {kind, colour, few, fall}; a pattern where it is no plain colour of the legend. */
function fillOf(scale, { rank, reasons }) {
  if (rank in FILLS) return { kind: FILLS[rank], colour: null };
  const colour = rank < 0 ? scale.falls[-rank] : scale.colours[rank];
  return { kind: "class", colour, few: reasons.length > 0, fall: rank < 0 };
}
