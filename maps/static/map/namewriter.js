/** Writes names on a canvas, each where there is room for it. */

import { placesAlong } from "./rivernames.js";
import { theme } from "../page/theme.js";

/** The letters of names. */
export const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** How names of areas and of water are written; `ink` is a colour of page/theme.js. */
export const STYLES = {
  strong: { font: `600 11.5px ${FAMILY}`, ink: "nameStrong" },
  weak: { font: `11.5px ${FAMILY}`, ink: "nameWeak" },
  division: { font: `11px ${FAMILY}`, ink: "nameDivision", spacing: "0.6px" },
  land: { font: `600 11.5px ${FAMILY}`, ink: "nameLand", spacing: "2.2px", upper: true },
  river: { font: `italic 11px ${FAMILY}`, ink: "nameRiver" },
  lake: { font: `italic 11px ${FAMILY}`, ink: "nameLake" },
};

/** Writes names where there is room, and remembers what is taken. Cells in, pixels out. */
export function makeWriter(context, view, widths) {
  const taken = [];
  const pixels = (x, y) => [x * view.scale - view.left, y * view.scale - view.top];
  const outside = (x, y) => x < 0 || y < 0 || x > view.width || y > view.height;
  const free = (box) => !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
  context.lineJoin = "round";
  context.textBaseline = "middle";

  function use({ font, ink, spacing }) {
    context.font = font;
    context.letterSpacing = spacing ?? "0px";
    context.fillStyle = theme()[ink];
  }
  function widthOf(text, { font, spacing }) {
    const key = `${font}${spacing}|${text}`;
    if (!widths.has(key)) widths.set(key, context.measureText(text).width);
    return widths.get(key);
  }
  function write(text, x, y, align = "center") {
    context.textAlign = align;
    context.lineWidth = 3;
    context.strokeStyle = theme().halo;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
  return {
    take: (box) => taken.push(box),
    avoid([cellX, cellY], reach) {
      const [x, y] = pixels(cellX, cellY);
      taken.push([x - reach, y - reach, x + reach, y + reach]);
    },
    /** A name of an area, and its number below it: the first of its forms that has room. */
    label({ forms, at, strong }) {
      const [x, y] = pixels(at[0], at[1]);
      if (outside(x, y)) return;
      const style = strong ? STYLES.strong : STYLES.weak;
      for (const { text, below } of forms) {
        use(style);
        const half = Math.max(widthOf(text, style), below ? widthOf(below, STYLES.strong) : 0) / 2 + 2;
        const height = below ? 14 : 7;
        const box = [x - half, y - height, x + half, y + height];
        if (!free(box)) continue;
        taken.push(box);
        write(text, x, below ? y - 7 : y);
        if (!below) return;
        use(STYLES.strong);
        write(below, x, y + 7);
        return;
      }
    },
    /** A name of an area as wide as `side` cells, or of any; on a small one it is left out. */
    area(name, at, style, side = Infinity) {
      const [x, y] = pixels(at[0], at[1]);
      if (outside(x, y)) return;
      use(style);
      const text = style.upper ? name.toLocaleUpperCase() : name;
      const half = widthOf(text, style) / 2 + 3;
      if (side * view.scale < half) return;
      const box = [x - half, y - 7, x + half, y + 7];
      if (!free(box)) return;
      taken.push(box);
      write(text, x, y);
    },
    /** A name beside its dot, on whichever side has room; says whether there was any. */
    town({ name, x: cellX, y: cellY }, style) {
      const [x, y] = pixels(cellX, cellY);
      if (outside(x, y)) return false;
      const dot = [x - 3, y - 3, x + 3, y + 3];
      if (!free(dot)) return false;
      use(style);
      const [width, gap] = [widthOf(name, style), style.dot + 5];
      const places = [
        [x + gap, y, "left", [x + gap - 1, y - 7, x + gap + width + 2, y + 7]],
        [x - gap, y, "right", [x - gap - width - 2, y - 7, x - gap + 1, y + 7]],
        [x, y - 10, "center", [x - width / 2 - 2, y - 17, x + width / 2 + 2, y - 4]],
        [x, y + 11, "center", [x - width / 2 - 2, y + 5, x + width / 2 + 2, y + 18]],
      ];
      const place = places.find(([, , , box]) => free(box));
      if (!place) return false;
      taken.push(dot, place[3]);
      write(name, place[0], place[1], place[2]);
      return true;
    },
    /** A name along the longest piece of a line that shows. */
    along(name, lines, style) {
      if (!name) return;
      use(style);
      const width = widthOf(name, style);
      for (const place of placesAlong(lines, pixels, outside, width)) {
        const [cos, sin] = [Math.abs(Math.cos(place.angle)), Math.abs(Math.sin(place.angle))];
        const [halfX, halfY] = [(width * cos + 12 * sin) / 2 + 2, (width * sin + 12 * cos) / 2 + 2];
        const box = [place.x - halfX, place.y - halfY, place.x + halfX, place.y + halfY];
        if (!free(box)) continue;
        taken.push(box);
        context.save();
        context.translate(place.x, place.y);
        context.rotate(place.angle);
        write(name, 0, -1);
        context.restore();
        return;
      }
    },
  };
}
