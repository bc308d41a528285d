/** The controls of time: play, pace, slider, whole time, step, kind and length of the window. */

import { choice, el, refill } from "../page/dom.js";
import { UNITS } from "./time.js";
import { carried, firstEnd, LENGTHS, lengthened, moved, placed, resized, WHOLE } from "./timewindow.js";
import { windowWords } from "../words/timewords.js";
import { listenKeys } from "./timekeys.js";

const RUN_MS = 24000; // how long a run through all steps takes at usual speed, within the limits of one step
const STEP_MS = [80, 700];
const SPEEDS = [0.5, 1, 2, 4];

/** Make the controls. */
export function makeTimebar(root, ctx) {
  const { state, model, words } = ctx;
  if (!model.dated) return;
  const { t } = words;
  const steps = () => model.steps[state.now.step];
  const player = makePlayer(ctx, steps, show);
  const button = (id, key, onclick) =>
    el("button", { type: "button", id, class: `time-key time-${id}`, "aria-label": t(key), title: t(key), onclick });
  const go = (patch) => {
    player.stop();
    state.set(patch);
  };
  const move = (by) => go(moved(state.now, steps(), by));
  const play = button("play", "play", () => player.toggle());
  const [back, forward] = [button("back", "step_back", () => move(-1)), button("forward", "step_forward", () => move(1))];
  const slider = el("input", {
    type: "range",
    id: "when",
    step: 1,
    "aria-label": t("slider_label"),
    oninput: () => go({ end: Number(slider.value) }),
    onkeydown: (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (state.now.end !== null || !by || event.shiftKey) return; // the slider stands at its end, but shows the whole
      event.preventDefault();
      move(by);
    },
  });
  const whole = el("button", { type: "button", id: "all-time", onclick: () => go(WHOLE) }, t("all_time"));
  const select = (id, options, onchange) => {
    const label = choice(id, t(id), options, null, onchange);
    label.title = t(id); // the name itself is hidden where room is short
    return label;
  };
  const units = UNITS.map((each) => [each, t(`by_${each}`)]);
  const unit = select("step", units, (value) => go(carried(state.now, model, value)));
  const modes = ["window", "cumulative"].map((each) => [each, t(`mode_${each}`)]);
  const mode = select("mode", modes, (value) => {
    const now = { ...state.now, mode: value };
    go({ mode: value, ...placed(now, steps(), now.end ?? steps().count - 1) });
  });
  const length = select("length", [], (value) => go(lengthened(state.now, steps(), Number(value))));
  const speeds = SPEEDS.map((each) => [each, `${words.n(each)}×`]);
  const speed = select("speed", speeds, (value) => state.set({ speed: Number(value) }));
  refill(
    root,
    el(
      "div",
      { class: "time-run" },
      back,
      play,
      forward,
      speed,
      slider,
    ),
    el("div", { class: "time-how" }, whole, unit, mode, length),
  );
  listenKeys(ctx, {
    move,
    resize: (by) => go(resized(state.now, steps(), by)),
    ends: (last) => go(placed(state.now, steps(), last ? steps().count : 0)),
    play: () => player.toggle(),
  });

  function show() {
    const { now } = state;
    const name = t(player.playing ? "pause" : "play");
    play.classList.toggle("playing", player.playing);
    play.setAttribute("aria-label", name);
    play.title = name;
    play.disabled = steps().count - 1 <= firstEnd(now, steps());
    disable(back, now.end !== null && now.end <= firstEnd(now, steps()));
    disable(forward, now.end !== null && now.end >= steps().count - 1);
    document.getElementById("totals")?.setAttribute("aria-live", player.playing ? "off" : "polite"); // no endless talk
    slider.min = firstEnd(now, steps());
    slider.max = Math.max(0, steps().count - 1);
    slider.value = now.end ?? slider.max;
    slider.setAttribute("aria-valuetext", windowWords(ctx));
    whole.setAttribute("aria-pressed", String(now.end === null));
    unit.querySelector("select").value = now.step;
    mode.querySelector("select").value = now.mode;
    speed.querySelector("select").value = now.speed;
    showLengths(length.querySelector("select"), now);
  }
  /** Disable a button that leads nowhere; the focus goes to the slider, so that keys still move the time. */
  function disable(key, isOff) {
    if (isOff && document.activeElement === key) slider.focus();
    key.disabled = isOff;
  }
  function showLengths(box, { step, length: chosen, mode: kind }) {
    const lengths = [...new Set([...LENGTHS[step], chosen])].filter((n) => n <= steps().count || n === chosen);
    const key = `${lengths.sort((a, b) => a - b)} ${step}`;
    if (box.dataset.key !== key) {
      box.dataset.key = key;
      refill(
        box,
        lengths.map((n) => el("option", { value: n }, t(`n_${step}s`, { n }))),
      );
    }
    box.value = chosen;
    box.disabled = kind === "cumulative";
  }
  ctx.update((changed) => {
    if (!["end", "length", "step", "mode", "speed"].some((name) => changed.has(name))) return;
    player.follow();
    show();
  });
  show();
}

/** Plays the window through the time, one step after the other; stops at the end, or when somebody else moves it. */
function makePlayer(ctx, steps, show) {
  const { state } = ctx;
  let timer = null;
  let expected = null;
  const last = () => steps().count - 1;
  const what = ({ end, length, mode, step }) => [end, length, mode, step].join();
  const go = (patch) => {
    expected = what({ ...state.now, ...patch });
    state.set(patch);
  };
  const pace = () => {
    const run = RUN_MS / Math.max(1, last() - firstEnd(state.now, steps()));
    return Math.max(STEP_MS[0], Math.min(STEP_MS[1], run)) / state.now.speed;
  };
  const next = () => {
    timer = setTimeout(() => {
      go({ end: state.now.end + 1 });
      if (state.now.end < last()) next();
      else player.stop();
    }, pace());
  };
  const player = {
    get playing() {
      return timer !== null;
    },
    toggle() {
      if (player.playing) player.stop();
      else player.start();
    },
    start() {
      const first = firstEnd(state.now, steps());
      if (last() <= first) return;
      go(state.now.end === null || state.now.end >= last() ? { end: first } : {});
      next();
      show();
    },
    stop() {
      clearTimeout(timer);
      timer = null;
      show();
    },
    /** Stop where the window is not where this player has put it. */
    follow() {
      if (player.playing && what(state.now) !== expected) player.stop();
    },
  };
  ctx.dispose(() => clearTimeout(timer));
  return player;
}
