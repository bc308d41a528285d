/** Signs where they are many: stamps of a few sizes, and in each small cell of the screen one of a size. */

import { EDGES, paintGlyph, paintSized, sizedSide } from "./glyphs.js";
import { theme } from "../page/theme.js";
import { StampImage, StampPress } from "./stamps.js";
import { pixelDensity } from "../print/density.js";

/** Half the heights that sized signs have in a crowd, the largest first: each stands for the sizes next to it. */
const SIZES = [22, 16.5, 12.8, 10, 8, 6.5, 5.3, 4.4, 3.7, 3.2, 2.6, 2.2];
const SMALL = 3.4; // half the height of signs that are all equal
const DENSE = 20000; // marks from which the cells of equal signs are larger
const USUAL = 1024; // weights below that have their size looked up in an array
const BEFORE = 2; // weights below zero: unknown, and none of their own (weights.js)
const NONE = 255;

/** The number in SIZES of the size nearest to one. */
function classOf(size) {
  let nearest = 0;
  for (let each = 1; each < SIZES.length; each++)
    if (Math.abs(SIZES[each] - size) < Math.abs(SIZES[nearest] - size)) nearest = each;
  return nearest;
}

/** How a sized mark looks, as a number: 1 where its place is wide, and 2 more where it is hollow. */
const lookOf = (weights, { places }, mark) => (weights[mark] < 0 ? 2 : 0) + (mark < places ? 0 : 1);

/** Paints crowds of signs; keeps the stamps it has made. */
export class Crowd {
  /** @param {[string, string][]} styles Colour and form by type. */
  constructor(styles, types) {
    Object.assign(this, { styles, types });
    this.image = new StampImage();
    this.cells = new Uint32Array(0); // of each cell the mark that is painted in it, plus one
    this.taken = new Uint32Array(0); // the cells that have one
    this.classes = new Uint8Array(USUAL + BEFORE);
    this.density = 0;
  }

  /** Paint the marks of a scene, the large below the small, in each cell the latest of a size; what is on top comes first. */
  paint(context, { width, height }, scene) {
    const density = this.follow();
    this.image.begin(Math.round(width * density), Math.round(height * density));
    const { inView } = scene;
    if (!scene.tally.weights) this.stamp(scene, inView, width, height, inView.length > DENSE ? 4 : 3, -1);
    else {
      const inSizes = this.bySize(scene);
      for (let size = SIZES.length - 1; size >= 0; size--) this.stamp(scene, inSizes[size], width, height, Math.max(3, SIZES[size] * 0.7), size);
    }
    this.image.end(context);
  }

  /** Keep no stamp of other colours, or of another density; say which density it is. */
  follow() {
    const density = pixelDensity();
    const { isDark } = theme();
    if (density !== this.density || isDark !== this.isDark) Object.assign(this, { density, isDark, stamps: [], press: new StampPress(density) });
    return density;
  }

  /** Make the stamps of the marks of a scene whose signs are sized, in parts: each size is one. */
  *prepare(scene) {
    const { last, weights, marks } = scene.tally;
    if (!weights) return;
    this.follow();
    const inSizes = this.bySize(scene);
    for (let size = 0; size < inSizes.length; size++) {
      for (const mark of inSizes[size]) this.stampFor(this.types[last[mark]], size, lookOf(weights, marks, mark));
      yield;
    }
  }

  /** The marks in view by the size they have here, one list for each of SIZES. */
  bySize(scene) {
    const { inView, tally: { weights } } = scene;
    const numbers = new Uint8Array(inView.length);
    const ends = new Uint32Array(SIZES.length + 1);
    this.classes.fill(NONE);
    for (let i = 0; i < inView.length; i++) {
      numbers[i] = this.sizeClass(scene, inView[i], weights[inView[i]] + BEFORE);
      ends[numbers[i] + 1]++;
    }
    for (let size = 0; size < SIZES.length; size++) ends[size + 1] += ends[size];
    const starts = ends.slice();
    const sorted = new Uint32Array(inView.length);
    for (let i = 0; i < inView.length; i++) sorted[ends[numbers[i]]++] = inView[i];
    return SIZES.map((_, size) => sorted.subarray(starts[size], starts[size + 1]));
  }

  sizeClass(scene, mark, at) {
    const { classes } = this;
    if (!(at < classes.length)) return classOf(scene.sizeOf(mark));
    if (classes[at] === NONE) classes[at] = classOf(scene.sizeOf(mark)); // a mark's size is that of its weight
    return classes[at];
  }

  /** Stamp some marks, in each cell of so many pixels the latest; `size` is a number in SIZES, -1 where all are equal. */
  stamp({ tally, screen }, inSize, width, height, side, size) {
    if (!inSize.length) return;
    const { last, weights, marks } = tally;
    const { at } = marks;
    const { x, y } = screen;
    const across = Math.ceil(width / side) + 1;
    const { cells, taken } = this.emptyCells(across * (Math.ceil(height / side) + 1));
    let count = 0;
    for (let i = 0; i < inSize.length; i++) {
      const mark = inSize[i];
      const cell = Math.floor(y[at[mark]] / side) * across + Math.floor(x[at[mark]] / side);
      const before = cells[cell];
      if (!before) taken[count++] = cell;
      if (!before || last[mark] >= last[before - 1]) cells[cell] = mark + 1;
    }
    for (let i = count - 1; i >= 0; i--) {
      const mark = cells[taken[i]] - 1;
      const how = size < 0 ? 0 : lookOf(weights, marks, mark);
      const stamp = this.stampFor(this.types[last[mark]], size, how);
      this.image.write(stamp, Math.round(x[at[mark]] * this.density), Math.round(y[at[mark]] * this.density));
    }
  }

  emptyCells(count) {
    if (this.cells.length < count) [this.cells, this.taken] = [new Uint32Array(count), new Uint32Array(count)];
    else this.cells.fill(0, 0, count);
    return this;
  }

  /** The stamp of a type in a size; `how` is of `lookOf`. */
  stampFor(type, size, how) {
    const key = ((type * 4 + how) << 4) + size + 1;
    this.stamps[key] ??= this.makeStamp(this.styles[type], size, how);
    return this.stamps[key];
  }

  makeStamp(style, size, how) {
    const looks = { isHollow: how > 1, edge: how % 2 ? EDGES.somewhere : EDGES.exact };
    return this.press.stamp(size < 0 ? Math.ceil(SMALL * 2 + 8) : sizedSide(SIZES[size]), (pen, middle) =>
      size < 0 ? paintGlyph(pen, style, middle, middle, SMALL, true) : paintSized(pen, style, middle, middle, SIZES[size], looks),
    );
  }
}
