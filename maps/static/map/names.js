/** Names on the map: of areas, towns, rivers, lands, the most important first; what would cover another is left out. */

import { paintCallouts } from "./callouts.js";
import { addCanvas, GRID } from "./canvas.js";
import { degreeLabels, paintDegrees } from "./graticule.js";
import { FAMILY, makeWriter, STYLES } from "./namewriter.js";
import { areaOf, holdsCell, linesOf } from "./shapes.js";
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
const ASIDE = 3; // areas that may be named outside, where signs leave no room in them
const AVOIDED = 15; // pixels round a place that no name may cover

/** The height (z-index) of names: below the signs, which they give way to; above where signs are too many for that. */
const [BELOW, ABOVE] = [460, 480];

/**
 * Add the names. `layer.words` has the language, `layer.isEarly` says that they are still to wait, `layer.avoid` a cell to keep clear, or null, and `layer.incidents()`
 * the layer of incidents that shows, whose signs names give way to, and whose largest are labelled.
 * @returns {{canvas: Object, dots: Object, labels: Object, setLabels: Function, rest: Function, forget: Function}}
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
  let callouts = []; // the labels of the largest signs
  let obstacles = []; // the boxes of signs that names have given way to
  let named = ""; // the largest signs that have been labelled, as far as there was room
  const labelled = addCanvas(map, arrays, "labels", 484, (context) => paintCallouts(context, callouts, STYLES.callout), () => callouts.length > 0);
  const largestIn = (view, clear) => layer.incidents?.()?.largest?.(view, clear) ?? [];
  const namesOf = (signs) => JSON.stringify(signs);
  const clearOf = (frame) => [frame[0] + 4, frame[1] + 4, frame[2] - 4, frame[3] - 4];
  const obstaclesIn = (view) => layer.incidents?.()?.obstacles?.(view) ?? [];
  /** Label the largest signs that the frame shows, and areas that signs leave no room in, clear of legends. */
  function labelLargest(writer, view, frame, covered, areas) {
    callouts = [];
    const clear = clearOf(frame);
    const signs = largestIn(view, clear);
    named = namesOf(signs);
    if (signs.length || areas.length) for (const box of covered) writer.take(box);
    for (const area of areas) writer.aside(area, clear, callouts);
    for (const sign of signs) writer.callout(sign, clear, callouts);
    labelled.redraw();
  }
  const canvas = addCanvas(map, arrays, "names", ABOVE, (context, view) => {
    const { words } = layer;
    marked = [];
    if (!words) return;
    const zoom = map.getZoom();
    obstacles = obstaclesIn(view);
    map.getPane("names").style.zIndex = obstacles.length ? BELOW : ABOVE;
    const writer = makeWriter(context, view, widths, obstacles);
    const frame = frameOf(map, view);
    const covered = boxesAbove(map, frame);
    const degrees = degreeLabels(view, frame, words).filter(({ x, y }) => !covered.some((box) => within(box, x, y)));
    for (const { x, y, align } of degrees)
      writer.take(align === "right" ? [x - 40, y - 8, x, y + 8] : [x - 24, y - 8, x + 24, y + 8]);
    if (layer.avoid) writer.avoid(layer.avoid, AVOIDED);
    const holds = ({ shape }) => (x, y) => shape !== undefined && holdsCell(arrays, shape, x, y);
    const homeless = labels.filter((label) => !writer.label(label, holds(label)) && label.aside);
    labelLargest(writer, view, frame, covered, obstacles.length ? homeless.slice(0, ASIDE) : []);
    if (!map.hasTiles) {
      const said = new Set(labels.flatMap(({ forms }) => forms.map(({ text }) => text)));
      const later = labels.length ? LABELLED : 0;
      const styleOf = ({ rank }) => TOWNS[Math.min(rank, TOWNS.length - 1)];
      for (const town of towns) if (zoom - later >= styleOf(town).from) said.add(town.name); // no area is called like its town
      const areas = (kind, list) => {
        if (zoom < AREAS[kind][0] || zoom > AREAS[kind][1]) return;
        for (const { name, at, side } of list) {
          const text = words.local(name);
          if (text && at && !said.has(text)) writer.area(text, at, STYLES[kind], side);
        }
      };
      const writeTowns = (from, to) => {
        for (const town of towns) {
          const style = styleOf(town);
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
  }, () => !layer.isEarly);
  return {
    canvas,
    dots,
    labels: labelled,
    /** Once signs rest: place names again, if they are other signs than names have given way to or named. */
    rest() {
      if (!canvas._map || map.waiting || !canvas._bounds) return;
      const view = canvas.view();
      const isSame = String(obstaclesIn(view)) === String(obstacles) && namesOf(largestIn(view, clearOf(frameOf(map, view)))) === named;
      if (!isSame) canvas.redraw();
    },
    /** Take the labels of the largest signs away: what is shown has changed, and will rest later. */
    forget() {
      if (!callouts.length) return;
      [callouts, named] = [[], null];
      labelled.redraw();
    },
    /**
     * Names of areas, {forms: [{text, below}, …], at: [x, y], strong, shape}, the most important first; an empty list takes
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
