/** Where a name may be written along a line, such as a river. */

/** How much longer than the name the piece of line may be that it is written on: rivers wind. */
const WINDING = 2.4;

/**
 * Where a name of a width (pixels) may stand along lines: the middle of the longest piece in view, then other
 * parts of it.
 * `pixels` makes pixels of cells, `outside` says whether they are out of view.
 * @returns {{x: number, y: number, angle: number}[]} The best first; none where no piece is long and straight enough.
 */
export function placesAlong(lines, pixels, outside, width) {
  let best = [];
  let longest = width * 1.8;
  for (const line of lines) {
    let [piece, length] = [[], 0];
    for (let p = 0; p < line.length; p += 2) {
      const [x, y] = pixels(line[p], line[p + 1]);
      if (outside(x, y)) {
        [piece, length] = [[], 0];
        continue;
      }
      const before = piece.at(-1);
      if (before) length += Math.hypot(x - before.x, y - before.y);
      piece.push({ x, y, at: length });
      if (length > longest) [best, longest] = [piece, length];
    }
  }
  return [0.4, 0.3, 0.5, 0.2, 0.6, 0.1, 0.7, 0, 0.8].flatMap((part) => placeAt(best, longest * part, width));
}

/** The place of a name that begins at a length of a piece of line, unless the line winds too much there. */
function placeAt(piece, start, width) {
  const from = piece.findIndex(({ at }) => at >= start);
  if (from < 0) return [];
  const first = piece[from];
  for (let i = from + 1; i < piece.length && piece[i].at - first.at < width * WINDING; i++) {
    const last = piece[i];
    if (Math.hypot(last.x - first.x, last.y - first.y) < width) continue;
    let angle = Math.atan2(last.y - first.y, last.x - first.x);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    return [{ x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, angle }];
  }
  return [];
}
