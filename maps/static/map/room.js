/** Room on a map: boxes that are taken, found quickly by where they lie. Boxes are [left, top, right, bottom] in pixels. */

const CELL = 48; // pixels along a side of the cells that boxes are listed by

/** A list of boxes that says whether another one would cover any of them. */
export class Room {
  constructor(boxes = []) {
    this.cells = new Map();
    for (const box of boxes) this.take(box);
  }

  take(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    });
  }

  isFree(box) {
    let free = true;
    this.each(box, (key) => {
      free &&= !this.cells.get(key)?.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
    });
    return free;
  }

  each([left, top, right, bottom], visit) {
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++)
      for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) visit(row * 4096 + column);
  }
}
