/** The small label at the pointer, at a region that has the focus, or where the keyboard's walk has come to. */

import { el, refill } from "./dom.js";

/** @param {HTMLElement} host The map's element. */
export function makeTip(host) {
  const box = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const voice = el("div", { class: "unseen", role: "status" }); // hears what the eye sees
  host.append(box, voice);
  return {
    overRegion: false,
    taken: false,
    /** Show a text at an event's pointer, or else at a point of the map; `keys` is a smaller line below it. */
    show(text, event, point, keys) {
      const frame = host.getBoundingClientRect();
      const [x, y] = event ? [event.clientX - frame.left, event.clientY - frame.top] : [point.x, point.y];
      refill(box, text, keys ? el("span", { class: "tip-keys" }, keys) : null);
      box.hidden = false;
      const left = Math.max(4, Math.min(x + 14, frame.width - box.offsetWidth - 4));
      const top = y + 16 + box.offsetHeight > frame.height ? y - 12 - box.offsetHeight : y + 16;
      box.style.transform = `translate(${left}px, ${Math.max(4, top)}px)`;
    },
    /** Say a text to those who hear the page. */
    say(text) {
      voice.textContent = text;
    },
    hide() {
      box.hidden = true;
    },
    remove() {
      box.remove();
      voice.remove();
    },
  };
}
