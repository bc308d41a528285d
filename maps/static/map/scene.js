/** What points show in a view: the marks in it, how large each is, and where its sign lies. */

import { roomOf, sizeOf } from "../data/weights.js";
import { Screen, Tally } from "./marks.js";
import { spread } from "./spreading.js";

/** Up to so many marks in view, signs are moved apart and each is painted at its exact size. */
export const FEW = 400;
/** Half the height of signs that are all equal. */
export const EQUAL = 5.5;
const SEEN = 1 / 1.3; // of a canvas, which is a little larger than the map's frame

/** The marks of some rows in a view; composed again only where rows, figure or view differ. */
export class Scene {
  constructor(arrays) {
    this.tally = new Tally(arrays);
    this.screen = new Screen(arrays);
    this.inView = new Uint32Array(0);
    this.buffer = new Uint32Array(this.tally.marks.count);
    this.shifts = new Map();
    this.spreadOf = null; // what the shifts were found for
    this.version = 0; // counts up when it is composed again
  }

  /**
   * Compose the scene of a view. `overall` makes the tally of all days, by which signs are moved apart, so that they
   * keep their places while time moves; it is asked for only where signs are few.
   */
  compose({ rows, measured, overall }, view) {
    const hasMoved = this.screen.follow(view);
    if (!hasMoved && rows === this.rows && measured === this.measured) return this;
    Object.assign(this, { rows, measured, version: this.version + 1 });
    this.room = roomOf(view.width * SEEN, view.height * SEEN);
    this.tally.take(rows, measured);
    this.inView = this.marksIn(view, this.tally);
    this.isFew = this.inView.length <= FEW;
    this.spread(view, overall, hasMoved);
    return this;
  }

  marksIn({ width, height }, { counts, marks: { at, count } }) {
    const { buffer } = this;
    const { x, y } = this.screen;
    let found = 0;
    for (let mark = 0; mark < count; mark++) {
      if (!counts[mark]) continue;
      const left = x[at[mark]];
      const top = y[at[mark]];
      if (left >= 0 && top >= 0 && left <= width && top <= height) buffer[found++] = mark;
    }
    return buffer.slice(0, found);
  }

  spread(view, overall, hasMoved) {
    const all = this.isFew && overall ? overall() : null;
    let [tally, marks] = [this.tally, this.isFew ? this.inView : []];
    if (all) {
      if (!hasMoved && this.spreadOf === all) return; // nothing has come or gone but by time
      const ofAll = this.marksIn(view, all);
      if (ofAll.length <= FEW) [tally, marks] = [all, ofAll];
    }
    this.spreadOf = tally === all ? all : null;
    const { at } = tally.marks;
    const { x, y } = this.screen;
    this.shifts = spread(Array.from(marks, (mark) => ({ mark, x: x[at[mark]], y: y[at[mark]], size: this.sizeIn(tally, mark) })));
  }

  sizeIn({ weights }, mark) {
    return weights ? sizeOf(weights[mark], this.measured.most, this.room) : EQUAL;
  }

  /** Half the height of a mark's sign. */
  sizeOf(mark) {
    return this.sizeIn(this.tally, mark);
  }

  /** The true place of a mark on the canvas. */
  placeOf(mark) {
    const place = this.tally.marks.at[mark];
    return [this.screen.x[place], this.screen.y[place]];
  }

  /** Where a mark's sign lies: at its place, or moved from it. */
  signAt(mark) {
    const [x, y] = this.placeOf(mark);
    const [dx, dy] = this.shifts.get(mark) ?? [0, 0];
    return [x + dx, y + dy];
  }

  /** The marks in view, the large first, so that they lie under the small; of one size the latest last. */
  ordered() {
    const { last, weights } = this.tally;
    if (!weights) return [...this.inView].sort((a, b) => last[a] - last[b]);
    const sizes = new Map(Array.from(this.inView, (mark) => [mark, this.sizeOf(mark)]));
    return [...this.inView].sort((a, b) => sizes.get(b) - sizes.get(a) || last[a] - last[b]);
  }
}
