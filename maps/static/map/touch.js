/** Fingers on the map: where the page scrolls, one finger scrolls it and two move the map; a hint says so. */

import { el } from "../page/dom.js";

const HINT_MS = 1600;
const DRAG_PX = 14; // less is a tap with an unsteady finger

/** Join fingers to the map. */
export function joinTouch({ map, words, listen, dispose }) {
  const host = map.getContainer();
  const hint = el("p", { class: "touch-hint", "aria-hidden": "true", hidden: true }, words.t("two_fingers"));
  host.append(hint);
  let from = null;
  let later = 0;

  /** Where the whole page is in view there is nothing to scroll, and one finger moves the map; not within another page. */
  function follow() {
    map.sharesFingers = window.parent !== window || document.documentElement.scrollHeight > window.innerHeight + 1;
    host.classList.toggle("shares-fingers", map.sharesFingers);
  }
  const observer = new ResizeObserver(follow);
  observer.observe(document.body);
  listen(window, "resize", follow);
  // Comes before what Leaflet hears of a finger.
  listen(host, "pointerdown", ({ pointerType }) => map.dragging[pointerType === "touch" && map.sharesFingers ? "disable" : "enable"](), {
    capture: true,
  });
  listen(host, "touchstart", ({ touches }) => {
    from = touches.length === 1 ? [touches[0].clientX, touches[0].clientY] : null;
    if (from) return;
    map.moved = true;
    hide();
  }, { passive: true });
  listen(host, "touchmove", ({ touches }) => {
    if (!from || !map.sharesFingers) return;
    const [x, y] = [Math.abs(touches[0].clientX - from[0]), Math.abs(touches[0].clientY - from[1])];
    if (Math.hypot(x, y) < DRAG_PX) return;
    from = null;
    if (x > y) show(); // up and down is how one scrolls
  }, { passive: true });

  function show() {
    hint.hidden = false;
    clearTimeout(later);
    later = setTimeout(hide, HINT_MS);
  }
  const hide = () => (hint.hidden = true);
  follow();
  dispose(() => {
    observer.disconnect();
    clearTimeout(later);
    hint.remove();
  });
}
