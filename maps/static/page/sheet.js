/** On a narrow screen lists and cards are a sheet at the bottom: low (tabs alone), half of the screen, or all of it. */

import { el } from "./dom.js";

const STATES = ["low", "half", "full"];
const CLICK_PX = 6; // less is a tap with an unsteady finger

/** Make the sheet of the side panel. What opens a detail raises it; nothing is caught in it. */
export function makeBottomSheet(side, ctx) {
  const { state, words } = ctx;
  const { t } = words;
  const handle = el("button", { type: "button", id: "sheet-handle", class: "sheet-handle", "aria-controls": "panel-body", onclick, onkeydown });
  side.prepend(handle);
  let drag = null;
  let isDragged = false; // a click follows that is none

  const now = () => side.dataset.sheet;
  function raise(to) {
    side.dataset.sheet = to;
    handle.setAttribute("aria-expanded", String(to !== "low"));
    const name = t(`sheet_${to}`);
    handle.setAttribute("aria-label", name);
    handle.title = name;
  }
  const by = (steps) => raise(STATES[Math.max(0, Math.min(2, STATES.indexOf(now()) + steps))]);
  function onclick() {
    if (isDragged) isDragged = false;
    else raise(STATES[(STATES.indexOf(now()) + 1) % 3]);
  }
  function onkeydown(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    isDragged = false;
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    by(steps);
  }

  handle.addEventListener("pointerdown", (event) => {
    isDragged = false;
    drag = { y: event.clientY, height: side.offsetHeight };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", ({ clientY }) => {
    if (!drag || (!isDragged && Math.abs(clientY - drag.y) < CLICK_PX)) return;
    isDragged = true;
    side.style.transition = "none"; // it is under the finger
    side.style.height = `${Math.max(60, Math.min(window.innerHeight - 40, drag.height + drag.y - clientY))}px`;
  });
  const end = () => {
    if (drag && isDragged) {
      const share = parseFloat(side.style.height) / window.innerHeight;
      raise(share < 0.3 ? "low" : share < 0.72 ? "half" : "full");
    }
    drag = null;
    side.style.height = side.style.transition = "";
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);

  const lift = () => now() === "low" && raise("half");
  ctx.listen(side, "click", ({ target }) => target.closest?.(".tabs") && lift());
  ctx.listen(side, "focusin", ({ target }) => target !== handle && !target.closest(".tabs") && lift());
  ctx.listen(side, "keydown", (event) => {
    if (event.key !== "Escape" || state.now.view.kind !== "list" || now() === "low") return;
    if (event.target.closest("input, select") || getComputedStyle(handle).display === "none") return;
    event.stopPropagation();
    raise("low");
    handle.focus();
  });
  const follow = () => (side.dataset.shows = state.now.view.kind); // a detail has the room of search and remarks
  ctx.update((changed) => {
    if (!changed.has("view")) return;
    follow();
    if (state.now.view.kind === "list") return;
    lift();
    bringMapUp(side);
  });
  follow();
  raise(now() ?? (state.now.view.kind === "list" ? "low" : "half"));
  ctx.dispose(() => handle.remove());
}

/** Scroll so that the sheet, half open, leaves the map to be seen. */
function bringMapUp(side) {
  if (side.dataset.sheet !== "half" || getComputedStyle(side).position !== "fixed") return;
  const map = document.getElementById("frame");
  const { top, bottom } = map.firstElementChild.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight / 2) map.scrollIntoView({ block: "start" });
}
