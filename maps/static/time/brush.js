/** The brush: a window of time made, moved and resized over bars, by mouse, finger and keyboard. */

import { el } from "../page/dom.js";
import { stepOf } from "./time.js";
import { spanWords } from "../words/timewords.js";
import { brushed, daysOfStep, WHOLE } from "./timewindow.js";

const CLICK_PX = 4; // less is a click with an unsteady hand
const GRIP = 24; // the width of an edge that can be taken hold of

/**
 * Make a brush over a box.
 * @param {HTMLElement} host Positioned; the brush fills it. Its width is that of the axis.
 * @param {{axis: function(): Object, clicked: function(number): {from, to}, rest: function(): void, keys: boolean}} how
 *     `clicked` gives the days that a click on a day asks for; `rest` is
 *     called when a drag is over; `keys` makes edges for the keyboard.
 */
export function makeBrush(host, ctx, { axis, clicked, rest, keys }) {
  const { state, words, model } = ctx;
  const piece = (name, extra = {}, ...inner) =>
    el("div", { class: `brush-${name}`, "data-part": name, ...extra }, ...inner);
  const edge = (name) =>
    piece(
      name,
      keys
        ? {
            role: "slider",
            tabindex: 0,
            "aria-label": words.t(`window_${name}`),
            onkeydown: (event) => key(event, name),
          }
        : {},
      el("span", { class: "grip" }),
    );
  const [before, after, box, start, end] = [piece("before"), piece("after"), piece("box"), edge("start"), edge("end")];
  host.append(before, after, box, start, end);
  host.classList.add("brush");
  let drag = null;

  const steps = () => model.steps[state.now.step];
  const whole = () => ({ from: 0, to: steps().count - 1 });
  /** The window in steps, the whole where there is none. */
  const shown = () => {
    const { end: to, length, mode } = state.now;
    if (to === null) return whole();
    return { from: mode === "cumulative" ? 0 : Math.max(0, to - length + 1), to };
  };
  const stepAtDay = (day) => Math.max(0, Math.min(steps().count - 1, stepOf(day, steps().unit) - steps().start));
  const stepAt = (x) => stepAtDay(axis().dayAt(x + axis().left));
  const set = (from, to) => state.set(brushed(Math.min(from, to), Math.max(from, to)));

  host.addEventListener("pointerdown", (event) => {
    if (event.button || !steps().count) return;
    const x = event.clientX - host.getBoundingClientRect().left;
    const { from, to } = shown();
    const part = event.target.closest("[data-part]")?.dataset.part;
    const loose = state.now.end === null || state.now.mode === "cumulative"; // there is no window that could be moved
    const kind = part === "box" && loose ? null : part;
    drag = { kind, x, from, to, at: stepAt(x), moved: false, was: { ...state.now } };
    host.setPointerCapture(event.pointerId);
  });
  host.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const x = event.clientX - host.getBoundingClientRect().left;
    if (!drag.moved && Math.abs(x - drag.x) < CLICK_PX) return;
    drag.moved = true;
    follow(stepAt(x));
  });
  function follow(at) {
    const { kind, from, to } = drag;
    if (kind === "start") set(Math.min(at, to), to);
    else if (kind === "end") set(from, Math.max(at, from));
    else if (kind === "box") {
      const by = Math.max(-from, Math.min(steps().count - 1 - to, at - drag.at));
      set(from + by, to + by);
    } else set(drag.at, at);
  }
  host.addEventListener("pointerup", () => {
    if (drag && !drag.moved && !["start", "end"].includes(drag.kind)) {
      const days = clicked(axis().dayAt(drag.x + axis().left));
      set(stepAtDay(days.from), stepAtDay(days.to));
    }
    finish();
  });
  host.addEventListener("pointercancel", () => giveUp()); // a finger that scrolls the page
  host.addEventListener("dblclick", () => state.set(WHOLE));
  const escape = (event) => {
    if (event.key !== "Escape" || !drag) return;
    event.stopPropagation();
    giveUp();
  };
  ctx.listen(document, "keydown", escape, { capture: true });
  function giveUp() {
    if (drag?.moved) state.set({ end: drag.was.end, length: drag.was.length, mode: drag.was.mode });
    finish();
  }
  function finish() {
    drag = null;
    rest();
  }

  function key(event, name) {
    const { from, to } = shown();
    const at = name === "start" ? from : to;
    const last = steps().count - 1;
    const next = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 10,
      PageUp: at + 10,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "Escape") state.set(WHOLE);
    else if (next === undefined || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    else if (name === "start") set(Math.max(0, Math.min(next, to)), to);
    else set(from, Math.min(last, Math.max(next, from)));
    event.preventDefault();
    event.stopPropagation();
  }

  function tell(element, step, [least, most]) {
    const days = daysOfStep(step, steps());
    element.setAttribute("aria-valuemin", least);
    element.setAttribute("aria-valuemax", most);
    element.setAttribute("aria-valuenow", step);
    element.setAttribute("aria-valuetext", spanWords(words, steps().unit, days.from, days.to));
  }

  return {
    get busy() {
      return drag !== null;
    },
    /** Lay the brush over the window shown. */
    show() {
      if (!steps().count) return;
      const { from, to } = shown();
      const { width, left, x } = axis();
      const clip = (day) => Math.max(0, Math.min(width, x(day) - left));
      const [a, b] = [clip(daysOfStep(from, steps()).from), clip(daysOfStep(to, steps()).to + 1)];
      const share = (pixels) => `${(pixels / width) * 100}%`; // of the width, so that paper may have another
      const inside = Math.min(GRIP / 2, (b - a) / 3);
      before.style.width = share(a);
      after.style.left = share(b);
      box.style.left = share(a);
      box.style.width = share(b - a);
      start.style.left = `calc(${share(a)} - ${GRIP - inside}px)`;
      end.style.left = `calc(${share(b)} - ${inside}px)`;
      start.style.setProperty("--inside", `${inside}px`);
      end.style.setProperty("--inside", `${inside}px`);
      host.classList.toggle("whole", state.now.end === null);
      if (!keys) return;
      tell(start, from, [0, to]);
      tell(end, to, [from, steps().count - 1]);
    },
  };
}
