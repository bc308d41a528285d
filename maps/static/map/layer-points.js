/** Incidents on one canvas: points, rings of what is known only nearly, and areas. No element for any of them. */

import { paintCounts } from "./badges.js";
import { addCanvas, bringIntoView, latLngOn } from "./canvas.js";
import { colourOf, glyphCanvas, paintRingAbout, paintSized, SPARE_STYLE } from "./glyphs.js";
import { Screen, Tally } from "./marks.js";
import { marksAt, rowsOfMarks } from "./pick.js";
import { ManyRings } from "./rings.js";
import { StampImage, stampOf } from "./stamps.js";
import { sampleWeights, sizeOf, UNKNOWN } from "../data/weights.js";
import { el } from "../page/dom.js";
import { theme } from "../page/theme.js";
import { measuredWords } from "../words/selection-words.js";
import { byFallingSize, fadeOf, paintWide, radiusOf, wideInView } from "./wide.js";

const FEW = 1500; // up to so many places in view, each gets its full sign, and a count where incidents share it
const SMALL = 3.4; // half the height of the signs beyond
const cellFor = (places) => (places > 20000 ? 4 : 3); // pixels along a side of the cell that one small sign stands for
const ALL_SINGLE = 400; // up to so many rings, each is painted on its own

/** Paint signs for every place in view, or where they are many, small ones, one for a cell. */
export function addPoints(map, { header, arrays }) {
  const tally = new Tally(arrays);
  const screen = new Screen(arrays);
  const { marks, counts, last } = tally;
  const layer = { rows: [], chosen: null, hovered: null, visible: true, bare: false, measured: null };
  const styles = header.dictionaries.type.map((code) => header.types[code] ?? SPARE_STYLE);
  let signs = styles.map((style) => glyphCanvas(style));
  const half = parseInt(signs[0].style.width, 10) / 2;
  const image = new StampImage();
  const rings = new ManyRings(screen, styles);
  let stamps = null; // made when first needed, for the screen's density
  let key = theme().key; // of the colours that signs have been made for
  let wide = [];
  const styleOf = (mark) => styles[arrays.type[last[mark]]];

  /** The points of the places in view, by place. */
  function placesInView({ width, height }) {
    const found = [];
    const { x, y } = screen;
    for (let place = 0; place < marks.places; place++)
      if (counts[place] && x[place] >= 0 && y[place] >= 0 && x[place] <= width && y[place] <= height) found.push(place);
    return found;
  }

  function paintAllWide(context, view) {
    wide = wideInView(arrays, marks.wide, counts, view, screen);
    const line = fadeOf(wide.length);
    const areas = wide.length > ALL_SINGLE ? wide.filter(({ mark }) => mark.shape !== null) : wide;
    const fill = layer.bare || areas.length < wide.length ? 0 : line * 0.12;
    for (const each of byFallingSize(arrays, areas, view))
      paintWide(context, arrays, view, each, screen, { colour: colourOf(styleOf(each.mark.mark)), fill, line, width: 1.4 });
    if (areas.length < wide.length) rings.paint(context, view, wide, (mark) => arrays.type[last[mark]], line);
  }

  function paintFew(context, places) {
    const { x, y } = screen;
    places.sort((a, b) => last[a] - last[b]); // the latest above
    for (const place of places)
      context.drawImage(signs[arrays.type[last[place]]], x[place] - half, y[place] - half, half * 2, half * 2);
    paintCounts(context, places, counts, screen);
  }

  const weightOf = (mark) => tally.weights[mark];
  /** Half the height of a mark's sign where signs are sized by a figure; 0 where they are not. */
  const sizeOfMark = (mark) => (tally.weights ? sizeOf(weightOf(mark), layer.measured.most) : 0);

  /** Paint signs by what they weigh, the greatest first: those of exact places, and in the middle of wider ones. */
  function paintWeighed(context, places) {
    const marked = [...places.map((mark) => [mark, mark, false]), ...wide.map(({ mark }) => [mark.mark, mark.place, true])]
      .filter(([mark, , isWide]) => !isWide || weightOf(mark) > 0)
      .map(([mark, place, isWide]) => ({ mark, place, isWide, size: sizeOfMark(mark) }));
    marked.sort((a, b) => b.size - a.size || last[a.mark] - last[b.mark]);
    for (const each of marked.length > FEW ? [...marked.slice(0, FEW)] : marked) paintOne(context, each);
  }
  function paintOne(context, { mark, place, isWide, size }) {
    const how = { isHollow: weightOf(mark) < 0, isDashed: isWide };
    paintSized(context, styleOf(mark), screen.x[place], screen.y[place], size, how);
  }

  function paintMany(context, { width, height }, places) {
    const density = window.devicePixelRatio || 1;
    if (stamps?.density !== density)
      stamps = { density, list: styles.map((style) => stampOf(glyphCanvas(style, SMALL, true))) };
    const side = cellFor(places.length);
    const across = Math.ceil(width / side) + 1;
    const latest = new Uint32Array(across * (Math.ceil(height / side) + 1));
    const cells = [];
    const { x, y } = screen;
    for (const place of places) {
      const cell = Math.floor(y[place] / side) * across + Math.floor(x[place] / side);
      if (!latest[cell]) cells.push(cell);
      if (last[place] >= latest[cell]) latest[cell] = last[place] + 1;
    }
    image.begin(Math.round(width * density), Math.round(height * density));
    for (const cell of cells) {
      const row = latest[cell] - 1;
      const place = arrays.place[row];
      image.write(stamps.list[arrays.type[row]], Math.round(x[place] * density), Math.round(y[place] * density));
    }
    image.end(context);
  }

  function paintMark(context, view, row, colour) {
    const mark = marks.of[row];
    if (mark >= marks.places) {
      if (mark === marks.count) return;
      const each = marks.wide[mark - marks.places];
      const look = { colour: colourOf(styles[arrays.type[row]]), fill: 0.22, line: 1, width: 2.5 };
      paintWide(context, arrays, view, { mark: each, radius: radiusOf(each, view.scale) }, screen, look);
      return;
    }
    if (tally.weights) {
      const size = sizeOfMark(mark);
      paintRingAbout(context, screen.x[mark], screen.y[mark], colour, Math.max(12, size + 5));
      paintOne(context, { mark, place: mark, isWide: false, size });
      return;
    }
    paintRingAbout(context, screen.x[mark], screen.y[mark], colour);
    context.drawImage(signs[arrays.type[row]], screen.x[mark] - half, screen.y[mark] - half, half * 2, half * 2);
  }

  /** Make the signs again when the page has become dark, or light. */
  function followTheme() {
    if (key === theme().key) return;
    [key, stamps] = [theme().key, null];
    signs = styles.map((style) => glyphCanvas(style));
  }
  function paint(context, view) {
    followTheme();
    screen.follow(view);
    tally.take(layer.rows, layer.measured?.weigh);
    paintAllWide(context, view);
    const places = placesInView(view);
    if (places.length > FEW) paintMany(context, view, places);
    else if (!tally.weights) paintFew(context, places);
    if (tally.weights) paintWeighed(context, places);
    if (layer.hovered !== null) paintMark(context, view, layer.hovered, theme().hovered);
    if (layer.chosen !== null) paintMark(context, view, layer.chosen, theme().chosen);
  }
  layer.canvas = addCanvas(map, arrays, "points", 470, paint, () => layer.visible);

  /** The rows meant by a point of the map: those of the nearest sign, then those of the rings and areas about it. */
  layer.pick = (latLng) => {
    if (!layer.visible || !layer.rows.length) return [];
    const { x, y } = layer.canvas.pixelOf(latLng);
    const shown = { arrays, marks, counts, view: layer.canvas.view(), screen, sizeOfMark };
    return rowsOfMarks(layer.rows, marks, counts, marksAt(shown, x, y, layer.bare));
  };

  /** Bring a row into view. */
  layer.show = (row) => bringIntoView(map, arrays, row);

  /** The marks in the frame from west to east, those of the keyboard's walk. */
  layer.stops = () => {
    const bounds = map.getBounds();
    const points = placesInView(layer.canvas.view()).map((mark) => [mark, mark]);
    const list = [...points, ...wide.map(({ mark }) => [mark.mark, mark.place])];
    const latLng = (place) => latLngOn(map, arrays, arrays.place_x[place], arrays.place_y[place]);
    return list
      .filter(([, place]) => bounds.contains(latLng(place)))
      .sort((a, b) => screen.x[a[1]] - screen.x[b[1]] || screen.y[a[1]] - screen.y[b[1]] || a[0] - b[0])
      .map(([mark, place]) => ({
        key: mark,
        place: latLng(place),
        rows: () => rowsOfMarks(layer.rows, marks, counts, [mark]),
      }));
  };
  return layer;
}

/** The legend of sizes: what signs of some sizes stand for, and what hollow ones do. */
export function sizeLegend(ctx) {
  const { words, now } = ctx;
  const { most } = now.measured;
  const sign = (weight, text) => el("li", {}, sizePicture(weight, most), el("span", { class: "what" }, text));
  return el(
    "section",
    { class: "legend-sizes" },
    el("h2", {}, measuredWords(ctx)),
    el("ul", { class: "sizes" }, [...sampleWeights(most), 0].map((weight) => sign(weight, words.n(weight)))),
    el("ul", {}, sign(UNKNOWN, words.t("size_unknown"))),
  );
}

/** A sign of a weight as a picture. */
function sizePicture(weight, most) {
  const size = sizeOf(weight, most);
  const side = Math.ceil(size * 2 + 4);
  const density = window.devicePixelRatio || 1;
  const canvas = el("canvas", { class: "size", width: side * density, height: side * density, "aria-hidden": "true" });
  canvas.style.width = canvas.style.height = `${side}px`;
  const context = canvas.getContext("2d");
  context.scale(density, density);
  paintSized(context, [theme().sample, "circle"], side / 2, side / 2, size, { isHollow: weight < 0 });
  return canvas;
}
