/** Why nothing is shown, and where the nearest incident is: the filters let nothing through, or the window holds nothing. */

import { stepOf } from "./time.js";
import { placed } from "./timewindow.js";

/**
 * Why the selection is empty; null where it is not. While the window moves, only that it is.
 * @returns {{words: string, nearest: {words: string, go: function()}|null}|null} `nearest` is the incident of the
 *     filters that lies nearest to the window: its days in words, and what moves the window there.
 */
export function emptiness(ctx, isAtRest = true) {
  const { words, model, now } = ctx;
  if (now.rows.length) return null;
  if (!model.rows) return { words: words.t("nothing_at_all"), nearest: null };
  if (!now.window) return { words: words.t("nothing"), nearest: null };
  if (!isAtRest) return { words: words.t(`nothing_in_${wideness(ctx)}`), nearest: null };
  const row = nearestRow(model, now.window);
  if (row !== null) return { words: words.t(`nothing_in_${wideness(ctx)}`), nearest: nearestOf(ctx, row) };
  return { words: words.t(model.undatedShown() ? "nothing_dated" : "nothing"), nearest: null };
}

/** Which words fit a window: of one step, of several, or up to one. */
function wideness({ state: { now } }) {
  if (now.mode === "cumulative") return "until";
  return now.length === 1 ? now.step : `${now.step}s`;
}

/** The filtered row whose days lie nearest to a window that holds none; of two as near the earlier one. */
function nearestRow(model, window) {
  let nearest = null;
  let least = Infinity;
  for (let row = 0; row < model.dated; row++) {
    const [first, last] = [model.arrays.first[row], model.arrays.last[row]];
    if (first - window.to > least) break; // rows are in order of their first day
    if (!model.shown(row)) continue;
    const away = Math.max(window.from - last, first - window.to);
    if (away < least) [nearest, least] = [row, away];
  }
  return nearest;
}

function nearestOf(ctx, row) {
  const { words, model, state, now } = ctx;
  const [first, last] = model.day(row);
  const steps = model.steps[state.now.step];
  const isLater = first > now.window.to;
  const step = stepOf(isLater ? first : last, steps.unit) - steps.start;
  // The window comes to it with the edge that it meets first.
  const end = isLater || state.now.mode === "cumulative" ? step : step + state.now.length - 1;
  return {
    words: words.span(first, last, model.text("date_precision", row), true),
    go: () => state.set(placed(state.now, steps, end)),
  };
}
