/** The small label at the pointer, or at a region that has the focus. */

import { el } from "./dom.js";

/** @param {HTMLElement} host The map's element. */
export function makeTip(host) {
  const box = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  host.append(box);
  return {
    overRegion: false,
    taken: false,
    /** Show a text at an event's pointer, or else at a point of the map. */
    show(text, event, point) {
      const frame = host.getBoundingClientRect();
      const [x, y] = event ? [event.clientX - frame.left, event.clientY - frame.top] : [point.x, point.y];
      box.textContent = text;
      box.hidden = false;
      const left = Math.max(4, Math.min(x + 14, frame.width - box.offsetWidth - 4));
      const top = y + 16 + box.offsetHeight > frame.height ? y - 12 - box.offsetHeight : y + 16;
      box.style.transform = `translate(${left}px, ${Math.max(4, top)}px)`;
    },
    hide() {
      box.hidden = true;
    },
  };
}
