/** Turns: work that can wait lets the page draw and answer between its parts. */

const HIDDEN_MS = 300; // a page that is not shown makes no frames: so long is waited for one

/** Let the page draw and answer what is waiting. */
export const breath = () => new Promise((resolve) => setTimeout(resolve));

const TURN_MS = 8; // how long is worked before the page may answer

/**
 * Call some functions in their order, with a breath after each turn; say whether all were, as `goesOn()` may end it. A
 * turn may also end where one of them is a generator and yields.
 */
export async function inTurns(calls, goesOn) {
  let begun = performance.now();
  for (const _ of partsOf(calls)) {
    if (performance.now() - begun <= TURN_MS) continue;
    await breath();
    begun = performance.now();
    if (!goesOn()) return false;
  }
  return true;
}

function* partsOf(calls) {
  for (const call of calls) {
    const made = call();
    if (isInParts(made)) yield* made;
    yield;
  }
}

const isInParts = (made) => typeof made?.next === "function";

/** Do the parts of what a function returned, if it has any, at once. */
export function atOnce(made) {
  if (isInParts(made)) for (const _ of made);
}

/** Wait until nothing else is to be done. */
export const leisure = () =>
  new Promise((resolve) => (window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 500 }) : setTimeout(resolve, 50)));

/** Wait until what is drawn now is on the screen. */
export const painted = () =>
  new Promise((resolve) => {
    setTimeout(resolve, HIDDEN_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });

/** Wait until the whole file has been read. */
export const documentParsed = () =>
  document.readyState === "loading"
    ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }))
    : Promise.resolve();
