/** Which steps of time hold an incident of the selection: what play and step skip, and where the next incident is. */

import { ALL_BITS, UNCOUNTED } from "../data/filters.js";
import { firstDay, stepOf } from "./time.js";
import { firstEnd, placed } from "./timewindow.js";

/**
 * The steps of a unit that hold a day of any filtered row that is counted, and those in which one begins.
 * @returns {{held: {next, last}, begun: {next, last}}} next(step) is the first such step from one on, last(step) the
 *     last one up to it; each is -1 where there is none.
 */
export function occupiedOf(model, unit) {
  const key = `occupied ${unit}`;
  if (!model.made.has(key)) model.made.set(key, findOccupied(model, unit)); // until the filters change
  return model.made.get(key);
}

function findOccupied(model, unit) {
  const { start, count } = model.steps[unit];
  const { first, last } = model.arrays;
  const { failed } = model.filters;
  const bits = barring(model);
  const begun = new Uint8Array(count);
  const held = new Int32Array(count + 1); // changes from step to step, summed up below
  let [step, next] = [0, -Infinity];
  for (let row = 0; row < model.dated; row++) {
    if (failed[row] & bits) continue;
    if (first[row] >= next) {
      step = stepOf(first[row], unit) - start; // rows are in order of their days: each step is looked up once
      next = firstDay(start + step + 1, unit);
    }
    const to = last[row] < next ? step : stepOf(last[row], unit) - start;
    begun[step] = 1;
    held[step]++;
    held[to + 1]--;
  }
  for (let at = 1; at <= count; at++) held[at] += held[at - 1];
  return { held: neighbours(held, count), begun: neighbours(begun, count) };
}

/** The filters that keep a row from making a step worth a stop: all, or, where no row is counted, those that hide it. */
function barring(model) {
  for (let row = 0; row < model.dated; row++) if (model.summed(row)) return ALL_BITS;
  return ALL_BITS & ~UNCOUNTED;
}

/** For each step the nearest one that is marked, on either side. */
function neighbours(marks, count) {
  const [after, before] = [new Int32Array(count + 1).fill(-1), new Int32Array(count + 1).fill(-1)];
  for (let at = count - 1; at >= 0; at--) after[at] = marks[at] ? at : after[at + 1];
  for (let at = 0; at < count; at++) before[at] = marks[at] ? at : at ? before[at - 1] : -1;
  return {
    next: (step) => after[Math.max(0, Math.min(count, step))],
    last: (step) => (step < 0 ? -1 : before[Math.min(count - 1, step)]),
  };
}

/**
 * Where a step leads: past the empty ones, if these are skipped.
 * @param {number} by 1 forward, -1 back.
 * @returns {{end: number, skipped: number}|null} null where there is nothing on that side.
 */
export function stepped(now, model, by) {
  const steps = model.steps[now.step];
  const least = firstEnd(now, steps);
  const last = steps.count - 1;
  const next = now.end === null ? (by > 0 ? least : last) : now.end + by;
  if (next < least || next > last) return null;
  if (!now.skip) return { end: next, skipped: 0 };
  const { held } = occupiedOf(model, now.step);
  const length = now.mode === "cumulative" ? 1 : Math.min(now.length, steps.count);
  if (by > 0) {
    const found = held.next(next - length + 1);
    if (found < 0) return null;
    const end = Math.max(next, found);
    return { end, skipped: end - next };
  }
  const found = held.last(next);
  if (found < 0) return null;
  const end = Math.max(least, Math.min(next, found + length - 1));
  return { end, skipped: next - end };
}

/**
 * The window that ends where the next incident begins, or the one before: a patch of the state, null where there is
 * none on that side. From the whole time it is the first, and the last.
 */
export function toIncident(now, model, by) {
  const steps = model.steps[now.step];
  const { begun } = occupiedOf(model, now.step);
  const from = now.end === null ? (by > 0 ? 0 : steps.count - 1) : now.end + by;
  const found = by > 0 ? begun.next(from) : begun.last(from);
  if (found < 0 || from < 0 || from >= steps.count) return null;
  const patch = placed(now, steps, found);
  return patch.end === now.end ? null : patch;
}

/** How many windows a run through the time shows, from the first to the last. */
export function framesOf(now, model) {
  const steps = model.steps[now.step];
  const all = steps.count - firstEnd(now, steps);
  if (!now.skip) return all;
  let frames = 0;
  let at = { ...now, end: null };
  for (let next = stepped(at, model, 1); next; next = stepped(at, model, 1)) {
    at = { ...at, end: next.end };
    frames++;
  }
  return frames;
}
