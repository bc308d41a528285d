/** What is said beside the window of time: that it is empty, what was skipped, what counts in it though known less exactly. */

import { coarseRows } from "../data/bars.js";
import { el, refill } from "../page/dom.js";
import { emptiness } from "./nearest.js";

/** Make the note. */
export function makeTimeNote(ctx) {
  const { words, state } = ctx;
  const note = el("p", { id: "time-note", class: "time-note" });
  let shown = null;
  /** The nearest is looked for once the window rests. */
  function show(isAtRest) {
    const empty = ctx.now.window ? emptiness(ctx, isAtRest) : null;
    const said = empty ? [empty.words, empty.nearest?.words].join(" ") : [skipped(ctx), coarse(ctx)].filter(Boolean).join(" · ");
    if (said === shown) return;
    shown = said;
    note.title = said;
    if (!empty) refill(note, said);
    else refill(note, empty.words, empty.nearest && [" ", words.t("nearest"), " ", nearestButton(empty.nearest)]);
  }
  ctx.update(() => show(false));
  ctx.settle(() => show(true));
  show(true);
  return note;
}

/** The days of the nearest incident, as a button that goes there. */
export function nearestButton({ words, go }) {
  return el("button", { type: "button", class: "quiet nearest", onclick: go }, words);
}

function skipped({ words, state, skipped }) {
  if (!skipped?.n || skipped.end !== state.now.end) return "";
  return words.t(`skipped_${state.now.step}s`, { n: skipped.n });
}

/** How many incidents of the window are known less exactly than a step: each counts in all windows that it may lie in. */
function coarse({ words, model, state, now: { window } }) {
  if (!window) return "";
  const { first, last } = model.arrays;
  let n = 0;
  for (const row of coarseRows(model, state.now.step)) {
    if (first[row] > window.to) break;
    if (last[row] >= window.from && (first[row] < window.from || last[row] > window.to) && model.counted(row)) n++;
  }
  return n ? words.t("coarse_in", { n }) : "";
}
