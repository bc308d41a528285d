/** Incidents on one canvas, a sign for each place, with rings and areas where it is known only nearly. */

import { badgeBox, paintCounts } from "./badges.js";
import { addCanvas, bringIntoView, latLngOn } from "./canvas.js";
import { Crowd } from "./crowd.js";
import { colourOf, EDGES, paintRingAbout, paintSized, sizedCanvas, SPARE_STYLE } from "./glyphs.js";
import { largestMarks } from "./largest.js";
import { marksAt, rowsOfMarks } from "./pick.js";
import { ManyRings } from "./rings.js";
import { FEW, Scene } from "./scene.js";
import { byFallingSize, fadeOf, paintWide, radiusOf, wideInView } from "./wide.js";
import { DRAWN } from "../data/drawn.js";
import { theme } from "../page/theme.js";
import { pixelDensity } from "../print/density.js";

const MIDDLING = 1500; // up to so many equal signs in view, each is drawn at full size
const ALL_SINGLE = 400; // up to so many rings, each is painted on its own
const LARGE = 12; // half the height from which signs are painted one by one, as they are few; smaller ones are pictures
const CORNERS = 1.2; // how far a sign reaches, in half heights

/** Paint signs for all places in view, or where they are many, small ones, one for a cell. */
export function addPoints(map, { header, arrays }) {
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false, measured: null, overall: null };
  const scene = new Scene(arrays);
  layer.scene = scene; // for the legend, which shows the same sizes
  const { tally, screen } = scene;
  const { marks, counts, last } = tally;
  const styles = header.dictionaries.type.map((code) => header.types[code] ?? SPARE_STYLE);
  const rings = new ManyRings(screen, styles);
  const crowd = new Crowd(styles, arrays.type);
  let wide = [];
  const styleOf = (mark) => styles[arrays.type[last[mark]]];

  /** Paint how far the places reach that are known only nearly: lightly, and only beyond their signs. */
  function paintExtents(context, view) {
    const reaching = wideInView(arrays, marks.wide, counts, view, screen);
    wide = reaching.filter(({ mark, radius }) => mark.shape !== null || radius > scene.sizeOf(mark.mark) + 2);
    const line = fadeOf(wide.length) * 0.8;
    const areas = wide.length > ALL_SINGLE ? wide.filter(({ mark }) => mark.shape !== null) : wide;
    const fill = layer.bare || areas.length < wide.length ? 0 : line * 0.1;
    for (const each of byFallingSize(arrays, areas, view))
      paintWide(context, arrays, view, each, screen, { colour: colourOf(styleOf(each.mark.mark)), fill, line, width: 1.1 });
    if (areas.length < wide.length) rings.paint(context, view, wide, (mark) => arrays.type[last[mark]], line);
  }

  const edgeOf = (mark) => {
    if (mark < marks.places) return EDGES.exact;
    return marks.wide[mark - marks.places].drawn === DRAWN.ring ? EDGES.within : EDGES.somewhere;
  };
  function paintSign(context, mark) {
    const [x, y] = scene.signAt(mark);
    const how = { isHollow: tally.weights ? tally.weights[mark] < 0 : false, edge: edgeOf(mark), isOpen: Boolean(tally.open?.[mark]) };
    const size = scene.sizeOf(mark);
    if (size > LARGE) paintSized(context, styleOf(mark), x, y, size, how);
    else stampSign(context, sizedCanvas(styleOf(mark), size, how), x, y);
  }

  /** A line from each sign that has been moved to its true place. */
  function paintLeaders(context) {
    if (!scene.shifts.size) return;
    for (const mark of scene.inView) {
      const shift = scene.shifts.get(mark);
      if (!shift || Math.hypot(...shift) < scene.sizeOf(mark)) continue;
      paintLeader(context, scene.placeOf(mark), scene.signAt(mark));
    }
  }

  /** Equal signs: pictures made once. */
  function paintEqual(context, ordered) {
    for (const mark of ordered) stampSign(context, sizedCanvas(styleOf(mark), scene.sizeOf(mark), { edge: edgeOf(mark) }), ...scene.signAt(mark));
  }

  function paintMark(context, view, row, colour) {
    const mark = marks.of[row];
    if (mark === marks.count) return;
    if (mark >= marks.places) {
      const each = marks.wide[mark - marks.places];
      const look = { colour: colourOf(styles[arrays.type[row]]), fill: 0.22, line: 1, width: 2 };
      paintWide(context, arrays, view, { mark: each, radius: radiusOf(each, view.scale) }, screen, look);
    }
    const [x, y] = scene.signAt(mark);
    if (scene.shifts.has(mark)) paintLeader(context, scene.placeOf(mark), [x, y]);
    paintRingAbout(context, x, y, colour, Math.max(12, scene.sizeOf(mark) + 6));
    if (counts[mark]) paintSign(context, mark);
  }

  function paint(context, view) {
    if (layer.rows !== scene.rows) layer.onchange?.(); // labels of the largest are of other rows
    scene.compose(layer, view);
    paintExtents(context, view);
    const { inView } = scene;
    const isEqual = !tally.weights && inView.length <= MIDDLING;
    paintLeaders(context);
    if (isEqual) paintEqual(context, scene.ordered());
    else if (scene.isFew) for (const mark of scene.ordered()) paintSign(context, mark);
    else crowd.paint(context, view, scene);
    if (isEqual) paintCounts(context, inView, counts, scene);
    if (layer.hovered !== null) paintMark(context, view, layer.hovered, theme().hovered);
    if (layer.chosen !== null) paintMark(context, view, layer.chosen, theme().chosen);
  }
  /** Make what the next painting needs, in parts. */
  layer.prepare = function* () {
    scene.compose(layer, layer.canvas.view());
    yield;
    if (!scene.isFew) yield* crowd.prepare(scene);
  };
  layer.canvas = addCanvas(map, arrays, "points", 470, paint, () => layer.visible);

  /** The boxes of the signs in a view, which names give way to; none where signs are too many to leave them room. */
  layer.obstacles = (view) => {
    if (!layer.visible || scene.compose(layer, view).inView.length > FEW) return [];
    return [...scene.inView].flatMap((mark) => {
      const [[x, y], size] = [scene.signAt(mark), scene.sizeOf(mark) * CORNERS + 1.5];
      const box = [x - size, y - size, x + size, y + size];
      return !tally.weights && counts[mark] > 1 ? [box, badgeBox(x, y, counts[mark])] : [box];
    });
  };

  /** The largest marks in a part of a view, with what they are called (largest.js). */
  let largest = { key: "", marks: [] };
  layer.largest = (view, frame) => {
    if (!layer.visible) return [];
    const key = [scene.compose(layer, view).version, layer.bare, layer.words?.lang, ...frame].join();
    if (largest.key !== key) largest = { key, marks: largestMarks(scene, frame, { header, arrays, layer }) };
    return largest.marks;
  };

  /** The rows meant by a point of the map: those of the nearest sign, then those of the rings and areas about it. */
  layer.pick = (latLng) => {
    if (!layer.visible || !layer.rows.length) return [];
    const { x, y } = layer.canvas.pixelOf(latLng);
    const view = layer.canvas.view();
    return rowsOfMarks(layer.rows, marks, counts, marksAt(scene.compose(layer, view), arrays, view, x, y, layer.bare));
  };

  /** Bring a row into view. */
  layer.show = (row) => bringIntoView(map, arrays, row);

  /** The marks in the frame from west to east, those of the keyboard's walk. */
  layer.stops = () => {
    const bounds = map.getBounds();
    const latLng = (mark) => latLngOn(map, arrays, arrays.place_x[marks.at[mark]], arrays.place_y[marks.at[mark]]);
    const atSign = (mark) => map.layerPointToLatLng(L.point(...scene.signAt(mark)).add(layer.canvas._bounds.min));
    const known = new Set(scene.inView);
    const list = [...scene.inView, ...wide.map(({ mark }) => mark.mark).filter((mark) => !known.has(mark))];
    const [x, y] = [(mark) => screen.x[marks.at[mark]], (mark) => screen.y[marks.at[mark]]];
    return list
      .filter((mark) => bounds.contains(latLng(mark)))
      .sort((a, b) => x(a) - x(b) || y(a) - y(b) || a - b)
      .map((mark) => ({
        key: mark,
        place: atSign(mark),
        rows: () => rowsOfMarks(layer.rows, marks, counts, [mark]),
      }));
  };
  return layer;
}

/** Draw the picture of a sign with its middle at a place, on whole pixels of the device, so that it is sharp. */
function stampSign(context, picture, x, y) {
  const density = pixelDensity();
  const [side, half] = [picture.width / density, picture.width / 2];
  context.drawImage(picture, Math.round(x * density - half) / density, Math.round(y * density - half) / density, side, side);
}

function paintLeader(context, [x, y], [signX, signY]) {
  const { halo, outline } = theme();
  for (const [width, stroke, dot] of [
    [2.6, halo, 2.4],
    [0.8, outline, 1.3],
  ]) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(signX, signY);
    context.lineWidth = width;
    context.strokeStyle = context.fillStyle = stroke;
    context.stroke();
    context.beginPath();
    context.arc(x, y, dot, 0, 2 * Math.PI);
    context.fill();
  }
}
