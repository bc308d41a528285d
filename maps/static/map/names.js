/** Names on the map: of areas, towns, rivers, lands, the most important first; what would cover another is left out. */

import { addCanvas, GRID } from "./canvas.js";
import { degreeLabels, paintDegrees } from "./graticule.js";
import { FAMILY, makeWriter, STYLES } from "./namewriter.js";
import { areaOf, linesOf } from "./shapes.js";
import { theme } from "../page/theme.js";

/** Towns by rank: how they are written, in which colour (page/theme.js), and the zoom from which they are named. */
const TOWNS = [
  null,
  { font: `650 12.5px ${FAMILY}`, ink: "nameStrong", from: 0, dot: 3 },
  { font: `550 11.5px ${FAMILY}`, ink: "nameStrong", from: 5, dot: 2.4 },
  { font: `11.5px ${FAMILY}`, ink: "name", from: 6.5, dot: 2.1 },
  { font: `11px ${FAMILY}`, ink: "name", from: 7.5, dot: 1.9 },
  { font: `11px ${FAMILY}`, ink: "nameWeak", from: 8, dot: 1.7 },
  { font: `10.5px ${FAMILY}`, ink: "nameWeak", from: 8.8, dot: 1.6 },
  { font: `10.5px ${FAMILY}`, ink: "nameWeak", from: 10.2, dot: 1.6 },
];
const RIVERS_FROM = [0, 4.8, 5, 5.2, 5.4, 5.6, 6.4, 6.8, 7.6, 8];
const AREAS = { land: [0, 7.6], division: [4.9, 8.6], lake: [6.2, 12] };
const LABELLED = 1.6; // zooms later than on the bare map do towns come between the names of areas
const AVOIDED = 15; // pixels round a place that no name may cover

/**
 * Add the names, above the incidents. `layer.words` has the language, `layer.avoid` a cell to keep clear, or null.
 * @returns {{canvas: Object, dots: Object, setLabels: Function}}
 */
export function addNames(map, { header, arrays }, layer) {
  const base = header.base;
  const towns = townsOf(base.towns);
  const lands = base.neighbours.map(({ name, at, shape }) => ({ name, at, side: Math.sqrt(areaOf(arrays, shape)) }));
  const rivers = base.rivers.map(({ name, rank, shape }) => ({ name, rank, lines: linesOf(arrays, shape) }));
  let [labels, shown] = [[], "[]"];
  const widths = new Map();

  let marked = []; // the towns named, whose dots lie below the incidents
  const dots = addCanvas(map, arrays, "dots", 430, (context, view) => {
    const { scale, left, top } = view;
    for (const { x, y, rank, style } of marked) paintDot(context, x * scale - left, y * scale - top, rank, style);
  });
  const canvas = addCanvas(map, arrays, "names", 480, (context, view) => {
    const { words } = layer;
    marked = [];
    if (!words) return;
    const zoom = map.getZoom();
    const writer = makeWriter(context, view, widths);
    const frame = frameOf(map, view);
    const covered = boxesAbove(map, frame);
    const degrees = degreeLabels(view, frame, words).filter(({ x, y }) => !covered.some((box) => within(box, x, y)));
    for (const { x, y, align } of degrees)
      writer.take(align === "right" ? [x - 40, y - 8, x, y + 8] : [x - 24, y - 8, x + 24, y + 8]);
    if (layer.avoid) writer.avoid(layer.avoid, AVOIDED);
    for (const label of labels) writer.label(label);
    if (!map.hasTiles) {
      const said = new Set(labels.flatMap(({ forms }) => forms.map(({ text }) => text)));
      const areas = (kind, list) => {
        if (zoom < AREAS[kind][0] || zoom > AREAS[kind][1]) return;
        for (const { name, at, side } of list) {
          const text = words.local(name);
          if (text && at && !said.has(text)) writer.area(text, at, STYLES[kind], side);
        }
      };
      const later = labels.length ? LABELLED : 0;
      const writeTowns = (from, to) => {
        for (const town of towns) {
          const style = TOWNS[Math.min(town.rank, TOWNS.length - 1)];
          if (town.rank < from || town.rank > to || zoom - later < style.from) continue;
          if (writer.town(town, style)) marked.push({ ...town, style });
        }
      };
      writeTowns(0, 1);
      if (!labels.length) areas("division", base.divisions);
      writeTowns(2, 2);
      areas("land", lands);
      areas("lake", base.lakes);
      for (const { name, rank, lines } of rivers)
        if (zoom >= (RIVERS_FROM[rank] ?? 0)) writer.along(words.local(name), lines, STYLES.river);
      writeTowns(3, TOWNS.length - 1);
    }
    paintDegrees(context, degrees);
    dots.redraw();
  });
  return {
    canvas,
    dots,
    /**
     * Names of areas, {forms: [{text, below}, …], at: [x, y], strong}, the most important first; an empty list takes
     * them away.
     */
    setLabels(list) {
      const same = JSON.stringify(list);
      if (same === shown) return; // a slider says the same thing many times
      [labels, shown] = [list, same];
      canvas.redraw();
    },
  };
}

/** Towns as they are gone through: {name, rank, x, y} in the order of the payload, which is that of importance. */
function townsOf({ names, ranks, at }) {
  let [x, y] = [0, 0];
  return names.map((name, i) => ({ name, rank: ranks[i], x: (x += at[i * 2]), y: (y += at[i * 2 + 1]) }));
}

function paintDot(context, x, y, rank, { dot, ink }) {
  context.beginPath();
  context.arc(x, y, dot, 0, 2 * Math.PI);
  context.lineWidth = rank === 1 ? 2 : 1.2;
  context.strokeStyle = theme()[ink];
  context.fillStyle = theme().town;
  context.fill();
  context.stroke();
}

/** The boxes of the legends that lie on the map, in the canvas's pixels, a little wider than they are. */
function boxesAbove(map, [left, top]) {
  const own = map.getContainer().getBoundingClientRect();
  return [...(map.getContainer().parentElement?.querySelectorAll(".legend") ?? [])].map((element) => {
    const box = element.getBoundingClientRect();
    const [x, y] = [left - own.left, top - own.top];
    return [box.left + x - 16, box.top + y - 10, box.right + x + 16, box.bottom + y + 10];
  });
}

const within = (box, x, y) => x > box[0] && x < box[2] && y > box[1] && y < box[3];

/** The part of the canvas that shows: the map's own box, in the canvas's pixels. */
function frameOf(map, view) {
  const origin = map.getPixelOrigin();
  const corner = map.containerPointToLayerPoint([0, 0]).add(origin);
  const size = map.getSize();
  const west = ((view.west + 180) / 360) * GRID * view.scale; // pixels by which the world's own begin before column 0
  const [left, top] = [corner.x - west - view.left, corner.y - view.top];
  return [left, top, left + size.x, top + size.y];
}
