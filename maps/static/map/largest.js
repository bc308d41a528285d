/** The largest marks of a view and what they are called: a place and its figure, "Lucanamarca 69". */

import { figureAt } from "../words/figure-words.js";

const [MOST, MOST_ABOVE_REGIONS] = [5, 3]; // labels in a view; regions have labels of their own
const LETTERS = 26; // of a place's name

/**
 * The largest marks in a part of a view, by the figure shown: {x, y, size, text}; none where incidents are shown, which
 * are all equal.
 * @param {number[]} frame What of the canvas is seen: [left, top, right, bottom].
 */
export function largestMarks(scene, [left, top, right, bottom], { header, arrays, layer }) {
  const { weights } = scene.tally;
  if (!weights || !layer.words) return [];
  const { at } = scene.tally.marks;
  const { x: xs, y: ys } = scene.screen;
  const isSeen = (place) => xs[place] > left && xs[place] < right && ys[place] > top && ys[place] < bottom;
  const heavy = scene.inView.filter((mark) => weights[mark] > 0 && isSeen(at[mark]));
  const chosen = heaviest(heavy, weights, layer.bare ? MOST_ABOVE_REGIONS : MOST);
  const rows = heaviestRows(scene, layer, chosen);
  return chosen.map((mark) => {
    const [x, y] = scene.signAt(mark);
    const name = shortPlace(header.dictionaries.place_name[arrays.place_name[rows.get(mark).row]] ?? "");
    const figure = figureOf(scene, layer, arrays, mark, rows.get(mark));
    return { x, y, size: scene.sizeOf(mark), text: [name, figure].filter(Boolean).join(" ") };
  });
}

/** The marks of some that weigh most, the heaviest first, of equal ones the first. */
function heaviest(marks, weights, most) {
  const chosen = [];
  let least = 0; // the weight of the last of those chosen, once they are as many as asked for
  for (let i = 0; i < marks.length; i++) {
    const weight = weights[marks[i]];
    if (weight <= least) continue;
    const before = chosen.findIndex((other) => weights[other] < weight);
    chosen.splice(before < 0 ? chosen.length : before, 0, marks[i]);
    chosen.length = Math.min(chosen.length, most);
    if (chosen.length === most) least = weights[chosen[most - 1]];
  }
  return chosen;
}

/** Of each of some marks the row that weighs most, and how many add to it. */
function heaviestRows({ tally: { marks } }, { rows, measured: { weights } }, wanted) {
  const found = wanted.map(() => ({ row: null, weight: -Infinity, sharing: 0 }));
  const rank = new Uint8Array(marks.count + 1);
  wanted.forEach((mark, i) => (rank[mark] = i + 1));
  for (let i = 0; i < rows.length; i++) {
    const number = rank[marks.of[rows[i]]];
    if (!number) continue;
    const at = found[number - 1];
    const weight = weights[rows[i]];
    if (weight > 0) at.sharing++;
    if (weight > at.weight) Object.assign(at, { row: rows[i], weight });
  }
  return new Map(wanted.map((mark, i) => [mark, found[i]]));
}

/** The figure of a mark as lists write it: that of its one row, or the sum of several, with "+" where it has no end. */
function figureOf({ tally: { weights, open } }, { words, measured }, arrays, mark, { row, sharing }) {
  const { measure, bound } = measured;
  const read = (name) => (arrays[`${measure}_${name}`]?.[row] ?? 0) - 1;
  const [low, best, high] = ["low", "best", "high"].map((name) => (read(name) < 0 ? null : read(name)));
  const own = figureAt(words, { low, best, high }, bound);
  if (sharing === 1 && own.value === weights[mark]) return own.shown;
  return words.n(weights[mark]) + (open[mark] && bound === "high" ? "+" : "");
}

/** The first part of a place's name, cut to what a label has room for. */
function shortPlace(name) {
  const first = name.split(/,| \(/)[0].trim();
  return first.length > LETTERS ? `${first.slice(0, LETTERS - 1).trim()}…` : first;
}
