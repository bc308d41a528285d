/** The controls of time: play, step, slider, length and kind of window. */

import { choice, el, refill } from "./dom.js";
import { firstDay, lastDay, stepOf, windowWords } from "./time.js";

const PLAY_MS = 24000; // how long a run through all steps takes, within the limits of one step
const STEP_MS = [90, 700];

/** The window that a state shows: {from, to} in steps, or null for the whole time. */
export function windowOf(state) {
  if (state.end === null) return null;
  if (state.mode === "cumulative") return { from: 0, to: state.end };
  return { from: Math.max(0, state.end - state.length + 1), to: state.end };
}

/** A window taken over to steps of another unit. */
function carried(state, model, unit) {
  const shown = windowOf(state);
  if (!shown) return { step: unit, end: null, length: 1 };
  const [old, next] = [model.steps[state.step], model.steps[unit]];
  const from = stepOf(firstDay(old.start + shown.from, old.unit), unit) - next.start;
  const to = stepOf(lastDay(old.start + shown.to, old.unit), unit) - next.start;
  return { step: unit, end: Math.min(next.count - 1, to), length: state.mode === "cumulative" ? 1 : to - from + 1 };
}

/** Build the controls in an element and keep them true to the state. */
export function makeTimebar(root, { state, model, words }) {
  const { t } = words;
  let timer = null;
  const steps = () => model.steps[state.now.step];
  const button = (id, key, sign, onclick) =>
    el("button", { type: "button", id, class: "icon", "aria-label": t(key), title: t(key), onclick }, sign);
  const play = button("play", "play", "▶", () => (timer ? stop() : start()));
  const slider = el("input", {
    type: "range",
    id: "when",
    min: 0,
    step: 1,
    "aria-label": t("slider_label"),
    oninput: () => {
      const end = Number(slider.value); // read before stopping, which puts the slider back to the state
      stop();
      state.set({ end });
    },
  });
  const shown = el("output", { id: "window", for: "when" });
  const all = el(
    "button",
    {
      type: "button",
      id: "all-time",
      onclick: () => {
        stop();
        state.set({ end: null });
      },
    },
    t("all_time"),
  );
  const length = choice("length", t("length"), [], "", (value) => {
    stop();
    state.set({ length: Number(value), end: state.now.end ?? steps().count - 1 });
  });
  const unit = choice(
    "step",
    t("step"),
    [
      ["month", t("month")],
      ["year", t("year")],
    ],
    state.now.step,
    (value) => {
      stop();
      state.set(carried(state.now, model, value));
    },
  );
  const mode = choice(
    "mode",
    t("mode"),
    [
      ["window", t("mode_window")],
      ["cumulative", t("mode_cumulative")],
    ],
    state.now.mode,
    (value) => state.set({ mode: value, end: state.now.end ?? (value === "cumulative" ? steps().count - 1 : null) }),
  );
  refill(
    root,
    el(
      "div",
      { class: "time-run" },
      button("back", "step_back", "‹", () => move(-1)),
      play,
      button("forward", "step_forward", "›", () => move(1)),
      slider,
      shown,
    ),
    el("div", { class: "time-how" }, all, unit, mode, length),
  );

  function move(by) {
    stop();
    const { end } = state.now;
    const last = steps().count - 1;
    state.set({ end: end === null ? (by > 0 ? 0 : last) : Math.max(0, Math.min(last, end + by)) });
  }
  function start() {
    const last = steps().count - 1;
    if (last < 1) return;
    if (state.now.end === null || state.now.end >= last) state.set({ end: 0 });
    const pause = Math.max(STEP_MS[0], Math.min(STEP_MS[1], PLAY_MS / last));
    timer = setInterval(() => {
      if (state.now.end === null || state.now.end >= steps().count - 1) stop();
      else state.set({ end: state.now.end + 1 });
    }, pause);
    show();
  }
  function stop() {
    clearInterval(timer);
    timer = null;
    show();
  }
  function show() {
    const { now } = state;
    const span = windowOf(now);
    const text = windowWords(words, steps(), span, now.mode === "cumulative");
    const playing = timer !== null;
    document.getElementById("totals").setAttribute("aria-live", playing ? "off" : "polite"); // a run would never stop talking
    play.textContent = playing ? "❚❚" : "▶";
    play.setAttribute("aria-label", t(playing ? "pause" : "play"));
    play.title = t(playing ? "pause" : "play");
    slider.max = Math.max(0, steps().count - 1);
    slider.value = now.end ?? slider.max;
    slider.setAttribute("aria-valuetext", text);
    shown.textContent = text;
    all.setAttribute("aria-pressed", String(now.end === null));
    unit.querySelector("select").value = now.step;
    mode.querySelector("select").value = now.mode;
    showLengths(span);
  }
  function showLengths(span) {
    const select = length.querySelector("select");
    const { now } = state;
    const usual = now.step === "month" ? [1, 3, 6, 12, 24, 60] : [1, 2, 5, 10];
    const lengths = [...new Set([...usual, now.length])].sort((a, b) => a - b);
    const key = lengths.join();
    if (select.dataset.key !== `${key} ${now.step}`) {
      select.dataset.key = `${key} ${now.step}`;
      refill(
        select,
        lengths.map((n) => el("option", { value: n }, t(`n_${now.step}s`, { n }))),
      );
    }
    select.value = now.length;
    select.disabled = now.mode === "cumulative";
    root.classList.toggle("whole", !span);
  }
  state.on((_, changed) => {
    if (["end", "length", "step", "mode"].some((name) => changed.has(name))) show();
  });
  show();
}
