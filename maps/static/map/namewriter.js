/** Writes names on a canvas, each where there is room for it. */

import { calloutPlaces, lineTo } from "./callouts.js";
import { placesAlong } from "./rivernames.js";
import { Room } from "./room.js";
import { theme } from "../page/theme.js";

/** The letters of names. */
export const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** How names of areas, of water and of signs are written; `ink` is a colour of page/theme.js. */
export const STYLES = {
  callout: { font: `650 12px ${FAMILY}`, ink: "nameStrong" },
  strong: { font: `600 11.5px ${FAMILY}`, ink: "nameStrong" },
  weak: { font: `11.5px ${FAMILY}`, ink: "nameWeak" },
  division: { font: `11px ${FAMILY}`, ink: "nameDivision", spacing: "0.6px" },
  land: { font: `600 11.5px ${FAMILY}`, ink: "nameLand", spacing: "2.2px", upper: true },
  river: { font: `italic 11px ${FAMILY}`, ink: "nameRiver" },
  lake: { font: `italic 11px ${FAMILY}`, ink: "nameLake" },
};

/** Where an area's name is tried, in pixels from its middle: wider than high, as names are. */
const NEAR = Array.from({ length: 120 }, (_, n) => [6 * Math.sqrt(n) * Math.cos(n * 2.4), 4.4 * Math.sqrt(n) * Math.sin(n * 2.4)]);
/** How much farther from its dot, in pixels, the name of a large town may be where signs lie about it. */
const AWAY = [0, 7, 15, 24];

/** Writes names where there is room, and remembers what is taken. Cells in, pixels out. `marks` are boxes of signs. */
export function makeWriter(context, view, widths, marks = []) {
  const room = new Room(marks);
  const towns = new Room(); // dots and names of towns, without the signs
  const pixels = (x, y) => [x * view.scale - view.left, y * view.scale - view.top];
  const outside = (x, y) => x < 0 || y < 0 || x > view.width || y > view.height;
  const free = (box) => room.isFree(box);
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
  /** Half the width and half the height of a name with its number below. */
  function sizeOf({ text, below }, style) {
    use(style);
    return [Math.max(widthOf(text, style), below ? widthOf(below, STYLES.strong) : 0) / 2 + 2, below ? 14 : 7];
  }
  function writeForm({ text, below }, style, [x, y]) {
    use(style);
    write(text, x, below ? y - 7 : y);
    if (!below) return;
    use(STYLES.strong);
    write(below, x, y + 7);
  }
  return {
    take: (box) => room.take(box),
    avoid([cellX, cellY], reach) {
      const [x, y] = pixels(cellX, cellY);
      room.take([x - reach, y - reach, x + reach, y + reach]);
    },
    /**
     * A name of an area, and its number below it: the first of its forms that has room, in the area's middle or, where a
     * sign lies there, near it. `holds` says whether a cell is in the area. Says whether it had room, or is not in view.
     */
    label({ forms, at, strong }, holds = () => false) {
      const [x, y] = pixels(at[0], at[1]);
      if (outside(x, y)) return true;
      const style = strong ? STYLES.strong : STYLES.weak;
      const isInside = ([left, top]) => holds((left + view.left) / view.scale, (top + view.top) / view.scale);
      for (const form of forms) {
        const [half, height] = sizeOf(form, style);
        const boxAt = ([left, top]) => [left - half, top - height, left + half, top + height];
        const place = NEAR.map(([right, down]) => [x + right, y + down]).find((each, i) => free(boxAt(each)) && (!i || isInside(each)));
        if (!place) continue;
        room.take(boxAt(place));
        writeForm(form, style, place);
        return true;
      }
      return false;
    },
    /** A name of an area that has no room in it, near it, with a line to its middle. */
    aside({ aside: text, at }, frame, pen) {
      const [x, y] = pixels(at[0], at[1]);
      this.callout({ x, y, size: 0, text }, frame, pen);
    },
    /** A label of a sign, {x, y, size, text} in pixels, near it and with a line to it where it is not next to it. */
    callout(sign, frame, pen) {
      use(STYLES.callout);
      const width = widthOf(sign.text, STYLES.callout);
      const isSeen = (box) => box[0] > frame[0] && box[1] > frame[1] && box[2] < frame[2] && box[3] < frame[3];
      const place = calloutPlaces(sign, width).find(({ box }) => isSeen(box) && free(box));
      if (!place) return;
      room.take(place.box);
      pen.push({ ...place, text: sign.text, line: lineTo(sign, place.box) });
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
      room.take(box);
      write(text, x, y);
    },
    /** A name next to its dot, on whichever side has room; says whether there was any. A sign may lie on the dot. */
    town({ name, x: cellX, y: cellY }, style) {
      const [x, y] = pixels(cellX, cellY);
      if (outside(x, y)) return false;
      const dot = [x - 3, y - 3, x + 3, y + 3];
      if (!towns.isFree(dot)) return false;
      use(style);
      const width = widthOf(name, style);
      for (const away of style.dot > 2.3 ? AWAY : AWAY.slice(0, 1)) {
        const place = townPlaces(x, y, width, style.dot + 5 + away).find(([, , , box]) => free(box));
        if (!place) continue;
        towns.take(dot);
        towns.take(place[3]);
        room.take(dot);
        room.take(place[3]);
        write(name, place[0], place[1], place[2]);
        return true;
      }
      return false;
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
        room.take(box);
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

/** Where a town's name may be: [x, y, how it is aligned, its box], the best first. */
function townPlaces(x, y, width, gap) {
  return [
    [x + gap, y, "left", [x + gap - 1, y - 7, x + gap + width + 2, y + 7]],
    [x - gap, y, "right", [x - gap - width - 2, y - 7, x - gap + 1, y + 7]],
    [x, y - gap - 3, "center", [x - width / 2 - 2, y - gap - 10, x + width / 2 + 2, y - gap + 3]],
    [x, y + gap + 4, "center", [x - width / 2 - 2, y + gap - 2, x + width / 2 + 2, y + gap + 11]],
  ];
}
