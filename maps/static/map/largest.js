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
  const isSeen = ([x, y]) => x > left && x < right && y > top && y < bottom;
  const heavy = scene.inView.filter((mark) => weights[mark] > 0 && isSeen(scene.placeOf(mark)));
  heavy.sort((a, b) => weights[b] - weights[a] || a - b);
  const chosen = heavy.slice(0, layer.bare ? MOST_ABOVE_REGIONS : MOST);
  const rows = heaviestRows(scene, layer, chosen);
  return chosen.map((mark) => {
    const [x, y] = scene.signAt(mark);
    const name = shortPlace(header.dictionaries.place_name[arrays.place_name[rows.get(mark).row]] ?? "");
    const figure = figureOf(scene, layer, arrays, mark, rows.get(mark));
    return { x, y, size: scene.sizeOf(mark), text: [name, figure].filter(Boolean).join(" ") };
  });
}

/** Of each of some marks the row that weighs most, and whether others add to it. */
function heaviestRows({ tally: { marks } }, { rows, measured }, wanted) {
  const found = new Map(wanted.map((mark) => [mark, { row: null, weight: -Infinity, sharing: 0 }]));
  for (let i = 0; i < rows.length; i++) {
    const at = found.get(marks.of[rows[i]]);
    if (!at) continue;
    const weight = measured.weigh(rows[i]);
    if (weight > 0) at.sharing++;
    if (weight > at.weight) Object.assign(at, { row: rows[i], weight });
  }
  return found;
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
