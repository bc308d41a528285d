/** The controls of time: incident by incident, step by step, play, slider, whole time, step, length, and options. */

import { bandChoice } from "./bands.js";
import { choice, el, refill } from "../page/dom.js";
import { makePlayer, SPEEDS } from "./player.js";
import { stepped, toIncident } from "./occupied.js";
import { carried, firstEnd, LENGTHS, lengthened, placed, resized, WHOLE } from "./timewindow.js";
import { windowWords } from "../words/timewords.js";
import { listenKeys } from "./timekeys.js";

/** Make the controls. */
export function makeTimebar(root, ctx) {
  const { state, model, words } = ctx;
  if (!model.dated) return;
  const { t } = words;
  const steps = () => model.steps[state.now.step];
  const skip = (n, end) => (ctx.skipped = { n, end }); // said as long as the window is where that led (timenote.js)
  const player = makePlayer(ctx, { onskip: skip, show: (end) => showPlay(end) });
  const button = (id, key, onclick) =>
    el("button", { type: "button", id, class: `time-key time-${id}`, "aria-label": t(key), title: t(key), onclick });
  const go = (patch) => {
    player.stop();
    if (patch) state.set(patch);
  };
  const move = (by) => {
    const found = stepped(state.now, model, by);
    if (found) skip(found.skipped, found.end);
    go(found && { end: found.end });
  };
  const meet = (by) => go(toIncident(state.now, model, by));
  const play = button("play", "play", () => player.toggle());
  const [back, forward] = [button("back", "step_back", () => move(-1)), button("forward", "step_forward", () => move(1))];
  const [earlier, later] = [button("earlier", "incident_earlier", () => meet(-1)), button("later", "incident_later", () => meet(1))];
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
  const units = model.units.map((each) => [each, t(`by_${each}`)]);
  const unit = select("step", units, (value) => go(carried(state.now, model, value)));
  const length = select("length", [], (value) => go(lengthened(state.now, steps(), Number(value))));
  const modes = ["window", "cumulative"].map((each) => [each, t(`mode_${each}`)]);
  const mode = select("mode", modes, (value) => {
    const now = { ...state.now, mode: value };
    go({ mode: value, ...placed(now, steps(), now.end ?? steps().count - 1) });
  });
  const speeds = SPEEDS.map((each) => [each, `${words.n(each)}×`]);
  const speed = select("speed", speeds, (value) => state.set({ speed: Number(value) }));
  const skipping = el("input", { type: "checkbox", id: "skip-empty", onchange: () => go({ skip: skipping.checked }) });
  const options = makeOptions(ctx, [
    speed,
    mode,
    el("label", { class: "toggle", for: "skip-empty" }, skipping, t("skip_empty")),
    bandChoice(ctx),
  ]);
  const said = el("p", { class: "unseen", id: "time-said", role: "status" });
  refill(
    root,
    el("div", { class: "time-run" }, el("div", { class: "time-keys" }, earlier, back, play, forward, later), slider),
    el("div", { class: "time-how" }, whole, unit, length, options),
    said,
  );
  listenKeys(ctx, {
    move,
    meet,
    resize: (by) => go(resized(state.now, steps(), by)),
    ends: (last) => go(placed(state.now, steps(), last ? steps().count : 0)),
    play: () => player.toggle(),
  });

  function showPlay(isOver) {
    const name = t(player.playing ? "pause" : "play");
    if (play.title !== name) {
      play.classList.toggle("playing", player.playing);
      play.setAttribute("aria-label", name);
      play.title = name;
    }
    play.setAttribute("aria-disabled", String(!player.possible));
    if (isOver) requestAnimationFrame(() => !player.playing && announce()); // once the last window is drawn
  }
  function show() {
    const { now } = state;
    showPlay();
    disable(back, "step_back", !stepped(now, model, -1));
    disable(forward, "step_forward", !stepped(now, model, 1));
    disable(earlier, "incident_earlier", !toIncident(now, model, -1));
    disable(later, "incident_later", !toIncident(now, model, 1));
    slider.min = firstEnd(now, steps());
    slider.max = Math.max(0, steps().count - 1);
    slider.value = now.end ?? slider.max;
    slider.setAttribute("aria-valuetext", windowWords(ctx));
    whole.setAttribute("aria-pressed", String(now.end === null));
    unit.querySelector("select").value = now.step;
    mode.querySelector("select").value = now.mode;
    speed.querySelector("select").value = now.speed;
    skipping.checked = now.skip;
    showLengths(length.querySelector("select"), now);
  }
  /** Say of a button that leads nowhere that it does; it keeps the focus, so that a reader is not sent elsewhere. */
  function disable(key, name, isOff) {
    const label = t(isOff ? `${name}_none` : name);
    if (key.getAttribute("aria-disabled") === String(isOff)) return; // nothing new at this window
    key.setAttribute("aria-disabled", String(isOff));
    key.setAttribute("aria-label", label);
    key.title = label;
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
  /** Read out what is shown, once it rests: each window of a run, or of a drag, would be endless talk. */
  function announce() {
    if (drawn !== state.now) return; // it goes on
    const parts = ["window", "totals", "time-note"].map((id) => document.getElementById(id)?.textContent.trim());
    const text = parts.filter(Boolean).join(". ");
    if (said.textContent !== text) said.textContent = text;
  }
  document.getElementById("totals")?.setAttribute("aria-live", "off"); // read out from here
  let drawn = state.now;
  ctx.update((changed) => {
    drawn = state.now;
    if (!HEARD.some((name) => changed.has(name))) return;
    player.follow();
    show();
  });
  ctx.settle((changed) => changed.size && !player.playing && announce());
  show();
}

const HEARD = ["end", "length", "step", "mode", "speed", "skip", "filters", "search", "minimum", "acts", "actsShown", "set", "texts"];

/** What is chosen less often, behind a button: a list that closes when the reader goes on elsewhere. */
function makeOptions(ctx, choices) {
  const title = ctx.words.t("time_options");
  const summary = el("summary", { id: "time-options", title }, el("span", {}, title));
  const box = el("details", { class: "time-options" }, summary, el("div", { class: "time-list" }, choices));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    summary.focus();
  });
  ctx.listen(document, "pointerdown", (event) => {
    if (!box.contains(event.target)) box.open = false;
  });
  return box;
}
