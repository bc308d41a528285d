/** The histogram of time: bars stacked by type with a brush, a case as a band above, and the window in words. */

import { makeBand } from "./bands.js";
import { barWords } from "./bar-tip.js";
import { makeBrush } from "./brush.js";
import { COARSE_PX, coarseKey, hasCoarse, paintCoarse } from "./coarse.js";
import { el, refill } from "../page/dom.js";
import { colourOf, SPARE_STYLE } from "../map/glyphs.js";
import { firstDay, lastDay, stepOf, windowOf } from "./time.js";
import { barUnit, makeAxis, stepWidth } from "./timeaxis.js";
import { freshCanvas, highestBar, PLOT, scaleMargin, scaleTicks } from "./timeplot.js";
import { paintBars, paintLabels, paintScale, paintStrip } from "./timeplot.js";
import { makeTimeNote } from "./timenote.js";
import { daysOfStep } from "./timewindow.js";
import { axisWords, windowWords } from "../words/timewords.js";

const RIGHT = 14; // pixels right of the axis
const FINE_PX = 2; // steps narrower than this are looked at through a part of the time
const WINDOW_CHANGE = ["end", "length", "mode", "step"];

/** Make the histogram. */
export function makeHistogram(root, ctx) {
  const { state, words, header, model } = ctx;
  if (!model.dated) return;
  const types = header.dictionaries.type;
  const look = {
    styles: types.map((code) => header.types[code] ?? SPARE_STYLE),
    order: groupOrder(types.length, model.arrays.type),
  };
  const said = el("p", { id: "window", class: "time-window" });
  const canvas = el("canvas", { id: "bars", class: "bars", role: "img", "aria-label": words.t("histogram") });
  const [over, stripBox, bandBox] = ["bars-brush", "strip-brush", "band-box"].map((name) => el("div", { class: name }));
  const tip = el("div", { class: "bars-tip", hidden: true, "aria-hidden": "true" });
  const frame = el("div", { class: "bars-frame" }, canvas, bandBox, stripBox, over, tip);
  const [title, key] = [el("p", { id: "axis-title", class: "axis-title" }), el("p", { class: "axis-key" })];
  refill(root, el("div", { class: "time-head" }, said, makeTimeNote(ctx)), el("div", { class: "time-axis" }, title, key), frame);
  over.id = "brush";

  let bars = new Map(); // by unit, until the filters change
  let wholeWidth = 0;
  let drawnSize = "";
  let [view, axis, strip, unit, stripUnit] = []; // what the plot and the strip above it show
  const barsOfUnit = (of) => bars.get(of) ?? bars.set(of, model.bars(of, shownOf(model, state.now))).get(of);
  const barOf = (of) => (day) => ({ from: firstDay(stepOf(day, of), of), to: lastDay(stepOf(day, of), of) });
  const band = makeBand(bandBox, ctx);
  const brush = makeBrush(over, ctx, {
    axis: () => axis,
    clicked: (day) => barOf(unit)(day),
    rest: () => see(),
    keys: true,
  });
  const coarse = makeBrush(stripBox, ctx, {
    axis: () => strip,
    clicked: movedTo,
    rest: () => see(),
    keys: false,
  });

  /** The days of the window moved to have a day in its middle. */
  function movedTo(day) {
    const steps = model.steps[state.now.step];
    const length = Math.min(steps.count, state.now.length);
    const from = stepOf(day, steps.unit) - steps.start - (length >> 1);
    const first = Math.max(0, Math.min(steps.count - length, from));
    return { from: daysOfStep(first, steps).from, to: daysOfStep(first + length - 1, steps).to };
  }

  /** All days, in whole bars. */
  function allDays(width) {
    const steps = model.steps[state.now.step];
    const days = { from: firstDay(steps.start, steps.unit), to: lastDay(steps.start + steps.count - 1, steps.unit) };
    const of = barUnit(steps.unit, width / (days.to - days.from + 1));
    return { from: barOf(of)(days.from).from, to: barOf(of)(days.to).to };
  }

  /** The days that the plot shows: all, or, where steps are too narrow to be seen, those about the window. */
  function viewOf(all) {
    const width = wholeWidth - 26 - RIGHT;
    const { step, mode } = state.now;
    const days = windowOf(state.now, model);
    const wide = stepWidth(step, width / (all.to - all.from + 1));
    if (!days || mode === "cumulative" || wide >= FINE_PX) return null;
    const span = Math.max(4 * (days.to - days.from + 1), (width / 4) * stepWidth(step, 1));
    if (span > 0.5 * (all.to - all.from)) return null;
    const fits = view && days.from >= view.from && days.to <= view.to;
    const ratio = view ? (view.to - view.from) / span : 0;
    if (fits && ratio > 0.5 && ratio < 2) return view;
    const room = span - (days.to - days.from);
    const share = view && ratio > 0.5 && ratio < 2 ? (days.to > view.to ? 0.1 : 0.9) : 0.5; // turned over like a page
    const from = Math.round(Math.max(all.from, Math.min(all.to - span, days.from - share * room)));
    return { from, to: Math.round(from + span) };
  }

  function draw() {
    const [width, height] = [frame.clientWidth, frame.clientHeight];
    if (!width) return;
    drawnSize = sizeOf(frame);
    const surface = freshCanvas(canvas, width, height);
    const all = allDays(width);
    wholeWidth = width;
    view = viewOf(all);
    const shown = view ?? all;
    unit = barUnit(state.now.step, (width - 40) / (shown.to - shown.from + 1));
    const [data, steps] = [barsOfUnit(unit), model.steps[unit]];
    const above = band.height();
    const from = above + (view ? PLOT.strip + PLOT.gap : 0);
    const below = hasCoarse(model, unit) ? COARSE_PX : 0;
    const ground = height - PLOT.labels - below;
    const isFigure = shownOf(model, state.now).measure !== "incidents";
    const high = ground - from - PLOT.gap - (isFigure ? PLOT.marks : 0);
    const scale = scaleTicks(highestBar(data, steps, makeAxis(shown, 0, width)), high);
    const left = scaleMargin(surface.context, words, scale.top);
    axis = makeAxis(shown, left, width - left - RIGHT);
    strip = makeAxis(all, left, width - left - RIGHT);
    stripUnit = barUnit(state.now.step, strip.scale);
    paintScale(surface, { axis, ...scale, high, ground, words });
    paintBars(surface, { bars: data, steps, axis, top: scale.top, high, ground, order: look.order, colours: look.styles.map(colourOf) });
    if (below) paintCoarse(surface, { model, bars: data, shown: state.now, steps, axis, ground, words });
    paintLabels(surface, { axis, ground: ground + below, words });
    band.paint(surface, axis);
    lay(over, from, ground - from, axis, width);
    lay(bandBox, 0, above, axis, width);
    lay(stripBox, above, PLOT.strip, strip, width);
    name(data, steps);
    stripBox.hidden = !view;
    if (view) {
      surface.context.translate(0, above);
      const whole = { bars: barsOfUnit(stripUnit), steps: model.steps[stripUnit], axis: strip, height: PLOT.strip };
      paintStrip(surface, whole);
    }
    show();
  }

  /** What the height of a bar is, and what the signs about the bars mean. */
  function name(data, steps) {
    title.textContent = axisWords(words, shownOf(model, state.now), unit);
    const isUnknown = Array.from({ length: steps.count }, (_, step) => data.unknown(step)).some(Boolean);
    const mark = isUnknown ? el("span", { class: "time-key-line" }, el("span", { class: "unknown-mark" }), words.t("bar_unknown")) : null;
    refill(key, mark, coarseKey(ctx, unit));
    canvas.setAttribute("aria-label", `${title.textContent}. ${words.t("histogram")}`);
  }

  function show() {
    brush.show();
    if (view) coarse.show();
    said.textContent = windowWords(ctx);
    said.dataset.step = state.now.step; // weeks need more room
  }

  /** Follow the window; what is shown of the time stands still as long as it is dragged. */
  function see() {
    if (!axis) return;
    if (brush.busy || coarse.busy) return show();
    const before = view;
    const next = viewOf(strip);
    if (next?.from === before?.from && next?.to === before?.to) show();
    else draw();
  }

  over.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || brush.busy) return hideTip();
    const x = event.clientX - frame.getBoundingClientRect().left;
    const days = barOf(unit)(axis.dayAt(x));
    refill(tip, barWords(ctx, days, { bars: barsOfUnit(unit), unit, order: look.order }));
    tip.hidden = false;
    const middle = axis.x((days.from + days.to + 1) / 2);
    tip.style.left = `${Math.max(0, Math.min(frame.clientWidth - tip.offsetWidth, middle - tip.offsetWidth / 2))}px`;
  });
  const hideTip = () => (tip.hidden = true);
  over.addEventListener("pointerleave", hideTip);
  over.addEventListener("pointerdown", hideTip);

  ctx.update(function* (changed) {
    const stale = barsChange(changed, state.now);
    if (stale) bars = new Map();
    if (stale && axis && !changed.has("step")) {
      barsOfUnit(unit);
      yield; // the sums are one part, the picture another
    }
    if (stale || ["step", "band", "theme"].some((name) => changed.has(name))) draw();
    else if (WINDOW_CHANGE.some((name) => changed.has(name))) see();
  });
  const observer = new ResizeObserver(() => drawnSize !== sizeOf(frame) && draw());
  observer.observe(frame);
  ctx.listen(matchMedia("print"), "change", draw); // paper has another width, and no time to observe it
  ctx.dispose(() => observer.disconnect());
  ctx.lay(draw);
}

const sizeOf = ({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`;

/** What the bars sum: the figure chosen, or incidents, as long as the columns of figures are still to come. */
const shownOf = ({ whole }, { measure, bound }) => ({ measure: whole ? measure : "incidents", bound });

/** Whether other rows, or another figure of theirs, are shown than before. */
function barsChange(changed, { filters, measure }) {
  const has = (name) => changed.has(name);
  if (["filters", "search", "minimum", "acts", "actsShown", "measure", "bound"].some(has)) return true;
  if (has("columns") && measure !== "incidents") return true;
  return has("set") && filters.region !== null;
}

/** Lay a box over a part of the axis; in shares of the width, so that it stays there on paper. */
function lay(box, top, height, { left, width }, whole) {
  Object.assign(box.style, {
    top: `${top}px`,
    height: `${height}px`,
    left: `${(left / whole) * 100}%`,
    width: `${(width / whole) * 100}%`,
  });
}

/** The groups of bars from below: the commonest type first, whatever is filtered. */
function groupOrder(count, numbers) {
  const counts = new Uint32Array(count);
  for (let row = 0; row < numbers.length; row++) counts[numbers[row]]++;
  return Array.from({ length: count }, (_, group) => group).sort((a, b) => counts[b] - counts[a]);
}
