/** The phases of a marked case: a row of bands below its ticks, pale where a day of its ends is not exactly known. */

import { el } from "../page/dom.js";
import { localText } from "../words/i18n.js";

/** The height of the row, in pixels. */
export const PHASES_PX = 18;

/** The width from which a phase has its name in it; below, it is in its tip and in the card. */
const NAMED_PX = 44;

/** A phase in words: its days as far as they are known, its title, phase and state. */
export function phaseWords(words, phase) {
  const [from, until] = [words.iso(phase.from_day), words.iso(phase.until_day)];
  const days = phase.until_day ? words.t("phase_days", { from, until }) : words.t("phase_open", { from });
  return [phaseName(words, phase), days].filter(Boolean).join(" · ");
}

/** What a phase is called. */
function phaseName(words, { title, phase, state }) {
  const labels = [phase && words.label("case_phases", phase), state && words.label("case_states", state)];
  return [localText(title, words.lang), ...labels].filter(Boolean).join(" · ");
}

/** Make the row of phases in a box that has the width of the axis. */
export function makePhases(host, words) {
  const list = el("ul", { class: "phases", "aria-label": words.t("phases"), hidden: true });
  host.append(list);
  let [phases, items] = [[], []];

  return {
    /** Show the phases of another case. */
    set(next) {
      phases = next;
      items = phases.map((phase) => {
        const text = phaseWords(words, phase);
        const name = el("span", { "aria-hidden": "true" }, phaseName(words, phase));
        return el("li", { class: "phase", title: text, "aria-label": text, "data-phase": phase.phase ?? "none" }, name);
      });
      list.replaceChildren(...items);
      list.hidden = !phases.length;
    },
    /** Lay the bands along an axis. */
    lay(axis) {
      const at = (day) => Math.max(0, Math.min(axis.width, axis.x(day) - axis.left));
      phases.forEach(({ from, until }, place) => {
        const [left, sure] = [at(from[0]), at(from[1])];
        // Without a recorded end only its beginning is sure: the band fades towards the end of what is seen.
        const [last, right] = until ? [at(until[0] + 1), at(until[1] + 1)] : [sure, axis.width];
        const width = Math.max(2, right - left);
        const share = (pixels) => `${Math.round((Math.max(0, Math.min(width, pixels)) / width) * 1000) / 10}%`;
        const style = items[place].style;
        style.left = `${(left / axis.width) * 100}%`;
        style.width = `${(width / axis.width) * 100}%`;
        style.setProperty("--sure-from", share(from[0] === from[1] ? 0 : Math.min(sure, right) - left));
        style.setProperty("--sure-until", share(until && until[0] === until[1] ? width : Math.max(last, Math.min(sure, right)) - left));
        items[place].classList.toggle("open", !until);
        items[place].classList.toggle("narrow", width < NAMED_PX);
        items[place].hidden = from[0] > axis.to || (until !== null && until[1] < axis.from);
      });
    },
  };
}
