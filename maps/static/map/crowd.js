/** Signs where they are many: stamps of a few sizes, and in each small cell of the screen one of a size. */

import { EDGES, glyphCanvas, sizedCanvas } from "./glyphs.js";
import { theme } from "../page/theme.js";
import { StampImage, stampOf } from "./stamps.js";
import { pixelDensity } from "../print/density.js";

/** Half the heights that sized signs have in a crowd, the largest first: each stands for the sizes next to it. */
const SIZES = [22, 16.5, 12.8, 10, 8, 6.5, 5.3, 4.4, 3.7, 3.2, 2.6, 2.2];
const SMALL = 3.4; // half the height of signs that are all equal
const DENSE = 20000; // marks from which the cells of equal signs are larger

/** The number in SIZES of the size nearest to one. */
function classOf(size) {
  let nearest = 0;
  for (let each = 1; each < SIZES.length; each++)
    if (Math.abs(SIZES[each] - size) < Math.abs(SIZES[nearest] - size)) nearest = each;
  return nearest;
}

/** Paints crowds of signs; keeps the stamps it has made. */
export class Crowd {
  /** @param {[string, string][]} styles Colour and form by type. */
  constructor(styles, types) {
    Object.assign(this, { styles, types });
    this.image = new StampImage();
    this.cells = new Uint32Array(0);
    this.density = 0;
  }

  /** Paint the marks of a scene, the large below the small, in each cell the latest of a size. */
  paint(context, { width, height }, scene) {
    const density = pixelDensity();
    const { isDark } = theme();
    if (density !== this.density || isDark !== this.isDark) Object.assign(this, { density, isDark, stamps: [] });
    this.image.begin(Math.round(width * density), Math.round(height * density));
    if (scene.tally.weights) for (const [size, marks] of this.bySize(scene)) this.stamp(scene, marks, width, Math.max(3, size * 0.7), size);
    else this.stamp(scene, scene.inView, width, scene.inView.length > DENSE ? 4 : 3, null);
    this.image.end(context);
  }

  /** The marks by the size they have here, the largest first. */
  bySize(scene) {
    const found = SIZES.map((size) => [size, []]);
    const known = new Map(); // few numbers are usual
    const { weights } = scene.tally;
    for (const mark of scene.inView) {
      const weight = weights[mark];
      let at = known.get(weight);
      if (at === undefined) known.set(weight, (at = classOf(scene.sizeOf(mark))));
      found[at][1].push(mark);
    }
    return found.filter(([, marks]) => marks.length);
  }

  stamp({ tally, screen }, marks, width, side, size) {
    const { last, weights, marks: { at, places } } = tally;
    const { x, y } = screen;
    const across = Math.ceil(width / side) + 1;
    const cellOf = (mark) => Math.floor(y[at[mark]] / side) * across + Math.floor(x[at[mark]] / side);
    const latest = this.emptyCells(marks, cellOf);
    const found = [];
    for (const mark of marks) {
      const cell = cellOf(mark);
      const before = latest[cell];
      if (!before) found.push(cell);
      if (!before || last[mark] >= last[before - 1]) latest[cell] = mark + 1;
    }
    for (const cell of found) {
      const mark = latest[cell] - 1;
      const how = size === null ? 0 : (weights[mark] < 0 ? 2 : 0) + (mark < places ? 0 : 1);
      const stamp = this.stampFor(this.types[last[mark]], size, how);
      this.image.write(stamp, Math.round(x[at[mark]] * this.density), Math.round(y[at[mark]] * this.density));
    }
  }

  emptyCells(marks, cellOf) {
    const most = marks.reduce((cell, mark) => Math.max(cell, cellOf(mark)), 0) + 1;
    if (this.cells.length < most) this.cells = new Uint32Array(most);
    else this.cells.fill(0, 0, most);
    return this.cells;
  }

  /** The stamp of a type in a size, null where all are equal; `how` adds 1 where the place is wide, 2 where hollow. */
  stampFor(type, size, how) {
    const key = (type * 4 + how) * 32 + (size === null ? 31 : SIZES.indexOf(size));
    this.stamps[key] ??= stampOf(
      size === null
        ? glyphCanvas(this.styles[type], SMALL, true)
        : sizedCanvas(this.styles[type], size, { isHollow: how > 1, edge: how % 2 ? EDGES.somewhere : EDGES.exact }),
    );
    return this.stamps[key];
  }
}
