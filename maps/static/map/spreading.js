/** Signs that would hide one another are moved apart; a line leads from each to its true place. */

const NEAR = 1.5; // how many half heights of the smaller of two signs their middles lie apart at least
const FARTHEST = 54; // pixels that a sign is moved at most
const STEP = 2.6; // pixels; the spiral's n-th place is the root of n times as far
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: places of the spiral never line up
const CELL = 24; // pixels along a side of the cells that signs are found by
const LARGE = 24; // half heights are smaller than this

/**
 * How far signs are moved, by mark: [dx, dy] of those that are. The greatest keep their places, and the same signs
 * always have the same places.
 * @param {{mark: number, x: number, y: number, size: number}[]} signs Their true places, and half their heights.
 */
export function spread(signs) {
  const ordered = [...signs].sort((a, b) => b.size - a.size || a.mark - b.mark);
  const placed = new Placed();
  const shifts = new Map();
  for (const { mark, x, y, size } of ordered) {
    const [dx, dy] = placed.nearestFree(x, y, size);
    placed.add(x + dx, y + dy, size);
    if (dx || dy) shifts.set(mark, [dx, dy]);
  }
  return shifts;
}

class Placed {
  constructor() {
    this.cells = new Map();
  }

  add(x, y, size) {
    const key = keyOf(Math.floor(x / CELL), Math.floor(y / CELL));
    if (!this.cells.has(key)) this.cells.set(key, []);
    this.cells.get(key).push([x, y, size]);
  }

  /** The shift to the first place of a spiral where a sign hides none; none at all where there is no such place. */
  nearestFree(x, y, size) {
    for (let n = 0; ; n++) {
      const reach = STEP * Math.sqrt(n);
      if (reach > FARTHEST) return [0, 0];
      const [dx, dy] = [reach * Math.cos(n * TURN), reach * Math.sin(n * TURN)];
      if (this.isFree(x + dx, y + dy, size)) return [dx, dy];
    }
  }

  isFree(x, y, size) {
    const reach = NEAR * Math.min(size, LARGE);
    const [left, right] = [Math.floor((x - reach) / CELL), Math.floor((x + reach) / CELL)];
    const [top, bottom] = [Math.floor((y - reach) / CELL), Math.floor((y + reach) / CELL)];
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++)
        for (const [otherX, otherY, otherSize] of this.cells.get(keyOf(column, row)) ?? [])
          if (Math.hypot(x - otherX, y - otherY) < NEAR * Math.min(size, otherSize)) return false;
    return true;
  }
}

const keyOf = (column, row) => row * 65536 + column;
