/** Turns: work that can wait lets the page draw and answer between its parts. */

const HIDDEN_MS = 300; // a page that is not shown makes no frames: so long is waited for one

/** Let the page draw and answer what is waiting. */
export const breath = () => new Promise((resolve) => setTimeout(resolve));

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
