/** The base map: sea, land, water and borders on two canvases, and the names and the graticule above everything. */

import { addCanvas, CanvasLayer, GRID, latLngOn } from "./canvas.js";
import { extentOfIncidents } from "./extents.js";
import { paintGraticule } from "./graticule.js";
import { closestZoom } from "./home.js";
import { addNames } from "./names.js";
import { extentOf, pathOf } from "./shapes.js";
import { theme } from "../page/theme.js";

const WATER_HEIGHT = 420; // above the regions, whose colours would hide it, and below the incidents
const RIVER_FROM = [0, 0, 0, 0, 0, 0, 5, 5.4, 6.6, 6.6]; // the zoom from which a river of a rank is drawn
const LEAST_ZOOM = 2;
const EDGE = 12; // pixels between what the map shows and its edge
const LEGEND_MARGIN = 4; // and from a legend
const MOST_LEGEND = 0.3; // of the width of the map: a wider legend lies on what the map shows
const PLACES_ZOOM = 11; // the closest that a map opens on places alone, which may all be one point

/** Make the map: no credit box (the foot has it), a metric scale, and tiles only where they were asked for. */
export function makeMap(id, { tiles }) {
  const map = L.map(id, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.1,
    zoomDelta: 0.5,
    minZoom: LEAST_ZOOM,
    maxZoom: 15,
    maxBoundsViscosity: 0.8,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  let fitted = null; // the size that the map has been fitted to
  map.waiting = true; // until the page around it stands, nothing is drawn
  map.setView([0, 0], LEAST_ZOOM);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (tiles) L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  map.hasTiles = Boolean(tiles);
  // The page is laid out around the map as it fills; until the reader moves it, the map keeps its whole in view.
  map.moved = false;
  map.keepHome = () => {
    const aim = map.opening ?? map.home;
    if (!aim) return;
    const closest = map.ofCountry ? map.getMaxZoom() : PLACES_ZOOM;
    const [left, right] = inMiddle(map, aim, closest);
    map.fitBounds(aim, { paddingTopLeft: [left, EDGE], paddingBottomRight: [right, EDGE], animate: false, maxZoom: closest });
  };
  for (const sign of ["pointerdown", "wheel", "keydown"])
    map.getContainer().addEventListener(sign, ({ pointerType }) => (map.moved ||= pointerType !== "touch" || !map.sharesFingers), { passive: true });
  const fit = () => {
    const { clientWidth, clientHeight } = map.getContainer();
    if (fitted === `${clientWidth} ${clientHeight}`) return;
    fitted = `${clientWidth} ${clientHeight}`;
    map.setMaxBounds(null); // else a pan back into them would begin here, and end after the map is where it belongs
    map.invalidateSize({ pan: map.moved, animate: false }); // what a reader has moved to stays in the middle
    keepWithin(map);
    if (!map.moved) map.keepHome();
    if (map.land) map.setMaxBounds(map.land);
  };
  /** Draw what has been put on the map until now, once, at the size that the page around it leaves. */
  map.begin = () => {
    if (!map.waiting) return;
    map.isFramed = true; // legends and all stand around it
    fit();
    map.waiting = false;
    map.eachLayer((layer) => layer instanceof CanvasLayer && layer.redraw());
  };
  new ResizeObserver(() => map.waiting || fit()).observe(map.getContainer());
  matchMedia("print").addEventListener("change", fit); // paper has another width, and no time to observe it
  return map;
}

/** The room for legends left and right of what a map of a width shows: where they lie on it and are open. */
function roomBeside(map, width) {
  if (!map.isFramed || width < 600) return [EDGE, EDGE]; // there are no legends yet, or they lie below
  const own = map.getContainer().getBoundingClientRect();
  const room = (id, taken) => {
    const legend = document.getElementById(id);
    const isOpen = legend && !legend.hidden && legend.open;
    return isOpen ? Math.max(EDGE, Math.min(taken(legend.getBoundingClientRect()) + LEGEND_MARGIN, MOST_LEGEND * width)) : EDGE;
  };
  return [room("legend", ({ right }) => right - own.left), room("legend-signs", ({ left }) => own.right - left)];
}

/** The room beside a box shown whole, so that it is in the middle of the map, or as near to it as legends let it be. */
function inMiddle(map, aim, closest) {
  const width = map.getSize().x;
  const [left, right] = roomBeside(map, width);
  const zoom = Math.min(closest, map.getBoundsZoom(aim, false, L.point(left + right, 24)));
  const wide = map.project(aim.getSouthEast(), zoom).x - map.project(aim.getNorthWest(), zoom).x;
  const even = Math.min(Math.abs(left - right), Math.max(0, width - left - right - wide));
  return left > right ? [left, right + even] : [left + even, right];
}

/** Let nobody zoom out so far that the map's land ends inside the view; but what the map opens with can be seen whole. */
function keepWithin(map) {
  const { x, y } = map.getSize();
  if (!map.home || !x || !y) return;
  map.options.minZoom = 0; // which would else be the least that is found below
  const within = map.land ? Math.ceil(map.getBoundsZoom(map.land, true) * 10) / 10 : LEAST_ZOOM;
  const [left, right] = roomBeside(map, x);
  const whole = Math.floor(map.getBoundsZoom(map.home, false, L.point(left + right, 24)) * 10) / 10;
  const least = Math.min(Math.max(LEAST_ZOOM, within), 6, whole);
  map.setMinZoom(Number.isFinite(least) ? least : LEAST_ZOOM);
}

/**
 * Draw the base map, and fit the map to the country, or else to the incidents.
 * @returns {{canvas: L.LayerGroup, setLabels: Function, words: Object, avoid: number[]}} `setLabels` takes names of
 *   areas, {forms, at: [x, y], strong}, the most important first (names.js): they come before all other names. `words`
 *   is set when the language changes, `avoid` is a cell that no name may cover; `canvas.redraw()` shows both. While
 *   `isEarly` no name is drawn; `showNames()` ends that.
 */
export function addBase(map, data) {
  const { header, arrays } = data;
  const { neighbours, country } = header.base;
  const edge = extentOf(
    arrays,
    neighbours.map(({ shape }) => shape),
  );
  const outlines = pathsOf(data, edge ?? [0, 0]);
  const land = addCanvas(map, arrays, "base", 210, (context, view) => paintLand(context, view, outlines, map.hasTiles));
  const water = addCanvas(map, arrays, "water", WATER_HEIGHT, (context, view) => {
    paintGraticule(context, view);
    if (!map.hasTiles) paintWater(context, view, outlines, map.getZoom());
    paintDisputed(context, view, outlines);
  });
  const layer = { words: null, avoid: null, incidents: null, isEarly: false };
  const names = addNames(map, data, layer);
  Object.assign(layer, { setLabels: names.setLabels, rest: names.rest, forget: names.forget });
  layer.canvas = L.layerGroup([land, water, names.dots, names.canvas, names.labels]).addTo(map);
  layer.canvas.redraw = () => [land, water, names.canvas].forEach((canvas) => canvas.redraw()); // names draw the dots
  layer.showNames = () => {
    layer.isEarly = false;
    names.canvas.redraw();
  };
  if (!map.keepHome) return layer; // somebody else's map, which shows what it will
  const isElsewhere = !liesIn(arrays, country);
  fitMap(map, header, arrays, isElsewhere ? [] : country);
  if (edge && !isElsewhere) {
    map.land = L.latLngBounds(latLngOn(map, arrays, edge[0], edge[1]), latLngOn(map, arrays, edge[2], edge[3])).pad(-0.01);
    if (!map.land.contains(map.home)) map.land.extend(map.home.pad(0.5)); // islands, with land on one side only
    map.setMaxBounds(map.land);
  }
  keepWithin(map);
  return layer;
}

/** The outlines as paths from a common origin, so that a painting is a few calls. */
function pathsOf({ header, arrays }, edge) {
  const origin = [edge[0], edge[1]];
  const made = (list) => list.map(({ shape, rank }) => ({ ...pathOf(arrays, shape, origin), rank }));
  const { neighbours, country, divisions, lakes, rivers, disputed = [] } = header.base;
  return {
    origin,
    open: !neighbours.length, // no land around is known, so it is not known what is sea either
    neighbours: made(neighbours),
    country: made(country),
    divisions: made(divisions),
    lakes: made(lakes),
    rivers: made(rivers),
    disputed: made(disputed),
  };
}

/** Call `paint(list, {fill, line, width, dash})` with the context in cells; what lies outside the view is left out. */
function inCells(context, view, { origin }, draw) {
  const [west, north] = [view.left / view.scale, view.top / view.scale];
  const [east, south] = [(view.left + view.width) / view.scale, (view.top + view.height) / view.scale];
  context.save();
  context.translate(origin[0] * view.scale - view.left, origin[1] * view.scale - view.top);
  context.scale(view.scale, view.scale);
  context.lineJoin = context.lineCap = "round";
  draw((list, { fill, line, width, dash = [] }) => {
    context.fillStyle = fill ?? "";
    context.strokeStyle = line ?? "";
    context.lineWidth = (width ?? 1) / view.scale;
    context.setLineDash(dash.map((length) => length / view.scale));
    for (const { path, box } of list) {
      if (box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
      if (fill) context.fill(path, "evenodd");
      if (line) context.stroke(path);
    }
  });
  context.restore();
}

function paintLand(context, view, outlines, hasTiles) {
  const colours = theme();
  const fill = (colour) => (hasTiles ? null : colour);
  if (!outlines.open && !hasTiles) {
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, view.width, view.height);
  }
  inCells(context, view, outlines, (paint) => {
    if (!hasTiles) paint([...outlines.neighbours, ...outlines.country], { line: colours.coast, width: 2.4 });
    paint(outlines.neighbours, { fill: fill(colours.neighbour), line: colours.frontier, width: 0.7 });
    paint(outlines.country, { fill: fill(colours.country) });
    paint(outlines.divisions, { line: colours.division, width: 0.8 });
    paint(outlines.country, { line: colours.border, width: 1.3 });
  });
}

function paintWater(context, view, outlines, zoom) {
  const colours = theme();
  const growth = Math.min(2.2, Math.max(0.7, 1 + (zoom - 6) * 0.18));
  inCells(context, view, outlines, (paint) => {
    const drawn = outlines.rivers.filter(({ rank }) => zoom >= (RIVER_FROM[rank] ?? 0));
    for (const [from, to, width] of [
      [8, 9, 0.7],
      [6, 7, 0.9],
      [3, 5, 1.2],
      [0, 2, 1.6],
    ]) {
      const some = drawn.filter(({ rank }) => rank >= from && rank <= to);
      paint(some, { line: colours.river, width: width * growth });
    }
    paint(outlines.lakes, { fill: colours.lake, line: colours.river, width: 0.8 });
  });
}

/** Borders in dispute, dashed, over those of the regions: a light line covers the whole one below. */
function paintDisputed(context, view, outlines) {
  const colours = theme();
  inCells(context, view, outlines, (paint) => {
    paint(outlines.disputed, { line: colours.country, width: 3 });
    paint(outlines.disputed, { line: colours.border, width: 1.4, dash: [5, 4] });
  });
}

/** Whether any incident that is drawn lies in the country shown, or near it; yes where there is neither. */
function liesIn({ place_x: xs, place_y: ys, ...arrays }, country) {
  const box = extentOf(
    arrays,
    country.map(({ shape }) => shape),
  );
  if (!box || !xs.length) return true;
  const near = GRID / 360; // a degree of longitude
  return xs.some((x, place) => x >= box[0] - near && x <= box[2] + near && ys[place] >= box[1] - near && ys[place] <= box[3] + near);
}

/** Fit the map to a country; where there is none, to regions, or else to the incidents. */
function fitMap(map, header, arrays, country) {
  const isBare = !header.base.country.length;
  const shapes = [...country, ...(isBare ? header.base.divisions : [])].map(({ shape }) => shape);
  for (const set of header.regions) for (const region of set.regions) if ("shape" in region) shapes.push(region.shape);
  const ofShapes = extentOf(arrays, shapes);
  const extent = ofShapes ?? extentOfIncidents(arrays);
  const boundsOf = (box) => L.latLngBounds(latLngOn(map, arrays, box[0], box[1]), latLngOn(map, arrays, box[2], box[3]));
  if (!extent) return;
  map.ofCountry = ofShapes !== null;
  map.home = boundsOf(extent);
  map.opening = header.focus ? boundsOf(header.focus) : null;
  if (!map.hasTiles) map.options.maxZoom = closestZoom(map.getBoundsZoom(map.home));
  map.keepHome(); // before the least zoom is set, to which the map would move, and not stop
}
