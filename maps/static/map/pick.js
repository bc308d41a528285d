/** What the pointer means: the nearest sign first, as it is drawn, then the rings and areas about it. */

import { byFallingSize, covers, wideInView } from "./wide.js";

const REACH = 11; // pixels round the pointer in which a sign is meant
const FAR = 40; // pixels from its middle that no sign reaches
const UNMOVED = [0, 0];
const EDGE = 5; // pixels from a ring's line in which it is meant where it is not filled

/**
 * The marks meant by a pixel of a canvas, the one meant most first.
 * @param {Scene} scene What is drawn (scene.js).
 * @param {boolean} bare Whether rings are lines only and areas are not meant: below them lies something of its own.
 */
export function marksAt(scene, arrays, view, x, y, bare) {
  const { screen, tally: { marks, counts } } = scene;
  const nearest = nearestSign(scene, x, y);
  const found = nearest === null ? [] : [nearest];
  const around = wideInView(arrays, marks.wide, counts, view, screen).filter((each) => {
    if (each.mark.mark === nearest) return false;
    if (!bare) return covers(arrays, each, view, screen, x, y);
    if (each.mark.shape !== null) return nearest !== null && covers(arrays, each, view, screen, x, y);
    const [left, top] = scene.placeOf(each.mark.mark);
    return Math.abs(Math.hypot(left - x, top - y) - each.radius) < EDGE;
  });
  for (const { mark } of byFallingSize(arrays, around, view).reverse()) found.push(mark.mark); // the smallest first
  return found;
}

/** The mark whose sign is nearest for its reach: a small sign on a large one is meant before it. */
function nearestSign(scene, x, y) {
  const { inView, shifts, screen, tally: { marks: { at } } } = scene;
  let [nearest, best] = [null, 1];
  for (const mark of inView) {
    const [dx, dy] = shifts.get(mark) ?? UNMOVED;
    const distance = (screen.x[at[mark]] + dx - x) ** 2 + (screen.y[at[mark]] + dy - y) ** 2;
    if (distance > FAR ** 2) continue; // most are
    const share = distance / Math.max(REACH, scene.sizeOf(mark)) ** 2;
    if (share < best) [nearest, best] = [mark, share];
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
