/** The histogram of time: bars stacked by type, with a brush. The slider and the lists do the same by keyboard. */

const MARGIN = { left: 34, right: 12, top: 8, bottom: 20 };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{words, colours: string[], onbrush: function({from, to}|null)}} how `colours` by group; the last is that of
 *     rows whose day is only coarsely known.
 */
export function makeHistogram(canvas, { words, colours, onbrush }) {
  let [sums, steps, window_, groups] = [null, null, null, 0];
  let drag = null;
  const shown = canvas.getContext("2d");
  const bars = document.createElement("canvas"); // painted when they change; the window is laid over a copy
  const context = bars.getContext("2d");

  const size = () => ({ width: canvas.clientWidth, height: canvas.clientHeight });
  const barWidth = () => (size().width - MARGIN.left - MARGIN.right) / Math.max(1, steps.count);
  const stepAt = (event) => {
    const x = event.clientX - canvas.getBoundingClientRect().left - MARGIN.left;
    return Math.max(0, Math.min(steps.count - 1, Math.floor(x / barWidth())));
  };

  function draw() {
    if (!sums || !canvas.clientWidth) return;
    const { width, height } = size();
    const density = window.devicePixelRatio || 1;
    canvas.width = bars.width = width * density;
    canvas.height = bars.height = height * density;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.font = "11px system-ui, sans-serif";
    const totals = Array.from({ length: steps.count }, (_, step) => stack(step).reduce((a, b) => a + b, 0));
    const top = niceTop(Math.max(1, ...totals));
    const ground = height - MARGIN.bottom;
    paintScale(width, ground, top);
    const bar = barWidth();
    for (let step = 0; step < steps.count; step++) paintBar(step, MARGIN.left + step * bar, bar, ground, top);
    paintYears(ground, bar);
    overlay();
  }

  /** Copy the bars and mark the window on them. */
  function overlay() {
    shown.setTransform(1, 0, 0, 1, 0, 0);
    shown.clearRect(0, 0, canvas.width, canvas.height);
    shown.drawImage(bars, 0, 0);
    const density = window.devicePixelRatio || 1;
    shown.setTransform(density, 0, 0, density, 0, 0);
    paintWindow(size().height - MARGIN.bottom, barWidth());
  }

  const stack = (step) => Array.from({ length: groups }, (_, group) => sums.of(group, { from: step, to: step }));

  function paintBar(step, x, bar, ground, top) {
    let y = ground;
    const gap = bar > 4 ? 1 : 0;
    stack(step).forEach((count, group) => {
      if (!count) return;
      const high = (count / top) * (ground - MARGIN.top);
      const [left, width] = [x + gap / 2, Math.max(1, bar - gap)];
      if (group === groups - 1) paintVague(left, y - high, width, high);
      else {
        context.fillStyle = colours[group];
        context.fillRect(left, y - high, width, high);
      }
      y -= high;
    });
  }

  function paintVague(x, y, width, height) {
    context.fillStyle = "#e3e7ea";
    context.fillRect(x, y, width, height);
    context.fillStyle = "#b3bcc4";
    for (let at = y; at < y + height; at += 3) context.fillRect(x, at, width, 1);
  }

  function paintScale(width, ground, top) {
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of [0, top / 2, top]) {
      if (!Number.isInteger(value)) continue;
      const y = ground - (value / top) * (ground - MARGIN.top);
      context.fillStyle = value ? "#e4e2dc" : "#8d8a83";
      context.fillRect(MARGIN.left, Math.round(y), width - MARGIN.left - MARGIN.right, 1);
      context.fillStyle = "#52606d";
      context.fillText(words.n(value), MARGIN.left - 6, y);
    }
  }

  function paintYears(ground, bar) {
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = "#52606d";
    let end = -Infinity;
    for (let step = 0; step < steps.count; step++) {
      const absolute = steps.start + step;
      const year = steps.unit === "year" ? absolute : absolute / 12;
      if (!Number.isInteger(year)) continue;
      const x = MARGIN.left + step * bar;
      if (x < end || x + 26 > size().width) continue;
      context.fillRect(Math.round(x), ground, 1, 4);
      context.fillText(String(year), x + 3, ground + 4);
      end = x + 44;
    }
  }

  function paintWindow(ground, bar) {
    if (!window_) return;
    const left = MARGIN.left + window_.from * bar;
    const right = MARGIN.left + (window_.to + 1) * bar;
    shown.fillStyle = "rgba(255,255,255,.66)";
    shown.fillRect(MARGIN.left, 0, left - MARGIN.left, ground);
    shown.fillRect(right, 0, size().width - MARGIN.right - right, ground);
    shown.strokeStyle = "#0b5563";
    shown.lineWidth = 1.5;
    shown.strokeRect(left, 1, Math.max(2, right - left), ground - 1);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!steps?.count) return;
    drag = stepAt(event);
    canvas.setPointerCapture(event.pointerId);
    onbrush({ from: drag, to: drag });
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag === null) return;
    const at = stepAt(event);
    onbrush({ from: Math.min(drag, at), to: Math.max(drag, at) });
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drag = null));
  canvas.addEventListener("dblclick", () => onbrush(null));
  new ResizeObserver(draw).observe(canvas);

  return {
    /** Show bars (`model.bars`) of some groups. */
    setBars(newSums, newSteps, newGroups) {
      [sums, steps, groups] = [newSums, newSteps, newGroups];
      draw();
    },
    setWindow(newWindow) {
      window_ = newWindow;
      if (sums && canvas.clientWidth) overlay();
    },
  };
}

/** The least round number (even, so that its half is whole) that holds a count. */
function niceTop(count) {
  if (count <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(count));
  return [1, 2, 4, 6, 8, 10].map((m) => m * power).find((top) => top >= count && top % 2 === 0) ?? count + (count % 2);
}
