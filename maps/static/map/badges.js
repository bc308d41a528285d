/** Counts at places that several incidents share: small labels that never cover one another. */

import { theme } from "../page/theme.js";

const MOST = 300; // labels in view; beyond them the signs alone must do

const widths = new Map(); // of numbers in the one font there is

function widthOf(context, text) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

/** About the box of the count at a sign, for names that give way to it. */
export function badgeBox(x, y, count) {
  const width = Math.max(14, String(count).length * 6 + 8);
  return [x + 3, y - 16, x + 3 + width, y - 2];
}

/** Paint the counts of the marks in a scene that several incidents share, the greatest first. */
export function paintCounts(context, marks, counts, scene) {
  const shared = marks.filter((mark) => counts[mark] > 1);
  if (!shared.length) return;
  shared.sort((a, b) => counts[b] - counts[a] || a - b);
  context.font = "600 10px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  const taken = [];
  for (const mark of shared.slice(0, MOST)) {
    const text = String(counts[mark]);
    const half = Math.max(7, widthOf(context, text) / 2 + 4);
    const [signX, signY] = scene.signAt(mark);
    const [x, y] = [signX + 3 + half, signY - 9];
    const box = [x - half, y - 7, x + half, y + 7];
    if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) continue;
    taken.push(box);
    context.beginPath();
    context.roundRect(x - half, y - 7, half * 2, 14, 7);
    context.fillStyle = theme().badge;
    context.fill();
    context.fillStyle = theme().onBadge;
    context.fillText(text, x, y + 0.5);
  }
}
