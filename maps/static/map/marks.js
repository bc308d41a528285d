/** Marks: what is drawn at a place. Rows at one place, known equally well, share a mark, so many rows need few. */

import { cellMetres } from "./canvas.js";
import { DRAWN } from "../data/drawn.js";
import { added, ASIDE } from "../data/weights.js";

const made = new WeakMap();

/**
 * The marks of a payload, made once. Numbers below `places` are points, each at the place of its number; the others
 * are rings, of a radius in cells, and areas. `of` gives each row's mark: `count` where it cannot be drawn; `at` gives
 * each mark's place.
 * @returns {{of: Uint32Array, at: Uint32Array, places: number, count: number, wide: {mark, drawn, place, cells, shape}[]}}
 */
export function marksOf(arrays) {
  if (!made.has(arrays)) made.set(arrays, findMarks(arrays));
  return made.get(arrays);
}

function findMarks({ drawn, place, place_x: xs, place_y: ys, radius_m: radii, shape: shapes }) {
  const places = xs.length;
  const [of, wide, numbers, undrawn] = [new Uint32Array(drawn.length), [], new Map(), []];
  for (let row = 0; row < drawn.length; row++) {
    const kind = drawn[row];
    if (kind === DRAWN.point) {
      of[row] = place[row];
      continue;
    }
    if (kind === DRAWN.none) {
      undrawn.push(row);
      continue;
    }
    const isArea = kind === DRAWN.area;
    const key = isArea ? -shapes[row] : (place[row] * 4 + kind) * 16777216 + Math.min(16777215, Math.round(radii[row]));
    let mark = numbers.get(key);
    if (mark === undefined) {
      mark = places + wide.length;
      numbers.set(key, mark);
      const cells = isArea ? 0 : radii[row] / cellMetres(ys[place[row]]);
      wide.push({ mark, drawn: kind, place: place[row], cells, shape: isArea ? shapes[row] - 1 : null });
    }
    of[row] = mark;
  }
  const count = places + wide.length;
  for (const row of undrawn) of[row] = count;
  const at = Uint32Array.from({ length: count }, (_, mark) => (mark < places ? mark : wide[mark - places].place));
  return { of, at, places, count, wide };
}

/** How many of some rows each mark has, and the latest of them (rows are in order of time). */
export class Tally {
  constructor(arrays) {
    this.marks = marksOf(arrays);
    this.counts = new Uint32Array(this.marks.count + 1);
    this.last = new Uint32Array(this.marks.count + 1);
    this.weights = null; // by mark, where marks are sized by a figure
    this.open = null; // by mark, whether its sum has no upper end
    this.rows = null; // what it has counted
    this.weighed = null; // the weights it has added up of these
  }

  /** Count rows, and weigh them by the figure shown where there is one (weights.js). Rows that go on from the last do so here. */
  take(rows, measured = null) {
    const { counts, last } = this;
    const { of } = this.marks;
    const known = this.rows && goesOn(this.rows, rows) ? this.rows.length : 0;
    this.rows = rows;
    if (!known) counts.fill(0);
    for (let i = known; i < rows.length; i++) {
      const row = rows[i];
      const mark = of[row];
      counts[mark]++;
      last[mark] = row;
    }
    this.weights = this.open = null;
    if (measured) this.weigh(rows, measured, this.weighed === measured.weights ? known : 0);
    else this.weighed = null;
  }

  weigh(rows, { weights, open, moving }, known) {
    this.standing ??= new Weighed(this.counts.length);
    if (!known) this.standing.empty();
    const { standing } = this;
    this.weighed = weights;
    for (let i = known; i < rows.length; i++) {
      const row = rows[i];
      if (moving && moving[row] >= 0) standing.moving.push(row);
      else standing.add(this.marks.of[row], weights[row], open[row]);
    }
    const whole = standing.moving.length ? (this.whole ??= new Weighed(this.counts.length)) : standing;
    if (whole !== standing) {
      whole.copy(standing);
      for (const row of standing.moving) whole.add(this.marks.of[row], weights[row], open[row]);
    }
    this.weights = whole.weights;
    this.open = whole.open;
  }
}

/** What rows add up to by mark, and which of them weigh something else in each window: those of families. */
class Weighed {
  constructor(marks) {
    this.weights = new Float64Array(marks);
    this.open = new Uint8Array(marks);
    this.moving = [];
  }

  empty() {
    this.weights.fill(ASIDE);
    this.open.fill(0);
    this.moving = [];
  }

  copy({ weights, open }) {
    this.weights.set(weights);
    this.open.set(open);
  }

  add(mark, weight, isOpen) {
    this.weights[mark] = added(this.weights[mark], weight);
    if (weight > 0 && isOpen) this.open[mark] = 1;
  }
}

/** Whether rows are those of before, and some after them: of one buffer they are (model.js). */
const goesOn = (before, rows) => rows.buffer === before.buffer && rows.length >= before.length;

/** The tally of all rows that the filters let through, of whatever day; made once until filters or figure change. */
export function overallTally(model, measured) {
  const key = `marks ${measured?.measure} ${measured?.bound}`;
  if (!model.made.has(key)) {
    const rows = [];
    for (let row = 0; row < model.rows; row++) if (model.shown(row)) rows.push(row);
    const tally = new Tally(model.arrays);
    tally.take(rows, measured && { ...measured, weights: measured.overall });
    model.made.set(key, tally);
  }
  return model.made.get(key);
}

/** Where each place lies on a canvas, in pixels; found again when the view has changed. `fresh` says whether it was. */
export class Screen {
  constructor({ place_x: xs, place_y: ys }) {
    this.xs = xs;
    this.ys = ys;
    this.x = new Float32Array(xs.length);
    this.y = new Float32Array(xs.length);
  }

  /** Follow a view; say whether places have moved. */
  follow({ scale, left, top, width, height }) {
    const key = [scale, left, top, width, height].join();
    if (key === this.key) return false;
    this.key = key;
    const { xs, ys, x, y } = this;
    for (let place = 0; place < xs.length; place++) {
      x[place] = xs[place] * scale - left;
      y[place] = ys[place] * scale - top;
    }
    return true;
  }
}
