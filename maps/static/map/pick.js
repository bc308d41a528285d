/** What the pointer means: the nearest sign first, then the rings and areas about it. */

import { byFallingSize, covers, wideInView } from "./wide.js";

const REACH = 11; // pixels round the pointer in which a sign is meant
const EDGE = 5; // pixels from a ring's line in which it is meant where it is not filled

/**
 * The marks meant by a pixel of a canvas, the one meant most first.
 * @param {Object} shown `arrays, marks, counts, view, screen` of what is drawn, and `sizeOfMark`, half the height of a
 *     sign that is sized by a figure, 0 where signs are not.
 * @param {boolean} bare Whether rings are lines only and areas are not meant: below them lies something of its own.
 */
export function marksAt({ arrays, marks, counts, view, screen, sizeOfMark = () => 0 }, x, y, bare) {
  const found = [];
  const nearest = nearestPlace(marks.places, counts, screen, x, y, sizeOfMark);
  if (nearest !== null) found.push(nearest);
  const around = wideInView(arrays, marks.wide, counts, view, screen).filter((each) => {
    if (!bare) return covers(arrays, each, view, screen, x, y);
    if (each.mark.shape !== null) return nearest !== null && covers(arrays, each, view, screen, x, y);
    const { place } = each.mark;
    if (Math.hypot(screen.x[place] - x, screen.y[place] - y) < sizeOfMark(each.mark.mark)) return true; // its sign
    return Math.abs(Math.hypot(screen.x[place] - x, screen.y[place] - y) - each.radius) < EDGE;
  });
  for (const { mark } of byFallingSize(arrays, around, view).reverse()) found.push(mark.mark); // the smallest first
  return found;
}

/** The place whose sign is nearest for its reach: a small sign on a large one is meant before it. */
function nearestPlace(places, counts, screen, x, y, sizeOfMark) {
  let [nearest, best] = [null, 1];
  const { x: xs, y: ys } = screen;
  for (let place = 0; place < places; place++) {
    if (!counts[place]) continue;
    const distance = ((xs[place] - x) ** 2 + (ys[place] - y) ** 2) / Math.max(REACH, sizeOfMark(place)) ** 2;
    if (distance < best) [nearest, best] = [place, distance];
  }
  return nearest;
}

/** The rows of some marks, in the order of the marks; `counts` says how many rows each mark has. */
export function rowsOfMarks(rows, { of, count }, counts, wanted) {
  let left = wanted.reduce((sum, mark) => sum + counts[mark], 0);
  const rank = new Uint16Array(count + 1);
  const found = wanted.map(() => []);
  wanted.forEach((mark, i) => (rank[mark] = i + 1));
  for (let i = 0; left > 0 && i < rows.length; i++) {
    const at = rank[of[rows[i]]];
    if (!at) continue;
    found[at - 1].push(rows[i]);
    left--;
  }
  return found.flat();
}
